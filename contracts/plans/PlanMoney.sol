// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IOptimizationRegistry} from "../interfaces/IOptimizationRegistry.sol";
import {IPlanRegistry} from "../interfaces/IPlanRegistry.sol";

/// @title Clients' money in, fees and credits out
/// @dev Money leaves by `passOn` and `withdraw` alone, so no receiver can block anybody else.
abstract contract PlanMoney is IPlanRegistry, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /* STORAGE */

    /// @custom:storage-location erc7201:lightdom.PlanMoney
    struct PlanMoneyStorage {
        mapping(address token => mapping(bytes32 domainId => uint256)) fees;
        mapping(address token => mapping(address account => uint256)) credits;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("lightdom.PlanMoney")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant LOCATION = 0xf929d8f55e45672b6eb7db61d4cf1e3a093b36de5e386e2c8d88e408c3ef3800;

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IERC20 public immutable DSH;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IOptimizationRegistry public immutable REGISTRY;
    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    address public immutable TREASURY;

    /* CONSTRUCTOR */

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IERC20 dsh, IOptimizationRegistry registry, address treasury) {
        DSH = dsh;
        REGISTRY = registry;
        TREASURY = treasury;
    }

    /* FEES, CREDITS */

    /// @inheritdoc IPlanRegistry
    function passOn(address token, bytes32 domainId) external nonReentrant returns (uint256 amount) {
        amount = _money().fees[token][domainId];
        require(amount != 0, NothingToPassOn(token, domainId));

        delete _money().fees[token][domainId];

        emit FeesPassedOn(token, domainId, amount);

        if (token == address(DSH) && domainId != 0) {
            DSH.forceApprove(address(REGISTRY), amount);
            REGISTRY.recordFees(domainId, amount);
        } else {
            IERC20(token).safeTransfer(TREASURY, amount);
        }
    }

    /// @inheritdoc IPlanRegistry
    function withdraw(address token, address account) external nonReentrant returns (uint256 amount) {
        amount = _money().credits[token][account];
        require(amount != 0, NothingToWithdraw(token, account));

        delete _money().credits[token][account];

        emit Withdrawn(account, token, amount);

        IERC20(token).safeTransfer(account, amount);
    }

    /* VIEWS */

    /// @inheritdoc IPlanRegistry
    function feesOf(address token, bytes32 domainId) external view returns (uint256) {
        return _money().fees[token][domainId];
    }

    /// @inheritdoc IPlanRegistry
    function credits(address token, address account) external view returns (uint256) {
        return _money().credits[token][account];
    }

    /* INTERNAL */

    /// @dev A token that keeps a fee would leave the last to withdraw unpaid, so what arrived is measured.
    function _pull(address token, address payer, uint256 amount) internal {
        if (amount == 0) return;
        uint256 before = IERC20(token).balanceOf(address(this));
        IERC20(token).safeTransferFrom(payer, address(this), amount);
        uint256 received = IERC20(token).balanceOf(address(this)) - before;
        require(received == amount, PaymentShort(amount, received));
    }

    function _credit(address token, address account, uint256 amount) internal {
        _money().credits[token][account] += amount;
    }

    function _earn(address client, address token, bytes32 domainId, uint256 amount) internal {
        _money().fees[token][domainId] += amount;

        emit FeesEarned(client, token, domainId, amount);
    }

    function _money() private pure returns (PlanMoneyStorage storage $) {
        bytes32 location = LOCATION;
        assembly ("memory-safe") {
            $.slot := location
        }
    }
}
