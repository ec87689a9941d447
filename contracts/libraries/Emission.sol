// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title The emission schedule of DSH in closed form
/// @dev Never reaches `TOTAL_WEI`, whatever era and offset: proven in contracts/test/symbolic. Never decreases: fuzzed.
library Emission {
    uint256 internal constant PER_BLOCK_WEI = 50e18;
    uint256 internal constant HALVING_BLOCKS = 2_102_400;

    /// @dev 50 (1 + 1/2 + 1/4 + ...) DSH a block for one halving period each.
    uint256 internal constant TOTAL_WEI = 2 * PER_BLOCK_WEI * HALVING_BLOCKS;

    /// @notice DSH wei released after `blocks` blocks, rounded down.
    function emittedWeiDown(uint256 blocks) internal pure returns (uint256) {
        return emittedInEraDown(blocks / HALVING_BLOCKS, blocks % HALVING_BLOCKS);
    }

    /// @notice DSH wei released `offset` blocks after the halving that began an era, rounded down.
    /// @dev Apart from the division, as solvers are quick without one.
    function emittedInEraDown(uint256 era, uint256 offset) internal pure returns (uint256) {
        unchecked {
            // 88 bits less no more than itself, and 66 bits by the 22 of an offset: no overflow.
            // A shift of 256 or more gives zero, so the far future needs no special case.
            return TOTAL_WEI - _shiftRightUp(TOTAL_WEI, era) + (PER_BLOCK_WEI >> era) * offset;
        }
    }

    /// @dev Rounds up, so that what is released by whole eras is rounded down.
    function _shiftRightUp(uint256 value, uint256 bits) private pure returns (uint256) {
        uint256 down = value >> bits;
        return bits < 256 && (down << bits) == value ? down : down + 1;
    }
}
