// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Bonds} from "./Bonds.sol";
import {Claim, Fault, IProofOfOptimization} from "./interfaces/IProofOfOptimization.sol";
import {Attestation, IVerifierStakes} from "./interfaces/IVerifierStakes.sol";
import {Signed} from "./libraries/Signed.sol";

/// @title Stakes of verifier nodes
/// @dev Invariant: balance = stakes + burnt + credits + what strangers sent unasked. Holds the role ELECTOR: a seat is had
/// through here. Nothing here asks who is right: each offence is shown by the verifier's own signatures.
contract VerifierStakes is IVerifierStakes, Bonds, AccessManaged {
    using SafeCast for uint256;

    /* CONSTANTS */

    uint64 public constant UNBONDING_FLOOR_SECONDS = 14 days;
    uint256 private constant DEVELOPMENT_CHAIN_ID = 31337;
    uint64 public constant BUCKET_SECONDS = 10 minutes;
    uint8 private constant SERVED = 1;
    uint8 private constant DATA_RECOMPUTED = 4;

    /* STORAGE */

    /// @dev One slot.
    struct Stake {
        uint128 amountWei;
        uint64 freeAt;
    }

    IProofOfOptimization public immutable PROOF;
    /// @inheritdoc IVerifierStakes
    uint64 public immutable unbondingSeconds;
    /// @inheritdoc IVerifierStakes
    uint256 public minimumStakeWei;
    mapping(address verifier => Stake) private _stakes;
    mapping(bytes32 commitment => uint256 blockNumber) private _canaries;
    mapping(bytes32 offence => bool) private _isPunished;

    /* CONSTRUCTOR */

    constructor(address authority, IERC20 token, IProofOfOptimization proof, uint64 unbonding)
        AccessManaged(authority)
        Bonds(token)
    {
        uint64 floorSeconds = block.chainid == DEVELOPMENT_CHAIN_ID ? 1 : UNBONDING_FLOOR_SECONDS;
        require(unbonding >= floorSeconds, UnbondingTooShort(unbonding, floorSeconds));
        PROOF = proof;
        unbondingSeconds = unbonding;
    }

    /* STAKE, JOIN, LEAVE */

    /// @inheritdoc IVerifierStakes
    function stakeFor(address verifier, uint256 amountWei) external nonReentrant {
        require(amountWei != 0, StakeZero());
        Stake memory stake = _requireStaying(verifier);
        _stakes[verifier].amountWei = (stake.amountWei + amountWei).toUint128();

        emit Staked(verifier, msg.sender, amountWei);

        _pullBond(msg.sender, amountWei);
        bool isEnough = stake.amountWei + amountWei >= minimumStakeWei;
        if (isEnough && _isAdmitted(verifier) && !PROOF.isVerifier(verifier)) PROOF.setVerifier(verifier, true);
    }

    /// @inheritdoc IVerifierStakes
    function join(address verifier) external {
        require(_isAdmitted(verifier), VerifierNotAdmitted(verifier));
        Stake memory stake = _requireStaying(verifier);
        require(stake.amountWei >= minimumStakeWei, StakeShort(verifier, stake.amountWei, minimumStakeWei));

        PROOF.setVerifier(verifier, true);
    }

    /// @inheritdoc IVerifierStakes
    function leave() external {
        _leave(msg.sender);
    }

    /// @inheritdoc IVerifierStakes
    function expel(address verifier) external {
        require(!_isAdmitted(verifier), VerifierStillAdmitted(verifier));
        _leave(verifier);
    }

    /// @inheritdoc IVerifierStakes
    function release(address verifier) external {
        Stake memory stake = _stakes[verifier];
        require(stake.freeAt != 0, StakeNotLeaving(verifier));
        uint64 time = uint64(block.timestamp); // fits
        require(time >= stake.freeAt, StakeLocked(verifier, stake.freeAt, time));

        delete _stakes[verifier];
        _creditBond(verifier, stake.amountWei);

        emit StakeReleased(verifier, stake.amountWei);
    }

    /* OFFENCES */

    /// @inheritdoc IVerifierStakes
    function reportEquivocation(address verifier, Attestation calldata first, Attestation calldata second) external {
        require(
            first.pageKey == second.pageKey && first.src != second.src && (first.bits & second.bits) & SERVED != 0
                && first.observedAt / BUCKET_SECONDS == second.observedAt / BUCKET_SECONDS,
            NotEquivocal()
        );
        _requireSigned(verifier, first);
        _requireSigned(verifier, second);

        _punish(verifier, keccak256(abi.encode(verifier, first.pageKey, first.observedAt / BUCKET_SECONDS)));
    }

    /// @inheritdoc IVerifierStakes
    function registerCanary(bytes32 commitment) external restricted {
        require(_canaries[commitment] == 0, CanaryKnown(commitment));

        _canaries[commitment] = block.number;

        emit CanaryRegistered(commitment);
    }

    /// @inheritdoc IVerifierStakes
    function reportCanary(Claim calldata claim, bytes32 salt, address verifier, Attestation calldata vote) external {
        bytes32 claimId = PROOF.claimIdOf(claim);
        (Fault fault, uint256 slashedBlock) = PROOF.slashOf(claimId);
        // Data that nobody answered for may still have been there when the verifier looked.
        require(slashedBlock != 0 && fault != Fault.Withheld, CanaryNotProven(claimId));
        bytes32 commitment = keccak256(abi.encode(claimId, salt));
        uint256 registeredBlock = _canaries[commitment];
        require(registeredBlock != 0, CanaryUnknown(commitment));
        require(registeredBlock < slashedBlock, CanaryTooYoung(commitment, registeredBlock, slashedBlock));
        require(vote.claimId == claimId && vote.bits & DATA_RECOMPUTED != 0, VoteHarmless(vote.bits));
        _requireSigned(verifier, vote);

        emit CanaryOpened(claimId, commitment, verifier);

        _punish(verifier, keccak256(abi.encode(verifier, claimId)));
    }

    /* GOVERNANCE */

    /// @inheritdoc IVerifierStakes
    function setMinimumStake(uint256 minimumStakeWei_) external restricted {
        minimumStakeWei = minimumStakeWei_;

        emit MinimumStakeSet(minimumStakeWei_);
    }

    /* VIEWS */

    /// @inheritdoc IVerifierStakes
    function stakeOf(address verifier) external view returns (uint256 stakeWei, uint64 freeAt) {
        return (_stakes[verifier].amountWei, _stakes[verifier].freeAt);
    }

    /* INTERNAL */

    /// @dev Whoever may call `join` by the house's roles is admitted, so that the role's number stands in one place.
    function _isAdmitted(address verifier) private view returns (bool allowed) {
        (allowed,) = IAccessManager(authority()).canCall(verifier, address(this), this.join.selector);
    }

    function _requireStaying(address verifier) private view returns (Stake memory stake) {
        stake = _stakes[verifier];
        require(stake.freeAt == 0, StakeLeaving(verifier, stake.freeAt));
    }

    function _leave(address verifier) private {
        Stake memory stake = _requireStaying(verifier);
        require(stake.amountWei != 0, StakeZero());

        _stakes[verifier].freeAt = uint64(block.timestamp) + unbondingSeconds; // fits

        emit Leaving(verifier, _stakes[verifier].freeAt);

        if (PROOF.isVerifier(verifier)) PROOF.setVerifier(verifier, false);
    }

    function _requireSigned(address verifier, Attestation calldata vote) private view {
        bytes32 digest = PROOF.attestationDigest(vote.claimId, vote.pageKey, vote.src, vote.bits, vote.observedAt);
        Signed.requireBy(verifier, digest, vote.signature);
    }

    /// @dev The whole stake, half of it to whoever shows the offence, which counts once: who stakes anew begins anew.
    function _punish(address verifier, bytes32 offence) private {
        require(!_isPunished[offence], OffenceKnown(offence));
        uint256 stakeWei = _stakes[verifier].amountWei;
        require(stakeWei != 0, StakeZero());

        _isPunished[offence] = true;
        delete _stakes[verifier];
        uint256 burnt = stakeWei / 2;
        burntWei += burnt;
        _creditBond(msg.sender, stakeWei - burnt);

        emit VerifierSlashed(verifier, msg.sender, offence, stakeWei - burnt, burnt);

        if (PROOF.isVerifier(verifier)) PROOF.setVerifier(verifier, false);
    }
}
