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
import {BuiltPage, PageBuilder, PageToken} from "../PageBuilder.sol";

contract ProveTokenTest is Fixture {
    /* REFUSALS */

    function test_an_honest_token_is_no_fault() public {
        BuiltPage memory page = PageBuilder.commented(5);
        Claim memory claim = _claimOf(page, "/");
        _reveal(claim);
        for (uint256 i = 0; i < 16; ++i) {
            (TokenOpening memory token, StepOpening memory step) = _open(page, i);
            vm.expectRevert(IProofOfOptimization.NoFault.selector);
            proof.proveToken(claim, token, step);
        }
    }

    function testFuzz_a_foreign_token_is_refused(uint256 index, uint256 what) public {
        BuiltPage memory page = PageBuilder.commented(5);
        Claim memory claim = _claimOf(page, "/");
        _reveal(claim);
        (TokenOpening memory token, StepOpening memory step) = _open(page, bound(index, 0, 9));
        what = bound(what, 0, 5);
        if (what == 0) token.data = "<hr>";
        if (what == 1) token.kind ^= 1;
        if (what == 2) token.siblings[0] = ~token.siblings[0];
        if (what == 3) token.index ^= 8;
        if (what == 4) step.flags ^= 1;
        if (what == 5) step.siblings[2] = ~step.siblings[2];
        vm.expectPartialRevert(IProofOfOptimization.OpeningForeign.selector);
        proof.proveToken(claim, token, step);
    }

    function test_a_token_with_the_step_of_another_is_refused() public {
        BuiltPage memory page = PageBuilder.commented(5);
        Claim memory claim = _claimOf(page, "/");
        _reveal(claim);
        (TokenOpening memory token,) = _open(page, 2);
        (, StepOpening memory step) = _open(page, 3);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.PlacesDiffer.selector, 3, 2));
        proof.proveToken(claim, token, step);
    }

    function test_a_token_under_a_lying_sum_is_left_to_prove_sum() public {
        BuiltPage memory page = PageBuilder.commented(5);
        Claim memory claim = _claimOf(page, "/");
        claim.srcBytes += 7;
        _reveal(claim);
        (TokenOpening memory token, StepOpening memory step) = _open(page, 2);
        vm.expectRevert(
            abi.encodeWithSelector(IProofOfOptimization.OpeningSumForeign.selector, claim.srcBytes, claim.srcBytes - 7)
        );
        proof.proveToken(claim, token, step);
    }

    /* FAULTS */

    function test_a_token_without_bytes_is_slashed() public {
        _slashes(PageToken(4, 0, ""), 3);
    }

    function test_a_token_of_no_kind_is_slashed() public {
        _slashes(PageToken(9, 3, "abc"), 3);
        _slashes(PageToken(0, 3, "abc"), 3);
    }

    function test_a_token_beyond_1024_bytes_is_slashed() public {
        _slashes(PageToken(4, 1025, PageBuilder.fill(1025)), 3);
    }

    function testFuzz_a_size_that_is_not_the_data_s_is_slashed(uint16 size, uint16 length) public {
        size = uint16(bound(size, 1, 1024));
        length = uint16(bound(length, 0, 1100));
        vm.assume(size != length);
        _slashes(PageToken(4, size, PageBuilder.fill(length)), 3);
    }

    function test_a_comment_that_ends_early_is_slashed() public {
        _slashes(PageBuilder.whole(5, "<!--a-->b-->"), 3);
    }

    function test_a_text_with_a_tag_in_it_is_slashed() public {
        _slashes(PageBuilder.whole(4, "a<b>c"), 3);
    }

    function test_a_tag_called_a_text_is_slashed() public {
        _slashes(PageBuilder.whole(4, "<br>"), 3);
    }

    function test_a_piece_in_a_state_that_it_cannot_stand_in_is_slashed() public {
        BuiltPage memory page = PageBuilder.commented(5);
        page.steps[3].flags = 16; // inside a doctype
        Claim memory claim = _claimOf(page, "/");
        bytes32 claimId = _reveal(claim);
        (TokenOpening memory token, StepOpening memory step) = _open(page, 3);
        proof.proveToken(claim, token, step);
        _assertStatus(claimId, Status.Slashed);
    }

    function test_a_token_beyond_the_page_s_end_is_slashed() public {
        BuiltPage memory page = PageBuilder.commented(5);
        Claim memory claim = _claimOf(page, "/");
        claim.n = 9; // the tenth token then lies beyond
        bytes32 claimId = _reveal(claim);
        (TokenOpening memory token, StepOpening memory step) = _open(page, 9);
        proof.proveToken(claim, token, step);
        _assertStatus(claimId, Status.Slashed);
    }

    /* STEPS */

    function _open(BuiltPage memory page, uint256 index)
        private
        pure
        returns (TokenOpening memory, StepOpening memory)
    {
        return (PageBuilder.openToken(page.source, index), PageBuilder.openStep(page.steps, index));
    }

    function _slashes(PageToken memory lie, uint256 index) private {
        BuiltPage memory page = PageBuilder.commented(5);
        page.source[index] = lie;
        Claim memory claim = _claimOf(page, string(lie.data));
        bytes32 claimId = _reveal(claim);
        (TokenOpening memory token, StepOpening memory step) = _open(page, index);
        proof.proveToken(claim, token, step);
        _assertStatus(claimId, Status.Slashed);
    }
}
