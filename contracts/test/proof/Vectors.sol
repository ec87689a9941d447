// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Test} from "forge-std/Test.sol";

/// @title Reads a file of tests/vectors
/// @dev A type description names the fields in the order of the struct; `LIST[]` then decodes into an array of it.
abstract contract Vectors is Test {
    function read(string memory name) internal view returns (string memory) {
        return vm.readFile(string.concat(vm.projectRoot(), "/tests/vectors/", name));
    }

    function list(string memory json, string memory key, string memory description)
        internal
        pure
        returns (bytes memory)
    {
        return vm.parseJsonTypeArray(json, key, description);
    }
}
