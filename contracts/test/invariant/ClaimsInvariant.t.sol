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
        bytes4[] memory actions = new bytes4[](13);
        actions[0] = handler.reveal.selector;
        actions[1] = handler.attest.selector;
        actions[2] = handler.finalize.selector;
        actions[3] = handler.expire.selector;
        actions[4] = handler.prove.selector;
        actions[5] = handler.withdraw.selector;
        actions[6] = handler.payReward.selector;
        actions[7] = handler.burn.selector;
        actions[8] = handler.donate.selector;
        actions[9] = handler.pass.selector;
        actions[10] = handler.pauseOrGoOn.selector;
        actions[11] = handler.settle.selector;
        actions[12] = handler.collect.selector;
        targetSelector(FuzzSelector({addr: address(handler), selectors: actions}));
        targetContract(address(handler));
    }

    /// @dev One invariant of three parts: the sequences are what takes the time.
    function invariant_money_adds_up_and_every_claim_ends_once() public view {
        _theContractHoldsWhatItOwes();
        _supplyIsInitialPlusPaidLessBurntAndWithinTheBudget();
        _aClaimEndsOnceAndAPagePaysNoByteTwice();
    }

    function _theContractHoldsWhatItOwes() private view {
        assertEq(handler.balance(), handler.owed());
    }

    function _supplyIsInitialPlusPaidLessBurntAndWithinTheBudget() private view {
        (uint256 total, uint256 initial, uint256 maximum, uint256 emitted) = handler.supply();
        assertEq(total, initial + handler.paidRewards() - handler.burntDsh());
        assertLe(handler.paidRewards(), emitted);
        assertLe(total, maximum);
    }

    function _aClaimEndsOnceAndAPagePaysNoByteTwice() private view {
        ClaimsHandler.Record[] memory records = handler.records();
        uint256 ended = 0;
        for (uint256 i = 0; i < records.length; ++i) {
            Status status = handler.statusOf(records[i].claimId);
            assertEq(records[i].isOver, status != Status.Pending);
            if (records[i].isOver) ++ended;
            if (records[i].isLie) assertTrue(status != Status.Slashed || records[i].isOver);
            else assertTrue(status != Status.Slashed, "an honest claim was slashed");
        }
        assertEq(
            ended, handler.reached(Status.Final) + handler.reached(Status.Expired) + handler.reached(Status.Slashed)
        );
        uint256 paid = 0;
        for (uint256 i = 0; i < records.length; ++i) {
            bytes32 pageKey = records[i].claim.pageKey;
            uint256 best = handler.bestBytesOf(pageKey);
            if (best != 0) assertLe(best + handler.paidBytes(pageKey), _largestSrc(records, pageKey));
            if (_isFirstOf(records, i)) paid += handler.paidBytes(pageKey);
        }
        assertEq(paid, handler.provenBytes());
    }

    /// @dev Else the invariants might hold because nothing ever happened.
    function test_every_end_is_reachable_by_the_handler() public {
        handler.reveal(0, 0, 1, false);
        handler.reveal(1, 1, 2, true);
        handler.reveal(2, 2, 3, false);
        handler.attest(0, 3);
        handler.prove(1, 0, 0);
        handler.prove(0, 1, 1);
        handler.pass(1_200);
        handler.pauseOrGoOn();
        handler.pass(1_200);
        handler.pauseOrGoOn();
        handler.finalize(0);
        handler.expire(2);
        handler.settle(0);
        handler.withdraw(0);
        handler.withdraw(3);
        handler.collect(0);
        handler.payReward(0);
        assertEq(handler.reached(Status.Final), 1);
        assertEq(handler.reached(Status.Slashed), 1);
        assertEq(handler.reached(Status.Expired), 1);
        assertEq(handler.settled(), 1);
        assertGt(handler.paidRewards(), 0);
        invariant_money_adds_up_and_every_claim_ends_once();
    }

    function _largestSrc(ClaimsHandler.Record[] memory records, bytes32 pageKey)
        private
        pure
        returns (uint256 largest)
    {
        for (uint256 i = 0; i < records.length; ++i) {
            if (records[i].claim.pageKey == pageKey && records[i].claim.srcBytes > largest) {
                largest = records[i].claim.srcBytes;
            }
        }
    }

    function _isFirstOf(ClaimsHandler.Record[] memory records, uint256 index) private pure returns (bool) {
        for (uint256 i = 0; i < index; ++i) {
            if (records[i].claim.pageKey == records[index].claim.pageKey) return false;
        }
        return true;
    }
}
