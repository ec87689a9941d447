// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, Status} from "./IProofOfOptimization.sol";

/// @title How a final claim's reward is paid: a fifth at once, the rest over thirty days in which the page is served
/// @dev Warning: that a page is served is the word of a quorum of verifiers, and holds until three days after they looked.
interface IRewardStreams {
    event ServedConfirmed(bytes32 indexed claimId, uint64 coveredUntil, uint8 votes);
    event RewardCollected(
        bytes32 indexed claimId,
        address indexed prover,
        bytes32 indexed domainId,
        uint256 amountWei,
        uint256 collectedWei
    );

    error ClaimNotFinal(bytes32 claimId, Status status);
    error VotesUneven(uint256 signers, uint256 servedBytes, uint256 observedAt, uint256 signatures);
    error SignersUnsorted(address signer);
    error NotVerifier(address signer);
    /// @dev The page that was seen is larger than what was claimed: the stream stands still.
    error ServedTooLarge(address signer, uint64 servedBytes, uint64 optBytes);
    error ObservedInFuture(address signer, uint64 observedAt);
    error ObservedTooLongAgo(address signer, uint64 observedAt);
    error QuorumMissing(uint256 votes, uint8 quorum);
    error NothingDue(bytes32 claimId);

    /// @notice Brings a quorum of EIP-712 votes Served(bytes32 claimId,uint64 servedBytes,uint64 observedAt): the URL serves
    /// the optimized page, or one no larger. The stream runs until three days after the oldest of them.
    /// @dev Signers in ascending order. Anyone may call; nothing stops it, not even a pause.
    function confirmServed(
        Claim calldata claim,
        uint64[] calldata servedBytes,
        uint64[] calldata observedAt,
        address[] calldata signers,
        bytes[] calldata signatures
    ) external;

    /// @notice Puts what a claim has earned and not been given yet in the token's line. Anyone may call.
    /// @dev As far as the domain may earn in this epoch; the rest stays due.
    function collect(Claim calldata claim) external returns (uint256 amountWei);

    /// @notice DSH wei: the claim's whole reward, what of it is earned by now, and what was collected.
    function streamOf(bytes32 claimId)
        external
        view
        returns (uint256 rewardWei, uint256 earnedWei, uint256 collectedWei);

    /// @notice Until when the stream runs as things stand, running time; zero before the first confirmation.
    function coveredUntilOf(bytes32 claimId) external view returns (uint64);
    function servedDigest(bytes32 claimId, uint64 servedBytes, uint64 observedAt) external view returns (bytes32 digest);
}
