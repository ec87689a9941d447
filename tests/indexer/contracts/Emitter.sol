// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IAccessManager} from "@openzeppelin/contracts/access/manager/IAccessManager.sol";
import {IDOMSpaceToken} from "contracts/interfaces/IDOMSpaceToken.sol";
import {Biome, IOptimizationRegistry} from "contracts/interfaces/IOptimizationRegistry.sol";
import {Claim, Fault, IProofOfOptimization} from "contracts/interfaces/IProofOfOptimization.sol";
import {ISettings} from "contracts/interfaces/ISettings.sol";
import {IVirtualLandNFT} from "contracts/interfaces/IVirtualLandNFT.sol";

/// @title Says anything: every agreed event with values that the real contracts never reach, and logs that are no event
contract Emitter {
    struct Raw {
        bytes32[] topics;
        bytes data;
    }

    /// @notice Emits logs as given, up to four topics each.
    function emitRaw(Raw[] calldata logs) external {
        for (uint256 i = 0; i < logs.length; i++) {
            bytes32[] calldata t = logs[i].topics;
            bytes memory data = logs[i].data;
            uint256 count = t.length;
            bytes32 a = count > 0 ? t[0] : bytes32(0);
            bytes32 b = count > 1 ? t[1] : bytes32(0);
            bytes32 c = count > 2 ? t[2] : bytes32(0);
            bytes32 d = count > 3 ? t[3] : bytes32(0);
            assembly ("memory-safe") {
                let start := add(data, 0x20)
                let size := mload(data)
                switch count
                case 0 { log0(start, size) }
                case 1 { log1(start, size, a) }
                case 2 { log2(start, size, a, b) }
                case 3 { log3(start, size, a, b, c) }
                default { log4(start, size, a, b, c, d) }
            }
        }
    }

    /// @notice Emits `count` transfers with values drawn from `seed`.
    function burstTransfers(uint256 count, uint256 seed) external {
        for (uint256 i = 0; i < count; i++) {
            uint256 r = uint256(keccak256(abi.encode(seed, i)));
            emit IERC20.Transfer(address(uint160(r >> 152)), address(uint160(r >> 96)), r);
        }
    }

    /// @notice Emits `count` attestations and reveals in turn, with values drawn from `seed`.
    function burstClaims(uint256 count, uint256 seed) external {
        Claim memory claim;
        for (uint256 i = 0; i < count; i++) {
            bytes32 r = keccak256(abi.encode(seed, i));
            address account = address(uint160(uint256(r) >> 152));
            if (i % 2 == 0) {
                emit IProofOfOptimization.ClaimAttested(r, account, 7, uint64(uint256(r)));
            } else {
                claim.prover = account;
                claim.domainId = r;
                claim.srcBytes = uint64(uint256(r));
                emit IProofOfOptimization.ClaimRevealed(r, account, r, claim, uint256(r), uint64(i));
            }
        }
    }

    function claimRevealed(bytes32 claimId, Claim calldata claim, uint256 bondWei, uint64 deadline) external {
        emit IProofOfOptimization.ClaimRevealed(claimId, claim.prover, claim.domainId, claim, bondWei, deadline);
    }

    function claimSlashed(bytes32 claimId, address challenger, Fault fault, uint256 bountyWei, uint256 burntWei)
        external
    {
        emit IProofOfOptimization.ClaimSlashed(claimId, challenger, fault, bountyWei, burntWei);
    }

    function claimFinalized(
        bytes32 claimId,
        address prover,
        bytes32 domainId,
        uint64 savedBytes,
        uint256 rewardWei,
        uint8 votes
    ) external {
        emit IProofOfOptimization.ClaimFinalized(claimId, prover, domainId, savedBytes, rewardWei, votes);
    }

    function parametersSet(uint64 windowSeconds, uint8 quorum, uint256 minimumBondWei, uint256 dshPriceWei) external {
        emit ISettings.ParametersSet(windowSeconds, quorum, minimumBondWei, dshPriceWei);
    }

    function hostRegistered(bytes32 domainId, address owner, Biome biome, string calldata host) external {
        emit IOptimizationRegistry.HostRegistered(domainId, owner, biome, host);
    }

    function savingRecorded(
        address harvester,
        bytes32 domainId,
        bytes32 claimId,
        uint64 savedBytes,
        uint256 verifiedBytes,
        int256 reputation
    ) external {
        emit IOptimizationRegistry.SavingRecorded(harvester, domainId, claimId, savedBytes, verifiedBytes, reputation);
    }

    function rewardQueued(uint256 ticket, address account, bytes32 reason, uint256 amountWei, uint256 queuedEndWei)
        external
    {
        emit IDOMSpaceToken.RewardQueued(ticket, account, reason, amountWei, queuedEndWei);
    }

    function landMinted(uint256 tokenId, address harvester, Biome biome, uint16 level, uint32 areaSquareMetres)
        external
    {
        emit IVirtualLandNFT.LandMinted(tokenId, harvester, biome, level, areaSquareMetres);
    }

    function roleGranted(uint64 roleId, address account, uint32 delay, uint48 since, bool newMember) external {
        emit IAccessManager.RoleGranted(roleId, account, delay, since, newMember);
    }

    function operationScheduled(
        bytes32 operationId,
        uint32 nonce,
        uint48 schedule,
        address caller,
        address target,
        bytes calldata data
    ) external {
        emit IAccessManager.OperationScheduled(operationId, nonce, schedule, caller, target, data);
    }
}
