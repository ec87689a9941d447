// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";

import {Seats} from "../libraries/Seats.sol";

contract SeatsTest is Test {
    using Seats for Seats.Table;

    Seats.Table private table;

    function test_the_seat_after_the_last_is_refused() public {
        for (uint160 i = 1; i <= Seats.COUNT; ++i) {
            assertTrue(table.take(address(i)));
        }
        assertFalse(table.take(address(1_000)));
        assertEq(table.maskOf(address(1_000)), 0);
        assertEq(table.countHeld(type(uint96).max), Seats.COUNT);
    }

    function test_a_left_seat_is_given_out_again_only_after_all_others() public {
        assertTrue(table.take(address(1)));
        uint96 first = table.maskOf(address(1));
        table.vacate(address(1));
        for (uint160 i = 2; i <= Seats.COUNT; ++i) {
            assertTrue(table.take(address(i)));
            assertNotEq(table.maskOf(address(i)), first);
        }
        assertTrue(table.take(address(1_000)));
        assertEq(table.maskOf(address(1_000)), first);
    }

    function test_a_vote_of_a_left_seat_stops_counting() public {
        table.take(address(1));
        table.take(address(2));
        uint96 votes = table.maskOf(address(1)) | table.maskOf(address(2));
        assertEq(table.countHeld(votes), 2);
        table.vacate(address(1));
        assertEq(table.countHeld(votes), 1);
    }

    function testFuzz_every_holder_has_a_bit_of_its_own(uint8[] calldata moves) public {
        uint256 held = 0;
        for (uint256 i = 0; i < moves.length; ++i) {
            address account = address(uint160(moves[i]) + 1);
            if (table.maskOf(account) == 0) {
                if (table.take(account)) ++held;
            } else {
                table.vacate(account);
                --held;
            }
        }
        uint96 union = 0;
        for (uint160 account = 1; account <= 256; ++account) {
            uint96 mask = table.maskOf(address(account));
            assertEq(union & mask, 0);
            union |= mask;
        }
        assertEq(union, table.taken);
        assertEq(table.countHeld(union), held);
    }
}
