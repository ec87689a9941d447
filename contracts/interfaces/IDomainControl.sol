// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Biome} from "./IOptimizationRegistry.sol";

/// @notice What one verifier signed of a request.
struct DomainVote {
    address signer;
    bool isSeen;
    uint64 observedAt;
    bytes signature;
}

/// @title Who controls a host, as verifier nodes see it from several places
/// @notice The owner publishes `tokenOf(host, owner)` as a DNS TXT record `lightdom=0x...`, as
/// `https://HOST/.well-known/lightdom.txt` or in `<meta name="lightdom" content="0x...">`. Verifiers sign what they saw.
/// @dev Warning: the biome is the verifiers' word alone.
interface IDomainControl {
    event DomainVoted(
        bytes32 indexed domainId,
        address indexed owner,
        address indexed verifier,
        Biome biome,
        uint64 nonce,
        bool isSeen
    );
    event DomainConfirmed(bytes32 indexed domainId, address indexed owner, Biome biome, uint64 nonce, uint8 votes);

    error PerspectivesTooFew(uint8 perspectives, uint8 fewest);
    error DissentTooShort(uint64 dissentSeconds, uint64 floorSeconds);
    error NotVerifier(address signer);
    error ObservedInFuture(address signer, uint64 observedAt);
    error ObservedTooLongAgo(address signer, uint64 observedAt);
    error PerspectivesMissing(uint8 votes, uint8 perspectives);
    error DissentTooLarge(uint8 dissent, uint8 maximum);
    /// @dev Others may still say that they did not see it.
    error DissentOpen(uint64 deadline, uint64 runningTime);

    /// @notice Brings EIP-712 votes
    /// DomainSeen(bytes32 domainId,address owner,uint8 biome,uint64 nonce,bool isSeen,uint64 observedAt). The first vote
    /// opens a time for dissent. A verifier's first vote on a request is its only one.
    function vote(string calldata host, address owner, Biome biome, DomainVote[] calldata votes) external;

    /// @notice Registers the host with its owner and biome: enough perspectives, at most one dissent, the time for it over.
    function confirm(string calldata host, address owner, Biome biome) external;

    /// @notice What the owner has to publish: keccak256(abi.encode(domainId, owner, nonce, chain id)).
    function tokenOf(string calldata host, address owner) external view returns (bytes32 token);

    /// @notice How many times the host was confirmed; each time takes a new token.
    function nonceOf(bytes32 domainId) external view returns (uint64);
    function votesOf(string calldata host, address owner, Biome biome)
        external
        view
        returns (uint8 seen, uint8 dissent, uint64 openedAt);
    function domainDigest(bytes32 domainId, address owner, Biome biome, uint64 nonce, bool isSeen, uint64 observedAt)
        external
        view
        returns (bytes32 digest);
}
