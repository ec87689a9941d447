// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IPlanRegistry} from "../../interfaces/IPlanRegistry.sol";
import {IUsage} from "../../interfaces/IUsage.sol";
import {PlansFixture} from "./PlansFixture.sol";

contract UsageTest is PlansFixture {
    bytes32 private constant SALT = keccak256("salt");
    uint32 private month;

    function setUp() public override {
        super.setUp();
        _subscribe(CLIENT, STARTER, usd, 6);
        month = plans.currentMonth();
    }

    /* REFUSALS */

    function test_a_key_is_committed_once_and_revoked_for_good() public {
        vm.startPrank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IUsage.KeyNotLive.selector, CLIENT, SALT));
        plans.revokeKey(SALT);
        plans.commitKey(SALT);
        assertTrue(plans.isKeyLive(CLIENT, SALT));
        vm.expectRevert(abi.encodeWithSelector(IUsage.KeyKnown.selector, CLIENT, SALT));
        plans.commitKey(SALT);
        plans.revokeKey(SALT);
        assertFalse(plans.isKeyLive(CLIENT, SALT));
        vm.expectRevert(abi.encodeWithSelector(IUsage.KeyKnown.selector, CLIENT, SALT));
        plans.commitKey(SALT);
        assertFalse(plans.isKeyLive(OTHER, SALT));
    }

    function test_usage_is_anchored_once_by_the_meter_when_the_month_is_over() public {
        vm.expectRevert(abi.encodeWithSelector(IUsage.MonthNotOver.selector, month, month));
        plans.anchorUsage(month, SALT, 1);
        skip(MONTH);
        vm.expectRevert(IUsage.UsageEmpty.selector);
        plans.anchorUsage(month, 0, 1);
        vm.expectRevert(IUsage.UsageEmpty.selector);
        plans.anchorUsage(month, SALT, 0);
        vm.prank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, CLIENT));
        plans.anchorUsage(month, SALT, 1);
        plans.anchorUsage(month, SALT, 1);
        vm.expectRevert(abi.encodeWithSelector(IUsage.UsageKnown.selector, month));
        plans.anchorUsage(month, SALT, 1);
        (bytes32 root, uint64 leaves) = plans.usageOf(month);
        assertEq(root, SALT);
        assertEq(leaves, 1);
    }

    function test_nothing_is_charged_that_is_not_anchored_or_was_charged() public {
        bytes32[] memory path = _anchor(1_040, 40);
        _deposit(10e6);
        bytes memory refusal = abi.encodeWithSelector(IUsage.UsageNotInRoot.selector, month, CLIENT);
        vm.expectRevert(refusal);
        plans.chargeOverage(CLIENT, month, 1_040, 41, SALT, path);
        vm.expectRevert(abi.encodeWithSelector(IUsage.UsageNotInRoot.selector, month, OTHER));
        plans.chargeOverage(OTHER, month, 1_040, 40, SALT, path);
        vm.expectRevert(abi.encodeWithSelector(IUsage.UsageNotInRoot.selector, month + 1, CLIENT));
        plans.chargeOverage(CLIENT, month + 1, 1_040, 40, SALT, path);
        assertEq(plans.chargeOverage(CLIENT, month, 1_040, 40, SALT, path), 2e6);
        vm.expectRevert(abi.encodeWithSelector(IUsage.AlreadyCharged.selector, CLIENT, month));
        plans.chargeOverage(CLIENT, month, 1_040, 40, SALT, path);
    }

    function test_an_unanchored_month_has_no_leaf_even_without_a_path() public {
        bytes32[] memory none = new bytes32[](0);
        vm.expectRevert(abi.encodeWithSelector(IUsage.UsageNotInRoot.selector, month, CLIENT));
        plans.chargeOverage(CLIENT, month, 1, 1, SALT, none);
    }

    function test_a_deposit_is_locked_until_its_month_can_be_charged() public {
        vm.startPrank(CLIENT);
        vm.expectRevert(IUsage.DepositZero.selector);
        plans.depositOverage(address(usd), 0);
        vm.expectRevert(IUsage.DepositZero.selector);
        plans.leaveOverage(address(usd));
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.TokenNotTaken.selector, STARTER, address(registry)));
        plans.depositOverage(address(registry), 1);
        plans.depositOverage(address(usd), 10e6);
        vm.expectRevert(abi.encodeWithSelector(IUsage.DepositNotLeaving.selector, CLIENT, address(usd)));
        plans.returnOverage(address(usd));
        uint40 freeAt = uint40(block.timestamp) + 37 days;
        plans.leaveOverage(address(usd));
        skip(37 days - 1);
        plans.leaveOverage(address(usd));
        vm.expectRevert(abi.encodeWithSelector(IUsage.DepositLocked.selector, CLIENT, address(usd), freeAt));
        plans.returnOverage(address(usd));
        skip(1);
        assertEq(plans.returnOverage(address(usd)), 10e6);
        assertEq(plans.credits(address(usd), CLIENT), 10e6);
        (uint256 deposit,) = plans.overageOf(CLIENT, address(usd));
        assertEq(deposit, 0);
    }

    /* STORIES */

    function test_overage_is_charged_from_the_deposit_and_no_more() public {
        bytes32[] memory path = _anchor(2_000, 1_000);
        _deposit(30e6);
        assertEq(plans.chargeOverage(CLIENT, month, 2_000, 1_000, SALT, path), 30e6);
        assertEq(plans.feesOf(address(usd), 0), 30e6);
        assertTrue(plans.isCharged(CLIENT, month));
        vm.prank(CLIENT);
        vm.expectRevert(IUsage.DepositZero.selector);
        plans.leaveOverage(address(usd));
    }

    function test_a_deposit_that_is_leaving_is_charged_and_the_rest_returned() public {
        _deposit(10e6);
        vm.prank(CLIENT);
        plans.leaveOverage(address(usd));
        bytes32[] memory path = _anchor(1_200, 200);
        assertEq(plans.chargeOverage(CLIENT, month, 1_200, 200, SALT, path), 10e6);
        skip(37 days);
        vm.prank(CLIENT);
        assertEq(plans.returnOverage(address(usd)), 0);
        assertEq(plans.credits(address(usd), CLIENT), 0);
    }

    /* STEPS */

    function _deposit(uint256 amount) private {
        vm.prank(CLIENT);
        plans.depositOverage(address(usd), amount);
    }

    /// @dev Two leaves: the client's and another's. Returns the path of the client's.
    function _anchor(uint64 requests, uint64 overageRequests) private returns (bytes32[] memory path) {
        bytes32 leaf = _leaf(CLIENT, requests, overageRequests);
        path = new bytes32[](1);
        path[0] = _leaf(OTHER, 7, 0);
        bytes32 root = leaf < path[0] ? keccak256(abi.encode(leaf, path[0])) : keccak256(abi.encode(path[0], leaf));
        if (plans.currentMonth() == month) skip(MONTH);
        plans.anchorUsage(month, root, 2);
    }

    function _leaf(address client, uint64 requests, uint64 overageRequests) private view returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(client, month, requests, overageRequests, SALT))));
    }
}
