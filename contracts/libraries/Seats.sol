// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Seats of verifier nodes, so that who has voted is one bit and a count is one popcount
/// @dev A seat that was left is given out again only when every seat has been used once.
library Seats {
    uint8 internal constant COUNT = 96;

    struct Table {
        /// one bit a seat that somebody holds
        uint96 taken;
        uint8 used;
        mapping(address account => uint8 seatPlusOne) seatOf;
    }

    /// @return isSeated false if all seats are taken
    function take(Table storage table, address account) internal returns (bool isSeated) {
        uint96 taken = table.taken;
        uint8 seat = table.used;
        if (seat < COUNT) {
            table.used = seat + 1;
        } else {
            for (seat = 0; seat < COUNT && (taken >> seat) & 1 == 1; ++seat) {}
            if (seat == COUNT) return false;
        }
        table.taken = taken | (uint96(1) << seat);
        table.seatOf[account] = seat + 1;
        return true;
    }

    function vacate(Table storage table, address account) internal {
        table.taken &= ~maskOf(table, account);
        delete table.seatOf[account];
    }

    /// @notice The account's bit, zero if it holds no seat.
    function maskOf(Table storage table, address account) internal view returns (uint96) {
        uint8 seatPlusOne = table.seatOf[account];
        return seatPlusOne == 0 ? 0 : uint96(1) << (seatPlusOne - 1);
    }

    /// @notice How many of the votes are of seats that are still held.
    function countHeld(Table storage table, uint96 votes) internal view returns (uint8) {
        return count(votes & table.taken);
    }

    function count(uint96 seats) internal pure returns (uint8 sum) {
        for (uint96 rest = seats; rest != 0; rest &= rest - 1) {
            ++sum;
        }
    }
}
