// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {
    Claim,
    IProofOfOptimization,
    StepOpening,
    StepRun,
    SumOpening,
    TokenOpening,
    Tree
} from "../interfaces/IProofOfOptimization.sol";
import {IRuleSet} from "../interfaces/IRuleSet.sol";
import {Openings} from "../libraries/Openings.sol";
import {Rules} from "../proof/Rules.sol";
import {ContextProofs} from "./ContextProofs.sol";
import {NestProofs} from "./NestProofs.sol";
import {SelectorProofs} from "./SelectorProofs.sol";
import {StepProofs} from "./StepProofs.sol";

/// @title What counts as a fault, given a lexer and rules
/// @dev Nothing that an honest prover commits is a fault: contracts/test/claims/AnyLie.t.sol.
abstract contract FaultProofs is IRuleSet {
    uint8 private constant LAST_KIND = 8;
    uint32 private constant MAXIMUM_TOKEN_BYTES = 1024;

    StepProofs public immutable STEPS;
    NestProofs public immutable NESTS;
    ContextProofs public immutable CONTEXTS;
    SelectorProofs public immutable SELECTORS;

    /// @dev The proofs that open more than one token are contracts of their own: one would be larger than EIP-170 allows.
    constructor(StepProofs steps, NestProofs nests, ContextProofs contexts, SelectorProofs selectors) {
        (STEPS, NESTS, CONTEXTS, SELECTORS) = (steps, nests, contexts, selectors);
    }

    /// @inheritdoc IRuleSet
    function proveSum(Claim calldata claim, Tree tree, SumOpening calldata opening) external pure {
        uint64 committedBytes = Openings.requireNode(claim, tree, opening);

        if (opening.height != 0) {
            // In 256 bits: two sums that wrap around 64 are a fault as well.
            require(uint256(opening.leftSum) + opening.rightSum != committedBytes, IProofOfOptimization.NoFault());
            return;
        }
        (,,, uint32 count) = Openings.treeOf(claim, tree);
        bool isLegal = opening.index < count
            ? _isLegalSize(opening.kind, opening.size)
            : opening.kind == 0 && opening.size == 0 && opening.dataHash == 0;
        require(!isLegal || opening.size != committedBytes, IProofOfOptimization.NoFault());
    }

    /// @inheritdoc IRuleSet
    function proveToken(Claim calldata claim, TokenOpening calldata token, StepOpening calldata step) external view {
        _requireSourceAndStep(claim, token, step);

        bool isLegal = token.index < claim.n
            ? _isLegalSize(token.kind, token.size) && token.size == token.data.length
                && _isToken(token.kind, step.flags, token.data)
            : token.kind == 0 && token.size == 0 && token.data.length == 0;
        require(!isLegal, IProofOfOptimization.NoFault());
    }

    /// @inheritdoc IRuleSet
    function proveRule(
        Claim calldata claim,
        TokenOpening calldata source,
        StepOpening calldata step,
        TokenOpening calldata optimized
    ) external view {
        _requireSourceAndStep(claim, source, step);
        require(source.index < claim.n, IProofOfOptimization.PlaceOutOfRange(source.index, claim.n));

        if (!_contains(step.rule)) return;
        if (step.rule >= Rules.FIRST_ATTESTED) return _requireAttestedFault(claim, source, step, optimized);
        if (step.rule == Rules.DROP_UNUSED_RULE) {
            bool isRightAlone = step.emits == 0 && SELECTORS.mayDrop(source.kind, step.flags, source.data);
            require(!isRightAlone, IProofOfOptimization.NoFault());
            return;
        }
        (bool allowed, bool emits, bytes memory out) = _rewrite(step.rule, source.kind, step.flags, source.data);
        if (!allowed || step.emits != (emits ? 1 : 0)) return;
        require(emits, IProofOfOptimization.NoFault());
        if (step.out >= claim.m) return;

        _requireOutput(claim, step, optimized);
        bool isRight = optimized.kind == source.kind && optimized.size == out.length
            && keccak256(optimized.data) == keccak256(out);
        require(!isRight, IProofOfOptimization.NoFault());
    }

    /// @inheritdoc IRuleSet
    function proveStep(Claim calldata, StepRun calldata) external view {
        Address.functionStaticCall(address(STEPS), msg.data);
    }

    /// @inheritdoc IRuleSet
    function proveNest(Claim calldata, StepRun calldata) external view {
        Address.functionStaticCall(address(NESTS), msg.data);
    }

    /// @inheritdoc IRuleSet
    function proveContext(Claim calldata, StepRun calldata) external view {
        Address.functionStaticCall(address(CONTEXTS), msg.data);
    }

    /// @inheritdoc IRuleSet
    function proveSelector(Claim calldata, StepRun calldata) external view {
        Address.functionStaticCall(address(SELECTORS), msg.data);
    }

    /// @dev Whether claims under this set may use the rule at all.
    function _contains(uint8 rule) internal view virtual returns (bool);

    /// @dev Whether `data`, alone and in the lexer state of `flags`, is exactly one legal piece of that kind.
    function _isToken(uint8 kind, uint16 flags, bytes calldata data) internal view virtual returns (bool);

    /// @dev What a rule of this set makes of a token. If it is not allowed there, the rest has no meaning; the kind stays.
    function _rewrite(uint8 rule, uint8 kind, uint16 flags, bytes calldata data)
        internal
        view
        virtual
        returns (bool allowed, bool emits, bytes memory out);

    /// @dev An attested rule may put any bytes in place, but at most one token, whole and of the same kind.
    function _requireAttestedFault(
        Claim calldata claim,
        TokenOpening calldata source,
        StepOpening calldata step,
        TokenOpening calldata optimized
    ) private pure {
        if (step.emits > 1) return;
        require(step.emits == 1, IProofOfOptimization.NoFault());
        if (step.out >= claim.m) return;
        _requireOutput(claim, step, optimized);
        bool isRight = optimized.kind == source.kind && optimized.size == optimized.data.length;
        require(!isRight, IProofOfOptimization.NoFault());
    }

    function _requireOutput(Claim calldata claim, StepOpening calldata step, TokenOpening calldata optimized)
        private
        pure
    {
        require(optimized.index == step.out, IProofOfOptimization.PlacesDiffer(optimized.index, step.out));
        Openings.requireToken(claim, Tree.Optimized, optimized);
    }

    function _requireSourceAndStep(Claim calldata claim, TokenOpening calldata token, StepOpening calldata step)
        private
        pure
    {
        Openings.requireToken(claim, Tree.Source, token);
        Openings.requireStep(claim, step);
        require(step.index == token.index, IProofOfOptimization.PlacesDiffer(step.index, token.index));
    }

    function _isLegalSize(uint8 kind, uint32 size) private pure returns (bool) {
        return kind != 0 && kind <= LAST_KIND && size != 0 && size <= MAXIMUM_TOKEN_BYTES;
    }
}
