// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Test} from "forge-std/Test.sol";

import {PlansHandler} from "./PlansHandler.sol";

/// @title What holds for clients' money after any sequence of actions
contract PlansInvariantTest is Test {
    PlansHandler private handler;

    function setUp() public {
        handler = new PlansHandler();
        handler.setUp();
        bytes4[] memory actions = new bytes4[](15);
        actions[0] = handler.trial.selector;
        actions[1] = handler.subscribe.selector;
        actions[2] = handler.renew.selector;
        actions[3] = handler.change.selector;
        actions[4] = handler.cancel.selector;
        actions[5] = handler.suspendOrResume.selector;
        actions[6] = handler.setDomain.selector;
        actions[7] = handler.settle.selector;
        actions[8] = handler.passOn.selector;
        actions[9] = handler.withdraw.selector;
        actions[10] = handler.deposit.selector;
        actions[11] = handler.takeDepositBack.selector;
        actions[12] = handler.charge.selector;
        actions[13] = handler.give.selector;
        actions[14] = handler.pass.selector;
        targetSelector(FuzzSelector({addr: address(handler), selectors: actions}));
        targetContract(address(handler));
    }

    /// forge-config: default.invariant.runs = 64
    function invariant_the_contract_holds_what_it_owes_and_serves_what_was_bought() public view {
        for (uint256 i = 0; i < 2; ++i) {
            ERC20 token = handler.tokens(i);
            (uint256 paid, uint256 passedOn, uint256 withdrawn, uint256 gifts) = handler.ghosts(address(token));
            assertEq(handler.balance(token), handler.owed(token) + gifts, "what it owes");
            assertEq(handler.balance(token), paid + gifts - passedOn - withdrawn, "nobody takes more than was paid");
        }
        for (uint256 i = 0; i < 3; ++i) {
            address client = handler.clients(i);
            assertLe(handler.servedSeconds(client), handler.boughtSeconds(client), "no second is served unpaid");
        }
    }

    function test_every_action_of_the_handler_can_be_reached() public {
        handler.trial(0, 0);
        handler.subscribe(0, 0, true, 3);
        handler.pass(19 days);
        handler.pass(15 days);
        handler.renew(0, 1, 1);
        handler.change(0, 2);
        handler.change(0, 1);
        handler.deposit(0, false, 5e5);
        handler.takeDepositBack(0, false);
        handler.charge(0, 3);
        handler.suspendOrResume(0, "reason");
        handler.suspendOrResume(0, "reason");
        handler.settle(0);
        handler.passOn(true, false);
        handler.cancel(0);
        handler.withdraw(0, true);
        string[10] memory all =
            ["trial", "subscribe", "renew", "change", "cancel", "suspend", "pass on", "withdraw", "deposit", "charge"];
        for (uint256 i = 0; i < all.length; ++i) {
            assertGt(handler.reached(bytes32(bytes(all[i]))), 0, all[i]);
        }
        assertGt(handler.reached("deposit back"), 0);
    }
}
