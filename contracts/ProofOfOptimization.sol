// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Bonds} from "./Bonds.sol";
import {IDOMSpaceToken} from "./interfaces/IDOMSpaceToken.sol";
import {IOptimizationRegistry} from "./interfaces/IOptimizationRegistry.sol";
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
import {ClaimShape} from "./libraries/ClaimShape.sol";
import {Seats} from "./libraries/Seats.sol";
import {Settings} from "./Settings.sol";

/// @title Proof of Optimization
/// @dev A claim is stored as its standing alone; whoever calls brings the claim back whole, and its hash is the key.
contract ProofOfOptimization is Settings, Bonds, EIP712 {
    using ClaimShape for Claim;
    using SafeCast for uint256;
    using Seats for Seats.Table;

    /* CONSTANTS */

    bytes32 public constant ATTESTATION_TYPEHASH =
        keccak256("Attestation(bytes32 claimId,uint8 bits,uint64 observedAt)");
    uint64 public constant REVEAL_SECONDS = 1 hours;
    /// @dev bond = 4 x the largest reward, at the upper bound of DSH's price.
    uint256 public constant BOND_REWARDS = 4;

    /* STORAGE */

    struct Commitment {
        uint64 blockNumber;
        uint64 time;
    }

    /// @dev Two slots. Times are running time.
    struct Standing {
        Status status;
        uint40 deadline;
        /// seats whose votes count
        uint96 votes;
        /// seats that have voted at all
        uint96 seen;
        uint112 bondWei;
        uint112 rewardCapWei;
        uint32 windowSeconds;
    }

    struct PageRecord {
        uint64 bestBytes;
        bool isBusy;
    }

    IOptimizationRegistry public immutable REGISTRY;
    IDOMSpaceToken public immutable TOKEN;
    mapping(bytes32 commitment => Commitment) private _commitments;
    mapping(bytes32 claimId => Standing) private _standings;
    /// @inheritdoc IProofOfOptimization
    mapping(bytes32 pageKey => PageRecord) public pageOf;
    /// @inheritdoc IProofOfOptimization
    mapping(bytes32 src => bytes32 claimId) public claimOfSource;

    /* CONSTRUCTOR */

    constructor(
        address authority,
        IERC20 bond,
        IOptimizationRegistry registry,
        IDOMSpaceToken token,
        uint64 minimumSeconds,
        uint8 bits
    ) Settings(authority, minimumSeconds, bits) Bonds(bond) EIP712("LightDom", "1") {
        REGISTRY = registry;
        TOKEN = token;
    }

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
            votes: 0,
            seen: 0,
            bondWei: bondWei.toUint112(),
            rewardCapWei: rewardCapWei.toUint112(),
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

        (uint96 votes, uint96 seen) = (_standings[claimId].votes, _standings[claimId].seen);
        for (uint256 i = 0; i < signers.length; ++i) {
            uint96 seat = _requireVote(claimId, bits[i], observedAt[i], signers[i], signatures[i]);
            // Passed over, not refused: else one vote sent twice would make a whole batch fail.
            if (seen & seat != 0) continue;
            seen |= seat;
            if (bits[i] & requiredBits == requiredBits) votes |= seat;

            emit ClaimAttested(claimId, signers[i], bits[i], observedAt[i]);
        }
        (_standings[claimId].votes, _standings[claimId].seen) = (votes, seen);
    }

    /* PROOFS */

    /// @inheritdoc IProofOfOptimization
    function proveSum(Claim calldata claim, Tree, SumOpening calldata) external nonReentrant {
        _slashIfProven(claim, Fault.Sum);
    }

    /// @inheritdoc IProofOfOptimization
    function proveToken(Claim calldata claim, TokenOpening calldata, StepOpening calldata) external nonReentrant {
        _slashIfProven(claim, Fault.Token);
    }

    /// @inheritdoc IProofOfOptimization
    function proveRule(Claim calldata claim, TokenOpening calldata, StepOpening calldata, TokenOpening calldata)
        external
        nonReentrant
    {
        _slashIfProven(claim, Fault.Rule);
    }

    /* FINALIZE, EXPIRE */

    /// @inheritdoc IProofOfOptimization
    function finalize(Claim calldata claim) external nonReentrant {
        _requireRunning();
        bytes32 claimId = _requirePending(claim);
        Standing memory standing = _standings[claimId];
        uint64 time = runningTime();
        require(time >= standing.deadline, ChallengeWindowOpen(standing.deadline, time));
        uint8 votes = _seats.countHeld(standing.votes);
        require(votes >= quorum(), QuorumMissing(votes, quorum()));
        uint64 savedBytes = claim.paidBytes(pageOf[claim.pageKey].bestBytes);

        // The source stays taken: it is paid.
        _standings[claimId].status = Status.Final;
        pageOf[claim.pageKey] = PageRecord({bestBytes: claim.optBytes, isBusy: false});
        _creditBond(claim.prover, standing.bondWei);

        uint256 rewardWei =
            Math.min(REGISTRY.recordSaving(claim.prover, claim.domainId, claimId, savedBytes), standing.rewardCapWei);

        emit ClaimFinalized(claimId, claim.prover, claim.domainId, savedBytes, rewardWei, votes);

        // Host decay can halve a reward down to nothing.
        if (rewardWei != 0) TOKEN.queueReward(claim.prover, claimId, rewardWei);
    }

    /// @inheritdoc IProofOfOptimization
    function expire(Claim calldata claim) external {
        bytes32 claimId = _requirePending(claim);
        Standing memory standing = _standings[claimId];
        uint64 time = runningTime();
        uint64 expiry = standing.deadline + standing.windowSeconds;
        require(time >= expiry, ExpiryNotReached(expiry, time));
        uint8 votes = _seats.countHeld(standing.votes);
        require(votes < quorum(), QuorumReached(votes, quorum()));

        _standings[claimId].status = Status.Expired;
        _release(claim);
        _creditBond(claim.prover, standing.bondWei);

        emit ClaimExpired(claimId, claim.prover, standing.bondWei);
    }

    /* VIEWS */

    /// @inheritdoc IProofOfOptimization
    function claimIdOf(Claim calldata claim) public view returns (bytes32) {
        return keccak256(abi.encode(block.chainid, address(this), claim));
    }

    /// @inheritdoc IProofOfOptimization
    function statusOf(bytes32 claimId) external view returns (Status) {
        return _standings[claimId].status;
    }

    /// @inheritdoc IProofOfOptimization
    function deadlineOf(bytes32 claimId) external view returns (uint64) {
        // While paused, the time that has passed since has not been added yet.
        return uint64(_standings[claimId].deadline + (block.timestamp - runningTime())); // fits, as time does
    }

    /// @inheritdoc IProofOfOptimization
    function votesOf(bytes32 claimId) external view returns (uint8) {
        return _seats.countHeld(_standings[claimId].votes);
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
        uint256 priced = Math.mulDiv(BOND_REWARDS * rewardWei, prices.dshPriceWei, 1e18, Math.Rounding.Ceil);
        bondWei = Math.max(prices.minimumBondWei, priced);
    }

    function _spendCommitment(bytes32 commitment) private {
        Commitment memory known = _commitments[commitment];
        require(known.blockNumber != 0, CommitmentUnknown(commitment));
        require(known.blockNumber < block.number, CommitmentTooYoung(commitment, known.blockNumber));
        uint64 expiry = known.time + REVEAL_SECONDS;
        require(runningTime() <= expiry, CommitmentExpired(commitment, expiry));
        delete _commitments[commitment];
    }

    function _requireVote(bytes32 claimId, uint8 bits, uint64 observedAt, address signer, bytes calldata signature)
        private
        view
        returns (uint96 seat)
    {
        seat = _seats.maskOf(signer);
        require(seat != 0, NotVerifier(signer));
        require(observedAt <= block.timestamp, ObservedInFuture(signer, observedAt));

        bytes32 digest = _hashTypedDataV4(keccak256(abi.encode(ATTESTATION_TYPEHASH, claimId, bits, observedAt)));
        // Keys first: a look at the signer's code costs as much again as the recovery.
        (address recovered,,) = ECDSA.tryRecoverCalldata(digest, signature);
        require(
            recovered == signer || SignatureChecker.isValidERC1271SignatureNow(signer, digest, signature),
            SignatureWrong(signer)
        );
    }

    function _requirePending(Claim calldata claim) private view returns (bytes32 claimId) {
        claimId = claimIdOf(claim);
        Status status = _standings[claimId].status;
        require(status == Status.Pending, ClaimNotPending(claimId, status));
    }

    /// @dev The claim's rule set decides, by the function of the same name: it gets this call's own calldata.
    function _slashIfProven(Claim calldata claim, Fault fault) private {
        bytes32 claimId = _requirePending(claim);
        Address.functionStaticCall(_requireRuleset(claim.ruleset), msg.data);

        _standings[claimId].status = Status.Slashed;
        _release(claim);
        (uint256 bountyWei, uint256 burnt) = _splitSlashed(msg.sender, _standings[claimId].bondWei);

        emit ClaimSlashed(claimId, msg.sender, fault, bountyWei, burnt);

        REGISTRY.recordSlash(claim.prover, claimId, claim.srcBytes - claim.optBytes);
    }

    /// @dev Page and source are free again for an honest claim.
    function _release(Claim calldata claim) private {
        pageOf[claim.pageKey].isBusy = false;
        delete claimOfSource[claim.src];
    }
}
