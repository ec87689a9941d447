// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {DomainVote} from "../../interfaces/IDomainControl.sol";
import {Biome} from "../../interfaces/IOptimizationRegistry.sol";
import {Claim, Status} from "../../interfaces/IProofOfOptimization.sol";
import {Attestation} from "../../interfaces/IVerifierStakes.sol";
import {Game} from "./Game.sol";

/// @title Verifier nodes: stakes, offences, and who owns a host
abstract contract NodeActions is Game {
    string internal constant SITE = "news.example";

    uint256 private _heldWei = NODES * STAKE;
    address public siteOwner;
    uint256 private _openedAt;
    uint256 private _pages;

    /* STAKES */

    function stake(uint256 which, uint256 amountWei) external {
        address node = _nodes[which % NODES];
        amountWei = bound(amountWei, 1, 2 * STAKE);
        (, uint64 freeAt) = stakes.stakeOf(node);
        if (weth.balanceOf(address(this)) < amountWei) return;
        try stakes.stakeFor(node, amountWei) {
            assertEq(freeAt, 0, "a stake was added to one that is leaving");
            _heldWei += amountWei;
        } catch {
            assertNotEq(freeAt, 0, "a stake was refused");
        }
    }

    function leave(uint256 which) external {
        address node = _nodes[which % NODES];
        (uint256 stakeWei, uint64 freeAt) = stakes.stakeOf(node);
        vm.prank(node);
        try stakes.leave() {
            assertTrue(stakeWei != 0 && freeAt == 0, "left twice, or without a stake");
            assertFalse(proof.isVerifier(node), "left, and has its seat");
        } catch {
            assertTrue(stakeWei == 0 || freeAt != 0, "may not leave");
        }
    }

    function release(uint256 which) external {
        address node = _nodes[which % NODES];
        (, uint64 freeAt) = stakes.stakeOf(node);
        bool isDue = freeAt != 0 && block.timestamp >= freeAt;
        try stakes.release(node) {
            assertTrue(isDue, "a stake came back before its time");
            _heldWei -= stakes.withdraw(address(weth), node);
            _did("release");
        } catch {
            assertFalse(isDue, "a free stake is held");
        }
    }

    /// @dev The node signs of one page that it serves two sources at once. Every page is a new offence.
    function equivocate(uint256 which) external {
        address node = _nodes[which % NODES];
        bytes32 pageKey = keccak256(abi.encode("equivocal", ++_pages));
        (uint256 stakeWei,) = stakes.stakeOf(node);
        Attestation memory first = _vote(node, pageKey, "one", 1);
        Attestation memory second = _vote(node, pageKey, "other", 1);
        _punish(node, abi.encodeCall(stakes.reportEquivocation, (node, first, second)), stakeWei != 0);
    }

    /// @dev A canary that was slashed by a proof costs whoever signed its data; what is none costs nobody anything.
    function reportCanary(uint256 which, uint256 whom) external {
        (bool isThere, uint256 i) = _find(which, Status.Slashed);
        if (!isThere) return;
        address node = _nodes[whom % NODES];
        Claim memory claim = _records[i].claim;
        (uint256 stakeWei,) = stakes.stakeOf(node);
        Attestation memory vote = Attestation({
            claimId: _records[i].claimId,
            pageKey: claim.pageKey,
            src: claim.src,
            bits: ALL_BITS,
            observedAt: uint64(block.timestamp),
            signature: _sign(_keyOf[node], claim, ALL_BITS, uint64(block.timestamp))
        });
        bytes32 offence = keccak256(abi.encode("canary", _records[i].claimId, node));
        bool isDue = _records[i].isCanary && !_records[i].isWithheld && stakeWei != 0 && did[offence] == 0;
        if (isDue) _did(offence);
        _punish(node, abi.encodeCall(stakes.reportCanary, (claim, SALT, node, vote)), isDue);
    }

    function _punish(address node, bytes memory report, bool isDue) private {
        vm.prank(STRANGER);
        (bool isDone,) = address(stakes).call(report);
        assertEq(isDone, isDue, "an offence is punished once, where there is a stake");
        if (!isDone) return;
        assertFalse(proof.isVerifier(node), "punished, and has its seat");
        _heldWei -= stakes.withdraw(address(weth), STRANGER);
        assertEq(weth.balanceOf(address(stakes)), _heldWei, "half of it, the odd wei too, is the reporter's");
        assertEq(_heldWei, _stakesWei() + stakes.burntWei(), "and half is burnt");
        _did("punish");
    }

    function _vote(address node, bytes32 pageKey, bytes32 src, uint8 bits) private view returns (Attestation memory) {
        uint64 observedAt = uint64(block.timestamp);
        bytes32 struct_ =
            keccak256(abi.encode(proof.ATTESTATION_TYPEHASH(), bytes32(0), pageKey, src, bits, observedAt));
        return Attestation(0, pageKey, src, bits, observedAt, _signStruct(_keyOf[node], struct_, proof));
    }

    /* DOMAINS */

    function voteDomain(uint256 which, bool isSeen) external {
        address node = _nodes[which % NODES];
        bytes32 siteId = keccak256(bytes(SITE));
        DomainVote[] memory votes = new DomainVote[](1);
        votes[0] = DomainVote(node, isSeen, uint64(block.timestamp), "");
        bytes32 struct_ = keccak256(
            abi.encode(
                domains.DOMAIN_SEEN_TYPEHASH(),
                siteId,
                STRANGER,
                Biome.SOCIAL,
                domains.nonceOf(siteId),
                isSeen,
                votes[0].observedAt
            )
        );
        votes[0].signature = _signStruct(_keyOf[node], struct_, domains);
        bool isDue = proof.isVerifier(node);
        try domains.vote(SITE, STRANGER, Biome.SOCIAL, votes) {
            assertTrue(isDue, "a vote without a seat");
            if (_openedAt == 0) _openedAt = running + 1;
        } catch {
            assertFalse(isDue, "a node's vote was refused");
        }
    }

    function confirmDomain() external {
        (uint8 seen, uint8 dissent,) = domains.votesOf(SITE, STRANGER, Biome.SOCIAL);
        bool isDue = seen >= 2 && dissent <= 1 && _openedAt != 0 && running + 1 >= _openedAt + DISSENT;
        try domains.confirm(SITE, STRANGER, Biome.SOCIAL) {
            assertTrue(isDue, "confirmed without enough sight of it");
            (siteOwner, _openedAt) = (STRANGER, 0);
            _did("domain");
        } catch {
            assertFalse(isDue, "a host is not confirmed");
        }
    }

    /* WHAT IS HELD */

    function _assertStakes() internal view {
        assertEq(weth.balanceOf(address(stakes)), _heldWei, "stakes held");
        assertEq(_heldWei, _stakesWei() + stakes.burntWei(), "stakes and what is burnt");
        for (uint256 i = 0; i < NODES; ++i) {
            (uint256 stakeWei, uint64 freeAt) = stakes.stakeOf(_nodes[i]);
            if (proof.isVerifier(_nodes[i])) assertTrue(stakeWei != 0 && freeAt == 0, "a seat without a stake");
        }
        assertEq(registry.ownerOf(keccak256(bytes(SITE))), siteOwner, "a host's owner was confirmed");
    }

    function _stakesWei() private view returns (uint256 sum) {
        for (uint256 i = 0; i < NODES; ++i) {
            (uint256 stakeWei,) = stakes.stakeOf(_nodes[i]);
            sum += stakeWei;
        }
    }
}
