// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {Claims} from "./Claims.sol";
import {IChallenges} from "./interfaces/IChallenges.sol";
import {IOptimizationRegistry} from "./interfaces/IOptimizationRegistry.sol";
import {Claim, Status} from "./interfaces/IProofOfOptimization.sol";
import {Standing, Standings} from "./libraries/Standings.sol";

/// @title Challengers who committed to a proof before the fault was public share the bounty
abstract contract Challenges is IChallenges, Claims {
    using Standings for Standing;

    /* CONSTANTS */

    uint256 public constant MAXIMUM_CHALLENGERS = 8;

    /* STORAGE */

    IOptimizationRegistry public immutable REGISTRY;
    mapping(bytes32 commitment => uint256 blockNumber) private _challenges;
    mapping(bytes32 claimId => address[]) private _challengers;

    /* CONSTRUCTOR */

    constructor(IOptimizationRegistry registry) {
        REGISTRY = registry;
    }

    /* COMMIT, REVEAL, SETTLE */

    /// @inheritdoc IChallenges
    function commitChallenge(bytes32 commitment) external {
        require(_challenges[commitment] == 0, ChallengeKnown(commitment));

        _challenges[commitment] = block.number;

        emit ChallengeCommitted(commitment, msg.sender);
    }

    /// @inheritdoc IChallenges
    function revealChallenge(Claim calldata claim, bytes calldata proof, bytes32 salt) external {
        (bytes32 claimId, Standing memory standing) = _requireUnsettled(claim);
        uint64 time = runningTime();
        require(time < standing.deadline, BountyOver(standing.deadline, time));
        bytes32 commitment = keccak256(abi.encode(claimId, keccak256(proof), salt, msg.sender));
        _spendChallenge(commitment, standing);
        _requireNewChallenger(claimId);

        _challengers[claimId].push(msg.sender);

        emit ChallengeRevealed(claimId, msg.sender, commitment);

        // A claim is encoded in place, so it is what stands between a proof's selector and its openings.
        Claim calldata proven;
        assembly {
            proven := add(proof.offset, 4)
        }
        require(proof.length > 4 + CLAIM_BYTES && claimIdOf(proven) == claimId, ProofForeign(claimId));
        Address.functionStaticCall(_requireRuleset(claim.ruleset), proof);
    }

    /// @inheritdoc IChallenges
    function settleBounty(Claim calldata claim) external {
        (bytes32 claimId, Standing memory standing) = _requireUnsettled(claim);
        uint64 time = runningTime();
        require(time >= standing.deadline, BountyOpen(standing.deadline, time));

        _standings[claimId].windowSeconds = 0;
        _share(claimId, standing);

        REGISTRY.recordSlash(claim.prover, claimId, claim.srcBytes - claim.optBytes);
    }

    /* VIEWS */

    /// @inheritdoc IChallenges
    function bountyOf(bytes32 claimId) external view returns (address opener, uint256 bountyWei, uint64 deadline) {
        Standing memory standing = _standingOf(claimId);
        if (standing.status != Status.Slashed || standing.windowSeconds == 0) return (address(0), 0, 0);
        (opener,) = standing.slashedBy();
        return (opener, _bountyOf(standing.bondWei), _wallTimeOf(standing.deadline));
    }

    /// @inheritdoc IChallenges
    function challengersOf(bytes32 claimId) external view returns (address[] memory) {
        return _challengers[claimId];
    }

    /* INTERNAL */

    function _requireUnsettled(Claim calldata claim) private view returns (bytes32 claimId, Standing memory standing) {
        claimId = claimIdOf(claim);
        standing = _standingOf(claimId);
        require(standing.status == Status.Slashed, ClaimNotSlashed(claimId));
        require(standing.windowSeconds != 0, BountySettled(claimId));
    }

    function _spendChallenge(bytes32 commitment, Standing memory standing) private {
        (, uint32 slashedBlock) = standing.slashedBy();
        uint256 committedBlock = _challenges[commitment];
        require(committedBlock != 0, ChallengeUnknown(commitment));
        require(committedBlock < slashedBlock, ChallengeTooYoung(commitment, committedBlock, slashedBlock));
        delete _challenges[commitment];
    }

    function _requireNewChallenger(bytes32 claimId) private view {
        address[] storage known = _challengers[claimId];
        uint256 count = known.length;
        require(count < MAXIMUM_CHALLENGERS, ChallengersTooMany(claimId, MAXIMUM_CHALLENGERS));
        for (uint256 i = 0; i < count; ++i) {
            require(known[i] != msg.sender, ChallengerKnown(claimId, msg.sender));
        }
    }

    /// @dev Equal shares; what does not divide goes to the first.
    function _share(bytes32 claimId, Standing memory standing) private {
        uint256 bountyWei = _bountyOf(standing.bondWei);
        uint256 burnt = standing.bondWei - bountyWei;
        burntWei += burnt;

        emit BondBurnt(claimId, burnt);

        address[] storage challengers = _challengers[claimId];
        uint256 count = challengers.length;
        if (count == 0) {
            (address opener,) = standing.slashedBy();
            _creditShare(claimId, opener, bountyWei);
            return;
        }
        uint256 shareWei = bountyWei / count;
        for (uint256 i = 0; i < count; ++i) {
            _creditShare(claimId, challengers[i], i == 0 ? bountyWei - shareWei * (count - 1) : shareWei);
        }
    }

    function _creditShare(bytes32 claimId, address challenger, uint256 amountWei) private {
        _creditBond(challenger, amountWei);

        emit BountyShared(claimId, challenger, amountWei);
    }
}
