// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IBonds} from "./IBonds.sol";
import {ISettings} from "./ISettings.sol";

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
    /// of the bytes saved, those that attested rules saved; the others are proven
    uint64 attestedBytes;
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
    uint32 attested;
    bytes32[] siblings;
}

/// @notice Neighbouring steps, and what else has to be seen to tell whether one follows from the other.
struct StepRun {
    /// tokens i and i + 1; before them all earlier pieces, if token i is a later piece of a tag
    TokenOpening[] sources;
    /// the steps of these
    StepOpening[] steps;
    /// the optimized token that comes out of step i
    TokenOpening[] optimized;
    /// proveStep: the start tag that step i names as parent; proveNest: the tokens of `path`
    TokenOpening[] elements;
    /// open elements, from the innermost outwards along `parent`
    StepOpening[] path;
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
    Selector,
    /// a demand was not answered
    Withheld
}

/// @title Proof of Optimization: claims of page savings that anyone can contradict and nobody has to judge
/// @dev Warning: a claim is as good as one honest challenger who can fetch its evidence inside the window.
/// @dev Warning: equality of rendering is attested by verifier nodes, never proven; see docs/PROTOCOL.md.
/// @dev Warning: that `pageKey` and `domainId` belong to the page that was fetched is the verifiers' word as well.
interface IProofOfOptimization is ISettings, IBonds {
    event ClaimCommitted(bytes32 indexed commitment, address indexed sender);
    event ClaimRevealed(
        bytes32 indexed claimId,
        address indexed prover,
        bytes32 indexed domainId,
        Claim claim,
        uint256 bondWei,
        uint64 deadline
    );
    event ClaimAttested(bytes32 indexed claimId, address indexed verifier, uint8 bits, uint64 observedAt);
    event ClaimSlashed(
        bytes32 indexed claimId, address indexed challenger, Fault fault, uint256 bountyWei, uint256 burntWei
    );
    event ClaimFinalized(
        bytes32 indexed claimId,
        address indexed prover,
        bytes32 indexed domainId,
        uint64 savedBytes,
        uint256 rewardWei,
        uint8 votes
    );
    event ClaimExpired(bytes32 indexed claimId, address indexed prover, uint256 bondWei);

    /* ERRORS OF A CLAIM'S LIFE */

    error CommitmentKnown(bytes32 commitment);
    error CommitmentUnknown(bytes32 commitment);
    error CommitmentTooYoung(bytes32 commitment, uint256 committedBlock);
    error CommitmentExpired(bytes32 commitment, uint64 expiredAt);
    error NotProver(address prover, address sender);
    error PageTooLarge(uint64 srcBytes, uint64 maximumBytes);
    error SavingTooSmall(uint64 baseBytes, uint64 optBytes, uint64 minimumBytes);
    error AttestedTooMany(uint64 attestedBytes, uint64 savedBytes);
    error TokenCountZero();
    error DepthWrong(uint32 count, uint8 depth, uint8 expected);
    error ClaimKnown(bytes32 claimId, Status status);
    error ClaimNotPending(bytes32 claimId, Status status);
    /// @dev A source root pays once, ever, and while one claim on it is pending no other may be.
    error SourceTaken(bytes32 src, bytes32 claimId);
    error PageBusy(bytes32 pageKey);
    error VotesUneven(uint256 signers, uint256 bits, uint256 observedAt, uint256 signatures);
    error NotVerifier(address signer);
    error SignatureWrong(address signer);
    error ObservedInFuture(address signer, uint64 observedAt);
    error ChallengeWindowOpen(uint64 deadline, uint64 runningTime);
    error QuorumMissing(uint8 votes, uint8 quorum);
    error QuorumReached(uint8 votes, uint8 quorum);
    error ExpiryNotReached(uint64 expiry, uint64 runningTime);

    /* ERRORS OF A PROOF */

    /// @dev The opening is not of this claim's tree: a wrong path, place, or leaf.
    error OpeningForeign(bytes32 expectedRoot, bytes32 openedRoot);
    /// @dev The opening is of this tree, but its sums do not come to what the claim says: a sum above it is the lie.
    error OpeningSumForeign(uint64 expectedBytes, uint256 openedBytes);
    error OpeningLengthWrong(uint256 siblings, uint256 sums, uint256 expected);
    error PlaceOutOfRange(uint32 index, uint256 count);
    error PlacesDiffer(uint32 index, uint32 expected);
    /// @dev All that was opened is as an honest prover would have committed it.
    error NoFault();

    /* LIFE OF A CLAIM */

    /// @notice Announces a claim without showing it, so that nobody can copy it.
    /// @param commitment keccak256(abi.encode(claimId, salt, msg.sender))
    function commit(bytes32 commitment) external;

    /// @notice Shows a committed claim at least one block and at most an hour later, and pulls the bond (an ERC-20,
    /// `bondToken`).
    /// @dev Warning: an expired or slashed claim cannot be revealed again as it is; its evidence has to differ.
    function reveal(Claim calldata claim, bytes32 salt) external returns (bytes32 claimId);

    /// @notice Brings EIP-712 votes of verifier nodes:
    /// Attestation(bytes32 claimId,bytes32 pageKey,bytes32 src,uint8 bits,uint64 observedAt).
    /// @dev Bits: 1 the source is served, 2 renders equal, 4 data available and the three roots recomputed. A vote counts
    /// when all of `requiredBits()` are set; a node's first vote on a claim is its only one, later ones are passed over.
    function attest(
        Claim calldata claim,
        uint8[] calldata bits,
        uint64[] calldata observedAt,
        address[] calldata signers,
        bytes[] calldata signatures
    ) external;

    /// @notice Ends a claim whose window is over, whose quorum is reached and whose demands are all answered. Anyone may
    /// call. The bond is free at once; the reward is paid out by RewardStreams. Bytes that attested rules saved count by
    /// their rule set's weight, for reward, reputation and land.
    /// @dev The reward is by the registry's state now, but never more than at reveal, as the bond was sized by that.
    function finalize(Claim calldata claim) external;

    /// @notice Gives the bond back when two windows have passed without a quorum and without an open demand. Anyone may call.
    function expire(Claim calldata claim) external;

    /* PROOFS: each slashes or reverts, as long as the claim is pending, paused or not */

    /// @notice A node's two sums, or a leaf's size, are not what is committed above it; or a leaf beyond the page's end is
    /// not padding; or a leaf inside it is none.
    /// @dev Where several nodes of a path lie, open the uppermost: those above it must add up.
    function proveSum(Claim calldata claim, Tree tree, SumOpening calldata opening) external;

    /// @notice A source leaf is not one legal token: wrong size, unknown kind, or not what the lexer would cut there.
    function proveToken(Claim calldata claim, TokenOpening calldata token, StepOpening calldata step) external;

    /// @notice A step's rule is not of the set, may not be applied to its token, or makes something else of it than the
    /// optimized leaf that the step points at.
    /// @param optimized the leaf at `step.out`; ignored where the fault shows without it
    function proveRule(
        Claim calldata claim,
        TokenOpening calldata source,
        StepOpening calldata step,
        TokenOpening calldata optimized
    ) external;

    /// @notice A step by itself is none (the first, the last, one behind the page's end, its LAST flag), or the next one does
    /// not follow from it: count of optimized tokens, attested total, cut of the tokens, lexer's state, depth, joins.
    /// @dev One step alone, or `sources` and `steps` of neighbours. Depths behind an end tag, or before a tag that leaves
    /// foreign content, are proveNest's.
    function proveStep(Claim calldata claim, StepRun calldata run) external;

    /// @notice A step's parent opens nothing, is at another depth, was closed by then, or has another place inside than the
    /// step's flags say; or what an end tag or a tag that leaves foreign content closes is not what the next step says.
    /// @dev Parent: `steps` the step, `path` its parent's, `elements` the parent. Closed by then: `path` the parent's step and
    /// that of a token no deeper behind it. Else `sources` and `steps` of neighbours, and the open elements as far as needed.
    /// Warning: an end tag looks at up to 256 of them, and each costs about 600 bytes of calldata for its step alone.
    function proveNest(Claim calldata claim, StepRun calldata run) external;

    /// @notice What stands beside a token does not allow its rule: white-space that may show, an end tag that nothing stands
    /// for, a style rule of which a piece stays.
    /// @dev `steps` and `sources` of neighbours: the step alone where it is the page's first; else the white-space between
    /// the two beside it; an end tag up to the tag behind it, and the step after; two pieces. `elements` and `path` as far
    /// as they are needed: the elements around the text outwards, and last a token before it that is content. `optimized`:
    /// what was put in the place of the tag behind an end tag.
    function proveContext(Claim calldata claim, StepRun calldata run) external;

    /// @notice A dropped style rule matches an element of the page.
    /// @dev `steps` and `sources` the rule; `path` from the element outwards along `parent` as far as needed, `elements` the
    /// start tags on it that the selector's compounds match, the element first.
    function proveSelector(Claim calldata claim, StepRun calldata run) external;

    /* VIEWS */

    function claimIdOf(Claim calldata claim) external view returns (bytes32);
    function statusOf(bytes32 claimId) external view returns (Status);

    /// @notice When the window closes, Unix seconds, if no pause comes in between.
    function deadlineOf(bytes32 claimId) external view returns (uint64);

    /// @notice Votes that would count now.
    function votesOf(bytes32 claimId) external view returns (uint8);

    /// @notice The claim that was paid for a source root, or is pending on it; zero if none.
    function claimOfSource(bytes32 src) external view returns (bytes32 claimId);

    /// @notice The best size already paid for a page (zero: none), and whether a claim on it is pending.
    function pageOf(bytes32 pageKey) external view returns (uint64 bestBytes, bool isBusy);

    function bondOf(uint64 srcBytes, uint64 optBytes, bytes32 domainId, address prover)
        external
        view
        returns (uint256 bondWei);

    /// @notice How a claim stands, and its reward: the most it may earn while pending, what it earned once final.
    function outcomeOf(bytes32 claimId) external view returns (Status status, uint256 rewardWei);

    /// @notice When and for what a claim was slashed; zeros if it was not.
    function slashOf(bytes32 claimId) external view returns (Fault fault, uint256 blockNumber);

    /// @notice What a verifier signs for `attest`.
    function attestationDigest(bytes32 claimId, bytes32 pageKey, bytes32 src, uint8 bits, uint64 observedAt)
        external
        view
        returns (bytes32 digest);
}
