// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

enum NodeType {
    AiConsensus,
    StorageShard,
    Bridge,
    Optimization,
    Mining
}

/// @notice What an owner has said of a node. Whether it is there is told by its heartbeats.
enum NodePhase {
    None,
    Running,
    Maintenance,
    Draining,
    Retired,
    Merged
}

/// @notice What a node is doing now.
enum NodeStatus {
    Offline,
    Active,
    Idle,
    Maintenance
}

enum Purpose {
    Caching,
    Processing,
    Backup,
    Replication,
    Optimization
}

enum Priority {
    High,
    Medium,
    Low
}

struct Node {
    address owner;
    NodeType nodeType;
    NodePhase phase;
    uint32 kib;
    uint32 allocatedKib;
    /// signs heartbeats, holds nothing
    address operator;
    uint16 runningJobs;
    uint40 lastBeatAt;
    /// when a retired node's stake is free
    uint40 freeAt;
    uint128 stakeWei;
}

struct Allocation {
    uint64 nodeId;
    uint32 kib;
    uint40 expiresAt;
    Purpose purpose;
    Priority priority;
}

struct Job {
    uint64 nodeId;
    uint32 kib;
    uint40 startedAt;
    uint40 deadline;
}

/// @title Nodes: who runs them, how large they are, what they have staked and what they earn
/// @notice A node earns for jobs alone that a quorum of verifiers has signed as done. Its stake is lost for two
/// heartbeats that say different things of one moment; nobody has to judge that.
/// @dev Warning: an operator's key that signs on two machines at once can lose the stake.
interface INodeManager {
    event NodeCreated(
        uint64 indexed nodeId,
        address indexed owner,
        NodeType indexed nodeType,
        address operator,
        uint32 kib,
        uint32 compute,
        uint256 stakeWei
    );
    event NodeScaled(uint64 indexed nodeId, uint32 kib, uint32 compute, uint256 stakeWei);
    event NodePhaseSet(uint64 indexed nodeId, NodePhase phase);
    event NodesMerged(uint64 indexed intoId, uint64 indexed fromId, uint32 kib, uint32 compute, uint256 stakeWei);
    event OperatorSet(uint64 indexed nodeId, address indexed operator);
    event Beat(uint64 indexed nodeId, uint40 at, bytes32 digest);
    event Allocated(
        uint256 indexed allocationId,
        uint64 indexed nodeId,
        Purpose purpose,
        Priority priority,
        uint32 kib,
        uint40 expiresAt
    );
    event Released(uint256 indexed allocationId, uint64 indexed nodeId, uint32 kib);
    event JobStarted(bytes32 indexed jobId, uint64 indexed nodeId, uint32 kib, uint40 deadline);
    event JobVerified(bytes32 indexed jobId, uint64 indexed nodeId, bytes32 resultHash, uint256 rewardWei);
    event JobFailed(bytes32 indexed jobId, uint64 indexed nodeId);
    event StakeLeaving(address indexed owner, uint256 amountWei, uint40 freeAt);
    event StakeTaken(address indexed owner, uint256 amountWei);
    event NodeSlashed(uint64 indexed nodeId, address indexed reporter, uint256 bountyWei, uint256 burntWei);
    event StakeRateSet(uint256 stakePerKibWei);

    error NodeUnknown(uint64 nodeId);
    error NotOwner(uint64 nodeId, address account);
    error OperatorZero();
    error SizeOutOfRange(uint32 kib, uint32 minimum, uint32 maximum);
    error SlotMissing(address owner, NodeType nodeType, uint256 earned);
    error StakeTooDear(uint256 dueWei, uint256 maximumWei);
    error StakeShort(uint256 dueWei, uint256 receivedWei);
    error PhaseWrong(uint64 nodeId, NodePhase phase);
    error RoomMissing(uint64 nodeId, uint32 wantedKib, uint32 freeKib);
    error NodeBusy(uint64 nodeId, uint16 runningJobs, uint32 allocatedKib);
    error MergeRefused(uint64 intoId, uint64 fromId, MergeObstacle obstacle);
    error BeatOutOfTime(uint64 nodeId, uint40 at, uint40 after_, uint40 time);
    error NodeOffline(uint64 nodeId, uint40 lastBeatAt);
    error AllocationUnknown(uint256 allocationId);
    error AllocationRuns(uint256 allocationId, uint40 expiresAt);
    error ExpiryOutOfRange(uint40 expiresAt, uint40 earliest, uint40 latest);
    error JobKnown(bytes32 jobId);
    error JobNotRunning(bytes32 jobId);
    error JobRuns(bytes32 jobId, uint40 deadline);
    error JobLate(bytes32 jobId, uint40 deadline);
    error SecondsOutOfRange(uint40 seconds_, uint40 maximum);
    error NotEquivocal(uint64 nodeId);
    error NothingLeaving(address owner);
    error StakeLocked(address owner, uint40 freeAt);
    error StakeEmpty(uint64 nodeId);
    error NeverOperator(uint64 nodeId, address operator);

    /// @notice Why two nodes cannot be merged.
    enum MergeObstacle {
        None,
        SameNode,
        OtherOwner,
        OtherType,
        NotRunning,
        JobsRun,
        TooLarge
    }

    /// @notice Registers a node of the caller's and takes its stake. The first three types need a slot earned by verified
    /// savings: 1 000 KiB, 500 KiB, 2 000 KiB.
    /// @param operator whose key signs the heartbeats
    /// @param maximumStakeWei the most that the caller is ready to stake
    function create(NodeType nodeType, uint32 kib, address operator, uint256 maximumStakeWei)
        external
        returns (uint64 nodeId);

    /// @notice Makes a node larger or smaller. What it need not stake any more leaves after the unbonding time.
    function scale(uint64 nodeId, uint32 kib, uint256 maximumStakeWei) external;

    /// @notice Adds a node of the caller's to another: sizes, stakes and allocations go over.
    function merge(uint64 intoId, uint64 fromId) external;

    function setOperator(uint64 nodeId, address operator) external;

    /// @notice Running to Maintenance and back.
    function setMaintenance(uint64 nodeId, bool isMaintenance) external;

    /// @notice Takes no more jobs or allocations, for good; `retire` follows when nothing is left on it.
    function drain(uint64 nodeId) external;

    /// @notice Ends a drained node. Its stake is free after the unbonding time, and can be slashed until it is taken.
    function retire(uint64 nodeId) external;

    /// @notice Sends the stake of a retired node to its owner. Anyone may call.
    function takeRetired(uint64 nodeId) external returns (uint256 amountWei);

    /// @notice Sends an account what its smaller nodes need not stake any more. Anyone may call.
    function takeStake(address owner) external returns (uint256 amountWei);

    /// @notice Says that a node is there. Anyone may send it; the node's operator signed it.
    /// @param digest of the node's state at that moment: what it stores and runs
    function beat(uint64 nodeId, uint40 at, bytes32 digest, bytes calldata signature) external;

    /// @notice Slashes a node of which an operator, now or once, signed two different heartbeats of one moment: half of
    /// the stake is burnt, half is the caller's.
    function reportEquivocation(
        uint64 nodeId,
        address operator,
        uint40 at,
        bytes32[2] calldata digests,
        bytes calldata firstSignature,
        bytes calldata secondSignature
    ) external;

    /// @notice Sets a node's room aside. Only its owner.
    function allocate(uint64 nodeId, Purpose purpose, Priority priority, uint32 kib, uint40 expiresAt)
        external
        returns (uint256 allocationId);

    /// @notice Frees an allocation: its node's owner at any time, anyone after it has expired.
    function release(uint256 allocationId) external;

    /// @notice Gives a job to a node. Only DISPATCHER.
    function startJob(bytes32 jobId, uint64 nodeId, uint32 kib, uint40 seconds_) external;

    /// @notice Ends a job that a quorum of verifiers signed as done, and puts its reward in line. Anyone may send it.
    function verifyJob(bytes32 jobId, bytes32 resultHash, address[] calldata signers, bytes[] calldata signatures)
        external
        returns (uint256 rewardWei);

    /// @notice Ends a job without a reward: DISPATCHER at any time, anyone after its deadline.
    function failJob(bytes32 jobId) external;

    /// @notice What a KiB must stake from now on. Nodes that are there keep theirs until they are scaled. Only GOVERNOR.
    function setStakeRate(uint256 stakePerKibWei) external;

    function nodeOf(uint64 nodeId) external view returns (Node memory);
    function statusOf(uint64 nodeId) external view returns (NodeStatus);
    function computeOf(uint64 nodeId) external view returns (uint32);

    /// @notice What `merge` would make, or why it would be refused.
    function previewMerge(uint64 intoId, uint64 fromId)
        external
        view
        returns (MergeObstacle obstacle, uint32 kib, uint32 compute, uint256 stakeWei);

    /// @notice Where a node that was merged has gone, however often; itself if it was not.
    function survivorOf(uint64 nodeId) external view returns (uint64);
    function allocationOf(uint256 allocationId) external view returns (Allocation memory);
    function jobOf(bytes32 jobId) external view returns (Job memory);

    /// @notice Slots of a type that an account has earned and used.
    function slotsOf(address owner, NodeType nodeType) external view returns (uint256 earned, uint256 used);
    function leavingOf(address owner) external view returns (uint256 amountWei, uint40 freeAt);
    function nodeCount() external view returns (uint64);
    function stakePerKibWei() external view returns (uint256);
    function burntWei() external view returns (uint256);
    function beatDigest(uint64 nodeId, uint40 at, bytes32 digest) external view returns (bytes32);
    function jobDigest(bytes32 jobId, uint64 nodeId, bytes32 resultHash) external view returns (bytes32);
}
