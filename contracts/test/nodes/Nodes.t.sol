// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {
    INodeManager,
    Node,
    NodePhase,
    NodeStatus,
    NodeType,
    Priority,
    Purpose
} from "../../interfaces/INodeManager.sol";
import {NodeManager} from "../../NodeManager.sol";
import {NodesFixture} from "./NodesFixture.sol";

contract NodesTest is NodesFixture {
    uint256 private constant DEAR = type(uint256).max;

    /* REFUSALS */

    function test_a_node_is_within_its_type_s_sizes_and_has_an_operator() public {
        vm.startPrank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.SizeOutOfRange.selector, 99, 100, 5_000));
        nodes.create(NodeType.Optimization, 99, operator, DEAR);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.SizeOutOfRange.selector, 15_001, 300, 15_000));
        nodes.create(NodeType.Mining, 15_001, operator, DEAR);
        vm.expectRevert(INodeManager.OperatorZero.selector);
        nodes.create(NodeType.Mining, 300, address(0), DEAR);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.StakeTooDear.selector, 300e18, 299e18));
        nodes.create(NodeType.Mining, 300, operator, 299e18);
    }

    function test_the_first_three_types_need_a_slot_that_was_earned() public {
        NodeType[3] memory types = [NodeType.AiConsensus, NodeType.StorageShard, NodeType.Bridge];
        uint32[3] memory slotKib = [uint32(1_000), 500, 2_000];
        for (uint256 i = 0; i < 3; ++i) {
            uint256 snapshot = vm.snapshotState();
            bytes memory refusal =
                abi.encodeWithSelector(INodeManager.SlotMissing.selector, OWNER, types[i], uint256(0));
            _earn(OWNER, slotKib[i] * 1024 - 1);
            vm.expectRevert(refusal);
            _create(types[i], slotKib[i]);
            _earn(OWNER, 1);
            uint64 nodeId = _create(types[i], slotKib[i]);
            refusal = abi.encodeWithSelector(INodeManager.SlotMissing.selector, OWNER, types[i], uint256(1));
            vm.expectRevert(refusal);
            _create(types[i], slotKib[i]);
            vm.startPrank(OWNER);
            nodes.drain(nodeId);
            nodes.retire(nodeId);
            vm.stopPrank();
            _create(types[i], slotKib[i]);
            vm.revertToState(snapshot);
        }
    }

    function test_a_node_is_its_owner_s_alone() public {
        uint64 nodeId = _create(NodeType.Mining, 300);
        bytes[7] memory calls = [
            abi.encodeCall(nodes.scale, (nodeId, 400, DEAR)),
            abi.encodeCall(nodes.merge, (nodeId, nodeId)),
            abi.encodeCall(nodes.setOperator, (nodeId, STRANGER)),
            abi.encodeCall(nodes.setMaintenance, (nodeId, true)),
            abi.encodeCall(nodes.drain, (nodeId)),
            abi.encodeCall(nodes.retire, (nodeId)),
            abi.encodeCall(nodes.allocate, (nodeId, Purpose.Backup, Priority.Low, 1, uint40(block.timestamp + 1)))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            vm.prank(STRANGER);
            (bool isDone, bytes memory reason) = address(nodes).call(calls[i]);
            assertFalse(isDone);
            assertEq(reason, abi.encodeWithSelector(INodeManager.NotOwner.selector, nodeId, STRANGER));
        }
        vm.expectRevert(abi.encodeWithSelector(INodeManager.NodeUnknown.selector, 99));
        nodes.nodeOf(99);
    }

    function test_rates_jobs_and_code_are_not_a_stranger_s() public {
        vm.startPrank(STRANGER);
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER);
        vm.expectRevert(refusal);
        nodes.setStakeRate(0);
        vm.expectRevert(refusal);
        nodes.startJob("job", 1, 1, 1);
        vm.expectRevert(refusal);
        nodes.upgradeToAndCall(address(1), "");
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        nodes.initialize(STRANGER);
    }

    function test_merging_is_refused_with_its_reason() public {
        uint64 first = _create(NodeType.Optimization, 3_000);
        uint64 large = _create(NodeType.Optimization, 2_001);
        uint64 otherType = _create(NodeType.Mining, 300);
        vm.prank(STRANGER);
        uint64 strange = nodes.create(NodeType.Optimization, 100, operator, DEAR);
        uint64 drained = _create(NodeType.Optimization, 100);
        vm.prank(OWNER);
        nodes.drain(drained);
        uint64 busy = _create(NodeType.Optimization, 100);
        _start("job", busy, 10, 60);
        _refuseMerge(first, first, INodeManager.MergeObstacle.SameNode);
        _refuseMerge(first, large, INodeManager.MergeObstacle.TooLarge);
        _refuseMerge(first, otherType, INodeManager.MergeObstacle.OtherType);
        _refuseMerge(first, strange, INodeManager.MergeObstacle.OtherOwner);
        _refuseMerge(first, drained, INodeManager.MergeObstacle.NotRunning);
        _refuseMerge(first, busy, INodeManager.MergeObstacle.JobsRun);
    }

    function test_room_is_given_once_and_until_a_time_ahead() public {
        uint64 nodeId = _create(NodeType.Mining, 300);
        uint40 time = uint40(block.timestamp);
        vm.startPrank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.RoomMissing.selector, nodeId, 301, 300));
        nodes.allocate(nodeId, Purpose.Caching, Priority.High, 301, time + 1);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.RoomMissing.selector, nodeId, 0, 300));
        nodes.allocate(nodeId, Purpose.Caching, Priority.High, 0, time + 1);
        uint40 latest = time + 365 days;
        vm.expectRevert(abi.encodeWithSelector(INodeManager.ExpiryOutOfRange.selector, time, time + 1, latest));
        nodes.allocate(nodeId, Purpose.Caching, Priority.High, 1, time);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.ExpiryOutOfRange.selector, latest + 1, time + 1, latest));
        nodes.allocate(nodeId, Purpose.Caching, Priority.High, 1, latest + 1);
        uint256 allocation = nodes.allocate(nodeId, Purpose.Caching, Priority.High, 250, time + 100);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.RoomMissing.selector, nodeId, 51, 50));
        nodes.allocate(nodeId, Purpose.Backup, Priority.Low, 51, time + 100);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.SizeOutOfRange.selector, 200, 300, 15_000));
        nodes.scale(nodeId, 200, DEAR);
        vm.stopPrank();
        vm.prank(STRANGER);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.AllocationRuns.selector, allocation, time + 100));
        nodes.release(allocation);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.AllocationUnknown.selector, 99));
        nodes.release(99);
        skip(100);
        vm.prank(STRANGER);
        nodes.release(allocation);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.AllocationUnknown.selector, allocation));
        nodes.release(allocation);
        assertEq(nodes.nodeOf(nodeId).allocatedKib, 0);
    }

    function test_a_phase_follows_from_the_one_before() public {
        uint64 nodeId = _create(NodeType.Mining, 600);
        vm.startPrank(OWNER);
        bytes memory running = abi.encodeWithSelector(INodeManager.PhaseWrong.selector, nodeId, NodePhase.Running);
        vm.expectRevert(running);
        nodes.retire(nodeId);
        vm.expectRevert(running);
        nodes.setMaintenance(nodeId, false);
        vm.expectRevert(running);
        nodes.takeRetired(nodeId);
        uint256 allocation = nodes.allocate(nodeId, Purpose.Backup, Priority.Low, 350, uint40(block.timestamp + 1 days));
        vm.expectRevert(abi.encodeWithSelector(INodeManager.NodeBusy.selector, nodeId, 0, 350));
        nodes.scale(nodeId, 349, DEAR);
        nodes.drain(nodeId);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.NodeBusy.selector, nodeId, 0, 350));
        nodes.retire(nodeId);
        bytes memory draining = abi.encodeWithSelector(INodeManager.PhaseWrong.selector, nodeId, NodePhase.Draining);
        vm.expectRevert(draining);
        nodes.drain(nodeId);
        vm.expectRevert(draining);
        nodes.scale(nodeId, 700, DEAR);
        vm.expectRevert(draining);
        nodes.allocate(nodeId, Purpose.Backup, Priority.Low, 1, uint40(block.timestamp + 1));
        nodes.release(allocation);
        nodes.retire(nodeId);
        uint40 freeAt = uint40(block.timestamp) + 14 days;
        vm.expectRevert(abi.encodeWithSelector(INodeManager.StakeLocked.selector, OWNER, freeAt));
        nodes.takeRetired(nodeId);
        skip(14 days);
        assertEq(nodes.takeRetired(nodeId), 600e18);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.StakeEmpty.selector, nodeId));
        nodes.takeRetired(nodeId);
        assertEq(token.balanceOf(OWNER), 1_000_000e18);
        assertEq(uint8(nodes.statusOf(nodeId)), uint8(NodeStatus.Offline));
    }

    /* STORIES */

    function test_a_node_grows_shrinks_and_gets_what_it_need_not_stake_after_a_time() public {
        uint64 nodeId = _create(NodeType.Optimization, 1_000);
        assertEq(nodes.computeOf(nodeId), 34);
        vm.startPrank(OWNER);
        nodes.scale(nodeId, 1_500, 500e18);
        assertEq(token.balanceOf(address(nodes)), 1_500e18);
        nodes.scale(nodeId, 400, 0);
        (uint256 leavingWei, uint40 freeAt) = nodes.leavingOf(OWNER);
        assertEq(leavingWei, 1_100e18);
        assertEq(freeAt, block.timestamp + 14 days);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.StakeLocked.selector, OWNER, freeAt));
        nodes.takeStake(OWNER);
        skip(14 days);
        assertEq(nodes.takeStake(OWNER), 1_100e18);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.NothingLeaving.selector, OWNER));
        nodes.takeStake(OWNER);
        assertEq(nodes.nodeOf(nodeId).stakeWei, 400e18);
    }

    function test_a_new_rate_neither_charges_who_shrinks_nor_pays_who_grows() public {
        uint64 nodeId = _create(NodeType.Optimization, 1_000);
        nodes.setStakeRate(3e18);
        vm.startPrank(OWNER);
        nodes.scale(nodeId, 900, 0);
        assertEq(nodes.nodeOf(nodeId).stakeWei, 1_000e18);
        nodes.scale(nodeId, 300, 0);
        assertEq(nodes.nodeOf(nodeId).stakeWei, 900e18);
        vm.stopPrank();
        nodes.setStakeRate(1);
        vm.prank(OWNER);
        nodes.scale(nodeId, 500, 0);
        assertEq(nodes.nodeOf(nodeId).stakeWei, 900e18);
    }

    function test_merged_nodes_are_one_with_all_that_was_on_them() public {
        uint64 first = _create(NodeType.Mining, 1_000);
        uint64 second = _create(NodeType.Mining, 2_000);
        vm.startPrank(OWNER);
        uint256 allocation =
            nodes.allocate(second, Purpose.Replication, Priority.Medium, 700, uint40(block.timestamp + 1 days));
        (INodeManager.MergeObstacle obstacle, uint32 kib, uint32 compute, uint256 stakeWei) =
            nodes.previewMerge(first, second);
        assertEq(uint8(obstacle), 0);
        nodes.merge(first, second);
        Node memory node = nodes.nodeOf(first);
        assertEq(node.kib, kib);
        assertEq(node.kib, 3_000);
        assertEq(node.stakeWei, stakeWei);
        assertEq(node.stakeWei, 3_000e18);
        assertEq(nodes.computeOf(first), compute);
        assertEq(node.allocatedKib, 700);
        assertEq(nodes.survivorOf(second), first);
        nodes.release(allocation);
        assertEq(nodes.nodeOf(first).allocatedKib, 0);
        (, uint256 used) = nodes.slotsOf(OWNER, NodeType.Mining);
        assertEq(used, 1);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.PhaseWrong.selector, second, NodePhase.Merged));
        nodes.drain(second);
    }

    function test_an_upgrade_keeps_nodes_and_stakes() public {
        uint64 nodeId = _create(NodeType.Mining, 300);
        bytes memory before = abi.encode(nodes.nodeOf(nodeId));
        NodeManager next = new NodeManager(token, registry, proof);
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        next.initialize(address(this));
        nodes.upgradeToAndCall(address(next), "");
        assertEq(abi.encode(nodes.nodeOf(nodeId)), before);
    }

    /* STEPS */

    function _refuseMerge(uint64 intoId, uint64 fromId, INodeManager.MergeObstacle obstacle) private {
        vm.prank(OWNER);
        vm.expectRevert(abi.encodeWithSelector(INodeManager.MergeRefused.selector, intoId, fromId, obstacle));
        nodes.merge(intoId, fromId);
    }

    function _earn(address account, uint64 savedBytes) private {
        vm.prank(address(proof));
        registry.recordSaving(account, DOMAIN, "claim", savedBytes);
    }
}
