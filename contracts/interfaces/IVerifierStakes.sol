// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim} from "./IProofOfOptimization.sol";

/// @notice One signed vote of a verifier, as it stands in `attest`.
struct Attestation {
    bytes32 claimId;
    bytes32 pageKey;
    bytes32 src;
    uint8 bits;
    uint64 observedAt;
    bytes signature;
}

/// @title Verifier nodes stake, and lose the stake for what they can be shown to have signed
/// @notice Two offences: saying of one page, in one stretch of ten minutes, that it serves two different sources; and
/// saying of a canary, a claim that was made to be false, that its roots were recomputed.
/// @dev Warning: a page that changes within ten minutes must not be attested twice in them.
interface IVerifierStakes {
    event Staked(address indexed verifier, address indexed payer, uint256 amountWei);
    event Leaving(address indexed verifier, uint64 freeAt);
    event StakeReleased(address indexed verifier, uint256 amountWei);
    event VerifierSlashed(
        address indexed verifier, address indexed reporter, bytes32 indexed offence, uint256 bountyWei, uint256 burntWei
    );
    event CanaryRegistered(bytes32 indexed commitment);
    event CanaryOpened(bytes32 indexed claimId, bytes32 indexed commitment, address indexed verifier);
    event MinimumStakeSet(uint256 minimumStakeWei);

    error UnbondingTooShort(uint64 unbondingSeconds, uint64 floorSeconds);
    error StakeZero();
    error StakeShort(address verifier, uint256 stakeWei, uint256 minimumWei);
    error StakeLeaving(address verifier, uint64 freeAt);
    error StakeNotLeaving(address verifier);
    error StakeLocked(address verifier, uint64 freeAt, uint64 time);
    error VerifierNotAdmitted(address verifier);
    error VerifierStillAdmitted(address verifier);
    error NotEquivocal();
    error CanaryKnown(bytes32 commitment);
    error CanaryUnknown(bytes32 commitment);
    /// @dev Registered when its fault was public already.
    error CanaryTooYoung(bytes32 commitment, uint256 registeredBlock, uint256 slashedBlock);
    error CanaryNotProven(bytes32 claimId);
    error VoteHarmless(uint8 bits);
    error OffenceKnown(bytes32 offence);

    /// @notice Adds to a verifier's stake. It belongs to the verifier, whoever pays. Seats the verifier where `join` would.
    function stakeFor(address verifier, uint256 amountWei) external;

    /// @notice Seats a verifier that has the role VERIFIER and staked enough, if it got the role later. Anyone may call.
    function join(address verifier) external;

    /// @notice Gives the caller's seat up; its stake is free after `unbondingSeconds`.
    function leave() external;

    /// @notice The same for a verifier whose role was taken. Anyone may call.
    function expel(address verifier) external;

    /// @notice Credits a stake that is free to its verifier, who takes it by `withdraw`.
    function release(address verifier) external;

    /// @notice Slashes a verifier that signed, of one page in one stretch of ten minutes, two different sources as served.
    function reportEquivocation(address verifier, Attestation calldata first, Attestation calldata second) external;

    /// @notice Only CANARY_KEEPER.
    /// @param commitment keccak256(abi.encode(claimId, salt)) of a claim that is going to be made
    function registerCanary(bytes32 commitment) external;

    /// @notice Slashes a verifier that signed a canary's data, once its fault has been proven by a `prove` function.
    function reportCanary(Claim calldata claim, bytes32 salt, address verifier, Attestation calldata vote) external;

    /// @notice What joining takes; verifiers that are seated keep their seats. Only GOVERNOR.
    function setMinimumStake(uint256 minimumStakeWei) external;

    function minimumStakeWei() external view returns (uint256);
    function unbondingSeconds() external view returns (uint64);

    /// @notice A stake in wei, and since it is being given up, when it is free; zero if it is not.
    function stakeOf(address verifier) external view returns (uint256 stakeWei, uint64 freeAt);
}
