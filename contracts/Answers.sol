// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IDemands, StepNodeOpening} from "./interfaces/IDemands.sol";
import {
    Claim,
    IProofOfOptimization,
    StepOpening,
    SumOpening,
    TokenOpening,
    Tree
} from "./interfaces/IProofOfOptimization.sol";
import {Openings} from "./libraries/Openings.sol";
import {Encoding} from "./proof/Encoding.sol";
import {StepTree} from "./proof/StepTree.sol";

/// @title What answers a demand: an opening that leads to the claim's own root
/// @notice Each function returns if the opening stands in the claim's tree, and reverts otherwise. Anyone may try an answer
/// here first, free of charge.
/// @dev Same signatures as in IDemands, which passes its calldata on unread. Whether the opened data are a fault is not
/// asked: they are there, and so provable.
contract Answers {
    function answerToken(Claim calldata claim, Tree tree, TokenOpening calldata opening) external pure {
        Openings.requireToken(claim, tree, opening);
    }

    function answerStep(Claim calldata claim, StepOpening calldata opening) external pure {
        Openings.requireStep(claim, opening);
    }

    function answerNode(Claim calldata claim, Tree tree, SumOpening calldata opening) external pure {
        require(opening.height != 0, IDemands.HeightZero());
        Openings.requireNode(claim, tree, opening);
    }

    function answerStepNode(Claim calldata claim, StepNodeOpening calldata opening) external pure {
        require(opening.height != 0, IDemands.HeightZero());
        uint256 siblings = opening.siblings.length;
        require(
            uint256(opening.height) + siblings == claim.depthS,
            IProofOfOptimization.OpeningLengthWrong(siblings, siblings, claim.depthS)
        );
        require(
            uint256(opening.index) >> siblings == 0, IProofOfOptimization.PlaceOutOfRange(opening.index, 1 << siblings)
        );
        bytes32 root = StepTree.rootOf(Encoding.stepNode(opening.left, opening.right), opening.index, opening.siblings);
        require(root == claim.trace, IProofOfOptimization.OpeningForeign(claim.trace, root));
    }
}
