// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {LexerTable} from "./LexerTable.sol";
import {StyleLexer} from "./StyleLexer.sol";

/// @title Whether a piece, alone and in its state, is one legal token or part of one: docs/lexer.md, "One piece"
/// @dev Where a text ends, or that a state follows from the one before, only neighbours can show; that is not decided here.
library Lexer {
    uint256 private constant PIECE_BYTES = 1024;

    /* KINDS */

    uint256 private constant DOCTYPE = 1;
    uint256 private constant START = 2;
    uint256 private constant END = 3;
    uint256 private constant TEXT = 4;
    uint256 private constant COMMENT = 5;
    uint256 private constant RAW = 6;
    uint256 private constant CDATA = 7;
    uint256 private constant CSS = 8;

    /* FLAGS */

    uint256 private constant STATE_MASK = 0x007F;
    uint256 private constant CDATA_OK = 0x0400;
    uint256 private constant LAST = 0x0800;
    uint256 private constant STYLE_ONLY = 0x8000;

    /* STATES */

    uint256 private constant DATA = 0;
    uint256 private constant TAG_NAME = 1;
    uint256 private constant LAST_IN_TAG = 10;
    uint256 private constant FIRST_IN_COMMENT = 11;
    uint256 private constant BOGUS = 15;
    uint256 private constant IN_DOCTYPE = 16;
    uint256 private constant IN_CDATA = 17;
    uint256 private constant LAST_IN_CDATA = 19;
    uint256 private constant PLAINTEXT = 20;
    uint256 private constant TITLE = 21;
    uint256 private constant NOSCRIPT = 27;
    uint256 private constant SCRIPT = 30;
    uint256 private constant SCRIPT_LESS_THAN = 31;
    uint256 private constant ESCAPED = 34;
    uint256 private constant LAST_IN_SCRIPT = 54;
    uint256 private constant NONE = type(uint256).max;

    /// @dev Names of the raw text elements by state from TITLE on, 9 bytes each: length and lower-case letters.
    bytes private constant RAW_NAMES = hex"057469746c65000000" hex"087465787461726561" hex"03786d700000000000"
        hex"06696672616d650000" hex"076e6f656d62656400" hex"086e6f6672616d6573" hex"086e6f736372697074";

    /// @notice Whether `data` is exactly one legal piece of that kind in the lexer state of `flags`.
    function isToken(uint8 kind, uint16 flags, bytes calldata data) internal pure returns (bool) {
        if (data.length == 0 || data.length > PIECE_BYTES) return false;
        uint256 table = LexerTable.load();
        if (kind == CSS) return StyleLexer.isToken(table, flags, data);
        if (flags & STYLE_ONLY != 0) return false;

        (bool isLegal, bool hasEnded,) = run(table, kind, flags, data);
        if (!isLegal || hasEnded) return isLegal;
        // Text and raw text end where something else begins: any length will do.
        return kind == TEXT || kind == RAW || data.length == PIECE_BYTES || flags & LAST != 0;
    }

    /// @notice Runs the machine of a piece that is not CSS: whether it is legal but for its length, whether its token ends
    /// with it, and else the state behind it. Before the ">" of a tag that is the state that tells whether it closes itself.
    function run(uint256 table, uint8 kind, uint16 flags, bytes calldata data)
        internal
        pure
        returns (bool isLegal, bool hasEnded, uint256 state)
    {
        uint256 at;
        uint256 code;
        (state, at) = _begin(table, kind, flags, data);
        if (state == NONE) return (false, false, state);
        while (at < data.length) {
            (at, state, code) = LexerTable.run(table, data, at, state);
            if (code == LexerTable.ENDS_AFTER) return (at == data.length, true, state);
            if (code == LexerTable.LESS_THAN) {
                if (kind == TEXT ? _beginsMarkup(table, data, at) : _isRawEnd(table, data, at, state)) {
                    return (false, false, state);
                }
            } else if (code == LexerTable.SLASH) {
                if (isEndTag(table, data, at - 1, "script", 6)) return (false, false, state);
                state = state == SCRIPT_LESS_THAN ? SCRIPT : ESCAPED;
            }
        }
        return (true, false, state);
    }

    /// @notice Name of the raw text element of a RAW state, as up to 8 lower-case letters, and their number.
    function rawName(uint256 state) internal pure returns (bytes8 name, uint256 length) {
        if (state >= SCRIPT) return ("script", 6);
        bytes memory names = RAW_NAMES;
        uint256 entry;
        assembly ("memory-safe") {
            // 9 bytes an entry, from state TITLE on
            entry := mload(add(add(names, 0x20), mul(9, sub(state, TITLE))))
        }
        // The letters are the entry's next 8 bytes, zero behind the name.
        return (bytes8(uint64(entry >> 184)), entry >> 248);
    }

    /// @notice Whether the "/" at `at`, behind a "<", goes on as the end tag of the element `name`.
    /// @param name lower-case letters, as `length` bytes
    function isEndTag(uint256 table, bytes calldata data, uint256 at, bytes8 name, uint256 length)
        internal
        pure
        returns (bool)
    {
        if (at + 1 + length >= data.length || data[at] != "/") return false;
        if (_lower(data, at + 1, length) != name) return false;
        uint256 class_ = LexerTable.classOf(table, data[at + 1 + length]);
        return class_ == LexerTable.GREATER_THAN_BYTE || class_ == LexerTable.SLASH_BYTE
            || (class_ >= LexerTable.FIRST_SPACE && class_ <= LexerTable.LAST_SPACE);
    }

    /// @dev State and byte from which the machine has to be run, or NONE where kind, state and first bytes do not agree.
    function _begin(uint256 table, uint8 kind, uint16 flags, bytes calldata data)
        private
        pure
        returns (uint256 state, uint256 at)
    {
        state = flags & STATE_MASK;
        if (kind == TEXT) return state == DATA ? (DATA, 0) : (NONE, 0);
        if (kind == RAW) {
            bool isRaw = (state >= PLAINTEXT && state <= NOSCRIPT) || (state >= SCRIPT && state <= LAST_IN_SCRIPT);
            return isRaw ? (state, 0) : (NONE, 0);
        }
        if (state != DATA) {
            (uint256 first, uint256 last) = _statesOf(kind);
            return state >= first && state <= last ? (state, 0) : (NONE, 0);
        }
        if (kind == START && data.length >= 2 && data[0] == "<" && _isLetter(table, data[1])) return (TAG_NAME, 1);
        if (kind == END && data.length >= 3 && bytes2(data) == "</" && _isLetter(table, data[2])) return (TAG_NAME, 2);
        if (kind == COMMENT) return _beginComment(table, flags, data);
        if (kind == DOCTYPE && _isDoctype(data)) return (IN_DOCTYPE, 9);
        if (kind == CDATA && flags & CDATA_OK != 0 && _isCdata(data)) return (IN_CDATA, 9);
        return (NONE, 0);
    }

    /// @dev States in which a later piece of a kind may begin; an empty range for kinds that are none.
    function _statesOf(uint8 kind) private pure returns (uint256 first, uint256 last) {
        if (kind == START || kind == END) return (TAG_NAME, LAST_IN_TAG);
        if (kind == COMMENT) return (FIRST_IN_COMMENT, BOGUS);
        if (kind == DOCTYPE) return (IN_DOCTYPE, IN_DOCTYPE);
        return kind == CDATA ? (IN_CDATA, LAST_IN_CDATA) : (NONE, 0);
    }

    function _beginComment(uint256 table, uint16 flags, bytes calldata data)
        private
        pure
        returns (uint256 state, uint256 at)
    {
        if (data.length < 2 || data[0] != "<") return (NONE, 0);
        if (data[1] == "?") return (BOGUS, 2);
        if (data[1] == "/") return data.length >= 3 && !_isLetter(table, data[2]) ? (BOGUS, 2) : (NONE, 0);
        if (data[1] != "!") return (NONE, 0);
        if (data.length >= 4 && bytes4(data) == "<!--") return (LexerTable.COMMENT_START, 4);
        if (_isDoctype(data) || (flags & CDATA_OK != 0 && _isCdata(data))) return (NONE, 0);
        return (BOGUS, 2);
    }

    /// @dev Whether the "<" before `at` begins markup. At the very end that cannot be told.
    function _beginsMarkup(uint256 table, bytes calldata data, uint256 at) private pure returns (bool) {
        if (at >= data.length) return false;
        bytes1 character = data[at];
        if (character == "/") return at + 1 < data.length;
        return character == "!" || character == "?" || _isLetter(table, character);
    }

    /// @dev Whether the "<" before `at` begins the end tag of the raw text element of `state`.
    function _isRawEnd(uint256 table, bytes calldata data, uint256 at, uint256 state) private pure returns (bool) {
        (bytes8 name, uint256 length) = rawName(state);
        return isEndTag(table, data, at, name, length);
    }

    function _isDoctype(bytes calldata data) private pure returns (bool) {
        return data.length >= 9 && bytes2(data) == "<!" && _lower(data, 2, 7) == "doctype";
    }

    function _isCdata(bytes calldata data) private pure returns (bool) {
        return data.length >= 9 && bytes9(data) == "<![CDATA[";
    }

    /// @dev Up to 8 bytes with bit 5 set: equal to lower-case letters only if they are these letters in either case.
    function _lower(bytes calldata data, uint256 at, uint256 length) private pure returns (bytes8 word) {
        uint256 unused = 8 * (8 - length); // callers ask for at most 8
        word = bytes8(data[at:at + length]) | bytes8(0x2020202020202020);
        return (word >> unused) << unused;
    }

    function _isLetter(uint256 table, bytes1 character) private pure returns (bool) {
        return LexerTable.classOf(table, character) <= LexerTable.LAST_LETTER;
    }
}
