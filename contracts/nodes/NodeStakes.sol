// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {
    AccessManagedUpgradeable
} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {INodeManager} from "../interfaces/INodeManager.sol";

/// @title What nodes stake
/// @dev Invariant: balance = stakes of nodes + what is leaving + burnt + what strangers sent unasked.
abstract contract NodeStakes is INodeManager, AccessManagedUpgradeable, ReentrancyGuardTransient {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    uint40 public constant UNBONDING_SECONDS = 14 days;

    /* STORAGE */

    /// @dev One slot.
    struct Leaving {
        uint128 amountWei;
        uint40 freeAt;
    }

    /// @custom:storage-location erc7201:lightdom.NodeStakes
    struct NodeStakesStorage {
        uint256 stakePerKibWei;
        uint256 burntWei;
        mapping(address owner => Leaving) leaving;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("lightdom.NodeStakes")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant LOCATION = 0xd20605c43fb86e31ed4de9cede64025caa4271f9ad89696759e356ccc9142400;

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IERC20 public immutable DSH;

    /* CONSTRUCTOR */

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IERC20 dsh) {
        DSH = dsh;
    }

    /* GOVERNANCE */

    /// @inheritdoc INodeManager
    function setStakeRate(uint256 stakePerKibWei_) external restricted {
        _stakes().stakePerKibWei = stakePerKibWei_.toUint96();

        emit StakeRateSet(stakePerKibWei_);
    }

    /* LEAVE */

    /// @inheritdoc INodeManager
    function takeStake(address owner) external nonReentrant returns (uint256 amountWei) {
        Leaving memory leaving = _stakes().leaving[owner];
        amountWei = leaving.amountWei;
        require(amountWei != 0, NothingLeaving(owner));
        require(block.timestamp >= leaving.freeAt, StakeLocked(owner, leaving.freeAt));

        delete _stakes().leaving[owner];
        _pay(owner, amountWei);
    }

    /* VIEWS */

    /// @inheritdoc INodeManager
    function stakePerKibWei() public view returns (uint256) {
        return _stakes().stakePerKibWei;
    }

    /// @inheritdoc INodeManager
    function burntWei() external view returns (uint256) {
        return _stakes().burntWei;
    }

    /// @inheritdoc INodeManager
    function leavingOf(address owner) external view returns (uint256 amountWei, uint40 freeAt) {
        Leaving memory leaving = _stakes().leaving[owner];
        return (leaving.amountWei, leaving.freeAt);
    }

    /* INTERNAL */

    /// @dev What a node of a size must stake, which is `uint128` as a rate is below 2^96 and a size below 2^32.
    function _stakeFor(uint32 kib) internal view returns (uint128) {
        return uint128(stakePerKibWei() * kib);
    }

    /// @dev A token that keeps a fee would leave the last to go unpaid, so what arrived is measured.
    function _pullStake(uint256 dueWei, uint256 maximumWei) internal {
        require(dueWei <= maximumWei, StakeTooDear(dueWei, maximumWei));
        if (dueWei == 0) return;
        uint256 beforeWei = DSH.balanceOf(address(this));
        DSH.safeTransferFrom(msg.sender, address(this), dueWei);
        uint256 receivedWei = DSH.balanceOf(address(this)) - beforeWei;
        require(receivedWei == dueWei, StakeShort(dueWei, receivedWei));
    }

    /// @dev What is leaving already waits along: one time for each owner.
    function _leave(address owner, uint128 amountWei) internal {
        if (amountWei == 0) return;
        uint40 freeAt = uint40(block.timestamp) + UNBONDING_SECONDS;
        _stakes().leaving[owner] = Leaving(_stakes().leaving[owner].amountWei + amountWei, freeAt);

        emit StakeLeaving(owner, amountWei, freeAt);
    }

    function _pay(address owner, uint256 amountWei) internal {
        emit StakeTaken(owner, amountWei);

        DSH.safeTransfer(owner, amountWei);
    }

    /// @dev Half burnt, half free at once to whoever showed the offence.
    function _slash(uint64 nodeId, uint128 stakeWei) internal {
        uint256 burnt = stakeWei / 2;
        uint256 bountyWei = stakeWei - burnt;
        _stakes().burntWei += burnt;

        emit NodeSlashed(nodeId, msg.sender, bountyWei, burnt);

        DSH.safeTransfer(msg.sender, bountyWei);
    }

    function _stakes() private pure returns (NodeStakesStorage storage $) {
        bytes32 location = LOCATION;
        assembly ("memory-safe") {
            $.slot := location
        }
    }
}
