// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {LexerTable} from "./LexerTable.sol";
import {Selectors} from "./Selectors.sol";

/// @title Whether a piece is one of a style rule that DROP_UNUSED_RULE can be applied to: docs/lexer.md, "Rules" 7
/// @dev Browsers balance brackets, which the lexer does not; where the two could differ about a rule's end, it stays.
library StyleRules {
    uint256 private constant PIECE_BYTES = 1024;
    uint8 private constant CSS = 8;

    /* FLAGS */

    uint256 private constant STATE_MASK = 0x007F;
    uint256 private constant NESTING_MASK = 0x1C00;
    uint256 private constant NESTING_SHIFT = 10;
    uint256 private constant HEAD_OR_AT = 0xA000;
    /// @dev A rule nested this deep never ends.
    uint256 private constant DEEPEST = 7;

    /* STATES */

    uint256 private constant FRESH = 64;
    uint256 private constant RULE = 69;
    uint256 private constant ESCAPE = 71;
    uint256 private constant URL_OPEN = 84;
    uint256 private constant URL_BODY = 85;
    uint256 private constant URL_ESCAPE = 86;
    /// @dev 1 at the states outside strings, comments and URLs: 69, 70, 72, 81, 82, 83
    uint256 private constant CODE = 0xe01600000000000000000;

    struct Walk {
        uint256 state;
        uint256 nesting;
        uint256 depth;
        bool bracket;
    }

    function mayDrop(uint8 kind, uint256 flags, bytes calldata data) internal pure returns (bool) {
        if (kind != CSS || data.length == 0 || data.length > PIECE_BYTES) return false;
        Walk memory walk;
        walk.state = flags & STATE_MASK;
        if (walk.state == FRESH) {
            (, uint256 brace) = Selectors.read(data);
            (walk.state, walk.nesting) = (RULE, 1);
            return brace != 0 && _isBalanced(data, brace + 1, walk);
        }
        if (walk.state < RULE || walk.state > URL_ESCAPE || walk.state == ESCAPE || flags & HEAD_OR_AT != 0) {
            return false;
        }
        walk.nesting = (flags & NESTING_MASK) >> NESTING_SHIFT;
        return walk.nesting != 0 && walk.nesting < DEEPEST && _isBalanced(data, 0, walk);
    }

    /// @dev Whether browsers read the rest of the rule to the same end as the lexer does.
    function _isBalanced(bytes calldata data, uint256 at, Walk memory walk) private pure returns (bool) {
        uint256 table = LexerTable.load();
        if (walk.state >= URL_OPEN) walk.depth = 1;
        while (at < data.length) {
            uint256 before = walk.state;
            uint256 code;
            if ((CODE >> before) & 1 == 0) (at, code) = LexerTable.stay(table, data, at, before);
            if (at == data.length) break;
            bytes1 sign = data[at++];
            code = LexerTable.next(table, before, LexerTable.classOf(table, sign));
            if ((CODE >> before) & 1 != 0) {
                if (!_count(sign, walk)) return false;
                if (code == LexerTable.OPEN_BRACE) {
                    if (++walk.nesting == DEEPEST) return false;
                    code = RULE;
                } else if (code == LexerTable.CLOSE_BRACE) {
                    if (--walk.nesting == 0) return at == data.length;
                    code = RULE;
                } else if (code == LexerTable.SEMICOLON) {
                    code = RULE;
                }
            } else {
                if ((before == URL_OPEN || before == URL_BODY) && sign == ")") --walk.depth;
                if (code == LexerTable.LESS_THAN) code = LexerTable.next(table, before, LexerTable.OTHER_BYTE);
            }
            walk.state = code;
        }
        return !walk.bracket && (walk.depth == 0 || (walk.depth == 1 && walk.state >= URL_OPEN));
    }

    /// @dev "<!--" and escapes in names are read in another way; "@layer" has an effect even where nothing matches.
    function _count(bytes1 sign, Walk memory walk) private pure returns (bool) {
        if (sign == "<" || sign == "@" || sign == "\\") return false;
        if (sign == "(") {
            if (walk.bracket) return false;
            ++walk.depth;
        } else if (sign == ")") {
            if (walk.bracket || walk.depth == 0) return false;
            --walk.depth;
        } else if (sign == "[") {
            if (walk.bracket || walk.depth != 0) return false;
            walk.bracket = true;
        } else if (sign == "]") {
            if (!walk.bracket) return false;
            walk.bracket = false;
        } else if (sign == "{" || sign == "}") {
            return !walk.bracket && walk.depth == 0;
        }
        return true;
    }
}
