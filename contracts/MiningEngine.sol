// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {
    AccessManagedUpgradeable
} from "@openzeppelin/contracts-upgradeable/access/manager/AccessManagedUpgradeable.sol";
import {UUPSUpgradeable} from "@openzeppelin/contracts/proxy/utils/UUPSUpgradeable.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IDOMSpaceToken} from "./interfaces/IDOMSpaceToken.sol";
import {IMiningEngine, Recipe, RecipeStatus, RecipeType} from "./interfaces/IMiningEngine.sol";
import {Biome} from "./interfaces/IOptimizationRegistry.sol";
import {IProofOfOptimization} from "./interfaces/IProofOfOptimization.sol";
import {Quorum} from "./libraries/Quorum.sol";
import {MiningMoney} from "./mining/MiningMoney.sol";
import {TypedData} from "./TypedData.sol";

/// @title Recipes behind a proxy: scores, challenges by replication, rewards
/// @dev A point of a score is paid once for each type and biome: only what beats the best so far earns.
contract MiningEngine is MiningMoney, AccessManagedUpgradeable, TypedData, UUPSUpgradeable {
    using SafeCast for uint256;

    /* CONSTANTS */

    bytes32 public constant SCORE_TYPEHASH =
        keccak256("Score(uint256 recipeId,uint32 score,bytes32 corpus,bool isReplication)");
    uint32 public constant MAX_SCORE = 100_000;
    uint40 public constant MIN_WINDOW_SECONDS = 60;
    uint40 public constant MAX_WINDOW_SECONDS = 30 days;

    /* STORAGE */

    struct Parameters {
        uint128 bondWei;
        uint128 rewardPerPointWei;
        uint40 windowSeconds;
        uint32 tolerance;
    }

    /// @custom:storage-location erc7201:lightdom.MiningEngine
    struct MiningEngineStorage {
        Parameters parameters;
        uint256 recipeCount;
        mapping(uint256 recipeId => Recipe) recipes;
        mapping(bytes32 content => uint256) recipeIds;
        mapping(RecipeType => mapping(Biome => uint32)) best;
        mapping(RecipeType => mapping(Biome => uint256)) deployed;
        mapping(uint256 recipeId => mapping(address verifier => bool)) hasMeasured;
    }

    /// @dev keccak256(abi.encode(uint256(keccak256("lightdom.MiningEngine")) - 1)) & ~bytes32(uint256(0xff))
    bytes32 private constant LOCATION = 0x4c0c1f3493f1cffeb7efd8a12f3fd01afb1bbd4c4d629606f9b5ede99cfa1e00;

    /// @custom:oz-upgrades-unsafe-allow state-variable-immutable
    IProofOfOptimization public immutable PROOF;

    /* CONSTRUCTOR */

    /// @custom:oz-upgrades-unsafe-allow constructor
    constructor(IERC20 dsh, IProofOfOptimization proof) MiningMoney(dsh) {
        PROOF = proof;
        _disableInitializers();
    }

    /// @notice Once, by the transaction that makes the proxy.
    function initialize(address authority, uint40 windowSeconds) external initializer {
        __AccessManaged_init(authority);
        _setParameters(0, 0, windowSeconds, 0);
    }

    /* DISCOVER, SCORE */

    /// @inheritdoc IMiningEngine
    function discover(RecipeType recipeType, Biome biome, bytes32 content, uint256 maximumBondWei)
        external
        nonReentrant
        returns (uint256 recipeId)
    {
        require(content != 0, ContentMissing());
        require(_engine().recipeIds[content] == 0, RecipeKnown(content, _engine().recipeIds[content]));

        recipeId = ++_engine().recipeCount;
        uint128 bondWei = _engine().parameters.bondWei;
        _engine().recipeIds[content] = recipeId;
        Recipe storage recipe = _engine().recipes[recipeId];
        (recipe.miner, recipe.recipeType, recipe.biome) = (msg.sender, recipeType, biome);
        (recipe.status, recipe.bondWei, recipe.content) = (RecipeStatus.Discovered, bondWei, content);

        emit RecipeDiscovered(recipeId, msg.sender, recipeType, biome, content, bondWei);

        _pullBond(bondWei, maximumBondWei);
    }

    /// @inheritdoc IMiningEngine
    function putScore(
        uint256 recipeId,
        uint32 score,
        bytes32 corpus,
        address[] calldata signers,
        bytes[] calldata signatures
    ) external {
        Recipe storage recipe = _requireIn(recipeId, RecipeStatus.Discovered);
        require(corpus != 0, CorpusMissing());
        _requireMeasured(recipeId, score, corpus, false, signers, signatures);

        recipe.status = RecipeStatus.Testing;
        (recipe.score, recipe.corpus) = (score, corpus);
        recipe.deadline = _now() + _engine().parameters.windowSeconds;

        emit RecipeScored(recipeId, score, corpus, recipe.deadline);
    }

    /* CHALLENGE */

    /// @inheritdoc IMiningEngine
    function challengeScore(uint256 recipeId, uint256 maximumBondWei) external nonReentrant {
        Recipe storage recipe = _requireIn(recipeId, RecipeStatus.Testing);
        require(_now() < recipe.deadline, WindowOver(recipeId, recipe.deadline));
        require(msg.sender != recipe.miner, MinerChallenges(recipeId));

        uint128 bondWei = recipe.bondWei;
        (recipe.status, recipe.challenger, recipe.challengeBondWei) = (RecipeStatus.Challenged, msg.sender, bondWei);
        recipe.deadline = _now() + _engine().parameters.windowSeconds;

        emit ScoreChallenged(recipeId, msg.sender, bondWei, recipe.deadline);

        _pullBond(bondWei, maximumBondWei);
    }

    /// @inheritdoc IMiningEngine
    function putReplication(uint256 recipeId, uint32 score, address[] calldata signers, bytes[] calldata signatures)
        external
    {
        Recipe storage recipe = _requireIn(recipeId, RecipeStatus.Challenged);
        require(_now() < recipe.deadline, WindowOver(recipeId, recipe.deadline));
        _requireMeasured(recipeId, score, recipe.corpus, true, signers, signatures);

        uint32 difference = score > recipe.score ? score - recipe.score : recipe.score - score;
        bool isUpheld = difference <= _engine().parameters.tolerance;
        address challenger = recipe.challenger;
        uint128 challengeBondWei = recipe.challengeBondWei;
        (recipe.challenger, recipe.challengeBondWei) = (address(0), 0);

        emit ScoreReplicated(recipeId, recipe.score, score, isUpheld);

        if (isUpheld) {
            // Measured twice: nobody has to wait for a third time.
            (recipe.status, recipe.deadline) = (RecipeStatus.Testing, _now());
            _credit(recipe.miner, challengeBondWei);
        } else {
            uint128 bondWei = recipe.bondWei;
            (recipe.status, recipe.bondWei) = (RecipeStatus.Rejected, 0);
            _burn(bondWei / 2);
            _credit(challenger, challengeBondWei + bondWei - bondWei / 2);

            emit RecipeRejected(recipeId);
        }
    }

    /// @inheritdoc IMiningEngine
    function lapseChallenge(uint256 recipeId) external {
        Recipe storage recipe = _requireIn(recipeId, RecipeStatus.Challenged);
        require(_now() >= recipe.deadline, WindowOpen(recipeId, recipe.deadline));

        _credit(recipe.challenger, recipe.challengeBondWei);
        (recipe.challenger, recipe.challengeBondWei) = (address(0), 0);
        (recipe.status, recipe.score, recipe.corpus, recipe.deadline) = (RecipeStatus.Discovered, 0, 0, 0);

        emit ChallengeLapsed(recipeId);
    }

    /// @inheritdoc IMiningEngine
    function settleScore(uint256 recipeId) external returns (uint256 rewardWei) {
        Recipe storage recipe = _requireIn(recipeId, RecipeStatus.Testing);
        require(_now() >= recipe.deadline, WindowOpen(recipeId, recipe.deadline));

        uint32 score = recipe.score;
        uint32 before = _engine().best[recipe.recipeType][recipe.biome];
        _credit(recipe.miner, recipe.bondWei);
        recipe.bondWei = 0;
        if (score <= before) {
            recipe.status = RecipeStatus.Rejected;
            emit RecipeRejected(recipeId);
            return 0;
        }
        recipe.status = RecipeStatus.Validated;
        _engine().best[recipe.recipeType][recipe.biome] = score;
        rewardWei = uint256(_engine().parameters.rewardPerPointWei) * (score - before);

        emit RecipeValidated(recipeId, score, before, rewardWei);

        if (rewardWei != 0) {
            IDOMSpaceToken(address(DSH)).queueReward(recipe.miner, bytes32(recipeId), rewardWei);
        }
    }

    /* GOVERNANCE */

    /// @inheritdoc IMiningEngine
    function deployRecipe(uint256 recipeId) external restricted {
        Recipe storage recipe = _requireIn(recipeId, RecipeStatus.Validated);
        uint256 supersededId = _engine().deployed[recipe.recipeType][recipe.biome];

        recipe.status = RecipeStatus.Deployed;
        if (supersededId != 0) _engine().recipes[supersededId].status = RecipeStatus.Superseded;
        _engine().deployed[recipe.recipeType][recipe.biome] = recipeId;

        emit RecipeDeployed(recipeId, supersededId);
    }

    /// @inheritdoc IMiningEngine
    function setMiningParameters(uint256 bondWei, uint256 rewardPerPointWei, uint40 windowSeconds, uint32 tolerance)
        external
        restricted
    {
        _setParameters(bondWei, rewardPerPointWei, windowSeconds, tolerance);
    }

    /* VIEWS */

    /// @inheritdoc IMiningEngine
    function recipeOf(uint256 recipeId) external view returns (Recipe memory recipe) {
        recipe = _engine().recipes[recipeId];
        require(recipe.status != RecipeStatus.None, RecipeUnknown(recipeId));
    }

    /// @inheritdoc IMiningEngine
    function bestScoreOf(RecipeType recipeType, Biome biome) external view returns (uint32) {
        return _engine().best[recipeType][biome];
    }

    /// @inheritdoc IMiningEngine
    function deployedOf(RecipeType recipeType, Biome biome) external view returns (uint256) {
        return _engine().deployed[recipeType][biome];
    }

    /// @inheritdoc IMiningEngine
    function recipeCount() external view returns (uint256) {
        return _engine().recipeCount;
    }

    /// @inheritdoc IMiningEngine
    function miningParameters()
        external
        view
        returns (uint256 bondWei, uint256 rewardPerPointWei, uint40 windowSeconds, uint32 tolerance)
    {
        Parameters memory parameters = _engine().parameters;
        return (parameters.bondWei, parameters.rewardPerPointWei, parameters.windowSeconds, parameters.tolerance);
    }

    /// @inheritdoc IMiningEngine
    function scoreDigest(uint256 recipeId, uint32 score, bytes32 corpus, bool isReplication)
        public
        view
        returns (bytes32)
    {
        return _digestOf(keccak256(abi.encode(SCORE_TYPEHASH, recipeId, score, corpus, isReplication)));
    }

    /* INTERNAL */

    function _setParameters(uint256 bondWei, uint256 rewardPerPointWei, uint40 windowSeconds, uint32 tolerance)
        private
    {
        require(
            windowSeconds >= MIN_WINDOW_SECONDS && windowSeconds <= MAX_WINDOW_SECONDS,
            WindowOutOfRange(windowSeconds, MIN_WINDOW_SECONDS, MAX_WINDOW_SECONDS)
        );
        _engine().parameters = Parameters(bondWei.toUint128(), rewardPerPointWei.toUint128(), windowSeconds, tolerance);

        emit MiningParametersSet(bondWei, rewardPerPointWei, windowSeconds, tolerance);
    }

    function _requireIn(uint256 recipeId, RecipeStatus status) private view returns (Recipe storage recipe) {
        recipe = _engine().recipes[recipeId];
        require(recipe.status != RecipeStatus.None, RecipeUnknown(recipeId));
        require(recipe.status == status, StatusWrong(recipeId, recipe.status));
    }

    /// @dev Who measured a recipe once never measures it again, whichever way it was asked.
    function _requireMeasured(
        uint256 recipeId,
        uint32 score,
        bytes32 corpus,
        bool isReplication,
        address[] calldata signers,
        bytes[] calldata signatures
    ) private {
        require(score <= MAX_SCORE, ScoreOutOfRange(score, MAX_SCORE));
        Quorum.requireSigned(PROOF, scoreDigest(recipeId, score, corpus, isReplication), signers, signatures);
        for (uint256 i = 0; i < signers.length; ++i) {
            require(!_engine().hasMeasured[recipeId][signers[i]], SignerMeasuredBefore(signers[i]));
            _engine().hasMeasured[recipeId][signers[i]] = true;
        }
    }

    function _now() private view returns (uint40) {
        return uint40(block.timestamp); // fits for 34 000 years
    }

    /// @dev `restricted` asks for the role of what was called, `upgradeToAndCall`: UPGRADER.
    function _authorizeUpgrade(address) internal override restricted {}

    function _engine() private pure returns (MiningEngineStorage storage $) {
        bytes32 location = LOCATION;
        assembly ("memory-safe") {
            $.slot := location
        }
    }
}
