// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, Status} from "../../interfaces/IProofOfOptimization.sol";
import {Game} from "./Game.sol";

/// @title Rewards, fees, gifts and withdrawals
abstract contract MoneyActions is Game {
    uint256 public paidRewards;
    uint256 public burntDsh;

    function withdraw(uint256 which) external {
        which %= PROVERS + CHALLENGERS;
        address account = which < PROVERS ? _provers[which] : _challengers[which - PROVERS];
        if (proof.credits(address(weth), account) != 0) proof.withdraw(address(weth), account);
    }

    /// @dev A quorum says that the page is served; fewer are refused.
    function confirm(uint256 which, uint256 votes) external {
        (bool isThere, uint256 i) = _find(which, Status.Final);
        if (!isThere) return;
        address[] memory signers = _seated(votes % 4);
        (uint64[] memory sizes, uint64[] memory times) = (new uint64[](signers.length), new uint64[](signers.length));
        bytes[] memory signatures = new bytes[](signers.length);
        for (uint256 n = 0; n < signers.length; ++n) {
            (sizes[n], times[n]) = (_records[i].claim.optBytes, uint64(block.timestamp));
            bytes32 struct_ = keccak256(abi.encode(streams.SERVED_TYPEHASH(), _records[i].claimId, sizes[n], times[n]));
            signatures[n] = _signStruct(_keyOf[signers[n]], struct_, streams);
        }
        try streams.confirmServed(_records[i].claim, sizes, times, signers, signatures) {
            assertGe(signers.length, QUORUM, "confirmed without a quorum");
            _did("confirm");
        } catch {
            assertLt(signers.length, QUORUM, "a quorum confirms nothing");
        }
    }

    /// @dev What a final claim has earned and not been given yet; never more than it earned, and the domain may have.
    function collect(uint256 which) external {
        (bool isThere, uint256 i) = _find(which, Status.Final);
        if (!isThere) return;
        Claim memory claim = _records[i].claim;
        (, uint256 earnedWei, uint256 collectedWei) = streams.streamOf(_records[i].claimId);
        (, uint256 grantedWei, uint256 capWei) = registry.budgetOf(DOMAIN);
        uint256 roomWei = capWei > grantedWei ? capWei - grantedWei : 0;
        uint256 dueWei = earnedWei - collectedWei < roomWei ? earnedWei - collectedWei : roomWei;
        try streams.collect(claim) returns (uint256 amountWei) {
            assertEq(amountWei, dueWei, "what was due");
            _did("collect");
        } catch {
            assertEq(dueWei, 0, "what is due is not paid");
        }
        (, grantedWei, capWei) = registry.budgetOf(DOMAIN);
        assertLe(grantedWei, capWei, "a domain within its cap");
    }

    function payFees(uint256 amountWei) external {
        vm.prank(TREASURY);
        registry.recordFees(DOMAIN, bound(amountWei, 0, 3e18));
    }

    function payReward(uint256 which) external {
        uint256 count = token.ticketCount();
        if (count == 0) return;
        (address account, uint256 amountWei, uint256 end) = token.ticketOf(which % count);
        bool isDue = account != address(0) && end <= token.emittedWei();
        try token.payReward(which % count) {
            assertTrue(isDue, "a ticket was paid twice, or before its time");
            paidRewards += amountWei;
        } catch {
            assertFalse(isDue, "a due ticket is not paid");
        }
    }

    function burn(uint256 which, uint256 amountWei) external {
        address account = _provers[which % PROVERS];
        amountWei = bound(amountWei, 0, token.balanceOf(account));
        vm.prank(account);
        token.burn(amountWei);
        burntDsh += amountWei;
    }

    function donate(uint256 amountWei) external {
        amountWei = bound(amountWei, 0, 1 ether);
        if (weth.balanceOf(STRANGER) < amountWei) return;
        vm.prank(STRANGER);
        weth.transfer(address(proof), amountWei);
        donated += amountWei;
    }

    function supply() external view returns (uint256 total, uint256 initial, uint256 maximum, uint256 emitted) {
        return (token.totalSupply(), token.INITIAL_SUPPLY_WEI(), token.MAX_SUPPLY_WEI(), token.emittedWei());
    }

    function provenBytes() external view returns (uint256 sum) {
        for (uint256 i = 0; i < PROVERS; ++i) {
            sum += registry.verifiedBytesOf(_provers[i]);
        }
    }
}
