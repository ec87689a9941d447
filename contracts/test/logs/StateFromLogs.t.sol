// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";
import {Vm} from "forge-std/Vm.sol";

import {IBonds} from "../../interfaces/IBonds.sol";
import {Fault, Status} from "../../interfaces/IProofOfOptimization.sol";
import {ProofOfOptimization} from "../../ProofOfOptimization.sol";
import {ClaimsHandler} from "../invariant/ClaimsHandler.sol";
import {Mirror} from "./Mirror.sol";

/// @title The events alone tell the state of the whole game: what an indexer needs, and a challenger without an archive
/// @dev Not told, as nobody needs it: which commitment a reveal spent, and the most that a pending claim may earn.
contract StateFromLogsTest is Test {
    uint256 private constant STEPS = 60;

    ClaimsHandler private handler;
    ProofOfOptimization private proof;
    Mirror private mirror;
    bytes4[] private actions;

    function setUp() public {
        mirror = new Mirror();
        handler = new ClaimsHandler();
        vm.recordLogs();
        handler.setUp();
        proof = handler.claims();
        _read();
        actions = [
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
            handler.stake.selector,
            handler.leave.selector,
            handler.equivocate.selector,
            handler.reportCanary.selector,
            handler.pauseOrGoOn.selector
        ];
    }

    /// forge-config: default.fuzz.runs = 32
    /// forge-config: deep.fuzz.runs = 10000
    function testFuzz_the_events_tell_the_state(uint256 seed) public {
        for (uint256 step = 0; step < STEPS; ++step) {
            uint256 draw = uint256(keccak256(abi.encode(seed, step)));
            (uint256 a, uint256 b) = ((draw >> 8) % 1_000, (draw >> 32) % 1_000);
            uint256 kind = draw % 32;
            if (kind < 6) {
                handler.reveal(a, b, (draw >> 64) % 1_000, draw >> 128 & 1 == 1);
            } else if (kind < 11) {
                handler.attest(a, b);
            } else if (kind < 16) {
                handler.pass(1 + a % 700);
            } else {
                (bool isDone,) =
                    address(handler).call(abi.encodePacked(actions[kind - 16], a, b, draw >> 64, draw >> 96, a));
                assertTrue(isDone, "an action of the game reverts");
            }
            _read();
        }
        _assertSettings();
        for (uint256 i = 0; i < mirror.count(); ++i) {
            _assertClaim(mirror.claimIds(i));
        }
        _assertMoney();
    }

    function _read() private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].emitter == address(proof)) mirror.take(logs[i]);
        }
    }

    function _assertSettings() private view {
        assertEq(proof.windowSeconds(), mirror.windowSeconds());
        assertEq(proof.quorum(), mirror.quorum());
        assertEq(proof.answerSeconds(), mirror.answerSeconds());
        assertEq(proof.isPaused(), mirror.pausedAt() != 0);
        assertEq(block.timestamp - proof.runningTime(), mirror.wallTime(0), "seconds paused");
    }

    function _assertClaim(bytes32 claimId) private view {
        Mirror.Mirrored memory told = mirror.claimOf(claimId);
        (Status status, uint256 rewardWei) = proof.outcomeOf(claimId);
        assertEq(proof.claimIdOf(told.claim), claimId);
        assertEq(uint256(status), uint256(told.status), "status");
        if (status == Status.Final) assertEq(rewardWei, told.rewardWei, "reward");
        if (status == Status.Pending) assertEq(proof.deadlineOf(claimId), mirror.wallTime(told.deadline), "deadline");
        assertEq(proof.feeOf(claimId), told.bondWei / 64, "bond");
        assertEq(proof.demandsOf(claimId), told.demands, "demands");
        assertEq(proof.votesOf(claimId), status == Status.Slashed ? 0 : mirror.votes(claimId), "votes");
        (Fault fault, uint256 blockNumber) = proof.slashOf(claimId);
        assertEq(blockNumber, told.slashedBlock, "slashed in");
        assertEq(uint256(fault), uint256(told.fault), "fault");
        (address opener, uint256 bountyWei,) = proof.bountyOf(claimId);
        bool isOpen = status == Status.Slashed && !told.isSettled;
        assertEq(opener, isOpen ? told.opener : address(0), "opener");
        assertEq(bountyWei, isOpen ? told.bondWei - told.bondWei / 2 : 0, "bounty");
        assertEq(abi.encode(proof.challengersOf(claimId)), abi.encode(told.challengers), "challengers");
        (uint64 bestBytes, bool isBusy) = proof.pageOf(told.claim.pageKey);
        assertEq(bestBytes, mirror.bestBytes(told.claim.pageKey), "best size");
        assertEq(isBusy, mirror.isBusy(told.claim.pageKey), "busy page");
        assertEq(proof.claimOfSource(told.claim.src), mirror.claimOfSource(told.claim.src), "source");
    }

    function _assertMoney() private view {
        address[] memory accounts = handler.accounts();
        IBonds bonds = IBonds(address(proof));
        for (uint256 i = 0; i < accounts.length; ++i) {
            assertEq(bonds.credits(bonds.bondToken(), accounts[i]), mirror.credits(accounts[i]), "credits");
        }
        assertEq(bonds.burntWei(), mirror.burntWei(), "burnt");
    }
}
