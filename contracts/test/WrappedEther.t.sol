// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";

import {WrappedEther} from "../WrappedEther.sol";

contract WrappedEtherTest is Test {
    WrappedEther private weth;
    address private immutable ALICE = makeAddr("alice");

    function setUp() public {
        weth = new WrappedEther();
        vm.deal(ALICE, 10 ether);
    }

    function test_nobody_takes_out_more_than_they_put_in() public {
        vm.startPrank(ALICE);
        weth.deposit{value: 1 ether}();
        vm.expectRevert();
        weth.withdraw(1 ether + 1);
    }

    function testFuzz_ether_goes_in_and_out_one_to_one(uint96 amount, bool isPlainTransfer) public {
        amount = uint96(bound(amount, 0, 10 ether));
        vm.startPrank(ALICE);
        if (isPlainTransfer) {
            (bool isSent,) = address(weth).call{value: amount}("");
            assertTrue(isSent);
        } else {
            weth.deposit{value: amount}();
        }
        assertEq(weth.balanceOf(ALICE), amount);
        assertEq(weth.totalSupply(), address(weth).balance);
        weth.withdraw(amount);
        assertEq(ALICE.balance, 10 ether);
        assertEq(weth.totalSupply(), 0);
    }
}
