// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";

import {Answers} from "../Answers.sol";
import {Authority} from "../Authority.sol";
import {DomainControl} from "../DomainControl.sol";
import {DOMSpaceToken} from "../DOMSpaceToken.sol";
import {Biome} from "../interfaces/IOptimizationRegistry.sol";
import {Claim, Status} from "../interfaces/IProofOfOptimization.sol";
import {OptimizationRegistry} from "../OptimizationRegistry.sol";
import {ProofOfOptimization} from "../ProofOfOptimization.sol";
import {RewardStreams} from "../RewardStreams.sol";
import {RuleSet1} from "../rules/RuleSet1.sol";
import {TypedData} from "../TypedData.sol";
import {VerifierStakes} from "../VerifierStakes.sol";
import {VirtualLandNFT} from "../VirtualLandNFT.sol";
import {WrappedEther} from "../WrappedEther.sol";
import {BuiltPage, PageBuilder} from "./PageBuilder.sol";

/// @title All contracts, wired as `ape run deploy` wires them, and the steps that most tests begin with
abstract contract Fixture is Test {
    uint64 internal constant WINDOW = 600;
    uint8 internal constant QUORUM = 2;
    uint64 internal constant ANSWER = 200;
    uint256 internal constant MINIMUM_BOND = 0.01 ether;
    uint256 internal constant STAKE = 1 ether;
    uint64 internal constant UNBONDING = 30 days;
    uint64 internal constant DISSENT = 3600;
    uint256 internal constant QUOTA = 1_000_000e18;
    uint256 internal constant PRICE = 0.001 ether;
    uint8 internal constant ALL_BITS = 7;
    bytes32 internal constant SALT = keccak256("salt");
    string internal constant HOST = "shop.lightdom.example";

    uint64 internal constant GOVERNOR = 1;
    uint64 internal constant ELECTOR = 2;
    uint64 internal constant REGISTRAR = 3;
    uint64 internal constant PAUSER = 4;
    uint64 internal constant EMITTER = 5;
    uint64 internal constant RECORDER = 6;
    uint64 internal constant VERIFIER = 7;
    uint64 internal constant CASHIER = 8;
    uint64 internal constant GRANTER = 9;
    uint64 internal constant CANARY_KEEPER = 10;

    address internal immutable TREASURY = makeAddr("treasury");
    address internal immutable HARVESTER = makeAddr("harvester");
    address internal immutable CHALLENGER = makeAddr("challenger");
    address internal immutable STRANGER = makeAddr("stranger");
    bytes32 internal immutable DOMAIN = keccak256(bytes(HOST));

    Authority internal authority;
    DOMSpaceToken internal token;
    OptimizationRegistry internal registry;
    VirtualLandNFT internal land;
    WrappedEther internal weth;
    RuleSet1 internal rules;
    ProofOfOptimization internal proof;
    RewardStreams internal streams;
    VerifierStakes internal stakes;
    DomainControl internal domains;
    uint256[3] internal verifierKeys;
    address[3] internal verifiers;

    function setUp() public virtual {
        vm.warp(1_760_000_000);
        vm.roll(1_000);
        // By name and not by `new`: the compiler would optimize all of them again inside every test contract.
        authority = Authority(deployCode("Authority", abi.encode(address(this))));
        token = DOMSpaceToken(deployCode("DOMSpaceToken", abi.encode(authority, TREASURY)));
        registry = OptimizationRegistry(deployCode("OptimizationRegistry", abi.encode(authority, token, TREASURY)));
        land = VirtualLandNFT(deployCode("VirtualLandNFT", abi.encode(registry)));
        weth = WrappedEther(payable(deployCode("WrappedEther")));
        rules = RuleSet1(
            deployCode(
                "RuleSet1",
                abi.encode(
                    deployCode("StepProofs"),
                    deployCode("NestProofs"),
                    deployCode("ContextProofs"),
                    deployCode("SelectorProofs")
                )
            )
        );
        _deployClaims();
        _wireRoles();
        proof.addRuleset(1, address(rules));
        proof.setParameters(WINDOW, QUORUM, MINIMUM_BOND, PRICE, ANSWER);
        registry.setQuota(0, QUOTA);
        stakes.setMinimumStake(STAKE);
        _fund(address(this));
        weth.approve(address(stakes), type(uint256).max);
        for (uint256 i = 0; i < verifiers.length; ++i) {
            (verifiers[i], verifierKeys[i]) = makeAddrAndKey(string.concat("verifier ", vm.toString(i)));
            authority.grantRole(VERIFIER, verifiers[i], 0);
            stakes.stakeFor(verifiers[i], STAKE);
        }
        registry.registerHost(HOST, address(this), Biome.COMMERCIAL);
        _fund(HARVESTER);
    }

    function _deployClaims() private {
        Answers answers = Answers(deployCode("Answers"));
        proof = ProofOfOptimization(
            deployCode("ProofOfOptimization", abi.encode(authority, weth, registry, answers, uint64(60), uint8(7)))
        );
        streams = RewardStreams(deployCode("RewardStreams", abi.encode(proof, registry, token)));
        stakes = VerifierStakes(deployCode("VerifierStakes", abi.encode(authority, weth, proof, UNBONDING)));
        domains = DomainControl(deployCode("DomainControl", abi.encode(proof, registry, uint8(2), DISSENT)));
    }

    /* STEPS */

    function _fund(address account) internal {
        vm.deal(account, 1_000 ether);
        vm.startPrank(account);
        weth.deposit{value: 1_000 ether}();
        weth.approve(address(proof), type(uint256).max);
        vm.stopPrank();
    }

    /// @dev The claim on a page of `pages`, with its prover, place and figures filled in.
    function _claimOf(BuiltPage memory page, string memory path) internal view returns (Claim memory claim) {
        claim = Claim({
            prover: HARVESTER,
            pageKey: keccak256(abi.encode(DOMAIN, keccak256(bytes(path)))),
            domainId: DOMAIN,
            src: PageBuilder.sourceRoot(page),
            opt: PageBuilder.optimizedRoot(page),
            trace: PageBuilder.traceRoot(page),
            srcBytes: PageBuilder.bytesOf(page.source),
            optBytes: PageBuilder.bytesOf(page.optimized),
            attestedBytes: PageBuilder.attestedBytes(page),
            n: uint32(page.source.length),
            m: uint32(page.optimized.length),
            depthS: PageBuilder.depthOf(page.source.length),
            depthO: PageBuilder.depthOf(page.optimized.length),
            ruleset: 1,
            evidence: keccak256(bytes(path))
        });
    }

    function _commit(Claim memory claim) internal {
        bytes32 commitment = keccak256(abi.encode(proof.claimIdOf(claim), SALT, claim.prover));
        vm.prank(claim.prover);
        proof.commit(commitment);
        vm.roll(block.number + 1);
        skip(2);
    }

    function _reveal(Claim memory claim) internal returns (bytes32 claimId) {
        _commit(claim);
        vm.prank(claim.prover);
        return proof.reveal(claim, SALT);
    }

    function _attest(Claim memory claim, uint256 votes) internal {
        (uint8[] memory bits, uint64[] memory observedAt, address[] memory signers, bytes[] memory signatures) =
            _votes(claim, votes);
        proof.attest(claim, bits, observedAt, signers, signatures);
    }

    function _votes(Claim memory claim, uint256 votes)
        internal
        view
        returns (uint8[] memory bits, uint64[] memory observedAt, address[] memory signers, bytes[] memory signatures)
    {
        bits = new uint8[](votes);
        observedAt = new uint64[](votes);
        signers = new address[](votes);
        signatures = new bytes[](votes);
        for (uint256 i = 0; i < votes; ++i) {
            (bits[i], observedAt[i], signers[i]) = (ALL_BITS, uint64(block.timestamp), verifiers[i]);
            signatures[i] = _sign(verifierKeys[i], claim, bits[i], observedAt[i]);
        }
    }

    function _sign(uint256 key, Claim memory claim, uint8 bits, uint64 observedAt)
        internal
        view
        returns (bytes memory)
    {
        bytes32 struct_ = keccak256(
            abi.encode(proof.ATTESTATION_TYPEHASH(), proof.claimIdOf(claim), claim.pageKey, claim.src, bits, observedAt)
        );
        return _signStruct(key, struct_, proof);
    }

    /// @dev By ERC-5267, as a wallet would, and not by the contracts' own digests.
    function _signStruct(uint256 key, bytes32 struct_, TypedData target) internal view returns (bytes memory) {
        (, string memory name, string memory version, uint256 chainId, address verifying,,) = target.eip712Domain();
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256(bytes(version)),
                chainId,
                verifying
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", domain, struct_)));
        return abi.encodePacked(r, s, v);
    }

    /// @dev Commit, reveal, quorum, the window over.
    function _ripen(Claim memory claim) internal returns (bytes32 claimId) {
        claimId = _reveal(claim);
        _attest(claim, QUORUM);
        skip(WINDOW);
    }

    function _assertStatus(bytes32 claimId, Status expected) internal view {
        assertEq(uint256(proof.statusOf(claimId)), uint256(expected), "status");
    }

    /* WIRING */

    function _wireRoles() private {
        _allow(address(proof), proof.setParameters.selector, GOVERNOR);
        _allow(address(proof), proof.addRuleset.selector, GOVERNOR);
        _allow(address(proof), proof.setAttestedPercent.selector, GOVERNOR);
        _allow(address(proof), proof.setVerifier.selector, ELECTOR);
        _allow(address(proof), proof.pause.selector, PAUSER);
        _allow(address(proof), proof.unpause.selector, PAUSER);
        _allow(address(registry), registry.registerHost.selector, REGISTRAR);
        _allow(address(registry), registry.recordSaving.selector, RECORDER);
        _allow(address(registry), registry.recordSlash.selector, RECORDER);
        _allow(address(registry), registry.recordFees.selector, CASHIER);
        _allow(address(registry), registry.setQuota.selector, GOVERNOR);
        _allow(address(registry), registry.grantReward.selector, GRANTER);
        _allow(address(stakes), stakes.join.selector, VERIFIER);
        _allow(address(stakes), stakes.setMinimumStake.selector, GOVERNOR);
        _allow(address(stakes), stakes.registerCanary.selector, CANARY_KEEPER);
        _allow(address(token), token.queueReward.selector, EMITTER);
        for (uint64 role = GOVERNOR; role <= PAUSER; ++role) {
            authority.grantRole(role, address(this), 0);
        }
        authority.grantRole(CANARY_KEEPER, address(this), 0);
        authority.grantRole(ELECTOR, address(stakes), 0);
        authority.grantRole(REGISTRAR, address(domains), 0);
        authority.grantRole(EMITTER, address(streams), 0);
        authority.grantRole(GRANTER, address(streams), 0);
        authority.grantRole(RECORDER, address(proof), 0);
    }

    function _allow(address target, bytes4 selector, uint64 role) private {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        authority.setTargetFunctionRole(target, selectors, role);
    }
}
