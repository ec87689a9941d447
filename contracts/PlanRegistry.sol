// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IOptimizationRegistry} from "./interfaces/IOptimizationRegistry.sol";
import {PlanMoney} from "./plans/PlanMoney.sol";
import {Usage} from "./plans/Usage.sol";

/// @title Plans and clients, behind a proxy
/// @dev What is paid ahead must outlive a change of code, so this is upgradeable: by the role UPGRADER alone.
contract PlanRegistry is Usage, UUPSUpgradeable {
    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IERC20 dsh, IOptimizationRegistry registry, address treasury) PlanMoney(dsh, registry, treasury) {
        _disableInitializers();
    }

    /// @notice Once, by the transaction that makes the proxy.
    function initialize(address authority) external initializer {
        __AccessManaged_init(authority);
    }

    /// @dev `restricted` asks for the role of what was called, `upgradeToAndCall`: UPGRADER.
    function _authorizeUpgrade(address) internal override restricted {}
}
