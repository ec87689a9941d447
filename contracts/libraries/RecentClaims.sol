// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title How many claims a host was paid for inside the last 30 days
/// @dev A ring of the last 60 payment times, so that counting is bounded; 60 halvings leave nothing of a reward anyway.
/// Times only grow, so counting walks back from the newest and stops at the first that is too old.
library RecentClaims {
    uint256 internal constant WINDOW_SECONDS = 30 days;
    uint256 internal constant CAPACITY = 60;

    /// @dev Six times share a slot.
    struct Ring {
        uint40[60] paidAt;
    }

    /// @param cursor where the next time will be written, kept by the caller beside what it writes anyway
    function count(Ring storage ring, uint256 cursor) internal view returns (uint256 recent) {
        while (recent < CAPACITY) {
            uint256 paidAt = ring.paidAt[(cursor + CAPACITY - 1 - recent) % CAPACITY];
            if (paidAt == 0 || paidAt + WINDOW_SECONDS <= block.timestamp) break;
            ++recent;
        }
    }

    function push(Ring storage ring, uint256 cursor) internal returns (uint8 nextCursor) {
        ring.paidAt[cursor] = uint40(block.timestamp); // fits for 34 000 years
        return uint8((cursor + 1) % CAPACITY); // below 60
    }
}
