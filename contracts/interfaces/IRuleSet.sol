// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Claim, StepOpening, StepRun, SumOpening, TokenOpening, Tree} from "./IProofOfOptimization.sol";

/// @title One version of the lexer and the rules, and so of what counts as a fault
/// @notice Each function returns if the openings stand in the claim's trees and show a fault, and reverts otherwise, by the
/// errors of IProofOfOptimization. Anyone may try a proof here first, free of charge and without a claim on chain.
/// @dev Same signatures as in IProofOfOptimization, which passes its calldata on unread. A rule set is a function of the
/// calldata alone and never changes: a claim stays provable by the very rules that it was made under.
interface IRuleSet {
    function proveSum(Claim calldata claim, Tree tree, SumOpening calldata opening) external view;
    function proveToken(Claim calldata claim, TokenOpening calldata token, StepOpening calldata step) external view;
    function proveRule(
        Claim calldata claim,
        TokenOpening calldata source,
        StepOpening calldata step,
        TokenOpening calldata optimized
    ) external view;
    function proveStep(Claim calldata claim, StepRun calldata run) external view;
    function proveNest(Claim calldata claim, StepRun calldata run) external view;
    function proveContext(Claim calldata claim, StepRun calldata run) external view;
    function proveSelector(Claim calldata claim, StepRun calldata run) external view;
}
