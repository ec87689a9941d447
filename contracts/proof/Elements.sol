// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ElementTable} from "./ElementTable.sol";
import {LexerTable} from "./LexerTable.sol";
import {TagWords} from "./TagWords.sol";

/// @title What a start tag opens, by its first piece and the flags before it: docs/lexer.md, "Elements"
library Elements {
    /* FLAGS */

    uint256 internal constant FOREIGN = 0x0080;
    uint256 internal constant PRESERVE = 0x0100;
    uint256 internal constant CDATA_OK = 0x0400;
    uint256 internal constant MATH = 0x4000;

    /* STATES */

    uint256 private constant TAG_NAME = 1;
    uint256 private constant NAME = 3;
    uint256 private constant BEFORE_VALUE = 5;
    uint256 private constant VALUE = 8;

    struct Element {
        bytes32 name;
        uint256 traits;
        uint256 rawState;
        bool isHtml;
        bool isMath;
    }

    /// @notice Name of a tag whose letters begin at `begin`, as TagWords gives it, and where it ends.
    function nameOf(bytes calldata tag, uint256 begin) internal pure returns (bytes32 name, uint256 end) {
        end = begin;
        // 1 at TAB, LF, FF, CR, SPACE, "/", ">"
        while (end < tag.length && (0x4000800100003600 >> uint8(tag[end])) & 1 == 0) ++end;
        name = TagWords.lower(tag, begin, end);
    }

    /// @notice The element of a start tag, with the namespace that it gets where it stands.
    function elementOf(bytes calldata tag, uint256 flags) internal pure returns (Element memory element) {
        (element.name,) = nameOf(tag, 1);
        (element.traits, element.rawState) = ElementTable.find(element.name);
        bool isForeign = flags & FOREIGN != 0;
        bool isSvg = element.name == "svg";
        element.isHtml = !isForeign && !isSvg && element.name != "math";
        element.isMath = isForeign ? flags & MATH != 0 && !isSvg : element.name == "math";
    }

    /// @notice Whether the element goes on the stack, if its tag does (not) close itself.
    function opens(Element memory element, bool closesItself, uint256 depth) internal pure returns (bool) {
        if (depth == 65_535) return false;
        return element.isHtml ? element.traits & ElementTable.VOID == 0 : !closesItself;
    }

    /// @notice FOREIGN, PRESERVE, CDATA_OK and MATH of the place inside the element.
    function inside(Element memory element, bytes calldata tag, uint256 flags) internal pure returns (uint256 place) {
        place = flags & PRESERVE;
        uint256 traits = element.traits;
        if (element.isHtml) return traits & ElementTable.PRESERVES != 0 ? place | PRESERVE : place;
        place |= CDATA_OK;
        if (element.isMath) place |= MATH;
        if (traits & ElementTable.FOREIGN_TEXT != 0) place |= PRESERVE;
        if (!element.isMath && traits & ElementTable.SVG_INTEGRATION != 0) return place;
        if (element.isMath) {
            if (traits & ElementTable.MATH_INTEGRATION != 0) return place;
            if (traits & ElementTable.ANNOTATION_XML != 0) {
                if (_hasAttribute(tag, "encoding", "text/html")) return place;
                if (_hasAttribute(tag, "encoding", "application/xhtml+xml")) return place;
            }
        }
        return place | FOREIGN;
    }

    /// @notice Whether a tag ends foreign content where it stands (13.2.6.5).
    function breaksOut(bytes calldata tag, bool isEnd) internal pure returns (bool) {
        (bytes32 name,) = nameOf(tag, isEnd ? 2 : 1);
        (uint256 traits,) = ElementTable.find(name);
        if (isEnd) return traits & ElementTable.P_OR_BR != 0;
        if (traits & ElementTable.FONT == 0) return traits & ElementTable.BREAKS_OUT != 0;
        return _hasAttribute(tag, "color", 0) || _hasAttribute(tag, "face", 0) || _hasAttribute(tag, "size", 0);
    }

    /// @dev Whether the piece shows an attribute of this name and, unless zero, this value (ASCII case ignored).
    function _hasAttribute(bytes calldata tag, bytes32 name, bytes32 value) private pure returns (bool) {
        uint256 table = LexerTable.load();
        (uint256 state, uint256 at, uint256 began) = (TAG_NAME, 1, 0);
        bool isNamed = false;
        while (true) {
            uint256 next;
            (at, next) = LexerTable.stay(table, tag, at, state);
            if (at == tag.length) return false;
            if (state == NAME) {
                isNamed = TagWords.lower(tag, began, at) == name;
                if (isNamed && value == 0) return true;
            } else if (isNamed && state > BEFORE_VALUE && state <= VALUE) {
                if (TagWords.lower(tag, began, at) == value) return true;
            }
            if (next == LexerTable.ENDS_AFTER) return false;
            if (next == NAME) began = at;
            else if (state == BEFORE_VALUE) began = next == VALUE ? at : at + 1;
            (state, at) = (next, at + 1);
        }
    }
}
