// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IDOMSpaceToken} from "./interfaces/IDOMSpaceToken.sol";
import {INodeManager, Job, Node, NodePhase} from "./interfaces/INodeManager.sol";
import {IOptimizationRegistry} from "./interfaces/IOptimizationRegistry.sol";
import {IProofOfOptimization} from "./interfaces/IProofOfOptimization.sol";
import {NodeTypes} from "./libraries/NodeTypes.sol";
import {Quorum} from "./libraries/Quorum.sol";
import {Signed} from "./libraries/Signed.sol";
import {Nodes} from "./nodes/Nodes.sol";
import {NodeStakes} from "./nodes/NodeStakes.sol";
import {TypedData} from "./TypedData.sol";

/// @title Nodes behind a proxy: heartbeats and jobs
contract NodeManager is Nodes, TypedData, UUPSUpgradeable {
    /* CONSTANTS */

    bytes32 public constant BEAT_TYPEHASH = keccak256("Beat(uint64 nodeId,uint40 at,bytes32 digest)");
    bytes32 public constant JOB_TYPEHASH = keccak256("JobDone(bytes32 jobId,uint64 nodeId,bytes32 resultHash)");
    uint40 public constant BEAT_SLACK_SECONDS = 5 minutes;
    uint40 public constant MAX_JOB_SECONDS = 30 days;
    /// @dev What was done in time may be signed and sent a while later.
    uint40 public constant VERIFY_SECONDS = 1 days;

    /* STORAGE */

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IProofOfOptimization public immutable PROOF;

    /* CONSTRUCTOR */

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IERC20 dsh, IOptimizationRegistry registry, IProofOfOptimization proof)
        NodeStakes(dsh)
        Nodes(registry)
    {
        PROOF = proof;
        _disableInitializers();
    }

    /// @notice Once, by the transaction that makes the proxy.
    function initialize(address authority) external initializer {
        __AccessManaged_init(authority);
    }

    /* HEARTBEATS */

    /// @inheritdoc INodeManager
    function beat(uint64 nodeId, uint40 at, bytes32 digest, bytes calldata signature) external {
        Node storage node = _requireNode(nodeId);
        require(node.phase < NodePhase.Retired, PhaseWrong(nodeId, node.phase));
        require(
            at > node.lastBeatAt && at <= _now() && _now() - at <= BEAT_SLACK_SECONDS,
            BeatOutOfTime(nodeId, at, node.lastBeatAt, _now())
        );
        Signed.requireBy(node.operator, beatDigest(nodeId, at, digest), signature);

        node.lastBeatAt = at;

        emit Beat(nodeId, at, digest);
    }

    /// @inheritdoc INodeManager
    function reportEquivocation(
        uint64 nodeId,
        address operator,
        uint40 at,
        bytes32[2] calldata digests,
        bytes calldata firstSignature,
        bytes calldata secondSignature
    ) external nonReentrant {
        _requireNode(nodeId);
        bytes32 offence = keccak256(abi.encode(nodeId, operator, at));
        require(digests[0] != digests[1] && !_nodes().isPunished[offence], NotEquivocal(nodeId));
        require(_nodes().wasOperator[nodeId][operator], NeverOperator(nodeId, operator));
        Signed.requireBy(operator, beatDigest(nodeId, at, digests[0]), firstSignature);
        Signed.requireBy(operator, beatDigest(nodeId, at, digests[1]), secondSignature);
        // The stake of a node that was merged went over with it.
        uint64 survivorId = survivorOf(nodeId);
        Node storage node = _nodes().nodes[survivorId];
        uint128 stakeWei = node.stakeWei;
        require(stakeWei != 0, StakeEmpty(survivorId));

        _nodes().isPunished[offence] = true;
        node.stakeWei = 0;
        if (node.phase < NodePhase.Draining) _setPhase(survivorId, NodePhase.Draining);
        _slash(survivorId, stakeWei);
    }

    /* JOBS */

    /// @inheritdoc INodeManager
    function startJob(bytes32 jobId, uint64 nodeId, uint32 kib, uint40 seconds_) external restricted {
        require(!_nodes().isJobKnown[jobId], JobKnown(jobId));
        Node storage node = _requireNode(nodeId);
        _requireIn(nodeId, node.phase, NodePhase.Running, NodePhase.Running);
        require(!_isSilent(node), NodeOffline(nodeId, node.lastBeatAt));
        require(seconds_ != 0 && seconds_ <= MAX_JOB_SECONDS, SecondsOutOfRange(seconds_, MAX_JOB_SECONDS));
        _take(nodeId, node, kib);

        uint40 deadline = _now() + seconds_;
        ++node.runningJobs;
        _nodes().isJobKnown[jobId] = true;
        _nodes().jobs[jobId] = Job(nodeId, kib, _now(), deadline);

        emit JobStarted(jobId, nodeId, kib, deadline);
    }

    /// @inheritdoc INodeManager
    function verifyJob(bytes32 jobId, bytes32 resultHash, address[] calldata signers, bytes[] calldata signatures)
        external
        returns (uint256 rewardWei)
    {
        Job memory job = _requireRunning(jobId);
        require(_now() <= job.deadline + VERIFY_SECONDS, JobLate(jobId, job.deadline));
        Quorum.requireSigned(PROOF, jobDigest(jobId, job.nodeId, resultHash), signers, signatures);

        Node storage node = _nodes().nodes[job.nodeId];
        uint40 end = _now() < job.deadline ? _now() : job.deadline;
        rewardWei = NodeTypes.rewardWei(node.nodeType, job.kib, end - job.startedAt);
        _end(jobId, job, node);

        emit JobVerified(jobId, job.nodeId, resultHash, rewardWei);

        if (rewardWei != 0) IDOMSpaceToken(address(DSH)).queueReward(node.owner, jobId, rewardWei);
    }

    /// @inheritdoc INodeManager
    function failJob(bytes32 jobId) external {
        Job memory job = _requireRunning(jobId);
        if (_now() <= job.deadline + VERIFY_SECONDS) {
            // Whoever may start jobs may end them, so that the role's number stands in one place.
            (bool isDispatcher,) =
                IAccessManager(authority()).canCall(msg.sender, address(this), this.startJob.selector);
            require(isDispatcher, JobRuns(jobId, job.deadline));
        }

        _end(jobId, job, _nodes().nodes[job.nodeId]);

        emit JobFailed(jobId, job.nodeId);
    }

    /* VIEWS */

    /// @inheritdoc INodeManager
    function beatDigest(uint64 nodeId, uint40 at, bytes32 digest) public view returns (bytes32) {
        return _digestOf(keccak256(abi.encode(BEAT_TYPEHASH, nodeId, at, digest)));
    }

    /// @inheritdoc INodeManager
    function jobDigest(bytes32 jobId, uint64 nodeId, bytes32 resultHash) public view returns (bytes32) {
        return _digestOf(keccak256(abi.encode(JOB_TYPEHASH, jobId, nodeId, resultHash)));
    }

    /* INTERNAL */

    function _requireRunning(bytes32 jobId) private view returns (Job memory job) {
        job = _nodes().jobs[jobId];
        require(job.deadline != 0, JobNotRunning(jobId));
    }

    function _end(bytes32 jobId, Job memory job, Node storage node) private {
        delete _nodes().jobs[jobId];
        node.allocatedKib -= job.kib;
        --node.runningJobs;
    }

    /// @dev `restricted` asks for the role of what was called, `upgradeToAndCall`: UPGRADER.
    function _authorizeUpgrade(address) internal override restricted {}
}
