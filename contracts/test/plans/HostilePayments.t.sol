// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IOptimizationRegistry} from "../../interfaces/IOptimizationRegistry.sol";
import {IPlanRegistry, Price} from "../../interfaces/IPlanRegistry.sol";
import {PlanRegistry} from "../../PlanRegistry.sol";
import {FeeToken, ReenteringToken} from "../claims/HostileBonds.t.sol";
import {PlansFixture} from "./PlansFixture.sol";

/// @dev Says no by a return value, as some tokens do.
contract RefusingToken is ERC20 {
    constructor() ERC20("No", "NO") {}

    function transferFrom(address, address, uint256) public pure override returns (bool) {
        return false;
    }
}

contract HostilePaymentsTest is PlansFixture {
    function test_a_token_that_keeps_a_fee_is_refused() public {
        FeeToken token = new FeeToken();
        _take(token);
        vm.expectRevert(abi.encodeWithSelector(IPlanRegistry.PaymentShort.selector, 1e18, 0.99e18));
        plans.subscribe(STARTER, address(token), 1, DEAR);
    }

    function test_a_token_that_says_no_by_its_answer_is_refused() public {
        RefusingToken token = new RefusingToken();
        _take(token);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        plans.subscribe(STARTER, address(token), 1, DEAR);
    }

    function test_a_token_that_calls_back_enters_nothing_again() public {
        ReenteringToken token = new ReenteringToken();
        _take(token);
        bytes[4] memory calls = [
            abi.encodeCall(plans.subscribe, (STARTER, address(token), 1, DEAR)),
            abi.encodeCall(plans.renew, (address(this), 1, DEAR)),
            abi.encodeCall(plans.withdraw, (address(token), address(this))),
            abi.encodeCall(plans.depositOverage, (address(token), 1))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            token.arm(address(plans), calls[i]);
            vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
            plans.subscribe(STARTER, address(token), 1, DEAR);
        }
    }

    function test_a_broken_registry_blocks_no_client() public {
        _subscribe(CLIENT, STARTER, dsh, 3);
        vm.prank(CLIENT);
        plans.setDomain(DOMAIN);
        authority.revokeRole(CASHIER, address(plans));
        skip(1 days);
        plans.settle(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, address(plans)));
        plans.passOn(address(dsh), DOMAIN);
        vm.startPrank(CLIENT);
        plans.cancel();
        assertEq(plans.withdraw(address(dsh), CLIENT), 58e18 - 1); // rounded down
    }

    function test_neither_the_code_nor_the_proxy_can_be_initialized_by_whoever_comes_first() public {
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        plans.initialize(address(this));
        PlanRegistry implementation = new PlanRegistry(dsh, IOptimizationRegistry(address(registry)), TREASURY);
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        implementation.initialize(address(this));
    }

    function test_an_upgrade_is_the_upgrader_s_and_keeps_what_was_paid() public {
        _subscribe(CLIENT, STARTER, usd, 2);
        PlanRegistry next = new PlanRegistry(dsh, IOptimizationRegistry(address(registry)), TREASURY);
        vm.prank(CLIENT);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, CLIENT));
        plans.upgradeToAndCall(address(next), "");
        bytes memory before = abi.encode(plans.subscriptionOf(CLIENT));
        plans.upgradeToAndCall(address(next), "");
        assertEq(abi.encode(plans.subscriptionOf(CLIENT)), before);
        skip(1);
        vm.prank(CLIENT);
        plans.cancel();
        assertEq(plans.credits(address(usd), CLIENT), 29e6 - 1); // rounded down
    }

    function _take(ERC20 token) private {
        plans.setPrice(STARTER, address(token), Price(1e18, 0, 1));
        token.approve(address(plans), type(uint256).max);
    }
}
