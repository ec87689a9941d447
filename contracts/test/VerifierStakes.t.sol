// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";

import {Part} from "../interfaces/IDemands.sol";
import {Claim, IProofOfOptimization, Tree} from "../interfaces/IProofOfOptimization.sol";
import {Attestation, IVerifierStakes} from "../interfaces/IVerifierStakes.sol";
import {VerifierStakes} from "../VerifierStakes.sol";
import {Fixture} from "./Fixture.sol";
import {PageBuilder, PageToken} from "./PageBuilder.sol";

contract VerifierStakesTest is Fixture {
    Claim private first;
    Claim private second;

    function setUp() public override {
        super.setUp();
        first = _claimOf(PageBuilder.commented(5), "/");
        second = _claimOf(PageBuilder.commented(6), "/");
    }

    /* REFUSALS */

    function test_nobody_is_seated_without_the_role_or_without_the_stake() public {
        stakes.stakeFor(STRANGER, STAKE);
        assertFalse(proof.isVerifier(STRANGER));
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.VerifierNotAdmitted.selector, STRANGER));
        stakes.join(STRANGER);
        authority.grantRole(VERIFIER, CHALLENGER, 0);
        stakes.stakeFor(CHALLENGER, STAKE - 1);
        assertFalse(proof.isVerifier(CHALLENGER));
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.StakeShort.selector, CHALLENGER, STAKE - 1, STAKE));
        stakes.join(CHALLENGER);
    }

    function test_nothing_is_no_stake() public {
        vm.expectRevert(IVerifierStakes.StakeZero.selector);
        stakes.stakeFor(STRANGER, 0);
        vm.expectRevert(IVerifierStakes.StakeZero.selector);
        vm.prank(STRANGER);
        stakes.leave();
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.StakeNotLeaving.selector, verifiers[0]));
        stakes.release(verifiers[0]);
    }

    function test_who_has_no_stake_left_cannot_lose_it_and_a_canary_is_registered_once() public {
        uint64 now_ = uint64(block.timestamp);
        stakes.reportEquivocation(verifiers[0], _vote(0, first, 7, now_), _vote(0, second, 7, now_));
        (first.pageKey, second.pageKey) = (keccak256("another page"), keccak256("another page"));
        _reportExpecting(
            _vote(0, first, 7, now_),
            _vote(0, second, 7, now_),
            abi.encodeWithSelector(IVerifierStakes.StakeZero.selector)
        );
        stakes.registerCanary("commitment");
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.CanaryKnown.selector, bytes32("commitment")));
        stakes.registerCanary("commitment");
    }

    function test_a_stake_is_held_until_its_time() public {
        vm.prank(verifiers[0]);
        stakes.leave();
        assertFalse(proof.isVerifier(verifiers[0]));
        uint64 freeAt = uint64(block.timestamp) + UNBONDING;
        skip(UNBONDING - 1);
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.StakeLocked.selector, verifiers[0], freeAt, freeAt - 1));
        stakes.release(verifiers[0]);
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.StakeLeaving.selector, verifiers[0], freeAt));
        stakes.join(verifiers[0]);
    }

    function test_a_verifier_with_its_role_is_not_expelled() public {
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.VerifierStillAdmitted.selector, verifiers[0]));
        stakes.expel(verifiers[0]);
    }

    function test_an_unbonding_time_of_a_second_is_for_development_chains_alone() public {
        vm.chainId(1);
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.UnbondingTooShort.selector, 1, 14 days));
        new VerifierStakes(address(authority), weth, proof, 1);
    }

    function test_a_stranger_registers_no_canary_and_sets_no_stake() public {
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER);
        vm.startPrank(STRANGER);
        vm.expectRevert(refusal);
        stakes.registerCanary("commitment");
        vm.expectRevert(refusal);
        stakes.setMinimumStake(0);
    }

    function test_the_same_source_another_page_another_time_or_unserved_is_no_equivocation() public {
        bytes memory refusal = abi.encodeWithSelector(IVerifierStakes.NotEquivocal.selector);
        uint64 now_ = uint64(block.timestamp / 600 * 600);
        _reportExpecting(_vote(0, first, 7, now_), _vote(0, first, 7, now_), refusal);
        _reportExpecting(_vote(0, first, 7, now_), _vote(0, second, 6, now_), refusal);
        _reportExpecting(_vote(0, first, 7, now_), _vote(0, second, 7, now_ + 600), refusal);
        second.pageKey = keccak256("another page");
        _reportExpecting(_vote(0, first, 7, now_), _vote(0, second, 7, now_), refusal);
    }

    function test_what_another_signed_is_not_held_against_a_verifier() public {
        uint64 now_ = uint64(block.timestamp);
        _reportExpecting(
            _vote(1, first, 7, now_),
            _vote(1, second, 7, now_),
            abi.encodeWithSelector(IProofOfOptimization.SignatureWrong.selector, verifiers[0])
        );
    }

    function test_an_offence_counts_once_even_against_a_new_stake() public {
        uint64 now_ = uint64(block.timestamp);
        (Attestation memory a, Attestation memory b) = (_vote(0, first, 7, now_), _vote(0, second, 7, now_));
        stakes.reportEquivocation(verifiers[0], a, b);
        stakes.stakeFor(verifiers[0], STAKE);
        bytes32 offence = keccak256(abi.encode(verifiers[0], first.pageKey, now_ / 600));
        _reportExpecting(b, a, abi.encodeWithSelector(IVerifierStakes.OffenceKnown.selector, offence));
    }

    function test_a_claim_that_is_not_proven_false_is_no_canary() public {
        bytes32 claimId = _canary();
        Attestation memory vote = _vote(0, first, 7, uint64(block.timestamp));
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.CanaryNotProven.selector, claimId));
        stakes.reportCanary(first, SALT, verifiers[0], vote);
    }

    function test_silence_is_no_canary() public {
        bytes32 claimId = _canary();
        _fund(CHALLENGER);
        vm.prank(CHALLENGER);
        proof.demand(first, Part.Source, 0, 0);
        skip(ANSWER);
        proof.timeout(first, Part.Source, 0, 0);
        Attestation memory vote = _vote(0, first, 7, uint64(block.timestamp));
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.CanaryNotProven.selector, claimId));
        stakes.reportCanary(first, SALT, verifiers[0], vote);
    }

    function test_a_lie_that_nobody_registered_before_is_no_canary() public {
        ++first.srcBytes;
        bytes32 claimId = _reveal(first);
        _prove();
        bytes32 commitment = keccak256(abi.encode(claimId, SALT));
        Attestation memory vote = _vote(0, first, 7, uint64(block.timestamp));
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.CanaryUnknown.selector, commitment));
        stakes.reportCanary(first, SALT, verifiers[0], vote);
        stakes.registerCanary(commitment);
        vm.expectRevert(
            abi.encodeWithSelector(IVerifierStakes.CanaryTooYoung.selector, commitment, block.number, block.number)
        );
        stakes.reportCanary(first, SALT, verifiers[0], vote);
    }

    function test_a_vote_that_says_nothing_of_the_data_is_harmless() public {
        _canary();
        _prove();
        Attestation memory vote = _vote(0, first, 3, uint64(block.timestamp));
        vm.expectRevert(abi.encodeWithSelector(IVerifierStakes.VoteHarmless.selector, 3));
        stakes.reportCanary(first, SALT, verifiers[0], vote);
    }

    /* SUCCESS */

    function test_two_sources_at_once_cost_the_stake_and_the_seat() public {
        uint64 now_ = uint64(block.timestamp / 600 * 600);
        (Attestation memory a, Attestation memory b) = (_vote(0, first, 7, now_), _vote(0, second, 1, now_ + 599));
        vm.prank(STRANGER);
        stakes.reportEquivocation(verifiers[0], a, b);
        assertFalse(proof.isVerifier(verifiers[0]));
        assertEq(stakes.credits(address(weth), STRANGER), STAKE / 2);
        assertEq(stakes.burntWei(), STAKE / 2);
        (uint256 stakeWei,) = stakes.stakeOf(verifiers[0]);
        assertEq(stakeWei, 0);
    }

    function test_whoever_signed_a_canary_loses_its_stake_and_its_votes() public {
        _canary();
        _attest(first, 2);
        _prove();
        for (uint256 i = 0; i < 2; ++i) {
            stakes.reportCanary(first, SALT, verifiers[i], _vote(i, first, 7, uint64(block.timestamp)));
            assertFalse(proof.isVerifier(verifiers[i]));
        }
        assertTrue(proof.isVerifier(verifiers[2]));
        assertEq(stakes.credits(address(weth), address(this)), STAKE);
    }

    function test_a_verifier_that_left_is_still_slashed_until_its_stake_is_free() public {
        vm.prank(verifiers[0]);
        stakes.leave();
        uint64 now_ = uint64(block.timestamp);
        stakes.reportEquivocation(verifiers[0], _vote(0, first, 7, now_), _vote(0, second, 7, now_));
        assertEq(stakes.burntWei(), STAKE / 2);
    }

    function test_a_stake_comes_back_to_its_verifier_and_the_money_adds_up() public {
        vm.prank(verifiers[0]);
        stakes.leave();
        skip(UNBONDING);
        stakes.release(verifiers[0]);
        stakes.withdraw(address(weth), verifiers[0]);
        assertEq(weth.balanceOf(verifiers[0]), STAKE);
        assertEq(weth.balanceOf(address(stakes)), 2 * STAKE);
    }

    function test_a_verifier_whose_role_was_taken_is_expelled_by_anyone() public {
        authority.revokeRole(VERIFIER, verifiers[0]);
        vm.prank(STRANGER);
        stakes.expel(verifiers[0]);
        assertFalse(proof.isVerifier(verifiers[0]));
    }

    function test_a_role_that_comes_after_the_stake_seats_by_join() public {
        stakes.stakeFor(STRANGER, STAKE);
        authority.grantRole(VERIFIER, STRANGER, 0);
        stakes.join(STRANGER);
        assertTrue(proof.isVerifier(STRANGER));
    }

    /* STEPS */

    /// @dev A claim that is a byte too large, registered first.
    function _canary() private returns (bytes32 claimId) {
        ++first.srcBytes;
        stakes.registerCanary(keccak256(abi.encode(proof.claimIdOf(first), SALT)));
        return _reveal(first);
    }

    function _prove() private {
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(PageBuilder.commented(5).source);
        vm.prank(CHALLENGER);
        proof.proveSum(first, Tree.Source, PageBuilder.openSum(levels, PageToken(0, 0, ""), 4, 0));
    }

    function _vote(uint256 who, Claim memory claim, uint8 bits, uint64 observedAt)
        private
        view
        returns (Attestation memory)
    {
        return Attestation(
            proof.claimIdOf(claim),
            claim.pageKey,
            claim.src,
            bits,
            observedAt,
            _sign(verifierKeys[who], claim, bits, observedAt)
        );
    }

    function _reportExpecting(Attestation memory a, Attestation memory b, bytes memory refusal) private {
        vm.expectRevert(refusal);
        stakes.reportEquivocation(verifiers[0], a, b);
    }
}
