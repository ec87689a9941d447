// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title Ether as an ERC-20, one to one: the bond token of development chains
/// @dev Warning: on a public chain the bond token is that chain's own WETH, or a stable token, never this one.
contract WrappedEther is ERC20 {
    event Deposit(address indexed account, uint256 amountWei);
    event Withdrawal(address indexed account, uint256 amountWei);

    constructor() ERC20("Wrapped Ether", "WETH") {}

    receive() external payable {
        deposit();
    }

    function deposit() public payable {
        _mint(msg.sender, msg.value);

        emit Deposit(msg.sender, msg.value);
    }

    function withdraw(uint256 amountWei) external {
        _burn(msg.sender, amountWei);

        emit Withdrawal(msg.sender, amountWei);

        Address.sendValue(payable(msg.sender), amountWei);
    }
}
