// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Part} from "../../interfaces/IDemands.sol";
import {Claim, SumOpening, StepOpening, TokenOpening, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {PageBuilder, PageStep, PageToken} from "../PageBuilder.sol";
import {BusyChain} from "./BusyChain.sol";

/// @title What every action costs: whole transactions on a tree of depth twelve, the bar of docs/PROTOCOL.md
/// @dev Run by `make gas` in isolation, so that each call is a transaction of its own, with its 21 000 and its calldata.
/// "first" is a harvester's first claim ever, whose storage is all new; the others are its second.
contract GasTest is BusyChain {
    uint256 private constant SUM_BESIDE = 30 * 4_095;

    /* LIFE */

    function test_gas_of_a_first_claim() public {
        claim = _median("/");
        _live(" first");
    }

    function test_gas_of_a_later_claim() public {
        claim = _median("/");
        _commit(claim);
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
        _attestFive();
        skip(WINDOW);
        proof.finalize(claim);
        proof.withdraw(address(weth), HARVESTER);
        streams.collect(claim);
        vm.roll(block.number + 100);
        token.payReward(0);

        Claim memory second = claim;
        second.pageKey = keccak256("another page");
        second.src = keccak256("another source");
        claim = second;
        _live("");
    }

    function test_gas_of_an_expiry() public {
        claim = _median("/");
        _commit(claim);
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
        skip(2 * WINDOW);
        proof.expire(claim);
        vm.snapshotGasLastCall(GROUP, "expire");
    }

    function _live(string memory suffix) private {
        bytes32 commitment = keccak256(abi.encode(proof.claimIdOf(claim), SALT, HARVESTER));
        vm.prank(HARVESTER);
        proof.commit(commitment);
        vm.snapshotGasLastCall(GROUP, string.concat("commit", suffix));
        vm.roll(block.number + 1);
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
        vm.snapshotGasLastCall(GROUP, string.concat("reveal", suffix));
        _attestFive();
        vm.snapshotGasLastCall(GROUP, string.concat("attest 5 of 7", suffix));
        skip(WINDOW);
        proof.finalize(claim);
        vm.snapshotGasLastCall(GROUP, string.concat("finalize", suffix));
        proof.withdraw(address(weth), HARVESTER);
        vm.snapshotGasLastCall(GROUP, string.concat("withdraw", suffix));
        streams.collect(claim);
        vm.snapshotGasLastCall(GROUP, string.concat("collect", suffix));
        vm.roll(block.number + 100);
        token.payReward(token.ticketCount() - 1);
        vm.snapshotGasLastCall(GROUP, string.concat("payReward", suffix));
    }

    /* DEMANDS, CHALLENGES */

    function test_gas_of_a_demand_and_its_answer() public {
        PageToken memory leaf = PageBuilder.whole(4, PageBuilder.fill(100));
        TokenOpening memory opening = _openSource(leaf);
        _revealLie();
        _fund(CHALLENGER);
        vm.prank(CHALLENGER);
        proof.demand(claim, Part.Source, 0, PLACE);
        vm.snapshotGasLastCall(GROUP, "demand");
        proof.answerToken(claim, Tree.Source, opening);
        vm.snapshotGasLastCall(GROUP, "answer");
    }

    function test_gas_of_a_timeout() public {
        claim = _median("/withheld");
        _revealLie();
        _fund(CHALLENGER);
        vm.prank(CHALLENGER);
        proof.demand(claim, Part.Source, 0, PLACE);
        skip(ANSWER);
        proof.timeout(claim, Part.Source, 0, PLACE);
        vm.snapshotGasLastCall(GROUP, "timeout");
        skip(WINDOW);
        proof.settleBounty(claim);
        vm.snapshotGasLastCall(GROUP, "settleBounty");
    }

    /* PROOFS */

    function test_gas_of_prove_sum() public {
        SumOpening memory opening;
        (opening.kind, opening.size, opening.dataHash) = (4, 100, keccak256("text"));
        (opening.index, opening.siblings, opening.sums) = (PLACE, _siblings("sum"), _sums());
        bytes32 leaf = keccak256(abi.encodePacked(uint8(0), opening.kind, opening.size, opening.dataHash));
        _claimSource(leaf, 101, opening.siblings, opening.sums);
        _revealLie();
        proof.proveSum(claim, Tree.Source, opening);
        vm.snapshotGasLastCall(GROUP, "proveSum");
    }

    function test_gas_of_prove_token() public {
        // A comment that ends early.
        TokenOpening memory source =
            _openSource(PageBuilder.whole(5, abi.encodePacked("<!--", PageBuilder.fill(90), "-->!-->")));
        StepOpening memory step = _openStep(PageStep(0, 1, 0, 0, 0, 7, 0));
        _revealLie();
        proof.proveToken(claim, source, step);
        vm.snapshotGasLastCall(GROUP, "proveToken");
    }

    function test_gas_of_prove_rule() public {
        _proveRule(100, "proveRule");
    }

    function test_gas_of_prove_rule_on_a_kib() public {
        _proveRule(1_024, "proveRule 1 KiB");
    }

    /// @dev A text of `size` bytes, every fourth a space, said to collapse into something else.
    function _proveRule(uint256 size, string memory name) private {
        bytes memory text = PageBuilder.fill(size);
        for (uint256 i = 3; i + 1 < size; i += 4) {
            text[i] = " ";
        }
        TokenOpening memory source = _openSource(PageBuilder.whole(4, text));
        StepOpening memory step = _openStep(PageStep(2, 1, 0, 0, 0, PLACE, 0));
        TokenOpening memory optimized = _opening(PageBuilder.whole(4, PageBuilder.fill(size)), "optimized");
        for (uint256 h = 0; h < 12; ++h) {
            optimized.sums[h] /= 2; // the optimized page is half the size
        }
        claim.opt = _climb(PageBuilder.leafHash(PageBuilder.whole(4, optimized.data)), size, optimized);
        claim.optBytes = uint64(size + SUM_BESIDE / 2);
        _revealLie();
        proof.proveRule(claim, source, step, optimized);
        vm.snapshotGasLastCall(GROUP, name);
    }

    /* SIZE */

    function test_size_of_the_contracts() public {
        vm.snapshotValue("CodeSize", "AccessManager", address(authority).code.length);
        vm.snapshotValue("CodeSize", "DOMSpaceToken", address(token).code.length);
        vm.snapshotValue("CodeSize", "OptimizationRegistry", address(registry).code.length);
        vm.snapshotValue("CodeSize", "ProofOfOptimization", address(proof).code.length);
        vm.snapshotValue("CodeSize", "Answers", proof.ANSWERS().code.length);
        vm.snapshotValue("CodeSize", "DomainControl", address(domains).code.length);
        vm.snapshotValue("CodeSize", "RewardStreams", address(streams).code.length);
        vm.snapshotValue("CodeSize", "VerifierStakes", address(stakes).code.length);
        vm.snapshotValue("CodeSize", "RuleSet1", address(rules).code.length);
        vm.snapshotValue("CodeSize", "StepProofs", address(rules.STEPS()).code.length);
        vm.snapshotValue("CodeSize", "NestProofs", address(rules.NESTS()).code.length);
        vm.snapshotValue("CodeSize", "ContextProofs", address(rules.CONTEXTS()).code.length);
        vm.snapshotValue("CodeSize", "SelectorProofs", address(rules.SELECTORS()).code.length);
        vm.snapshotValue("CodeSize", "VirtualLandNFT", address(land).code.length);
        vm.snapshotValue("CodeSize", "WrappedEther", address(weth).code.length);
        // EIP-170
        assertLe(address(proof).code.length, 24_576);
        assertLe(address(rules).code.length, 24_576);
    }

    /* STEPS */

    /// @dev A proof needs one path alone: the rest of the tree is whatever hashes to the siblings.
    function _siblings(string memory salt) private pure returns (bytes32[] memory siblings) {
        siblings = new bytes32[](12);
        for (uint256 h = 0; h < 12; ++h) {
            siblings[h] = keccak256(abi.encode(salt, h));
        }
    }

    /// @dev 4 095 leaves of 30 bytes: SUM_BESIDE in all.
    function _sums() private pure returns (uint64[] memory sums) {
        sums = new uint64[](12);
        for (uint256 h = 0; h < 12; ++h) {
            sums[h] = uint64(30 << h);
        }
    }

    function _opening(PageToken memory leaf, string memory salt) private pure returns (TokenOpening memory) {
        return TokenOpening(PLACE, leaf.kind, leaf.size, leaf.data, _siblings(salt), _sums());
    }

    function _openSource(PageToken memory leaf) private returns (TokenOpening memory opening) {
        opening = _opening(leaf, "source");
        _claimSource(PageBuilder.leafHash(leaf), leaf.size, opening.siblings, opening.sums);
    }

    function _openStep(PageStep memory s) private returns (StepOpening memory) {
        bytes32[] memory siblings = _siblings("step");
        bytes32 node = PageBuilder.stepHash(s);
        for (uint256 h = 0; h < 12; ++h) {
            node = (PLACE >> h) & 1 == 0
                ? keccak256(abi.encodePacked(uint8(3), node, siblings[h]))
                : keccak256(abi.encodePacked(uint8(3), siblings[h], node));
        }
        claim.trace = node;
        return StepOpening(PLACE, s.rule, s.emits, s.flags, s.depth, s.parent, s.out, s.attested, siblings);
    }

    function _claimSource(bytes32 leaf, uint256 sum, bytes32[] memory siblings, uint64[] memory sums) private {
        claim = _median("/lie");
        TokenOpening memory path = TokenOpening(PLACE, 0, 0, "", siblings, sums);
        claim.src = _climb(leaf, sum, path);
        claim.srcBytes = uint64(sum + SUM_BESIDE);
    }

    function _climb(bytes32 node, uint256 sum, TokenOpening memory path) private pure returns (bytes32) {
        for (uint256 h = 0; h < 12; ++h) {
            node = (PLACE >> h) & 1 == 0
                ? keccak256(abi.encodePacked(uint8(1), node, uint64(sum), path.siblings[h], path.sums[h]))
                : keccak256(abi.encodePacked(uint8(1), path.siblings[h], path.sums[h], node, uint64(sum)));
            sum += path.sums[h];
        }
        return node;
    }

    function _attestFive() private {
        uint8[] memory bits = new uint8[](5);
        uint64[] memory observedAt = new uint64[](5);
        address[] memory signers = new address[](5);
        bytes[] memory signatures = new bytes[](5);
        for (uint256 i = 0; i < 5; ++i) {
            uint256 key = i < 3 ? verifierKeys[i] : 1_000 + i;
            (bits[i], observedAt[i], signers[i]) = (ALL_BITS, uint64(block.timestamp), vm.addr(key));
            signatures[i] = _sign(key, claim, bits[i], observedAt[i]);
        }
        proof.attest(claim, bits, observedAt, signers, signatures);
    }
}
