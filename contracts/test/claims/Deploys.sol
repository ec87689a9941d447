// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {ProofOfOptimization} from "../../ProofOfOptimization.sol";
import {Fixture} from "../Fixture.sol";

/// @title For tests that deploy a ProofOfOptimization with other words than Fixture's
abstract contract Deploys is Fixture {
    function _proofOf(address answers, uint64 minimumSeconds, uint8 bits) internal returns (ProofOfOptimization) {
        return _proofOf(weth, answers, minimumSeconds, bits);
    }

    /// @dev By its name, so that what a mutation run puts in its place is what is tested.
    function _proofOf(IERC20 bond, address answers, uint64 minimumSeconds, uint8 bits)
        internal
        returns (ProofOfOptimization)
    {
        bytes memory words = abi.encode(authority, bond, registry, answers, minimumSeconds, bits);
        bytes memory code = abi.encodePacked(vm.getCode("ProofOfOptimization"), words);
        address deployed;
        // A constructor's refusal is passed on as it is: deployCode would hide it.
        assembly ("memory-safe") {
            deployed := create(0, add(code, 0x20), mload(code))
            if iszero(deployed) {
                returndatacopy(0, 0, returndatasize())
                revert(0, returndatasize())
            }
        }
        return ProofOfOptimization(deployed);
    }
}
