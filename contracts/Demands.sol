// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

import {Claims} from "./Claims.sol";
import {IDemands, Part, StepNodeOpening} from "./interfaces/IDemands.sol";
import {
    Claim,
    Fault,
    IProofOfOptimization,
    Status,
    StepOpening,
    SumOpening,
    TokenOpening,
    Tree
} from "./interfaces/IProofOfOptimization.sol";
import {Standing} from "./libraries/Standings.sol";

/// @title Data availability by demand: an answer is the opening, and silence is a fault
/// @dev Invariant: a claim with an open demand is neither paid nor given back. A demand is made inside the window and
/// answered within `answerSeconds`, so that the end of a claim stays bounded.
abstract contract Demands is IDemands, Claims {
    /* CONSTANTS */

    uint8 public constant MAXIMUM_DEMANDS = 64;
    /// @dev All 64 at once cost as much as the bond.
    uint256 public constant DEMANDS_A_BOND = 64;

    /* STORAGE */

    /// @dev One slot.
    struct Demand {
        address demander;
        uint40 deadline;
    }

    /// @notice Checks answers; knows no state.
    address public immutable ANSWERS;
    mapping(bytes32 demandId => Demand) private _demands;

    /* CONSTRUCTOR */

    constructor(address answers) {
        ANSWERS = answers;
    }

    /* DEMAND, ANSWER, TIMEOUT */

    /// @inheritdoc IDemands
    function demand(Claim calldata claim, Part part, uint8 height, uint32 index) external nonReentrant {
        bytes32 claimId = _requirePending(claim);
        _requirePlace(claim, part, height, index);
        Standing storage standing = _standings[claimId];
        uint64 time = runningTime();
        (uint40 windowEnd, uint8 demands) = (standing.deadline, standing.demands);
        require(time < windowEnd, DemandTooLate(windowEnd, time));
        require(demands < MAXIMUM_DEMANDS, DemandsTooMany(claimId, MAXIMUM_DEMANDS));
        bytes32 demandId = _demandIdOf(claimId, part, height, index);
        require(_demands[demandId].demander == address(0), DemandKnown(demandId));

        uint40 deadline = uint40(time + answerSeconds()); // fits for 34 000 years
        _demands[demandId] = Demand({demander: msg.sender, deadline: deadline});
        standing.demands = demands + 1;
        uint256 feeWei = standing.bondWei / DEMANDS_A_BOND;

        emit DemandMade(claimId, msg.sender, part, height, index, feeWei, _wallTimeOf(deadline));

        _pullBond(msg.sender, feeWei);
    }

    /// @inheritdoc IDemands
    function answerToken(Claim calldata claim, Tree tree, TokenOpening calldata opening) external {
        _answer(claim, tree == Tree.Source ? Part.Source : Part.Optimized, 0, opening.index);
    }

    /// @inheritdoc IDemands
    function answerStep(Claim calldata claim, StepOpening calldata opening) external {
        _answer(claim, Part.Steps, 0, opening.index);
    }

    /// @inheritdoc IDemands
    function answerNode(Claim calldata claim, Tree tree, SumOpening calldata opening) external {
        _answer(claim, tree == Tree.Source ? Part.Source : Part.Optimized, opening.height, opening.index);
    }

    /// @inheritdoc IDemands
    function answerStepNode(Claim calldata claim, StepNodeOpening calldata opening) external {
        _answer(claim, Part.Steps, opening.height, opening.index);
    }

    /// @inheritdoc IDemands
    function timeout(Claim calldata claim, Part part, uint8 height, uint32 index) external {
        bytes32 claimId = _requirePending(claim);
        (bytes32 demandId, Demand memory made) = _requireMade(claimId, part, height, index);
        uint64 time = runningTime();
        require(time >= made.deadline, DemandOpen(made.deadline, time));

        _close(claimId, demandId, made.demander);

        emit DemandTimedOut(claimId, made.demander, part, height, index);

        _slash(claim, claimId, made.demander, Fault.Withheld);
    }

    /// @inheritdoc IDemands
    function reclaim(Claim calldata claim, Part part, uint8 height, uint32 index) external {
        bytes32 claimId = claimIdOf(claim);
        (bytes32 demandId, Demand memory made) = _requireMade(claimId, part, height, index);
        require(_standings[claimId].status != Status.Pending, ClaimPending(claimId));

        _close(claimId, demandId, made.demander);

        emit DemandReclaimed(claimId, made.demander, part, height, index);
    }

    /* VIEWS */

    /// @inheritdoc IDemands
    function demandsOf(bytes32 claimId) external view returns (uint8) {
        return _standings[claimId].demands;
    }

    /// @inheritdoc IDemands
    function feeOf(bytes32 claimId) public view returns (uint256 feeWei) {
        return _standings[claimId].bondWei / DEMANDS_A_BOND;
    }

    /* INTERNAL */

    /// @dev The opening is judged by the contract of answers, which gets this call's own calldata.
    function _answer(Claim calldata claim, Part part, uint8 height, uint32 index) private {
        bytes32 claimId = _requirePending(claim);
        (bytes32 demandId, Demand memory made) = _requireMade(claimId, part, height, index);
        uint64 time = runningTime();
        require(time < made.deadline, DemandOverdue(made.deadline, time));
        Address.functionStaticCall(ANSWERS, msg.data);

        uint256 feeWei = _close(claimId, demandId, claim.prover);

        emit DemandAnswered(claimId, part, height, index, feeWei);
    }

    function _close(bytes32 claimId, bytes32 demandId, address payee) private returns (uint256 feeWei) {
        delete _demands[demandId];
        --_standings[claimId].demands;
        feeWei = feeOf(claimId);
        _creditBond(payee, feeWei);
    }

    function _requireMade(bytes32 claimId, Part part, uint8 height, uint32 index)
        private
        view
        returns (bytes32 demandId, Demand memory made)
    {
        demandId = _demandIdOf(claimId, part, height, index);
        made = _demands[demandId];
        require(made.demander != address(0), DemandUnknown(demandId));
    }

    /// @dev Padding may be demanded too: a leaf that is hidden beyond a page's end is a lie that only its bytes show.
    function _requirePlace(Claim calldata claim, Part part, uint8 height, uint32 index) private pure {
        uint256 depth = part == Part.Optimized ? claim.depthO : claim.depthS;
        require(height <= depth, IProofOfOptimization.PlaceOutOfRange(height, depth + 1));
        require(index >> (depth - height) == 0, IProofOfOptimization.PlaceOutOfRange(index, 1 << (depth - height)));
    }

    function _demandIdOf(bytes32 claimId, Part part, uint8 height, uint32 index) private pure returns (bytes32) {
        return keccak256(abi.encode(claimId, part, height, index));
    }
}
