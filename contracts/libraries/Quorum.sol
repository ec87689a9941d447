// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IProofOfOptimization} from "../interfaces/IProofOfOptimization.sol";
import {Signed} from "./Signed.sol";

/// @title That enough verifier nodes signed one and the same thing
library Quorum {
    error QuorumMissing(uint256 signers, uint256 quorum);
    error SignersUnsorted(address signer);
    error NotVerifier(address signer);
    error VotesUneven(uint256 signers, uint256 signatures);

    /// @dev Signers in rising order, so that none counts twice.
    function requireSigned(
        IProofOfOptimization proof,
        bytes32 digest,
        address[] calldata signers,
        bytes[] calldata signatures
    ) internal view {
        require(signers.length == signatures.length, VotesUneven(signers.length, signatures.length));
        uint8 quorum = proof.quorum();
        require(signers.length >= quorum, QuorumMissing(signers.length, quorum));
        address last = address(0);
        for (uint256 i = 0; i < signers.length; ++i) {
            require(signers[i] > last, SignersUnsorted(signers[i]));
            last = signers[i];
            require(proof.isVerifier(last), NotVerifier(last));
            Signed.requireBy(last, digest, signatures[i]);
        }
    }
}
