// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Status} from "../../interfaces/IProofOfOptimization.sol";
import {ProofOfOptimization} from "../../ProofOfOptimization.sol";
import {ChallengeActions} from "./ChallengeActions.sol";
import {DemandActions} from "./DemandActions.sol";
import {Game} from "./Game.sol";
import {MoneyActions} from "./MoneyActions.sol";
import {NodeActions} from "./NodeActions.sol";

/// @title Everything that anyone may do to claims, their money and their verifiers, in any order
/// @dev No call may revert: what is due must go through, what is not must be refused, and each action knows which. What must
/// hold at once is asserted there; what must hold always is below. Numbers are those of docs/PROTOCOL.md, "Invariants".
contract ClaimsHandler is ChallengeActions, DemandActions, MoneyActions, NodeActions {
    function setUp() public override(Game) {
        Game.setUp();
    }

    function claims() external view returns (ProofOfOptimization) {
        return proof;
    }

    /// @notice Everyone who may have credits.
    function accounts() external view returns (address[] memory all) {
        all = new address[](PROVERS + CHALLENGERS);
        for (uint256 i = 0; i < PROVERS; ++i) {
            (all[i], all[PROVERS + i]) = (_provers[i], _challengers[i]);
        }
    }

    /// @dev 1: the contract of claims holds what it owes. That of stakes too.
    function assertMoney() external view {
        assertEq(this.balance(), this.owed(), "the contract holds what it owes");
        _assertStakes();
    }

    /// @dev 5: never more is minted than the emission and the supply allow; a domain's cap is looked at where it is paid.
    function assertSupply() external view {
        (uint256 total, uint256 initial, uint256 maximum, uint256 emitted) = this.supply();
        assertEq(total, initial + paidRewards - burntDsh, "supply");
        assertLe(paidRewards, emitted, "minted within the emission");
        assertLe(total, maximum, "minted within the supply");
    }

    /// @dev 2, 6: a claim ends once and stays so, and no honest claim is slashed but for silence. 3, 8, 10, 12 are in the
    /// actions, 7 and 9 in the clock.
    function assertEnds() external view {
        uint256 ended = 0;
        for (uint256 i = 0; i < _records.length; ++i) {
            Record storage record = _records[i];
            (Status status, uint256 rewardWei) = proof.outcomeOf(record.claimId);
            assertEq(uint256(status), uint256(record.end), "a claim's end stays");
            if (status != Status.Pending) ++ended;
            if (status == Status.Slashed) assertTrue(record.isLie || record.isWithheld, "an honest claim was slashed");
            if (status != Status.Final) continue;
            (uint256 told, uint256 earnedWei, uint256 collectedWei) = streams.streamOf(record.claimId);
            assertTrue(told == rewardWei && collectedWei <= earnedWei && earnedWei <= rewardWei, "a stream in its bed");
        }
        assertEq(ended, reached[Status.Final] + reached[Status.Expired] + reached[Status.Slashed], "an end each");
        _assertClock();
    }

    /// @dev 4: what a page was paid for is no more than what it lost, and all of it is somebody's.
    function assertPages() external view {
        uint256 paid = 0;
        for (uint256 page = 0; page < PAGES; ++page) {
            bytes32 pageKey = keccak256(abi.encode(DOMAIN, keccak256(bytes(vm.toString(page)))));
            (uint64 best,) = proof.pageOf(pageKey);
            uint256 largest = 0;
            for (uint256 i = 0; i < _records.length; ++i) {
                uint256 srcBytes = _records[i].claim.srcBytes;
                if (_records[i].claim.pageKey == pageKey && srcBytes > largest) largest = srcBytes;
            }
            if (best != 0) assertLe(best + paidBytes[pageKey], largest, "no byte is paid twice");
            paid += paidBytes[pageKey];
        }
        assertEq(paid, this.provenBytes(), "every byte paid is verified");
    }
}
