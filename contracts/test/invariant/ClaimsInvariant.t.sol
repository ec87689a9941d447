// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";

import {Status} from "../../interfaces/IProofOfOptimization.sol";
import {ClaimsHandler} from "./ClaimsHandler.sol";

/// @title What holds after any sequence of actions: docs/PROTOCOL.md, "Invariants"
contract ClaimsInvariantTest is Test {
    ClaimsHandler private handler;

    function setUp() public {
        handler = new ClaimsHandler();
        handler.setUp();
        bytes4[27] memory actions = [
            handler.reveal.selector,
            // Twice: without claims nothing else happens.
            handler.reveal.selector,
            handler.attest.selector,
            handler.attest.selector,
            handler.finalize.selector,
            handler.expire.selector,
            handler.prove.selector,
            handler.demand.selector,
            handler.answer.selector,
            handler.timeout.selector,
            handler.reclaim.selector,
            handler.commitChallenge.selector,
            handler.revealChallenge.selector,
            handler.settle.selector,
            handler.withdraw.selector,
            handler.confirm.selector,
            handler.collect.selector,
            handler.payReward.selector,
            handler.burn.selector,
            handler.stake.selector,
            handler.leave.selector,
            handler.release.selector,
            handler.equivocate.selector,
            handler.reportCanary.selector,
            handler.voteDomain.selector,
            handler.confirmDomain.selector,
            handler.pass.selector
        ];
        bytes4[] memory selectors = new bytes4[](actions.length + 4);
        for (uint256 i = 0; i < actions.length; ++i) {
            selectors[i] = actions[i];
        }
        selectors[27] = handler.pauseOrGoOn.selector;
        selectors[28] = handler.upgrade.selector;
        selectors[29] = handler.payFees.selector;
        selectors[30] = handler.donate.selector;
        targetSelector(FuzzSelector({addr: address(handler), selectors: selectors}));
        targetContract(address(handler));
    }

    /// @dev One invariant of four parts: the sequences are what takes the time.
    function invariant_money_adds_up_and_every_claim_ends_once() public view {
        handler.assertMoney();
        handler.assertSupply();
        handler.assertEnds();
        handler.assertPages();
    }

    /* REACHABILITY: else the invariants might hold because nothing ever happened */

    function test_every_end_of_a_claim_is_reachable() public {
        handler.reveal(0, 0, 1, false);
        handler.reveal(1, 1, 2, true);
        handler.reveal(2, 2, 3, false);
        handler.attest(0, 3);
        handler.prove(0, 1, 1, 0);
        handler.pass(1_200);
        handler.pauseOrGoOn();
        handler.prove(1, 0, 0, 0);
        handler.pass(1_200);
        handler.pauseOrGoOn();
        handler.finalize(0);
        handler.expire(2);
        handler.pass(600);
        handler.settle(0);
        handler.withdraw(0);
        handler.withdraw(3);
        handler.collect(0);
        handler.payReward(0);
        assertEq(handler.reached(Status.Final), 1);
        assertEq(handler.reached(Status.Slashed), 1);
        assertEq(handler.reached(Status.Expired), 1);
        assertEq(handler.did("settle"), 1);
        assertGt(handler.paidRewards(), 0);
        invariant_money_adds_up_and_every_claim_ends_once();
    }

    function test_demands_are_answered_timed_out_and_taken_back() public {
        handler.reveal(0, 0, 1, false);
        for (uint256 part = 0; part < 3; ++part) {
            handler.demand(0, part, 0, 0, 0);
            handler.demand(0, part, 1, 0, 1);
        }
        for (uint256 i = 0; i < 4; ++i) {
            handler.answer(i);
        }
        handler.pass(201);
        handler.answer(0);
        handler.timeout(0);
        handler.reclaim(0);
        assertEq(handler.did("demand"), 6);
        assertEq(handler.did("answer"), 4);
        assertEq(handler.did("timeout"), 1);
        assertEq(handler.did("reclaim"), 1);
        assertEq(handler.openFees(), 0);
        invariant_money_adds_up_and_every_claim_ends_once();
    }

    function test_challengers_who_committed_share_a_bounty() public {
        handler.reveal(0, 0, 2, true);
        handler.commitChallenge(0, 1);
        handler.commitChallenge(0, 2);
        handler.pass(1);
        handler.commitChallenge(0, 0);
        handler.upgrade();
        handler.prove(0, 0, 0, 0);
        handler.revealChallenge(0, 0);
        handler.revealChallenge(0, 1);
        handler.revealChallenge(0, 1);
        handler.revealChallenge(0, 2);
        handler.pass(1_200);
        handler.settle(0);
        assertEq(handler.did("share"), 2);
        assertEq(handler.did("settle"), 1);
        assertEq(handler.did("upgrade"), 1);
        invariant_money_adds_up_and_every_claim_ends_once();
    }

    function test_verifiers_lose_stakes_take_them_back_and_confirm_hosts_and_pages() public {
        handler.reveal(0, 0, 2, true);
        handler.reveal(1, 1, 1, false);
        handler.attest(1, 3);
        handler.prove(0, 0, 0, 0);
        handler.reportCanary(0, 0);
        handler.reportCanary(0, 0);
        handler.equivocate(1);
        handler.leave(2);
        handler.stake(2, 1);
        handler.stake(1, 1 ether);
        handler.voteDomain(3, true);
        handler.voteDomain(4, true);
        handler.confirmDomain();
        handler.stake(0, 1 ether);
        handler.attest(1, 3);
        handler.pass(1_200);
        handler.finalize(1);
        handler.confirm(1, 1);
        handler.confirm(1, 2);
        handler.pass(31 days - (31 days % 8));
        handler.confirmDomain();
        handler.release(2);
        handler.collect(1);
        handler.payFees(3e18);
        handler.collect(1);
        assertEq(handler.did("punish"), 2);
        assertEq(handler.did("release"), 1);
        assertEq(handler.did("confirm"), 1);
        assertEq(handler.did("domain"), 1);
        assertGt(handler.did("collect"), 0);
        invariant_money_adds_up_and_every_claim_ends_once();
    }
}
