// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title DSH: 18 decimals, capped, minted only out of the emission budget
/// @dev ERC-20, ERC-2612, ERC-5805, burnable. Rewards stand in line (first in, first out) while the budget is short.
interface IDOMSpaceToken {
    event RewardQueued(
        uint256 indexed ticket, address indexed account, bytes32 indexed reason, uint256 amountWei, uint256 queuedEndWei
    );
    event RewardPaid(uint256 indexed ticket, address indexed account, uint256 amountWei);

    error RewardZero();
    error RewardAccountZero();
    error TicketUnknown(uint256 ticket);
    error TicketPaid(uint256 ticket);
    /// @dev The schedule has not reached the ticket yet: wait until `emittedWei() >= queuedEndWei`.
    error TicketWaiting(uint256 ticket, uint256 queuedEndWei, uint256 emittedWei);

    /// @notice Puts a reward in line. Only the role that may emit (ProofOfOptimization).
    /// @dev Warning: a place in line is not yet a payment; the budget may reach it only years later.
    function queueReward(address account, bytes32 reason, uint256 amountWei) external returns (uint256 ticket);

    /// @notice Mints a ticket's reward to its account once the budget has reached it. Anyone may call.
    function payReward(uint256 ticket) external;

    /// @notice DSH wei that the schedule has released up to this block: 50 DSH a block, halving every 2 102 400 blocks.
    function emittedWei() external view returns (uint256);

    /// @notice Sum of all rewards ever put in line, wei.
    function queuedWei() external view returns (uint256);

    /// @notice Number of tickets ever given out; tickets are numbered from 0.
    function ticketCount() external view returns (uint256);

    /// @notice A ticket: its account (zero once paid), amount, and the emission that must have been reached.
    function ticketOf(uint256 ticket) external view returns (address account, uint256 amountWei, uint256 queuedEndWei);
}
