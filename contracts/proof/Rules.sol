// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {FamilyTable} from "./FamilyTable.sol";
import {TagRules} from "./TagRules.sol";
import {TagWords} from "./TagWords.sol";

/// @title What a rule makes of one token in its state: docs/lexer.md, "Rules"
/// @dev Which rules a claim may use is its rule set's business. A rule that is not here is allowed nowhere; of
/// DROP_UNUSED_RULE StyleRules says where it is, which is too large to be part of every contract that knows rules.
library Rules {
    /* RULES */

    uint8 internal constant KEEP = 0;
    uint8 internal constant DROP_COMMENT = 1;
    uint8 internal constant COLLAPSE_WS = 2;
    uint8 internal constant DROP_WS_TEXT = 3;
    uint8 internal constant NORMALIZE_TAG = 4;
    uint8 internal constant DROP_OPTIONAL_END = 5;
    uint8 internal constant DROP_EMPTY_ATTR = 6;
    uint8 internal constant DROP_UNUSED_RULE = 7;
    /// @dev The last rule that is proven. Rules from FIRST_ATTESTED on are no functions of a token.
    uint8 internal constant LAST_PROVEN = 7;
    uint8 internal constant FIRST_ATTESTED = 128;
    uint8 internal constant LAST_ATTESTED = 134;

    uint256 private constant PIECE_BYTES = 1024;
    uint8 private constant END = 3;
    uint8 private constant TEXT = 4;
    uint8 private constant COMMENT = 5;

    /* FLAGS */

    uint16 private constant STATE_MASK = 0x007F;
    uint16 private constant FOREIGN = 0x0080;
    uint16 private constant PRESERVE = 0x0100;
    uint16 private constant JOIN_RISK = 0x0200;
    uint16 private constant LAST = 0x0800;
    uint16 private constant AFTER_SPACE = 0x1000;
    uint16 private constant AFTER_LF = 0x2000;

    /// @notice Where a rule is allowed, whether a token comes out, and its bytes; its kind is the token's own.
    function rewrite(uint8 rule, uint8 kind, uint16 flags, bytes calldata data)
        internal
        pure
        returns (bool allowed, bool emits, bytes memory out)
    {
        if (rule <= COLLAPSE_WS) return rewriteText(rule, kind, flags, data);
        if (data.length == 0) return (false, false, out);
        if (flags & STATE_MASK != 0) return (false, false, out);
        if (rule == DROP_WS_TEXT) return (kind == TEXT && _mayDropText(flags, data), false, out);
        if (rule == DROP_OPTIONAL_END) return (kind == END && _mayDropEnd(flags, data), false, out);
        if (rule == NORMALIZE_TAG || rule == DROP_EMPTY_ATTR) {
            (allowed, out) = TagRules.rewrite(rule == DROP_EMPTY_ATTR, kind, flags, data);
            return (allowed, allowed, out);
        }
    }

    /// @notice The same for the rules that texts and comments know: KEEP, DROP_COMMENT, COLLAPSE_WS.
    function rewriteText(uint8 rule, uint8 kind, uint16 flags, bytes calldata data)
        internal
        pure
        returns (bool allowed, bool emits, bytes memory out)
    {
        if (data.length == 0) return (false, false, out);
        if (rule == KEEP) return (true, true, data);
        // Only fresh tokens: what a later piece of a token is part of cannot be seen here.
        if (flags & STATE_MASK != 0) return (false, false, out);
        if (rule == DROP_COMMENT) return (kind == COMMENT && _mayDrop(flags, data), false, out);
        if (rule == COLLAPSE_WS && kind == TEXT && flags & PRESERVE == 0) {
            out = _collapse(flags, data);
            return (true, out.length != 0, out);
        }
    }

    /// @dev Not what old browsers take for a condition, servers for a directive, or a neighbouring text may join over.
    function _mayDrop(uint16 flags, bytes calldata data) private pure returns (bool) {
        if (flags & JOIN_RISK != 0 || data.length >= PIECE_BYTES) return false;
        bytes7 head = bytes7(data);
        if (bytes3(head) == "<![" || bytes5(head) == "<!--#" || head == "<!--<![") return false;
        // Bit 5 makes "IF" lower-case; the bytes before it are compared as they are.
        return bytes5(head) != "<!--[" || (bytes2(head << 40) | 0x2020) != "if";
    }

    /// @dev A text of nothing but white-space. Its neighbours then decide: ContextProofs.
    function _mayDropText(uint16 flags, bytes calldata data) private pure returns (bool) {
        if (flags & (FOREIGN | PRESERVE | LAST) != 0) return false;
        for (uint256 i = 0; i < data.length; ++i) {
            // 1 at TAB, LF, CR, SPACE
            if ((0x100002600 >> uint8(data[i])) & 1 == 0) return false;
        }
        return true;
    }

    /// @dev An end tag without attributes that what comes next may stand for, which ContextProofs judges.
    function _mayDropEnd(uint16 flags, bytes calldata data) private pure returns (bool) {
        if (flags & (FOREIGN | LAST) != 0 || data.length < 4 || bytes2(data) != "</") return false;
        uint256 end = data.length - 1;
        if (data[end] != ">") return false;
        // 1 at TAB, LF, FF, CR, SPACE
        while ((0x100003600 >> uint8(data[end - 1])) & 1 != 0) --end;
        return end > 2 && FamilyTable.find(TagWords.lower(data, 2, end)).own != 0;
    }

    /// @dev Each run of TAB, LF, CR, SPACE becomes one LF if it has a line end, else one SPACE. A run at the start goes
    /// altogether where the text before ends in white-space that says as much.
    function _collapse(uint16 flags, bytes calldata data) private pure returns (bytes memory out) {
        out = new bytes(data.length);
        bool afterLf = flags & AFTER_LF != 0;
        bool afterSpace = flags & AFTER_SPACE != 0;
        assembly ("memory-safe") {
            let start := add(out, 0x20)
            let to := start
            let from := data.offset
            let end := add(from, data.length)
            // 1 at bits 9, 10, 13, 32
            let spaces := 0x100002600
            for {} lt(from, end) {} {
                let character := byte(0, calldataload(from))
                from := add(from, 1)
                switch and(shr(character, spaces), 1)
                case 0 {
                    mstore8(to, character)
                    to := add(to, 1)
                }
                default {
                    let kept := 0x20
                    for {} 1 {} {
                        // 1 at bits 10, 13
                        if and(shr(character, 0x2400), 1) { kept := 0x0a }
                        if iszero(lt(from, end)) { break }
                        character := byte(0, calldataload(from))
                        if iszero(and(shr(character, spaces), 1)) { break }
                        from := add(from, 1)
                    }
                    // The first run alone has nothing before it.
                    if iszero(and(eq(to, start), or(afterLf, and(afterSpace, eq(kept, 0x20))))) {
                        mstore8(to, kept)
                        to := add(to, 1)
                    }
                }
            }
            mstore(out, sub(to, start)) // never longer than what was allocated
        }
    }
}
