// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {
    Claim,
    IProofOfOptimization,
    StepOpening,
    SumOpening,
    TokenOpening,
    Tree
} from "../interfaces/IProofOfOptimization.sol";

/// @title That what was opened stands in the claim's trees, at the place it says
/// @dev Everything reverts by what is wrong; nothing here decides about a fault.
library Openings {
    uint256 private constant LEAF = 0x00;
    uint256 private constant NODE = 0x01;

    /// @notice The token is leaf `opening.index` of the claim's tree, and the sums along its path come to the claim's size.
    function requireToken(Claim calldata claim, Tree tree, TokenOpening calldata opening) internal pure {
        (bytes32 root, uint64 totalBytes, uint8 depth,) = treeOf(claim, tree);
        _requirePlace(opening.index, depth, opening.siblings.length, opening.sums.length);
        bool isPadding = opening.kind == 0 && opening.size == 0 && opening.data.length == 0;
        bytes32 dataHash = isPadding ? bytes32(0) : keccak256(opening.data);
        (bytes32 opened, uint256 openedBytes) = _climb(
            keccak256(abi.encodePacked(uint8(LEAF), opening.kind, opening.size, dataHash)),
            opening.size,
            opening.index,
            opening.siblings,
            opening.sums
        );
        _requireRoot(root, totalBytes, opened, openedBytes);
    }

    /// @notice The step is leaf `opening.index` of the claim's step tree.
    function requireStep(Claim calldata claim, StepOpening calldata opening) internal pure {
        _requirePlace(opening.index, claim.depthS, opening.siblings.length, opening.siblings.length);
        bytes32 node = keccak256(
            abi.encodePacked(
                uint8(0x02), opening.rule, opening.emits, opening.flags, opening.depth, opening.parent, opening.out
            )
        );
        uint256 index = opening.index;
        for (uint256 i = 0; i < opening.siblings.length; ++i) {
            bytes32 sibling = opening.siblings[i];
            node = index & 1 == 0
                ? keccak256(abi.encodePacked(uint8(0x03), node, sibling))
                : keccak256(abi.encodePacked(uint8(0x03), sibling, node));
            index >>= 1;
        }
        require(node == claim.trace, IProofOfOptimization.OpeningForeign(claim.trace, node));
    }

    /// @notice The node or leaf is in the claim's tree.
    /// @return committedBytes the sum that is committed for it above it
    /// @dev Every level above adds up (that is checked), so that sum is the claim's size less the siblings' sums. Where a
    /// level above does not add up, this reverts, and that level is what has to be opened.
    function requireNode(Claim calldata claim, Tree tree, SumOpening calldata opening)
        internal
        pure
        returns (uint64 committedBytes)
    {
        (bytes32 root, uint64 totalBytes, uint8 depth,) = treeOf(claim, tree);
        require(opening.height <= depth, IProofOfOptimization.PlaceOutOfRange(opening.height, depth));
        _requirePlace(opening.index, depth - opening.height, opening.siblings.length, opening.sums.length);

        uint256 besideBytes = 0;
        for (uint256 i = 0; i < opening.sums.length; ++i) {
            besideBytes += opening.sums[i];
        }
        require(besideBytes <= totalBytes, IProofOfOptimization.OpeningSumForeign(totalBytes, besideBytes));
        committedBytes = uint64(totalBytes - besideBytes); // at most totalBytes

        bytes32 node = opening.height == 0
            ? keccak256(abi.encodePacked(uint8(LEAF), opening.kind, opening.size, opening.dataHash))
            : keccak256(abi.encodePacked(uint8(NODE), opening.left, opening.leftSum, opening.right, opening.rightSum));
        (bytes32 opened, uint256 openedBytes) =
            _climb(node, committedBytes, opening.index, opening.siblings, opening.sums);
        _requireRoot(root, totalBytes, opened, openedBytes);
    }

    function treeOf(Claim calldata claim, Tree tree)
        internal
        pure
        returns (bytes32 root, uint64 totalBytes, uint8 depth, uint32 count)
    {
        return tree == Tree.Source
            ? (claim.src, claim.srcBytes, claim.depthS, claim.n)
            : (claim.opt, claim.optBytes, claim.depthO, claim.m);
    }

    function _climb(bytes32 node, uint256 sum, uint256 index, bytes32[] calldata siblings, uint64[] calldata sums)
        private
        pure
        returns (bytes32, uint256)
    {
        for (uint256 i = 0; i < siblings.length; ++i) {
            // A sum beyond 64 bits cannot have been committed; the claim's size is far below, so the end check refuses it.
            node = index & 1 == 0
                ? keccak256(abi.encodePacked(uint8(NODE), node, uint64(sum), siblings[i], sums[i]))
                : keccak256(abi.encodePacked(uint8(NODE), siblings[i], sums[i], node, uint64(sum)));
            sum += sums[i];
            index >>= 1;
        }
        return (node, sum);
    }

    function _requirePlace(uint32 index, uint256 levels, uint256 siblings, uint256 sums) private pure {
        require(siblings == levels && sums == levels, IProofOfOptimization.OpeningLengthWrong(siblings, sums, levels));
        require(uint256(index) >> levels == 0, IProofOfOptimization.PlaceOutOfRange(index, 1 << levels));
    }

    function _requireRoot(bytes32 root, uint64 totalBytes, bytes32 opened, uint256 openedBytes) private pure {
        require(opened == root, IProofOfOptimization.OpeningForeign(root, opened));
        require(openedBytes == totalBytes, IProofOfOptimization.OpeningSumForeign(totalBytes, openedBytes));
    }
}
