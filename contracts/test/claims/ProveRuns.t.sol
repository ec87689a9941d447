// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, Fault, IProofOfOptimization, Status, StepRun} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {SparsePage} from "../SparsePage.sol";

/// @title The proofs that open several tokens and steps: who is slashed by which, and that nobody is without a fault
contract ProveRunsTest is Fixture {
    using SparsePage for SparsePage.Page;

    uint32 private constant PLACE = 1_365;
    uint32 private constant AROUND = 700;

    Claim private claim;
    bytes32 private claimId;

    /* REFUSALS */

    /// @dev Two tags that open nothing, kept, and each step says what is true of the next.
    function test_a_run_without_a_fault_slashes_nobody_by_any_proof() public {
        SparsePage.Page memory page;
        page.put(PLACE, 2, "<br>");
        page.put(PLACE + 1, 2, "<br>");
        page.at(PLACE + 1).step.out = 2;
        StepRun memory run = _reveal(page, 2, 2);
        _refuse(abi.encodeCall(proof.proveStep, (claim, run)));
        _refuse(abi.encodeCall(proof.proveNest, (claim, run)));
        _refuse(abi.encodeCall(proof.proveContext, (claim, run)));
        run = page.openRun(PLACE, 1, 1);
        page.openElement(run, AROUND);
        _refuse(abi.encodeCall(proof.proveSelector, (claim, run)));
    }

    /* SUCCESS */

    function test_a_wrong_count_behind_a_token_is_slashed_as_a_step() public {
        SparsePage.Page memory page;
        page.at(PLACE + 1).step.out = 7;
        StepRun memory run = _reveal(page, 2, 2);
        proof.proveStep(claim, run);
        _assertSlashed(Fault.Step);
    }

    function test_a_parent_that_opens_nothing_is_slashed_as_nesting() public {
        SparsePage.Page memory page;
        page.put(AROUND, 2, "<br>");
        page.nest(PLACE, 1, AROUND);
        StepRun memory run = _reveal(page, 1, 0);
        page.openElement(run, AROUND);
        proof.proveNest(claim, run);
        _assertSlashed(Fault.Nest);
    }

    function test_white_space_dropped_between_words_is_slashed_as_a_rule() public {
        SparsePage.Page memory page;
        page.put(PLACE + 1, 4, "   ");
        (page.at(PLACE + 1).step.rule, page.at(PLACE + 1).step.emits) = (3, 0);
        StepRun memory run = _reveal(page, 3, 3);
        proof.proveContext(claim, run);
        _assertSlashed(Fault.Rule);
    }

    function test_a_style_rule_dropped_though_an_element_matches_is_slashed_as_a_selector() public {
        SparsePage.Page memory page;
        page.put(PLACE, 8, ".price{color:#b00}");
        page.at(PLACE).step.flags = 64; // at the beginning of a style rule
        (page.at(PLACE).step.rule, page.at(PLACE).step.emits) = (7, 0);
        page.put(AROUND, 2, "<p class='old price'>");
        StepRun memory run = _reveal(page, 1, 1);
        page.openElement(run, AROUND);
        proof.proveSelector(claim, run);
        _assertSlashed(Fault.Selector);
    }

    /* STEPS */

    function _reveal(SparsePage.Page memory page, uint32 steps, uint32 sources) private returns (StepRun memory run) {
        run = page.openRun(PLACE, steps, sources);
        claim.prover = HARVESTER;
        (claim.pageKey, claim.domainId, claim.ruleset) = (keccak256("page"), DOMAIN, 1);
        (claim.src, claim.srcBytes) = page.sourceRoot();
        (claim.opt, claim.optBytes) = (keccak256("opt"), claim.srcBytes / 2);
        (claim.trace, claim.n, claim.m, claim.depthS, claim.depthO) = (page.traceRoot(), 4_096, 4_000, 12, 12);
        claimId = _reveal(claim);
    }

    function _refuse(bytes memory call) private {
        (bool isDone, bytes memory reason) = address(proof).call(call);
        assertFalse(isDone);
        assertEq(bytes4(reason), IProofOfOptimization.NoFault.selector);
    }

    function _assertSlashed(Fault expected) private view {
        _assertStatus(claimId, Status.Slashed);
        (Fault fault, uint256 blockNumber) = proof.slashOf(claimId);
        assertEq(uint256(fault), uint256(expected));
        assertEq(blockNumber, block.number);
    }
}
