// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title The selectors of a style rule, made wider: docs/lexer.md, "Selectors"
/// @dev What is read matches every element that the selectors match, and perhaps others.
library Selectors {
    uint256 internal constant TYPE = 1;
    uint256 internal constant CLASS = 2;
    uint256 internal constant ID = 3;
    uint256 internal constant ATTRIBUTE = 4;

    /// @dev 1 at "0" to "9"; at "A" to "Z" and "a" to "z"; at TAB, LF, FF, CR, SPACE; at "-" and "_"
    uint256 private constant DIGITS = 0x3ff000000000000;
    uint256 private constant LETTERS = 0x7fffffe07fffffe0000000000000000;
    uint256 private constant SPACES = 0x100003600;
    uint256 private constant DASHES = 0x800000000000200000000000;
    /// @dev what may stand in the arguments of a pseudo-class beside letters, digits, white-space, brackets: _-.,#:+*>~=|^$
    uint256 private constant ARGUMENTS = 0x50000000c000000064007c1800000000;

    /// @notice One simple selector a word: the number of its selector << 64, of its compound << 40, its kind << 32, and
    /// where its name begins << 16 and ends. All compounds of a selector match open elements, the last one the element.
    struct Read {
        uint256[] parts;
        uint256 count;
        uint256 compounds;
        uint256 selectors;
        /// the last compound read is one that any element may match, also one that the parser makes by itself
        bool isFree;
    }

    /// @notice Reads the selectors at a rule's beginning.
    /// @return list what they ask for
    /// @return brace where the rule's "{" is; zero where they are beyond the grammar
    function read(bytes calldata data) internal pure returns (Read memory list, uint256 brace) {
        list.parts = new uint256[](data.length / 2 + 2);
        uint256 at;
        while (true) {
            at = _pastSpaces(data, at);
            uint256 first = list.count;
            at = _readCompound(data, at, list);
            if (at == 0) return (list, 0);
            uint256 behind = _pastSpaces(data, at);
            if (behind == data.length) return (list, 0);
            bool hasSpace = behind > at;
            at = behind;
            bytes1 next = data[at];
            if (next == "," || next == "{") {
                if (list.isFree) return (list, 0);
                ++list.compounds;
                ++list.selectors;
                if (next == "{") return (list, at);
                ++at;
            } else if (next == "+" || next == "~") {
                list.count = first;
                ++at;
            } else if (next == ">" || hasSpace) {
                if (list.isFree) list.count = first;
                else ++list.compounds;
                if (next == ">") ++at;
            } else {
                return (list, 0);
            }
        }
    }

    /// @notice A part's name in lower case with its escapes resolved, as TagWords gives names.
    function nameOf(bytes calldata data, uint256 part) internal pure returns (bytes32 word) {
        uint256 at = (part >> 16) & 0xffff;
        uint256 end = part & 0xffff;
        bytes memory name = new bytes(end - at);
        uint256 length;
        for (; at < end; ++at) {
            if (data[at] == "\\") ++at;
            bytes1 character = data[at];
            if (character >= "A" && character <= "Z") character |= 0x20;
            name[length++] = character;
        }
        assembly ("memory-safe") {
            // never longer than what was allocated
            mstore(name, length)
            word := mload(add(name, 0x20))
        }
        if (length > 32) word = keccak256(name);
    }

    function _readCompound(bytes calldata data, uint256 at, Read memory list) private pure returns (uint256) {
        uint256 begin = at;
        list.isFree = true;
        if (at < data.length && _is(data[at], LETTERS)) {
            at = _pastName(data, at);
            _add(list, TYPE, begin, at);
            list.isFree = _isImplied(data[begin:at]);
        } else if (at < data.length && data[at] == "*") {
            ++at;
        }
        while (at < data.length) {
            bytes1 sign = data[at];
            if (sign == "." || sign == "#") {
                uint256 end = _pastIdentifier(data, at + 1);
                if (end == at + 1) return 0;
                _add(list, sign == "." ? CLASS : ID, at + 1, end);
                at = end;
                list.isFree = false;
            } else if (sign == "[") {
                at = _readAttribute(data, at, list);
                list.isFree = false;
            } else if (sign == ":") {
                at = _pastPseudo(data, at);
            } else {
                break;
            }
            if (at == 0) return 0;
        }
        return at > begin ? at : 0;
    }

    function _add(Read memory list, uint256 kind, uint256 begin, uint256 end) private pure {
        list.parts[list.count++] = (list.selectors << 64) | (list.compounds << 40) | (kind << 32) | (begin << 16) | end;
    }

    /// @dev Of an attribute selector only the name counts.
    function _readAttribute(bytes calldata data, uint256 at, Read memory list) private pure returns (uint256) {
        uint256 name = _pastSpaces(data, at + 1);
        uint256 end = _pastIdentifier(data, name);
        if (end == name) return 0;
        _add(list, ATTRIBUTE, name, end);
        at = _pastSpaces(data, end);
        if (at < data.length && data[at] == "]") return at + 1;
        // 1 at "~", "|", "^", "$", "*"
        if (at < data.length && _is(data[at], 0x50000000400000000000041000000000)) ++at;
        if (at >= data.length || data[at] != "=") return 0;
        at = _pastSpaces(data, at + 1);
        if (at >= data.length) return 0;
        bytes1 quote = data[at];
        if (quote == 0x22 || quote == 0x27) {
            ++at;
            while (at < data.length && data[at] != quote) {
                // 1 at LF, FF, CR, "\"
                if (_is(data[at], 0x100000000000000000003400)) return 0;
                ++at;
            }
            ++at;
        } else if (_is(quote, LETTERS | DIGITS | DASHES)) {
            while (at < data.length && _is(data[at], LETTERS | DIGITS | DASHES)) ++at;
        } else {
            return 0;
        }
        at = _pastSpaces(data, at);
        if (at < data.length && (data[at] | 0x20 == "i" || data[at] | 0x20 == "s")) at = _pastSpaces(data, at + 1);
        return at < data.length && data[at] == "]" ? at + 1 : 0;
    }

    function _pastPseudo(bytes calldata data, uint256 at) private pure returns (uint256) {
        ++at;
        if (at < data.length && data[at] == ":") ++at;
        uint256 first = at;
        while (at < data.length && _is(data[at], LETTERS | DIGITS | DASHES)) ++at;
        if (at == first) return 0;
        if (at == data.length || data[at] != "(") return at;
        if (_isBehindUrl(data, at)) return 0;
        uint256 depth = 1;
        bool bracket = false;
        for (++at; at < data.length;) {
            bytes1 sign = data[at];
            if (sign == "(" || sign == ")") {
                if (bracket || (sign == "(" && _isBehindUrl(data, at))) return 0;
                if (sign == "(") ++depth;
                else --depth;
            } else if (sign == "[" || sign == "]") {
                if (bracket != (sign == "]")) return 0;
                bracket = !bracket;
            } else if (!_is(sign, LETTERS | DIGITS | SPACES | ARGUMENTS)) {
                return 0;
            }
            ++at;
            if (depth == 0) return at;
        }
        return 0;
    }

    /// @dev Elements that the parser makes without a start tag of theirs.
    function _isImplied(bytes calldata name) private pure returns (bool) {
        if (name.length > 8) return false;
        bytes8 word = bytes8(name) | bytes8(0x2020202020202020);
        word = (word >> (8 * (8 - name.length))) << (8 * (8 - name.length));
        return word == "p" || word == "tr" || word == "br" || word == "img" || word == "html" || word == "head"
            || word == "body" || word == "tbody" || word == "colgroup";
    }

    function _isBehindUrl(bytes calldata data, uint256 at) private pure returns (bool) {
        return at >= 3 && bytes3(data[at - 3:at]) | 0x202020 == "url";
    }

    /// @dev Behind a name that a class, an id or an attribute may have; `at` where there is none.
    function _pastIdentifier(bytes calldata data, uint256 at) private pure returns (uint256) {
        uint256 first = at;
        if (at < data.length && data[at] == "-") ++first;
        if (first == data.length) return at;
        bool begins = _is(data[first], LETTERS) || data[first] == "_" || _isEscape(data, first);
        return begins ? _pastName(data, first) : at;
    }

    function _pastName(bytes calldata data, uint256 at) private pure returns (uint256) {
        while (at < data.length) {
            if (_is(data[at], LETTERS | DIGITS | DASHES)) ++at;
            else if (_isEscape(data, at)) at += 2;
            else break;
        }
        return at;
    }

    /// @dev A backslash and a character that stands for itself: printable ASCII, no hexadecimal digit.
    function _isEscape(bytes calldata data, uint256 at) private pure returns (bool) {
        if (at + 1 >= data.length || data[at] != "\\") return false;
        bytes1 character = data[at + 1];
        bytes1 lower = character | 0x20;
        return character > 0x20 && character < 0x7f && !_is(character, DIGITS) && (lower < "a" || lower > "f");
    }

    function _pastSpaces(bytes calldata data, uint256 at) private pure returns (uint256) {
        while (at < data.length && _is(data[at], SPACES)) ++at;
        return at;
    }

    function _is(bytes1 character, uint256 set) private pure returns (bool) {
        return (set >> uint8(character)) & 1 != 0;
    }
}
