// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Lexer} from "../../proof/Lexer.sol";
import {Vectors} from "./Vectors.sol";

contract LexerTest is Vectors {
    struct Piece {
        bytes data;
        uint16 flags;
        bool isToken;
        uint8 kind;
    }

    function test_pieces_are_legal_where_the_oracle_says_so() public view {
        string memory description = "Piece(bytes data,uint16 flags,bool isToken,uint8 kind)";
        Piece[] memory cases = abi.decode(list(read("pieces.json"), ".pieces", description), (Piece[]));

        assertGt(cases.length, 2000);
        for (uint256 i = 0; i < cases.length; ++i) {
            Piece memory p = cases[i];
            if (this.isToken(p.kind, p.flags, p.data) != p.isToken) {
                revert(
                    string.concat(
                        "kind ", vm.toString(p.kind), " flags ", vm.toString(p.flags), " ", vm.toString(p.data)
                    )
                );
            }
        }
    }

    /// @dev Nothing a stranger sends may make the check revert: a proof would fail where it should slash.
    function testFuzz_no_bytes_make_it_revert(uint8 kind, uint16 flags, bytes calldata data) public pure {
        Lexer.isToken(kind % 10, flags, data);
    }

    function isToken(uint8 kind, uint16 flags, bytes calldata data) external pure returns (bool) {
        return Lexer.isToken(kind, flags, data);
    }
}
