// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Lexer} from "./Lexer.sol";
import {LexerTable} from "./LexerTable.sol";

/// @title Pieces of style sheets: docs/lexer.md, "Style sheets"
library StyleLexer {
    uint256 private constant PIECE_BYTES = 1024;

    /* FLAGS */

    uint256 private constant STATE_MASK = 0x007F;
    uint256 private constant NESTING_MASK = 0x1C00;
    uint256 private constant NESTING_SHIFT = 10;
    uint256 private constant HEAD = 0x2000;
    uint256 private constant IN_GROUP = 0x4000;
    uint256 private constant AT = 0x8000;
    /// @dev A rule nested this deep never ends.
    uint256 private constant DEEPEST = 7;

    /* STATES */

    uint256 private constant FRESH = 64;
    uint256 private constant FILL = 65;
    uint256 private constant FILL_SLASH = 66;
    uint256 private constant LAST_IN_FILL = 68;
    uint256 private constant RULE = 69;
    uint256 private constant LAST_IN_RULE = 86;

    /// @notice Whether `data`, 1 to 1 024 bytes, is one legal piece of kind CSS.
    function isToken(uint256 table, uint16 flags, bytes calldata data) internal pure returns (bool isLegal) {
        (isLegal,,,) = run(table, flags, data);
    }

    /// @notice Whether a piece is legal, whether its token ends with it, and else state and flags behind it.
    function run(uint256 table, uint256 flags, bytes calldata data)
        internal
        pure
        returns (bool isLegal, bool hasEnded, uint256 state, uint256 flagsBehind)
    {
        state = flags & STATE_MASK;
        if (state == FRESH || (state >= FILL && state <= LAST_IN_FILL)) {
            if (flags & (NESTING_MASK | AT | HEAD) != 0) return (false, false, state, flags);
        } else if (state < RULE || state > LAST_IN_RULE) {
            return (false, false, state, flags);
        } else if (flags & HEAD != 0 && (flags & NESTING_MASK != 0 || flags & AT == 0)) {
            return (false, false, state, flags);
        }
        if (state == FRESH) {
            uint256 first = LexerTable.classOf(table, data[0]);
            if (flags & IN_GROUP != 0 && first == LexerTable.CLOSE_BRACE_BYTE) {
                return (data.length == 1, true, state, flags);
            }
            if (_isFill(flags, first, data)) {
                state = FILL;
            } else {
                state = RULE;
                if (data[0] == "@") flags |= opensGroup(table, data) ? AT | HEAD : AT;
            }
        }
        return _run(table, flags, data, state);
    }

    /// @dev A rule may be ended by the end of its group or style element too, which only the next token shows.
    function _run(uint256 table, uint256 flags, bytes calldata data, uint256 state)
        private
        pure
        returns (bool isLegal, bool hasEnded, uint256 stateBehind, uint256 flagsBehind)
    {
        uint256 nesting = (flags & NESTING_MASK) >> NESTING_SHIFT;
        uint256 at;
        uint256 code;
        while (at < data.length) {
            (at, state, code) = LexerTable.run(table, data, at, state);
            if (code == 0) break;
            if (code == LexerTable.LESS_THAN) {
                if (Lexer.isEndTag(table, data, at, "style", 5)) return (false, false, state, flags);
                // An end tag it is not: like any other byte.
                code = LexerTable.next(table, state, LexerTable.OTHER_BYTE);
                state = code;
            }
            if (code == LexerTable.ENDS_BEFORE) return (false, false, state, flags);
            if (code == LexerTable.OPEN_BRACE) {
                if (flags & HEAD != 0 && nesting == 0) return (at == data.length, true, state, flags);
                if (nesting < DEEPEST) ++nesting;
                state = RULE;
            } else if (code == LexerTable.CLOSE_BRACE) {
                if (nesting == 0 && flags & IN_GROUP != 0) return (false, false, state, flags);
                if (nesting == 1) return (at == data.length, true, state, flags);
                if (nesting != 0 && nesting < DEEPEST) --nesting;
                state = RULE;
            } else if (code == LexerTable.SEMICOLON) {
                if (state == FILL) {
                    if (flags & IN_GROUP == 0) return (false, false, state, flags);
                } else {
                    if (flags & AT != 0 && nesting == 0) return (at == data.length, true, state, flags);
                    state = RULE;
                }
            }
        }
        // A "/" with no "*" behind it would not be filling.
        isLegal = state != FILL_SLASH || data.length == PIECE_BYTES;
        return (isLegal, false, state, (flags & ~NESTING_MASK) | (nesting << NESTING_SHIFT));
    }

    function _isFill(uint256 flags, uint256 first, bytes calldata data) private pure returns (bool) {
        if (first >= LexerTable.FIRST_SPACE && first <= LexerTable.LAST_SPACE) return true;
        if (first == LexerTable.SEMICOLON_BYTE) return flags & IN_GROUP != 0;
        return data.length >= 2 && bytes2(data) == "/*";
    }

    /// @notice Whether the at-rule holds rules of its own between its braces.
    function opensGroup(uint256 table, bytes calldata data) internal pure returns (bool) {
        uint256 length = 1;
        while (
            length < data.length && length < 16 && LexerTable.classOf(table, data[length]) <= LexerTable.LAST_NAME_BYTE
        ) ++length;
        // Bit 5 makes letters lower-case and leaves "-" as it is; CR, the one other byte that becomes "-", ends a name.
        bytes16 name = bytes16(data[1:length]) | bytes16(0x20202020202020202020202020202020);
        name = (name >> (8 * (17 - length))) << (8 * (17 - length));
        return name == "media" || name == "layer" || name == "scope" || name == "supports" || name == "container"
            || name == "starting-style";
    }
}
