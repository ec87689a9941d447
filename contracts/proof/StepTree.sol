// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Encoding} from "./Encoding.sol";

/// @title Paths of the step tree T, a plain Merkle tree of S's shape
library StepTree {
    /// @notice Root that a node leads to. Bit h of `index` says whether the node at height h is a right child.
    function rootOf(bytes32 hash, uint256 index, bytes32[] calldata siblings) internal pure returns (bytes32 root) {
        root = hash;
        for (uint256 height = 0; height < siblings.length; ++height) {
            root = (index >> height) & 1 == 0
                ? Encoding.stepNode(root, siblings[height])
                : Encoding.stepNode(siblings[height], root);
        }
    }
}
