// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBonds} from "../../interfaces/IBonds.sol";
import {Claim, IProofOfOptimization} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {PageBuilder} from "../PageBuilder.sol";

contract WithdrawTest is Fixture {
    function setUp() public override {
        super.setUp();
        Claim memory claim = _claimOf(PageBuilder.commented(5), "/");
        _ripen(claim);
        proof.finalize(claim);
    }

    function test_who_has_no_credit_gets_nothing() public {
        vm.expectRevert(abi.encodeWithSelector(IBonds.NothingToWithdraw.selector, address(weth), STRANGER));
        proof.withdraw(address(weth), STRANGER);
    }

    function test_a_credit_is_paid_once() public {
        proof.withdraw(address(weth), HARVESTER);
        vm.expectRevert(abi.encodeWithSelector(IBonds.NothingToWithdraw.selector, address(weth), HARVESTER));
        proof.withdraw(address(weth), HARVESTER);
    }

    function test_a_credit_goes_to_its_account_whoever_calls() public {
        uint256 before = weth.balanceOf(HARVESTER);
        vm.expectEmit();
        emit IBonds.Withdrawn(HARVESTER, address(weth), MINIMUM_BOND);
        vm.prank(STRANGER);
        assertEq(proof.withdraw(address(weth), HARVESTER), MINIMUM_BOND);
        assertEq(weth.balanceOf(HARVESTER), before + MINIMUM_BOND);
        assertEq(weth.balanceOf(address(proof)), 0);
    }

    function test_a_pause_holds_nobody_s_money() public {
        proof.pause();
        proof.withdraw(address(weth), HARVESTER);
    }
}
