// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {Claim, IProofOfOptimization, Status} from "../../interfaces/IProofOfOptimization.sol";
import {ISettings} from "../../interfaces/ISettings.sol";
import {Fixture} from "../Fixture.sol";
import {PageBuilder} from "../PageBuilder.sol";

contract RevealTest is Fixture {
    Claim private claim;

    function setUp() public override {
        super.setUp();
        claim = _claimOf(PageBuilder.commented(5), "/");
    }

    /* REFUSALS: THE COMMITMENT */

    function test_a_claim_that_was_not_committed_is_refused() public {
        bytes32 commitment = keccak256(abi.encode(proof.claimIdOf(claim), SALT, HARVESTER));
        _expect(abi.encodeWithSelector(IProofOfOptimization.CommitmentUnknown.selector, commitment));
    }

    function test_a_claim_of_this_very_block_is_refused() public {
        bytes32 commitment = keccak256(abi.encode(proof.claimIdOf(claim), SALT, HARVESTER));
        proof.commit(commitment);
        _expect(abi.encodeWithSelector(IProofOfOptimization.CommitmentTooYoung.selector, commitment, block.number));
    }

    function test_a_claim_later_than_an_hour_is_refused() public {
        bytes32 commitment = keccak256(abi.encode(proof.claimIdOf(claim), SALT, HARVESTER));
        uint64 committedAt = uint64(block.timestamp);
        _commit(claim);
        vm.warp(committedAt + 1 hours + 1);
        _expect(
            abi.encodeWithSelector(IProofOfOptimization.CommitmentExpired.selector, commitment, committedAt + 1 hours)
        );
    }

    function test_a_seen_claim_cannot_be_revealed_by_another() public {
        _commit(claim);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.NotProver.selector, HARVESTER, STRANGER));
        vm.prank(STRANGER);
        proof.reveal(claim, SALT);
    }

    /* REFUSALS: THE SHAPE */

    function test_a_saving_below_a_kib_is_refused() public {
        claim.optBytes = claim.srcBytes - 1023;
        _commit(claim);
        _expect(
            abi.encodeWithSelector(IProofOfOptimization.SavingTooSmall.selector, claim.srcBytes, claim.optBytes, 1024)
        );
    }

    function test_a_page_that_grew_is_refused() public {
        claim.optBytes = claim.srcBytes + 1;
        _commit(claim);
        _expect(
            abi.encodeWithSelector(IProofOfOptimization.SavingTooSmall.selector, claim.srcBytes, claim.optBytes, 1024)
        );
    }

    function test_a_page_beyond_64_mib_is_refused() public {
        claim.srcBytes = 64 * 1024 * 1024 + 1;
        _commit(claim);
        _expect(abi.encodeWithSelector(IProofOfOptimization.PageTooLarge.selector, claim.srcBytes, 64 * 1024 * 1024));
    }

    function test_more_attested_bytes_than_were_saved_are_refused() public {
        claim.attestedBytes = claim.srcBytes - claim.optBytes + 1;
        _commit(claim);
        _expect(
            abi.encodeWithSelector(
                IProofOfOptimization.AttestedTooMany.selector, claim.attestedBytes, claim.attestedBytes - 1
            )
        );
    }

    function test_a_page_without_tokens_is_refused() public {
        claim.m = 0;
        _commit(claim);
        _expect(abi.encodeWithSelector(IProofOfOptimization.TokenCountZero.selector));
    }

    function testFuzz_a_depth_that_is_not_the_smallest_is_refused(uint32 n, uint8 depth) public {
        n = uint32(bound(n, 1, type(uint32).max));
        uint8 expected = PageBuilder.depthOf(n);
        vm.assume(depth != expected);
        (claim.n, claim.depthS) = (n, depth);
        _commit(claim);
        _expect(abi.encodeWithSelector(IProofOfOptimization.DepthWrong.selector, n, depth, expected));
    }

    function test_an_unknown_rule_set_is_refused() public {
        claim.ruleset = 2;
        _commit(claim);
        _expect(abi.encodeWithSelector(ISettings.RulesetUnknown.selector, 2));
    }

    /* REFUSALS: WHAT IS TAKEN */

    function test_a_claim_cannot_be_revealed_twice() public {
        bytes32 claimId = _reveal(claim);
        _commit(claim);
        _expect(abi.encodeWithSelector(IProofOfOptimization.ClaimKnown.selector, claimId, Status.Pending));
    }

    function test_a_source_with_a_pending_claim_is_taken() public {
        bytes32 claimId = _reveal(claim);
        Claim memory second = claim;
        second.pageKey = keccak256("another page");
        _commit(second);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.SourceTaken.selector, claim.src, claimId));
        vm.prank(HARVESTER);
        proof.reveal(second, SALT);
    }

    function test_a_page_with_a_pending_claim_is_busy() public {
        _reveal(claim);
        Claim memory second = claim;
        second.src = keccak256("another version of the page");
        _commit(second);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.PageBusy.selector, claim.pageKey));
        vm.prank(HARVESTER);
        proof.reveal(second, SALT);
    }

    /* REFUSALS: THE BOND */

    function test_a_claim_without_a_bond_is_refused() public {
        vm.prank(HARVESTER);
        weth.approve(address(proof), MINIMUM_BOND - 1);
        _commit(claim);
        _expect(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(proof), MINIMUM_BOND - 1, MINIMUM_BOND
            )
        );
    }

    function test_nothing_is_revealed_in_a_pause() public {
        _commit(claim);
        proof.pause();
        _expect(abi.encodeWithSelector(ISettings.IsPaused.selector));
    }

    /* SUCCESS */

    function test_a_revealed_claim_is_pending_with_its_bond() public {
        _commit(claim);
        bytes32 claimId = proof.claimIdOf(claim);
        vm.expectEmit();
        emit IProofOfOptimization.ClaimRevealed(
            claimId, HARVESTER, DOMAIN, claim, MINIMUM_BOND, uint64(block.timestamp) + WINDOW
        );
        vm.prank(HARVESTER);
        assertEq(proof.reveal(claim, SALT), claimId);
        _assertStatus(claimId, Status.Pending);
        assertEq(proof.deadlineOf(claimId), block.timestamp + WINDOW);
        assertEq(proof.claimOfSource(claim.src), claimId);
        assertEq(weth.balanceOf(address(proof)), MINIMUM_BOND);
    }

    function test_a_claim_at_the_last_second_of_its_hour_is_taken() public {
        uint64 committedAt = uint64(block.timestamp);
        _commit(claim);
        vm.warp(committedAt + 1 hours);
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
    }

    function testFuzz_the_bond_is_four_times_what_could_be_earned(uint64 srcBytes, uint64 optBytes, uint256 price)
        public
    {
        srcBytes = uint64(bound(srcBytes, 1024, 64 * 1024 * 1024));
        optBytes = uint64(bound(optBytes, 0, srcBytes - 1024));
        price = bound(price, 0, 10 ether);
        proof.setParameters(WINDOW, QUORUM, MINIMUM_BOND, price, ANSWER);
        uint256 reward = registry.rewardOf(HARVESTER, DOMAIN, srcBytes - optBytes);

        uint256 bond = proof.bondOf(srcBytes, optBytes, DOMAIN, HARVESTER);

        assertGe(bond, MINIMUM_BOND);
        assertGe(bond * 1e18, 4 * reward * price);
        if (bond > MINIMUM_BOND) assertLt((bond - 1) * 1e18, 4 * reward * price);
    }

    function _expect(bytes memory refusal) private {
        vm.expectRevert(refusal);
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
    }
}
