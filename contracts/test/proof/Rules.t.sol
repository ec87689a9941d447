// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Rules} from "../../proof/Rules.sol";
import {StyleRules} from "../../proof/StyleRules.sol";
import {Vectors} from "./Vectors.sol";

contract RulesTest is Vectors {
    struct Rewrite {
        bool allowed;
        bytes data;
        bool emits;
        uint16 flags;
        uint8 kind;
        bytes out;
        uint8 rule;
    }

    function test_rules_do_what_the_oracle_says() public view {
        string memory description =
            "Rewrite(bool allowed,bytes data,bool emits,uint16 flags,uint8 kind,bytes out,uint8 rule)";
        Rewrite[] memory cases = abi.decode(list(read("rules.json"), ".rules", description), (Rewrite[]));

        assertGt(cases.length, 500);
        for (uint256 i = 0; i < cases.length; ++i) {
            Rewrite memory c = cases[i];
            (bool allowed, bool emits, bytes memory out) = this.rewrite(c.rule, c.kind, c.flags, c.data);
            string memory which =
                string.concat("rule ", vm.toString(c.rule), " kind ", vm.toString(c.kind), " ", vm.toString(c.data));
            assertEq(allowed, c.allowed, which);
            if (!allowed) continue;
            assertEq(emits, c.emits, which);
            assertEq(out, c.out, which);
        }
    }

    function testFuzz_collapsing_twice_changes_nothing(bytes calldata data, uint16 flags) public view {
        (bool allowed,, bytes memory once) = this.rewrite(Rules.COLLAPSE_WS, 4, flags, data);
        if (!allowed || once.length == 0) return;
        (,, bytes memory twice) = this.rewrite(Rules.COLLAPSE_WS, 4, flags, once);

        assertLe(once.length, data.length);
        assertEq(twice, once);
    }

    function rewrite(uint8 rule, uint8 kind, uint16 flags, bytes calldata data)
        external
        pure
        returns (bool allowed, bool emits, bytes memory out)
    {
        if (rule == Rules.DROP_UNUSED_RULE) return (StyleRules.mayDrop(kind, flags, data), false, out);
        return Rules.rewrite(rule, kind, flags, data);
    }
}
