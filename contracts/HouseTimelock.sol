// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title What was decided, and waits so that everybody can see it first
/// @notice OpenZeppelin's TimelockController, unchanged. One holds the admin's role and the code of what stands behind
/// proxies, its proposer being a Safe; another holds the parameters, its proposer being the governor.
/// @dev A name of its own, because ape keys what it compiles by contract name and would else mistake the library's for it.
contract HouseTimelock is TimelockController {
    constructor(uint256 minimumDelaySeconds, address[] memory proposers, address[] memory executors, address admin)
        TimelockController(minimumDelaySeconds, proposers, executors, admin)
    {}
}
