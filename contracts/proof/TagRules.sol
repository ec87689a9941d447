// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {LexerTable} from "./LexerTable.sol";
import {TagWords} from "./TagWords.sol";

/// @title One tag written shorter: docs/lexer.md, "Rules" 4 and 6
/// @dev Never longer than it was. Rule 4 gives the same element with the same attributes; rule 6 leaves out attributes and
/// values that mean nothing.
library TagRules {
    uint256 private constant PIECE_BYTES = 1024;
    uint8 private constant START = 2;
    uint8 private constant END = 3;
    uint16 private constant FOREIGN = 0x0080;

    /* STATES */

    uint256 private constant TAG_NAME = 1;
    uint256 private constant NAME = 3;
    uint256 private constant BEFORE_VALUE = 5;
    uint256 private constant VALUE = 8;
    uint256 private constant AFTER_QUOTED = 9;
    uint256 private constant SLASH = 10;

    /// @dev An attribute in one word: name, its end, value, its end (16 bits each), quote, glued, dropped (8 bits each).
    /// Quote: the quotation mark, 1 for an unquoted value, 0 for none. Glued: right behind the mark of the one before.
    struct Tag {
        uint256[] attributes;
        uint256 count;
        uint256 nameEnd;
        bool isSelfClosing;
        bytes32 name;
    }

    /// @notice The tag as rule 6 (`drops`) or rule 4 writes it; the state of `flags` is 0.
    function rewrite(bool drops, uint8 kind, uint16 flags, bytes calldata data)
        internal
        pure
        returns (bool allowed, bytes memory out)
    {
        if ((kind != START && (kind != END || drops)) || data.length > PIECE_BYTES) return (false, out);
        uint256 begin = kind == START ? 1 : 2;
        if (!_begins(begin, data)) return (false, out);
        (bool isWhole, Tag memory tag) = _parse(data, begin);
        if (!isWhole) return (false, out);

        bool lowers = flags & FOREIGN == 0;
        out = new bytes(data.length + 32); // never longer than the tag; one word is written past what is kept
        uint256 start;
        assembly ("memory-safe") {
            start := add(out, 0x20)
        }
        uint256 to = _putName(start, data, 0, tag.nameEnd, lowers);
        if (kind == START) {
            tag.name = TagWords.lower(data, 1, tag.nameEnd);
            bool mayCloseItself = !lowers || tag.name == "svg" || tag.name == "math";
            if (_hasNameWithEquals(data, tag) || (drops && mayCloseItself)) return (false, "");
            if (drops) _dropAttributes(data, tag);
            to = _putAttributes(to, data, tag, lowers, tag.isSelfClosing && mayCloseItself);
        }
        assembly ("memory-safe") {
            mstore8(to, 0x3e)
            mstore(out, add(sub(to, start), 1))
        }
        return (true, out);
    }

    /* READING */

    /// @dev "<" or "</", and a letter.
    function _begins(uint256 begin, bytes calldata data) private pure returns (bool) {
        if (data.length <= begin || data[0] != "<" || (begin == 2 && data[1] != "/")) return false;
        uint8 first = uint8(data[begin] | 0x20);
        return first >= 0x61 && first <= 0x7a;
    }

    function _parse(bytes calldata data, uint256 begin) private pure returns (bool isWhole, Tag memory tag) {
        uint256 table = LexerTable.load();
        tag.attributes = new uint256[](data.length / 2 + 1); // two bytes an attribute at least
        (uint256 state, uint256 at, uint256 last) = (TAG_NAME, begin, 0);
        while (true) {
            uint256 next;
            (at, next) = LexerTable.stay(table, data, at, state);
            if (at == data.length) return (false, tag);
            if (state == TAG_NAME) {
                tag.nameEnd = at;
            } else if (state == NAME) {
                last |= at << 16;
            } else if (state == BEFORE_VALUE) {
                if (next == VALUE) {
                    last |= (at << 32) | (at << 48) | (1 << 64);
                } else if (next != LexerTable.ENDS_AFTER) {
                    last |= ((at + 1) << 32) | ((at + 1) << 48) | (uint256(uint8(data[at])) << 64);
                }
            } else if (state >= 6 && state <= VALUE) {
                last = (last & ~(uint256(0xffff) << 48)) | (at << 48);
            }
            if (next == NAME || next == LexerTable.ENDS_AFTER) {
                if (last != 0) tag.attributes[tag.count++] = last;
                if (next == LexerTable.ENDS_AFTER) {
                    tag.isSelfClosing = state == SLASH;
                    return (at + 1 == data.length, tag);
                }
                // A name begins behind "<" and a letter: `last` is never 0 for an attribute.
                last = at | (state == AFTER_QUOTED ? 1 << 72 : 0);
            }
            state = next;
            ++at;
        }
    }

    /// @dev Behind a name without a value, a name that begins with "=" would be read as that one's "=".
    function _hasNameWithEquals(bytes calldata data, Tag memory tag) private pure returns (bool) {
        for (uint256 i = 0; i < tag.count; ++i) {
            if (data[uint16(tag.attributes[i])] == "=") return true;
        }
        return false;
    }

    /* DROPPING */

    function _dropAttributes(bytes calldata data, Tag memory tag) private pure {
        // Elements of the page's own scripts may read any attribute.
        for (uint256 i = 1; i < tag.nameEnd; ++i) {
            if (data[i] == "-") return;
        }
        bytes32[] memory names = new bytes32[](tag.count);
        bool hasLanguage = false;
        for (uint256 i = 0; i < tag.count; ++i) {
            (uint256 name, uint256 nameEnd,,) = _places(tag.attributes[i]);
            names[i] = TagWords.lower(data, name, nameEnd);
            if (names[i] == "language") hasLanguage = true;
        }
        for (uint256 i = 0; i < tag.count; ++i) {
            (,, uint256 value, uint256 valueEnd) = _places(tag.attributes[i]);
            bytes32 word = TagWords.lower(data, value, valueEnd);
            if (
                TagWords.meansNothing(tag.name, names[i], value == valueEnd, word, hasLanguage)
                    || _isBlank(data, names[i], tag.attributes[i])
            ) {
                if (!_isRepeated(names, i)) tag.attributes[i] |= 1 << 80;
            } else if (word == names[i] && TagWords.isBoolean(word)) {
                // No value: its end is its beginning.
                tag.attributes[i] = (tag.attributes[i] & ~(uint256(0xffff) << 48)) | (value << 48);
            }
        }
    }

    /// @dev Of several attributes of one name the first counts: dropping it would show the next.
    function _isRepeated(bytes32[] memory names, uint256 index) private pure returns (bool) {
        for (uint256 i = 0; i < names.length; ++i) {
            if (i != index && names[i] == names[index]) return true;
        }
        return false;
    }

    /// @dev A handler without a script, or a list without entries.
    function _isBlank(bytes calldata data, bytes32 word, uint256 attribute) private pure returns (bool) {
        (uint256 name, uint256 nameEnd, uint256 value, uint256 valueEnd) = _places(attribute);
        if (value == valueEnd && TagWords.isHandler(data[name:nameEnd])) return true;
        if (word != "class" && word != "style") return false;
        for (uint256 i = value; i < valueEnd; ++i) {
            // 1 at bits 9, 10, 12, 13, 32
            if ((0x100003600 >> uint8(data[i])) & 1 == 0) return false;
        }
        return true;
    }

    /* WRITING */

    function _putAttributes(uint256 to, bytes calldata data, Tag memory tag, bool lowers, bool closesItself)
        private
        pure
        returns (uint256)
    {
        uint256 last = tag.count;
        for (uint256 i = 0; i < tag.count; ++i) {
            if (tag.attributes[i] >> 80 == 0) last = i;
        }
        uint256 written = 0; // how the value before is written
        uint256 writtenLast = 0;
        for (uint256 i = 0; i < tag.count; ++i) {
            uint256 attribute = tag.attributes[i];
            if (attribute >> 80 != 0) {
                written = 0;
                continue;
            }
            if ((attribute >> 72) & 1 == 0 || written <= 1) to = _put(to, 0x20);
            (uint256 name, uint256 nameEnd,,) = _places(attribute);
            to = _putName(to, data, name, nameEnd, lowers);
            (to, written) = _putValue(to, data, attribute, i == last);
            writtenLast = i + 1 == tag.count ? written : 0;
        }
        if (!closesItself) return to;
        if (tag.count != 0 && writtenLast == 1) to = _put(to, 0x20);
        return _put(to, 0x2f);
    }

    function _putValue(uint256 to, bytes calldata data, uint256 attribute, bool isLast)
        private
        pure
        returns (uint256, uint256 quote)
    {
        (,, uint256 value, uint256 valueEnd) = _places(attribute);
        if (value == valueEnd) return (to, 0);
        quote = uint8(attribute >> 64);
        uint256 from = to + (quote == 1 ? 1 : 2);
        (uint256 end, bool needsQuotes) = _putShortened(from, data, value, valueEnd);
        if (quote != 1 && !needsQuotes) {
            uint256 lastByte;
            assembly ("memory-safe") {
                lastByte := byte(0, mload(sub(end, 1)))
            }
            if (!isLast || lastByte != 0x2f) {
                quote = 1;
                // Written where quotation marks would have left it: once more, a byte to the left.
                (end,) = _putShortened(to + 1, data, value, valueEnd);
            }
        }
        to = _put(to, 0x3d);
        if (quote == 1) return (end, quote);
        _put(to, quote);
        return (_put(end, quote), quote);
    }

    /// @dev The value with "&amp;" written "&" where no letter, digit or "#" comes behind it, and whether a byte of it
    /// needs quotation marks.
    function _putShortened(uint256 to, bytes calldata data, uint256 from, uint256 end)
        private
        pure
        returns (uint256 written, bool needsQuotes)
    {
        assembly ("memory-safe") {
            let cursor := add(data.offset, from)
            let bound := add(data.offset, end)
            written := to
            for {} lt(cursor, bound) {} {
                let character := byte(0, calldataload(cursor))
                mstore8(written, character)
                written := add(written, 1)
                // 1 at bits 0 to 32, 34, 39, 60, 61, 62, 96, 127
                needsQuotes := or(needsQuotes, and(shr(character, 0x800000010000000070000085ffffffff), 1))
                let step := 1
                if eq(character, 0x26) {
                    // "&amp;"
                    if and(eq(shr(216, calldataload(cursor)), 0x26616d703b), iszero(gt(add(cursor, 5), bound))) {
                        let behind := byte(0, calldataload(add(cursor, 5)))
                        // 1 at "#", the digits and the letters
                        if or(
                            eq(add(cursor, 5), bound),
                            iszero(and(shr(behind, 0x7fffffe07fffffe03ff000800000000), 1))
                        ) { step := 5 }
                    }
                }
                cursor := add(cursor, step)
            }
        }
    }

    function _putName(uint256 to, bytes calldata data, uint256 from, uint256 end, bool lowers)
        private
        pure
        returns (uint256 written)
    {
        assembly ("memory-safe") {
            let cursor := add(data.offset, from)
            let bound := add(data.offset, end)
            written := to
            for {} lt(cursor, bound) { cursor := add(cursor, 1) } {
                let character := byte(0, calldataload(cursor))
                if and(lowers, lt(sub(character, 0x41), 26)) { character := or(character, 0x20) }
                mstore8(written, character)
                written := add(written, 1)
            }
        }
    }

    function _put(uint256 to, uint256 character) private pure returns (uint256) {
        assembly ("memory-safe") {
            mstore8(to, character)
        }
        return to + 1;
    }

    function _places(uint256 attribute)
        private
        pure
        returns (uint256 name, uint256 nameEnd, uint256 value, uint256 valueEnd)
    {
        return (uint16(attribute), uint16(attribute >> 16), uint16(attribute >> 32), uint16(attribute >> 48));
    }
}
