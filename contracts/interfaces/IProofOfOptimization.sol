// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice What a prover says about one page. Only its hash is stored; every call brings it back whole.
/// @dev Field order is part of the claim id. See docs/PROTOCOL.md, "Claim".
struct Claim {
    address prover;
    /// keccak256(abi.encode(domainId, keccak256(path)))
    bytes32 pageKey;
    /// keccak256 of the lower-case host name
    bytes32 domainId;
    /// root of S, the source page's sum tree
    bytes32 src;
    /// root of O, the optimized page's sum tree
    bytes32 opt;
    /// root of T, the step tree
    bytes32 trace;
    uint64 srcBytes;
    uint64 optBytes;
    /// tokens of the source page: leaves of S and T
    uint32 n;
    /// tokens of the optimized page: leaves of O
    uint32 m;
    uint8 depthS;
    uint8 depthO;
    uint16 ruleset;
    /// sha2-256 digest of the evidence folder (CIDv1, dag-pb, UnixFS directory)
    bytes32 evidence;
}

/// @notice A token of S or O with its place in the tree.
struct TokenOpening {
    uint32 index;
    uint8 kind;
    uint32 size;
    /// the token's bytes; `size` of them unless the leaf itself is the lie
    bytes data;
    bytes32[] siblings;
    uint64[] sums;
}

/// @notice A step record of T with its place in the tree.
struct StepOpening {
    uint32 index;
    uint8 rule;
    uint8 emits;
    uint16 flags;
    uint16 depth;
    uint32 parent;
    uint32 out;
    bytes32[] siblings;
}

/// @notice A leaf or inner node of S or O whose two sums do not add up to what its parent committed.
struct SumOpening {
    /// levels above the leaves: 0 opens a leaf, depth opens the root
    uint8 height;
    /// position among the nodes of that height
    uint32 index;
    /// height 0: the leaf's kind, size and keccak256 of its data
    uint8 kind;
    uint32 size;
    bytes32 dataHash;
    /// height > 0: the node's two children
    bytes32 left;
    uint64 leftSum;
    bytes32 right;
    uint64 rightSum;
    bytes32[] siblings;
    uint64[] sums;
}

enum Tree {
    Source,
    Optimized
}

enum Status {
    None,
    Pending,
    Final,
    Slashed,
    Expired
}

enum Fault {
    Sum,
    Token,
    Step,
    Nest,
    Rule,
    Selector
}

/// @title Proof of Optimization: claims of page savings that anyone can contradict and nobody has to judge
/// @dev Warning: a claim is as good as one honest challenger who can fetch its evidence inside the window.
/// @dev Warning: equality of rendering is attested by verifier nodes, never proven; see docs/PROTOCOL.md.
interface IProofOfOptimization {
    event ClaimCommitted(bytes32 indexed commitment, address indexed sender);
    event ClaimRevealed(
        bytes32 indexed claimId, address indexed prover, bytes32 indexed domainId, Claim claim, uint256 bondWei, uint64 deadline
    );
    event ClaimAttested(bytes32 indexed claimId, address indexed verifier, uint8 bits, uint64 observedAt);
    event ClaimSlashed(bytes32 indexed claimId, address indexed challenger, Fault fault, uint256 bountyWei, uint256 burntWei);
    event ClaimFinalized(
        bytes32 indexed claimId, address indexed prover, bytes32 indexed domainId, uint64 savedBytes, uint256 rewardWei, uint8 votes
    );
    event ClaimExpired(bytes32 indexed claimId, address indexed prover, uint256 bondWei);
    event Withdrawn(address indexed account, address indexed token, uint256 amountWei);
    event VerifierSet(address indexed verifier, bool isVerifier);
    event ParametersSet(uint64 windowSeconds, uint8 quorum, uint256 minimumBondWei, uint256 dshPriceWei);

    /// @notice Announces a claim without showing it, so that nobody can copy it.
    /// @param commitment keccak256(abi.encode(claimId, salt, msg.sender))
    function commit(bytes32 commitment) external;

    /// @notice Shows a committed claim at least one block and at most an hour later, and pulls the bond (an ERC-20, `bondToken`).
    function reveal(Claim calldata claim, bytes32 salt) external returns (bytes32 claimId);

    /// @notice Brings EIP-712 votes of verifier nodes: Attestation(bytes32 claimId,uint8 bits,uint64 observedAt).
    /// @dev Bits: 1 the source is served, 2 renders equal, 4 data available and the three roots recomputed. A vote counts when all of
    /// `requiredBits()` are set.
    function attest(
        Claim calldata claim, uint8[] calldata bits, uint64[] calldata observedAt, address[] calldata signers, bytes[] calldata signatures
    ) external;

    function proveSum(Claim calldata claim, Tree tree, SumOpening calldata opening) external;
    function proveToken(Claim calldata claim, TokenOpening calldata token, StepOpening calldata step) external;
    function proveRule(
        Claim calldata claim, TokenOpening calldata source, StepOpening calldata step, TokenOpening calldata optimized
    ) external;

    function finalize(Claim calldata claim) external;
    function expire(Claim calldata claim) external;
    function withdraw(address token, address account) external returns (uint256 amountWei);

    function claimIdOf(Claim calldata claim) external view returns (bytes32);
    function statusOf(bytes32 claimId) external view returns (Status);
    function bondOf(uint64 srcBytes, uint64 optBytes, bytes32 domainId, address prover) external view returns (uint256 bondWei);
    function credits(address token, address account) external view returns (uint256);
    function bondToken() external view returns (address);
    function quorum() external view returns (uint8);
    function windowSeconds() external view returns (uint64);
    function requiredBits() external view returns (uint8);
    function isVerifier(address account) external view returns (bool);
    function hasVoted(bytes32 claimId, address verifier) external view returns (bool);
}
