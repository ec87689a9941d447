// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IRewardStreams} from "../interfaces/IRewardStreams.sol";
import {Claim, Status} from "../interfaces/IProofOfOptimization.sol";
import {Fixture} from "./Fixture.sol";
import {PageBuilder} from "./PageBuilder.sol";

contract RewardStreamsTest is Fixture {
    Claim private claim;
    bytes32 private claimId;
    uint256 private reward;
    uint256 private constant STREAM = 30 days;
    uint256 private constant COVER = 3 days;

    function setUp() public override {
        super.setUp();
        claim = _claimOf(PageBuilder.commented(5), "/");
        claimId = _ripen(claim);
        proof.finalize(claim);
        (reward,,) = streams.streamOf(claimId);
    }

    /* REFUSALS */

    function test_a_claim_that_is_not_final_earns_nothing() public {
        Claim memory pending = _claimOf(PageBuilder.commented(6), "/pending");
        bytes32 pendingId = _reveal(pending);
        vm.expectRevert(abi.encodeWithSelector(IRewardStreams.ClaimNotFinal.selector, pendingId, Status.Pending));
        streams.collect(pending);
        (uint256 rewardWei, uint256 earnedWei,) = streams.streamOf(pendingId);
        assertEq(rewardWei + earnedWei, 0);
    }

    function test_nothing_is_collected_twice() public {
        streams.collect(claim);
        vm.expectRevert(abi.encodeWithSelector(IRewardStreams.NothingDue.selector, claimId));
        streams.collect(claim);
    }

    function test_too_few_votes_confirm_nothing() public {
        _expectRefusal(1, claim.optBytes, 0, abi.encodeWithSelector(IRewardStreams.QuorumMissing.selector, 1, 2));
    }

    function test_a_page_larger_than_claimed_confirms_nothing() public {
        bytes memory refusal = abi.encodeWithSelector(
            IRewardStreams.ServedTooLarge.selector, _sorted()[0], claim.optBytes + 1, claim.optBytes
        );
        _expectRefusal(2, claim.optBytes + 1, 0, refusal);
    }

    function test_a_look_of_three_days_ago_confirms_nothing() public {
        bytes memory refusal = abi.encodeWithSelector(
            IRewardStreams.ObservedTooLongAgo.selector, _sorted()[0], uint64(block.timestamp - COVER)
        );
        _expectRefusal(2, claim.optBytes, COVER, refusal);
    }

    function test_votes_that_do_not_go_together_confirm_nothing() public {
        (uint64[] memory sizes, uint64[] memory times, address[] memory signers, bytes[] memory signatures) =
            _served(2, claim.optBytes, 0);
        bytes[] memory one = new bytes[](1);
        vm.expectRevert(abi.encodeWithSelector(IRewardStreams.VotesUneven.selector, 2, 2, 2, 1));
        streams.confirmServed(claim, sizes, times, signers, one);
        vm.expectRevert(abi.encodeWithSelector(IRewardStreams.VotesUneven.selector, 2, 2, 1, 2));
        streams.confirmServed(claim, sizes, new uint64[](1), signers, signatures);
        vm.expectRevert(abi.encodeWithSelector(IRewardStreams.VotesUneven.selector, 2, 1, 2, 2));
        streams.confirmServed(claim, new uint64[](1), times, signers, signatures);
    }

    function test_a_look_into_the_future_confirms_nothing() public {
        (uint64[] memory sizes, uint64[] memory times, address[] memory signers, bytes[] memory signatures) =
            _served(2, claim.optBytes, 0);
        ++times[0];
        vm.expectRevert(abi.encodeWithSelector(IRewardStreams.ObservedInFuture.selector, signers[0], times[0]));
        streams.confirmServed(claim, sizes, times, signers, signatures);
    }

    function test_a_verifier_does_not_confirm_twice_at_once() public {
        (uint64[] memory sizes, uint64[] memory times, address[] memory signers, bytes[] memory signatures) =
            _served(2, claim.optBytes, 0);
        (signers[1], signatures[1]) = (signers[0], signatures[0]);
        vm.expectRevert(abi.encodeWithSelector(IRewardStreams.SignersUnsorted.selector, signers[0]));
        streams.confirmServed(claim, sizes, times, signers, signatures);
    }

    function test_a_stranger_confirms_nothing() public {
        address signer = _sorted()[0];
        proof.setVerifier(signer, false);
        _expectRefusal(2, claim.optBytes, 0, abi.encodeWithSelector(IRewardStreams.NotVerifier.selector, signer));
    }

    /* SUCCESS */

    function test_a_fifth_is_due_at_once() public {
        assertEq(streams.collect(claim), reward * 20 / 100);
        (address account, uint256 amountWei,) = token.ticketOf(0);
        assertEq(account, HARVESTER);
        assertEq(amountWei, reward * 20 / 100);
    }

    function test_a_page_that_nobody_confirms_earns_no_more() public {
        skip(365 days);
        assertEq(streams.collect(claim), reward * 20 / 100);
    }

    function test_a_confirmation_lets_the_stream_run_for_three_days_and_no_longer() public {
        _confirm(0);
        skip(1 days);
        assertEq(_earned(), _expected(1 days));
        skip(10 days);
        assertEq(_earned(), _expected(3 days));
        _confirm(0);
        skip(2 days);
        assertEq(_earned(), _expected(5 days));
    }

    function test_ten_confirmations_in_time_pay_all_to_the_last_wei() public {
        for (uint256 i = 0; i < 11; ++i) {
            _confirm(0);
            skip(COVER);
        }
        assertEq(_earned(), reward);
        assertEq(streams.collect(claim), reward);
        (,, uint256 collectedWei) = streams.streamOf(claimId);
        assertEq(collectedWei, reward);
    }

    function testFuzz_never_more_is_earned_than_confirmed(uint256 seed) public {
        uint256 confirmed = 0;
        uint256 collected = 0;
        for (uint256 i = 0; i < 12; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            uint256 age = draw % COVER;
            uint256 pause = (draw >> 64) % (6 days);
            _confirm(age);
            skip(pause);
            uint256 runs = COVER; // at most, whatever was left of the cover before
            confirmed += pause < runs ? pause : runs;
            uint256 earned = _earned();
            assertLe(earned, _expected(confirmed < STREAM ? confirmed : STREAM));
            if (earned > collected) collected += streams.collect(claim);
            assertEq(collected, earned);
        }
        assertLe(collected, reward);
    }

    function test_a_pause_neither_pays_nor_costs_anything() public {
        _confirm(0);
        skip(1 days);
        proof.pause();
        skip(20 days);
        assertEq(_earned(), _expected(1 days));
        proof.unpause();
        skip(1 days);
        assertEq(_earned(), _expected(2 days));
    }

    function test_a_domain_earns_an_epoch_no_more_than_its_quota_and_the_rest_later() public {
        registry.setQuota(DOMAIN, 1e15);
        assertEq(streams.collect(claim), 1e15);
        vm.expectRevert(abi.encodeWithSelector(IRewardStreams.NothingDue.selector, claimId));
        streams.collect(claim);
        skip(30 days);
        assertEq(streams.collect(claim), 1e15);
    }

    function test_fees_let_a_domain_earn_four_fifths_of_them() public {
        registry.setQuota(DOMAIN, 0);
        authority.grantRole(CASHIER, TREASURY, 0);
        vm.startPrank(TREASURY);
        token.approve(address(registry), 1e18);
        registry.recordFees(DOMAIN, 1e16);
        vm.stopPrank();
        (uint256 feesWei,, uint256 capWei) = registry.budgetOf(DOMAIN);
        assertEq(feesWei, 1e16);
        assertEq(capWei, 8e15);
        assertEq(streams.collect(claim), 8e15);
    }

    function testFuzz_grants_of_an_epoch_stay_within_the_larger_of_fees_and_quota(
        uint96 quotaWei,
        uint64 feesWei,
        uint96[6] memory wanted
    ) public {
        registry.setQuota(DOMAIN, quotaWei);
        authority.grantRole(CASHIER, TREASURY, 0);
        authority.grantRole(GRANTER, address(this), 0);
        vm.startPrank(TREASURY);
        token.approve(address(registry), feesWei);
        registry.recordFees(DOMAIN, feesWei);
        vm.stopPrank();
        uint256 granted = 0;
        for (uint256 i = 0; i < wanted.length; ++i) {
            granted += registry.grantReward(DOMAIN, wanted[i]);
        }
        uint256 byFees = uint256(feesWei) * 80 / 100;
        assertLe(granted, byFees > quotaWei ? byFees : quotaWei);
        (, uint256 recorded,) = registry.budgetOf(DOMAIN);
        assertEq(recorded, granted);
    }

    /* STEPS */

    function _earned() private view returns (uint256 earnedWei) {
        (, earnedWei,) = streams.streamOf(claimId);
    }

    function _expected(uint256 confirmedSeconds) private view returns (uint256) {
        uint256 first = reward * 20 / 100;
        return first + (reward - first) * confirmedSeconds / STREAM;
    }

    function _confirm(uint256 age) private {
        (uint64[] memory sizes, uint64[] memory times, address[] memory signers, bytes[] memory signatures) =
            _served(2, claim.optBytes, age);
        streams.confirmServed(claim, sizes, times, signers, signatures);
    }

    function _expectRefusal(uint256 votes, uint64 size, uint256 age, bytes memory refusal) private {
        (uint64[] memory sizes, uint64[] memory times, address[] memory signers, bytes[] memory signatures) =
            _served(votes, size, age);
        vm.expectRevert(refusal);
        streams.confirmServed(claim, sizes, times, signers, signatures);
    }

    function _served(uint256 votes, uint64 size, uint256 age)
        private
        view
        returns (uint64[] memory sizes, uint64[] memory times, address[] memory signers, bytes[] memory signatures)
    {
        (sizes, times) = (new uint64[](votes), new uint64[](votes));
        (signers, signatures) = (new address[](votes), new bytes[](votes));
        address[] memory sorted = _sorted();
        for (uint256 i = 0; i < votes; ++i) {
            (sizes[i], times[i], signers[i]) = (size, uint64(block.timestamp - age), sorted[i]);
            bytes32 struct_ = keccak256(abi.encode(streams.SERVED_TYPEHASH(), claimId, sizes[i], times[i]));
            signatures[i] = _signStruct(_keyOf(sorted[i]), struct_, streams);
        }
    }

    function _keyOf(address signer) private view returns (uint256) {
        return signer == verifiers[0] ? verifierKeys[0] : signer == verifiers[1] ? verifierKeys[1] : verifierKeys[2];
    }

    function _sorted() private view returns (address[] memory sorted) {
        sorted = new address[](3);
        for (uint256 i = 0; i < 3; ++i) {
            uint256 smaller = 0;
            for (uint256 j = 0; j < 3; ++j) {
                if (verifiers[j] < verifiers[i]) ++smaller;
            }
            sorted[smaller] = verifiers[i];
        }
    }
}
