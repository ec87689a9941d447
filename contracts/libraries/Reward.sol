// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Biome} from "../interfaces/IOptimizationRegistry.sol";

/// @title The reward formula: 0.1 DSH x KiB x biome x reputation x host decay
library Reward {
    uint256 internal constant PER_KIB_WEI = 0.1e18;

    /// @dev Tenths, one byte a biome, DIGITAL lowest: 1.0 1.2 1.3 1.5 1.8 2.0 2.5 3.0.
    uint256 private constant BIOME_TENTHS = 0x1e_19_14_12_0f_0d_0c_0a;

    function biomeTenths(Biome biome) internal pure returns (uint256) {
        return (BIOME_TENTHS >> (8 * uint256(biome))) & 0xff;
    }

    /// @notice 1, 1.5, 2, 3, 5 from 0, 100, 1 000, 5 000, 10 000, in halves; below zero 1.
    function reputationHalves(int256 reputation) internal pure returns (uint256) {
        if (reputation >= 10_000) return 10;
        if (reputation >= 5_000) return 6;
        if (reputation >= 1_000) return 4;
        if (reputation >= 100) return 3;
        return 2;
    }

    /// @notice Wei, rounded down once. `recentClaims` halves the reward that many times.
    function rewardWeiDown(uint64 savedBytes, Biome biome, int256 reputation, uint256 recentClaims)
        internal
        pure
        returns (uint256)
    {
        // 64 + 57 + 5 + 4 bits: no overflow. Shifting after the division rounds like one division (floor of floors).
        return (savedBytes * PER_KIB_WEI * biomeTenths(biome) * reputationHalves(reputation) / (1024 * 10 * 2))
            >> recentClaims;
    }
}
