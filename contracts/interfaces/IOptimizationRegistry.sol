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
interface IOptimizationRegistry {
    event HostRegistered(bytes32 indexed domainId, address indexed owner, Biome biome, string host);
    event SavingRecorded(
        address indexed harvester, bytes32 indexed domainId, bytes32 indexed claimId, uint64 savedBytes, uint256 verifiedBytes, int256 reputation
    );
    event ReputationSlashed(address indexed harvester, bytes32 indexed claimId, uint64 claimedBytes, int256 reputation);

    /// @notice Names a host, its owner and its biome. `domainId` is keccak256 of the lower-case host.
    function registerHost(string calldata host, address owner, Biome biome) external returns (bytes32 domainId);

    function biomeOf(bytes32 domainId) external view returns (Biome);
    function verifiedBytesOf(address harvester) external view returns (uint256);
    function reputationOf(address harvester) external view returns (int256);

    /// @notice DSH wei that a saving would earn now: 0.1 DSH x KiB x biome x reputation x host decay.
    function rewardOf(address harvester, bytes32 domainId, uint64 savedBytes) external view returns (uint256 rewardWei);

    /// @dev Only ProofOfOptimization. Returns the reward by the state before the record.
    function recordSaving(address harvester, bytes32 domainId, bytes32 claimId, uint64 savedBytes) external returns (uint256 rewardWei);
    function recordSlash(address harvester, bytes32 claimId, uint64 claimedBytes) external;
}
