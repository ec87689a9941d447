// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TokenOpening} from "../interfaces/IProofOfOptimization.sol";
import {Elements} from "./Elements.sol";
import {Lexer} from "./Lexer.sol";
import {LexerTable} from "./LexerTable.sol";
import {StyleLexer} from "./StyleLexer.sol";

/// @title Whether one piece may stand right behind another: docs/lexer.md, "Two pieces"
/// @dev Each of the two is taken to be legal alone, in the state of its own flags.
library Joints {
    uint256 private constant PIECE_BYTES = 1024;

    /* KINDS */

    uint256 private constant END = 3;
    uint256 private constant TEXT = 4;
    uint256 private constant RAW = 6;
    uint256 private constant CSS = 8;

    /* FLAGS */

    uint256 private constant STATE_MASK = 0x007F;
    uint256 private constant LAST = 0x0800;
    uint256 private constant IN_GROUP = 0x4000;
    /// @dev Nesting, HEAD and AT: what a rule has gone through.
    uint256 private constant WITHIN_RULE = 0xBC00;
    uint256 private constant NESTING_MASK = 0x1C00;

    /* STATES */

    uint256 private constant PLAINTEXT = 20;
    uint256 private constant SCRIPT = 30;
    uint256 private constant DOUBLE_ESCAPED = 44;
    uint256 private constant FRESH_CSS = 64;
    uint256 private constant FILL = 65;
    uint256 private constant FILL_SLASH = 66;

    /// @notice What the machine says at the end of a piece. Style sheets: `flags` as they are there.
    struct Behind {
        bool isLegal;
        bool hasEnded;
        uint256 state;
        uint256 flags;
        /// state inside the raw text element that the piece's tag opens, 0 if it opens none; and that element's name
        uint256 rawState;
        bytes32 rawName;
    }

    function behind(uint8 kind, uint16 flags, bytes calldata data) internal pure returns (Behind memory at) {
        uint256 table = LexerTable.load();
        if (kind == CSS) (at.isLegal, at.hasEnded, at.state, at.flags) = StyleLexer.run(table, flags, data);
        else (at.isLegal, at.hasEnded, at.state) = Lexer.run(table, kind, flags, data);
    }

    /// @notice Whether the second piece is what the lexer cuts behind the first, but for its place in the tree.
    function follows(
        TokenOpening calldata piece,
        uint16 flags,
        Behind memory at,
        TokenOpening calldata next,
        uint16 nextFlags
    ) internal pure returns (bool) {
        uint256 table = LexerTable.load();
        uint256 nextState = nextFlags & STATE_MASK;
        if (piece.kind == TEXT) {
            if (next.kind != TEXT) return _isFresh(next.kind, nextState) && !_endsWithSlash(piece.data);
            return piece.data.length == PIECE_BYTES && nextState == 0
                && !_joinsMarkup(table, piece.data, next.data, nextFlags);
        }
        if (piece.kind == RAW) return _followsRaw(table, flags, piece.data, at.state, next, nextState);
        if (piece.kind == CSS) return _followsStyle(table, piece.data, at, next, nextFlags);
        if (!at.hasEnded) return next.kind == piece.kind && nextState == at.state;
        if (at.rawState == 0) return _isFresh(next.kind, nextState);
        if (next.kind == END) return nextState == 0 && at.rawState != PLAINTEXT && _closes(next.data, at.rawName);
        if (at.rawState == FRESH_CSS) return next.kind == CSS && nextState == FRESH_CSS;
        return next.kind == RAW && nextState == at.rawState;
    }

    function _isFresh(uint8 kind, uint256 state) private pure returns (bool) {
        return state == 0 && kind != RAW && kind != CSS;
    }

    /* TEXT */

    /// @dev "</" and anything behind it begins markup.
    function _endsWithSlash(bytes calldata data) private pure returns (bool) {
        return data.length > 1 && bytes2(data[data.length - 2:]) == "</";
    }

    /// @dev Whether a "<" at the end of one text and the beginning of the next are markup together.
    function _joinsMarkup(uint256 table, bytes calldata data, bytes calldata next, uint16 nextFlags)
        private
        pure
        returns (bool)
    {
        if (_endsWithSlash(data)) return true;
        if (data[data.length - 1] != "<") return false;
        if (next[0] == "/") return next.length > 1 || nextFlags & LAST == 0;
        return next[0] == "!" || next[0] == "?" || LexerTable.classOf(table, next[0]) <= LexerTable.LAST_LETTER;
    }

    /* RAW TEXT */

    function _followsRaw(
        uint256 table,
        uint16 flags,
        bytes calldata data,
        uint256 state,
        TokenOpening calldata next,
        uint256 nextState
    ) private pure returns (bool) {
        if (flags & STATE_MASK == PLAINTEXT) {
            return next.kind == RAW && nextState == state && data.length == PIECE_BYTES;
        }
        (bytes8 name, uint256 length) = Lexer.rawName(state);
        if (next.kind == RAW) {
            if (data.length != PIECE_BYTES || nextState != state) return false;
            return !_holdsEnd(table, flags, data, next.data, name, length);
        }
        // In double escaped data an end tag ends nothing.
        return next.kind == END && nextState == 0 && state < DOUBLE_ESCAPED && _closes(next.data, bytes32(name));
    }

    /// @dev Whether an end tag of the element begins in one piece and goes on in the next.
    function _holdsEnd(
        uint256 table,
        uint16 flags,
        bytes calldata data,
        bytes calldata next,
        bytes8 name,
        uint256 length
    ) private pure returns (bool) {
        uint256 first = data.length > length + 2 ? data.length - length - 2 : 0;
        for (uint256 from = first; from < data.length; ++from) {
            if (data[from] != "<" || !_isEndAcross(table, data, next, from, name, length)) continue;
            uint256 state = flags & STATE_MASK;
            if (state < SCRIPT || state >= FRESH_CSS) return true;
            if (from != 0) (,, state) = Lexer.run(table, uint8(RAW), flags, data[:from]);
            if (state < DOUBLE_ESCAPED) return true;
        }
        return false;
    }

    function _isEndAcross(
        uint256 table,
        bytes calldata data,
        bytes calldata next,
        uint256 from,
        bytes8 name,
        uint256 length
    ) private pure returns (bool) {
        if (from + length + 2 >= data.length + next.length || _at(data, next, from + 1) != "/") {
            return false;
        }
        for (uint256 i = 0; i < length; ++i) {
            if (_at(data, next, from + 2 + i) | 0x20 != name[i]) return false;
        }
        uint256 class_ = LexerTable.classOf(table, _at(data, next, from + 2 + length));
        return class_ == LexerTable.GREATER_THAN_BYTE || class_ == LexerTable.SLASH_BYTE
            || (class_ >= LexerTable.FIRST_SPACE && class_ <= LexerTable.LAST_SPACE);
    }

    function _at(bytes calldata data, bytes calldata next, uint256 i) private pure returns (bytes1) {
        return i < data.length ? data[i] : next[i - data.length];
    }

    /// @dev Whether an end tag has this name, and shows where the name ends.
    function _closes(bytes calldata tag, bytes32 name) private pure returns (bool) {
        (bytes32 found, uint256 end) = Elements.nameOf(tag, 2);
        return found == name && end < tag.length;
    }

    /* STYLE SHEETS */

    function _followsStyle(
        uint256 table,
        bytes calldata data,
        Behind memory at,
        TokenOpening calldata next,
        uint16 nextFlags
    ) private pure returns (bool) {
        uint256 nextState = nextFlags & STATE_MASK;
        if (next.kind != CSS) return next.kind == END && nextState == 0 && _closes(next.data, "style");
        if (_holdsEnd(table, uint16(FRESH_CSS), data, next.data, "style", 5)) return false;
        if (at.hasEnded || _endsBefore(table, at, next.data)) {
            // A "/" that begins no comment is not filling: it would have begun the next token.
            return nextState == FRESH_CSS && (at.hasEnded || at.state != FILL_SLASH);
        }
        return data.length == PIECE_BYTES && nextState == at.state && nextFlags & WITHIN_RULE == at.flags & WITHIN_RULE;
    }

    /// @dev Whether the next byte is no more part of the token.
    function _endsBefore(uint256 table, Behind memory at, bytes calldata next) private pure returns (bool) {
        uint256 code = LexerTable.next(table, at.state, LexerTable.classOf(table, next[0]));
        if (code == LexerTable.LESS_THAN) code = LexerTable.next(table, at.state, LexerTable.OTHER_BYTE);
        if (code == LexerTable.ENDS_BEFORE) return true;
        if (code == LexerTable.SEMICOLON) return at.state == FILL && at.flags & IN_GROUP == 0;
        if (code == LexerTable.CLOSE_BRACE) return at.flags & NESTING_MASK == 0 && at.flags & IN_GROUP != 0;
        if (code == FILL_SLASH && at.state == FILL) return next.length < 2 || next[1] != "*";
        return false;
    }
}
