// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {INodeManager, NodePhase, NodeStatus, NodeType} from "../../interfaces/INodeManager.sol";
import {IProofOfOptimization} from "../../interfaces/IProofOfOptimization.sol";
import {Quorum} from "../../libraries/Quorum.sol";
import {NodesFixture} from "./NodesFixture.sol";

contract JobsTest is NodesFixture {
    uint64 private nodeId;

    function setUp() public override {
        super.setUp();
        nodeId = _create(NodeType.Optimization, 1_000);
    }

    /* REFUSALS */

    function test_a_heartbeat_is_fresh_signed_and_later_than_the_last() public {
        uint40 time = uint40(block.timestamp);
        bytes memory signature = _signBeat(nodeId, time, "state");
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.SignatureWrong.selector, operator));
        nodes.beat(nodeId, time, "another state", signature);
        nodes.beat(nodeId, time, "state", signature);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.BeatOutOfTime.selector, nodeId, time, time, time));
        nodes.beat(nodeId, time, "state", signature);
        signature = _signBeat(nodeId, time + 1, "state");
        vm.expectRevert(abi.encodeWithSelector(INodeManager.BeatOutOfTime.selector, nodeId, time + 1, time, time));
        nodes.beat(nodeId, time + 1, "state", signature);
        skip(302);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.BeatOutOfTime.selector, nodeId, time + 1, time, time + 302));
        nodes.beat(nodeId, time + 1, "state", signature);
    }

    function test_a_silent_or_resting_node_gets_no_job() public {
        vm.expectRevert(abi.encodeWithSelector(INodeManager.NodeOffline.selector, nodeId, 0));
        nodes.startJob("job", nodeId, 10, 60);
        _beat(nodeId);
        assertEq(uint8(nodes.statusOf(nodeId)), uint8(NodeStatus.Idle));
        uint40 beatAt = uint40(block.timestamp);
        skip(3_601);
        assertEq(uint8(nodes.statusOf(nodeId)), uint8(NodeStatus.Offline));
        vm.expectRevert(abi.encodeWithSelector(INodeManager.NodeOffline.selector, nodeId, beatAt));
        nodes.startJob("job", nodeId, 10, 60);
        _beat(nodeId);
        vm.prank(OWNER);
        nodes.setMaintenance(nodeId, true);
        assertEq(uint8(nodes.statusOf(nodeId)), uint8(NodeStatus.Maintenance));
        vm.expectRevert(abi.encodeWithSelector(INodeManager.PhaseWrong.selector, nodeId, NodePhase.Maintenance));
        nodes.startJob("job", nodeId, 10, 60);
    }

    function test_a_job_has_a_name_of_its_own_room_and_a_time() public {
        _start("job", nodeId, 10, 60);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.JobKnown.selector, bytes32("job")));
        nodes.startJob("job", nodeId, 10, 60);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.RoomMissing.selector, nodeId, 991, 990));
        nodes.startJob("job 2", nodeId, 991, 60);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.SecondsOutOfRange.selector, 0, 30 days));
        nodes.startJob("job 2", nodeId, 10, 0);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.SecondsOutOfRange.selector, 30 days + 1, 30 days));
        nodes.startJob("job 2", nodeId, 10, 30 days + 1);
        assertEq(uint8(nodes.statusOf(nodeId)), uint8(NodeStatus.Active));
    }

    function test_a_job_pays_for_nothing_but_a_quorum_s_signatures_of_its_very_result() public {
        _start("job", nodeId, 100, 3_600);
        bytes32 digest = nodes.jobDigest("job", nodeId, "result");
        (address[] memory signers, bytes[] memory signatures) = _votes(digest, 1);
        vm.expectRevert(abi.encodeWithSelector(Quorum.QuorumMissing.selector, 1, QUORUM));
        nodes.verifyJob("job", "result", signers, signatures);
        (signers, signatures) = _votes(digest, QUORUM);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.SignatureWrong.selector, signers[0]));
        nodes.verifyJob("job", "another result", signers, signatures);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.JobNotRunning.selector, bytes32("another job")));
        nodes.verifyJob("another job", "result", signers, signatures);
        vm.expectRevert(abi.encodeWithSelector(Quorum.VotesUneven.selector, QUORUM, 1));
        nodes.verifyJob("job", "result", signers, new bytes[](1));
        address swapped = signers[1];
        (signers[0], signers[1]) = (signers[1], signers[0]);
        (signatures[0], signatures[1]) = (signatures[1], signatures[0]);
        vm.expectRevert(abi.encodeWithSelector(Quorum.SignersUnsorted.selector, signers[1]));
        nodes.verifyJob("job", "result", signers, signatures);
        signers[1] = swapped;
        vm.expectRevert(abi.encodeWithSelector(Quorum.SignersUnsorted.selector, swapped));
        nodes.verifyJob("job", "result", signers, signatures);
        (signers, signatures) = _votes(digest, QUORUM);
        (signers[0], signers[1]) = (address(1), signers[1]);
        vm.expectRevert(abi.encodeWithSelector(Quorum.NotVerifier.selector, address(1)));
        nodes.verifyJob("job", "result", signers, signatures);
    }

    function test_a_late_job_pays_nothing_and_is_ended_by_anybody() public {
        _start("job", nodeId, 100, 3_600);
        uint40 deadline = uint40(block.timestamp) + 3_600;
        skip(3_600 + 1 days);
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.JobRuns.selector, bytes32("job"), deadline));
        nodes.failJob("job");
        skip(1);
        (address[] memory signers, bytes[] memory signatures) = _votes(nodes.jobDigest("job", nodeId, "r"), QUORUM);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.JobLate.selector, bytes32("job"), deadline));
        nodes.verifyJob("job", "r", signers, signatures);
        vm.prank(STRANGER);
        nodes.failJob("job");
        assertEq(nodes.nodeOf(nodeId).runningJobs, 0);
        assertEq(nodes.nodeOf(nodeId).allocatedKib, 0);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.JobNotRunning.selector, bytes32("job")));
        nodes.failJob("job");
    }

    /* STORIES */

    function test_a_verified_job_pays_its_type_s_rate_for_its_time_once() public {
        _start("job", nodeId, 1_000, 10 days);
        skip(2 days);
        // 0.15 DSH a day for 1 000 KiB.
        assertEq(_verify("job"), 0.3e18);
        assertEq(token.queuedWei(), 0.3e18);
        (address account,,) = token.ticketOf(0);
        assertEq(account, OWNER);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.JobKnown.selector, bytes32("job")));
        nodes.startJob("job", nodeId, 1, 1);
        _start("job 2", nodeId, 500, 1 days);
        skip(1 days + 100);
        assertEq(_verify("job 2"), 0.075e18);
        _start("job 3", nodeId, 500, 1 days);
        nodes.failJob("job 3");
        assertEq(token.queuedWei(), 0.375e18);
    }

    function test_two_heartbeats_of_one_moment_cost_the_stake_even_after_a_new_operator_or_retirement() public {
        uint40 at = uint40(block.timestamp);
        bytes32[2] memory digests = [bytes32("a"), "b"];
        bytes memory first = _signBeat(nodeId, at, "a");
        bytes memory second = _signBeat(nodeId, at, "b");
        vm.expectRevert(abi.encodeWithSelector(INodeManager.NeverOperator.selector, nodeId, STRANGER));
        nodes.reportEquivocation(nodeId, STRANGER, at, digests, first, second);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.NotEquivocal.selector, nodeId));
        nodes.reportEquivocation(nodeId, operator, at, [bytes32("a"), "a"], first, first);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.SignatureWrong.selector, operator));
        nodes.reportEquivocation(nodeId, operator, at, digests, first, first);
        vm.startPrank(OWNER);
        nodes.setOperator(nodeId, STRANGER);
        nodes.drain(nodeId);
        nodes.retire(nodeId);
        vm.stopPrank();
        vm.prank(CHALLENGER);
        nodes.reportEquivocation(nodeId, operator, at, digests, first, second);
        assertEq(token.balanceOf(CHALLENGER), 500e18);
        assertEq(nodes.burntWei(), 500e18);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.NotEquivocal.selector, nodeId));
        nodes.reportEquivocation(nodeId, operator, at, digests, first, second);
        skip(14 days);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.StakeEmpty.selector, nodeId));
        nodes.takeRetired(nodeId);
    }

    function test_a_merged_node_s_offence_costs_the_survivor() public {
        uint64 into = _create(NodeType.Optimization, 200);
        vm.prank(OWNER);
        nodes.merge(into, nodeId);
        uint40 at = uint40(block.timestamp);
        nodes.reportEquivocation(
            nodeId, operator, at, [bytes32("a"), "b"], _signBeat(nodeId, at, "a"), _signBeat(nodeId, at, "b")
        );
        assertEq(nodes.nodeOf(into).stakeWei, 0);
        assertEq(uint8(nodes.nodeOf(into).phase), uint8(NodePhase.Draining));
    }
}
