// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IChallenges} from "../../interfaces/IChallenges.sol";
import {Claim, IProofOfOptimization, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {PageBuilder, PageToken} from "../PageBuilder.sol";

/// @title Who gets the bounty
contract ChallengeTest is Fixture {
    Claim private claim;
    bytes32 private claimId;
    bytes private fault;
    address private immutable THIEF = makeAddr("thief");

    function setUp() public override {
        super.setUp();
        claim = _claimOf(PageBuilder.commented(5), "/");
        claim.srcBytes += 1;
        claimId = _reveal(claim);
        fault = _proofOf(claim);
    }

    /* REFUSALS */

    function test_a_commitment_is_made_once() public {
        bytes32 commitment = _commitAs(CHALLENGER, SALT);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.ChallengeKnown.selector, commitment));
        proof.commitChallenge(commitment);
    }

    function test_nothing_is_revealed_before_the_claim_is_slashed() public {
        _commitAs(CHALLENGER, SALT);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.ClaimNotSlashed.selector, claimId));
        vm.prank(CHALLENGER);
        proof.revealChallenge(claim, fault, SALT);
    }

    function test_whoever_committed_in_the_block_of_the_proof_has_no_share() public {
        bytes32 commitment = _commitAs(THIEF, SALT);
        _slash(CHALLENGER);
        vm.expectRevert(
            abi.encodeWithSelector(IChallenges.ChallengeTooYoung.selector, commitment, block.number, block.number)
        );
        vm.prank(THIEF);
        proof.revealChallenge(claim, fault, SALT);
    }

    function test_a_commitment_of_another_is_none() public {
        _commitAs(CHALLENGER, SALT);
        vm.roll(block.number + 1);
        _slash(THIEF);
        bytes32 own = keccak256(abi.encode(claimId, keccak256(fault), SALT, THIEF));
        vm.expectRevert(abi.encodeWithSelector(IChallenges.ChallengeUnknown.selector, own));
        vm.prank(THIEF);
        proof.revealChallenge(claim, fault, SALT);
    }

    function test_a_commitment_to_no_fault_has_no_share() public {
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(PageBuilder.commented(5).source);
        bytes memory harmless = abi.encodeCall(
            proof.proveSum,
            (
                claim,
                Tree.Optimized,
                PageBuilder.openSum(PageBuilder.levelsOf(PageBuilder.commented(5).optimized), _none(), 3, 0)
            )
        );
        assertEq(levels.length, 5);
        _commitTo(THIEF, harmless, SALT);
        vm.roll(block.number + 1);
        _slash(CHALLENGER);
        vm.expectRevert(IProofOfOptimization.NoFault.selector);
        vm.prank(THIEF);
        proof.revealChallenge(claim, harmless, SALT);
    }

    function test_a_proof_against_another_claim_has_no_share() public {
        Claim memory other = _claimOf(PageBuilder.commented(6), "/other");
        other.srcBytes += 1;
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(PageBuilder.commented(6).source);
        bytes memory foreign =
            abi.encodeCall(proof.proveSum, (other, Tree.Source, PageBuilder.openSum(levels, _none(), 4, 0)));
        _commitTo(THIEF, foreign, SALT);
        vm.roll(block.number + 1);
        _slash(CHALLENGER);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.ProofForeign.selector, claimId));
        vm.prank(THIEF);
        proof.revealChallenge(claim, foreign, SALT);
    }

    function test_a_challenger_shares_once() public {
        _commitAs(CHALLENGER, SALT);
        _commitAs(CHALLENGER, "another");
        vm.roll(block.number + 1);
        _slash(THIEF);
        vm.startPrank(CHALLENGER);
        proof.revealChallenge(claim, fault, SALT);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.ChallengerKnown.selector, claimId, CHALLENGER));
        proof.revealChallenge(claim, fault, "another");
    }

    function test_a_commitment_is_spent_by_its_reveal() public {
        bytes32 commitment = _commitAs(CHALLENGER, SALT);
        vm.roll(block.number + 1);
        _slash(THIEF);
        vm.startPrank(CHALLENGER);
        proof.revealChallenge(claim, fault, SALT);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.ChallengeUnknown.selector, commitment));
        proof.revealChallenge(claim, fault, SALT);
    }

    function test_a_ninth_challenger_comes_too_late() public {
        for (uint256 i = 0; i < 9; ++i) {
            _commitAs(vm.addr(i + 1), SALT);
        }
        vm.roll(block.number + 1);
        _slash(THIEF);
        for (uint256 i = 0; i < 8; ++i) {
            vm.prank(vm.addr(i + 1));
            proof.revealChallenge(claim, fault, SALT);
        }
        vm.expectRevert(abi.encodeWithSelector(IChallenges.ChallengersTooMany.selector, claimId, 8));
        vm.prank(vm.addr(9));
        proof.revealChallenge(claim, fault, SALT);
    }

    function test_nothing_is_revealed_after_the_time_for_it_and_nothing_shared_before() public {
        _commitAs(CHALLENGER, SALT);
        vm.roll(block.number + 1);
        _slash(THIEF);
        uint64 deadline = uint64(block.timestamp) + WINDOW;
        skip(WINDOW - 1);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.BountyOpen.selector, deadline, deadline - 1));
        proof.settleBounty(claim);
        skip(1);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.BountyOver.selector, deadline, deadline));
        vm.prank(CHALLENGER);
        proof.revealChallenge(claim, fault, SALT);
    }

    function test_a_bounty_is_shared_once() public {
        _slash(CHALLENGER);
        skip(WINDOW);
        proof.settleBounty(claim);
        vm.expectRevert(abi.encodeWithSelector(IChallenges.BountySettled.selector, claimId));
        proof.settleBounty(claim);
    }

    function test_a_claim_that_is_not_slashed_has_no_bounty() public {
        vm.expectRevert(abi.encodeWithSelector(IChallenges.ClaimNotSlashed.selector, claimId));
        proof.settleBounty(claim);
        (address opener, uint256 bountyWei, uint64 deadline) = proof.bountyOf(claimId);
        assertEq(opener, address(0));
        assertEq(bountyWei, 0);
        assertEq(deadline, 0);
    }

    /* SUCCESS */

    function test_a_copied_proof_slashes_but_earns_nothing_where_somebody_had_committed() public {
        _commitAs(CHALLENGER, SALT);
        vm.roll(block.number + 1);
        _slash(THIEF);
        vm.prank(CHALLENGER);
        proof.revealChallenge(claim, fault, SALT);
        skip(WINDOW);
        proof.settleBounty(claim);
        assertEq(proof.credits(address(weth), THIEF), 0);
        assertEq(proof.credits(address(weth), CHALLENGER), MINIMUM_BOND / 2);
        assertEq(proof.burntWei(), MINIMUM_BOND / 2);
    }

    function test_a_proof_without_a_commitment_earns_where_nobody_had_committed() public {
        _slash(STRANGER);
        skip(WINDOW);
        proof.settleBounty(claim);
        assertEq(proof.credits(address(weth), STRANGER), MINIMUM_BOND / 2);
    }

    function testFuzz_challengers_share_equally_and_no_wei_is_lost(uint256 count, uint256 bondWei) public {
        count = bound(count, 1, 8);
        proof.setParameters(WINDOW, QUORUM, bound(bondWei, 1, 100 ether), 0, ANSWER);
        claim = _claimOf(PageBuilder.commented(7), "/odd");
        claim.srcBytes += 1;
        claimId = _reveal(claim);
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(PageBuilder.commented(7).source);
        fault = abi.encodeCall(proof.proveSum, (claim, Tree.Source, PageBuilder.openSum(levels, _none(), 4, 0)));
        for (uint256 i = 0; i < count; ++i) {
            _commitAs(vm.addr(i + 1), SALT);
        }
        vm.roll(block.number + 1);
        _slash(THIEF);
        (, uint256 bountyWei,) = proof.bountyOf(claimId);
        for (uint256 i = 0; i < count; ++i) {
            vm.prank(vm.addr(i + 1));
            proof.revealChallenge(claim, fault, SALT);
        }
        skip(WINDOW);
        proof.settleBounty(claim);
        uint256 sharedWei = 0;
        for (uint256 i = 0; i < count; ++i) {
            uint256 shareWei = proof.credits(address(weth), vm.addr(i + 1));
            assertApproxEqAbs(shareWei, bountyWei / count, count);
            sharedWei += shareWei;
        }
        assertEq(sharedWei, bountyWei);
        assertEq(proof.challengersOf(claimId).length, count);
    }

    function testFuzz_a_pause_never_shortens_the_time_to_reveal(uint32 paused) public {
        _commitAs(CHALLENGER, SALT);
        vm.roll(block.number + 1);
        _slash(THIEF);
        proof.pause();
        skip(paused);
        (,, uint64 deadline) = proof.bountyOf(claimId);
        assertEq(deadline, block.timestamp + WINDOW);
        proof.unpause();
        skip(WINDOW - 1);
        vm.prank(CHALLENGER);
        proof.revealChallenge(claim, fault, SALT);
    }

    function test_a_long_window_still_gives_challengers_half_an_hour() public {
        proof.setParameters(7 days, QUORUM, MINIMUM_BOND, PRICE, ANSWER);
        claim = _claimOf(PageBuilder.commented(6), "/long");
        claim.srcBytes += 1;
        claimId = _reveal(claim);
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(PageBuilder.commented(6).source);
        fault = abi.encodeCall(proof.proveSum, (claim, Tree.Source, PageBuilder.openSum(levels, _none(), 4, 0)));
        _slash(CHALLENGER);
        (,, uint64 deadline) = proof.bountyOf(claimId);
        assertEq(deadline, block.timestamp + 30 minutes);
    }

    /* STEPS */

    function _none() private pure returns (PageToken memory) {
        return PageToken(0, 0, "");
    }

    function _proofOf(Claim memory lie) private view returns (bytes memory) {
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(PageBuilder.commented(5).source);
        return abi.encodeCall(proof.proveSum, (lie, Tree.Source, PageBuilder.openSum(levels, _none(), 4, 0)));
    }

    function _commitAs(address challenger, bytes32 salt) private returns (bytes32) {
        return _commitTo(challenger, fault, salt);
    }

    function _commitTo(address challenger, bytes memory call, bytes32 salt) private returns (bytes32 commitment) {
        commitment = keccak256(abi.encode(claimId, keccak256(call), salt, challenger));
        vm.prank(challenger);
        proof.commitChallenge(commitment);
    }

    function _slash(address opener) private {
        vm.prank(opener);
        (bool isDone,) = address(proof).call(fault);
        assertTrue(isDone);
    }
}
