// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {DomainControl} from "../DomainControl.sol";
import {DomainVote, IDomainControl} from "../interfaces/IDomainControl.sol";
import {Biome} from "../interfaces/IOptimizationRegistry.sol";
import {IProofOfOptimization} from "../interfaces/IProofOfOptimization.sol";
import {Fixture} from "./Fixture.sol";

/// @dev Two perspectives of three verifiers, as on a development chain.
contract DomainControlTest is Fixture {
    string private constant SITE = "news.example";
    bytes32 private constant SITE_ID = keccak256("news.example");
    address private immutable OWNER = makeAddr("owner");

    /* REFUSALS */

    function test_fewer_than_five_perspectives_are_for_development_chains_alone() public {
        vm.chainId(1);
        vm.expectRevert(abi.encodeWithSelector(IDomainControl.PerspectivesTooFew.selector, 4, 5));
        new DomainControl(proof, registry, 4, DISSENT);
        vm.expectRevert(abi.encodeWithSelector(IDomainControl.DissentTooShort.selector, 3599, 3600));
        new DomainControl(proof, registry, 5, 3599);
    }

    function test_one_perspective_too_few_confirms_nothing() public {
        _vote(0, true);
        skip(DISSENT);
        vm.expectRevert(abi.encodeWithSelector(IDomainControl.PerspectivesMissing.selector, 1, 2));
        domains.confirm(SITE, OWNER, Biome.PROFESSIONAL);
    }

    function test_two_that_do_not_see_it_stop_it() public {
        domains = new DomainControl(proof, registry, 1, DISSENT);
        _vote(0, true);
        _vote(1, false);
        _vote(2, false);
        skip(DISSENT);
        vm.expectRevert(abi.encodeWithSelector(IDomainControl.DissentTooLarge.selector, 2, 1));
        domains.confirm(SITE, OWNER, Biome.PROFESSIONAL);
    }

    function test_nothing_is_confirmed_while_others_may_dissent() public {
        uint64 deadline = uint64(block.timestamp) + DISSENT;
        _vote(0, true);
        _vote(1, true);
        skip(DISSENT - 1);
        vm.expectRevert(abi.encodeWithSelector(IDomainControl.DissentOpen.selector, deadline, deadline - 1));
        domains.confirm(SITE, OWNER, Biome.PROFESSIONAL);
    }

    function test_a_stranger_s_vote_is_refused_and_a_forged_one_too() public {
        DomainVote[] memory votes = _votes(0, true);
        votes[0].signer = STRANGER;
        vm.expectRevert(abi.encodeWithSelector(IDomainControl.NotVerifier.selector, STRANGER));
        domains.vote(SITE, OWNER, Biome.PROFESSIONAL, votes);
        votes[0].signer = verifiers[1];
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.SignatureWrong.selector, verifiers[1]));
        domains.vote(SITE, OWNER, Biome.PROFESSIONAL, votes);
    }

    function test_a_look_into_the_future_or_of_three_days_ago_is_none() public {
        DomainVote[] memory votes = _votes(0, true);
        votes[0].observedAt += 1;
        vm.expectRevert(
            abi.encodeWithSelector(IDomainControl.ObservedInFuture.selector, verifiers[0], votes[0].observedAt)
        );
        domains.vote(SITE, OWNER, Biome.PROFESSIONAL, votes);
        votes[0].observedAt = uint64(block.timestamp - 3 days);
        vm.expectRevert(
            abi.encodeWithSelector(IDomainControl.ObservedTooLongAgo.selector, verifiers[0], votes[0].observedAt)
        );
        domains.vote(SITE, OWNER, Biome.PROFESSIONAL, votes);
        // A second younger, it counts.
        votes = _votes(0, true);
        skip(3 days - 1);
        domains.vote(SITE, OWNER, Biome.PROFESSIONAL, votes);
    }

    function test_a_vote_for_another_owner_or_biome_is_none() public {
        DomainVote[] memory votes = _votes(0, true);
        bytes memory refusal = abi.encodeWithSelector(IProofOfOptimization.SignatureWrong.selector, verifiers[0]);
        vm.expectRevert(refusal);
        domains.vote(SITE, STRANGER, Biome.PROFESSIONAL, votes);
        vm.expectRevert(refusal);
        domains.vote(SITE, OWNER, Biome.PRODUCTION, votes);
    }

    function test_a_vote_is_used_for_one_confirmation_alone() public {
        DomainVote[] memory votes = _votes(0, true);
        _vote(0, true);
        _vote(1, true);
        skip(DISSENT);
        domains.confirm(SITE, OWNER, Biome.PROFESSIONAL);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.SignatureWrong.selector, verifiers[0]));
        domains.vote(SITE, OWNER, Biome.PROFESSIONAL, votes);
    }

    function test_an_unseated_verifier_s_vote_stops_counting() public {
        _vote(0, true);
        _vote(1, true);
        proof.setVerifier(verifiers[0], false);
        skip(DISSENT);
        vm.expectRevert(abi.encodeWithSelector(IDomainControl.PerspectivesMissing.selector, 1, 2));
        domains.confirm(SITE, OWNER, Biome.PROFESSIONAL);
    }

    /* SUCCESS */

    function test_enough_perspectives_and_one_dissent_register_the_host() public {
        bytes32 before = domains.tokenOf(SITE, OWNER);
        assertEq(before, keccak256(abi.encode(SITE_ID, OWNER, uint64(0), block.chainid)));
        _vote(0, true);
        _vote(1, true);
        _vote(2, false);
        skip(DISSENT);
        vm.expectEmit(address(domains));
        emit IDomainControl.DomainConfirmed(SITE_ID, OWNER, Biome.PROFESSIONAL, 0, 2);
        vm.prank(STRANGER);
        domains.confirm(SITE, OWNER, Biome.PROFESSIONAL);
        assertEq(registry.ownerOf(SITE_ID), OWNER);
        assertEq(uint256(registry.biomeOf(SITE_ID)), uint256(Biome.PROFESSIONAL));
        assertEq(domains.nonceOf(SITE_ID), 1);
        assertTrue(domains.tokenOf(SITE, OWNER) != before);
    }

    function test_a_verifier_counts_once_however_often_it_votes() public {
        _vote(0, true);
        _vote(0, true);
        _vote(0, false);
        (uint8 seen, uint8 dissent,) = domains.votesOf(SITE, OWNER, Biome.PROFESSIONAL);
        assertEq(seen, 1);
        assertEq(dissent, 0);
    }

    /* STEPS */

    function _vote(uint256 who, bool isSeen) private {
        domains.vote(SITE, OWNER, Biome.PROFESSIONAL, _votes(who, isSeen));
    }

    function _votes(uint256 who, bool isSeen) private view returns (DomainVote[] memory votes) {
        votes = new DomainVote[](1);
        uint64 observedAt = uint64(block.timestamp);
        bytes32 struct_ = keccak256(
            abi.encode(
                domains.DOMAIN_SEEN_TYPEHASH(),
                SITE_ID,
                OWNER,
                Biome.PROFESSIONAL,
                domains.nonceOf(SITE_ID),
                isSeen,
                observedAt
            )
        );
        votes[0] = DomainVote(verifiers[who], isSeen, observedAt, _signStruct(verifierKeys[who], struct_, domains));
    }
}
