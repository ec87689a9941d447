// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {Claim, IProofOfOptimization} from "../interfaces/IProofOfOptimization.sol";

/// @title What must hold of a claim's figures before its contents are looked at
library ClaimShape {
    uint64 internal constant MINIMUM_SAVED_BYTES = 1024;
    /// @dev Bounds the sums and the reward. The largest of 102 real pages had 1.3 MB.
    uint64 internal constant MAXIMUM_SRC_BYTES = 64 * 1024 * 1024;

    function requireShape(Claim calldata claim) internal pure {
        require(
            claim.srcBytes <= MAXIMUM_SRC_BYTES, IProofOfOptimization.PageTooLarge(claim.srcBytes, MAXIMUM_SRC_BYTES)
        );
        // That the page became smaller is the next check's business: here the difference must only not wrap.
        uint64 savedBytes = claim.optBytes < claim.srcBytes ? claim.srcBytes - claim.optBytes : 0;
        require(
            claim.attestedBytes <= savedBytes, IProofOfOptimization.AttestedTooMany(claim.attestedBytes, savedBytes)
        );
        require(claim.n != 0 && claim.m != 0, IProofOfOptimization.TokenCountZero());
        _requireDepth(claim.n, claim.depthS);
        _requireDepth(claim.m, claim.depthO);
    }

    /// @notice Bytes that a claim would be paid for, when `bestBytes` was the best size paid so far (zero: none).
    function paidBytes(Claim calldata claim, uint64 bestBytes) internal pure returns (uint64) {
        uint64 baseBytes = bestBytes == 0 || bestBytes > claim.srcBytes ? claim.srcBytes : bestBytes;
        require(
            // The size is bounded, so that the sum cannot overflow where it matters.
            baseBytes >= claim.optBytes && baseBytes - claim.optBytes >= MINIMUM_SAVED_BYTES,
            IProofOfOptimization.SavingTooSmall(baseBytes, claim.optBytes, MINIMUM_SAVED_BYTES)
        );
        return baseBytes - claim.optBytes;
    }

    /// @notice Levels of the smallest perfect binary tree with `count` leaves.
    function depthOf(uint32 count) internal pure returns (uint8) {
        return uint8(Math.log2(count, Math.Rounding.Ceil)); // at most 32
    }

    function _requireDepth(uint32 count, uint8 depth) private pure {
        uint8 expected = depthOf(count);
        require(depth == expected, IProofOfOptimization.DepthWrong(count, depth, expected));
    }
}
