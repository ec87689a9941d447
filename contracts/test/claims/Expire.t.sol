// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, IProofOfOptimization, Status} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {PageBuilder} from "../PageBuilder.sol";

contract ExpireTest is Fixture {
    Claim private claim;
    bytes32 private claimId;

    function setUp() public override {
        super.setUp();
        claim = _claimOf(PageBuilder.commented(5), "/");
        claimId = _reveal(claim);
    }

    function test_a_claim_does_not_expire_before_two_windows() public {
        uint64 expiry = uint64(block.timestamp) + 2 * WINDOW;
        skip(2 * WINDOW - 1);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.ExpiryNotReached.selector, expiry, expiry - 1));
        proof.expire(claim);
    }

    function test_a_claim_with_a_quorum_does_not_expire() public {
        _attest(claim, 2);
        skip(2 * WINDOW);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.QuorumReached.selector, 2, 2));
        proof.expire(claim);
    }

    function test_an_expired_claim_gives_its_bond_back_and_no_reward() public {
        skip(2 * WINDOW);
        vm.expectEmit();
        emit IProofOfOptimization.ClaimExpired(claimId, HARVESTER, MINIMUM_BOND);
        vm.prank(STRANGER);
        proof.expire(claim);
        _assertStatus(claimId, Status.Expired);
        assertEq(proof.credits(address(weth), HARVESTER), MINIMUM_BOND);
        assertEq(token.ticketCount(), 0);
        assertEq(registry.verifiedBytesOf(HARVESTER), 0);
    }

    function test_an_expired_claim_frees_its_page_and_source_for_another() public {
        skip(2 * WINDOW);
        proof.expire(claim);
        claim.evidence = keccak256("gathered anew");
        _assertStatus(_reveal(claim), Status.Pending);
    }

    function test_an_expired_claim_itself_is_over() public {
        skip(2 * WINDOW);
        proof.expire(claim);
        _commit(claim);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.ClaimKnown.selector, claimId, Status.Expired));
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
    }

    function test_a_longer_window_set_later_does_not_hold_a_bond_back() public {
        proof.setParameters(30 days, QUORUM, MINIMUM_BOND, PRICE, ANSWER);
        skip(2 * WINDOW);
        proof.expire(claim);
    }
}
