// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ClientStatus, IPlanRegistry, Price, Subscription} from "../interfaces/IPlanRegistry.sol";
import {PlanMoney} from "./PlanMoney.sol";
import {Plans} from "./Plans.sol";

/// @title Who has subscribed to what, and until when it is paid
/// @dev `unearned` is what the time from `settledAt` to `paidUntil` was bought for. It is earned evenly over that time,
/// rounded up, so that what comes back is never more than was paid and no second is served unpaid.
abstract contract Subscriptions is Plans, PlanMoney {
    using SafeCast for uint256;

    /* CONSTANTS */

    uint40 public constant MONTH_SECONDS = 30 days;
    uint40 public constant TRIAL_SECONDS = 30 days;
    uint40 public constant PAST_DUE_SECONDS = 7 days;
    uint40 public constant SUSPENDED_SECONDS = 30 days;
    uint32 public constant MAX_MONTHS = 36;

    /* STORAGE */

    /// @custom:storage-location erc7201:lightdom.Subscriptions
    struct SubscriptionsStorage {
        mapping(address client => Subscription) subscriptions;
        mapping(address client => mapping(uint8 planId => bool)) hasPaidSetUp;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("lightdom.Subscriptions")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant LOCATION = 0x3b74cc01d9047cf68c73aa2079e273c6876f793688377a2366a32660963d1300;

    /* SUBSCRIBE */

    /// @inheritdoc IPlanRegistry
    function startTrial(uint8 planId) external {
        _requireOpen(planId);
        Subscription storage subscription = _subscription(msg.sender);
        require(subscription.trialUntil == 0 && subscription.paidUntil == 0, TrialUsed(msg.sender));
        require(!subscription.isSuspended, ClientSuspended(msg.sender));

        uint40 trialUntil = _now() + TRIAL_SECONDS;
        (subscription.planId, subscription.trialUntil) = (planId, trialUntil);

        emit TrialStarted(msg.sender, planId, trialUntil);
    }

    /// @inheritdoc IPlanRegistry
    function subscribe(uint8 planId, address token, uint32 months, uint256 maximum) external nonReentrant {
        settle(msg.sender);
        Subscription memory subscription = _subscription(msg.sender);
        require(subscription.paidUntil <= _now(), StillPaid(msg.sender, subscription.paidUntil));
        if (subscription.planId != planId) subscription.trialUntil = _min(subscription.trialUntil, _now());
        (subscription.planId, subscription.token, subscription.isCancelled) = (planId, token, false);
        _buy(msg.sender, subscription, months, maximum);
    }

    /// @inheritdoc IPlanRegistry
    function renew(address client, uint32 months, uint256 maximum) external nonReentrant {
        settle(client);
        Subscription memory subscription = _subscription(client);
        require(subscription.paidUntil != 0, NothingPaid(client));
        require(!subscription.isCancelled, AlreadyCancelled(client));
        _buy(client, subscription, months, maximum);
    }

    /// @inheritdoc IPlanRegistry
    function changePlan(uint8 planId, uint256 maximum) external nonReentrant {
        settle(msg.sender);
        Subscription memory subscription = _subscription(msg.sender);
        uint8 fromPlanId = subscription.planId;
        require(subscription.paidUntil > _now(), NothingPaid(msg.sender));
        require(!subscription.isSuspended, ClientSuspended(msg.sender));
        require(!subscription.isCancelled, AlreadyCancelled(msg.sender));
        require(planId != fromPlanId, PlanSame(planId));
        _requireOpen(planId);
        Price memory price = _requirePrice(planId, subscription.token);

        // Paid time that begins after a trial of the old plan has not begun: it is bought anew in full.
        uint256 rest = subscription.paidUntil - _max(subscription.settledAt, _now());
        uint256 cost = Math.mulDiv(price.month, rest, MONTH_SECONDS, Math.Rounding.Ceil);
        uint256 setUp = _takeSetUp(msg.sender, planId, price);
        uint256 before = subscription.unearned;
        uint256 due = cost + setUp > before ? cost + setUp - before : 0;
        uint256 back = before > cost + setUp ? before - cost - setUp : 0;
        require(due <= maximum, TooDear(due, maximum));

        (subscription.planId, subscription.unearned) = (planId, cost.toUint128());
        _subscriptions().subscriptions[msg.sender] = subscription;
        if (setUp != 0) _earn(msg.sender, subscription.token, subscription.domainId, setUp);
        if (back != 0) _credit(subscription.token, msg.sender, back);

        emit PlanChanged(msg.sender, fromPlanId, planId, due, back, subscription.paidUntil);

        _pull(subscription.token, msg.sender, due);
    }

    /// @inheritdoc IPlanRegistry
    function cancel() external {
        settle(msg.sender);
        Subscription memory subscription = _subscription(msg.sender);
        require(subscription.paidUntil != 0 || subscription.trialUntil != 0, NeverSubscribed(msg.sender));
        require(!subscription.isCancelled, AlreadyCancelled(msg.sender));

        subscription.isCancelled = true;
        subscription.trialUntil = _min(subscription.trialUntil, _now());
        uint256 back = 0;
        if (subscription.paidUntil > _now()) {
            uint256 rest = subscription.paidUntil - _max(subscription.settledAt, _now());
            bool hasBegun = subscription.settledAt <= _now();
            uint256 unused = subscription.isSuspended || !hasBegun ? rest : rest / MONTH_SECONDS * MONTH_SECONDS;
            back = Math.mulDiv(subscription.unearned, unused, rest);
            subscription.unearned -= back.toUint128();
            subscription.paidUntil = unused == rest ? _now() : subscription.paidUntil - uint40(unused);
            if (unused == rest) subscription.settledAt = _now();
        }
        _subscriptions().subscriptions[msg.sender] = subscription;
        if (back != 0) _credit(subscription.token, msg.sender, back);

        emit Cancelled(msg.sender, back, subscription.paidUntil);
    }

    /// @inheritdoc IPlanRegistry
    function setDomain(bytes32 domainId) external {
        settle(msg.sender);
        _subscription(msg.sender).domainId = domainId;

        emit DomainSet(msg.sender, domainId);
    }

    /* STEWARD */

    /// @inheritdoc IPlanRegistry
    function suspend(address client, bytes32 reason) external restricted {
        require(!_subscription(client).isSuspended, ClientSuspended(client));

        _subscription(client).isSuspended = true;

        emit Suspended(client, reason);
    }

    /// @inheritdoc IPlanRegistry
    function resume(address client) external restricted {
        require(_subscription(client).isSuspended, ClientNotSuspended(client));

        _subscription(client).isSuspended = false;

        emit Resumed(client);
    }

    /* FEES */

    /// @inheritdoc IPlanRegistry
    function settle(address client) public returns (uint256 earned) {
        Subscription storage subscription = _subscription(client);
        (uint128 unearned, uint40 settledAt, uint40 paidUntil) =
            (subscription.unearned, subscription.settledAt, subscription.paidUntil);
        if (unearned == 0 || _now() <= settledAt) return 0;

        earned = _now() >= paidUntil
            ? unearned
            : Math.mulDiv(unearned, _now() - settledAt, paidUntil - settledAt, Math.Rounding.Ceil);
        subscription.unearned = unearned - uint128(earned); // at most `unearned`
        subscription.settledAt = _min(_now(), paidUntil);

        _earn(client, subscription.token, subscription.domainId, earned);
    }

    /* VIEWS */

    /// @inheritdoc IPlanRegistry
    function subscriptionOf(address client) external view returns (Subscription memory) {
        return _subscription(client);
    }

    /// @inheritdoc IPlanRegistry
    function hasPaidSetUp(address client, uint8 planId) external view returns (bool) {
        return _subscriptions().hasPaidSetUp[client][planId];
    }

    /// @inheritdoc IPlanRegistry
    function statusOf(address client) external view returns (ClientStatus) {
        Subscription memory subscription = _subscription(client);
        if (subscription.isSuspended) return ClientStatus.Suspended;
        if (_now() < subscription.trialUntil) return ClientStatus.Trial;
        if (_now() < subscription.paidUntil) return ClientStatus.Active;
        uint40 end = _max(subscription.trialUntil, subscription.paidUntil);
        if (end == 0) return ClientStatus.None;
        if (subscription.isCancelled) return ClientStatus.Cancelled;
        if (_now() < end + PAST_DUE_SECONDS) return ClientStatus.PastDue;
        return _now() < end + SUSPENDED_SECONDS ? ClientStatus.Suspended : ClientStatus.Cancelled;
    }

    /* INTERNAL */

    function _subscription(address client) internal view returns (Subscription storage) {
        return _subscriptions().subscriptions[client];
    }

    function _buy(address client, Subscription memory subscription, uint32 months, uint256 maximum) private {
        require(!subscription.isSuspended, ClientSuspended(client));
        require(months != 0 && months <= MAX_MONTHS, MonthsOutOfRange(months, MAX_MONTHS));
        _requireOpen(subscription.planId);
        Price memory price = _requirePrice(subscription.planId, subscription.token);
        uint256 setUp = _takeSetUp(client, subscription.planId, price);
        uint256 paid = uint256(price.month) * months;
        require(paid + setUp <= maximum, TooDear(paid + setUp, maximum));

        _extend(client, subscription, months);
        subscription.unearned = (subscription.unearned + paid).toUint128();
        _subscriptions().subscriptions[client] = subscription;
        if (setUp != 0) _earn(client, subscription.token, subscription.domainId, setUp);
        _announce(client, subscription, months, paid, setUp);

        _pull(subscription.token, msg.sender, paid + setUp);
    }

    /// @dev Months go on from where they end, and begin after a running trial.
    function _extend(address client, Subscription memory subscription, uint32 months) private view {
        uint40 start = _max(_now(), subscription.trialUntil);
        if (subscription.paidUntil <= start) subscription.settledAt = start;
        else start = subscription.paidUntil;
        uint256 paidUntil = start + uint256(months) * MONTH_SECONDS;
        uint256 latest = _now() + TRIAL_SECONDS + uint256(MAX_MONTHS) * MONTH_SECONDS;
        require(paidUntil <= latest, PaidTooFarAhead(client, paidUntil, latest));
        subscription.paidUntil = uint40(paidUntil); // fits: `latest` does
    }

    /// @dev Apart, for the stack's sake.
    function _announce(address client, Subscription memory subscription, uint32 months, uint256 paid, uint256 setUp)
        private
    {
        emit Subscribed(
            client, subscription.planId, subscription.token, msg.sender, months, paid, setUp, subscription.paidUntil
        );
    }

    /// @dev What is due of a plan's set-up fee, which is thereby paid for good.
    function _takeSetUp(address client, uint8 planId, Price memory price) private returns (uint256) {
        if (_subscriptions().hasPaidSetUp[client][planId]) return 0;
        _subscriptions().hasPaidSetUp[client][planId] = true;
        return price.setUp;
    }

    function _now() internal view returns (uint40) {
        return uint40(block.timestamp); // fits for 34 000 years
    }

    function _min(uint40 a, uint40 b) private pure returns (uint40) {
        return a < b ? a : b;
    }

    function _max(uint40 a, uint40 b) private pure returns (uint40) {
        return a > b ? a : b;
    }

    function _subscriptions() private pure returns (SubscriptionsStorage storage $) {
        bytes32 location = LOCATION;
        assembly ("memory-safe") {
            $.slot := location
        }
    }
}
