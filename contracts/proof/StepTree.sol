// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Paths of the step tree T, a plain Merkle tree of S's shape
library StepTree {
    /// @notice Root that a node leads to. Bit h of `index` says whether the node at height h is a right child.
    /// @dev Encoding.stepNode at each level, in one place of memory: a level then costs 160 gas instead of 500.
    function rootOf(bytes32 hash, uint256 index, bytes32[] calldata siblings) internal pure returns (bytes32 root) {
        assembly ("memory-safe") {
            // 65 bytes above the free memory pointer, which is left alone: tag 03, then the two children.
            let at := mload(0x40)
            mstore8(at, 0x03)
            root := hash
            let end := add(siblings.offset, shl(5, siblings.length))
            for { let from := siblings.offset } lt(from, end) { from := add(from, 0x20) } {
                // The node is written at 1 where it is the left child, at 33 where it is the right one.
                let side := shl(5, and(index, 1))
                mstore(add(add(at, 1), side), root)
                mstore(sub(add(at, 33), side), calldataload(from))
                root := keccak256(at, 65)
                index := shr(1, index)
            }
        }
    }
}
