// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Lexer} from "../proof/Lexer.sol";
import {Rules} from "../proof/Rules.sol";
import {ContextProofs} from "./ContextProofs.sol";
import {FaultProofs} from "./FaultProofs.sol";
import {NestProofs} from "./NestProofs.sol";
import {SelectorProofs} from "./SelectorProofs.sol";
import {StepProofs} from "./StepProofs.sol";

/// @title Rule set 1: KEEP, DROP_COMMENT, COLLAPSE_WS
contract RuleSet1 is FaultProofs {
    constructor(StepProofs steps, NestProofs nests, ContextProofs contexts, SelectorProofs selectors)
        FaultProofs(steps, nests, contexts, selectors)
    {}

    function _contains(uint8 rule) internal pure override returns (bool) {
        return rule == Rules.KEEP || rule == Rules.DROP_COMMENT || rule == Rules.COLLAPSE_WS;
    }

    function _isToken(uint8 kind, uint16 flags, bytes calldata data) internal pure override returns (bool) {
        return Lexer.isToken(kind, flags, data);
    }

    function _rewrite(uint8 rule, uint8 kind, uint16 flags, bytes calldata data)
        internal
        pure
        override
        returns (bool allowed, bool emits, bytes memory out)
    {
        return Rules.rewrite(rule, kind, flags, data);
    }
}
