// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IBonds} from "../../interfaces/IBonds.sol";
import {Claim, IProofOfOptimization} from "../../interfaces/IProofOfOptimization.sol";
import {ProofOfOptimization} from "../../ProofOfOptimization.sol";
import {Deploys} from "./Deploys.sol";
import {PageBuilder} from "../PageBuilder.sol";

/// @dev Keeps a hundredth of every transfer.
contract FeeToken is ERC20 {
    constructor() ERC20("Fee", "FEE") {
        _mint(msg.sender, 1e24);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, from == address(0) ? value : value - value / 100);
    }
}

/// @dev Calls back into the contract that it is moved by.
contract ReenteringToken is ERC20 {
    bytes private call_;
    address private target;

    constructor() ERC20("Reenter", "RE") {
        _mint(msg.sender, 1e24);
    }

    function arm(address target_, bytes calldata call) external {
        (target, call_) = (target_, call);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        if (target == address(0)) return;
        (bool isDone, bytes memory reason) = target.call(call_);
        if (!isDone) {
            assembly {
                revert(add(reason, 32), mload(reason))
            }
        }
    }
}

contract HostileBondsTest is Deploys {
    Claim private claim;

    function setUp() public override {
        super.setUp();
        claim = _claimOf(PageBuilder.commented(5), "/");
    }

    function test_a_token_that_keeps_a_fee_is_refused() public {
        FeeToken fee = new FeeToken();
        _bondIn(fee);
        vm.expectRevert(
            abi.encodeWithSelector(IBonds.BondShort.selector, MINIMUM_BOND, MINIMUM_BOND - MINIMUM_BOND / 100)
        );
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
    }

    function test_a_token_that_calls_back_cannot_enter_again() public {
        ReenteringToken bond = new ReenteringToken();
        _bondIn(bond);
        bond.arm(address(proof), abi.encodeCall(proof.withdraw, (address(bond), HARVESTER)));
        vm.expectRevert(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        vm.prank(HARVESTER);
        proof.reveal(claim, SALT);
    }

    function test_money_that_strangers_send_unasked_is_nobody_s() public {
        _reveal(claim);
        vm.deal(STRANGER, 1 ether);
        vm.startPrank(STRANGER);
        weth.deposit{value: 1 ether}();
        weth.transfer(address(proof), 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IBonds.NothingToWithdraw.selector, address(weth), STRANGER));
        proof.withdraw(address(weth), STRANGER);
    }

    /// @dev A ProofOfOptimization with another bond token, and the claim committed there.
    function _bondIn(ERC20 bond) private {
        proof = _proofOf(bond, proof.ANSWERS(), 60, 7);
        bytes4[] memory selectors = new bytes4[](2);
        (selectors[0], selectors[1]) = (proof.setParameters.selector, proof.addRuleset.selector);
        authority.setTargetFunctionRole(address(proof), selectors, GOVERNOR);
        proof.addRuleset(1, address(rules));
        proof.setParameters(WINDOW, QUORUM, MINIMUM_BOND, PRICE, ANSWER);
        bond.transfer(HARVESTER, 1 ether);
        vm.prank(HARVESTER);
        bond.approve(address(proof), type(uint256).max);
        _commit(claim);
    }
}
