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
import {ElementTable} from "../proof/ElementTable.sol";
import {Joints} from "../proof/Joints.sol";
import {LexerTable} from "../proof/LexerTable.sol";
import {Rules} from "../proof/Rules.sol";
import {StepRuns} from "./StepRuns.sol";

/// @title That a step does not follow from the one before it: docs/PROTOCOL.md, "proveStep"
contract StepProofs {
    uint32 private constant NO_PARENT = type(uint32).max;

    /* KINDS */

    uint8 private constant START = 2;
    uint8 private constant END = 3;
    uint8 private constant TEXT = 4;
    uint8 private constant COMMENT = 5;
    uint8 private constant CSS = 8;

    /* FLAGS */

    uint16 private constant STATE_MASK = 0x007F;
    uint16 private constant FIRST_IN_STYLE = 64;
    uint16 private constant PLACE = 0x4580; // FOREIGN, PRESERVE, CDATA_OK, MATH
    uint16 private constant STYLE_PLACE = 0x4180; // FOREIGN, PRESERVE, IN_GROUP
    uint16 private constant PRESERVE = 0x0100;
    uint16 private constant JOIN_RISK = 0x0200;
    uint16 private constant LAST = 0x0800;
    uint16 private constant AFTER_SPACE = 0x1000;
    uint16 private constant AFTER_LF = 0x2000;
    uint16 private constant JOINS = 0x3200;

    /// @notice See IProofOfOptimization.
    function proveStep(Claim calldata claim, StepRun calldata run) external pure {
        if (run.steps.length == 1) {
            Openings.requireStep(claim, run.steps[0]);
            require(_isWrongAlone(claim, run), IProofOfOptimization.NoFault());
            return;
        }
        StepRuns.requireRun(claim, run);
        require(_isWrongBehind(claim, run), IProofOfOptimization.NoFault());
    }

    /* ONE STEP */

    function _isWrongAlone(Claim calldata claim, StepRun calldata run) private pure returns (bool) {
        StepOpening calldata step = run.steps[0];
        bool isInStyle = step.flags & STATE_MASK >= FIRST_IN_STYLE;
        if (step.index >= claim.n) {
            return step.rule | step.emits | step.flags | step.depth | step.parent | step.out | step.attested != 0;
        }
        if (step.index == 0) {
            if (step.flags & ~LAST != 0 || step.depth | step.out | step.attested != 0) return true;
        }
        if (isInStyle ? step.flags & JOIN_RISK != 0 : (step.flags & LAST != 0) != (step.index == claim.n - 1)) {
            return true;
        }
        if ((step.depth == 0) != (step.parent == NO_PARENT)) return true;
        if (step.depth == 0) {
            if (step.flags & (isInStyle ? STYLE_PLACE : PLACE) != 0) return true;
        } else if (step.parent >= step.index) {
            return true;
        }
        if (step.index != claim.n - 1) return false;
        return uint256(step.out) + step.emits != claim.m || _attestedBehind(claim, run, step) != claim.attestedBytes;
    }

    /// @dev The running total behind a step. Of what was not opened nothing is said: then it is the step's own.
    function _attestedBehind(Claim calldata claim, StepRun calldata run, StepOpening calldata step)
        private
        pure
        returns (uint32 attested)
    {
        if (step.rule < Rules.FIRST_ATTESTED) return step.attested;
        uint256 sources = run.sources.length;
        require(sources != 0, IProofOfOptimization.NoFault());
        TokenOpening calldata source = run.sources[sources == 1 ? 0 : sources - 2];
        if (sources == 1) Openings.requireToken(claim, Tree.Source, source);
        require(source.index == step.index, IProofOfOptimization.PlacesDiffer(source.index, step.index));
        uint32 putIn = 0;
        if (step.emits != 0) {
            _requireOptimized(claim, step, run);
            putIn = run.optimized[0].size;
        }
        unchecked {
            // Modulo 2^32, as the oracle counts.
            attested = step.attested + source.size - putIn;
        }
    }

    function _requireOptimized(Claim calldata claim, StepOpening calldata step, StepRun calldata run) private pure {
        require(run.optimized.length == 1, IProofOfOptimization.NoFault());
        require(run.optimized[0].index == step.out, IProofOfOptimization.PlacesDiffer(run.optimized[0].index, step.out));
        Openings.requireToken(claim, Tree.Optimized, run.optimized[0]);
    }

    /* TWO STEPS */

    function _isWrongBehind(Claim calldata claim, StepRun calldata run) private pure returns (bool) {
        StepOpening calldata step = run.steps[run.steps.length - 2];
        StepOpening calldata next = run.steps[run.steps.length - 1];
        if (next.out != uint256(step.out) + step.emits) return true;
        if (step.rule < Rules.FIRST_ATTESTED || step.emits == 0 || run.optimized.length != 0) {
            if (next.attested != _attestedBehind(claim, run, step)) return true;
        }
        if (_isCutWrong(run)) return true;
        if (next.flags & STATE_MASK >= FIRST_IN_STYLE) return false;
        (bool isKnown, uint16 joins) = _joinsBehind(claim, run, step);
        return isKnown && next.flags & JOINS != joins;
    }

    /// @dev Whether the lexer would have cut otherwise, or be at another depth.
    function _isCutWrong(StepRun calldata run) private pure returns (bool) {
        StepOpening calldata step = run.steps[run.steps.length - 2];
        TokenOpening calldata source = run.sources[run.sources.length - 2];
        Joints.Behind memory at = Joints.behind(source.kind, step.flags, source.data);
        require(at.isLegal, IProofOfOptimization.NoFault()); // proveToken's business
        StepRuns.Opened memory opened = StepRuns.openedBy(at, run);
        TokenOpening calldata next = run.sources[run.sources.length - 1];
        StepOpening calldata nextStep = run.steps[run.steps.length - 1];
        (at.rawState, at.rawName) = (opened.rawState, opened.name);
        if (!Joints.follows(source, step.flags, at, next, nextStep.flags)) return true;

        if (source.kind == END && at.hasEnded) return false; // proveNest's business, as is what breaks out
        if (opened.place & Elements.FOREIGN != 0 && nextStep.flags & STATE_MASK == 0) {
            bool isTag = next.kind == START || next.kind == END;
            if (isTag && Elements.breaksOut(next.data, next.kind == END)) return false;
        }
        uint256 depth = step.depth;
        if (opened.opens) ++depth;
        if (source.kind == CSS && _closesGroup(source.data, step.flags)) {
            if (depth == 0) return false; // its own fault
            --depth;
        }
        return nextStep.depth != depth;
    }

    /// @dev "}" that closes a group.
    function _closesGroup(bytes calldata data, uint16 flags) private pure returns (bool) {
        return flags & STATE_MASK == FIRST_IN_STYLE && flags & 0x4000 != 0 && data[0] == "}";
    }

    /* JOINS */

    /// @dev The three bits that a step leaves behind, and whether the openings tell.
    function _joinsBehind(Claim calldata claim, StepRun calldata run, StepOpening calldata step)
        private
        pure
        returns (bool isKnown, uint16 joins)
    {
        TokenOpening calldata source = run.sources[run.sources.length - 2];
        if (step.flags & STATE_MASK >= FIRST_IN_STYLE) return (true, JOIN_RISK);
        uint16 before = step.flags & JOINS;
        if (step.emits == 0) return (true, before);
        if (source.kind == START) {
            if (step.flags & STATE_MASK != 0) return (true, before);
            (bytes32 name,) = Elements.nameOf(source.data, 1);
            (uint256 traits,) = ElementTable.find(name);
            return (true, traits & ElementTable.EATS_NEWLINE != 0 ? JOIN_RISK : 0);
        }
        if (source.kind != TEXT && source.kind != COMMENT) return (true, 0);

        bytes memory out;
        if (step.rule >= Rules.FIRST_ATTESTED) {
            if (run.optimized.length == 0) return (false, 0);
            _requireOptimized(claim, step, run);
            out = run.optimized[0].data;
        } else {
            bool isAllowed;
            (isAllowed,, out) = Rules.rewriteText(step.rule, source.kind, step.flags, source.data);
            if (!isAllowed) return (false, 0); // proveRule's business
        }
        if (out.length == 0) return (false, 0);
        if (source.kind == COMMENT) return (true, out.length == 3 && out[1] == "/" ? before : 0);
        (bool isTold, bool isInTable) = _isInTable(claim, step, run.elements);
        return (isTold, _joinsOfText(out, step.flags, isInTable));
    }

    function _isInTable(Claim calldata claim, StepOpening calldata step, TokenOpening[] calldata parents)
        private
        pure
        returns (bool isTold, bool isInTable)
    {
        if (step.parent == NO_PARENT) return (true, false);
        if (parents.length == 0) return (false, false);
        require(parents[0].index == step.parent, IProofOfOptimization.PlacesDiffer(parents[0].index, step.parent));
        Openings.requireToken(claim, Tree.Source, parents[0]);
        if (parents[0].kind != START) return (true, false);
        (bytes32 name,) = Elements.nameOf(parents[0].data, 1);
        (uint256 traits,) = ElementTable.find(name);
        return (true, traits & ElementTable.TABLE_PART != 0);
    }

    function _joinsOfText(bytes memory out, uint16 flags, bool isInTable) private pure returns (uint16 joins) {
        if (isInTable || _canJoin(out, flags & JOIN_RISK != 0)) joins = JOIN_RISK;
        if (flags & PRESERVE != 0) return joins;
        bytes1 last = out[out.length - 1];
        if (last == 0x0a || last == 0x0d) joins |= AFTER_LF;
        else if (last == 0x20 || last == 0x09) joins |= AFTER_SPACE;
    }

    /// @dev Whether a text behind could become one tag or character reference with the end of this one.
    function _canJoin(bytes memory out, bool before) private pure returns (bool) {
        if (out[out.length - 1] == "<") return true;
        for (uint256 i = out.length; i > 0; --i) {
            uint8 c = uint8(out[i - 1]);
            if (c == 0x26) return true;
            bool goesOn = (c >= 0x30 && c <= 0x39) || (c | 0x20 >= 0x61 && c | 0x20 <= 0x7a) || c == 0x23;
            if (!goesOn) return false;
        }
        return before;
    }
}
