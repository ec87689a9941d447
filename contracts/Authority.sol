// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";

/// @title Who may do what, for all contracts of the house
/// @notice OpenZeppelin's AccessManager, unchanged; the deployment and the tables call it AccessManager.
/// @dev A name of its own, because ape keys what it compiles by contract name and would else mistake the library's for it.
contract Authority is AccessManager {
    constructor(address initialAdmin) AccessManager(initialAdmin) {}
}
