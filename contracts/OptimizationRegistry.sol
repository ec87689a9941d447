// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {DomainBudgets} from "./DomainBudgets.sol";
import {Biome, IOptimizationRegistry} from "./interfaces/IOptimizationRegistry.sol";
import {RecentClaims} from "./libraries/RecentClaims.sol";
import {Reward} from "./libraries/Reward.sol";

/// @title Registry of hosts and harvesters
contract OptimizationRegistry is DomainBudgets {
    using Checkpoints for Checkpoints.Trace160;
    using RecentClaims for RecentClaims.Ring;
    using SafeCast for uint256;

    /* CONSTANTS */

    uint256 public constant PARCEL_BYTES = 100 * 1024;
    uint256 public constant SLASHED_POINTS_PER_KIB = 10;
    /// @dev RFC 1035, 2.3.4, without the root's dot.
    uint256 public constant MAX_HOST_LENGTH = 253;

    /* STORAGE */

    struct HostRecord {
        address owner;
        Biome biome;
        uint8 paidCursor;
    }

    struct HarvesterRecord {
        uint128 verifiedBytes;
        uint128 slashedBytes;
    }

    mapping(bytes32 domainId => HostRecord) private _hosts;
    mapping(bytes32 domainId => RecentClaims.Ring) private _paid;
    mapping(address harvester => HarvesterRecord) private _harvesters;
    /// @dev Key: number of parcels after a saving that completed at least one. Value: the biome of that saving.
    mapping(address harvester => Checkpoints.Trace160) private _parcelBiomes;

    /* CONSTRUCTOR */

    constructor(address authority, IERC20 dsh, address treasury)
        AccessManaged(authority)
        DomainBudgets(dsh, treasury)
    {}

    /* HOSTS */

    /// @inheritdoc IOptimizationRegistry
    function registerHost(string calldata host, address owner, Biome biome)
        external
        restricted
        returns (bytes32 domainId)
    {
        _requireHostName(bytes(host));
        require(owner != address(0), HostOwnerZero());

        domainId = keccak256(bytes(host));
        _hosts[domainId].owner = owner;
        _hosts[domainId].biome = biome;

        emit HostRegistered(domainId, owner, biome, host);
    }

    /* CLAIMS */

    /// @inheritdoc IOptimizationRegistry
    function recordSaving(address harvester, bytes32 domainId, bytes32 claimId, uint64 savedBytes)
        external
        restricted
        returns (uint256 rewardWei)
    {
        HarvesterRecord memory record = _harvesters[harvester];
        HostRecord memory host = _hosts[domainId];
        rewardWei = _rewardWei(record, host, domainId, savedBytes);

        uint256 parcelsBefore = record.verifiedBytes / PARCEL_BYTES;
        record.verifiedBytes += savedBytes;
        _harvesters[harvester].verifiedBytes = record.verifiedBytes;
        _hosts[domainId].paidCursor = _paid[domainId].push(host.paidCursor);

        uint256 parcels = record.verifiedBytes / PARCEL_BYTES;
        if (parcels > parcelsBefore) _parcelBiomes[harvester].push(parcels.toUint96(), uint160(host.biome));

        emit SavingRecorded(harvester, domainId, claimId, savedBytes, record.verifiedBytes, _reputation(record));
    }

    /// @inheritdoc IOptimizationRegistry
    function recordSlash(address harvester, bytes32 claimId, uint64 claimedBytes) external restricted {
        HarvesterRecord memory record = _harvesters[harvester];
        record.slashedBytes += claimedBytes;
        _harvesters[harvester].slashedBytes = record.slashedBytes;

        emit ReputationSlashed(harvester, claimId, claimedBytes, _reputation(record));
    }

    /* VIEWS */

    /// @inheritdoc IOptimizationRegistry
    function rewardOf(address harvester, bytes32 domainId, uint64 savedBytes) external view returns (uint256) {
        return _rewardWei(_harvesters[harvester], _hosts[domainId], domainId, savedBytes);
    }

    /// @inheritdoc IOptimizationRegistry
    function biomeOf(bytes32 domainId) external view returns (Biome) {
        return _hosts[domainId].biome;
    }

    /// @inheritdoc IOptimizationRegistry
    function ownerOf(bytes32 domainId) external view returns (address) {
        return _hosts[domainId].owner;
    }

    /// @inheritdoc IOptimizationRegistry
    function verifiedBytesOf(address harvester) external view returns (uint256) {
        return _harvesters[harvester].verifiedBytes;
    }

    /// @inheritdoc IOptimizationRegistry
    function reputationOf(address harvester) external view returns (int256) {
        return _reputation(_harvesters[harvester]);
    }

    /// @inheritdoc IOptimizationRegistry
    function recentClaimsOf(bytes32 domainId) external view returns (uint256) {
        return _paid[domainId].count(_hosts[domainId].paidCursor);
    }

    /// @inheritdoc IOptimizationRegistry
    function parcelsOf(address harvester) public view returns (uint256) {
        return _harvesters[harvester].verifiedBytes / PARCEL_BYTES;
    }

    /// @inheritdoc IOptimizationRegistry
    function parcelBiomeOf(address harvester, uint256 parcel) external view returns (Biome) {
        uint256 parcels = parcelsOf(harvester);
        require(parcel < parcels, ParcelNotEarned(harvester, parcel, parcels));

        // The first saving after which the harvester had more than `parcel` parcels is the one that completed it.
        return Biome(_parcelBiomes[harvester].lowerLookup((parcel + 1).toUint96()));
    }

    /* INTERNAL */

    function _rewardWei(HarvesterRecord memory record, HostRecord memory host, bytes32 domainId, uint64 savedBytes)
        private
        view
        returns (uint256)
    {
        return Reward.rewardWeiDown(savedBytes, host.biome, _reputation(record), _paid[domainId].count(host.paidCursor));
    }

    function _reputation(HarvesterRecord memory record) private pure returns (int256) {
        // Both terms are below 2^128: no cast can wrap.
        return int256(uint256(record.verifiedBytes) / 1024)
            - int256(uint256(record.slashedBytes) * SLASHED_POINTS_PER_KIB / 1024);
    }

    function _requireHostName(bytes calldata host) private pure {
        require(host.length != 0 && host.length <= MAX_HOST_LENGTH, HostLengthOutOfRange(host.length));
        for (uint256 i = 0; i < host.length; ++i) {
            bytes1 c = host[i];
            require(
                (c >= "a" && c <= "z") || (c >= "0" && c <= "9") || c == "-" || c == "." || c == "_",
                HostCharacterRefused(i, c)
            );
        }
    }
}
