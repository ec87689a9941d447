// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IBonds} from "./interfaces/IBonds.sol";

/// @title Money in and money out
/// @dev Invariant: balance of the bond token = what is locked (bonds, fees of open demands, stakes) + burnt + credits + what
/// strangers sent unasked.
/// Money leaves by `withdraw` alone.
abstract contract Bonds is IBonds, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    /* STORAGE */

    IERC20 internal immutable BOND_TOKEN;
    /// @inheritdoc IBonds
    uint256 public burntWei;
    /// @inheritdoc IBonds
    mapping(address token => mapping(address account => uint256)) public credits;

    /* CONSTRUCTOR */

    constructor(IERC20 token) {
        BOND_TOKEN = token;
    }

    /* WITHDRAW */

    /// @inheritdoc IBonds
    function withdraw(address token, address account) external nonReentrant returns (uint256 amountWei) {
        amountWei = credits[token][account];
        require(amountWei != 0, NothingToWithdraw(token, account));

        delete credits[token][account];

        emit Withdrawn(account, token, amountWei);

        IERC20(token).safeTransfer(account, amountWei);
    }

    /* VIEWS */

    /// @inheritdoc IBonds
    function bondToken() external view returns (address) {
        return address(BOND_TOKEN);
    }

    /* INTERNAL */

    /// @dev A token that keeps a fee would leave the last to withdraw unpaid, so what arrived is measured.
    function _pullBond(address payer, uint256 bondWei) internal {
        uint256 beforeWei = BOND_TOKEN.balanceOf(address(this));
        BOND_TOKEN.safeTransferFrom(payer, address(this), bondWei);
        uint256 receivedWei = BOND_TOKEN.balanceOf(address(this)) - beforeWei;
        require(receivedWei == bondWei, BondShort(bondWei, receivedWei));
    }

    function _creditBond(address account, uint256 amountWei) internal {
        credits[address(BOND_TOKEN)][account] += amountWei;
    }
}
