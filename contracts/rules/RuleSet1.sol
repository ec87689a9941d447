// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {FaultProofs} from "./FaultProofs.sol";

/// @title Rule set 1: KEEP, DROP_COMMENT, COLLAPSE_WS
contract RuleSet1 is FaultProofs {
    uint8 private constant KEEP = 0;
    uint8 private constant DROP_COMMENT = 1;
    uint8 private constant COLLAPSE_WS = 2;
    uint8 private constant TEXT = 4;
    uint8 private constant COMMENT = 5;
    uint16 private constant PRESERVE = 1 << 8;
    uint16 private constant JOIN_RISK = 1 << 9;

    function _contains(uint8 rule) internal pure override returns (bool) {
        return rule <= COLLAPSE_WS;
    }

    function _isToken(uint8, uint16, bytes calldata) internal pure override returns (bool) {
        return true;
    }

    function _rewrite(uint8 rule, uint8 kind, uint16 flags, bytes calldata data)
        internal
        pure
        override
        returns (bool allowed, bool emits, bytes memory out)
    {
        if (rule == KEEP) return (true, true, data);
        if (rule == DROP_COMMENT) return (kind == COMMENT && flags & JOIN_RISK == 0, false, out);
        if (kind != TEXT || flags & PRESERVE != 0) return (false, false, out);
        return (true, true, data);
    }
}
