// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Fault, Status} from "../interfaces/IProofOfOptimization.sol";

/// @dev Two slots, all that is stored of a claim. Times are running time.
struct Standing {
    Status status;
    /// pending: the window's end; slashed: until when challengers may reveal
    uint40 deadline;
    /// open demands
    uint8 demands;
    /// of a slashed claim
    Fault fault;
    /// pending: votes that count, then votes seen; slashed: who slashed it, then in which block
    uint192 ballot;
    uint112 bondWei;
    /// pending: the most it may earn; final: what it earned
    uint112 rewardWei;
    /// zero once the bounty of a slashed claim is settled
    uint32 windowSeconds;
}

/// @title The one field of a standing that means one thing while a claim is pending and another when it was slashed
/// @dev A slashed claim needs no votes and a pending one no opener, and a slot of its own would cost a proof 22 000 gas.
library Standings {
    function votesOf(Standing memory standing) internal pure returns (uint96 votes, uint96 seen) {
        return (uint96(standing.ballot), uint96(standing.ballot >> 96));
    }

    function ballotOf(uint96 votes, uint96 seen) internal pure returns (uint192) {
        return uint192(votes) | (uint192(seen) << 96);
    }

    function slashedBy(Standing memory standing) internal pure returns (address opener, uint32 blockNumber) {
        return (address(uint160(standing.ballot)), uint32(standing.ballot >> 160));
    }

    function slashOf(address opener, uint256 blockNumber) internal pure returns (uint192) {
        return uint160(opener) | (uint192(uint32(blockNumber)) << 160); // blocks fit for 1 600 years of 12 s
    }
}
