// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {Claim, IProofOfOptimization, Status} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {PageBuilder} from "../PageBuilder.sol";

/// @dev A verifier node behind a contract: it answers for one key.
contract ContractVerifier is IERC1271 {
    address private immutable KEY;

    constructor(address key) {
        KEY = key;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        return ECDSA.recover(hash, signature) == KEY ? IERC1271.isValidSignature.selector : bytes4(0);
    }
}

contract AttestTest is Fixture {
    Claim private claim;
    bytes32 private claimId;

    function setUp() public override {
        super.setUp();
        claim = _claimOf(PageBuilder.commented(5), "/");
        claimId = _reveal(claim);
    }

    /* REFUSALS */

    function test_a_vote_on_a_claim_that_is_not_pending_is_refused() public {
        claim.evidence = keccak256("another");
        _attestExpecting(
            abi.encodeWithSelector(IProofOfOptimization.ClaimNotPending.selector, proof.claimIdOf(claim), Status.None)
        );
    }

    function test_a_vote_of_a_stranger_is_refused() public {
        (verifiers[0], verifierKeys[0]) = makeAddrAndKey("nobody");
        _attestExpecting(abi.encodeWithSelector(IProofOfOptimization.NotVerifier.selector, verifiers[0]));
    }

    function test_a_vote_signed_by_another_key_is_refused() public {
        verifierKeys[0] = verifierKeys[1];
        _attestExpecting(abi.encodeWithSelector(IProofOfOptimization.SignatureWrong.selector, verifiers[0]));
    }

    function test_a_vote_with_other_bits_than_signed_is_refused() public {
        (uint8[] memory bits, uint64[] memory at_, address[] memory signers, bytes[] memory signatures) =
            _votes(claim, 1);
        bits[0] = 3;
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.SignatureWrong.selector, verifiers[0]));
        proof.attest(claim, bits, at_, signers, signatures);
    }

    function test_a_vote_for_another_contract_is_refused() public {
        (uint8[] memory bits, uint64[] memory at_, address[] memory signers, bytes[] memory signatures) =
            _votes(claim, 1);
        vm.chainId(1);
        Claim memory elsewhere = claim;
        vm.expectRevert(
            abi.encodeWithSelector(IProofOfOptimization.ClaimNotPending.selector, proof.claimIdOf(claim), Status.None)
        );
        proof.attest(elsewhere, bits, at_, signers, signatures);
    }

    function test_a_vote_from_the_future_is_refused() public {
        (uint8[] memory bits, uint64[] memory at_, address[] memory signers, bytes[] memory signatures) =
            _votes(claim, 1);
        at_[0] = uint64(block.timestamp) + 1;
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.ObservedInFuture.selector, verifiers[0], at_[0]));
        proof.attest(claim, bits, at_, signers, signatures);
    }

    function test_uneven_lists_are_refused() public {
        (uint8[] memory bits, uint64[] memory at_, address[] memory signers,) = _votes(claim, 2);
        vm.expectRevert(abi.encodeWithSelector(IProofOfOptimization.VotesUneven.selector, 2, 2, 2, 1));
        proof.attest(claim, bits, at_, signers, new bytes[](1));
    }

    /* SUCCESS */

    function test_a_verifier_counts_once_however_often_it_votes() public {
        _attest(claim, 1);
        _attest(claim, 2);
        _attest(claim, 1);
        assertEq(proof.votesOf(claimId), 2);
    }

    function testFuzz_a_vote_counts_only_with_all_bits(uint8 bits) public {
        uint8[] memory all = new uint8[](1);
        uint64[] memory at_ = new uint64[](1);
        address[] memory signers = new address[](1);
        bytes[] memory signatures = new bytes[](1);
        (all[0], at_[0], signers[0]) = (bits, uint64(block.timestamp), verifiers[0]);
        signatures[0] = _sign(verifierKeys[0], claim, bits, at_[0]);
        vm.expectEmit();
        emit IProofOfOptimization.ClaimAttested(claimId, verifiers[0], bits, at_[0]);
        proof.attest(claim, all, at_, signers, signatures);
        assertEq(proof.votesOf(claimId), bits & 7 == 7 ? 1 : 0);
    }

    function test_a_vote_without_all_bits_uses_the_verifier_s_vote_up() public {
        uint8[] memory bits = new uint8[](1);
        uint64[] memory at_ = new uint64[](1);
        address[] memory signers = new address[](1);
        bytes[] memory signatures = new bytes[](1);
        (bits[0], at_[0], signers[0]) = (5, uint64(block.timestamp), verifiers[0]);
        signatures[0] = _sign(verifierKeys[0], claim, 5, at_[0]);
        proof.attest(claim, bits, at_, signers, signatures);
        _attest(claim, 1);
        assertEq(proof.votesOf(claimId), 0);
    }

    function test_a_verifier_may_be_a_contract() public {
        ContractVerifier node = new ContractVerifier(vm.addr(77));
        proof.setVerifier(address(node), true);
        (verifiers[0], verifierKeys[0]) = (address(node), 77);
        _attest(claim, 1);
        assertEq(proof.votesOf(claimId), 1);

        ContractVerifier other = new ContractVerifier(vm.addr(78));
        proof.setVerifier(address(other), true);
        verifiers[0] = address(other);
        _attestExpecting(abi.encodeWithSelector(IProofOfOptimization.SignatureWrong.selector, address(other)));
    }

    function test_a_vote_after_the_deadline_still_counts() public {
        skip(WINDOW + 1);
        _attest(claim, 2);
        proof.finalize(claim);
        _assertStatus(claimId, Status.Final);
    }

    function test_an_unseated_verifier_s_vote_stops_counting() public {
        _attest(claim, 2);
        proof.setVerifier(verifiers[0], false);
        assertEq(proof.votesOf(claimId), 1);
    }

    function _attestExpecting(bytes memory refusal) private {
        (uint8[] memory bits, uint64[] memory at_, address[] memory signers, bytes[] memory signatures) =
            _votes(claim, 1);
        vm.expectRevert(refusal);
        proof.attest(claim, bits, at_, signers, signatures);
    }
}
