// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {StepOpening, StepRun, TokenOpening} from "../interfaces/IProofOfOptimization.sol";
import {PageBuilder, PageStep, PageToken} from "./PageBuilder.sol";

/// @title A page of 4 096 like tokens of 30 bytes and a few that differ
/// @dev Where nothing differs a subtree is known by its height, so that a tree costs some hundred hashes and not 8 191.
library SparsePage {
    uint256 internal constant DEPTH = 12;

    struct Place {
        uint32 index;
        PageToken token;
        PageStep step;
    }

    struct Page {
        Place[] places;
    }

    /* CONTENTS */

    /// @dev The place, to be changed; made like all others where it was not touched yet.
    function at(Page memory page, uint32 index) internal pure returns (Place memory) {
        for (uint256 i = 0; i < page.places.length; ++i) {
            if (page.places[i].index == index) return page.places[i];
        }
        Place[] memory more = new Place[](page.places.length + 1);
        for (uint256 i = 0; i < page.places.length; ++i) {
            more[i] = page.places[i];
        }
        more[page.places.length] = Place(index, _token(), _step());
        page.places = more;
        return more[more.length - 1];
    }

    function put(Page memory page, uint32 index, uint8 kind, bytes memory data) internal pure {
        at(page, index).token = PageBuilder.whole(kind, data);
    }

    function nest(Page memory page, uint32 index, uint16 depth, uint32 parent) internal pure {
        PageStep memory step = at(page, index).step;
        (step.depth, step.parent) = (depth, parent);
    }

    /// @dev A tag of a name that nobody knows.
    function _token() private pure returns (PageToken memory) {
        return PageBuilder.whole(2, abi.encodePacked("<b", PageBuilder.fill(26), "/>"));
    }

    function _step() private pure returns (PageStep memory) {
        return PageStep(0, 1, 0, 0, PageBuilder.NO_PARENT, 1, 0);
    }

    /* TREES */

    function sourceRoot(Page memory page) internal pure returns (bytes32 hash, uint64 sum) {
        return _sumNode(page, DEPTH, 0);
    }

    function traceRoot(Page memory page) internal pure returns (bytes32) {
        return _stepNode(page, DEPTH, 0);
    }

    function openToken(Page memory page, uint32 index) internal pure returns (TokenOpening memory) {
        (bytes32[] memory siblings, uint64[] memory sums) = (new bytes32[](DEPTH), new uint64[](DEPTH));
        for (uint256 h = 0; h < DEPTH; ++h) {
            (siblings[h], sums[h]) = _sumNode(page, h, (index >> h) ^ 1);
        }
        PageToken memory token = at(page, index).token;
        return TokenOpening(index, token.kind, token.size, token.data, siblings, sums);
    }

    function openStep(Page memory page, uint32 index) internal pure returns (StepOpening memory) {
        bytes32[] memory siblings = new bytes32[](DEPTH);
        for (uint256 h = 0; h < DEPTH; ++h) {
            siblings[h] = _stepNode(page, h, (index >> h) ^ 1);
        }
        PageStep memory s = at(page, index).step;
        return StepOpening(index, s.rule, s.emits, s.flags, s.depth, s.parent, s.out, s.attested, siblings);
    }

    /// @dev Steps and tokens one behind the other.
    function openRun(Page memory page, uint32 first, uint32 steps, uint32 sources)
        internal
        pure
        returns (StepRun memory run)
    {
        run.steps = new StepOpening[](steps);
        for (uint32 i = 0; i < steps; ++i) {
            run.steps[i] = openStep(page, first + i);
        }
        run.sources = new TokenOpening[](sources);
        for (uint32 i = 0; i < sources; ++i) {
            run.sources[i] = openToken(page, first + i);
        }
    }

    /// @dev One element more, with its step.
    function openElement(Page memory page, StepRun memory run, uint32 index) internal pure {
        uint256 count = run.path.length;
        (StepOpening[] memory path, TokenOpening[] memory elements) = (run.path, run.elements);
        (run.path, run.elements) = (new StepOpening[](count + 1), new TokenOpening[](count + 1));
        for (uint256 i = 0; i < count; ++i) {
            (run.path[i], run.elements[i]) = (path[i], elements[i]);
        }
        (run.path[count], run.elements[count]) = (openStep(page, index), openToken(page, index));
    }

    function _sumNode(Page memory page, uint256 height, uint256 index) private pure returns (bytes32, uint64) {
        if (height == 0) {
            PageToken memory token = _isPlain(page, 0, index) ? _token() : at(page, uint32(index)).token;
            return (PageBuilder.leafHash(token), token.size);
        }
        (bytes32 left, uint64 leftSum) = _sumNode(page, height - 1, 2 * index);
        (bytes32 right, uint64 rightSum) = (left, leftSum);
        if (!_isPlain(page, height, index)) (right, rightSum) = _sumNode(page, height - 1, 2 * index + 1);
        return (keccak256(abi.encodePacked(uint8(1), left, leftSum, right, rightSum)), leftSum + rightSum);
    }

    function _stepNode(Page memory page, uint256 height, uint256 index) private pure returns (bytes32) {
        if (height == 0) {
            return PageBuilder.stepHash(_isPlain(page, 0, index) ? _step() : at(page, uint32(index)).step);
        }
        bytes32 left = _stepNode(page, height - 1, 2 * index);
        bytes32 right = _isPlain(page, height, index) ? left : _stepNode(page, height - 1, 2 * index + 1);
        return keccak256(abi.encodePacked(uint8(3), left, right));
    }

    function _isPlain(Page memory page, uint256 height, uint256 index) private pure returns (bool) {
        for (uint256 i = 0; i < page.places.length; ++i) {
            if (page.places[i].index >> height == index) return false;
        }
        return true;
    }
}
