// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Names and values that the rules on tags know: docs/lexer.md, "Rules" 6
library TagWords {
    /// @notice Up to 32 bytes in lower case, padded with zeros; bytes that no list has where that would be ambiguous.
    /// @dev Two long words, or two with NUL, are told apart by their hash: whether a name is repeated depends on it.
    function lower(bytes calldata data, uint256 from, uint256 end) internal pure returns (bytes32 word) {
        if (end - from > 32) return _hash(data, from, end);
        bool hasNul = false;
        assembly ("memory-safe") {
            for { let i := 0 } lt(add(from, i), end) { i := add(i, 1) } {
                let character := byte(0, calldataload(add(data.offset, add(from, i))))
                if lt(sub(character, 0x41), 26) { character := or(character, 0x20) }
                if iszero(character) { hasNul := 1 }
                word := or(word, shl(sub(248, mul(8, i)), character))
            }
        }
        if (hasNul) return _hash(data, from, end);
    }

    /// @notice Whether an element is the same without this attribute, handlers and blank lists left to the caller.
    /// @param word its value in lower case
    function meansNothing(bytes32 element, bytes32 name, bool isEmpty, bytes32 word, bool hasLanguage)
        internal
        pure
        returns (bool)
    {
        if (isEmpty) return name == "id";
        if (name == "type") {
            if (element == "script") {
                return !hasLanguage && (word == "text/javascript" || word == "application/javascript");
            }
            return word == "text/css" && (element == "style" || element == "link");
        }
        if (name == "media") return word == "all" && (element == "style" || element == "link");
        return name == "method" && word == "get" && element == "form";
    }

    /// @notice "on" and a letter, in any case: the content of such an attribute is a script.
    function isHandler(bytes calldata name) internal pure returns (bool) {
        if (name.length < 3 || bytes2(name) | 0x2020 != "on") return false;
        uint8 third = uint8(name[2] | 0x20);
        return third >= 0x61 && third <= 0x7a;
    }

    /// @notice Whether an attribute of this name is true by being there (HTML 2.3.2).
    function isBoolean(bytes32 name) internal pure returns (bool) {
        return name == "allowfullscreen" || name == "async" || name == "autofocus" || name == "autoplay"
            || name == "checked" || name == "controls" || name == "default" || name == "defer" || name == "disabled"
            || name == "formnovalidate" || name == "inert" || name == "ismap" || name == "itemscope" || name == "loop"
            || name == "multiple" || name == "muted" || name == "nomodule" || name == "novalidate" || name == "open"
            || name == "playsinline" || name == "readonly" || name == "required" || name == "reversed"
            || name == "selected";
    }

    /// @dev Of the bytes in lower case.
    function _hash(bytes calldata data, uint256 from, uint256 end) private pure returns (bytes32) {
        bytes memory copy = data[from:end];
        for (uint256 i = 0; i < copy.length; ++i) {
            if (uint8(copy[i]) >= 0x41 && uint8(copy[i]) <= 0x5a) copy[i] |= 0x20;
        }
        return keccak256(copy);
    }
}
