// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Elements} from "./Elements.sol";
import {LexerTable} from "./LexerTable.sol";
import {Selectors} from "./Selectors.sol";
import {TagWords} from "./TagWords.sol";

/// @title Whether a start tag may be what a simple selector asks for: docs/lexer.md, "Selectors"
library OpenTags {
    uint256 private constant TAG_NAME = 1;
    uint256 private constant NAME = 3;
    uint256 private constant BEFORE_VALUE = 5;
    uint256 private constant VALUE = 8;
    /// @dev 1 at TAB, LF, FF, CR, SPACE
    uint256 private constant SPACES = 0x100003600;

    /// @param kind a kind of Selectors
    /// @param word the name asked for, in lower case
    function has(bytes calldata tag, uint256 kind, bytes32 word) internal pure returns (bool) {
        if (kind == Selectors.TYPE) {
            (bytes32 name,) = Elements.nameOf(tag, 1);
            return name == word || (name == "image" && word == "img");
        }
        uint256 table = LexerTable.load();
        (uint256 state, uint256 at, uint256 began) = (TAG_NAME, 1, 0);
        bytes32 attribute;
        bool isFound = false;
        while (true) {
            uint256 next;
            (at, next) = LexerTable.stay(table, tag, at, state);
            // What goes on in another piece may have anything.
            if (at >= tag.length) return true;
            if (state == NAME) {
                attribute = TagWords.lower(tag, began, at);
                if (kind == Selectors.ATTRIBUTE && attribute == word) isFound = true;
            } else if (state > BEFORE_VALUE && state <= VALUE && (attribute == "class" || attribute == "id")) {
                bytes calldata value = tag[began:at];
                // So may what is written with a character reference.
                if (_holdsReference(value)) return true;
                if (attribute == "id") {
                    if (kind == Selectors.ID && TagWords.lower(value, 0, value.length) == word) isFound = true;
                } else if (kind == Selectors.CLASS && _holdsWord(value, word)) {
                    isFound = true;
                }
            }
            if (next == LexerTable.ENDS_AFTER) return isFound;
            if (next == NAME) began = at;
            else if (state == BEFORE_VALUE) began = next == VALUE ? at : at + 1;
            (state, at) = (next, at + 1);
        }
        return isFound;
    }

    function _holdsReference(bytes calldata value) private pure returns (bool) {
        for (uint256 i = 0; i < value.length; ++i) {
            if (value[i] == "&") return true;
        }
        return false;
    }

    function _holdsWord(bytes calldata value, bytes32 word) private pure returns (bool) {
        uint256 at;
        while (at < value.length) {
            uint256 begin = at;
            while (begin < value.length && (SPACES >> uint8(value[begin])) & 1 != 0) ++begin;
            at = begin;
            while (at < value.length && (SPACES >> uint8(value[at])) & 1 == 0) ++at;
            if (at > begin && TagWords.lower(value, begin, at) == word) return true;
        }
        return false;
    }
}
