// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IMiningEngine} from "../interfaces/IMiningEngine.sol";

/// @title Bonds of miners and challengers
/// @dev Invariant: balance = bonds of recipes and challenges + credits + burnt + what strangers sent unasked.
abstract contract MiningMoney is IMiningEngine, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /* STORAGE */

    /// @custom:storage-location erc7201:lightdom.MiningMoney
    struct MiningMoneyStorage {
        uint256 burntWei;
        mapping(address account => uint256) credits;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("lightdom.MiningMoney")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant LOCATION = 0x34e41457ce969e7269affe1328d214fe40093e1c99714e669e97c07687a5e500;

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IERC20 public immutable DSH;

    /* CONSTRUCTOR */

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IERC20 dsh) {
        DSH = dsh;
    }

    /* WITHDRAW */

    /// @inheritdoc IMiningEngine
    function withdraw(address account) external nonReentrant returns (uint256 amountWei) {
        amountWei = _money().credits[account];
        require(amountWei != 0, NothingToWithdraw(account));

        delete _money().credits[account];

        emit Withdrawn(account, amountWei);

        DSH.safeTransfer(account, amountWei);
    }

    /* VIEWS */

    /// @inheritdoc IMiningEngine
    function credits(address account) external view returns (uint256) {
        return _money().credits[account];
    }

    /// @inheritdoc IMiningEngine
    function burntWei() external view returns (uint256) {
        return _money().burntWei;
    }

    /* INTERNAL */

    function _pullBond(uint256 dueWei, uint256 maximumWei) internal {
        require(dueWei <= maximumWei, BondTooDear(dueWei, maximumWei));
        if (dueWei == 0) return;
        uint256 beforeWei = DSH.balanceOf(address(this));
        DSH.safeTransferFrom(msg.sender, address(this), dueWei);
        uint256 receivedWei = DSH.balanceOf(address(this)) - beforeWei;
        require(receivedWei == dueWei, BondShort(dueWei, receivedWei));
    }

    function _credit(address account, uint256 amountWei) internal {
        if (amountWei == 0) return;
        _money().credits[account] += amountWei;

        emit Credited(account, amountWei);
    }

    function _burn(uint256 amountWei) internal {
        _money().burntWei += amountWei;
    }

    function _money() private pure returns (MiningMoneyStorage storage $) {
        bytes32 location = LOCATION;
        assembly ("memory-safe") {
            $.slot := location
        }
    }
}
