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
import {Elements} from "../proof/Elements.sol";
import {FamilyTable} from "../proof/FamilyTable.sol";
import {Rules} from "../proof/Rules.sol";

/// @title That what stands beside a token does not allow its rule: docs/PROTOCOL.md, "proveContext"
contract ContextProofs {
    uint32 private constant NO_PARENT = type(uint32).max;
    uint8 private constant START = 2;
    uint8 private constant END = 3;
    uint8 private constant TEXT = 4;
    uint8 private constant COMMENT = 5;
    uint8 private constant CSS = 8;
    uint16 private constant STATE_MASK = 0x007F;
    uint16 private constant FIRST_IN_RULE = 69;
    /// @dev An end tag looks past so many tokens that emit nothing.
    uint256 private constant MOST_PASSED = 3;
    /// @dev So many open elements around a text are looked at for its table.
    uint256 private constant MOST_WRAPS = 8;

    /// @notice See IProofOfOptimization.
    function proveContext(Claim calldata claim, StepRun calldata run) external pure {
        _requireNeighbours(claim, run);
        uint256 count = run.steps.length;
        bool isFault;
        if (count == 1) isFault = run.steps[0].index == 0 && run.steps[0].rule == Rules.DROP_WS_TEXT;
        else if (count == 2 && _isTorn(run)) isFault = true;
        else if (run.steps[0].rule == Rules.DROP_OPTIONAL_END) isFault = _isEndMisplaced(claim, run);
        else if (count == 3 && run.steps[1].rule == Rules.DROP_WS_TEXT) isFault = _isTextMisplaced(claim, run);
        require(isFault, IProofOfOptimization.NoFault());
    }

    /* STYLE RULES */

    /// @dev Two pieces of one style rule, of which one goes.
    function _isTorn(StepRun calldata run) private pure returns (bool) {
        if (run.sources[0].kind != CSS || run.sources[1].kind != CSS) return false;
        if (run.steps[1].flags & STATE_MASK < FIRST_IN_RULE) return false;
        return (run.steps[0].rule == Rules.DROP_UNUSED_RULE) != (run.steps[1].rule == Rules.DROP_UNUSED_RULE);
    }

    /* END TAGS */

    /// @dev It closes something else too, or what comes next would not close it.
    function _isEndMisplaced(Claim calldata claim, StepRun calldata run) private pure returns (bool) {
        if (uint256(run.steps[1].depth) + 1 != run.steps[0].depth) return true;
        uint256 at = 1;
        while (_isPassed(run, at)) {
            if (at > MOST_PASSED || run.steps[at].index == claim.n - 1) return true;
            ++at;
            require(at < run.sources.length, IProofOfOptimization.NoFault());
        }
        if (!_isTag(run, at)) return true;
        StepOpening calldata next = run.steps[at];
        TokenOpening calldata tag = run.sources[at];
        if (next.rule >= Rules.FIRST_ATTESTED) {
            if (next.emits == 0) return true;
            if (_isRenamed(claim, run, at)) return true;
        }
        uint256 own = FamilyTable.find(_nameOf(run.sources[0])).own;
        FamilyTable.Family memory family = FamilyTable.find(_nameOf(tag));
        if (tag.kind == START) return family.starts & own == 0;
        if (family.ends & own == 0 || next.index == claim.n - 1) return true;
        require(run.steps.length > at + 1, IProofOfOptimization.NoFault());
        return uint256(run.steps[at + 1].depth) + 1 != next.depth;
    }

    function _isPassed(StepRun calldata run, uint256 at) private pure returns (bool) {
        uint8 kind = run.sources[at].kind;
        return (kind == TEXT || kind == COMMENT) && run.steps[at].emits == 0;
    }

    /// @dev Whether an attested rule put something else in the place of a tag; where it was not opened, nothing is said.
    function _isRenamed(Claim calldata claim, StepRun calldata run, uint256 at) private pure returns (bool) {
        if (run.optimized.length == 0) return false;
        TokenOpening calldata put = run.optimized[0];
        require(put.index == run.steps[at].out, IProofOfOptimization.PlacesDiffer(put.index, run.steps[at].out));
        Openings.requireToken(claim, Tree.Optimized, put);
        bool isStart = run.sources[at].kind == START;
        uint256 head = isStart ? 1 : 2;
        if (put.data.length <= head || put.data[0] != "<" || (!isStart && put.data[1] != "/")) return true;
        (bytes32 name, uint256 end) = Elements.nameOf(put.data, head);
        return end == put.data.length || name != _nameOf(run.sources[at]);
    }

    /* WHITE-SPACE */

    /// @dev Neither beside a block, nor between the parts of a table, nor before all content.
    function _isTextMisplaced(Claim calldata claim, StepRun calldata run) private pure returns (bool) {
        StepOpening calldata step = run.steps[1];
        bool isEnd = run.sources[2].kind == END;
        uint256 before = run.steps[0].depth;
        if (isEnd && run.sources[0].kind == START && step.depth == before + 1) return true;
        (bool beside, bool between) = _placeOf(run);
        if (run.sources[0].kind == END && before != uint256(step.depth) + 1) (beside, between) = (false, false);
        // An end tag has to end the element that the text is in.
        if (isEnd && (beside || between)) {
            if (step.parent >= step.index) {
                (beside, between) = (false, false);
            } else {
                _requireElement(claim, run, 0, step.parent);
                TokenOpening calldata around = run.elements[0];
                bool closes = around.kind == START && _nameOf(around) == _nameOf(run.sources[2]);
                if (!closes) (beside, between) = (false, false);
            }
        }
        if (beside || (between && _isInTable(claim, run))) return false;
        if (run.sources[2].kind == TEXT || _isContent(run.sources[0], run.steps[0])) return true;
        return _isBehindContent(claim, run);
    }

    /// @dev Whether the tags on both sides allow the text beside a block, or between the parts of a table.
    function _placeOf(StepRun calldata run) private pure returns (bool beside, bool between) {
        uint256 left = _isTag(run, 0) ? FamilyTable.find(_nameOf(run.sources[0])).traits : 0;
        uint256 right = _isTag(run, 2) ? FamilyTable.find(_nameOf(run.sources[2])).traits : 0;
        uint256 either = FamilyTable.BLOCK | FamilyTable.EDGE;
        beside = left & either != 0 && right & either != 0 && (left | right) & FamilyTable.BLOCK != 0;
        between = left & right & FamilyTable.PART != 0;
    }

    /// @dev Whether only parts of a table stand around the text, up to the table.
    function _isInTable(Claim calldata claim, StepRun calldata run) private pure returns (bool) {
        uint32 inner = run.steps[1].index;
        uint32 around = run.steps[1].parent;
        for (uint256 i = 0; i < MOST_WRAPS; ++i) {
            if (around >= inner) return false;
            _requireElement(claim, run, i, around);
            if (run.elements[i].kind != START) return false;
            bytes32 name = _nameOf(run.elements[i]);
            if (name == "table") return true;
            if (FamilyTable.find(name).traits & FamilyTable.WRAP == 0) return false;
            (inner, around) = (around, run.path[i].parent);
        }
        return false;
    }

    /// @dev Whether the last element shown is content of the page that stands before the text.
    function _isBehindContent(Claim calldata claim, StepRun calldata run) private pure returns (bool) {
        uint256 last = run.elements.length;
        require(last != 0, IProofOfOptimization.NoFault());
        TokenOpening calldata content = run.elements[last - 1];
        _requireElement(claim, run, last - 1, content.index);
        return content.index < run.steps[1].index && _isContent(content, run.path[last - 1]);
    }

    /// @dev Whether a token may begin what the page shows.
    function _isContent(TokenOpening calldata token, StepOpening calldata step) private pure returns (bool) {
        if (token.kind == START || token.kind == END) {
            return step.flags & STATE_MASK == 0 && FamilyTable.find(_nameOf(token)).traits & FamilyTable.HEAD == 0;
        }
        if (token.kind != TEXT) return false;
        for (uint256 i = 0; i < token.data.length; ++i) {
            // 1 at TAB, LF, FF, CR, SPACE
            if ((0x100003600 >> uint8(token.data[i])) & 1 == 0) return true;
        }
        return false;
    }

    /* OPENINGS */

    /// @dev Steps one behind the other, and the tokens of all of them or of all but the last.
    function _requireNeighbours(Claim calldata claim, StepRun calldata run) private pure {
        uint256 count = run.steps.length;
        require(
            count != 0 && (run.sources.length == count || (count > 2 && run.sources.length + 1 == count)),
            IProofOfOptimization.OpeningLengthWrong(count, run.sources.length, 2)
        );
        for (uint256 i = 0; i < count; ++i) {
            StepOpening calldata step = run.steps[i];
            Openings.requireStep(claim, step);
            require(
                step.index == uint256(run.steps[0].index) + i,
                IProofOfOptimization.PlacesDiffer(step.index, run.steps[0].index)
            );
            if (i == run.sources.length) break;
            Openings.requireToken(claim, Tree.Source, run.sources[i]);
            require(
                run.sources[i].index == step.index, IProofOfOptimization.PlacesDiffer(run.sources[i].index, step.index)
            );
        }
        uint32 last = run.steps[count - 1].index;
        require(last < claim.n, IProofOfOptimization.PlaceOutOfRange(last, claim.n));
    }

    /// @dev Element `i`, with its step, is opened, and is token `index`.
    function _requireElement(Claim calldata claim, StepRun calldata run, uint256 i, uint32 index) private pure {
        // Not opened: then nothing is shown.
        require(i < run.elements.length && i < run.path.length, IProofOfOptimization.NoFault());
        TokenOpening calldata element = run.elements[i];
        require(
            element.index == index && run.path[i].index == index,
            IProofOfOptimization.PlacesDiffer(element.index, index)
        );
        Openings.requireToken(claim, Tree.Source, element);
        Openings.requireStep(claim, run.path[i]);
    }

    /// @dev A tag's first piece.
    function _isTag(StepRun calldata run, uint256 i) private pure returns (bool) {
        uint8 kind = run.sources[i].kind;
        return (kind == START || kind == END) && run.steps[i].flags & STATE_MASK == 0;
    }

    function _nameOf(TokenOpening calldata tag) private pure returns (bytes32 name) {
        uint256 head = tag.kind == START ? 1 : 2;
        if (tag.data.length > head) (name,) = Elements.nameOf(tag.data, head);
    }
}
