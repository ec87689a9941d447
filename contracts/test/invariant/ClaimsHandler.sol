// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IOptimizationRegistry} from "../../interfaces/IOptimizationRegistry.sol";
import {Claim, Status, SumOpening, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {BuiltPage, PageBuilder, PageToken} from "../PageBuilder.sol";

/// @title Everything that anyone may do to claims and their money, in any order
/// @dev No call may revert: each action looks first whether it is due, and does nothing if not. What must hold at once is
/// asserted here; what must hold always is in ClaimsInvariant.
contract ClaimsHandler is Fixture {
    uint256 private constant PROVERS = 3;
    uint256 private constant PAGES = 4;

    struct Record {
        Claim claim;
        bytes32 claimId;
        bool isLie;
        bool isOver;
        uint256 bondWei;
        uint256 salt;
    }

    Record[] private _records;
    address[PROVERS] private _provers;
    mapping(bytes32 pageKey => uint256) public paidBytes;
    mapping(Status => uint256) public reached;
    uint256 public lockedBonds;
    uint256 public settled;
    uint256 public donated;
    uint256 public paidRewards;
    uint256 public burntDsh;

    function setUp() public override {
        super.setUp();
        for (uint256 i = 0; i < PROVERS; ++i) {
            _provers[i] = makeAddr(string.concat("prover ", vm.toString(i)));
            _fund(_provers[i]);
        }
        _fund(STRANGER);
    }

    /* ACTIONS */

    function reveal(uint256 prover, uint256 page, uint256 salt, bool isLie) external {
        if (proof.isPaused()) return;
        BuiltPage memory built = _page(salt);
        Claim memory claim = _claimOf(built, vm.toString(page % PAGES));
        claim.prover = _provers[prover % PROVERS];
        if (isLie) ++claim.srcBytes;
        (uint64 best, bool isBusy) = proof.pageOf(claim.pageKey);
        uint256 base = best == 0 || best > claim.srcBytes ? claim.srcBytes : best;
        if (isBusy || proof.claimOfSource(claim.src) != 0 || base < claim.optBytes + 1024) return;
        if (proof.statusOf(proof.claimIdOf(claim)) != Status.None) return;

        uint256 heldWei = weth.balanceOf(address(proof));
        bytes32 claimId = _reveal(claim);
        uint256 bond = weth.balanceOf(address(proof)) - heldWei;
        uint256 reward = registry.rewardOf(claim.prover, DOMAIN, claim.srcBytes - claim.optBytes);
        assertGe(bond * 1e18, 4 * reward * PRICE, "a bond covers four rewards");
        lockedBonds += bond;
        _records.push(Record(claim, claimId, isLie, false, bond, salt));
    }

    function attest(uint256 which, uint256 votes) external {
        (bool isThere, uint256 i) = _pending(which);
        if (isThere) _attest(_records[i].claim, votes % 4);
    }

    function finalize(uint256 which) external {
        (bool isThere, uint256 i) = _pending(which);
        if (!isThere || proof.isPaused()) return;
        Record memory record = _records[i];
        if (block.timestamp < proof.deadlineOf(record.claimId)) return;
        if (proof.votesOf(record.claimId) < QUORUM) return;
        (uint64 best,) = proof.pageOf(record.claim.pageKey);
        uint256 base = best == 0 || best > record.claim.srcBytes ? record.claim.srcBytes : best;

        proof.finalize(record.claim);

        (, uint256 rewardWei) = proof.outcomeOf(record.claimId);
        assertLe(4 * rewardWei * PRICE, record.bondWei * 1e18, "a reward is covered by its bond");
        paidBytes[record.claim.pageKey] += base - record.claim.optBytes;
        _end(i, Status.Final);
    }

    function expire(uint256 which) external {
        (bool isThere, uint256 i) = _pending(which);
        if (!isThere || block.timestamp < proof.deadlineOf(_records[i].claimId) + WINDOW) return;
        if (proof.votesOf(_records[i].claimId) >= QUORUM) return;
        proof.expire(_records[i].claim);
        _end(i, Status.Expired);
    }

    /// @dev Contradicts a lie, and tries the same on the truth in vain.
    function prove(uint256 which, uint256 height, uint256 index) external {
        (bool isThere, uint256 i) = _pending(which);
        if (!isThere) return;
        Record memory record = _records[i];
        BuiltPage memory page = _page(record.salt);
        PageBuilder.SumNode[][] memory levels = PageBuilder.levelsOf(page.source);
        height = record.isLie ? levels.length - 1 : height % levels.length;
        index %= levels[height].length;
        PageToken memory leaf = height == 0 ? page.source[index] : PageToken(0, 0, "");
        SumOpening memory opening = PageBuilder.openSum(levels, leaf, height, index);
        vm.prank(CHALLENGER);
        try proof.proveSum(record.claim, Tree.Source, opening) {
            assertTrue(record.isLie, "an honest claim was slashed");
            _end(i, Status.Slashed);
        } catch {
            assertFalse(record.isLie, "a lie was not slashed");
        }
    }

    /// @dev Shares the bounty of the first slashed claim whose time is over.
    function settle(uint256 which) external {
        for (uint256 n = 0; n < _records.length; ++n) {
            uint256 i = (which % _records.length + n) % _records.length;
            (, uint256 bountyWei, uint64 deadline) = proof.bountyOf(_records[i].claimId);
            if (deadline == 0 || block.timestamp < deadline) continue;
            uint256 owedWei = proof.credits(address(weth), CHALLENGER);
            proof.settleBounty(_records[i].claim);
            assertEq(proof.credits(address(weth), CHALLENGER), owedWei + bountyWei, "the opener's bounty");
            lockedBonds -= _records[i].bondWei;
            ++settled;
            return;
        }
    }

    function withdraw(uint256 which) external {
        address account = which % 4 == 3 ? CHALLENGER : _provers[which % 4 % PROVERS];
        if (proof.credits(address(weth), account) != 0) proof.withdraw(address(weth), account);
    }

    /// @dev What a final claim has earned and not been given yet; never more than it earned in all.
    function collect(uint256 which) external {
        for (uint256 n = 0; n < _records.length; ++n) {
            uint256 i = (which % _records.length + n) % _records.length;
            (, uint256 earnedWei, uint256 collectedWei) = streams.streamOf(_records[i].claimId);
            if (earnedWei == collectedWei) continue;
            streams.collect(_records[i].claim);
            (uint256 rewardWei,, uint256 nowCollectedWei) = streams.streamOf(_records[i].claimId);
            assertLe(nowCollectedWei, rewardWei, "collected within the reward");
            return;
        }
    }

    function payReward(uint256 which) external {
        uint256 count = token.ticketCount();
        if (count == 0) return;
        (address account, uint256 amountWei, uint256 end) = token.ticketOf(which % count);
        if (account == address(0) || end > token.emittedWei()) return;
        token.payReward(which % count);
        paidRewards += amountWei;
    }

    function burn(uint256 which, uint256 amountWei) external {
        address account = _provers[which % PROVERS];
        amountWei = bound(amountWei, 0, token.balanceOf(account));
        vm.prank(account);
        token.burn(amountWei);
        burntDsh += amountWei;
    }

    function donate(uint256 amountWei) external {
        amountWei = bound(amountWei, 0, 1 ether);
        if (weth.balanceOf(STRANGER) < amountWei) return;
        vm.prank(STRANGER);
        weth.transfer(address(proof), amountWei);
        donated += amountWei;
    }

    function pass(uint256 seconds_) external {
        skip(bound(seconds_, 1, 2 * WINDOW));
        vm.roll(block.number + 1);
    }

    function pauseOrGoOn() external {
        if (proof.isPaused()) proof.unpause();
        else proof.pause();
    }

    /* WHAT HAS HAPPENED */

    function records() external view returns (Record[] memory) {
        return _records;
    }

    function balance() external view returns (uint256) {
        return weth.balanceOf(address(proof));
    }

    function owed() external view returns (uint256 sum) {
        sum = lockedBonds + proof.burntWei() + donated + proof.credits(address(weth), CHALLENGER);
        for (uint256 i = 0; i < PROVERS; ++i) {
            sum += proof.credits(address(weth), _provers[i]);
        }
    }

    function statusOf(bytes32 claimId) external view returns (Status) {
        return proof.statusOf(claimId);
    }

    function bestBytesOf(bytes32 pageKey) external view returns (uint64 best) {
        (best,) = proof.pageOf(pageKey);
    }

    function supply() external view returns (uint256 total, uint256 initial, uint256 maximum, uint256 emitted) {
        return (token.totalSupply(), token.INITIAL_SUPPLY_WEI(), token.MAX_SUPPLY_WEI(), token.emittedWei());
    }

    function provenBytes() external view returns (uint256 sum) {
        for (uint256 i = 0; i < PROVERS; ++i) {
            sum += IOptimizationRegistry(registry).verifiedBytesOf(_provers[i]);
        }
    }

    /* STEPS */

    /// @dev Two tags and two comments, unlike for every salt.
    function _page(uint256 salt) private pure returns (BuiltPage memory page) {
        page = PageBuilder.commented(2);
        bytes memory word = bytes(vm.toString(salt % 1_000));
        page.source[1] = PageBuilder.whole(5, abi.encodePacked("<!--", word, PageBuilder.fill(600 + salt % 300), "-->"));
    }

    function _pending(uint256 which) private view returns (bool isThere, uint256 index) {
        for (uint256 i = 0; i < _records.length; ++i) {
            index = (which % _records.length + i) % _records.length;
            if (!_records[index].isOver) return (true, index);
        }
    }

    function _end(uint256 index, Status status) private {
        _records[index].isOver = true;
        // A slashed bond stays locked until its bounty is shared.
        if (status != Status.Slashed) lockedBonds -= _records[index].bondWei;
        ++reached[status];
        _assertStatus(_records[index].claimId, status);
    }
}
