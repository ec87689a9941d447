// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// @title What clients used, and keys that they vouch for
/// @notice A month's usage is anchored as one root. Each client gets its leaf and a path to it, so it can check what is
/// charged, and nobody else can read what it used: leaves are salted.
/// Leaf: keccak256(keccak256(abi.encode(client, month, requests, overageRequests, salt))), a StandardMerkleTree's.
interface IUsage {
    event KeyCommitted(address indexed client, bytes32 indexed commitment);
    event KeyRevoked(address indexed client, bytes32 indexed commitment);
    event UsageAnchored(uint32 indexed month, bytes32 root, uint64 leaves);
    event OverageDeposited(address indexed client, address indexed token, uint256 amount, uint256 deposit);
    event OverageLeaving(address indexed client, address indexed token, uint40 freeAt);
    event OverageReturned(address indexed client, address indexed token, uint256 amount);
    event OverageCharged(
        address indexed client,
        uint32 indexed month,
        address indexed token,
        uint64 overageRequests,
        uint256 due,
        uint256 charged
    );

    error KeyKnown(address client, bytes32 commitment);
    error KeyNotLive(address client, bytes32 commitment);
    error MonthNotOver(uint32 month, uint32 current);
    error UsageKnown(uint32 month);
    error UsageEmpty();
    error UsageNotInRoot(uint32 month, address client);
    error AlreadyCharged(address client, uint32 month);
    error DepositZero();
    error DepositNotLeaving(address client, address token);
    error DepositLocked(address client, address token, uint40 freeAt);

    /// @notice Vouches for an API key of the caller's.
    /// @param commitment keccak256(abi.encode(client, keyed hash of the key, salt)): tells nothing of the key
    function commitKey(bytes32 commitment) external;

    /// @notice From here on the key is not the caller's, whatever a database says. For good.
    function revokeKey(bytes32 commitment) external;

    /// @notice Publishes what all clients used in a month that is over. Once; never changed. Only METER.
    function anchorUsage(uint32 month, bytes32 root, uint64 leaves) external;

    /// @notice Lays money by for requests beyond the plan, of which no more is ever charged.
    function depositOverage(address token, uint256 amount) external;

    /// @notice Asks for the deposit back. It is free after the time in which a month's usage can still be charged.
    function leaveOverage(address token) external;

    /// @notice Credits a deposit that is free.
    function returnOverage(address token) external returns (uint256 amount);

    /// @notice Charges a client's requests beyond its plan, as anchored. Once a month and client. Anyone may call.
    function chargeOverage(
        address client,
        uint32 month,
        uint64 requests,
        uint64 overageRequests,
        bytes32 salt,
        bytes32[] calldata path
    ) external returns (uint256 charged);

    function isKeyLive(address client, bytes32 commitment) external view returns (bool);

    /// @notice The root of a month's usage and how many leaves are under it; zeros if it is not anchored.
    function usageOf(uint32 month) external view returns (bytes32 root, uint64 leaves);

    function isCharged(address client, uint32 month) external view returns (bool);

    /// @notice A client's deposit, and since it is being given up, when it is free; zero if it is not.
    function overageOf(address client, address token) external view returns (uint256 deposit, uint40 freeAt);

    /// @notice 30-day months since 1970.
    function currentMonth() external view returns (uint32);
}
