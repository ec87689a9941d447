// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Subscription} from "../interfaces/IPlanRegistry.sol";
import {IUsage} from "../interfaces/IUsage.sol";
import {Subscriptions} from "./Subscriptions.sol";

/// @title What clients used beyond their plans, and keys that they vouch for
abstract contract Usage is IUsage, Subscriptions {
    using SafeCast for uint256;

    /* CONSTANTS */

    /// @dev The rest of a month, and a week in which it is anchored and charged.
    uint40 public constant OVERAGE_LOCK_SECONDS = 37 days;

    /* STORAGE */

    struct Anchor {
        bytes32 root;
        uint64 leaves;
    }

    /// @dev One slot.
    struct Deposit {
        uint128 amount;
        uint40 freeAt;
    }

    /// @custom:storage-location erc7201:lightdom.Usage
    struct UsageStorage {
        mapping(uint32 month => Anchor) anchors;
        mapping(address client => mapping(uint32 month => bool)) isCharged;
        mapping(address client => mapping(address token => Deposit)) deposits;
        mapping(address client => mapping(bytes32 commitment => KeyState)) keys;
    }

    enum KeyState {
        Unknown,
        Live,
        Revoked
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("lightdom.Usage")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant LOCATION = 0x996983dc6f6cf4917aa299c7c5a1908f3340e2a052bf071989e61f3439c35f00;

    /* KEYS */

    /// @inheritdoc IUsage
    function commitKey(bytes32 commitment) external {
        require(_usage().keys[msg.sender][commitment] == KeyState.Unknown, KeyKnown(msg.sender, commitment));

        _usage().keys[msg.sender][commitment] = KeyState.Live;

        emit KeyCommitted(msg.sender, commitment);
    }

    /// @inheritdoc IUsage
    function revokeKey(bytes32 commitment) external {
        require(isKeyLive(msg.sender, commitment), KeyNotLive(msg.sender, commitment));

        _usage().keys[msg.sender][commitment] = KeyState.Revoked;

        emit KeyRevoked(msg.sender, commitment);
    }

    /* USAGE */

    /// @inheritdoc IUsage
    function anchorUsage(uint32 month, bytes32 root, uint64 leaves) external restricted {
        require(month < currentMonth(), MonthNotOver(month, currentMonth()));
        require(_usage().anchors[month].root == 0, UsageKnown(month));
        require(root != 0 && leaves != 0, UsageEmpty());

        _usage().anchors[month] = Anchor(root, leaves);

        emit UsageAnchored(month, root, leaves);
    }

    /* OVERAGE */

    /// @inheritdoc IUsage
    function depositOverage(address token, uint256 amount) external nonReentrant {
        require(amount != 0, DepositZero());
        uint8 planId = _subscription(msg.sender).planId;
        _requirePrice(planId, token);

        uint256 sum = _usage().deposits[msg.sender][token].amount + amount;
        _usage().deposits[msg.sender][token] = Deposit({amount: sum.toUint128(), freeAt: 0});

        emit OverageDeposited(msg.sender, token, amount, sum);

        _pull(token, msg.sender, amount);
    }

    /// @inheritdoc IUsage
    function leaveOverage(address token) external {
        Deposit storage deposit = _usage().deposits[msg.sender][token];
        require(deposit.amount != 0, DepositZero());

        // Asking again does not begin again: else it would be a trap.
        if (deposit.freeAt == 0) deposit.freeAt = _now() + OVERAGE_LOCK_SECONDS;

        emit OverageLeaving(msg.sender, token, deposit.freeAt);
    }

    /// @inheritdoc IUsage
    function returnOverage(address token) external returns (uint256 amount) {
        Deposit memory deposit = _usage().deposits[msg.sender][token];
        require(deposit.freeAt != 0, DepositNotLeaving(msg.sender, token));
        require(_now() >= deposit.freeAt, DepositLocked(msg.sender, token, deposit.freeAt));
        amount = deposit.amount;

        delete _usage().deposits[msg.sender][token];
        if (amount != 0) _credit(token, msg.sender, amount);

        emit OverageReturned(msg.sender, token, amount);
    }

    /// @inheritdoc IUsage
    function chargeOverage(
        address client,
        uint32 month,
        uint64 requests,
        uint64 overageRequests,
        bytes32 salt,
        bytes32[] calldata path
    ) external returns (uint256 charged) {
        require(!isCharged(client, month), AlreadyCharged(client, month));
        bytes32 leaf = keccak256(bytes.concat(keccak256(abi.encode(client, month, requests, overageRequests, salt))));
        require(MerkleProof.verifyCalldata(path, _usage().anchors[month].root, leaf), UsageNotInRoot(month, client));

        Subscription memory subscription = _subscription(client);
        address token = subscription.token;
        Deposit storage deposit = _usage().deposits[client][token];
        uint256 due = uint256(priceOf(subscription.planId, token).overagePerRequest) * overageRequests;
        charged = due < deposit.amount ? due : deposit.amount;
        _usage().isCharged[client][month] = true;
        deposit.amount -= uint128(charged); // at most the deposit
        if (charged != 0) _earn(client, token, subscription.domainId, charged);

        emit OverageCharged(client, month, token, overageRequests, due, charged);
    }

    /* VIEWS */

    /// @inheritdoc IUsage
    function isKeyLive(address client, bytes32 commitment) public view returns (bool) {
        return _usage().keys[client][commitment] == KeyState.Live;
    }

    /// @inheritdoc IUsage
    function usageOf(uint32 month) external view returns (bytes32 root, uint64 leaves) {
        Anchor memory anchor = _usage().anchors[month];
        return (anchor.root, anchor.leaves);
    }

    /// @inheritdoc IUsage
    function isCharged(address client, uint32 month) public view returns (bool) {
        return _usage().isCharged[client][month];
    }

    /// @inheritdoc IUsage
    function overageOf(address client, address token) external view returns (uint256 deposit, uint40 freeAt) {
        Deposit memory found = _usage().deposits[client][token];
        return (found.amount, found.freeAt);
    }

    /// @inheritdoc IUsage
    function currentMonth() public view returns (uint32) {
        return uint32(block.timestamp / MONTH_SECONDS); // fits, as time does
    }

    /* INTERNAL */

    function _usage() private pure returns (UsageStorage storage $) {
        bytes32 location = LOCATION;
        assembly ("memory-safe") {
            $.slot := location
        }
    }
}
