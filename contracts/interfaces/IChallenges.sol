// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim} from "./IProofOfOptimization.sol";

/// @title Who shares the bounty for a slashed claim
/// @notice The first proof slashes at once, whoever brings it. Half of the bond is then shared by those who had committed
/// to a proof of their own in an earlier block; only if nobody had, it is all the first one's. So whoever orders
/// transactions can copy a proof, but cannot take the bounty of the one who found the fault.
/// @dev Warning: a proof that is sent without a commitment can be copied, and its bounty taken, from the mempool.
interface IChallenges {
    event ChallengeCommitted(bytes32 indexed commitment, address indexed challenger);
    event ChallengeRevealed(bytes32 indexed claimId, address indexed challenger, bytes32 commitment);
    event BountyShared(bytes32 indexed claimId, address indexed challenger, uint256 amountWei);
    event BondBurnt(bytes32 indexed claimId, uint256 amountWei);

    error ChallengeKnown(bytes32 commitment);
    error ChallengeUnknown(bytes32 commitment);
    /// @dev Committed when the fault was public already.
    error ChallengeTooYoung(bytes32 commitment, uint256 committedBlock, uint256 slashedBlock);
    error ClaimNotSlashed(bytes32 claimId);
    error ProofForeign(bytes32 claimId);
    error ChallengersTooMany(bytes32 claimId, uint256 maximum);
    error ChallengerKnown(bytes32 claimId, address challenger);
    error BountyOver(uint64 deadline, uint64 runningTime);
    error BountyOpen(uint64 deadline, uint64 runningTime);
    error BountySettled(bytes32 claimId);

    /// @notice Announces a proof without showing it.
    /// @param commitment keccak256(abi.encode(claimId, keccak256(proof), salt, msg.sender))
    function commitChallenge(bytes32 commitment) external;

    /// @notice Shows what was committed before the claim was slashed, for a share of the bounty: within 30 minutes, or the
    /// claim's window where that is shorter. At most 8 share.
    /// @param proof calldata of a `prove` function on this very claim, which has to show a fault
    function revealChallenge(Claim calldata claim, bytes calldata proof, bytes32 salt) external;

    /// @notice Shares the bounty and burns the rest when nobody can reveal any more. Anyone may call.
    /// @dev The liar loses its reputation here too.
    function settleBounty(Claim calldata claim) external;

    /// @notice Until when challengers may reveal, Unix seconds, if no pause comes in between; zero if there is no bounty.
    function bountyOf(bytes32 claimId) external view returns (address opener, uint256 bountyWei, uint64 deadline);
    function challengersOf(bytes32 claimId) external view returns (address[] memory);
}
