// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, IProofOfOptimization} from "../../interfaces/IProofOfOptimization.sol";
import {Vectors} from "./Vectors.sol";

/// @dev The ids that services, indexer and contract each compute for themselves.
contract ClaimsTest is Vectors {
    struct Host {
        string host;
        string path;
        bytes32 domainId;
        bytes32 pageKey;
    }

    string private constant CLAIM =
        "Claim(address prover,bytes32 pageKey,bytes32 domainId,bytes32 src,bytes32 opt,bytes32 trace,uint64 srcBytes,uint64 optBytes,uint64 attestedBytes,uint32 n,uint32 m,uint8 depthS,uint8 depthO,uint16 ruleset,bytes32 evidence)";
    string private _json;

    function setUp() public {
        _json = read("claims.json");
    }

    function test_hosts_and_pages_agree_with_the_oracle() public view {
        string memory description = "Host(string host,string path,bytes32 domainId,bytes32 pageKey)";
        Host[] memory hosts = abi.decode(list(_json, ".hosts", description), (Host[]));

        assertEq(hosts.length, 3);
        for (uint256 i = 0; i < hosts.length; ++i) {
            assertEq(keccak256(bytes(hosts[i].host)), hosts[i].domainId);
            assertEq(keccak256(abi.encode(hosts[i].domainId, keccak256(bytes(hosts[i].path)))), hosts[i].pageKey);
        }
    }

    function test_claims_and_commitments_agree_with_the_oracle() public view {
        address target = vm.parseJsonAddress(_json, ".contract");
        uint256 chainId = vm.parseJsonUint(_json, ".chainId");
        for (uint256 i = 0; i < 3; ++i) {
            string memory key = string.concat(".claims[", vm.toString(i), "]");
            Claim memory claim = abi.decode(vm.parseJsonType(_json, string.concat(key, ".claim"), CLAIM), (Claim));
            bytes32 claimId = keccak256(abi.encode(chainId, target, claim));
            bytes32 salt = vm.parseJsonBytes32(_json, string.concat(key, ".salt"));

            assertEq(claimId, vm.parseJsonBytes32(_json, string.concat(key, ".claimId")));
            assertEq(
                keccak256(abi.encode(claimId, salt, claim.prover)),
                vm.parseJsonBytes32(_json, string.concat(key, ".commitment"))
            );
        }
    }

    /// @dev The contract at the vectors' own address and chain: its digests are those that verifiers sign.
    function test_the_contract_computes_the_oracle_s_ids_and_digests() public {
        address target = vm.parseJsonAddress(_json, ".contract");
        deployCodeTo("ProofOfOptimization", abi.encode(this, this, this, this, uint64(60), uint8(7)), target);
        vm.chainId(vm.parseJsonUint(_json, ".chainId"));
        IProofOfOptimization proof = IProofOfOptimization(target);
        for (uint256 i = 0; i < 3; ++i) {
            string memory key = string.concat(".claims[", vm.toString(i), "]");
            Claim memory claim = abi.decode(vm.parseJsonType(_json, string.concat(key, ".claim"), CLAIM), (Claim));
            bytes32 claimId = proof.claimIdOf(claim);
            uint64 observedAt = uint64(vm.parseJsonUint(_json, string.concat(key, ".observedAt")));
            assertEq(claimId, vm.parseJsonBytes32(_json, string.concat(key, ".claimId")));
            assertEq(
                proof.attestationDigest(claimId, claim.pageKey, claim.src, 7, observedAt),
                vm.parseJsonBytes32(_json, string.concat(key, ".attestation"))
            );
        }
    }
}
