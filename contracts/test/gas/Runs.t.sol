// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {StepRun} from "../../interfaces/IProofOfOptimization.sol";
import {SparsePage} from "../SparsePage.sol";
import {BusyChain} from "./BusyChain.sol";

/// @title What the proofs cost that open several tokens and steps
contract RunsGasTest is BusyChain {
    using SparsePage for SparsePage.Page;

    uint32 private constant AROUND = 700; // an open element far before the place that is judged

    /// @dev The count of what came out is wrong behind a tag: the cheapest fault of two steps.
    function test_gas_of_prove_step() public {
        SparsePage.Page memory page;
        page.at(PLACE + 1).step.out = 7;
        StepRun memory run = _run(page, PLACE, 2, 2);
        proof.proveStep(claim, run);
        vm.snapshotGasLastCall(GROUP, "proveStep");
    }

    /// @dev A comment is said to open an element: both tokens are read for it.
    function test_gas_of_prove_step_by_what_the_tokens_hold() public {
        SparsePage.Page memory page;
        page.put(PLACE, 5, "<!-- a comment of 30 bytes -->");
        page.at(PLACE + 1).step.out = 2;
        page.nest(PLACE + 1, 1, PLACE);
        StepRun memory run = _run(page, PLACE, 2, 2);
        proof.proveStep(claim, run);
        vm.snapshotGasLastCall(GROUP, "proveStep by tokens");
    }

    /// @dev An end tag that is said to close nothing, with the element that it closes.
    function test_gas_of_prove_nest() public {
        SparsePage.Page memory page;
        page.put(AROUND, 2, "<article class='30 bytes long'>");
        page.put(PLACE, 3, "</article>");
        page.nest(PLACE, 1, AROUND);
        page.nest(PLACE + 1, 1, AROUND);
        StepRun memory run = _run(page, PLACE, 2, 2);
        page.openElement(run, AROUND);
        proof.proveNest(claim, run);
        vm.snapshotGasLastCall(GROUP, "proveNest");
    }

    /// @dev The element that a step names as parent is none.
    function test_gas_of_prove_nest_by_a_parent() public {
        SparsePage.Page memory page;
        page.put(AROUND, 2, "<br class='a' title='30 bytes'>");
        page.nest(PLACE, 1, AROUND);
        StepRun memory run = _run(page, PLACE, 1, 0);
        page.openElement(run, AROUND);
        proof.proveNest(claim, run);
        vm.snapshotGasLastCall(GROUP, "proveNest by a parent");
    }

    /// @dev White-space that goes between two tags which are no blocks: three tokens and three steps.
    function test_gas_of_prove_context() public {
        SparsePage.Page memory page;
        page.put(PLACE, 4, "                              ");
        (page.at(PLACE).step.rule, page.at(PLACE).step.emits) = (3, 0);
        StepRun memory run = _run(page, PLACE - 1, 3, 3);
        proof.proveContext(claim, run);
        vm.snapshotGasLastCall(GROUP, "proveContext");
    }

    /// @dev A style rule of one class that went, with a tag that has the class.
    function test_gas_of_prove_selector() public {
        SparsePage.Page memory page;
        _drop(page, ".price{color:#b00;margin:0 1px}");
        page.put(AROUND, 2, "<p class='old price' id=total>");
        StepRun memory run = _run(page, PLACE, 1, 1);
        page.openElement(run, AROUND);
        proof.proveSelector(claim, run);
        vm.snapshotGasLastCall(GROUP, "proveSelector");
    }

    /// @dev Three compounds, so three tags along `parent`.
    function test_gas_of_prove_selector_of_three_elements() public {
        SparsePage.Page memory page;
        _drop(page, "#cart ul>.price{color:#b00}");
        page.put(AROUND, 2, "<p class='old price' id=total>");
        page.put(AROUND - 100, 2, "<ul class='a list of things'>");
        page.put(AROUND - 200, 2, "<div class='b c d e' id='cart'>");
        page.nest(AROUND, 2, AROUND - 100);
        page.nest(AROUND - 100, 1, AROUND - 200);
        StepRun memory run = _run(page, PLACE, 1, 1);
        for (uint32 i = 0; i < 3; ++i) {
            page.openElement(run, AROUND - 100 * i);
        }
        proof.proveSelector(claim, run);
        vm.snapshotGasLastCall(GROUP, "proveSelector of three elements");
    }

    /* STEPS */

    function _drop(SparsePage.Page memory page, bytes memory rule) private pure {
        page.put(PLACE, 8, rule);
        page.at(PLACE).step.flags = 64; // at the beginning of a style rule
        (page.at(PLACE).step.rule, page.at(PLACE).step.emits) = (7, 0);
    }

    /// @dev Reveals the claim on the page and opens steps and tokens one behind the other.
    function _run(SparsePage.Page memory page, uint32 first, uint32 steps, uint32 sources)
        private
        returns (StepRun memory)
    {
        claim = _median("/lie");
        (claim.src, claim.srcBytes) = page.sourceRoot();
        (claim.trace, claim.optBytes) = (page.traceRoot(), claim.srcBytes / 2);
        _revealLie();
        return page.openRun(first, steps, sources);
    }
}
