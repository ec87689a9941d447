// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title What a leaf and a node of the trees S, O and T hash: docs/PROTOCOL.md, "Encodings"
/// @dev The first byte tells the four apart, so that a leaf can never be taken for a node, nor S's for T's.
library Encoding {
    uint8 internal constant LEAF = 0x00;
    uint8 internal constant NODE = 0x01;
    uint8 internal constant STEP = 0x02;
    uint8 internal constant STEP_NODE = 0x03;

    /// @notice Longest piece of a token, bytes.
    uint32 internal constant PIECE_BYTES = 1024;
    uint8 internal constant LAST_KIND = 8;

    /// @notice Leaf of S or O. Padding is `leaf(0, 0, 0)`.
    function leaf(uint8 kind, uint32 size, bytes32 dataHash) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            // tag 00 | kind | size, then the hash: 38 bytes
            let word := or(shl(240, and(kind, 0xff)), shl(208, and(size, 0xffffffff)))
            mstore(0x00, word)
            mstore(0x06, dataHash)
            hash := keccak256(0x00, 0x26)
        }
    }

    /// @notice Leaf of S or O for a token whose bytes are at hand.
    /// @dev Kind 0 with no bytes is padding, whose data hash is zero and not the hash of nothing.
    function leafOf(uint8 kind, uint32 size, bytes calldata data) internal pure returns (bytes32) {
        if (kind == 0 && size == 0 && data.length == 0) return leaf(0, 0, 0);
        return leaf(kind, size, keccak256(data));
    }

    /// @notice Node of S or O. Both sums are hashed: hashing only their total lets a branch be moved (ePrint 2018/1139).
    function node(bytes32 left, uint64 leftSum, bytes32 right, uint64 rightSum) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            // 81 bytes do not fit into the scratch space: built above the free memory pointer, which is left alone.
            let at := mload(0x40)
            mstore8(at, 0x01)
            mstore(add(at, 1), left)
            mstore(add(at, 33), shl(192, leftSum))
            mstore(add(at, 41), right)
            mstore(add(at, 73), shl(192, rightSum))
            hash := keccak256(at, 81)
        }
    }

    /// @notice Leaf of T.
    function step(uint8 rule, uint8 emits, uint16 flags, uint16 depth, uint32 parent, uint32 out, uint32 attested)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(STEP, rule, emits, flags, depth, parent, out, attested));
    }

    /// @notice Leaf of T beyond the page's end: a record of zeros.
    function stepPadding() internal pure returns (bytes32) {
        return step(0, 0, 0, 0, 0, 0, 0);
    }

    /// @notice Node of T.
    function stepNode(bytes32 left, bytes32 right) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let at := mload(0x40)
            mstore8(at, 0x03)
            mstore(add(at, 1), left)
            mstore(add(at, 33), right)
            hash := keccak256(at, 65)
        }
    }
}
