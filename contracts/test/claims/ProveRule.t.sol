// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {
    Claim,
    IProofOfOptimization,
    Status,
    StepOpening,
    TokenOpening
} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {BuiltPage, PageBuilder} from "../PageBuilder.sol";

contract ProveRuleTest is Fixture {
    uint8 private constant KEEP = 0;
    uint8 private constant DROP_COMMENT = 1;
    uint8 private constant COLLAPSE_WS = 2;

    /* REFUSALS */

    function test_an_honest_step_is_no_fault() public {
        BuiltPage memory page = PageBuilder.commented(5);
        Claim memory claim = _claimOf(page, "/");
        _reveal(claim);
        for (uint256 i = 0; i < 10; ++i) {
            _refuses(claim, page, i, abi.encodeWithSelector(IProofOfOptimization.NoFault.selector));
        }
    }

    function test_a_step_beyond_the_page_s_end_is_no_step() public {
        BuiltPage memory page = PageBuilder.commented(5);
        Claim memory claim = _claimOf(page, "/");
        _reveal(claim);
        _refuses(claim, page, 10, abi.encodeWithSelector(IProofOfOptimization.PlaceOutOfRange.selector, 10, 10));
    }

    function test_another_leaf_than_the_step_points_at_is_refused() public {
        BuiltPage memory page = PageBuilder.commented(5);
        Claim memory claim = _claimOf(page, "/");
        _reveal(claim);
        (TokenOpening memory source, StepOpening memory step,) = _open(page, 2);
        TokenOpening memory other = PageBuilder.openToken(page.optimized, 3);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.PlacesDiffer.selector, 3, 1));
        proof.proveRule(claim, source, step, other);
    }

    function test_a_foreign_leaf_is_refused() public {
        BuiltPage memory page = PageBuilder.commented(5);
        Claim memory claim = _claimOf(page, "/");
        _reveal(claim);
        (TokenOpening memory source, StepOpening memory step, TokenOpening memory optimized) = _open(page, 2);
        optimized.data = "<hr>";
        vm.expectPartialRevert(IProofOfOptimization.OpeningForeign.selector);
        proof.proveRule(claim, source, step, optimized);
    }

    /* FAULTS */

    function testFuzz_a_rule_outside_the_set_is_slashed(uint8 rule) public {
        rule = uint8(bound(rule, 3, 255));
        BuiltPage memory page = PageBuilder.commented(5);
        page.steps[3].rule = rule;
        _slashes(page, 3);
    }

    function test_a_tag_dropped_as_a_comment_is_slashed() public {
        BuiltPage memory page = PageBuilder.commented(5);
        (page.steps[2].rule, page.steps[2].emits) = (DROP_COMMENT, 0);
        _slashes(page, 2);
    }

    function test_a_tag_collapsed_as_text_is_slashed() public {
        BuiltPage memory page = PageBuilder.commented(5);
        page.steps[2].rule = COLLAPSE_WS;
        _slashes(page, 2);
    }

    function test_a_kept_token_that_emits_nothing_is_slashed() public {
        BuiltPage memory page = PageBuilder.commented(5);
        page.steps[2].emits = 0;
        _slashes(page, 2);
    }

    function testFuzz_a_dropped_comment_that_emits_is_slashed(uint8 emits) public {
        BuiltPage memory page = PageBuilder.commented(5);
        page.steps[3].emits = uint8(bound(emits, 1, 255));
        _slashes(page, 3);
    }

    function testFuzz_a_step_that_points_beyond_the_optimized_page_is_slashed(uint32 out) public {
        BuiltPage memory page = PageBuilder.commented(5);
        page.steps[2].out = uint32(bound(out, 5, type(uint32).max));
        Claim memory claim = _claimOf(page, "/");
        bytes32 claimId = _reveal(claim);
        (TokenOpening memory source, StepOpening memory step,) = _open(page, 2);
        proof.proveRule(claim, source, step, source);
        _assertStatus(claimId, Status.Slashed);
    }

    function test_a_conditional_comment_that_was_dropped_is_slashed() public {
        BuiltPage memory page = PageBuilder.commented(5);
        page.source[3] = PageBuilder.whole(5, abi.encodePacked("<!--[if IE]>", PageBuilder.fill(700), "<![endif]-->"));
        _slashes(page, 3);
    }

    function test_a_comment_dropped_between_texts_that_would_join_is_slashed() public {
        BuiltPage memory page = PageBuilder.commented(5);
        page.steps[3].flags = 0x0200; // JOIN_RISK
        _slashes(page, 3);
    }

    function test_a_text_that_lost_more_than_white_space_is_slashed() public {
        BuiltPage memory page = PageBuilder.drawn(12, 7);
        for (uint256 i = 0; i < 12; ++i) {
            if (page.steps[i].rule != COLLAPSE_WS) continue;
            uint32 out = page.steps[i].out;
            page.optimized[out] = PageBuilder.whole(4, "a z");
            return _slashes(page, i);
        }
        assertTrue(false, "the page has no text");
    }

    function test_a_text_collapsed_where_white_space_is_preserved_is_slashed() public {
        BuiltPage memory page = PageBuilder.drawn(12, 7);
        for (uint256 i = 0; i < 12; ++i) {
            if (page.steps[i].rule != COLLAPSE_WS) continue;
            page.steps[i].flags |= 0x0100; // PRESERVE
            return _slashes(page, i);
        }
        assertTrue(false, "the page has no text");
    }

    function test_a_leaf_with_other_bytes_is_slashed() public {
        BuiltPage memory page = PageBuilder.commented(5);
        page.optimized[1].data = "<hr>";
        _slashes(page, 2);
    }

    function test_a_leaf_of_another_kind_is_slashed() public {
        BuiltPage memory page = PageBuilder.commented(5);
        page.optimized[1].kind = 3;
        _slashes(page, 2);
    }

    function test_a_leaf_of_another_size_is_slashed() public {
        BuiltPage memory page = PageBuilder.commented(5);
        page.optimized[1].size = 3;
        _slashes(page, 2);
    }

    /* STEPS */

    function _open(BuiltPage memory page, uint256 index)
        private
        pure
        returns (TokenOpening memory source, StepOpening memory step, TokenOpening memory optimized)
    {
        source = PageBuilder.openToken(page.source, index);
        step = PageBuilder.openStep(page.steps, index);
        uint256 place = step.out < page.optimized.length ? step.out : 0;
        optimized = PageBuilder.openToken(page.optimized, place);
    }

    function _slashes(BuiltPage memory page, uint256 index) private {
        Claim memory claim = _claimOf(page, "/");
        bytes32 claimId = _reveal(claim);
        (TokenOpening memory source, StepOpening memory step, TokenOpening memory optimized) = _open(page, index);
        proof.proveRule(claim, source, step, optimized);
        _assertStatus(claimId, Status.Slashed);
    }

    function _refuses(Claim memory claim, BuiltPage memory page, uint256 index, bytes memory refusal) private {
        (TokenOpening memory source, StepOpening memory step, TokenOpening memory optimized) = _open(page, index);
        vm.expectRevert(refusal);
        proof.proveRule(claim, source, step, optimized);
    }
}
