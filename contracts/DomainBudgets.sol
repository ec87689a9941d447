// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IOptimizationRegistry} from "./interfaces/IOptimizationRegistry.sol";

/// @title What may be paid out for a domain in an epoch
/// @dev Invariant: granted in an epoch <= max(0.8 x fees recorded in it, quota), as it stood at the last grant. So nobody
/// earns more by claiming pages of a domain than its clients pay, but for the quota.
abstract contract DomainBudgets is IOptimizationRegistry, AccessManaged {
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    /* CONSTANTS */

    uint256 public constant EPOCH_SECONDS = 30 days;
    uint256 public constant FEES_PERCENT = 80;

    /* STORAGE */

    /// @dev One slot. Of an epoch that is over nothing counts.
    struct Budget {
        uint32 epoch;
        uint112 feesWei;
        uint112 grantedWei;
    }

    /// @dev One slot.
    struct Quota {
        bool isSet;
        uint248 quotaWei;
    }

    IERC20 public immutable DSH;
    address public immutable TREASURY;
    mapping(bytes32 domainId => Budget) private _budgets;
    mapping(bytes32 domainId => Quota) private _quotas;

    /* CONSTRUCTOR */

    constructor(IERC20 dsh, address treasury) {
        DSH = dsh;
        TREASURY = treasury;
    }

    /* FEES, QUOTAS, GRANTS */

    /// @inheritdoc IOptimizationRegistry
    function recordFees(bytes32 domainId, uint256 amountWei) external restricted {
        Budget memory budget = _budgetOf(domainId);
        budget.feesWei = (budget.feesWei + amountWei).toUint112();
        _budgets[domainId] = budget;

        emit FeesRecorded(domainId, msg.sender, budget.epoch, amountWei);

        DSH.safeTransferFrom(msg.sender, TREASURY, amountWei);
    }

    /// @inheritdoc IOptimizationRegistry
    function setQuota(bytes32 domainId, uint256 quotaWei) external restricted {
        _quotas[domainId] = Quota({isSet: true, quotaWei: quotaWei.toUint248()});

        emit QuotaSet(domainId, quotaWei);
    }

    /// @inheritdoc IOptimizationRegistry
    function grantReward(bytes32 domainId, uint256 wantedWei) external restricted returns (uint256 grantedWei) {
        Budget memory budget = _budgetOf(domainId);
        uint256 capWei = _capOf(domainId, budget);
        // A quota may have been lowered below what was granted already.
        uint256 roomWei = capWei > budget.grantedWei ? capWei - budget.grantedWei : 0;
        grantedWei = wantedWei < roomWei ? wantedWei : roomWei;
        budget.grantedWei = (budget.grantedWei + grantedWei).toUint112();
        _budgets[domainId] = budget;

        emit RewardGranted(domainId, budget.epoch, grantedWei);
    }

    /* VIEWS */

    /// @inheritdoc IOptimizationRegistry
    function budgetOf(bytes32 domainId) external view returns (uint256 feesWei, uint256 grantedWei, uint256 capWei) {
        Budget memory budget = _budgetOf(domainId);
        return (budget.feesWei, budget.grantedWei, _capOf(domainId, budget));
    }

    /// @inheritdoc IOptimizationRegistry
    function quotaOf(bytes32 domainId) public view returns (uint256 quotaWei) {
        Quota memory quota = _quotas[domainId];
        return quota.isSet ? quota.quotaWei : _quotas[0].quotaWei;
    }

    /* INTERNAL */

    function _budgetOf(bytes32 domainId) private view returns (Budget memory budget) {
        budget = _budgets[domainId];
        uint32 epoch = uint32(block.timestamp / EPOCH_SECONDS); // fits, as time does
        if (budget.epoch != epoch) budget = Budget({epoch: epoch, feesWei: 0, grantedWei: 0});
    }

    function _capOf(bytes32 domainId, Budget memory budget) private view returns (uint256) {
        uint256 byFeesWei = uint256(budget.feesWei) * FEES_PERCENT / 100;
        uint256 quotaWei = quotaOf(domainId);
        return byFeesWei > quotaWei ? byFeesWei : quotaWei;
    }
}
