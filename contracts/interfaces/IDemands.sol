// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, StepOpening, SumOpening, TokenOpening, Tree} from "./IProofOfOptimization.sol";

/// @notice One of the three trees of a claim.
enum Part {
    Source,
    Optimized,
    Steps
}

/// @notice An inner node of T with its place.
struct StepNodeOpening {
    /// levels above the leaves, at least 1
    uint8 height;
    uint32 index;
    bytes32 left;
    bytes32 right;
    bytes32[] siblings;
}

/// @title Data availability without trust: whoever misses a leaf or a node demands it, and the claim answers or is slashed
/// @notice From a root down, each answer shows two children; whichever of them cannot be found is demanded next, so that
/// missing data are reached in as many answers as the tree is deep.
/// @dev The answer itself is in the calldata of the transaction that emits DemandAnswered.
interface IDemands {
    event DemandMade(
        bytes32 indexed claimId,
        address indexed demander,
        Part part,
        uint8 height,
        uint32 index,
        uint256 feeWei,
        uint64 deadline
    );
    event DemandAnswered(bytes32 indexed claimId, Part part, uint8 height, uint32 index, uint256 feeWei);
    event DemandTimedOut(bytes32 indexed claimId, address indexed demander, Part part, uint8 height, uint32 index);
    event DemandReclaimed(bytes32 indexed claimId, address indexed demander, Part part, uint8 height, uint32 index);

    error DemandTooLate(uint64 deadline, uint64 runningTime);
    error DemandsTooMany(bytes32 claimId, uint8 maximum);
    error DemandKnown(bytes32 demandId);
    error DemandUnknown(bytes32 demandId);
    error DemandOverdue(uint64 deadline, uint64 runningTime);
    error DemandOpen(uint64 deadline, uint64 runningTime);
    error DemandsOpen(bytes32 claimId, uint8 demands);
    error ClaimPending(bytes32 claimId);
    /// @dev A leaf is answered by its token, an inner node by its children.
    error HeightZero();

    /// @notice Asks for a leaf (height 0) or inner node of a pending claim's tree, for a fee of a 64th of its bond in the
    /// bond token. Inside the window only; at most 64 are open for one claim.
    function demand(Claim calldata claim, Part part, uint8 height, uint32 index) external;

    /// @notice Answers with a leaf of S or O; the fee is the prover's, whoever calls.
    function answerToken(Claim calldata claim, Tree tree, TokenOpening calldata opening) external;

    /// @notice Answers with a leaf of T.
    function answerStep(Claim calldata claim, StepOpening calldata opening) external;

    /// @notice Answers with an inner node of S or O.
    function answerNode(Claim calldata claim, Tree tree, SumOpening calldata opening) external;

    /// @notice Answers with an inner node of T.
    function answerStepNode(Claim calldata claim, StepNodeOpening calldata opening) external;

    /// @notice Slashes a claim that left a demand unanswered: the bounty is the demander's, and its fee comes back.
    function timeout(Claim calldata claim, Part part, uint8 height, uint32 index) external;

    /// @notice Gives the fee of a demand back whose claim was slashed for something else.
    function reclaim(Claim calldata claim, Part part, uint8 height, uint32 index) external;

    /// @notice Demands that stand between a claim and its payment.
    function demandsOf(bytes32 claimId) external view returns (uint8);
    function feeOf(bytes32 claimId) external view returns (uint256 feeWei);
}
