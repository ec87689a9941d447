// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Test} from "forge-std/Test.sol";

import {SignatureProbe} from "../../accounts/SignatureProbe.sol";

/// A wallet that takes the word of one key.
contract KeyWallet {
    address public immutable KEY;

    constructor(address key) {
        KEY = key;
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        (bytes32 r, bytes32 s, uint8 v) = abi.decode(signature, (bytes32, bytes32, uint8));
        return ecrecover(hash, v, r, s) == KEY ? bytes4(0x1626ba7e) : bytes4(0xffffffff);
    }
}

contract WalletFactory {
    function make(address key) external returns (KeyWallet) {
        return new KeyWallet{salt: 0}(key);
    }

    function fail() external pure {
        revert("no");
    }
}

/// Answers anything with the same bytes.
contract Parrot {
    bytes private _answer;

    constructor(bytes memory answer) {
        _answer = answer;
    }

    fallback(bytes calldata) external returns (bytes memory) {
        return _answer;
    }
}

contract SignatureProbeTest is Test {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    bytes32 private constant UNDEPLOYED = 0x6492649264926492649264926492649264926492649264926492649264926492;

    /// The creation code's answer: what it leaves as the code of the created account. Empty: it reverted.
    function _probe(address signer, bytes32 hash, bytes memory signature) private returns (bytes memory) {
        bytes memory code = abi.encodePacked(type(SignatureProbe).creationCode, abi.encode(signer, hash, signature));
        address created;
        assembly ("memory-safe") {
            created := create(0, add(code, 32), mload(code))
        }
        return created.code;
    }

    function _says(address signer, bytes32 hash, bytes memory signature, bool expected) private {
        bytes memory said = _probe(signer, hash, signature);
        // A revert is a no as well.
        if (expected) assertEq(said, hex"01");
        else assertTrue(said.length == 0 || keccak256(said) == keccak256(hex"00"));
    }

    function _wrapped(address factory, bytes memory preparation, bytes memory inner)
        private
        pure
        returns (bytes memory)
    {
        return abi.encodePacked(abi.encode(factory, preparation, inner), UNDEPLOYED);
    }

    function testFuzz_a_key_s_own_signature_is_taken_and_its_mirror_image_is_not(uint256 key, bytes32 hash) public {
        key = bound(key, 1, ORDER - 1);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, hash);
        _says(vm.addr(key), hash, abi.encodePacked(r, s, v), true);
        _says(vm.addr(key), hash, abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? uint8(28) : 27), false);
        _says(vm.addr(key), keccak256(abi.encode(hash)), abi.encodePacked(r, s, v), false);
    }

    function testFuzz_any_other_bytes_are_not_taken(address signer, bytes32 hash, bytes memory signature) public {
        vm.assume(signer.code.length == 0 && signer > address(10));
        _says(signer, hash, signature, false);
    }

    function test_the_zero_address_signs_nothing() public {
        _says(address(0), keccak256("x"), abi.encodePacked(bytes32(0), bytes32(0), uint8(27)), false);
        _says(address(0), keccak256("x"), abi.encodePacked(bytes32(uint256(1)), bytes32(uint256(1)), uint8(29)), false);
    }

    function test_a_contract_is_asked_and_no_key_speaks_for_it() public {
        KeyWallet wallet = new KeyWallet(vm.addr(1));
        bytes32 hash = keccak256("x");
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(1, hash);
        _says(address(wallet), hash, abi.encode(r, s, v), true);
        _says(address(wallet), hash, abi.encodePacked(r, s, v), false);
        (v, r, s) = vm.sign(2, hash);
        _says(address(wallet), hash, abi.encode(r, s, v), false);
    }

    function test_only_the_whole_magic_word_is_a_yes() public {
        bytes32 hash = keccak256("x");
        _says(address(new Parrot(abi.encode(bytes4(0x1626ba7e)))), hash, "", true);
        _says(address(new Parrot(hex"1626ba7e")), hash, "", false);
        _says(address(new Parrot("")), hash, "", false);
        _says(address(new Parrot(abi.encode(uint256(0x1626ba7e)))), hash, "", false);
        _says(address(new Parrot(abi.encode(uint256(bytes32(bytes4(0x1626ba7e))) | 1))), hash, "", false);
    }

    function test_a_wallet_that_is_not_deployed_yet_signs_once_its_factory_made_it() public {
        WalletFactory factory = new WalletFactory();
        bytes32 initial = keccak256(abi.encodePacked(type(KeyWallet).creationCode, abi.encode(vm.addr(1))));
        address wallet = address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", factory, bytes32(0), initial)))));
        bytes32 hash = keccak256("x");
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(1, hash);
        bytes memory inner = abi.encode(r, s, v);
        bytes memory preparation = abi.encodeCall(WalletFactory.make, (vm.addr(1)));

        _says(wallet, hash, inner, false);
        _says(wallet, hash, _wrapped(address(factory), abi.encodeCall(WalletFactory.fail, ()), inner), false);
        _says(wallet, hash, _wrapped(address(factory), abi.encodeCall(WalletFactory.make, (vm.addr(2))), inner), false);
        _says(wallet, hash, _wrapped(address(0xdead), "", inner), false);
        // The last one leaves the wallet deployed here; in a call it leaves nothing.
        _says(wallet, hash, _wrapped(address(factory), preparation, inner), true);
        // Deployed meanwhile: the factory, which would fail now, is not needed.
        _says(wallet, hash, _wrapped(address(factory), preparation, inner), true);
        _says(wallet, keccak256("y"), _wrapped(address(factory), preparation, inner), false);
    }

    function testFuzz_what_is_wrapped_wrongly_is_not_taken(bytes memory wrapped) public {
        _says(vm.addr(1), keccak256("x"), abi.encodePacked(wrapped, UNDEPLOYED), false);
    }
}
