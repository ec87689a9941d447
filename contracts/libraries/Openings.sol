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
import {Encoding} from "../proof/Encoding.sol";
import {StepTree} from "../proof/StepTree.sol";
import {SumTree} from "../proof/SumTree.sol";

/// @title That what was opened stands in the claim's trees, at the place it says
/// @dev Everything reverts by what is wrong; nothing here decides about a fault.
library Openings {
    /// @notice The token is leaf `opening.index` of the claim's tree, and the sums along its path come to the claim's size.
    function requireToken(Claim calldata claim, Tree tree, TokenOpening calldata opening) internal pure {
        bytes32 leaf = Encoding.leafOf(opening.kind, opening.size, opening.data);
        _requireInTree(claim, tree, 0, opening.index, leaf, opening.size, opening.siblings, opening.sums);
    }

    /// @notice The step is leaf `opening.index` of the claim's step tree.
    function requireStep(Claim calldata claim, StepOpening calldata opening) internal pure {
        _requirePlace(opening.index, claim.depthS, opening.siblings.length, opening.siblings.length);
        bytes32 leaf = Encoding.step(
            opening.rule, opening.emits, opening.flags, opening.depth, opening.parent, opening.out, opening.attested
        );
        bytes32 root = StepTree.rootOf(leaf, opening.index, opening.siblings);
        require(root == claim.trace, IProofOfOptimization.OpeningForeign(claim.trace, root));
    }

    /// @notice The node or leaf is in the claim's tree.
    /// @return committedBytes the sum that is committed for it above it
    /// @dev That sum is not part of the opening: where every level above adds up, it is the claim's size less the sums
    /// beside the path. Where one does not, this reverts, and that level is what has to be opened.
    function requireNode(Claim calldata claim, Tree tree, SumOpening calldata opening)
        internal
        pure
        returns (uint64 committedBytes)
    {
        (, uint64 totalBytes,,) = treeOf(claim, tree);
        uint256 besideBytes = SumTree.besideOf(opening.sums);
        require(besideBytes <= totalBytes, IProofOfOptimization.OpeningSumForeign(totalBytes, besideBytes));
        committedBytes = uint64(totalBytes - besideBytes); // at most totalBytes

        bytes32 node = opening.height == 0
            ? Encoding.leaf(opening.kind, opening.size, opening.dataHash)
            : Encoding.node(opening.left, opening.leftSum, opening.right, opening.rightSum);
        _requireInTree(claim, tree, opening.height, opening.index, node, committedBytes, opening.siblings, opening.sums);
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

    function _requireInTree(
        Claim calldata claim,
        Tree tree,
        uint8 height,
        uint32 index,
        bytes32 node,
        uint64 sum,
        bytes32[] calldata siblings,
        uint64[] calldata sums
    ) private pure {
        (bytes32 root, uint64 totalBytes, uint8 depth,) = treeOf(claim, tree);
        require(height <= depth, IProofOfOptimization.PlaceOutOfRange(height, depth + 1));
        _requirePlace(index, depth - height, siblings.length, sums.length);

        (bytes32 opened, uint256 openedBytes) = SumTree.rootOf(node, sum, index, siblings, sums);
        require(opened == root, IProofOfOptimization.OpeningForeign(root, opened));
        require(openedBytes == totalBytes, IProofOfOptimization.OpeningSumForeign(totalBytes, openedBytes));
    }

    function _requirePlace(uint32 index, uint256 levels, uint256 siblings, uint256 sums) private pure {
        require(siblings == levels && sums == levels, IProofOfOptimization.OpeningLengthWrong(siblings, sums, levels));
        require(uint256(index) >> levels == 0, IProofOfOptimization.PlaceOutOfRange(index, 1 << levels));
    }
}
