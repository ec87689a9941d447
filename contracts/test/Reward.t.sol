// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";

import {Biome} from "../interfaces/IOptimizationRegistry.sol";
import {Reward} from "../libraries/Reward.sol";

contract RewardTest is Test {
    function test_a_biome_multiplies_by_its_row_of_the_table() public pure {
        uint8[8] memory tenths = [10, 12, 13, 15, 18, 20, 25, 30];
        for (uint256 i = 0; i < tenths.length; ++i) {
            assertEq(Reward.biomeTenths(Biome(i)), tenths[i]);
        }
    }

    function test_reputation_multiplies_from_its_thresholds_on() public pure {
        assertEq(Reward.reputationHalves(type(int256).min), 2);
        assertEq(Reward.reputationHalves(-1), 2);
        assertEq(Reward.reputationHalves(99), 2);
        assertEq(Reward.reputationHalves(100), 3);
        assertEq(Reward.reputationHalves(999), 3);
        assertEq(Reward.reputationHalves(1_000), 4);
        assertEq(Reward.reputationHalves(5_000), 6);
        assertEq(Reward.reputationHalves(9_999), 6);
        assertEq(Reward.reputationHalves(10_000), 10);
    }

    function test_a_kib_of_a_digital_newcomer_earns_a_tenth_of_a_dsh() public pure {
        assertEq(Reward.rewardWeiDown(1024, Biome.DIGITAL, 0, 0), 0.1e18);
        assertEq(Reward.rewardWeiDown(512, Biome.DIGITAL, 0, 0), 0.05e18);
        assertEq(Reward.rewardWeiDown(100 * 1024, Biome.PRODUCTION, 10_000, 0), 150e18);
    }

    function testFuzz_each_recent_claim_halves_rounding_down(uint64 savedBytes, uint8 biome, uint8 recent) public pure {
        biome = uint8(bound(biome, 0, 7));
        recent = uint8(bound(recent, 0, 60));
        uint256 whole = uint256(savedBytes) * 0.1e18 * Reward.biomeTenths(Biome(biome)) * 2;
        assertEq(Reward.rewardWeiDown(savedBytes, Biome(biome), 0, recent), whole / (uint256(20_480) << recent));
    }
}
