// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, StepOpening, StepRun, SumOpening, TokenOpening, Tree} from "../../interfaces/IProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";
import {BuiltPage, PageBuilder, PageToken} from "../PageBuilder.sol";

/// @title Every proof, tried at every place of a page
/// @dev The rule set is asked itself: it decides by calldata alone, and what it accepts slashes (Slash.t.sol).
contract AnyLieTest is Fixture {
    uint256 private constant LIES = 17;
    uint256 private constant LIES_IN_LEAVES = 13;

    struct Built {
        BuiltPage page;
        Claim claim;
        PageBuilder.SumNode[][] source;
        PageBuilder.SumNode[][] optimized;
        bytes32[][] steps;
    }

    /// forge-config: default.fuzz.runs = 32
    function testFuzz_an_honest_claim_survives_every_proof_at_every_place(uint256 count, uint256 seed) public view {
        Built memory built = _build(PageBuilder.drawn(bound(count, 5, 20), seed));
        vm.assume(built.page.optimized.length != 0);
        assertEq(_proofsThatSucceed(built), 0);
    }

    /// forge-config: default.fuzz.runs = 128
    function testFuzz_any_lie_has_a_proof(uint256 count, uint256 seed, uint256 lie, uint256 where) public view {
        BuiltPage memory page = PageBuilder.drawn(bound(count, 5, 20), seed);
        vm.assume(page.optimized.length != 0);
        assertGt(_proofsThatSucceed(_lied(page, lie, where)), 0);
    }

    /// forge-config: default.fuzz.runs = 64
    function testFuzz_any_two_lies_have_a_proof(
        uint256 count,
        uint256 seed,
        uint256[2] memory lie,
        uint256[2] memory where
    ) public view {
        BuiltPage memory page = PageBuilder.drawn(bound(count, 5, 20), seed);
        vm.assume(page.optimized.length != 0);
        // The same lie twice may be the truth again.
        vm.assume(lie[0] % LIES_IN_LEAVES != lie[1] % LIES);
        _lieInPage(page, lie[0], where[0]);
        assertGt(_proofsThatSucceed(_lied(page, lie[1], where[1])), 0);
    }

    /* LIES */

    function _lied(BuiltPage memory page, uint256 lie, uint256 where) private view returns (Built memory built) {
        lie = lie % LIES;
        if (lie < LIES_IN_LEAVES) _lieInPage(page, lie, where);
        built = _build(page);
        if (lie >= LIES_IN_LEAVES) _lieAboutSums(built, lie - LIES_IN_LEAVES, where);
    }

    /// @dev In a leaf of one of the three trees; the claim is then built on it.
    function _lieInPage(BuiltPage memory page, uint256 lie, uint256 where) private pure {
        lie = lie % LIES_IN_LEAVES;
        uint256 i = where % page.source.length;
        uint256 o = where % page.optimized.length;
        if (lie == 0) page.source[i].kind = 9;
        if (lie == 1) ++page.source[i].size;
        if (lie == 2) page.source[i].data[0] ^= 0x80;
        if (lie == 3) page.steps[i].rule = 3;
        if (lie == 4) page.steps[i].emits ^= 1;
        if (lie == 5) page.steps[i].flags = 127; // no such state
        if (lie == 6) page.optimized[o].data[page.optimized[o].data.length - 1] ^= 0x01;
        if (lie == 7) --page.optimized[o].size;
        if (lie == 8) ++page.steps[i].out;
        if (lie == 9) ++page.steps[i].attested;
        if (lie == 10) page.steps[i].depth = 1; // inside nothing
        if (lie == 11) (page.steps[i].depth, page.steps[i].parent) = (1, uint32(where / 32 % page.source.length));
        if (lie == 12) page.steps[i].flags ^= 0x1000; // behind a space that is not there
    }

    /// @dev In a sum, with everything above it computed as if it were true.
    function _lieAboutSums(Built memory built, uint256 lie, uint256 where) private pure {
        if (lie == 0) ++built.claim.srcBytes;
        if (lie == 1) --built.claim.optBytes;
        if (lie >= 2) {
            PageBuilder.SumNode[][] memory levels = lie == 2 ? built.source : built.optimized;
            uint256 height = where % levels.length;
            levels[height][where % levels[height].length].sum += 17;
            PageBuilder.raise(levels, height);
            if (lie == 2) (built.claim.src, built.claim.srcBytes) = _root(levels);
            else (built.claim.opt, built.claim.optBytes) = _root(levels);
        }
    }

    /* SEARCH */

    function _build(BuiltPage memory page) private view returns (Built memory built) {
        built.page = page;
        built.source = PageBuilder.levelsOf(page.source);
        built.optimized = PageBuilder.levelsOf(page.optimized);
        built.steps = PageBuilder.stepLevelsOf(page.steps);
        built.claim = _claimOf(page, "/");
    }

    function _root(PageBuilder.SumNode[][] memory levels) private pure returns (bytes32, uint64) {
        return (levels[levels.length - 1][0].hash, levels[levels.length - 1][0].sum);
    }

    function _proofsThatSucceed(Built memory built) private view returns (uint256 successes) {
        successes = _sums(built, Tree.Source) + _sums(built, Tree.Optimized);
        for (uint256 i = 0; i < built.source[0].length; ++i) {
            TokenOpening memory token = _openToken(built.source, built.page.source, i);
            StepOpening memory step = PageBuilder.openStep(built.steps, built.page.steps, i);
            try rules.proveToken(built.claim, token, step) {
                ++successes;
            } catch {}
            uint256 out = step.out < built.page.optimized.length ? step.out : 0;
            try rules.proveRule(built.claim, token, step, _openToken(built.optimized, built.page.optimized, out)) {
                ++successes;
            } catch {}
            successes += _steps(built, i);
        }
    }

    /// @dev A step alone, with the one behind it, and with the parent that it names.
    function _steps(Built memory built, uint256 index) private view returns (uint256 successes) {
        StepRun memory run;
        run.steps = new StepOpening[](1);
        run.steps[0] = PageBuilder.openStep(built.steps, built.page.steps, index);
        try rules.proveStep(built.claim, run) {
            ++successes;
        } catch {}
        uint32 parent = run.steps[0].parent;
        if (parent < built.page.source.length) {
            (run.path, run.elements) = (new StepOpening[](1), new TokenOpening[](1));
            run.path[0] = PageBuilder.openStep(built.steps, built.page.steps, parent);
            run.elements[0] = _openToken(built.source, built.page.source, parent);
            try rules.proveNest(built.claim, run) {
                ++successes;
            } catch {}
        }
        if (index + 1 >= built.page.source.length) return successes;
        StepRun memory pair;
        (pair.steps, pair.sources) = (new StepOpening[](2), new TokenOpening[](2));
        for (uint256 i = 0; i < 2; ++i) {
            pair.steps[i] = PageBuilder.openStep(built.steps, built.page.steps, index + i);
            pair.sources[i] = _openToken(built.source, built.page.source, index + i);
        }
        try rules.proveStep(built.claim, pair) {
            ++successes;
        } catch {}
    }

    function _sums(Built memory built, Tree tree) private view returns (uint256 successes) {
        PageBuilder.SumNode[][] memory levels = tree == Tree.Source ? built.source : built.optimized;
        PageToken[] memory tokens = tree == Tree.Source ? built.page.source : built.page.optimized;
        for (uint256 height = 0; height < levels.length; ++height) {
            for (uint256 i = 0; i < levels[height].length; ++i) {
                PageToken memory leaf = i < tokens.length ? tokens[i] : PageToken(0, 0, "");
                SumOpening memory opening = PageBuilder.openSum(levels, leaf, height, i);
                try rules.proveSum(built.claim, tree, opening) {
                    ++successes;
                } catch {}
            }
        }
    }

    function _openToken(PageBuilder.SumNode[][] memory levels, PageToken[] memory tokens, uint256 index)
        private
        pure
        returns (TokenOpening memory)
    {
        PageToken memory token = index < tokens.length ? tokens[index] : PageToken(0, 0, "");
        return PageBuilder.openToken(levels, token, index);
    }
}
