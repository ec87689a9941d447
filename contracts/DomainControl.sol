// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {DomainVote, IDomainControl} from "./interfaces/IDomainControl.sol";
import {Biome, IOptimizationRegistry} from "./interfaces/IOptimizationRegistry.sol";
import {IProofOfOptimization} from "./interfaces/IProofOfOptimization.sol";
import {Seats} from "./libraries/Seats.sol";
import {Signed} from "./libraries/Signed.sol";
import {TypedData} from "./TypedData.sol";

/// @title Domain control by votes of verifiers
/// @dev Holds the role REGISTRAR. Requests that differ in owner or biome stand beside each other, so that nobody can block
/// another's; a confirmation ends them all, as it takes the next nonce.
contract DomainControl is IDomainControl, TypedData {
    /* CONSTANTS */

    bytes32 public constant DOMAIN_SEEN_TYPEHASH =
        keccak256("DomainSeen(bytes32 domainId,address owner,uint8 biome,uint64 nonce,bool isSeen,uint64 observedAt)");
    uint8 public constant MAXIMUM_DISSENT = 1;
    uint8 public constant FEWEST_PERSPECTIVES = 5;
    uint64 public constant DISSENT_FLOOR_SECONDS = 1 hours;
    uint64 public constant FRESH_SECONDS = 3 days;
    uint256 private constant DEVELOPMENT_CHAIN_ID = 31337;

    /* STORAGE */

    struct Request {
        uint96 seen;
        uint96 dissent;
        uint64 openedAt;
    }

    IProofOfOptimization public immutable PROOF;
    IOptimizationRegistry public immutable REGISTRY;
    uint8 public immutable PERSPECTIVES;
    uint64 public immutable DISSENT_SECONDS;
    /// @inheritdoc IDomainControl
    mapping(bytes32 domainId => uint64) public nonceOf;
    mapping(bytes32 requestId => Request) private _requests;

    /* CONSTRUCTOR */

    constructor(IProofOfOptimization proof, IOptimizationRegistry registry, uint8 perspectives, uint64 dissentSeconds) {
        bool isDevelopment = block.chainid == DEVELOPMENT_CHAIN_ID;
        uint8 fewest = isDevelopment ? 1 : FEWEST_PERSPECTIVES;
        uint64 floorSeconds = isDevelopment ? 1 : DISSENT_FLOOR_SECONDS;
        require(perspectives >= fewest, PerspectivesTooFew(perspectives, fewest));
        require(dissentSeconds >= floorSeconds, DissentTooShort(dissentSeconds, floorSeconds));
        PROOF = proof;
        REGISTRY = registry;
        PERSPECTIVES = perspectives;
        DISSENT_SECONDS = dissentSeconds;
    }

    /* VOTE, CONFIRM */

    /// @inheritdoc IDomainControl
    function vote(string calldata host, address owner, Biome biome, DomainVote[] calldata votes) external {
        (bytes32 domainId, uint64 nonce, bytes32 requestId) = _requestOf(host, owner, biome);
        Request memory request = _requests[requestId];
        if (request.openedAt == 0) request.openedAt = PROOF.runningTime();
        for (uint256 i = 0; i < votes.length; ++i) {
            DomainVote calldata each = votes[i];
            uint96 seat = _requireSeat(each.signer, each.observedAt);
            Signed.requireBy(
                each.signer, domainDigest(domainId, owner, biome, nonce, each.isSeen, each.observedAt), each.signature
            );
            // Passed over, not refused, as in `attest`.
            if ((request.seen | request.dissent) & seat != 0) continue;
            if (each.isSeen) request.seen |= seat;
            else request.dissent |= seat;

            emit DomainVoted(domainId, owner, each.signer, biome, nonce, each.isSeen);
        }
        _requests[requestId] = request;
    }

    /// @inheritdoc IDomainControl
    function confirm(string calldata host, address owner, Biome biome) external {
        (bytes32 domainId, uint64 nonce, bytes32 requestId) = _requestOf(host, owner, biome);
        Request memory request = _requests[requestId];
        uint96 held = PROOF.seatsTaken();
        uint8 seen = Seats.count(request.seen & held);
        uint8 dissent = Seats.count(request.dissent & held);
        require(seen >= PERSPECTIVES, PerspectivesMissing(seen, PERSPECTIVES));
        require(dissent <= MAXIMUM_DISSENT, DissentTooLarge(dissent, MAXIMUM_DISSENT));
        (uint64 deadline, uint64 time) = (request.openedAt + DISSENT_SECONDS, PROOF.runningTime());
        require(time >= deadline, DissentOpen(deadline, time));

        nonceOf[domainId] = nonce + 1;
        delete _requests[requestId];

        emit DomainConfirmed(domainId, owner, biome, nonce, seen);

        REGISTRY.registerHost(host, owner, biome);
    }

    /* VIEWS */

    /// @inheritdoc IDomainControl
    function tokenOf(string calldata host, address owner) external view returns (bytes32) {
        bytes32 domainId = keccak256(bytes(host));
        return keccak256(abi.encode(domainId, owner, nonceOf[domainId], block.chainid));
    }

    /// @inheritdoc IDomainControl
    function votesOf(string calldata host, address owner, Biome biome)
        external
        view
        returns (uint8 seen, uint8 dissent, uint64 openedAt)
    {
        (,, bytes32 requestId) = _requestOf(host, owner, biome);
        Request memory request = _requests[requestId];
        uint96 held = PROOF.seatsTaken();
        return (Seats.count(request.seen & held), Seats.count(request.dissent & held), request.openedAt);
    }

    /// @inheritdoc IDomainControl
    function domainDigest(bytes32 domainId, address owner, Biome biome, uint64 nonce, bool isSeen, uint64 observedAt)
        public
        view
        returns (bytes32)
    {
        return _digestOf(keccak256(abi.encode(DOMAIN_SEEN_TYPEHASH, domainId, owner, biome, nonce, isSeen, observedAt)));
    }

    /* INTERNAL */

    function _requestOf(string calldata host, address owner, Biome biome)
        private
        view
        returns (bytes32 domainId, uint64 nonce, bytes32 requestId)
    {
        domainId = keccak256(bytes(host));
        nonce = nonceOf[domainId];
        requestId = keccak256(abi.encode(domainId, owner, biome, nonce));
    }

    function _requireSeat(address signer, uint64 observedAt) private view returns (uint96 seat) {
        seat = PROOF.seatOf(signer);
        require(seat != 0, NotVerifier(signer));
        require(observedAt <= block.timestamp, ObservedInFuture(signer, observedAt));
        require(block.timestamp - observedAt < FRESH_SECONDS, ObservedTooLongAgo(signer, observedAt));
    }
}
