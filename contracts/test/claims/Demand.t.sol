// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDemands, Part, StepNodeOpening} from "../../interfaces/IDemands.sol";
import {Claim, Fault, IProofOfOptimization, Status, SumOpening, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {BuiltPage, PageBuilder, PageToken} from "../PageBuilder.sol";

/// @title Demands for a claim's data
contract DemandTest is Fixture {
    BuiltPage private page;
    PageBuilder.SumNode[][] private source;
    bytes32[][] private steps;
    Claim private claim;
    bytes32 private claimId;
    uint256 private fee;

    function setUp() public override {
        super.setUp();
        BuiltPage memory built = PageBuilder.commented(5);
        for (uint256 i = 0; i < built.source.length; ++i) {
            page.source.push(built.source[i]);
            page.steps.push(built.steps[i]);
        }
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(built.source);
        for (uint256 h = 0; h < levels.length; ++h) {
            source.push();
            for (uint256 i = 0; i < levels[h].length; ++i) {
                source[h].push(levels[h][i]);
            }
        }
        steps = PageBuilder.stepLevelsOf(built.steps);
        claim = _claimOf(built, "/");
        claimId = _reveal(claim);
        fee = proof.feeOf(claimId);
        _fund(CHALLENGER);
        _fund(STRANGER);
    }

    /* REFUSALS */

    function test_a_place_outside_the_tree_is_refused() public {
        _demandExpecting(Part.Source, 5, 0, abi.encodeWithSelector(IProofOfOptimization.PlaceOutOfRange.selector, 5, 5));
        _demandExpecting(
            Part.Source, 0, 16, abi.encodeWithSelector(IProofOfOptimization.PlaceOutOfRange.selector, 16, 16)
        );
        _demandExpecting(
            Part.Optimized, 3, 1, abi.encodeWithSelector(IProofOfOptimization.PlaceOutOfRange.selector, 1, 1)
        );
        _demandExpecting(Part.Steps, 2, 4, abi.encodeWithSelector(IProofOfOptimization.PlaceOutOfRange.selector, 4, 4));
    }

    function test_the_same_place_is_not_demanded_twice_at_once() public {
        _demand(Part.Source, 0, 3);
        bytes32 demandId = keccak256(abi.encode(claimId, Part.Source, uint8(0), uint32(3)));
        _demandExpecting(Part.Source, 0, 3, abi.encodeWithSelector(IDemands.DemandKnown.selector, demandId));
    }

    function test_nothing_is_demanded_after_the_window() public {
        uint64 deadline = uint64(block.timestamp) + WINDOW;
        skip(WINDOW);
        _demandExpecting(Part.Source, 0, 3, abi.encodeWithSelector(IDemands.DemandTooLate.selector, deadline, deadline));
    }

    function test_a_claim_has_at_most_64_open_demands() public {
        for (uint256 i = 0; i < 64; ++i) {
            Part part = i < 31 ? Part.Source : i < 62 ? Part.Steps : Part.Optimized; // 31 nodes in each of the larger
            (uint8 height, uint32 index) = _node(i % 31);
            _demand(part, height, index);
        }
        _demandExpecting(Part.Optimized, 0, 2, abi.encodeWithSelector(IDemands.DemandsTooMany.selector, claimId, 64));
        assertEq(proof.demandsOf(claimId), 64);
    }

    function test_a_demand_without_its_fee_is_refused() public {
        address poor = makeAddr("poor");
        vm.expectRevert();
        vm.prank(poor);
        proof.demand(claim, Part.Source, 0, 3);
    }

    function test_what_nobody_demanded_is_neither_answered_nor_timed_out() public {
        bytes32 demandId = keccak256(abi.encode(claimId, Part.Source, uint8(0), uint32(3)));
        bytes memory refusal = abi.encodeWithSelector(IDemands.DemandUnknown.selector, demandId);
        vm.expectRevert(refusal);
        proof.answerToken(claim, Tree.Source, PageBuilder.openToken(source, page.source[3], 3));
        vm.expectRevert(refusal);
        proof.timeout(claim, Part.Source, 0, 3);
        vm.expectRevert(refusal);
        proof.reclaim(claim, Part.Source, 0, 3);
    }

    function test_an_answer_that_is_not_of_the_tree_is_none() public {
        _demand(Part.Source, 0, 3);
        page.source[3].data[5] ^= 0x01;
        vm.expectRevert();
        proof.answerToken(claim, Tree.Source, PageBuilder.openToken(source, page.source[3], 3));
    }

    function test_a_leaf_s_hash_does_not_answer_for_its_bytes() public {
        _demand(Part.Source, 0, 3);
        SumOpening memory opening = PageBuilder.openSum(source, page.source[3], 0, 3);
        vm.expectRevert(IDemands.HeightZero.selector);
        proof.answerNode(claim, Tree.Source, opening);
    }

    function test_an_answer_of_the_other_tree_is_none() public {
        _demand(Part.Optimized, 0, 3);
        vm.expectRevert();
        proof.answerToken(claim, Tree.Source, PageBuilder.openToken(source, page.source[3], 3));
    }

    function test_an_answer_after_its_time_is_none_and_a_timeout_before_it_neither() public {
        _demand(Part.Source, 0, 3);
        uint64 deadline = uint64(block.timestamp) + ANSWER;
        skip(ANSWER - 1);
        vm.expectRevert(abi.encodeWithSelector(IDemands.DemandOpen.selector, deadline, deadline - 1));
        proof.timeout(claim, Part.Source, 0, 3);
        skip(1);
        vm.expectRevert(abi.encodeWithSelector(IDemands.DemandOverdue.selector, deadline, deadline));
        proof.answerToken(claim, Tree.Source, PageBuilder.openToken(source, page.source[3], 3));
    }

    function test_an_open_demand_keeps_a_claim_from_its_end() public {
        _attest(claim, QUORUM);
        skip(WINDOW - 1);
        _demand(Part.Source, 0, 3);
        skip(1);
        bytes memory refusal = abi.encodeWithSelector(IDemands.DemandsOpen.selector, claimId, 1);
        vm.expectRevert(refusal);
        proof.finalize(claim);
        skip(WINDOW);
        vm.expectRevert(refusal);
        proof.expire(claim);
    }

    function test_a_fee_is_not_taken_back_while_the_claim_is_pending() public {
        _demand(Part.Source, 0, 3);
        vm.expectRevert(abi.encodeWithSelector(IDemands.ClaimPending.selector, claimId));
        proof.reclaim(claim, Part.Source, 0, 3);
    }

    /* SUCCESS */

    function test_an_answer_is_paid_to_the_prover_and_the_claim_goes_on() public {
        _attest(claim, QUORUM);
        _demand(Part.Source, 0, 3);
        vm.prank(STRANGER);
        proof.answerToken(claim, Tree.Source, PageBuilder.openToken(source, page.source[3], 3));
        assertEq(proof.demandsOf(claimId), 0);
        assertEq(proof.credits(address(weth), HARVESTER), fee);
        skip(WINDOW);
        proof.finalize(claim);
        _assertStatus(claimId, Status.Final);
    }

    function test_an_honest_prover_answers_for_every_place_of_every_tree() public {
        PageBuilder.SumNode[][] memory optimized = PageBuilder.levelsOf(PageBuilder.commented(5).optimized);
        for (uint8 height = 0; height <= 4; ++height) {
            for (uint32 i = 0; i < 16 >> height; ++i) {
                _demand(Part.Source, height, i);
                _demand(Part.Steps, height, i);
                if (height == 0) {
                    proof.answerToken(claim, Tree.Source, PageBuilder.openToken(source, _token(page.source, i), i));
                    proof.answerStep(claim, PageBuilder.openStep(steps, page.steps, i));
                } else {
                    proof.answerNode(claim, Tree.Source, PageBuilder.openSum(source, _none(), height, i));
                    proof.answerStepNode(claim, _openStepNode(height, i));
                }
                if (height == 4 || i >= 8 >> height) continue;
                _demand(Part.Optimized, height, i);
                PageToken memory leaf = _token(PageBuilder.commented(5).optimized, i);
                if (height == 0) proof.answerToken(claim, Tree.Optimized, PageBuilder.openToken(optimized, leaf, i));
                else proof.answerNode(claim, Tree.Optimized, PageBuilder.openSum(optimized, _none(), height, i));
            }
        }
        assertEq(proof.demandsOf(claimId), 0);
    }

    function test_silence_is_slashed_for_the_demander() public {
        _attest(claim, 3);
        _demand(Part.Steps, 2, 1);
        skip(ANSWER);
        vm.expectEmit(address(proof));
        emit IProofOfOptimization.ClaimSlashed(claimId, CHALLENGER, Fault.Withheld, MINIMUM_BOND / 2, MINIMUM_BOND / 2);
        vm.prank(STRANGER);
        proof.timeout(claim, Part.Steps, 2, 1);
        _assertStatus(claimId, Status.Slashed);
        skip(WINDOW);
        proof.settleBounty(claim);
        assertEq(proof.credits(address(weth), CHALLENGER), fee + MINIMUM_BOND / 2);
    }

    function test_other_demanders_get_their_fees_back_from_a_slashed_claim() public {
        _demand(Part.Source, 0, 3);
        vm.prank(STRANGER);
        proof.demand(claim, Part.Source, 0, 4);
        skip(ANSWER);
        proof.timeout(claim, Part.Source, 0, 3);
        proof.reclaim(claim, Part.Source, 0, 4);
        assertEq(proof.credits(address(weth), STRANGER), fee);
        skip(WINDOW);
        proof.settleBounty(claim);
        assertEq(weth.balanceOf(address(proof)), _owed());
    }

    /// @dev Whoever misses one leaf and knows nothing but the claim finds it from the root down: each answer shows two
    /// children, and the one whose data are missing is demanded next.
    function testFuzz_bisection_ends_at_the_missing_leaf(uint256 missing) public {
        missing = bound(missing, 0, 9);
        bytes32 node = claim.src;
        for (uint8 height = 4; height > 0; --height) {
            uint32 index = uint32(missing >> height);
            _demand(Part.Source, height, index);
            SumOpening memory answer = PageBuilder.openSum(source, _none(), height, index);
            proof.answerNode(claim, Tree.Source, answer);
            bytes32 shown =
                keccak256(abi.encodePacked(uint8(1), answer.left, answer.leftSum, answer.right, answer.rightSum));
            assertEq(shown, node);
            node = (missing >> (height - 1)) & 1 == 0 ? answer.left : answer.right;
        }
        assertEq(node, PageBuilder.leafHash(page.source[missing]));
        _demand(Part.Source, 0, uint32(missing));
        skip(ANSWER);
        proof.timeout(claim, Part.Source, 0, uint32(missing));
        _assertStatus(claimId, Status.Slashed);
    }

    function testFuzz_a_pause_gives_no_less_time_to_answer(uint32 paused) public {
        _demand(Part.Source, 0, 3);
        proof.pause();
        skip(paused);
        vm.expectRevert();
        proof.timeout(claim, Part.Source, 0, 3);
        proof.unpause();
        skip(ANSWER - 1);
        proof.answerToken(claim, Tree.Source, PageBuilder.openToken(source, page.source[3], 3));
    }

    function test_demands_go_on_in_a_pause() public {
        proof.pause();
        _demand(Part.Source, 0, 3);
        proof.answerToken(claim, Tree.Source, PageBuilder.openToken(source, page.source[3], 3));
        assertEq(proof.credits(address(weth), HARVESTER), fee);
    }

    function test_all_demands_together_cost_about_the_bond() public view {
        assertEq(fee, MINIMUM_BOND / 64);
    }

    /* STEPS */

    function _demand(Part part, uint8 height, uint32 index) private {
        vm.prank(CHALLENGER);
        proof.demand(claim, part, height, index);
    }

    function _demandExpecting(Part part, uint8 height, uint32 index, bytes memory refusal) private {
        if (refusal.length == 0) vm.expectRevert();
        else vm.expectRevert(refusal);
        vm.prank(CHALLENGER);
        proof.demand(claim, part, height, index);
    }

    function _owed() private view returns (uint256) {
        return proof.burntWei() + proof.credits(address(weth), CHALLENGER) + proof.credits(address(weth), STRANGER)
            + proof.credits(address(weth), HARVESTER);
    }

    /// @dev Nodes of a tree of depth four, numbered from its leaves up.
    function _node(uint256 number) private pure returns (uint8 height, uint32 index) {
        index = uint32(number);
        while (index >= 16 >> height) {
            index -= uint32(16 >> height);
            ++height;
        }
    }

    function _none() private pure returns (PageToken memory) {
        return PageToken(0, 0, "");
    }

    function _token(PageToken[] memory tokens, uint256 index) private pure returns (PageToken memory) {
        return index < tokens.length ? tokens[index] : _none();
    }

    function _openStepNode(uint8 height, uint32 index) private view returns (StepNodeOpening memory opening) {
        (opening.height, opening.index) = (height, index);
        (opening.left, opening.right) = (steps[height - 1][2 * index], steps[height - 1][2 * index + 1]);
        opening.siblings = new bytes32[](4 - height);
        for (uint256 h = height; h < 4; ++h) {
            opening.siblings[h - height] = steps[h][(index >> (h - height)) ^ 1];
        }
    }
}
