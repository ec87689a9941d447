// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Lexer} from "../../proof/Lexer.sol";
import {Rules} from "../../proof/Rules.sol";
import {Test} from "forge-std/Test.sol";

/// @dev What a piece of the full length costs to check. The bars are what a proof may spend on it, 500 000 in all.
contract GasTest is Test {
    function test_a_full_piece_is_lexed_for_less_than_180_000_gas() public view {
        bytes memory css = bytes.concat("a{", _filled("b:url(c) 1px;", 1021), "}");
        assertLt(_lexGas(8, 64, css), 180_000);
        assertLt(_lexGas(2, 0, bytes.concat("<a", _filled(" b='c' d=\"e\"", 1021), ">")), 180_000);
        assertLt(_lexGas(4, 0, _filled("some words ", 1024)), 180_000);
        assertLt(_lexGas(6, 30, _filled("if (a < b) c(); ", 1024)), 180_000);
    }

    function test_a_full_text_is_collapsed_for_less_than_180_000_gas() public view {
        bytes memory text = _filled("some  words\n   ", 1024);
        uint256 before = gasleft();
        this.rewrite(text);

        assertLt(before - gasleft(), 180_000);
    }

    /// @dev The worst that a stranger can commit to: each byte needs a look at what follows.
    function test_the_worst_piece_is_lexed_for_less_than_1_500_000_gas() public view {
        assertLt(_lexGas(4, 0, _filled("<", 1024)), 1_500_000);
        assertLt(_lexGas(6, 21, _filled("<", 1024)), 1_500_000);
        assertLt(_lexGas(8, 69, _filled("<", 1024)), 1_500_000);
        assertLt(_lexGas(8, 69, _filled("{;", 1024)), 1_500_000);
        assertLt(_lexGas(6, 30, _filled("</script", 1024)), 1_500_000);
    }

    function lex(uint8 kind, uint16 flags, bytes calldata data) external pure returns (bool) {
        return Lexer.isToken(kind, flags, data);
    }

    function rewrite(bytes calldata data) external pure returns (bool allowed) {
        (allowed,,) = Rules.rewrite(Rules.COLLAPSE_WS, 4, 0, data);
    }

    function _lexGas(uint8 kind, uint16 flags, bytes memory data) private view returns (uint256 used) {
        uint256 before = gasleft();
        bool isLegal = this.lex(kind, flags, data);
        used = before - gasleft();
        assertTrue(isLegal);
    }

    function _filled(bytes memory pattern, uint256 length) private pure returns (bytes memory filled) {
        filled = new bytes(length);
        for (uint256 i = 0; i < length; ++i) {
            filled[i] = pattern[i % pattern.length];
        }
    }
}
