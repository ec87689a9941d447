// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title Whether an account signed a hash, asked without a deployment: the creation code answers in one `eth_call`
/// @notice In ERC-6492's order: a wallet that is not deployed yet (its factory is called first, within the call only),
/// a contract (ERC-1271), a key's account (ecrecover with a low s). The answer is one byte, 1 or 0.
contract SignatureProbe {
    bytes32 private constant UNDEPLOYED = 0x6492649264926492649264926492649264926492649264926492649264926492;
    bytes4 private constant VALID = 0x1626ba7e;

    constructor(address signer, bytes32 hash, bytes memory signature) {
        bool isSigned = _isSigned(signer, hash, signature);
        assembly ("memory-safe") {
            mstore(0, isSigned)
            return(31, 1)
        }
    }

    function _isSigned(address signer, bytes32 hash, bytes memory signature) private returns (bool) {
        if (_endsInUndeployed(signature)) {
            (address factory, bytes memory preparation, bytes memory inner) = _wrapped(signature);
            if (signer.code.length > 0 && _contractAgrees(signer, hash, inner)) return true;
            (bool isPrepared,) = factory.call(preparation);
            return isPrepared && signer.code.length > 0 && _contractAgrees(signer, hash, inner);
        }
        if (signer.code.length > 0) return _contractAgrees(signer, hash, signature);
        (address recovered, ECDSA.RecoverError flaw,) = ECDSA.tryRecover(hash, signature);
        return flaw == ECDSA.RecoverError.NoError && recovered == signer;
    }

    function _endsInUndeployed(bytes memory signature) private pure returns (bool isSo) {
        if (signature.length < 32) return false;
        bytes32 last;
        assembly ("memory-safe") {
            last := mload(add(signature, mload(signature)))
        }
        return last == UNDEPLOYED;
    }

    /// Reverts where it is not what ERC-6492 wraps, which answers no as well.
    function _wrapped(bytes memory signature) private pure returns (address, bytes memory, bytes memory) {
        assembly ("memory-safe") {
            mstore(signature, sub(mload(signature), 32))
        }
        return abi.decode(signature, (address, bytes, bytes));
    }

    function _contractAgrees(address signer, bytes32 hash, bytes memory signature) private view returns (bool) {
        (bool isAnswered, bytes memory answer) = signer.staticcall(abi.encodeWithSelector(VALID, hash, signature));
        return isAnswered && answer.length >= 32 && abi.decode(answer, (bytes32)) == bytes32(VALID);
    }
}
