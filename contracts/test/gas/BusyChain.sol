// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {PageBuilder, PageToken} from "../PageBuilder.sol";

/// @title A chain in use: seven verifiers, one claim of a stranger pending, one of the harvester slashed
abstract contract BusyChain is Fixture {
    string internal constant GROUP = "ProofOfOptimization";
    uint32 internal constant PLACE = 1_365; // of 2 602 tokens; left and right in turn on the way up

    Claim internal claim;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 3; i < 7; ++i) {
            proof.setVerifier(vm.addr(1_000 + i), true);
        }
        proof.setParameters(WINDOW, 5, MINIMUM_BOND, PRICE, ANSWER);

        // Others have claims pending and have been slashed, as on any chain in use.
        _fund(STRANGER);
        Claim memory other = _median("/other");
        other.prover = STRANGER;
        (other.src, other.srcBytes) = (keccak256("other"), 155_001);
        _reveal(other);
        Claim memory lie = _claimOf(PageBuilder.commented(5), "/slashed");
        lie.prover = HARVESTER;
        ++lie.srcBytes;
        _reveal(lie);
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(PageBuilder.commented(5).source);
        vm.prank(STRANGER);
        proof.proveSum(lie, Tree.Source, PageBuilder.openSum(levels, PageToken(0, 0, ""), 4, 0));
    }

    /// @dev The shape of a median page; nothing of its contents is looked at unless it is contradicted.
    function _median(string memory path) internal view returns (Claim memory median) {
        median = _claimOf(PageBuilder.commented(4), path);
        (median.srcBytes, median.optBytes, median.n, median.m) = (155_000, 120_000, 2_602, 2_300);
        (median.depthS, median.depthO) = (12, 12);
    }

    function _revealLie() internal {
        _commit(claim);
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
    }
}
