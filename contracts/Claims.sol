// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Bonds} from "./Bonds.sol";
import {Claim, Fault, IProofOfOptimization, Status} from "./interfaces/IProofOfOptimization.sol";
import {Standing, Standings} from "./libraries/Standings.sol";
import {Settings} from "./Settings.sol";

/// @title What is stored of a claim, and the one way it is slashed
/// @dev Invariant: a claim leaves Pending once. Whoever calls brings the claim back whole, and its hash is the key.
abstract contract Claims is IProofOfOptimization, Settings, Bonds {
    /* CONSTANTS */

    /// @dev For challengers who committed before; a claim with a shorter window gives them that.
    uint64 public constant BOUNTY_SECONDS = 30 minutes;
    /// @dev 15 fields of 32 bytes, encoded in place.
    uint256 internal constant CLAIM_BYTES = 480;

    /* STORAGE */

    struct PageRecord {
        uint64 bestBytes;
        bool isBusy;
    }

    mapping(bytes32 claimId => Standing) internal _standings;
    /// @inheritdoc IProofOfOptimization
    mapping(bytes32 pageKey => PageRecord) public pageOf;
    /// @inheritdoc IProofOfOptimization
    mapping(bytes32 src => bytes32 claimId) public claimOfSource;

    /* VIEWS */

    /// @inheritdoc IProofOfOptimization
    function claimIdOf(Claim calldata claim) public view returns (bytes32 claimId) {
        // keccak256(abi.encode(block.chainid, address(this), claim)), without looking at each field: one with bits that
        // do not belong there has an id that no claim has, as reveal looks at all of them.
        assembly ("memory-safe") {
            let free := mload(0x40)
            mstore(free, chainid())
            mstore(add(free, 0x20), address())
            calldatacopy(add(free, 0x40), claim, CLAIM_BYTES)
            claimId := keccak256(free, add(CLAIM_BYTES, 0x40))
        }
    }

    /* INTERNAL */

    /// @dev One place that unpacks the two slots: it is 250 bytes of code.
    function _standingOf(bytes32 claimId) internal view returns (Standing memory) {
        return _standings[claimId];
    }

    function _requirePending(Claim calldata claim) internal view returns (bytes32 claimId) {
        claimId = claimIdOf(claim);
        Status status = _standings[claimId].status;
        require(status == Status.Pending, ClaimNotPending(claimId, status));
    }

    /// @dev Writes one slot: bounty and reputation follow in `settleBounty`, when it is known who shares.
    function _slash(Claim calldata claim, bytes32 claimId, address opener, Fault fault) internal {
        Standing storage standing = _standings[claimId];
        uint256 bondWei = standing.bondWei;
        uint256 seconds_ = standing.windowSeconds < BOUNTY_SECONDS ? standing.windowSeconds : BOUNTY_SECONDS;
        (standing.status, standing.fault) = (Status.Slashed, fault);
        standing.deadline = uint40(runningTime() + seconds_); // fits for 34 000 years
        standing.ballot = Standings.slashOf(opener, block.number);
        _release(claim);

        emit ClaimSlashed(claimId, opener, fault, _bountyOf(bondWei), bondWei / 2);
    }

    /// @dev The odd wei goes to the challengers.
    function _bountyOf(uint256 bondWei) internal pure returns (uint256) {
        return bondWei - bondWei / 2;
    }

    /// @dev Page and source are free again for an honest claim.
    function _release(Claim calldata claim) internal {
        pageOf[claim.pageKey].isBusy = false;
        delete claimOfSource[claim.src];
    }

    /// @dev Wall-clock time of a deadline, as far as is known now: while paused, it moves on with the clock.
    function _wallTimeOf(uint256 deadline) internal view returns (uint64) {
        return uint64(deadline + (block.timestamp - runningTime())); // fits, as time does
    }
}
