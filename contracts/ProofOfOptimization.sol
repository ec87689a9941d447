// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Bonds} from "./Bonds.sol";
import {Challenges} from "./Challenges.sol";
import {Demands} from "./Demands.sol";
import {IOptimizationRegistry} from "./interfaces/IOptimizationRegistry.sol";
import {
    Claim,
    Fault,
    IProofOfOptimization,
    Status,
    StepOpening,
    StepRun,
    SumOpening,
    TokenOpening,
    Tree
} from "./interfaces/IProofOfOptimization.sol";
import {ClaimShape} from "./libraries/ClaimShape.sol";
import {Seats} from "./libraries/Seats.sol";
import {Signed} from "./libraries/Signed.sol";
import {Standing, Standings} from "./libraries/Standings.sol";
import {Settings} from "./Settings.sol";
import {TypedData} from "./TypedData.sol";

/// @title Proof of Optimization
/// @dev A claim's life. What is stored of it, its challengers and the demands for its data: Claims, Challenges, Demands.
contract ProofOfOptimization is Challenges, Demands, TypedData {
    using ClaimShape for Claim;
    using SafeCast for uint256;
    using Seats for Seats.Table;
    using Standings for Standing;

    /* CONSTANTS */

    bytes32 public constant ATTESTATION_TYPEHASH =
        keccak256("Attestation(bytes32 claimId,bytes32 pageKey,bytes32 src,uint8 bits,uint64 observedAt)");
    uint64 public constant REVEAL_SECONDS = 1 hours;
    /// @dev bond = 4 x the largest reward, at the upper bound of DSH's price.
    uint256 public constant BOND_REWARDS = 4;

    /* STORAGE */

    struct Commitment {
        uint64 blockNumber;
        uint64 time;
    }

    mapping(bytes32 commitment => Commitment) private _commitments;

    /* CONSTRUCTOR */

    constructor(
        address authority,
        IERC20 bond,
        IOptimizationRegistry registry,
        address answers,
        uint64 minimumSeconds,
        uint8 bits
    ) Settings(authority, minimumSeconds, bits) Bonds(bond) Challenges(registry) Demands(answers) {}

    /* COMMIT, REVEAL */

    /// @inheritdoc IProofOfOptimization
    function commit(bytes32 commitment) external {
        uint64 time = runningTime();
        Commitment memory known = _commitments[commitment];
        // Nobody may renew a commitment that still stands: its owner could then never reveal it a block later.
        require(known.blockNumber == 0 || known.time + REVEAL_SECONDS < time, CommitmentKnown(commitment));

        _commitments[commitment] = Commitment({blockNumber: uint64(block.number), time: time}); // blocks fit

        emit ClaimCommitted(commitment, msg.sender);
    }

    /// @inheritdoc IProofOfOptimization
    function reveal(Claim calldata claim, bytes32 salt) external nonReentrant returns (bytes32 claimId) {
        _requireRunning();
        require(claim.prover == msg.sender, NotProver(claim.prover, msg.sender));
        claim.requireShape();
        _requireRuleset(claim.ruleset);
        claimId = claimIdOf(claim);
        require(_standings[claimId].status == Status.None, ClaimKnown(claimId, _standings[claimId].status));
        require(claimOfSource[claim.src] == 0, SourceTaken(claim.src, claimOfSource[claim.src]));
        PageRecord memory page = pageOf[claim.pageKey];
        require(!page.isBusy, PageBusy(claim.pageKey));
        claim.paidBytes(page.bestBytes);
        _spendCommitment(keccak256(abi.encode(claimId, salt, msg.sender)));

        (uint256 bondWei, uint256 rewardCapWei) =
            _bondAndReward(claim.srcBytes - claim.optBytes, claim.domainId, claim.prover);
        uint64 window = windowSeconds();
        uint64 deadline = runningTime() + window;
        _standings[claimId] = Standing({
            status: Status.Pending,
            deadline: uint40(deadline), // fits for 34 000 years
            demands: 0,
            fault: Fault.Sum,
            ballot: 0,
            bondWei: bondWei.toUint112(),
            rewardWei: rewardCapWei.toUint112(),
            windowSeconds: uint32(window) // at most 30 days
        });
        pageOf[claim.pageKey].isBusy = true;
        claimOfSource[claim.src] = claimId;

        emit ClaimRevealed(claimId, claim.prover, claim.domainId, claim, bondWei, _wallTime(deadline));

        _pullBond(msg.sender, bondWei);
    }

    /* ATTEST */

    /// @inheritdoc IProofOfOptimization
    function attest(
        Claim calldata claim,
        uint8[] calldata bits,
        uint64[] calldata observedAt,
        address[] calldata signers,
        bytes[] calldata signatures
    ) external {
        require(
            bits.length == signers.length && observedAt.length == signers.length && signatures.length == signers.length,
            VotesUneven(signers.length, bits.length, observedAt.length, signatures.length)
        );
        bytes32 claimId = _requirePending(claim);

        (uint96 votes, uint96 seen) = _standingOf(claimId).votesOf();
        for (uint256 i = 0; i < signers.length; ++i) {
            uint96 seat = _requireVote(claim, claimId, bits[i], observedAt[i], signers[i], signatures[i]);
            // Passed over, not refused: else one vote sent twice would make a whole batch fail.
            if (seen & seat != 0) continue;
            seen |= seat;
            if (bits[i] & requiredBits == requiredBits) votes |= seat;

            emit ClaimAttested(claimId, signers[i], bits[i], observedAt[i]);
        }
        _standings[claimId].ballot = Standings.ballotOf(votes, seen);
    }

    /* PROOFS */

    /// @inheritdoc IProofOfOptimization
    function proveSum(Claim calldata claim, Tree, SumOpening calldata) external {
        _slashIfProven(claim, Fault.Sum);
    }

    /// @inheritdoc IProofOfOptimization
    function proveToken(Claim calldata claim, TokenOpening calldata, StepOpening calldata) external {
        _slashIfProven(claim, Fault.Token);
    }

    /// @inheritdoc IProofOfOptimization
    function proveRule(Claim calldata claim, TokenOpening calldata, StepOpening calldata, TokenOpening calldata)
        external
    {
        _slashIfProven(claim, Fault.Rule);
    }

    /// @inheritdoc IProofOfOptimization
    function proveStep(Claim calldata claim, StepRun calldata) external {
        _slashIfProven(claim, Fault.Step);
    }

    /// @inheritdoc IProofOfOptimization
    function proveNest(Claim calldata claim, StepRun calldata) external {
        _slashIfProven(claim, Fault.Nest);
    }

    /// @inheritdoc IProofOfOptimization
    function proveContext(Claim calldata claim, StepRun calldata) external {
        _slashIfProven(claim, Fault.Rule);
    }

    /// @inheritdoc IProofOfOptimization
    function proveSelector(Claim calldata claim, StepRun calldata) external {
        _slashIfProven(claim, Fault.Selector);
    }

    /* FINALIZE, EXPIRE */

    /// @inheritdoc IProofOfOptimization
    function finalize(Claim calldata claim) external {
        _requireRunning();
        bytes32 claimId = _requirePending(claim);
        Standing memory standing = _standingOf(claimId);
        uint64 time = runningTime();
        require(time >= standing.deadline, ChallengeWindowOpen(standing.deadline, time));
        require(standing.demands == 0, DemandsOpen(claimId, standing.demands));
        uint8 votes = _countVotes(standing);
        require(votes >= quorum(), QuorumMissing(votes, quorum()));
        uint64 savedBytes = claim.paidBytes(pageOf[claim.pageKey].bestBytes);

        // The source stays taken: it is paid.
        _standings[claimId].status = Status.Final;
        pageOf[claim.pageKey] = PageRecord({bestBytes: claim.optBytes, isBusy: false});
        _creditBond(claim.prover, standing.bondWei);

        uint64 countedBytes = _countedBytes(claim, savedBytes);
        uint256 rewardWei = REGISTRY.recordSaving(claim.prover, claim.domainId, claimId, countedBytes);
        if (rewardWei > standing.rewardWei) rewardWei = standing.rewardWei;
        _standings[claimId].rewardWei = uint112(rewardWei); // at most what it was

        emit ClaimFinalized(claimId, claim.prover, claim.domainId, savedBytes, rewardWei, votes);
    }

    /// @inheritdoc IProofOfOptimization
    function expire(Claim calldata claim) external {
        bytes32 claimId = _requirePending(claim);
        Standing memory standing = _standingOf(claimId);
        uint64 time = runningTime();
        uint64 expiry = standing.deadline + standing.windowSeconds;
        require(time >= expiry, ExpiryNotReached(expiry, time));
        require(standing.demands == 0, DemandsOpen(claimId, standing.demands));
        uint8 votes = _countVotes(standing);
        require(votes < quorum(), QuorumReached(votes, quorum()));

        _standings[claimId].status = Status.Expired;
        _release(claim);
        _creditBond(claim.prover, standing.bondWei);

        emit ClaimExpired(claimId, claim.prover, standing.bondWei);
    }

    /* VIEWS */

    /// @inheritdoc IProofOfOptimization
    function statusOf(bytes32 claimId) external view returns (Status) {
        return _standings[claimId].status;
    }

    /// @inheritdoc IProofOfOptimization
    function deadlineOf(bytes32 claimId) external view returns (uint64) {
        return _wallTimeOf(_standings[claimId].deadline);
    }

    /// @inheritdoc IProofOfOptimization
    function votesOf(bytes32 claimId) external view returns (uint8) {
        Standing memory standing = _standingOf(claimId);
        return standing.status == Status.Slashed ? 0 : _countVotes(standing);
    }

    /// @inheritdoc IProofOfOptimization
    function outcomeOf(bytes32 claimId) external view returns (Status status, uint256 rewardWei) {
        return (_standings[claimId].status, _standings[claimId].rewardWei);
    }

    /// @inheritdoc IProofOfOptimization
    function slashOf(bytes32 claimId) external view returns (Fault fault, uint256 blockNumber) {
        Standing memory standing = _standingOf(claimId);
        if (standing.status != Status.Slashed) return (Fault.Sum, 0);
        (, blockNumber) = standing.slashedBy();
        return (standing.fault, blockNumber);
    }

    /// @inheritdoc IProofOfOptimization
    function attestationDigest(bytes32 claimId, bytes32 pageKey, bytes32 src, uint8 bits, uint64 observedAt)
        public
        view
        returns (bytes32)
    {
        return _digestOf(keccak256(abi.encode(ATTESTATION_TYPEHASH, claimId, pageKey, src, bits, observedAt)));
    }

    /// @inheritdoc IProofOfOptimization
    function bondOf(uint64 srcBytes, uint64 optBytes, bytes32 domainId, address prover)
        external
        view
        returns (uint256 bondWei)
    {
        (bondWei,) = _bondAndReward(srcBytes - optBytes, domainId, prover);
    }

    /* INTERNAL */

    function _bondAndReward(uint64 savedBytes, bytes32 domainId, address prover)
        private
        view
        returns (uint256 bondWei, uint256 rewardWei)
    {
        Prices memory prices = _prices;
        rewardWei = REGISTRY.rewardOf(prover, domainId, savedBytes);
        // 2 + 92 + 128 bits: no overflow.
        bondWei = (BOND_REWARDS * rewardWei * prices.dshPriceWei + 1e18 - 1) / 1e18;
        if (bondWei < prices.minimumBondWei) bondWei = prices.minimumBondWei;
    }

    function _spendCommitment(bytes32 commitment) private {
        Commitment memory known = _commitments[commitment];
        require(known.blockNumber != 0, CommitmentUnknown(commitment));
        require(known.blockNumber < block.number, CommitmentTooYoung(commitment, known.blockNumber));
        uint64 expiry = known.time + REVEAL_SECONDS;
        require(runningTime() <= expiry, CommitmentExpired(commitment, expiry));
        delete _commitments[commitment];
    }

    function _requireVote(
        Claim calldata claim,
        bytes32 claimId,
        uint8 bits,
        uint64 observedAt,
        address signer,
        bytes calldata signature
    ) private view returns (uint96 seat) {
        seat = _seats.maskOf(signer);
        require(seat != 0, NotVerifier(signer));
        require(observedAt <= block.timestamp, ObservedInFuture(signer, observedAt));
        Signed.requireBy(signer, attestationDigest(claimId, claim.pageKey, claim.src, bits, observedAt), signature);
    }

    /// @dev Proven bytes count in full, attested ones by the rule set's weight, rounded down. Where a better version of a
    /// page was paid already, what is left of the saving counts as attested first.
    function _countedBytes(Claim calldata claim, uint64 savedBytes) private view returns (uint64) {
        if (claim.attestedBytes == 0) return savedBytes; // the weight is a slot that nobody read yet
        uint64 attestedBytes = claim.attestedBytes < savedBytes ? claim.attestedBytes : savedBytes;
        return savedBytes - attestedBytes + attestedBytes * attestedPercentOf(claim.ruleset) / 100;
    }

    function _countVotes(Standing memory standing) private view returns (uint8) {
        (uint96 votes,) = standing.votesOf();
        return _seats.countHeld(votes);
    }

    /// @dev The claim's rule set decides, by the function of the same name: it gets this call's own calldata.
    function _slashIfProven(Claim calldata claim, Fault fault) private {
        bytes32 claimId = _requirePending(claim);
        Address.functionStaticCall(_requireRuleset(claim.ruleset), msg.data);
        _slash(claim, claimId, msg.sender, fault);
    }
}
