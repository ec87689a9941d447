// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";

import {IProofOfOptimization} from "../../interfaces/IProofOfOptimization.sol";

/// @title Proofs that were built by the services, about honest pages and lies of every kind, asked of the rule sets
/// @dev The files are written by `make coverage` (scripts/analysis/replay.py); the usual tests ask the same on anvil.
contract ReplayTest is Test {
    string private constant FOLDER = "build/analysis/court/";

    function test_no_proof_against_an_honest_page_succeeds_under_rule_set_1() public {
        _refuseAll("honest-1.txt", _ruleset("RuleSet1"));
    }

    function test_no_proof_against_an_honest_page_succeeds_under_rule_set_2() public {
        _refuseAll("honest-2.txt", _ruleset("RuleSet2"));
    }

    function test_every_lie_has_a_proof_under_rule_set_1() public {
        _proveEach("lies-1.txt", _ruleset("RuleSet1"));
    }

    function test_every_lie_has_a_proof_under_rule_set_2() public {
        _proveEach("lies-2.txt", _ruleset("RuleSet2"));
    }

    function _refuseAll(string memory name, address rules) private {
        string memory path = _pathOf(name);
        uint256 count = 0;
        uint256 free;
        assembly ("memory-safe") {
            free := mload(0x40)
        }
        for (string memory line = vm.readLine(path); bytes(line).length != 0; line = vm.readLine(path)) {
            (bool isProven, bytes memory refusal) = rules.staticcall(vm.parseBytes(line));
            assertFalse(isProven, "an honest page has a fault");
            assertEq(bytes4(refusal), IProofOfOptimization.NoFault.selector, "an opening that is right");
            ++count;
            // What was read is not needed any more, and all of it together would be more than a test may hold.
            assembly {
                mstore(0x40, free)
            }
        }
        assertGt(count, 100);
    }

    function _proveEach(string memory name, address rules) private {
        string memory path = _pathOf(name);
        uint256 count = 0;
        for (string memory line = vm.readLine(path); bytes(line).length != 0; line = vm.readLine(path)) {
            bool isProven = false;
            for (; bytes(line).length != 0; line = vm.readLine(path)) {
                (bool isFault,) = rules.staticcall(vm.parseBytes(line));
                isProven = isProven || isFault;
            }
            assertTrue(isProven, string.concat("no proof of lie ", vm.toString(count)));
            ++count;
        }
        assertGt(count, 50);
    }

    function _ruleset(string memory name) private returns (address) {
        bytes memory words = abi.encode(
            deployCode("StepProofs"),
            deployCode("NestProofs"),
            deployCode("ContextProofs"),
            deployCode("SelectorProofs")
        );
        return deployCode(name, words);
    }

    function _pathOf(string memory name) private returns (string memory path) {
        path = string.concat(FOLDER, name);
        vm.skip(!vm.exists(path));
    }
}
