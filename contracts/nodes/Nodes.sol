// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {
    Allocation,
    INodeManager,
    Job,
    Node,
    NodePhase,
    NodeStatus,
    NodeType,
    Priority,
    Purpose
} from "../interfaces/INodeManager.sol";
import {IOptimizationRegistry} from "../interfaces/IOptimizationRegistry.sol";
import {NodeTypes} from "../libraries/NodeTypes.sol";
import {NodeStakes} from "./NodeStakes.sol";

/// @title Nodes, their size and what their room is set aside for
/// @dev Invariant: what is allocated and what jobs hold is never more than a node's size.
abstract contract Nodes is NodeStakes {
    /* CONSTANTS */

    uint40 public constant MAX_ALLOCATION_SECONDS = 365 days;
    /// @dev A node that has not been heard of for so long is offline.
    uint40 public constant SILENCE_SECONDS = 1 hours;

    /* STORAGE */

    /// @custom:storage-location erc7201:lightdom.Nodes
    struct NodesStorage {
        uint64 nodeCount;
        uint256 allocationCount;
        mapping(uint64 nodeId => Node) nodes;
        mapping(uint64 nodeId => uint64) mergedInto;
        mapping(uint256 allocationId => Allocation) allocations;
        mapping(bytes32 jobId => Job) jobs;
        mapping(bytes32 jobId => bool) isJobKnown;
        mapping(address owner => mapping(NodeType => uint256)) usedSlots;
        mapping(bytes32 offence => bool) isPunished;
        /// an operator that was replaced still answers for what it signed
        mapping(uint64 nodeId => mapping(address operator => bool)) wasOperator;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("lightdom.Nodes")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant LOCATION = 0x64cfaa451d15237b0c6fdc7a38cca8f26eab81c6c3a6412b294e31e436330200;

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IOptimizationRegistry public immutable REGISTRY;

    /* CONSTRUCTOR */

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IOptimizationRegistry registry) {
        REGISTRY = registry;
    }

    /* CREATE, SCALE, MERGE */

    /// @inheritdoc INodeManager
    function create(NodeType nodeType, uint32 kib, address operator, uint256 maximumStakeWei)
        external
        nonReentrant
        returns (uint64 nodeId)
    {
        _requireSize(nodeType, kib);
        require(operator != address(0), OperatorZero());
        (uint256 earned, uint256 used) = slotsOf(msg.sender, nodeType);
        require(used < earned, SlotMissing(msg.sender, nodeType, earned));

        nodeId = ++_nodes().nodeCount;
        ++_nodes().usedSlots[msg.sender][nodeType];
        uint128 stakeWei = _stakeFor(kib);
        _nodes().nodes[nodeId] = Node({
            owner: msg.sender,
            nodeType: nodeType,
            phase: NodePhase.Running,
            kib: kib,
            allocatedKib: 0,
            operator: operator,
            runningJobs: 0,
            lastBeatAt: 0,
            freeAt: 0,
            stakeWei: stakeWei
        });

        _nodes().wasOperator[nodeId][operator] = true;

        emit NodeCreated(nodeId, msg.sender, nodeType, operator, kib, NodeTypes.computeOf(nodeType, kib), stakeWei);

        _pullStake(stakeWei, maximumStakeWei);
    }

    /// @inheritdoc INodeManager
    function scale(uint64 nodeId, uint32 kib, uint256 maximumStakeWei) external nonReentrant {
        Node storage node = _requireOwned(nodeId);
        _requireIn(nodeId, node.phase, NodePhase.Running, NodePhase.Maintenance);
        _requireSize(node.nodeType, kib);
        require(kib >= node.allocatedKib, NodeBusy(nodeId, node.runningJobs, node.allocatedKib));

        (uint128 beforeWei, uint128 afterWei) = (node.stakeWei, _stakeFor(kib));
        // A rate that rose is not asked of a node that gets smaller, nor one that fell given back to a larger one.
        if (kib < node.kib && afterWei > beforeWei) afterWei = beforeWei;
        if (kib >= node.kib && afterWei < beforeWei) afterWei = beforeWei;
        (node.kib, node.stakeWei) = (kib, afterWei);
        if (afterWei < beforeWei) _leave(msg.sender, beforeWei - afterWei);

        emit NodeScaled(nodeId, kib, computeOf(nodeId), afterWei);

        if (afterWei > beforeWei) _pullStake(afterWei - beforeWei, maximumStakeWei);
    }

    /// @inheritdoc INodeManager
    function merge(uint64 intoId, uint64 fromId) external {
        _requireOwned(intoId);
        (MergeObstacle obstacle, uint32 kib, uint32 compute, uint256 stakeWei) = previewMerge(intoId, fromId);
        require(obstacle == MergeObstacle.None, MergeRefused(intoId, fromId, obstacle));

        Node storage into = _nodes().nodes[intoId];
        Node storage from = _nodes().nodes[fromId];
        into.kib = kib;
        into.allocatedKib += from.allocatedKib;
        into.stakeWei = uint128(stakeWei); // a sum of two stakes, which together are less than all DSH
        (from.phase, from.allocatedKib, from.stakeWei) = (NodePhase.Merged, 0, 0);
        _nodes().mergedInto[fromId] = intoId;
        --_nodes().usedSlots[msg.sender][from.nodeType];

        emit NodesMerged(intoId, fromId, kib, compute, stakeWei);
    }

    /* PHASES */

    /// @inheritdoc INodeManager
    function setOperator(uint64 nodeId, address operator) external {
        Node storage node = _requireOwned(nodeId);
        require(operator != address(0), OperatorZero());

        node.operator = operator;
        _nodes().wasOperator[nodeId][operator] = true;

        emit OperatorSet(nodeId, operator);
    }

    /// @inheritdoc INodeManager
    function setMaintenance(uint64 nodeId, bool isMaintenance) external {
        Node storage node = _requireOwned(nodeId);
        NodePhase before = isMaintenance ? NodePhase.Running : NodePhase.Maintenance;
        _requireIn(nodeId, node.phase, before, before);

        _setPhase(nodeId, isMaintenance ? NodePhase.Maintenance : NodePhase.Running);
    }

    /// @inheritdoc INodeManager
    function drain(uint64 nodeId) external {
        Node storage node = _requireOwned(nodeId);
        _requireIn(nodeId, node.phase, NodePhase.Running, NodePhase.Maintenance);

        _setPhase(nodeId, NodePhase.Draining);
    }

    /// @inheritdoc INodeManager
    function retire(uint64 nodeId) external {
        Node storage node = _requireOwned(nodeId);
        _requireIn(nodeId, node.phase, NodePhase.Draining, NodePhase.Draining);
        require(node.runningJobs == 0 && node.allocatedKib == 0, NodeBusy(nodeId, node.runningJobs, node.allocatedKib));

        node.freeAt = _now() + UNBONDING_SECONDS;
        --_nodes().usedSlots[msg.sender][node.nodeType];
        _setPhase(nodeId, NodePhase.Retired);
    }

    /// @inheritdoc INodeManager
    function takeRetired(uint64 nodeId) external nonReentrant returns (uint256 amountWei) {
        Node storage node = _requireNode(nodeId);
        _requireIn(nodeId, node.phase, NodePhase.Retired, NodePhase.Retired);
        amountWei = node.stakeWei;
        require(amountWei != 0, StakeEmpty(nodeId));
        require(_now() >= node.freeAt, StakeLocked(node.owner, node.freeAt));

        node.stakeWei = 0;
        _pay(node.owner, amountWei);
    }

    /* ALLOCATE */

    /// @inheritdoc INodeManager
    function allocate(uint64 nodeId, Purpose purpose, Priority priority, uint32 kib, uint40 expiresAt)
        external
        returns (uint256 allocationId)
    {
        Node storage node = _requireOwned(nodeId);
        _requireIn(nodeId, node.phase, NodePhase.Running, NodePhase.Maintenance);
        (uint40 earliest, uint40 latest) = (_now() + 1, _now() + MAX_ALLOCATION_SECONDS);
        require(expiresAt >= earliest && expiresAt <= latest, ExpiryOutOfRange(expiresAt, earliest, latest));
        _take(nodeId, node, kib);

        allocationId = ++_nodes().allocationCount;
        _nodes().allocations[allocationId] = Allocation(nodeId, kib, expiresAt, purpose, priority);

        emit Allocated(allocationId, nodeId, purpose, priority, kib, expiresAt);
    }

    /// @inheritdoc INodeManager
    function release(uint256 allocationId) external {
        Allocation memory allocation = _nodes().allocations[allocationId];
        require(allocation.kib != 0, AllocationUnknown(allocationId));
        uint64 nodeId = survivorOf(allocation.nodeId);
        Node storage node = _nodes().nodes[nodeId];
        require(
            msg.sender == node.owner || _now() >= allocation.expiresAt,
            AllocationRuns(allocationId, allocation.expiresAt)
        );

        delete _nodes().allocations[allocationId];
        node.allocatedKib -= allocation.kib;

        emit Released(allocationId, nodeId, allocation.kib);
    }

    /* VIEWS */

    /// @inheritdoc INodeManager
    function nodeOf(uint64 nodeId) external view returns (Node memory) {
        return _requireNode(nodeId);
    }

    /// @inheritdoc INodeManager
    function statusOf(uint64 nodeId) external view returns (NodeStatus) {
        Node storage node = _requireNode(nodeId);
        if (node.phase == NodePhase.Retired || node.phase == NodePhase.Merged) return NodeStatus.Offline;
        if (node.phase == NodePhase.Maintenance) return NodeStatus.Maintenance;
        if (_isSilent(node)) return NodeStatus.Offline;
        return node.runningJobs != 0 ? NodeStatus.Active : NodeStatus.Idle;
    }

    /// @inheritdoc INodeManager
    function computeOf(uint64 nodeId) public view returns (uint32) {
        Node storage node = _requireNode(nodeId);
        return NodeTypes.computeOf(node.nodeType, node.kib);
    }

    /// @inheritdoc INodeManager
    function previewMerge(uint64 intoId, uint64 fromId)
        public
        view
        returns (MergeObstacle obstacle, uint32 kib, uint32 compute, uint256 stakeWei)
    {
        Node storage into = _requireNode(intoId);
        Node storage from = _requireNode(fromId);
        kib = into.kib + from.kib; // each at most 50 000
        if (intoId == fromId) return (MergeObstacle.SameNode, 0, 0, 0);
        if (into.owner != from.owner) return (MergeObstacle.OtherOwner, 0, 0, 0);
        if (into.nodeType != from.nodeType) return (MergeObstacle.OtherType, 0, 0, 0);
        if (into.phase > NodePhase.Maintenance || from.phase > NodePhase.Maintenance) {
            return (MergeObstacle.NotRunning, 0, 0, 0);
        }
        if (into.runningJobs != 0 || from.runningJobs != 0) return (MergeObstacle.JobsRun, 0, 0, 0);
        if (kib > NodeTypes.figuresOf(into.nodeType).maximumKib) return (MergeObstacle.TooLarge, 0, 0, 0);
        compute = NodeTypes.computeOf(into.nodeType, kib);
        stakeWei = uint256(into.stakeWei) + from.stakeWei;
    }

    /// @inheritdoc INodeManager
    function survivorOf(uint64 nodeId) public view returns (uint64) {
        while (_nodes().mergedInto[nodeId] != 0) nodeId = _nodes().mergedInto[nodeId];
        return nodeId;
    }

    /// @inheritdoc INodeManager
    function allocationOf(uint256 allocationId) external view returns (Allocation memory) {
        return _nodes().allocations[allocationId];
    }

    /// @inheritdoc INodeManager
    function jobOf(bytes32 jobId) external view returns (Job memory) {
        return _nodes().jobs[jobId];
    }

    /// @inheritdoc INodeManager
    function slotsOf(address owner, NodeType nodeType) public view returns (uint256 earned, uint256 used) {
        uint256 slotKib = NodeTypes.figuresOf(nodeType).slotKib;
        earned = slotKib == 0 ? type(uint256).max : REGISTRY.verifiedBytesOf(owner) / 1024 / slotKib;
        used = _nodes().usedSlots[owner][nodeType];
    }

    /// @inheritdoc INodeManager
    function nodeCount() external view returns (uint64) {
        return _nodes().nodeCount;
    }

    /* INTERNAL */

    function _take(uint64 nodeId, Node storage node, uint32 kib) internal {
        uint32 freeKib = node.kib - node.allocatedKib;
        require(kib != 0 && kib <= freeKib, RoomMissing(nodeId, kib, freeKib));
        node.allocatedKib += kib;
    }

    function _setPhase(uint64 nodeId, NodePhase phase) internal {
        _nodes().nodes[nodeId].phase = phase;

        emit NodePhaseSet(nodeId, phase);
    }

    function _requireNode(uint64 nodeId) internal view returns (Node storage node) {
        node = _nodes().nodes[nodeId];
        require(node.phase != NodePhase.None, NodeUnknown(nodeId));
    }

    function _requireOwned(uint64 nodeId) internal view returns (Node storage node) {
        node = _requireNode(nodeId);
        require(node.owner == msg.sender, NotOwner(nodeId, msg.sender));
    }

    function _requireIn(uint64 nodeId, NodePhase phase, NodePhase first, NodePhase second) internal pure {
        require(phase == first || phase == second, PhaseWrong(nodeId, phase));
    }

    function _isSilent(Node storage node) internal view returns (bool) {
        return _now() - node.lastBeatAt > SILENCE_SECONDS;
    }

    function _now() internal view returns (uint40) {
        return uint40(block.timestamp); // fits for 34 000 years
    }

    function _requireSize(NodeType nodeType, uint32 kib) private pure {
        NodeTypes.Figures memory figures = NodeTypes.figuresOf(nodeType);
        require(
            kib >= figures.baseKib && kib <= figures.maximumKib,
            SizeOutOfRange(kib, figures.baseKib, figures.maximumKib)
        );
    }

    function _nodes() internal pure returns (NodesStorage storage $) {
        bytes32 location = LOCATION;
        assembly ("memory-safe") {
            $.slot := location
        }
    }
}
