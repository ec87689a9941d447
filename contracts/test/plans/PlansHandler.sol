// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {Subscription} from "../../interfaces/IPlanRegistry.sol";
import {PlansFixture} from "./PlansFixture.sol";

/// @title Clients who do whatever can be done, in any order
/// @dev No action reverts: what cannot be done now is not tried. Ghost sums are kept beside what the contract says.
contract PlansHandler is PlansFixture {
    struct Ghost {
        uint256 paid;
        uint256 passedOn;
        uint256 withdrawn;
        uint256 gifts;
    }

    ERC20[2] public tokens;
    address[3] public clients;
    bytes32[2] public domains;
    mapping(address token => Ghost) public ghosts;
    /// @dev Seconds that a client was Active, counted at each step, and what a second cost at the least.
    mapping(address client => uint256) public servedSeconds;
    mapping(address client => uint256) public boughtSeconds;
    mapping(bytes32 what => uint256) public reached;

    function setUp() public override {
        super.setUp();
        tokens = [ERC20(dsh), ERC20(usd)];
        clients = [CLIENT, OTHER, makeAddr("third")];
        domains = [bytes32(0), DOMAIN];
        _fund(clients[2]);
    }

    /* ACTIONS */

    function trial(uint256 who, uint8 planId) external {
        address client = clients[who % 3];
        Subscription memory now_ = plans.subscriptionOf(client);
        if (now_.trialUntil != 0 || now_.paidUntil != 0 || now_.isSuspended) return;
        vm.prank(client);
        plans.startTrial(_plan(planId));
        ++reached["trial"];
    }

    function subscribe(uint256 who, uint8 planId, bool inDsh, uint32 months) external {
        address client = clients[who % 3];
        Subscription memory now_ = plans.subscriptionOf(client);
        if (now_.paidUntil > block.timestamp || now_.isSuspended) return;
        ERC20 token = tokens[inDsh ? 0 : 1];
        months = 1 + months % 6;
        uint256 before = token.balanceOf(client);
        vm.prank(client);
        plans.subscribe(_plan(planId), address(token), months, DEAR);
        ghosts[address(token)].paid += before - token.balanceOf(client);
        boughtSeconds[client] += months * MONTH;
        ++reached["subscribe"];
    }

    function renew(uint256 who, uint256 payer, uint32 months) external {
        address client = clients[who % 3];
        Subscription memory now_ = plans.subscriptionOf(client);
        if (now_.paidUntil == 0 || now_.isSuspended || now_.isCancelled) return;
        if (now_.paidUntil > block.timestamp + 24 * MONTH) return;
        months = 1 + months % 6;
        address by = clients[payer % 3];
        ERC20 token = ERC20(now_.token);
        uint256 before = token.balanceOf(by);
        vm.prank(by);
        plans.renew(client, months, DEAR);
        ghosts[address(token)].paid += before - token.balanceOf(by);
        boughtSeconds[client] += months * MONTH;
        ++reached["renew"];
    }

    function change(uint256 who, uint8 planId) external {
        address client = clients[who % 3];
        Subscription memory now_ = plans.subscriptionOf(client);
        planId = _plan(planId);
        if (now_.paidUntil <= block.timestamp || now_.isSuspended || now_.isCancelled || now_.planId == planId) return;
        ERC20 token = ERC20(now_.token);
        uint256 before = token.balanceOf(client);
        vm.prank(client);
        plans.changePlan(planId, DEAR);
        ghosts[address(token)].paid += before - token.balanceOf(client);
        ++reached["change"];
    }

    function cancel(uint256 who) external {
        address client = clients[who % 3];
        Subscription memory now_ = plans.subscriptionOf(client);
        if ((now_.paidUntil == 0 && now_.trialUntil == 0) || now_.isCancelled) return;
        vm.prank(client);
        plans.cancel();
        boughtSeconds[client] -= _rest(now_) - _rest(plans.subscriptionOf(client));
        ++reached["cancel"];
    }

    function suspendOrResume(uint256 who, bytes32 reason) external {
        address client = clients[who % 3];
        if (plans.subscriptionOf(client).isSuspended) plans.resume(client);
        else plans.suspend(client, reason);
        ++reached["suspend"];
    }

    function setDomain(uint256 who, bool isOurs) external {
        vm.prank(clients[who % 3]);
        plans.setDomain(domains[isOurs ? 1 : 0]);
    }

    function settle(uint256 who) external {
        plans.settle(clients[who % 3]);
    }

    function passOn(bool inDsh, bool isOurs) external {
        ERC20 token = tokens[inDsh ? 0 : 1];
        bytes32 domainId = domains[isOurs ? 1 : 0];
        if (plans.feesOf(address(token), domainId) == 0) return;
        ghosts[address(token)].passedOn += plans.passOn(address(token), domainId);
        ++reached["pass on"];
    }

    function withdraw(uint256 who, bool inDsh) external {
        ERC20 token = tokens[inDsh ? 0 : 1];
        if (plans.credits(address(token), clients[who % 3]) == 0) return;
        ghosts[address(token)].withdrawn += plans.withdraw(address(token), clients[who % 3]);
        ++reached["withdraw"];
    }

    function deposit(uint256 who, bool inDsh, uint256 amount) external {
        address client = clients[who % 3];
        if (plans.subscriptionOf(client).planId == 0) return;
        ERC20 token = tokens[inDsh ? 0 : 1];
        amount = 1 + amount % 1e6;
        vm.prank(client);
        plans.depositOverage(address(token), amount);
        ghosts[address(token)].paid += amount;
        ++reached["deposit"];
    }

    function takeDepositBack(uint256 who, bool inDsh) external {
        address client = clients[who % 3];
        ERC20 token = tokens[inDsh ? 0 : 1];
        (uint256 amount, uint40 freeAt) = plans.overageOf(client, address(token));
        if (amount == 0 || (freeAt != 0 && freeAt > block.timestamp)) return;
        vm.startPrank(client);
        if (freeAt == 0) plans.leaveOverage(address(token));
        else plans.returnOverage(address(token));
        vm.stopPrank();
        ++reached["deposit back"];
    }

    function charge(uint256 who, uint64 overageRequests) external {
        address client = clients[who % 3];
        uint32 month = plans.currentMonth() - 1;
        (bytes32 root,) = plans.usageOf(month);
        if (root != 0) return;
        bytes32 salt = keccak256(abi.encode(who, overageRequests));
        plans.anchorUsage(
            month, keccak256(bytes.concat(keccak256(abi.encode(client, month, uint64(0), overageRequests, salt)))), 1
        );
        plans.chargeOverage(client, month, 0, overageRequests, salt, new bytes32[](0));
        ++reached["charge"];
    }

    function give(bool inDsh, uint256 amount) external {
        ERC20 token = tokens[inDsh ? 0 : 1];
        amount %= 1e6;
        vm.prank(CLIENT);
        require(token.transfer(address(plans), amount));
        ghosts[address(token)].gifts += amount;
    }

    /// @dev Up to twenty days, in which each client is or is not served.
    function pass(uint256 seconds_) external {
        seconds_ = 1 + seconds_ % 20 days;
        for (uint256 i = 0; i < 3; ++i) {
            Subscription memory now_ = plans.subscriptionOf(clients[i]);
            uint256 from = now_.settledAt > block.timestamp ? now_.settledAt : block.timestamp;
            uint256 to = block.timestamp + seconds_;
            if (now_.paidUntil < to) to = now_.paidUntil;
            if (to > from) servedSeconds[clients[i]] += to - from;
        }
        skip(seconds_);
    }

    /* SUMS */

    /// @dev What the contract owes in a token.
    function owed(ERC20 token) external view returns (uint256 sum) {
        for (uint256 i = 0; i < 3; ++i) {
            Subscription memory now_ = plans.subscriptionOf(clients[i]);
            if (now_.token == address(token)) sum += now_.unearned;
            (uint256 amount,) = plans.overageOf(clients[i], address(token));
            sum += amount + plans.credits(address(token), clients[i]);
        }
        sum += plans.feesOf(address(token), 0) + plans.feesOf(address(token), DOMAIN);
    }

    function balance(ERC20 token) external view returns (uint256) {
        return token.balanceOf(address(plans));
    }

    /// @dev Paid seconds that are still to come.
    function _rest(Subscription memory now_) private view returns (uint256) {
        uint256 from = now_.settledAt > block.timestamp ? now_.settledAt : block.timestamp;
        return now_.paidUntil > from ? now_.paidUntil - from : 0;
    }

    function _plan(uint8 planId) private pure returns (uint8) {
        return 1 + planId % 3;
    }
}
