// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {OpenTags} from "../../proof/OpenTags.sol";
import {Selectors} from "../../proof/Selectors.sol";
import {Vectors} from "./Vectors.sol";

contract SelectorsTest is Vectors {
    struct Case {
        bool fits;
        bool isRead;
        bytes rule;
        bytes[] tags;
    }

    function test_selectors_fit_the_tags_that_the_oracle_says() public view {
        string memory description = "Case(bool fits,bool isRead,bytes rule,bytes[] tags)";
        Case[] memory cases = abi.decode(list(read("selectors.json"), ".selectors", description), (Case[]));

        assertGt(cases.length, 500);
        for (uint256 i = 0; i < cases.length; ++i) {
            (bool isRead, bool fits) = this.judge(cases[i].rule, cases[i].tags);
            assertEq(isRead, cases[i].isRead, vm.toString(cases[i].rule));
            assertEq(fits, cases[i].fits, vm.toString(cases[i].rule));
        }
    }

    /// @dev Whether a selector has one compound a tag, the last one for the first, and each fits.
    function judge(bytes calldata rule, bytes[] calldata tags) external pure returns (bool isRead, bool fits) {
        (Selectors.Read memory list, uint256 brace) = Selectors.read(rule);
        if (brace == 0) return (false, false);
        isRead = true;
        for (uint256 first = 0; first < list.count && !fits;) {
            uint256 end = first;
            while (end < list.count && list.parts[end] >> 64 == list.parts[first] >> 64) ++end;
            fits = _fits(rule, list, first, end, tags);
            first = end;
        }
    }

    function _fits(bytes calldata rule, Selectors.Read memory list, uint256 first, uint256 end, bytes[] calldata tags)
        private
        pure
        returns (bool)
    {
        uint256 last = uint24(list.parts[end - 1] >> 40);
        if (last + 1 - uint24(list.parts[first] >> 40) != tags.length) return false;
        for (uint256 i = first; i < end; ++i) {
            if (!_has(rule, list.parts[i], tags[last - uint24(list.parts[i] >> 40)])) return false;
        }
        return true;
    }

    function _has(bytes calldata rule, uint256 part, bytes calldata tag) private pure returns (bool) {
        return OpenTags.has(tag, uint8(part >> 32), Selectors.nameOf(rule, part));
    }
}
