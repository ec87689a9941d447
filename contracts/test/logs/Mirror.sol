// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Vm} from "forge-std/Vm.sol";

import {IBonds} from "../../interfaces/IBonds.sol";
import {IChallenges} from "../../interfaces/IChallenges.sol";
import {IDemands, Part} from "../../interfaces/IDemands.sol";
import {Claim, Fault, IProofOfOptimization, Status} from "../../interfaces/IProofOfOptimization.sol";
import {ISettings} from "../../interfaces/ISettings.sol";

/// @title The claim game as its events tell it: nothing here ever looks at the contract
contract Mirror {
    struct Mirrored {
        Claim claim;
        Status status;
        uint256 bondWei;
        uint256 deadline;
        uint256 rewardWei;
        Fault fault;
        uint256 slashedBlock;
        address opener;
        bool isSettled;
        uint8 demands;
        address[] challengers;
        address[] voters;
    }

    struct Demanded {
        address demander;
        uint256 feeWei;
    }

    bytes32[] public claimIds;
    mapping(bytes32 claimId => Mirrored) private _claims;
    mapping(bytes32 demandId => Demanded) private _demands;
    mapping(bytes32 pageKey => uint64) public bestBytes;
    mapping(bytes32 pageKey => bool) public isBusy;
    mapping(bytes32 src => bytes32) public claimOfSource;
    mapping(address account => uint256) public credits;
    mapping(address account => bool) public isVerifier;
    uint256 public burntWei;
    uint256 public windowSeconds;
    uint256 public quorum;
    uint256 public answerSeconds;
    uint256 public pausedAt;
    uint256 public pausedSeconds;

    function claimOf(bytes32 claimId) external view returns (Mirrored memory) {
        return _claims[claimId];
    }

    function count() external view returns (uint256) {
        return claimIds.length;
    }

    /// @dev Wall-clock time of a deadline that was told when `pausedSeconds` were over.
    function wallTime(uint256 deadline) external view returns (uint256) {
        return deadline + pausedSeconds + (pausedAt == 0 ? 0 : block.timestamp - pausedAt);
    }

    function votes(bytes32 claimId) external view returns (uint256 held) {
        address[] memory voters = _claims[claimId].voters;
        for (uint256 i = 0; i < voters.length; ++i) {
            if (isVerifier[voters[i]]) ++held;
        }
    }

    /// @dev In the block that the log is of.
    function take(Vm.Log calldata log) external {
        bytes32 name = log.topics[0];
        if (_takeSetting(name, log)) return;
        if (log.topics.length < 2) return;
        bytes32 claimId = log.topics[1];
        Mirrored storage claim = _claims[claimId];
        if (name == IProofOfOptimization.ClaimRevealed.selector) {
            _reveal(claimId, log.data);
        } else if (name == IProofOfOptimization.ClaimAttested.selector) {
            (uint8 bits,) = abi.decode(log.data, (uint8, uint64));
            if (bits & 7 == 7) claim.voters.push(_account(log.topics[2]));
        } else if (name == IProofOfOptimization.ClaimFinalized.selector) {
            (, claim.rewardWei,) = abi.decode(log.data, (uint64, uint256, uint8));
            claim.status = Status.Final;
            (bestBytes[claim.claim.pageKey], isBusy[claim.claim.pageKey]) = (claim.claim.optBytes, false);
            credits[claim.claim.prover] += claim.bondWei;
        } else if (name == IProofOfOptimization.ClaimExpired.selector) {
            claim.status = Status.Expired;
            _release(claim);
            credits[claim.claim.prover] += claim.bondWei;
        } else if (name == IProofOfOptimization.ClaimSlashed.selector) {
            (claim.fault,,) = abi.decode(log.data, (Fault, uint256, uint256));
            (claim.status, claim.opener, claim.slashedBlock) = (Status.Slashed, _account(log.topics[2]), block.number);
            _release(claim);
        } else if (!_takeDemand(name, claimId, log)) {
            _takeBounty(name, claim, log);
        }
    }

    function _takeSetting(bytes32 name, Vm.Log calldata log) private returns (bool) {
        if (name == ISettings.ParametersSet.selector) {
            (windowSeconds, quorum,,) = abi.decode(log.data, (uint64, uint8, uint256, uint256));
        } else if (name == ISettings.AnswerSecondsSet.selector) {
            answerSeconds = abi.decode(log.data, (uint64));
        } else if (name == ISettings.VerifierSet.selector) {
            isVerifier[_account(log.topics[1])] = abi.decode(log.data, (bool));
            if (!isVerifier[_account(log.topics[1])]) _forget(_account(log.topics[1]));
        } else if (name == ISettings.Paused.selector) {
            pausedAt = block.timestamp;
        } else if (name == ISettings.Unpaused.selector) {
            pausedSeconds += block.timestamp - pausedAt;
            pausedAt = 0;
        } else if (name == IBonds.Withdrawn.selector) {
            credits[_account(log.topics[1])] -= abi.decode(log.data, (uint256));
        } else {
            return false;
        }
        return true;
    }

    function _takeDemand(bytes32 name, bytes32 claimId, Vm.Log calldata log) private returns (bool) {
        Mirrored storage claim = _claims[claimId];
        if (name == IDemands.DemandMade.selector) {
            (Part part, uint8 height, uint32 index, uint256 feeWei,) =
                abi.decode(log.data, (Part, uint8, uint32, uint256, uint64));
            _demands[_demandIdOf(claimId, part, height, index)] = Demanded(_account(log.topics[2]), feeWei);
            ++claim.demands;
            return true;
        }
        bool isAnswer = name == IDemands.DemandAnswered.selector;
        if (!isAnswer && name != IDemands.DemandTimedOut.selector && name != IDemands.DemandReclaimed.selector) {
            return false;
        }
        (Part part_, uint8 height_, uint32 index_) = abi.decode(log.data, (Part, uint8, uint32));
        bytes32 demandId = _demandIdOf(claimId, part_, height_, index_);
        credits[isAnswer ? claim.claim.prover : _demands[demandId].demander] += _demands[demandId].feeWei;
        delete _demands[demandId];
        --claim.demands;
        return true;
    }

    function _takeBounty(bytes32 name, Mirrored storage claim, Vm.Log calldata log) private {
        if (name == IChallenges.ChallengeRevealed.selector) {
            claim.challengers.push(_account(log.topics[2]));
        } else if (name == IChallenges.BountyShared.selector) {
            credits[_account(log.topics[2])] += abi.decode(log.data, (uint256));
        } else if (name == IChallenges.BondBurnt.selector) {
            burntWei += abi.decode(log.data, (uint256));
            claim.isSettled = true;
        }
    }

    function _reveal(bytes32 claimId, bytes calldata data) private {
        Mirrored storage claim = _claims[claimId];
        (claim.claim, claim.bondWei, claim.deadline) = abi.decode(data, (Claim, uint256, uint64));
        claim.status = Status.Pending;
        // As running time, in which pauses do not count.
        claim.deadline -= pausedSeconds;
        claimIds.push(claimId);
        isBusy[claim.claim.pageKey] = true;
        claimOfSource[claim.claim.src] = claimId;
    }

    function _release(Mirrored storage claim) private {
        isBusy[claim.claim.pageKey] = false;
        delete claimOfSource[claim.claim.src];
    }

    /// @dev Votes are of seats: an unseated verifier takes them along, even if it is seated again.
    function _forget(address voter) private {
        for (uint256 i = 0; i < claimIds.length; ++i) {
            address[] storage voters = _claims[claimIds[i]].voters;
            for (uint256 n = 0; n < voters.length; ++n) {
                if (voters[n] == voter) voters[n] = address(0);
            }
        }
    }

    function _demandIdOf(bytes32 claimId, Part part, uint8 height, uint32 index) private pure returns (bytes32) {
        return keccak256(abi.encode(claimId, part, height, index));
    }

    function _account(bytes32 topic) private pure returns (address) {
        return address(uint160(uint256(topic)));
    }
}
