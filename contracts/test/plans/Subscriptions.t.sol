// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {ClientStatus, IPlanRegistry, PlanTerms, Price, Subscription} from "../../interfaces/IPlanRegistry.sol";
import {PlansFixture} from "./PlansFixture.sol";

contract SubscriptionsTest is PlansFixture {
    /* REFUSALS */

    function test_what_is_not_sold_is_refused() public {
        vm.startPrank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.PlanUnknown.selector, 9));
        plans.subscribe(9, address(dsh), 1, DEAR);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.PlanUnknown.selector, 9));
        plans.startTrial(9);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.TokenNotTaken.selector, STARTER, address(registry)));
        plans.subscribe(STARTER, address(registry), 1, DEAR);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.MonthsOutOfRange.selector, 0, 36));
        plans.subscribe(STARTER, address(dsh), 0, DEAR);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.MonthsOutOfRange.selector, 37, 36));
        plans.subscribe(STARTER, address(dsh), 37, DEAR);
    }

    function test_nobody_pays_more_than_they_said() public {
        vm.prank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.TooDear.selector, 1_499e18, 1_499e18 - 1));
        plans.subscribe(ENTERPRISE, address(dsh), 1, 1_499e18 - 1);
        _subscribe(CLIENT, STARTER, dsh, 1);
        vm.startPrank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.TooDear.selector, 70e18, 70e18 - 1));
        plans.changePlan(PROFESSIONAL, 70e18 - 1);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.TooDear.selector, 29e18, 0));
        plans.renew(CLIENT, 1, 0);
    }

    function test_paid_time_is_changed_or_renewed_but_not_begun_again() public {
        _subscribe(CLIENT, STARTER, dsh, 1);
        uint40 paidUntil = uint40(block.timestamp + MONTH);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.StillPaid.selector, CLIENT, paidUntil));
        _subscribe(CLIENT, PROFESSIONAL, dsh, 1);
        vm.startPrank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.PlanSame.selector, STARTER));
        plans.changePlan(STARTER, DEAR);
    }

    function test_a_stranger_to_plans_has_nothing_to_renew_change_or_cancel() public {
        vm.startPrank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.NothingPaid.selector, CLIENT));
        plans.renew(CLIENT, 1, DEAR);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.NothingPaid.selector, CLIENT));
        plans.changePlan(STARTER, DEAR);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.NeverSubscribed.selector, CLIENT));
        plans.cancel();
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.None));
    }

    function test_a_trial_is_had_once() public {
        vm.startPrank(CLIENT);
        plans.startTrial(STARTER);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.TrialUsed.selector, CLIENT));
        plans.startTrial(PROFESSIONAL);
        skip(400 days);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.TrialUsed.selector, CLIENT));
        plans.startTrial(STARTER);
        vm.stopPrank();
        _subscribe(OTHER, STARTER, dsh, 1);
        vm.prank(OTHER);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.TrialUsed.selector, OTHER));
        plans.startTrial(STARTER);
    }

    function test_a_closed_plan_is_neither_begun_nor_renewed_but_served_to_its_end() public {
        _subscribe(CLIENT, STARTER, dsh, 1);
        PlanTerms memory terms = _terms();
        terms.isOpen = false;
        plans.setPlan(STARTER, "Starter", terms);
        bytes memory refusal = abi.encodeWithSelector(IPlanRegistry.PlanClosed.selector, STARTER);
        vm.expectRevert(refusal);
        plans.renew(CLIENT, 1, DEAR);
        vm.expectRevert(refusal);
        _subscribe(OTHER, STARTER, dsh, 1);
        vm.prank(OTHER);
        vm.expectRevert(refusal);
        plans.startTrial(STARTER);
        skip(MONTH - 1);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Active));
    }

    function test_nobody_pays_further_ahead_than_three_years() public {
        _subscribe(CLIENT, STARTER, dsh, 36);
        uint256 latest = block.timestamp + 37 * MONTH;
        vm.expectRevert(
            abi.encodeWithSelector(IPlanRegistry.PaidTooFarAhead.selector, CLIENT, block.timestamp + 38 * MONTH, latest)
        );
        vm.prank(CLIENT);
        plans.renew(CLIENT, 2, DEAR);
    }

    function test_a_suspended_client_buys_and_changes_nothing_and_only_a_steward_suspends() public {
        _subscribe(CLIENT, STARTER, dsh, 2);
        plans.suspend(CLIENT, "abuse");
        bytes memory refusal = abi.encodeWithSelector(IPlanRegistry.ClientSuspended.selector, CLIENT);
        vm.expectRevert(refusal);
        plans.suspend(CLIENT, "again");
        vm.startPrank(CLIENT);
        vm.expectRevert(refusal);
        plans.changePlan(PROFESSIONAL, DEAR);
        vm.expectRevert(refusal);
        plans.renew(CLIENT, 1, DEAR);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, CLIENT));
        plans.resume(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, CLIENT));
        plans.suspend(OTHER, "");
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.ClientNotSuspended.selector, OTHER));
        plans.resume(OTHER);
        plans.suspend(OTHER, "before any trial");
        vm.prank(OTHER);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.ClientSuspended.selector, OTHER));
        plans.startTrial(STARTER);
    }

    function test_plans_and_prices_are_the_governor_s() public {
        vm.startPrank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, CLIENT));
        plans.setPlan(STARTER, "Mine", _terms());
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, CLIENT));
        plans.setPrice(STARTER, address(dsh), Price(1, 0, 0));
        vm.stopPrank();
        vm.expectRevert(IPlanRegistry.PlanNameEmpty.selector);
        plans.setPlan(STARTER, "", _terms());
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.PlanUnknown.selector, 9));
        plans.setPrice(9, address(dsh), Price(1, 0, 0));
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.PlanUnknown.selector, 9));
        plans.planOf(9);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.PriceOfNothing.selector, STARTER, address(dsh)));
        plans.setPrice(STARTER, address(dsh), Price(0, 0, 1));
    }

    /* STORIES */

    function test_a_client_goes_from_trial_to_cancelled_by_time_alone() public {
        vm.startPrank(CLIENT);
        plans.startTrial(STARTER);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Trial));
        plans.subscribe(STARTER, address(dsh), 1, DEAR);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Trial));
        skip(30 days);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Active));
        assertEq(plans.settle(CLIENT), 0);
        skip(30 days);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.PastDue));
        assertEq(plans.settle(CLIENT), 29e18);
        skip(7 days);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Suspended));
        skip(23 days);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Cancelled));
        vm.stopPrank();
        vm.prank(OTHER);
        plans.renew(CLIENT, 1, DEAR);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Active));
        assertEq(dsh.balanceOf(OTHER), 1_000_000e18 - 29e18);
    }

    function test_a_trial_of_one_plan_ends_when_another_is_paid() public {
        vm.startPrank(CLIENT);
        plans.startTrial(STARTER);
        plans.subscribe(PROFESSIONAL, address(usd), 1, DEAR);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Active));
        assertEq(plans.subscriptionOf(CLIENT).paidUntil, block.timestamp + MONTH);
    }

    function test_months_are_added_to_months_at_the_price_of_their_day() public {
        _subscribe(CLIENT, STARTER, usd, 1);
        skip(10 days);
        plans.setPrice(STARTER, address(usd), Price(58e6, 0, 0));
        vm.prank(CLIENT);
        plans.renew(CLIENT, 1, 58e6);
        Subscription memory subscription = plans.subscriptionOf(CLIENT);
        assertEq(subscription.paidUntil, block.timestamp + 50 days);
        // Ten days of 29 are earned, rounded up; the rest is spread over what is left.
        assertEq(subscription.unearned, 29e6 - 9_666_667 + 58e6);
    }

    function test_going_up_costs_the_difference_and_going_down_gives_it_back() public {
        _subscribe(CLIENT, STARTER, dsh, 1);
        skip(15 days);
        vm.startPrank(CLIENT);
        plans.changePlan(PROFESSIONAL, 35e18);
        assertEq(dsh.balanceOf(CLIENT), 1_000_000e18 - 29e18 - 35e18);
        assertEq(plans.subscriptionOf(CLIENT).unearned, 49.5e18);
        plans.changePlan(STARTER, 0);
        assertEq(plans.credits(address(dsh), CLIENT), 35e18);
        assertEq(plans.withdraw(address(dsh), CLIENT), 35e18);
        assertEq(plans.subscriptionOf(CLIENT).paidUntil, block.timestamp + 15 days);
    }

    function test_a_set_up_fee_is_paid_once_whichever_way_the_plan_is_come_to() public {
        _subscribe(CLIENT, STARTER, usd, 1);
        vm.startPrank(CLIENT);
        plans.changePlan(ENTERPRISE, 1_470e6);
        assertTrue(plans.hasPaidSetUp(CLIENT, ENTERPRISE));
        assertEq(plans.feesOf(address(usd), 0), 1_000e6);
        plans.changePlan(STARTER, 0);
        plans.changePlan(ENTERPRISE, 470e6);
        skip(100 days);
        plans.subscribe(ENTERPRISE, address(dsh), 1, 499e18);
    }

    function test_cancelling_gives_back_the_months_not_begun() public {
        _subscribe(CLIENT, STARTER, dsh, 3);
        skip(10 days);
        vm.startPrank(CLIENT);
        plans.cancel();
        assertEq(plans.credits(address(dsh), CLIENT), 58e18 - 1); // rounded down
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Active));
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.AlreadyCancelled.selector, CLIENT));
        plans.cancel();
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.AlreadyCancelled.selector, CLIENT));
        plans.renew(CLIENT, 1, DEAR);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.AlreadyCancelled.selector, CLIENT));
        plans.changePlan(PROFESSIONAL, DEAR);
        skip(20 days);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Cancelled));
        plans.subscribe(STARTER, address(dsh), 1, DEAR);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Active));
    }

    function test_what_has_not_begun_or_was_suspended_comes_back_whole() public {
        vm.startPrank(CLIENT);
        plans.startTrial(STARTER);
        plans.subscribe(STARTER, address(dsh), 2, DEAR);
        plans.cancel();
        assertEq(plans.credits(address(dsh), CLIENT), 58e18);
        assertEq(uint8(plans.statusOf(CLIENT)), uint8(ClientStatus.Cancelled));
        vm.stopPrank();

        _subscribe(OTHER, STARTER, usd, 1);
        skip(15 days);
        plans.suspend(OTHER, "abuse");
        assertEq(uint8(plans.statusOf(OTHER)), uint8(ClientStatus.Suspended));
        vm.prank(OTHER);
        plans.cancel();
        assertEq(plans.credits(address(usd), OTHER), 14.5e6);
        plans.resume(OTHER);
        assertEq(uint8(plans.statusOf(OTHER)), uint8(ClientStatus.Cancelled));
    }

    function test_fees_in_dsh_pass_through_their_domain_s_budget_and_others_to_the_treasury() public {
        _subscribe(CLIENT, STARTER, dsh, 1);
        vm.prank(CLIENT);
        plans.setDomain(DOMAIN);
        _subscribe(OTHER, STARTER, usd, 1);
        skip(MONTH);
        plans.settle(CLIENT);
        plans.settle(OTHER);
        assertEq(plans.passOn(address(dsh), DOMAIN), 29e18);
        (uint256 feesWei,,) = registry.budgetOf(DOMAIN);
        assertEq(feesWei, 29e18);
        assertEq(plans.passOn(address(usd), 0), 29e6);
        assertEq(usd.balanceOf(TREASURY), 29e6);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.NothingToPassOn.selector, address(usd), bytes32(0)));
        plans.passOn(address(usd), 0);
        assertEq(dsh.balanceOf(address(plans)), 0);
        assertEq(dsh.balanceOf(TREASURY), 29e18);
    }

    function test_a_change_of_domain_leaves_earned_fees_where_they_were_earned() public {
        _subscribe(CLIENT, STARTER, dsh, 1);
        skip(15 days);
        vm.prank(CLIENT);
        plans.setDomain(DOMAIN);
        skip(15 days);
        plans.settle(CLIENT);
        assertEq(plans.feesOf(address(dsh), 0), 14.5e18);
        assertEq(plans.feesOf(address(dsh), DOMAIN), 14.5e18);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.NothingToWithdraw.selector, address(dsh), CLIENT));
        plans.withdraw(address(dsh), CLIENT);
    }

    /* FUZZ */

    /// @dev However often it is settled, time is served as paid, and what comes back is never more than was paid.
    function test_fuzz_no_second_is_served_unpaid(uint8[8] calldata steps, uint32 months, bool changes) public {
        months = uint32(bound(months, 1, 12));
        _subscribe(CLIENT, PROFESSIONAL, usd, months);
        uint256 start = block.timestamp;
        uint256 earned;
        for (uint256 i = 0; i < steps.length; ++i) {
            skip(uint256(steps[i]) * 1 hours);
            earned += plans.settle(CLIENT);
        }
        uint256 served = block.timestamp - start;
        if (served > months * MONTH) served = months * MONTH;
        assertGe(earned * MONTH, served * 99e6);
        assertLe(earned * MONTH, served * 99e6 + steps.length * MONTH);
        Subscription memory subscription = plans.subscriptionOf(CLIENT);
        if (changes && subscription.paidUntil > block.timestamp) {
            vm.prank(CLIENT);
            plans.changePlan(STARTER, 0);
        }
        vm.prank(CLIENT);
        plans.cancel();
        uint256 back = plans.credits(address(usd), CLIENT);
        assertEq(earned + back + plans.subscriptionOf(CLIENT).unearned, uint256(months) * 99e6);
    }
}
