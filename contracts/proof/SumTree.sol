// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Paths of the Merkle-sum trees S and O
/// @dev Nothing here decides: the caller compares root and total with what is committed.
library SumTree {
    /// @notice Root and total that a node leads to. Bit h of `index` says whether the node at height h is a right child.
    /// @dev The total is kept in 256 bits. A running sum beyond 64 bits cannot be hashed as such, so its low bits are: the
    /// root may then agree, but the total never agrees with one of 64 bits, and the caller refuses it.
    function rootOf(bytes32 hash, uint256 sum, uint256 index, bytes32[] calldata siblings, uint64[] calldata sums)
        internal
        pure
        returns (bytes32 root, uint256 total)
    {
        // Encoding.node at each level, in one place of memory: a level then costs 250 gas instead of 700.
        assembly ("memory-safe") {
            if lt(sums.length, siblings.length) { revert(0, 0) }
            // 81 bytes above the free memory pointer, which is left alone: tag 01, then hash and sum of both children.
            let at := mload(0x40)
            mstore8(at, 0x01)
            root := hash
            total := sum
            let end := add(siblings.offset, shl(5, siblings.length))
            let toSums := sub(sums.offset, siblings.offset)
            for { let from := siblings.offset } lt(from, end) { from := add(from, 0x20) } {
                let siblingSum := calldataload(add(from, toSums))
                if shr(64, siblingSum) { revert(0, 0) } // no uint64: what the compiler's own reading would say
                // The node goes to 1 and 33 where it is the left child, 40 bytes further where it is the right one.
                let side := mul(40, and(index, 1))
                // Of a sum the low 8 bytes are meant, see above; the 24 before them are where its hash follows.
                mstore(add(add(at, 9), side), total)
                mstore(sub(add(at, 49), side), siblingSum)
                mstore(add(add(at, 1), side), root)
                mstore(sub(add(at, 41), side), calldataload(from))
                root := keccak256(at, 81)
                total := add(total, siblingSum) // at most 2^64 x (levels + 1): calldata ends long before 2^256
                index := shr(1, index)
            }
        }
    }

    /// @notice Sum of all sums beside a path.
    function besideOf(uint64[] calldata sums) internal pure returns (uint256 total) {
        for (uint256 height = 0; height < sums.length; ++height) {
            unchecked {
                total += sums[height]; // as above
            }
        }
    }
}
