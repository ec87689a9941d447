// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @notice Class of site, in the order of docs/domain; sets the reward multiplier.
enum Biome {
    DIGITAL,
    ENTERTAINMENT,
    COMMUNITY,
    KNOWLEDGE,
    SOCIAL,
    COMMERCIAL,
    PROFESSIONAL,
    PRODUCTION
}

/// @title Hosts with their biomes, harvesters with what they have verified, and the one reward formula
/// @dev Warning: a biome is read when a claim is paid, so a new registration of the host changes what pending claims earn
/// (never above what their bond covers).
interface IOptimizationRegistry {
    event HostRegistered(bytes32 indexed domainId, address indexed owner, Biome biome, string host);
    event SavingRecorded(
        address indexed harvester,
        bytes32 indexed domainId,
        bytes32 indexed claimId,
        uint64 savedBytes,
        uint256 verifiedBytes,
        int256 reputation
    );
    event FeesRecorded(bytes32 indexed domainId, address indexed payer, uint32 epoch, uint256 amountWei);
    event RewardGranted(bytes32 indexed domainId, uint32 epoch, uint256 amountWei);
    /// @dev Domain zero: the quota of every domain without one of its own.
    event QuotaSet(bytes32 indexed domainId, uint256 quotaWei);
    event ReputationSlashed(address indexed harvester, bytes32 indexed claimId, uint64 claimedBytes, int256 reputation);

    error HostLengthOutOfRange(uint256 length);
    /// @dev Lower-case letters, digits, `-`, `.` and `_` only: an international name comes in its `xn--` form.
    error HostCharacterRefused(uint256 position, bytes1 character);
    error HostOwnerZero();
    error ParcelNotEarned(address harvester, uint256 parcel, uint256 parcels);

    /// @notice Names a host, its owner and its biome. `domainId` is keccak256 of the lower-case host. Only REGISTRAR.
    /// @dev A second registration replaces owner and biome. Warning: that the owner controls the host is the registrar's word.
    function registerHost(string calldata host, address owner, Biome biome) external returns (bytes32 domainId);

    /// @notice An unregistered host is DIGITAL.
    function biomeOf(bytes32 domainId) external view returns (Biome);

    /// @notice Zero for an unregistered host.
    function ownerOf(bytes32 domainId) external view returns (address);

    function verifiedBytesOf(address harvester) external view returns (uint256);

    /// @notice +1 for each whole KiB verified so far, minus 10 for each KiB of slashed claims; both are summed in bytes
    /// first, so that no remainder is lost.
    function reputationOf(address harvester) external view returns (int256);

    /// @notice Paid claims on the host inside the last 30 days, at most 60. The next reward is halved that many times.
    function recentClaimsOf(bytes32 domainId) external view returns (uint256);

    /// @notice Land parcels earned so far: one for each 100 KiB verified.
    function parcelsOf(address harvester) external view returns (uint256);

    /// @notice Biome of the host whose saving completed the parcel; parcels are numbered from 0.
    function parcelBiomeOf(address harvester, uint256 parcel) external view returns (Biome);

    /// @notice DSH wei that a saving would earn now: 0.1 DSH x KiB x biome x reputation x host decay.
    /// @dev One division at the end, rounded down. A KiB counts by its bytes, so part of a KiB earns its part.
    function rewardOf(address harvester, bytes32 domainId, uint64 savedBytes) external view returns (uint256 rewardWei);

    /// @dev Only RECORDER (ProofOfOptimization). Returns the reward by the state before the record.
    function recordSaving(address harvester, bytes32 domainId, bytes32 claimId, uint64 savedBytes)
        external
        returns (uint256 rewardWei);

    /// @dev Only RECORDER (ProofOfOptimization).
    function recordSlash(address harvester, bytes32 claimId, uint64 claimedBytes) external;

    /// @notice Takes what clients paid for a domain, DSH wei, from the caller to the treasury. Only CASHIER.
    /// @dev It lets that much more be paid out for the domain in this epoch.
    function recordFees(bytes32 domainId, uint256 amountWei) external;

    /// @notice What a domain without fees may earn an epoch, DSH wei; domain zero: all without a quota of their own. Only
    /// GOVERNOR.
    function setQuota(bytes32 domainId, uint256 quotaWei) external;

    /// @notice Grants as much of `wantedWei` as the domain may still earn this epoch. Only GRANTER (RewardStreams).
    function grantReward(bytes32 domainId, uint256 wantedWei) external returns (uint256 grantedWei);

    /// @notice This epoch of a domain, DSH wei: fees paid for it, rewards granted, and the most that may be granted, which is
    /// the larger of 0.8 x fees and quota.
    function budgetOf(bytes32 domainId) external view returns (uint256 feesWei, uint256 grantedWei, uint256 capWei);
    function quotaOf(bytes32 domainId) external view returns (uint256 quotaWei);
}
