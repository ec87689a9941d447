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
import {Joints} from "../proof/Joints.sol";
import {LexerTable} from "../proof/LexerTable.sol";
import {StyleLexer} from "../proof/StyleLexer.sol";
import {StepRuns} from "./StepRuns.sol";

/// @title That a step's parent or depth is not what the open elements give: docs/PROTOCOL.md, "proveNest"
contract NestProofs {
    uint32 private constant NO_PARENT = type(uint32).max;
    uint8 private constant START = 2;
    uint8 private constant END = 3;
    uint8 private constant CSS = 8;
    uint16 private constant STATE_MASK = 0x007F;
    uint16 private constant FIRST_IN_STYLE = 64;
    uint16 private constant PLACE = 0x4580; // FOREIGN, PRESERVE, CDATA_OK, MATH
    uint16 private constant STYLE_PLACE = 0x0180; // FOREIGN, PRESERVE
    uint16 private constant IN_GROUP = 0x4000;
    uint16 private constant PRESERVE = 0x0100;
    /// @dev An end tag looks at this many open elements at most.
    uint256 private constant REACH = 256;

    /// @notice See IProofOfOptimization.
    function proveNest(Claim calldata claim, StepRun calldata run) external pure {
        for (uint256 i = 0; i < run.path.length; ++i) {
            Openings.requireStep(claim, run.path[i]);
        }
        for (uint256 i = 0; i < run.elements.length; ++i) {
            Openings.requireToken(claim, Tree.Source, run.elements[i]);
            uint32 expected = i < run.path.length ? run.path[i].index : NO_PARENT;
            require(
                run.elements[i].index == expected, IProofOfOptimization.PlacesDiffer(run.elements[i].index, expected)
            );
        }
        bool isFault;
        if (run.sources.length != 0) {
            StepRuns.requireRun(claim, run);
            require(run.elements.length == run.path.length, IProofOfOptimization.NoFault());
            isFault = _isPoppedWrong(run);
        } else {
            require(run.steps.length == 1 && run.path.length != 0, IProofOfOptimization.NoFault());
            StepOpening calldata step = run.steps[0];
            Openings.requireStep(claim, step);
            require(step.index < claim.n && step.depth != 0, IProofOfOptimization.NoFault());
            require(run.path[0].index == step.parent, IProofOfOptimization.PlacesDiffer(run.path[0].index, step.parent));
            isFault = run.path.length == 2 ? _isClosed(step, run.path) : _isNoParent(step, run);
        }
        require(isFault, IProofOfOptimization.NoFault());
    }

    /* PARENT */

    /// @dev A token between a parent and its child, no deeper than the parent: by then it was closed.
    function _isClosed(StepOpening calldata step, StepOpening[] calldata path) private pure returns (bool) {
        uint16 state = path[1].flags & STATE_MASK;
        // The later pieces of the parent's own tag stand outside it.
        bool isFresh = state == 0 || state == FIRST_IN_STYLE || (state >= 20 && state < 55);
        return isFresh && path[1].index > path[0].index && path[1].index <= step.index && path[1].depth <= path[0].depth;
    }

    /// @dev The parent opens nothing, or stands at another depth, or the flags are not those of the place inside it.
    function _isNoParent(StepOpening calldata step, StepRun calldata run) private pure returns (bool) {
        require(run.elements.length == 1, IProofOfOptimization.NoFault());
        StepOpening calldata parent = run.path[0];
        TokenOpening calldata element = run.elements[0];
        if (uint256(parent.depth) + 1 != step.depth) return true;
        bool isInStyle = step.flags & STATE_MASK >= FIRST_IN_STYLE;
        if (element.kind == CSS) {
            if (parent.flags & STATE_MASK != FIRST_IN_STYLE || !_isHead(element.data)) return true;
            uint256 kept = parent.flags & PRESERVE;
            return step.flags & (isInStyle ? STYLE_PLACE | IN_GROUP : PLACE) != (isInStyle ? kept | IN_GROUP : kept);
        }
        if (element.kind != START || parent.flags & STATE_MASK != 0) return true;
        Elements.Element memory opened = Elements.elementOf(element.data, parent.flags);
        // Whether a tag closes itself may show in a later piece: that is left to its own step.
        if (!Elements.opens(opened, false, parent.depth)) return true;
        uint256 place = Elements.inside(opened, element.data, parent.flags);
        if (isInStyle) {
            bool isStyle = opened.isHtml && opened.name == "style";
            return !isStyle || step.flags & (STYLE_PLACE | IN_GROUP) != place & STYLE_PLACE;
        }
        return step.flags & PLACE != place;
    }

    function _isHead(bytes calldata data) private pure returns (bool) {
        return data[0] == "@" && StyleLexer.opensGroup(LexerTable.load(), data);
    }

    /* WHAT IS CLOSED */

    struct Walk {
        uint256 depth;
        uint32 top;
        uint256 at;
    }

    /// @dev Whether the last step's depth is not what an end tag, and then a tag that breaks out, leave.
    function _isPoppedWrong(StepRun calldata run) private pure returns (bool) {
        StepOpening calldata next = run.steps[run.steps.length - 1];
        (Walk memory walk, bool isEnd) = _begin(run);
        TokenOpening calldata tag = run.sources[run.sources.length - 1];
        bool isOut = next.flags & STATE_MASK == 0 && (tag.kind == START || tag.kind == END)
            && Elements.breaksOut(tag.data, tag.kind == END);
        require(isEnd || isOut, IProofOfOptimization.NoFault());

        if (isEnd && _close(walk, run, isOut, next.depth)) return true;
        if (isOut) _breakOut(walk, run);
        return next.depth != walk.depth;
    }

    /// @dev The innermost open element behind the judged token, before anything is closed; and whether that is an end tag.
    function _begin(StepRun calldata run) private pure returns (Walk memory walk, bool isEnd) {
        StepOpening calldata step = run.steps[run.steps.length - 2];
        TokenOpening calldata source = run.sources[run.sources.length - 2];
        Joints.Behind memory at = Joints.behind(source.kind, step.flags, source.data);
        require(at.isLegal && source.kind != CSS, IProofOfOptimization.NoFault());
        (walk.depth, walk.top) = (step.depth, step.parent);
        if (StepRuns.openedBy(at, run).opens) (walk.depth, walk.top) = (walk.depth + 1, run.steps[0].index);
        isEnd = source.kind == END && at.hasEnded;
    }

    /// @dev Closes the nearest element of an end tag's name; gives true as soon as the claimed depth cannot be right.
    function _close(Walk memory walk, StepRun calldata run, bool isOut, uint16 claimedDepth)
        private
        pure
        returns (bool)
    {
        (bytes32 name,) = Elements.nameOf(run.sources[0].data, 2);
        uint32 top = walk.top;
        for (uint256 i = 0; i < REACH && top != NO_PARENT; ++i) {
            _requireOpen(top, i, run.path);
            if (run.elements[i].kind == START) {
                (bytes32 found,) = Elements.nameOf(run.elements[i].data, 1);
                if (found == name) {
                    (walk.depth, walk.top, walk.at) = (run.path[i].depth, run.path[i].parent, i + 1);
                    return false;
                }
            }
            // The claim says that this is the last one closed, and it is not of that name.
            if (!isOut && run.path[i].depth == claimedDepth) return true;
            top = run.path[i].parent;
        }
        return false;
    }

    /// @dev Leaves foreign content.
    function _breakOut(Walk memory walk, StepRun calldata run) private pure {
        for (; walk.top != NO_PARENT; ++walk.at) {
            _requireOpen(walk.top, walk.at, run.path);
            if (run.elements[walk.at].kind != START) return;
            bytes calldata tag = run.elements[walk.at].data;
            uint256 flags = run.path[walk.at].flags;
            if (Elements.inside(Elements.elementOf(tag, flags), tag, flags) & Elements.FOREIGN == 0) return;
            (walk.depth, walk.top) = (run.path[walk.at].depth, run.path[walk.at].parent);
        }
    }

    function _requireOpen(uint32 top, uint256 at, StepOpening[] calldata path) private pure {
        // Not opened: then nothing is shown.
        require(at < path.length, IProofOfOptimization.NoFault());
        require(path[at].index == top, IProofOfOptimization.PlacesDiffer(path[at].index, top));
    }
}
