// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title Money in the bond token: pulled in full or refused, paid out by `withdraw` alone
interface IBonds {
    event Withdrawn(address indexed account, address indexed token, uint256 amountWei);

    error BondShort(uint256 expectedWei, uint256 receivedWei);
    error NothingToWithdraw(address token, address account);

    /// @notice Sends an account all that it may take. Anyone may call; the money goes to `account`.
    function withdraw(address token, address account) external returns (uint256 amountWei);

    function credits(address token, address account) external view returns (uint256);

    /// @notice Halves of slashed bonds and stakes, kept here for ever.
    function burntWei() external view returns (uint256);
    function bondToken() external view returns (address);
}
