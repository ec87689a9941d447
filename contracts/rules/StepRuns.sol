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

/// @title Neighbouring steps and tokens, opened together
library StepRuns {
    uint256 private constant PIECE_BYTES = 1024;
    uint8 private constant START = 2;
    uint8 private constant END = 3;
    uint8 private constant CSS = 8;
    uint16 private constant STATE_MASK = 0x007F;
    uint16 private constant FIRST_IN_STYLE = 64;
    uint16 private constant PLACE = 0x4580; // FOREIGN, PRESERVE, CDATA_OK, MATH
    uint16 private constant HEAD = 0x2000;
    uint256 private constant SELF_CLOSING = 10;

    struct Opened {
        bool opens;
        uint256 rawState;
        bytes32 name;
        /// flags of the place behind
        uint256 place;
    }

    /// @dev What a start tag that ends with this run opens, if anything.
    function openedBy(Joints.Behind memory at, StepRun calldata run) internal pure returns (Opened memory opened) {
        StepOpening calldata step = run.steps[run.steps.length - 2];
        TokenOpening calldata source = run.sources[run.sources.length - 2];
        opened.place = step.flags & STATE_MASK < FIRST_IN_STYLE ? step.flags & PLACE : 0;
        bool isDeepest = step.depth == 65_535;
        if (source.kind == CSS) {
            opened.opens =
                at.hasEnded && at.flags & HEAD != 0 && source.data[source.data.length - 1] == "{" && !isDeepest;
            return opened;
        }
        if (source.kind != START || !at.hasEnded) return opened;
        bytes calldata tag = run.sources[0].data;
        Elements.Element memory element = Elements.elementOf(tag, step.flags);
        opened.opens = Elements.opens(element, at.state == SELF_CLOSING, step.depth);
        if (opened.opens) opened.place = Elements.inside(element, tag, step.flags);
        // Beyond the deepest level nothing is opened, but the text inside is raw all the same.
        if (element.isHtml) (opened.rawState, opened.name) = (element.rawState, element.name);
    }

    /// @dev Steps and tokens one behind the other; all but the last are pieces of one tag, where there are more than two.
    function requireRun(Claim calldata claim, StepRun calldata run) internal pure {
        uint256 count = run.steps.length;
        require(
            count > 1 && count == run.sources.length,
            IProofOfOptimization.OpeningLengthWrong(count, run.sources.length, 2)
        );
        for (uint256 i = 0; i < count; ++i) {
            StepOpening calldata step = run.steps[i];
            TokenOpening calldata source = run.sources[i];
            Openings.requireStep(claim, step);
            Openings.requireToken(claim, Tree.Source, source);
            require(
                step.index == uint256(run.steps[0].index) + i && source.index == step.index,
                IProofOfOptimization.PlacesDiffer(step.index, source.index)
            );
            if (i + 2 < count) _requireEarlierPiece(source, step, i == 0, run.sources[i + 1].kind);
        }
        uint32 last = run.steps[count - 1].index;
        require(last < claim.n, IProofOfOptimization.PlaceOutOfRange(last, claim.n));
        uint16 judged = run.steps[count - 2].flags & STATE_MASK;
        bool isLater = judged != 0 && judged < 11;
        require(isLater == (count > 2), IProofOfOptimization.NoFault());
    }

    /// @dev What is opened before the piece that is judged has to be its own tag, from its beginning.
    function _requireEarlierPiece(TokenOpening calldata source, StepOpening calldata step, bool isFirst, uint8 nextKind)
        private
        pure
    {
        bool isTag = source.kind == START || source.kind == END;
        bool isFresh = step.flags & STATE_MASK == 0;
        require(
            isTag && source.size == PIECE_BYTES && isFresh == isFirst && nextKind == source.kind,
            IProofOfOptimization.NoFault()
        );
    }
}
