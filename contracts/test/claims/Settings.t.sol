// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {IProofOfOptimization} from "../../interfaces/IProofOfOptimization.sol";
import {IRuleSet} from "../../interfaces/IRuleSet.sol";
import {ISettings} from "../../interfaces/ISettings.sol";
import {ProofOfOptimization} from "../../ProofOfOptimization.sol";
import {Deploys} from "./Deploys.sol";

contract SettingsTest is Deploys {
    address private answers;

    function setUp() public override {
        super.setUp();
        answers = proof.ANSWERS();
    }

    /* REFUSALS */

    function test_a_stranger_sets_nothing() public {
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER);
        vm.startPrank(STRANGER);
        vm.expectRevert(refusal);
        proof.setParameters(WINDOW, 1, 0, 0, ANSWER);
        vm.expectRevert(refusal);
        proof.setAttestedPercent(1, 25);
        vm.expectRevert(refusal);
        proof.setVerifier(STRANGER, true);
        vm.expectRevert(refusal);
        proof.addRuleset(2, address(rules));
        vm.expectRevert(refusal);
        proof.pause();
        vm.expectRevert(refusal);
        proof.unpause();
    }

    function testFuzz_a_window_out_of_its_bounds_is_refused(uint64 window) public {
        vm.assume(window < 60 || window > 30 days);
        vm.expectRevert(abi.encodeWithSelector(ISettings.WindowOutOfRange.selector, window, 60, 30 days));
        proof.setParameters(window, QUORUM, MINIMUM_BOND, PRICE, ANSWER);
    }

    function test_a_quorum_of_nobody_or_more_than_all_seats_is_refused() public {
        vm.expectRevert(abi.encodeWithSelector(ISettings.QuorumOutOfRange.selector, 0, 96));
        proof.setParameters(WINDOW, 0, MINIMUM_BOND, PRICE, ANSWER);
        vm.expectRevert(abi.encodeWithSelector(ISettings.QuorumOutOfRange.selector, 97, 96));
        proof.setParameters(WINDOW, 97, MINIMUM_BOND, PRICE, ANSWER);
    }

    function test_the_bounds_themselves_are_within() public {
        proof.setParameters(60, 1, MINIMUM_BOND, PRICE, 60);
        proof.setParameters(30 days, 96, MINIMUM_BOND, PRICE, 30 days);
        assertEq(proof.windowSeconds(), 30 days);
        assertEq(proof.answerSeconds(), 30 days);
        assertEq(proof.quorum(), 96);
        vm.expectEmit();
        emit ISettings.AttestedPercentSet(1, 25);
        proof.setAttestedPercent(1, 25);
        assertEq(proof.attestedPercentOf(1), 25);
    }

    function testFuzz_an_answer_takes_at_most_the_window(uint64 answer) public {
        vm.assume(answer < 60 || answer > WINDOW);
        vm.expectRevert(abi.encodeWithSelector(ISettings.AnswerOutOfRange.selector, answer, 60, WINDOW));
        proof.setParameters(WINDOW, QUORUM, MINIMUM_BOND, PRICE, answer);
    }

    function testFuzz_attested_bytes_never_count_for_more_than_a_quarter(uint8 percent) public {
        if (percent > 25) {
            vm.expectRevert(abi.encodeWithSelector(ISettings.AttestedPercentTooLarge.selector, percent, 25));
        }
        proof.setAttestedPercent(1, percent);
        assertEq(proof.attestedPercentOf(1), percent > 25 ? 0 : percent);
    }

    function test_a_rule_set_that_is_not_there_has_no_weight() public {
        vm.expectRevert(abi.encodeWithSelector(ISettings.RulesetUnknown.selector, 2));
        proof.setAttestedPercent(2, 25);
    }

    function test_a_vote_that_need_not_say_everything_is_for_development_chains_alone() public {
        vm.chainId(1);
        vm.expectRevert(abi.encodeWithSelector(ISettings.RequiredBitsTooFew.selector, 6, 7));
        _proofOf(answers, 60, 6);
        vm.chainId(31337);
        assertEq(_proofOf(answers, 60, 4).requiredBits(), 4);
        vm.expectRevert(abi.encodeWithSelector(ISettings.RequiredBitsTooFew.selector, 3, 4));
        _proofOf(answers, 60, 3);
        vm.expectRevert(abi.encodeWithSelector(ISettings.RequiredBitsTooFew.selector, 12, 4));
        _proofOf(answers, 60, 12);
    }

    function test_a_window_of_a_second_is_for_development_chains_alone() public {
        vm.chainId(1);
        vm.expectRevert(abi.encodeWithSelector(ISettings.MinimumWindowTooShort.selector, 1, 60));
        _proofOf(answers, 1, 7);
        vm.chainId(31337);
        _proofOf(answers, 1, 7);
        vm.expectRevert(abi.encodeWithSelector(ISettings.MinimumWindowTooShort.selector, 0, 1));
        _proofOf(answers, 0, 7);
    }

    function test_a_rule_set_is_named_once_and_for_ever() public {
        vm.expectRevert(abi.encodeWithSelector(ISettings.RulesetFixed.selector, 1, address(rules)));
        proof.addRuleset(1, address(token));
    }

    function test_a_rule_set_without_code_is_refused() public {
        vm.expectRevert(abi.encodeWithSelector(ISettings.RulesetHasNoCode.selector, STRANGER));
        proof.addRuleset(2, STRANGER);
    }

    function test_a_verifier_is_not_seated_twice_and_nobody_has_no_seat() public {
        vm.expectRevert(abi.encodeWithSelector(ISettings.VerifierUnchanged.selector, verifiers[0], true));
        proof.setVerifier(verifiers[0], true);
        vm.expectRevert(abi.encodeWithSelector(ISettings.VerifierUnchanged.selector, STRANGER, false));
        proof.setVerifier(STRANGER, false);
        vm.expectRevert(ISettings.VerifierZero.selector);
        proof.setVerifier(address(0), true);
    }

    function test_a_pause_neither_begins_nor_ends_twice() public {
        vm.expectRevert(ISettings.IsNotPaused.selector);
        proof.unpause();
        proof.pause();
        vm.expectRevert(ISettings.IsPaused.selector);
        proof.pause();
    }

    /* SUCCESS */

    function test_parameters_are_as_they_were_set() public {
        vm.expectEmit();
        emit ISettings.ParametersSet(90, 5, 7, 8);
        emit ISettings.AnswerSecondsSet(70);
        proof.setParameters(90, 5, 7, 8, 70);
        assertEq(proof.windowSeconds(), 90);
        assertEq(proof.quorum(), 5);
        assertEq(proof.minimumBondWei(), 7);
        assertEq(proof.dshPriceWei(), 8);
        assertEq(proof.answerSeconds(), 70);
        assertEq(proof.requiredBits(), 7);
        assertEq(proof.minimumWindowSeconds(), 60);
        assertEq(proof.bondToken(), address(weth));
    }

    /// @dev ProofOfOptimization passes its calldata on unread: a proof must be the same function on both sides.
    function test_rule_sets_and_claims_name_proofs_alike() public pure {
        assertEq(IRuleSet.proveSum.selector, IProofOfOptimization.proveSum.selector);
        assertEq(IRuleSet.proveToken.selector, IProofOfOptimization.proveToken.selector);
        assertEq(IRuleSet.proveRule.selector, IProofOfOptimization.proveRule.selector);
        assertEq(IRuleSet.proveStep.selector, IProofOfOptimization.proveStep.selector);
        assertEq(IRuleSet.proveNest.selector, IProofOfOptimization.proveNest.selector);
    }
}
