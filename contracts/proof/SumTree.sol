// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Encoding} from "./Encoding.sol";

/// @title Paths of the Merkle-sum trees S and O
/// @dev Nothing here reverts or decides: the caller compares root and total with what is committed.
library SumTree {
    /// @notice Root and total that a node leads to. Bit h of `index` says whether the node at height h is a right child.
    /// @dev The total is kept in 256 bits. A running sum beyond 64 bits cannot be hashed as such, so its low bits are: the
    /// root may then agree, but the total never agrees with one of 64 bits, and the caller refuses it.
    function rootOf(bytes32 hash, uint256 sum, uint256 index, bytes32[] calldata siblings, uint64[] calldata sums)
        internal
        pure
        returns (bytes32 root, uint256 total)
    {
        (root, total) = (hash, sum);
        for (uint256 height = 0; height < siblings.length; ++height) {
            uint64 siblingSum = sums[height];
            // Truncation is meant, see above.
            root = (index >> height) & 1 == 0
                ? Encoding.node(root, uint64(total), siblings[height], siblingSum)
                : Encoding.node(siblings[height], siblingSum, root, uint64(total));
            total += siblingSum; // at most 2^64 x (levels + 1): calldata ends long before 2^256
        }
    }

    /// @notice Sum of all sums beside a path.
    function besideOf(uint64[] calldata sums) internal pure returns (uint256 total) {
        for (uint256 height = 0; height < sums.length; ++height) {
            total += sums[height];
        }
    }
}
