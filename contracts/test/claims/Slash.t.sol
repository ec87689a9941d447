// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, Fault, IProofOfOptimization, Status, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {BuiltPage, PageBuilder} from "../PageBuilder.sol";

contract SlashTest is Fixture {
    BuiltPage private page;
    Claim private claim;
    bytes32 private claimId;

    /// @dev A claim whose page size is a byte too large: its root is the fault.
    function setUp() public override {
        super.setUp();
        claim = _claimOf(PageBuilder.commented(5), "/");
        claim.srcBytes += 1;
        claimId = _reveal(claim);
    }

    /* REFUSALS */

    function test_a_claim_is_slashed_once() public {
        _prove();
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.ClaimNotPending.selector, claimId, Status.Slashed));
        this.prove();
    }

    function test_a_slashed_claim_is_neither_paid_nor_given_back() public {
        _attest(claim, 3);
        _prove();
        skip(2 * WINDOW);
        bytes memory refusal =
            abi.encodeWithSelector(IProofOfOptimization.ClaimNotPending.selector, claimId, Status.Slashed);
        vm.expectRevert(refusal);
        proof.finalize(claim);
        vm.expectRevert(refusal);
        proof.expire(claim);
    }

    /* SUCCESS */

    function test_half_of_the_bond_is_the_challenger_s_and_half_is_burnt() public {
        proof.setParameters(WINDOW, QUORUM, 101, 0, ANSWER);
        claim.srcBytes += 1;
        (claim.src, claim.pageKey) = (keccak256("src"), keccak256("page"));
        claim = _claimOf(PageBuilder.commented(6), "/odd");
        claim.srcBytes += 1;
        claimId = _reveal(claim);
        vm.expectEmit();
        emit IProofOfOptimization.ClaimSlashed(claimId, CHALLENGER, Fault.Sum, 51, 50);
        _prove(6);

        skip(WINDOW);
        proof.settleBounty(claim);
        assertEq(proof.credits(address(weth), CHALLENGER), 51);
        assertEq(proof.burntWei(), 50);
        proof.withdraw(address(weth), CHALLENGER);
        assertEq(weth.balanceOf(CHALLENGER), 51);
    }

    function test_a_liar_loses_reputation() public {
        _prove();
        skip(WINDOW);
        proof.settleBounty(claim);
        uint256 claimed = claim.srcBytes - claim.optBytes;
        assertEq(registry.reputationOf(HARVESTER), -int256(claimed * 10 / 1024));
        assertEq(registry.verifiedBytesOf(HARVESTER), 0);
    }

    function test_a_slashed_claim_frees_page_and_source_for_the_truth() public {
        _prove();
        claim.srcBytes -= 1;
        _ripen(claim);
        proof.finalize(claim);
        _assertStatus(proof.claimIdOf(claim), Status.Final);
    }

    function test_a_pause_never_stops_a_proof() public {
        proof.pause();
        _prove();
        _assertStatus(claimId, Status.Slashed);
    }

    function test_a_proof_is_taken_after_the_deadline_until_the_claim_is_final() public {
        _attest(claim, 3);
        skip(10 * WINDOW);
        _prove();
        _assertStatus(claimId, Status.Slashed);
    }

    function prove() external {
        _prove();
    }

    function _prove() private {
        _prove(5);
    }

    function _prove(uint256 pairs) private {
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(PageBuilder.commented(pairs).source);
        vm.prank(CHALLENGER);
        proof.proveSum(
            claim, Tree.Source, PageBuilder.openSum(levels, PageBuilder.commented(1).source[0], levels.length - 1, 0)
        );
    }
}
