// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";

import {Emission} from "../libraries/Emission.sol";

contract EmissionTest is Test {
    function test_nothing_is_released_in_the_first_block() public pure {
        assertEq(Emission.emittedWeiDown(0), 0);
    }

    function test_fifty_dsh_are_released_a_block_until_the_first_halving() public pure {
        assertEq(Emission.emittedWeiDown(1), 50e18);
        assertEq(Emission.emittedWeiDown(2_102_400), 50e18 * 2_102_400);
        assertEq(Emission.emittedWeiDown(2_102_401), 50e18 * 2_102_400 + 25e18);
    }

    function testFuzz_the_closed_form_is_the_sum_of_the_eras(uint256 blocks) public pure {
        // 50e18 = 5^20 x 2^19: up to the nineteenth halving nothing is rounded.
        blocks = bound(blocks, 0, 19 * Emission.HALVING_BLOCKS);
        uint256 slow = 0;
        uint256 rest = blocks;
        for (uint256 era = 0; rest != 0; ++era) {
            uint256 taken = rest < Emission.HALVING_BLOCKS ? rest : Emission.HALVING_BLOCKS;
            slow += (50e18 >> era) * taken;
            rest -= taken;
        }
        assertEq(Emission.emittedWeiDown(blocks), slow);
    }

    function testFuzz_the_schedule_never_falls_and_never_reaches_its_end(uint256 blocks, uint256 more) public pure {
        blocks = bound(blocks, 0, type(uint128).max);
        more = bound(more, 0, type(uint128).max);
        assertLe(Emission.emittedWeiDown(blocks), Emission.emittedWeiDown(blocks + more));
        assertLt(Emission.emittedWeiDown(blocks + more), Emission.TOTAL_WEI);
    }

    function testFuzz_no_block_releases_more_than_fifty_dsh(uint256 blocks) public pure {
        blocks = bound(blocks, 0, type(uint128).max);
        assertLe(Emission.emittedWeiDown(blocks + 1) - Emission.emittedWeiDown(blocks), 50e18);
    }
}
