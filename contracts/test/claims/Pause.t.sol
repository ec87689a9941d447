// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, IProofOfOptimization, Status} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {PageBuilder} from "../PageBuilder.sol";

contract PauseTest is Fixture {
    Claim private claim;

    function setUp() public override {
        super.setUp();
        claim = _claimOf(PageBuilder.commented(5), "/");
    }

    function testFuzz_a_pause_never_shortens_a_window(uint32 before, uint32 paused, uint32 again) public {
        before = uint32(bound(before, 0, WINDOW - 1));
        bytes32 claimId = _reveal(claim);
        uint256 revealedAt = block.timestamp;
        _attest(claim, QUORUM);
        skip(before);
        proof.pause();
        skip(paused);
        assertEq(proof.deadlineOf(claimId), revealedAt + WINDOW + paused);
        proof.unpause();
        proof.pause();
        skip(again);
        proof.unpause();

        uint256 deadline = revealedAt + WINDOW + paused + again;
        assertEq(proof.deadlineOf(claimId), deadline);
        vm.warp(deadline - 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IProofOfOptimization.ChallengeWindowOpen.selector, revealedAt + WINDOW, revealedAt + WINDOW - 1
            )
        );
        proof.finalize(claim);
        vm.warp(deadline);
        proof.finalize(claim);
        _assertStatus(claimId, Status.Final);
    }

    function testFuzz_a_pause_does_not_eat_the_hour_between_commit_and_reveal(uint32 paused) public {
        _commit(claim);
        proof.pause();
        skip(paused);
        proof.unpause();
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
    }

    function test_a_claim_revealed_after_a_pause_says_its_deadline_in_wall_time() public {
        proof.pause();
        skip(1 days);
        proof.unpause();
        _commit(claim);
        vm.expectEmit();
        emit IProofOfOptimization.ClaimRevealed(
            proof.claimIdOf(claim), HARVESTER, DOMAIN, claim, MINIMUM_BOND, uint64(block.timestamp) + WINDOW
        );
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
    }

    function test_a_pause_does_not_let_a_claim_expire() public {
        _reveal(claim);
        proof.pause();
        skip(10 * WINDOW);
        vm.expectRevert();
        proof.expire(claim);
    }
}
