// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";

/// @title Where a contract's state lives on while its code changes
/// @notice OpenZeppelin's ERC1967Proxy, unchanged. `initialData` is called by the transaction that creates it, so that
/// nobody can initialize it first.
/// @dev A name of its own, because ape keys what it compiles by contract name and would else mistake the library's for it.
contract HouseProxy is ERC1967Proxy {
    constructor(address implementation, bytes memory initialData) ERC1967Proxy(implementation, initialData) {}
}
