// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IProofOfOptimization} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";

contract CommitTest is Fixture {
    bytes32 private constant COMMITMENT = keccak256("commitment");

    function test_a_standing_commitment_cannot_be_renewed() public {
        proof.commit(COMMITMENT);
        skip(1 hours);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.CommitmentKnown.selector, COMMITMENT));
        proof.commit(COMMITMENT);
    }

    function test_a_lapsed_commitment_can_be_made_again() public {
        proof.commit(COMMITMENT);
        skip(1 hours + 1);
        proof.commit(COMMITMENT);
    }

    function test_a_commitment_shows_its_sender_and_nothing_of_the_claim() public {
        vm.expectEmit();
        emit IProofOfOptimization.ClaimCommitted(COMMITMENT, STRANGER);
        vm.prank(STRANGER);
        proof.commit(COMMITMENT);
    }
}
