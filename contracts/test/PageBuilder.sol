// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {StepOpening, SumOpening, TokenOpening} from "../interfaces/IProofOfOptimization.sol";

/// @dev A leaf of S or O. `size` is the length of `data` unless a test lies about it.
struct PageToken {
    uint8 kind;
    uint32 size;
    bytes data;
}

struct PageStep {
    uint8 rule;
    uint8 emits;
    uint16 flags;
    uint16 depth;
    uint32 parent;
    uint32 out;
    uint32 attested;
}

struct BuiltPage {
    PageToken[] source;
    PageToken[] optimized;
    PageStep[] steps;
}

/// @title Trees built the slow way, straight from docs/PROTOCOL.md, without the contracts' own libraries
/// @dev `levels[h]` holds the nodes of height h, so that a path is read off and a lie can be planted at any node.
library PageBuilder {
    struct SumNode {
        bytes32 hash;
        uint64 sum;
    }

    uint32 internal constant NO_PARENT = type(uint32).max;
    /// @dev Flag of a page's last step: docs/lexer.md.
    uint16 internal constant LAST = 0x0800;

    /* PAGES */

    /// @notice A small page with something to drop: a tag that is kept and a comment of some 700 bytes that is dropped, in
    /// turn. No two comments are alike, so that a token moved elsewhere shows.
    function commented(uint256 pairs) internal pure returns (BuiltPage memory page) {
        page.source = new PageToken[](2 * pairs);
        page.optimized = new PageToken[](pairs);
        page.steps = new PageStep[](2 * pairs);
        for (uint256 i = 0; i < pairs; ++i) {
            bytes memory comment = abi.encodePacked("<!--", fill(700 + i), "-->");
            page.source[2 * i] = PageToken({kind: 2, size: 4, data: "<br>"});
            // A struct of its own, not the same one: a test that lies about one must not change the other.
            page.optimized[i] = PageToken({kind: 2, size: 4, data: "<br>"});
            page.source[2 * i + 1] = PageToken({kind: 5, size: uint32(comment.length), data: comment});
            page.steps[2 * i] = PageStep(0, 1, 0, 0, NO_PARENT, uint32(i), 0);
            page.steps[2 * i + 1] = PageStep(1, 0, 0, 0, NO_PARENT, uint32(i + 1), 0);
        }
        page.steps[2 * pairs - 1].flags = LAST;
    }

    /// @notice A page of tags, comments and texts in an order drawn from `seed`, every comment dropped, every text collapsed.
    /// @dev The tags open nothing, so that every step's place is the page's own.
    /// No two texts stand side by side, and none begins or ends in white-space: what is before them then does not matter.
    function drawn(uint256 count, uint256 seed) internal pure returns (BuiltPage memory page) {
        page.source = new PageToken[](count);
        page.steps = new PageStep[](count);
        PageToken[] memory out = new PageToken[](count);
        uint32 emitted = 0;
        bool afterText = true;
        for (uint256 i = 0; i < count; ++i) {
            uint256 draw = uint256(keccak256(abi.encode(seed, i)));
            uint256 size = 1 + draw % 900;
            uint8 rule = uint8(afterText ? (draw >> 16) % 2 : (draw >> 16) % 3);
            afterText = rule == 2;
            bytes memory text = fill(size);
            if (rule == 0) page.source[i] = whole(2, abi.encodePacked("<br ", text, ">"));
            if (rule == 1) page.source[i] = whole(5, abi.encodePacked("<!--", text, "-->"));
            if (rule == 2) page.source[i] = whole(4, abi.encodePacked("a \t", text, " \n z"));
            page.steps[i] = PageStep(rule, rule == 1 ? 0 : 1, 0, 0, NO_PARENT, emitted, 0);
            if (rule == 0) out[emitted++] = whole(2, abi.encodePacked("<br ", text, ">")); // bytes of its own, as above
            if (rule == 2) out[emitted++] = whole(4, abi.encodePacked("a ", text, "\nz"));
        }
        page.steps[count - 1].flags = LAST;
        page.optimized = new PageToken[](emitted);
        for (uint256 i = 0; i < emitted; ++i) {
            page.optimized[i] = out[i];
        }
    }

    function whole(uint8 kind, bytes memory data) internal pure returns (PageToken memory) {
        return PageToken({kind: kind, size: uint32(data.length), data: data});
    }

    function fill(uint256 size) internal pure returns (bytes memory data) {
        data = new bytes(size);
        for (uint256 i = 0; i < size; ++i) {
            data[i] = bytes1(uint8(97 + i % 26));
        }
    }

    function bytesOf(PageToken[] memory tokens) internal pure returns (uint64 sum) {
        for (uint256 i = 0; i < tokens.length; ++i) {
            sum += tokens[i].size;
        }
    }

    /// @notice What the attested rules of a page saved, by its last step.
    function attestedBytes(BuiltPage memory page) internal pure returns (uint64) {
        uint256 last = page.steps.length - 1;
        PageStep memory step = page.steps[last];
        if (step.rule < 128) return step.attested;
        uint32 putIn = step.emits == 0 ? 0 : page.optimized[step.out].size;
        return step.attested + page.source[last].size - putIn;
    }

    function depthOf(uint256 count) internal pure returns (uint8 depth) {
        while (uint256(1) << depth < count) ++depth;
    }

    /* ROOTS */

    function sourceRoot(BuiltPage memory page) internal pure returns (bytes32) {
        return rootOf(levelsOf(page.source));
    }

    function optimizedRoot(BuiltPage memory page) internal pure returns (bytes32) {
        return rootOf(levelsOf(page.optimized));
    }

    function traceRoot(BuiltPage memory page) internal pure returns (bytes32) {
        bytes32[][] memory levels = stepLevelsOf(page.steps);
        return levels[levels.length - 1][0];
    }

    function rootOf(SumNode[][] memory levels) internal pure returns (bytes32) {
        return levels[levels.length - 1][0].hash;
    }

    /* TREES */

    function levelsOf(PageToken[] memory tokens) internal pure returns (SumNode[][] memory levels) {
        uint8 depth = depthOf(tokens.length);
        levels = new SumNode[][](depth + 1);
        levels[0] = new SumNode[](uint256(1) << depth);
        for (uint256 i = 0; i < levels[0].length; ++i) {
            PageToken memory token = i < tokens.length ? tokens[i] : PageToken(0, 0, "");
            levels[0][i] = SumNode(leafHash(token), token.size);
        }
        raise(levels, 0);
    }

    /// @notice Computes every level above `from` anew: after a lie was planted there, honest above it.
    function raise(SumNode[][] memory levels, uint256 from) internal pure {
        for (uint256 h = from + 1; h < levels.length; ++h) {
            levels[h] = new SumNode[](levels[h - 1].length / 2);
            for (uint256 i = 0; i < levels[h].length; ++i) {
                (SumNode memory left, SumNode memory right) = (levels[h - 1][2 * i], levels[h - 1][2 * i + 1]);
                levels[h][i] = SumNode(
                    keccak256(abi.encodePacked(uint8(1), left.hash, left.sum, right.hash, right.sum)),
                    left.sum + right.sum
                );
            }
        }
    }

    function leafHash(PageToken memory token) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(0), token.kind, token.size, dataHash(token)));
    }

    function dataHash(PageToken memory token) internal pure returns (bytes32) {
        return token.kind == 0 && token.size == 0 && token.data.length == 0 ? bytes32(0) : keccak256(token.data);
    }

    function stepLevelsOf(PageStep[] memory steps) internal pure returns (bytes32[][] memory levels) {
        uint8 depth = depthOf(steps.length);
        levels = new bytes32[][](depth + 1);
        levels[0] = new bytes32[](uint256(1) << depth);
        for (uint256 i = 0; i < levels[0].length; ++i) {
            levels[0][i] = stepHash(i < steps.length ? steps[i] : PageStep(0, 0, 0, 0, 0, 0, 0));
        }
        for (uint256 h = 1; h <= depth; ++h) {
            levels[h] = new bytes32[](levels[h - 1].length / 2);
            for (uint256 i = 0; i < levels[h].length; ++i) {
                levels[h][i] = keccak256(abi.encodePacked(uint8(3), levels[h - 1][2 * i], levels[h - 1][2 * i + 1]));
            }
        }
    }

    function stepHash(PageStep memory s) internal pure returns (bytes32) {
        return keccak256(abi.encodePacked(uint8(2), s.rule, s.emits, s.flags, s.depth, s.parent, s.out, s.attested));
    }

    /* OPENINGS */

    function openToken(PageToken[] memory tokens, uint256 index) internal pure returns (TokenOpening memory) {
        PageToken memory token = index < tokens.length ? tokens[index] : PageToken(0, 0, "");
        return openToken(levelsOf(tokens), token, index);
    }

    function openToken(SumNode[][] memory levels, PageToken memory token, uint256 index)
        internal
        pure
        returns (TokenOpening memory)
    {
        (bytes32[] memory siblings, uint64[] memory sums) = pathOf(levels, 0, index);
        return TokenOpening(uint32(index), token.kind, token.size, token.data, siblings, sums);
    }

    function openStep(PageStep[] memory steps, uint256 index) internal pure returns (StepOpening memory) {
        return openStep(stepLevelsOf(steps), steps, index);
    }

    function openStep(bytes32[][] memory levels, PageStep[] memory steps, uint256 index)
        internal
        pure
        returns (StepOpening memory)
    {
        bytes32[] memory siblings = new bytes32[](levels.length - 1);
        for (uint256 h = 0; h < siblings.length; ++h) {
            siblings[h] = levels[h][(index >> h) ^ 1];
        }
        PageStep memory s = index < steps.length ? steps[index] : PageStep(0, 0, 0, 0, 0, 0, 0);
        return StepOpening(uint32(index), s.rule, s.emits, s.flags, s.depth, s.parent, s.out, s.attested, siblings);
    }

    /// @notice Opens a node; for height 0 `token` is the leaf.
    function openSum(SumNode[][] memory levels, PageToken memory token, uint256 height, uint256 index)
        internal
        pure
        returns (SumOpening memory opening)
    {
        opening.height = uint8(height);
        opening.index = uint32(index);
        if (height == 0) {
            (opening.kind, opening.size, opening.dataHash) = (token.kind, token.size, dataHash(token));
        } else {
            (SumNode memory left, SumNode memory right) =
                (levels[height - 1][2 * index], levels[height - 1][2 * index + 1]);
            (opening.left, opening.leftSum) = (left.hash, left.sum);
            (opening.right, opening.rightSum) = (right.hash, right.sum);
        }
        (opening.siblings, opening.sums) = pathOf(levels, height, index);
    }

    function pathOf(SumNode[][] memory levels, uint256 height, uint256 index)
        internal
        pure
        returns (bytes32[] memory siblings, uint64[] memory sums)
    {
        siblings = new bytes32[](levels.length - 1 - height);
        sums = new uint64[](siblings.length);
        for (uint256 i = 0; i < siblings.length; ++i) {
            SumNode memory sibling = levels[height + i][(index >> i) ^ 1];
            (siblings[i], sums[i]) = (sibling.hash, sibling.sum);
        }
    }
}
