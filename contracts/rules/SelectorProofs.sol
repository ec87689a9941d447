// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {
    Claim,
    IProofOfOptimization,
    StepOpening,
    StepRun,
    TokenOpening,
    Tree
} from "../interfaces/IProofOfOptimization.sol";
import {Openings} from "../libraries/Openings.sol";
import {OpenTags} from "../proof/OpenTags.sol";
import {Rules} from "../proof/Rules.sol";
import {Selectors} from "../proof/Selectors.sol";
import {StyleRules} from "../proof/StyleRules.sol";

/// @title That a dropped style rule matches an element of the page: docs/PROTOCOL.md, "proveSelector"
contract SelectorProofs {
    uint8 private constant START = 2;
    uint8 private constant CSS = 8;
    uint16 private constant STATE_MASK = 0x007F;
    uint16 private constant FRESH_IN_STYLE = 64;

    /// @notice See IProofOfOptimization.
    function proveSelector(Claim calldata claim, StepRun calldata run) external pure {
        require(
            run.steps.length == 1 && run.sources.length == 1,
            IProofOfOptimization.OpeningLengthWrong(run.steps.length, run.sources.length, 1)
        );
        StepOpening calldata step = run.steps[0];
        TokenOpening calldata rule = run.sources[0];
        Openings.requireStep(claim, step);
        Openings.requireToken(claim, Tree.Source, rule);
        require(rule.index == step.index, IProofOfOptimization.PlacesDiffer(rule.index, step.index));
        bool isDropped = step.index < claim.n && step.rule == Rules.DROP_UNUSED_RULE && rule.kind == CSS
            && step.flags & STATE_MASK == FRESH_IN_STYLE;
        require(isDropped, IProofOfOptimization.NoFault());

        _requireElements(claim, run);
        (Selectors.Read memory list, uint256 brace) = Selectors.read(rule.data);
        // Beyond the grammar the rule was not allowed at all: proveRule's business.
        require(brace != 0, IProofOfOptimization.NoFault());
        require(_isMatched(rule.data, list, run.elements), IProofOfOptimization.NoFault());
    }

    /// @notice Whether rule 7 may be applied to a token in its state, as far as it shows: the alone part of proveRule.
    function mayDrop(uint8 kind, uint16 flags, bytes calldata data) external pure returns (bool) {
        return StyleRules.mayDrop(kind, flags, data);
    }

    /// @dev `path` leads outwards along `parent`; `elements` are start tags on it, in the same order, the first one first.
    function _requireElements(Claim calldata claim, StepRun calldata run) private pure {
        require(run.path.length != 0 && run.elements.length != 0, IProofOfOptimization.NoFault());
        uint256 next;
        for (uint256 i = 0; i < run.path.length; ++i) {
            StepOpening calldata place = run.path[i];
            Openings.requireStep(claim, place);
            if (i != 0) {
                uint32 around = run.path[i - 1].parent;
                require(place.index == around, IProofOfOptimization.PlacesDiffer(place.index, around));
            }
            if (next < run.elements.length && run.elements[next].index == place.index) {
                TokenOpening calldata element = run.elements[next];
                Openings.requireToken(claim, Tree.Source, element);
                bool isStart = element.kind == START && place.flags & STATE_MASK == 0 && place.index < claim.n;
                require(isStart && element.data.length > 1, IProofOfOptimization.NoFault());
                ++next;
            }
            // The match begins with the element itself.
            if (i == 0) require(next == 1, IProofOfOptimization.NoFault());
        }
        require(next == run.elements.length, IProofOfOptimization.NoFault());
    }

    /// @dev Whether a selector has one compound for each element, and each fits.
    function _isMatched(bytes calldata data, Selectors.Read memory list, TokenOpening[] calldata elements)
        private
        pure
        returns (bool)
    {
        uint256 first;
        while (first < list.count) {
            uint256 end = first;
            while (end < list.count && list.parts[end] >> 64 == list.parts[first] >> 64) ++end;
            if (_fits(data, list, first, end, elements)) return true;
            first = end;
        }
        return false;
    }

    function _fits(
        bytes calldata data,
        Selectors.Read memory list,
        uint256 first,
        uint256 end,
        TokenOpening[] calldata elements
    ) private pure returns (bool) {
        uint256 last = uint24(list.parts[end - 1] >> 40);
        if (last + 1 - uint24(list.parts[first] >> 40) != elements.length) return false;
        for (uint256 i = first; i < end; ++i) {
            uint256 part = list.parts[i];
            if (!_hasPart(data, part, elements[last - uint24(part >> 40)])) return false;
        }
        return true;
    }

    function _hasPart(bytes calldata data, uint256 part, TokenOpening calldata element) private pure returns (bool) {
        return OpenTags.has(element.data, uint8(part >> 32), Selectors.nameOf(data, part));
    }
}
