// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, Fault, IProofOfOptimization, Status, SumOpening, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {BuiltPage, PageBuilder, PageToken} from "../PageBuilder.sol";

contract ProveSumTest is Fixture {
    uint256 private constant PAIRS = 5; // ten tokens, depth four: six leaves of padding

    BuiltPage private page;
    Claim private claim;

    function setUp() public override {
        super.setUp();
        BuiltPage memory built = PageBuilder.commented(PAIRS);
        claim = _claimOf(built, "/");
        for (uint256 i = 0; i < built.source.length; ++i) {
            page.source.push(built.source[i]);
        }
        for (uint256 i = 0; i < built.optimized.length; ++i) {
            page.optimized.push(built.optimized[i]);
        }
        for (uint256 i = 0; i < built.steps.length; ++i) {
            page.steps.push(built.steps[i]);
        }
    }

    /* REFUSALS */

    function test_a_claim_that_is_not_pending_cannot_be_contradicted() public {
        SumOpening memory opening = _open(_levels(), 0, 0);
        _expectRefusal(
            opening,
            abi.encodeWithSelector(IProofOfOptimization.ClaimNotPending.selector, proof.claimIdOf(claim), Status.None)
        );
    }

    function testFuzz_an_honest_node_is_no_fault(uint256 height, uint256 index) public {
        _reveal(claim);
        height = bound(height, 0, 4);
        index = bound(index, 0, (16 >> height) - 1);
        _expectRefusal(_open(_levels(), height, index), abi.encodeWithSelector(IProofOfOptimization.NoFault.selector));
    }

    function testFuzz_a_foreign_node_is_refused(uint256 seed, uint256 what) public {
        _reveal(claim);
        SumOpening memory opening = _open(_levels(), 1, bound(seed, 0, 4));
        what = bound(what, 0, 4);
        if (what == 0) opening.left = ~opening.left;
        if (what == 1) ++opening.leftSum;
        if (what == 2) opening.siblings[seed % 3] = ~opening.siblings[seed % 3];
        if (what == 3) opening.index ^= 1;
        if (what == 4) opening.height = 0;
        vm.expectPartialRevert(
            what == 4 ? IProofOfOptimization.OpeningLengthWrong.selector : IProofOfOptimization.OpeningForeign.selector
        );
        proof.proveSum(claim, Tree.Source, opening);
    }

    function test_a_path_of_the_other_tree_is_refused() public {
        _reveal(claim);
        SumOpening memory opening = _open(_levels(), 0, 0);
        vm.expectPartialRevert(IProofOfOptimization.OpeningSumForeign.selector);
        proof.proveSum(claim, Tree.Optimized, opening);
    }

    function test_a_node_above_the_root_is_refused() public {
        _reveal(claim);
        SumOpening memory opening = _open(_levels(), 4, 0);
        opening.height = 5;
        _expectRefusal(opening, abi.encodeWithSelector(IProofOfOptimization.PlaceOutOfRange.selector, 5, 5));
    }

    function test_a_place_beside_the_tree_is_refused() public {
        _reveal(claim);
        SumOpening memory opening = _open(_levels(), 0, 3);
        opening.index += 16;
        _expectRefusal(opening, abi.encodeWithSelector(IProofOfOptimization.PlaceOutOfRange.selector, 19, 16));
    }

    function test_sums_beside_the_path_beyond_the_page_are_refused() public {
        _reveal(claim);
        SumOpening memory opening = _open(_levels(), 0, 0);
        (opening.sums[0], opening.sums[1]) = (type(uint64).max, type(uint64).max);
        vm.expectPartialRevert(IProofOfOptimization.OpeningSumForeign.selector);
        proof.proveSum(claim, Tree.Source, opening);
    }

    /* FAULTS */

    function testFuzz_a_sum_that_is_not_its_children_s_is_slashed(uint256 height, uint256 index, uint64 lie) public {
        height = bound(height, 0, 4);
        index = bound(index, 0, (16 >> height) - 1);
        PageBuilder.SumNode[][] memory levels = _levels();
        uint64 honest = levels[height][index].sum;
        vm.assume(lie != honest);
        levels[height][index].sum = uint64(bound(lie, 0, 60 * 1024 * 1024));
        vm.assume(levels[height][index].sum != honest);
        PageBuilder.raise(levels, height);
        _claimRoot(levels);
        _slashes(levels, height, index);
    }

    function test_a_page_size_that_is_not_its_root_s_is_slashed() public {
        claim.srcBytes += 1;
        _slashes(_levels(), 4, 0);
    }

    function test_an_optimized_size_that_is_not_its_root_s_is_slashed() public {
        claim.optBytes -= 1;
        bytes32 claimId = _reveal(claim);
        proof.proveSum(
            claim, Tree.Optimized, PageBuilder.openSum(PageBuilder.levelsOf(page.optimized), page.optimized[0], 3, 0)
        );
        _assertStatus(claimId, Status.Slashed);
    }

    function test_sums_that_wrap_around_64_bits_are_slashed() public {
        PageBuilder.SumNode[][] memory levels = _levels();
        levels[2][0].sum = type(uint64).max - 99;
        levels[2][1].sum = 100 + 5_000;
        levels[3][0] = PageBuilder.SumNode(_node(levels[2][0], levels[2][1]), 5_000);
        levels[4][0] = PageBuilder.SumNode(_node(levels[3][0], levels[3][1]), levels[3][0].sum + levels[3][1].sum);
        _claimRoot(levels);
        _slashes(levels, 3, 0);
    }

    function testFuzz_a_leaf_beyond_the_page_s_end_that_is_not_padding_is_slashed(uint8 kind, bytes32 dataHash) public {
        vm.assume(kind != 0 || dataHash != 0);
        PageBuilder.SumNode[][] memory levels = _levels();
        levels[0][12].hash = keccak256(abi.encodePacked(uint8(0), kind, uint32(0), dataHash));
        PageBuilder.raise(levels, 0);
        _claimRoot(levels);
        bytes32 claimId = _reveal(claim);
        SumOpening memory opening = _open(levels, 0, 12);
        (opening.kind, opening.dataHash) = (kind, dataHash);
        proof.proveSum(claim, Tree.Source, opening);
        _assertStatus(claimId, Status.Slashed);
    }

    function testFuzz_a_leaf_inside_the_page_without_a_legal_kind_or_size_is_slashed(uint8 kind, uint32 size) public {
        size = uint32(bound(size, 0, 1 << 20));
        vm.assume(kind == 0 || kind > 8 || size == 0 || size > 1024);
        (page.source[3].kind, page.source[3].size) = (kind, size);
        PageBuilder.SumNode[][] memory levels = _levels();
        _claimRoot(levels);
        vm.assume(claim.srcBytes >= claim.optBytes + 1024);
        // The data's hash is all that is needed of it: it may be withheld.
        bool isPadding = kind == 0 && size == 0;
        if (isPadding) page.source[3].data = hex"00";
        levels = _levels();
        _claimRoot(levels);
        _slashes(levels, 0, 3);
    }

    function test_a_single_token_s_page_has_its_leaf_for_root() public {
        BuiltPage memory one;
        one.source = new PageToken[](1);
        one.source[0] = PageToken(5, 2_000, PageBuilder.fill(2_000));
        one.optimized = new PageToken[](1);
        one.optimized[0] = PageToken(2, 4, "<br>");
        one.steps = PageBuilder.commented(1).steps;
        claim = _claimOf(one, "/one");
        (claim.n, claim.depthS, claim.trace) = (1, 0, bytes32(0));
        bytes32 claimId = _reveal(claim);
        proof.proveSum(claim, Tree.Source, PageBuilder.openSum(PageBuilder.levelsOf(one.source), one.source[0], 0, 0));
        _assertStatus(claimId, Status.Slashed);
    }

    /* STEPS */

    function _levels() private view returns (PageBuilder.SumNode[][] memory) {
        return PageBuilder.levelsOf(page.source);
    }

    function _open(PageBuilder.SumNode[][] memory levels, uint256 height, uint256 index)
        private
        view
        returns (SumOpening memory)
    {
        PageToken memory leaf = height == 0 && index < page.source.length ? page.source[index] : PageToken(0, 0, "");
        return PageBuilder.openSum(levels, leaf, height, index);
    }

    function _claimRoot(PageBuilder.SumNode[][] memory levels) private {
        claim.src = PageBuilder.rootOf(levels);
        claim.srcBytes = levels[levels.length - 1][0].sum;
    }

    function _node(PageBuilder.SumNode memory left, PageBuilder.SumNode memory right) private pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(1), left.hash, left.sum, right.hash, right.sum));
    }

    /// @dev The claim passes for honest until this very node is opened.
    function _slashes(PageBuilder.SumNode[][] memory levels, uint256 height, uint256 index) private {
        if (claim.srcBytes < claim.optBytes + 1024) claim.optBytes = 0;
        vm.assume(claim.srcBytes >= 1024);
        bytes32 claimId = _reveal(claim);
        SumOpening memory opening = _open(levels, height, index);
        vm.expectEmit(true, true, false, false, address(proof));
        emit IProofOfOptimization.ClaimSlashed(claimId, CHALLENGER, Fault.Sum, 0, 0);
        vm.prank(CHALLENGER);
        proof.proveSum(claim, Tree.Source, opening);
        _assertStatus(claimId, Status.Slashed);
    }

    function _expectRefusal(SumOpening memory opening, bytes memory refusal) private {
        vm.expectRevert(refusal);
        proof.proveSum(claim, Tree.Source, opening);
    }
}
