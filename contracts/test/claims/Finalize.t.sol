// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Biome} from "../../interfaces/IOptimizationRegistry.sol";
import {Claim, IProofOfOptimization, Status} from "../../interfaces/IProofOfOptimization.sol";
import {ISettings} from "../../interfaces/ISettings.sol";
import {Fixture} from "../Fixture.sol";
import {PageBuilder} from "../PageBuilder.sol";

contract FinalizeTest is Fixture {
    Claim private claim;

    function setUp() public override {
        super.setUp();
        claim = _claimOf(PageBuilder.commented(5), "/");
    }

    /* REFUSALS */

    function test_an_open_window_refuses() public {
        bytes32 claimId = _reveal(claim);
        _attest(claim, 3);
        uint64 deadline = uint64(block.timestamp) + WINDOW;
        skip(WINDOW - 1);
        vm.expectRevert(
            abi.encodeWithSelector(IProofOfOptimization.ChallengeWindowOpen.selector, deadline, deadline - 1)
        );
        proof.finalize(claim);
        _assertStatus(claimId, Status.Pending);
    }

    function test_too_few_votes_refuse() public {
        _reveal(claim);
        _attest(claim, 1);
        skip(WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.QuorumMissing.selector, 1, 2));
        proof.finalize(claim);
    }

    function test_a_claim_is_finalized_once() public {
        bytes32 claimId = _ripen(claim);
        proof.finalize(claim);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.ClaimNotPending.selector, claimId, Status.Final));
        proof.finalize(claim);
    }

    function test_nothing_is_finalized_in_a_pause() public {
        _ripen(claim);
        proof.pause();
        vm.expectRevert(ISettings.IsPaused.selector);
        proof.finalize(claim);
    }

    function test_a_paid_source_never_pays_again() public {
        bytes32 claimId = _ripen(claim);
        proof.finalize(claim);
        Claim memory second = claim;
        (second.pageKey, second.evidence) = (keccak256("mirror"), keccak256("other"));
        _commit(second);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.SourceTaken.selector, claim.src, claimId));
        vm.prank(HARVESTER);
        proof.reveal(second, SALT);
    }

    function test_a_page_that_was_paid_pays_no_byte_twice() public {
        _ripen(claim);
        proof.finalize(claim);
        Claim memory second = _claimOf(PageBuilder.commented(9), "/");
        (second.pageKey, second.optBytes) = (claim.pageKey, claim.optBytes);
        _commit(second);
        vm.expectRevert(
            abi.encodeWithSelector(IProofOfOptimization.SavingTooSmall.selector, claim.optBytes, claim.optBytes, 1024)
        );
        vm.prank(HARVESTER);
        proof.reveal(second, SALT);
    }

    /* SUCCESS */

    function test_a_ripe_claim_is_paid_and_its_bond_comes_back() public {
        bytes32 claimId = _ripen(claim);
        uint64 saved = claim.srcBytes - claim.optBytes;
        uint256 reward = uint256(saved) * 0.2e18 / 1024;
        vm.expectEmit(address(proof));
        emit IProofOfOptimization.ClaimFinalized(claimId, HARVESTER, DOMAIN, saved, reward, 2);
        proof.finalize(claim);

        _assertStatus(claimId, Status.Final);
        (uint64 best, bool isBusy) = proof.pageOf(claim.pageKey);
        assertEq(best, claim.optBytes);
        assertFalse(isBusy);
        assertEq(proof.credits(address(weth), HARVESTER), MINIMUM_BOND);
        assertEq(registry.verifiedBytesOf(HARVESTER), saved);
        (Status status, uint256 rewardWei) = proof.outcomeOf(claimId);
        assertEq(uint256(status), uint256(Status.Final));
        assertEq(rewardWei, reward);
    }

    function test_a_better_version_of_a_page_pays_the_difference_alone() public {
        claim.optBytes = claim.srcBytes - 1024;
        _ripen(claim);
        proof.finalize(claim);

        Claim memory second = _claimOf(PageBuilder.commented(9), "/");
        (second.pageKey, second.optBytes) = (claim.pageKey, claim.optBytes - 1100);
        bytes32 claimId = _ripen(second);
        uint256 reward = uint256(1100) * 0.2e18 / 1024 / 2; // the second of this host in thirty days
        vm.expectEmit(address(proof));
        emit IProofOfOptimization.ClaimFinalized(claimId, HARVESTER, DOMAIN, 1100, reward, 2);
        proof.finalize(second);
    }

    function test_a_reward_never_exceeds_what_the_bond_was_sized_by() public {
        bytes32 claimId = _ripen(claim);
        uint256 atReveal = registry.rewardOf(HARVESTER, DOMAIN, claim.srcBytes - claim.optBytes);
        registry.registerHost(HOST, address(this), Biome.PRODUCTION);
        assertGt(registry.rewardOf(HARVESTER, DOMAIN, claim.srcBytes - claim.optBytes), atReveal);
        proof.finalize(claim);
        (, uint256 rewardWei) = proof.outcomeOf(claimId);
        assertEq(rewardWei, atReveal);
    }

    function testFuzz_attested_bytes_count_by_their_weight_and_never_in_full(uint64 attested, uint8 percent) public {
        uint64 saved = claim.srcBytes - claim.optBytes;
        claim.attestedBytes = uint64(bound(attested, 0, saved));
        proof.setAttestedPercent(1, percent = uint8(bound(percent, 0, 25)));
        bytes32 claimId = _ripen(claim);
        proof.finalize(claim);
        uint64 counted = saved - claim.attestedBytes + claim.attestedBytes * percent / 100;
        assertEq(registry.verifiedBytesOf(HARVESTER), counted);
        (, uint256 rewardWei) = proof.outcomeOf(claimId);
        assertEq(rewardWei, uint256(counted) * 0.2e18 / 1024);
    }

    function test_a_reward_that_decayed_to_nothing_still_gives_the_bond_back() public {
        authority.grantRole(RECORDER, address(this), 0);
        bytes32 claimId = _ripen(claim);
        for (uint256 i = 0; i < 60; ++i) {
            registry.recordSaving(STRANGER, DOMAIN, 0, 1);
        }
        proof.finalize(claim);
        _assertStatus(claimId, Status.Final);
        (, uint256 rewardWei) = proof.outcomeOf(claimId);
        assertEq(rewardWei, 0);
        assertEq(proof.credits(address(weth), HARVESTER), MINIMUM_BOND);
    }
}
