// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, Status, SumOpening, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {BuiltPage, PageBuilder, PageToken} from "../PageBuilder.sol";
import {Game} from "./Game.sol";

/// @title Claims: reveal, attest, prove, finalize, expire
/// @dev What is due must go through, and what is not due must be refused: both are tried.
abstract contract ClaimActions is Game {
    mapping(bytes32 pageKey => uint256) public paidBytes;

    function reveal(uint256 prover, uint256 page, uint256 salt, bool isLie) external {
        if (proof.isPaused()) return;
        BuiltPage memory built = _page(salt);
        Claim memory claim = _claimOf(built, vm.toString(page % PAGES));
        claim.prover = _provers[prover % PROVERS];
        if (isLie) ++claim.srcBytes;
        (uint64 best, bool isBusy) = proof.pageOf(claim.pageKey);
        uint256 base = best == 0 || best > claim.srcBytes ? claim.srcBytes : best;
        if (isBusy || proof.claimOfSource(claim.src) != 0 || base < claim.optBytes + 1024) return;
        bytes32 claimId = proof.claimIdOf(claim);
        if (proof.statusOf(claimId) != Status.None) return;
        bool isCanary = isLie && salt % 2 == 0;
        if (isCanary) stakes.registerCanary(keccak256(abi.encode(claimId, SALT)));

        uint256 heldWei = weth.balanceOf(address(proof));
        running += 2; // as _commit lets two seconds pass
        _reveal(claim);
        uint256 bond = weth.balanceOf(address(proof)) - heldWei;
        uint256 reward = registry.rewardOf(claim.prover, DOMAIN, claim.srcBytes - claim.optBytes);
        assertGe(bond * 1e18, 4 * reward * PRICE, "a bond covers four rewards");
        lockedBonds += bond;
        Record storage record = _records.push();
        (record.claim, record.claimId, record.isLie, record.isCanary) = (claim, claimId, isLie, isCanary);
        (record.end, record.bondWei, record.salt, record.revealedAt) = (Status.Pending, bond, salt, running);
    }

    function attest(uint256 which, uint256 votes) external {
        (bool isThere, uint256 i) = _find(which, Status.Pending);
        if (!isThere) return;
        address[] memory signers = _seated(votes % 4);
        uint8[] memory bits = new uint8[](signers.length);
        uint64[] memory observedAt = new uint64[](signers.length);
        bytes[] memory signatures = new bytes[](signers.length);
        for (uint256 n = 0; n < signers.length; ++n) {
            (bits[n], observedAt[n]) = (ALL_BITS, uint64(block.timestamp));
            signatures[n] = _sign(_keyOf[signers[n]], _records[i].claim, ALL_BITS, observedAt[n]);
        }
        proof.attest(_records[i].claim, bits, observedAt, signers, signatures);
    }

    function finalize(uint256 which) external {
        (bool isThere, uint256 i) = _find(which, Status.Pending);
        if (!isThere) return;
        Record memory record = _records[i];
        bool isDue = !proof.isPaused() && running >= record.revealedAt + WINDOW
            && proof.votesOf(record.claimId) >= QUORUM && proof.demandsOf(record.claimId) == 0;
        (uint64 best,) = proof.pageOf(record.claim.pageKey);
        uint256 base = best == 0 || best > record.claim.srcBytes ? record.claim.srcBytes : best;

        try proof.finalize(record.claim) {
            assertTrue(isDue, "final without its window, its votes or its answers");
        } catch {
            assertFalse(isDue, "a due claim is not finalized");
            return;
        }
        (, uint256 rewardWei) = proof.outcomeOf(record.claimId);
        assertLe(4 * rewardWei * PRICE, record.bondWei * 1e18, "a reward is covered by its bond");
        paidBytes[record.claim.pageKey] += base - record.claim.optBytes;
        _end(i, Status.Final);
    }

    function expire(uint256 which) external {
        (bool isThere, uint256 i) = _find(which, Status.Pending);
        if (!isThere) return;
        Record memory record = _records[i];
        bool isDue = running >= record.revealedAt + 2 * WINDOW && proof.votesOf(record.claimId) < QUORUM
            && proof.demandsOf(record.claimId) == 0;
        try proof.expire(record.claim) {
            assertTrue(isDue, "expired too early, or with its votes");
            _end(i, Status.Expired);
        } catch {
            assertFalse(isDue, "a due claim does not expire");
        }
    }

    /// @dev Contradicts a lie, and tries the same on the truth in vain; paused or not.
    function prove(uint256 which, uint256 height, uint256 index, uint256 who) external {
        (bool isThere, uint256 i) = _find(which, Status.Pending);
        if (!isThere) return;
        Record memory record = _records[i];
        SumOpening memory opening = _openingOf(record, height, index);
        vm.prank(_challengers[who % CHALLENGERS]);
        try proof.proveSum(record.claim, Tree.Source, opening) {
            assertTrue(record.isLie, "an honest claim was slashed");
            _end(i, Status.Slashed);
        } catch {
            assertFalse(record.isLie, "a lie was not slashed");
        }
    }

    /// @dev A new contract of claims takes over the rights; what is pending in this one goes on as it was.
    function upgrade() external {
        if (did["upgrade"] != 0) return;
        address successor = deployCode(
            "ProofOfOptimization", abi.encode(authority, weth, registry, proof.ANSWERS(), uint64(60), uint8(7))
        );
        authority.grantRole(RECORDER, successor, 0);
        proof.addRuleset(2, address(registry)); // whatever it is, claims under set 1 do not care
        _did("upgrade");
    }

    /// @dev A lie's fault is the root's sum; of an honest claim any node is opened.
    function _openingOf(Record memory record, uint256 height, uint256 index) internal pure returns (SumOpening memory) {
        BuiltPage memory page = _page(record.salt);
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(page.source);
        height = record.isLie ? levels.length - 1 : height % levels.length;
        index %= levels[height].length;
        return PageBuilder.openSum(levels, height == 0 ? page.source[index] : PageToken(0, 0, ""), height, index);
    }

    function _assertClock() internal view {
        for (uint256 i = 0; i < _records.length; ++i) {
            if (_records[i].end != Status.Pending) continue;
            uint256 left = _records[i].revealedAt + WINDOW;
            left = left > running ? left - running : 0;
            uint256 told = proof.deadlineOf(_records[i].claimId);
            assertEq(told > block.timestamp ? told - block.timestamp : 0, left, "time left to contradict a claim");
        }
    }
}
