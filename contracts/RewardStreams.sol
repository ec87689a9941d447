// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDOMSpaceToken} from "./interfaces/IDOMSpaceToken.sol";
import {IOptimizationRegistry} from "./interfaces/IOptimizationRegistry.sol";
import {Claim, IProofOfOptimization, Status} from "./interfaces/IProofOfOptimization.sol";
import {IRewardStreams} from "./interfaces/IRewardStreams.sol";
import {Signed} from "./libraries/Signed.sol";
import {TypedData} from "./TypedData.sol";

/// @title Rewards as streams
/// @dev Invariant: collected <= earned <= the claim's reward. Earned = a fifth + the rest x confirmed seconds / 30 days.
/// Times are running time: a pause neither pays nor costs anything.
contract RewardStreams is IRewardStreams, TypedData {
    /* CONSTANTS */

    bytes32 public constant SERVED_TYPEHASH = keccak256("Served(bytes32 claimId,uint64 servedBytes,uint64 observedAt)");
    uint256 public constant FIRST_PERCENT = 20;
    uint256 public constant STREAM_SECONDS = 30 days;
    uint256 public constant COVER_SECONDS = 3 days;

    /* STORAGE */

    /// @dev One slot, written first when something is collected or confirmed.
    struct Stream {
        uint96 collectedWei;
        /// seconds that were covered, up to `countedUntil`
        uint32 accruedSeconds;
        uint40 countedUntil;
        uint40 coveredUntil;
    }

    IProofOfOptimization public immutable PROOF;
    IOptimizationRegistry public immutable REGISTRY;
    IDOMSpaceToken public immutable TOKEN;
    mapping(bytes32 claimId => Stream) private _streams;

    /* CONSTRUCTOR */

    constructor(IProofOfOptimization proof, IOptimizationRegistry registry, IDOMSpaceToken token) {
        PROOF = proof;
        REGISTRY = registry;
        TOKEN = token;
    }

    /* CONFIRM, COLLECT */

    /// @inheritdoc IRewardStreams
    function confirmServed(
        Claim calldata claim,
        uint64[] calldata servedBytes,
        uint64[] calldata observedAt,
        address[] calldata signers,
        bytes[] calldata signatures
    ) external {
        require(
            servedBytes.length == signers.length && observedAt.length == signers.length
                && signatures.length == signers.length,
            VotesUneven(signers.length, servedBytes.length, observedAt.length, signatures.length)
        );
        (bytes32 claimId,) = _requireFinal(claim);
        uint8 quorum = PROOF.quorum();
        require(signers.length >= quorum, QuorumMissing(signers.length, quorum));
        uint256 oldest = block.timestamp;
        address last = address(0);
        for (uint256 i = 0; i < signers.length; ++i) {
            require(signers[i] > last, SignersUnsorted(signers[i]));
            last = signers[i];
            _requireVote(claimId, claim.optBytes, servedBytes[i], observedAt[i], last, signatures[i]);
            if (observedAt[i] < oldest) oldest = observedAt[i];
        }

        uint256 time = PROOF.runningTime();
        Stream memory stream = _streams[claimId];
        stream.accruedSeconds = _accruedSeconds(stream, time);
        stream.countedUntil = uint40(time); // fits for 34 000 years
        uint256 until = time + COVER_SECONDS - (block.timestamp - oldest);
        if (until > stream.coveredUntil) stream.coveredUntil = uint40(until);
        _streams[claimId] = stream;

        emit ServedConfirmed(claimId, stream.coveredUntil, uint8(signers.length)); // at most 96 seats
    }

    /// @inheritdoc IRewardStreams
    function collect(Claim calldata claim) external returns (uint256 amountWei) {
        (bytes32 claimId, uint256 rewardWei) = _requireFinal(claim);
        Stream memory stream = _streams[claimId];
        uint256 dueWei = _earnedWei(stream, rewardWei) - stream.collectedWei;
        amountWei = REGISTRY.grantReward(claim.domainId, dueWei);
        require(amountWei != 0, NothingDue(claimId));

        stream.collectedWei += uint96(amountWei); // a reward fits: the supply does
        _streams[claimId].collectedWei = stream.collectedWei;

        emit RewardCollected(claimId, claim.prover, claim.domainId, amountWei, stream.collectedWei);

        TOKEN.queueReward(claim.prover, claimId, amountWei);
    }

    /* VIEWS */

    /// @inheritdoc IRewardStreams
    function streamOf(bytes32 claimId)
        external
        view
        returns (uint256 rewardWei, uint256 earnedWei, uint256 collectedWei)
    {
        Status status;
        (status, rewardWei) = PROOF.outcomeOf(claimId);
        if (status != Status.Final) return (0, 0, 0);
        return (rewardWei, _earnedWei(_streams[claimId], rewardWei), _streams[claimId].collectedWei);
    }

    /// @inheritdoc IRewardStreams
    function coveredUntilOf(bytes32 claimId) external view returns (uint64) {
        return _streams[claimId].coveredUntil;
    }

    /// @inheritdoc IRewardStreams
    function servedDigest(bytes32 claimId, uint64 servedBytes, uint64 observedAt) public view returns (bytes32) {
        return _digestOf(keccak256(abi.encode(SERVED_TYPEHASH, claimId, servedBytes, observedAt)));
    }

    /* INTERNAL */

    function _requireFinal(Claim calldata claim) private view returns (bytes32 claimId, uint256 rewardWei) {
        claimId = PROOF.claimIdOf(claim);
        Status status;
        (status, rewardWei) = PROOF.outcomeOf(claimId);
        require(status == Status.Final, ClaimNotFinal(claimId, status));
    }

    function _requireVote(
        bytes32 claimId,
        uint64 optBytes,
        uint64 servedBytes,
        uint64 observedAt,
        address signer,
        bytes calldata signature
    ) private view {
        require(PROOF.isVerifier(signer), NotVerifier(signer));
        require(servedBytes <= optBytes, ServedTooLarge(signer, servedBytes, optBytes));
        require(observedAt <= block.timestamp, ObservedInFuture(signer, observedAt));
        require(block.timestamp - observedAt < COVER_SECONDS, ObservedTooLongAgo(signer, observedAt));
        Signed.requireBy(signer, servedDigest(claimId, servedBytes, observedAt), signature);
    }

    /// @dev Rounded down.
    function _earnedWei(Stream memory stream, uint256 rewardWei) private view returns (uint256) {
        uint256 firstWei = rewardWei * FIRST_PERCENT / 100;
        return firstWei + (rewardWei - firstWei) * _accruedSeconds(stream, PROOF.runningTime()) / STREAM_SECONDS;
    }

    function _accruedSeconds(Stream memory stream, uint256 time) private pure returns (uint32) {
        uint256 until = time < stream.coveredUntil ? time : stream.coveredUntil;
        uint256 accrued = stream.accruedSeconds;
        if (until > stream.countedUntil) accrued += until - stream.countedUntil;
        return uint32(accrued < STREAM_SECONDS ? accrued : STREAM_SECONDS);
    }
}
