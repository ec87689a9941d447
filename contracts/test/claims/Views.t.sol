// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDemands, StepNodeOpening} from "../../interfaces/IDemands.sol";
import {Biome} from "../../interfaces/IOptimizationRegistry.sol";
import {Claim, Fault, IProofOfOptimization, SumOpening, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {Answers} from "../../Answers.sol";
import {Fixture} from "../Fixture.sol";
import {PageBuilder} from "../PageBuilder.sol";

/// @title What can be asked of the contracts for nothing
contract ViewsTest is Fixture {
    Claim private claim;
    Answers private answers;

    function setUp() public override {
        super.setUp();
        answers = Answers(proof.ANSWERS());
        claim = _claimOf(PageBuilder.commented(4), "/");
    }

    /* ANSWERS, TRIED BEFORE THEY ARE SENT */

    function test_a_leaf_s_hash_is_no_answer_in_either_tree() public {
        SumOpening memory leaf;
        vm.expectRevert(IDemands.HeightZero.selector);
        answers.answerNode(claim, Tree.Source, leaf);
        StepNodeOpening memory step;
        vm.expectRevert(IDemands.HeightZero.selector);
        answers.answerStepNode(claim, step);
    }

    function test_a_path_of_another_length_is_no_answer() public {
        StepNodeOpening memory opening = _stepNode(1, 0);
        opening.siblings = new bytes32[](3);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.OpeningLengthWrong.selector, 3, 3, 3));
        answers.answerStepNode(claim, opening);
    }

    function test_a_place_beyond_the_tree_is_no_answer() public {
        StepNodeOpening memory opening = _stepNode(1, 0);
        opening.index = 4;
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.PlaceOutOfRange.selector, 4, 4));
        answers.answerStepNode(claim, opening);
    }

    function test_a_node_of_another_tree_is_no_answer() public {
        StepNodeOpening memory opening = _stepNode(1, 2);
        answers.answerStepNode(claim, opening);
        opening.left ^= bytes32(uint256(1));
        vm.expectPartialRevert(IProofOfOptimization.OpeningForeign.selector);
        answers.answerStepNode(claim, opening);
    }

    /* WHAT IS SIGNED */

    /// @dev A wallet hashes what it signs by itself; what the contracts tell must be the same.
    function testFuzz_what_is_signed_is_told_by_the_contracts(bytes32 id, uint64 number, uint64 time, bool isSeen)
        public
        view
    {
        assertEq(
            streams.servedDigest(id, number, time),
            _digest(address(streams), keccak256(abi.encode(streams.SERVED_TYPEHASH(), id, number, time)))
        );
        assertEq(
            domains.domainDigest(id, HARVESTER, Biome.SOCIAL, number, isSeen, time),
            _digest(
                address(domains),
                keccak256(abi.encode(domains.DOMAIN_SEEN_TYPEHASH(), id, HARVESTER, Biome.SOCIAL, number, isSeen, time))
            )
        );
        assertEq(
            proof.attestationDigest(id, id, id, 7, time),
            _digest(address(proof), keccak256(abi.encode(proof.ATTESTATION_TYPEHASH(), id, id, id, uint8(7), time)))
        );
    }

    /* SETTINGS */

    function test_rule_sets_pauses_and_quotas_are_told() public {
        assertEq(proof.rulesetOf(1), address(rules));
        assertEq(proof.rulesetOf(9), address(0));
        assertFalse(proof.isPaused());
        proof.pause();
        assertTrue(proof.isPaused());
        assertEq(registry.quotaOf(DOMAIN), QUOTA);
        registry.setQuota(DOMAIN, 5);
        assertEq(registry.quotaOf(DOMAIN), 5);
    }

    function test_nothing_is_covered_before_somebody_looked() public view {
        assertEq(streams.coveredUntilOf(proof.claimIdOf(claim)), 0);
    }

    function test_the_seat_after_the_last_is_refused() public {
        for (uint160 i = 0; i < 93; ++i) {
            proof.setVerifier(address(1_000 + i), true);
        }
        vm.expectRevert(abi.encodeWithSignature("VerifierSeatsTaken(uint8)", 96));
        proof.setVerifier(address(5), true);
    }

    /// @dev A pending claim's votes stand where a slashed one's block does.
    function test_no_vote_of_any_seat_looks_like_a_slash() public {
        for (uint160 i = 0; i < 90; ++i) {
            proof.setVerifier(vm.addr(1_000 + i), true);
        }
        bytes32 claimId = _reveal(claim);
        (uint8[] memory bits, uint64[] memory observedAt, address[] memory signers, bytes[] memory signatures) =
            _votes(claim, 1);
        signers[0] = vm.addr(1_089);
        signatures[0] = _sign(1_089, claim, bits[0], observedAt[0]);
        proof.attest(claim, bits, observedAt, signers, signatures);
        (Fault fault, uint256 blockNumber) = proof.slashOf(claimId);
        assertEq(uint256(fault), uint256(Fault.Sum));
        assertEq(blockNumber, 0);
    }

    /* STEPS */

    function _digest(address target, bytes32 struct_) private view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("LightDom"),
                keccak256("2"),
                block.chainid,
                target
            )
        );
        return keccak256(abi.encodePacked(hex"1901", domain, struct_));
    }

    function _stepNode(uint8 height, uint32 index) private pure returns (StepNodeOpening memory opening) {
        bytes32[][] memory levels = PageBuilder.stepLevelsOf(PageBuilder.commented(4).steps);
        (opening.height, opening.index) = (height, index);
        (opening.left, opening.right) = (levels[height - 1][2 * index], levels[height - 1][2 * index + 1]);
        opening.siblings = new bytes32[](3 - height);
        for (uint256 h = height; h < 3; ++h) {
            opening.siblings[h - height] = levels[h][(index >> (h - height)) ^ 1];
        }
    }
}
