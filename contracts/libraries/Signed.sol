// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

import {IProofOfOptimization} from "../interfaces/IProofOfOptimization.sol";

/// @title That somebody signed something: a key (65 bytes) or a contract (EIP-1271)
library Signed {
    function requireBy(address signer, bytes32 digest, bytes calldata signature) internal view {
        // Keys first: a look at the signer's code costs as much again as the recovery.
        (address recovered,,) = ECDSA.tryRecoverCalldata(digest, signature);
        require(
            recovered == signer || SignatureChecker.isValidERC1271SignatureNow(signer, digest, signature),
            IProofOfOptimization.SignatureWrong(signer)
        );
    }
}
