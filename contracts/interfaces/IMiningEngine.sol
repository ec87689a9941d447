// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Biome} from "./IOptimizationRegistry.sol";

enum RecipeType {
    DomOptimization,
    CssCompression,
    JsMinification,
    ImageOptimization,
    BundleOptimization,
    NetworkOptimization
}

/// @notice A recipe's life. Testing: a score stands and can be challenged.
enum RecipeStatus {
    None,
    Discovered,
    Testing,
    Challenged,
    Validated,
    Deployed,
    Superseded,
    Rejected
}

struct Recipe {
    address miner;
    RecipeType recipeType;
    Biome biome;
    RecipeStatus status;
    /// saved bytes in a hundred thousand, on the corpus that the score names
    uint32 score;
    uint40 deadline;
    uint128 bondWei;
    address challenger;
    uint128 challengeBondWei;
    bytes32 content;
    bytes32 corpus;
}

/// @title Recipes that make pages lighter, what they save, and which one is in use
/// @notice A score is what a quorum of verifiers measured on a named corpus. Whoever doubts it pays for a replication by
/// verifiers who did not measure before; the difference decides, nobody judges.
interface IMiningEngine {
    event RecipeDiscovered(
        uint256 indexed recipeId,
        address indexed miner,
        RecipeType indexed recipeType,
        Biome biome,
        bytes32 content,
        uint256 bondWei
    );
    event RecipeScored(uint256 indexed recipeId, uint32 score, bytes32 corpus, uint40 deadline);
    event ScoreChallenged(uint256 indexed recipeId, address indexed challenger, uint256 bondWei, uint40 deadline);
    event ScoreReplicated(uint256 indexed recipeId, uint32 score, uint32 replicated, bool isUpheld);
    event ChallengeLapsed(uint256 indexed recipeId);
    event RecipeValidated(uint256 indexed recipeId, uint32 score, uint32 before, uint256 rewardWei);
    event RecipeRejected(uint256 indexed recipeId);
    event RecipeDeployed(uint256 indexed recipeId, uint256 indexed supersededId);
    event MiningParametersSet(uint256 bondWei, uint256 rewardPerPointWei, uint40 windowSeconds, uint32 tolerance);
    event Credited(address indexed account, uint256 amountWei);
    event Withdrawn(address indexed account, uint256 amountWei);

    error ContentMissing();
    error RecipeKnown(bytes32 content, uint256 recipeId);
    error RecipeUnknown(uint256 recipeId);
    error StatusWrong(uint256 recipeId, RecipeStatus status);
    error BondShort(uint256 dueWei, uint256 receivedWei);
    error BondTooDear(uint256 dueWei, uint256 maximumWei);
    error ScoreOutOfRange(uint32 score, uint32 maximum);
    error CorpusMissing();
    error CorpusOther(bytes32 corpus, bytes32 wanted);
    error WindowOver(uint256 recipeId, uint40 deadline);
    error WindowOpen(uint256 recipeId, uint40 deadline);
    error WindowOutOfRange(uint40 windowSeconds, uint40 minimum, uint40 maximum);
    error MinerChallenges(uint256 recipeId);
    error SignerMeasuredBefore(address signer);
    error NothingToWithdraw(address account);

    /// @notice Registers a recipe of the caller's, with a bond. The first to register its content has it.
    /// @param content the digest of the recipe's content id
    function discover(RecipeType recipeType, Biome biome, bytes32 content, uint256 maximumBondWei)
        external
        returns (uint256 recipeId);

    /// @notice Puts a score that a quorum of verifiers signed. Anyone may send it.
    function putScore(
        uint256 recipeId,
        uint32 score,
        bytes32 corpus,
        address[] calldata signers,
        bytes[] calldata signatures
    ) external;

    /// @notice Doubts a score, with a bond as high as the miner's. Another window opens, for the replication.
    function challengeScore(uint256 recipeId, uint256 maximumBondWei) external;

    /// @notice Puts the replication: a quorum of other verifiers on the same corpus. Within the tolerance the miner gets
    /// the challenger's bond; beyond it the recipe is rejected, half of the miner's bond burnt, half the challenger's.
    function putReplication(uint256 recipeId, uint32 score, address[] calldata signers, bytes[] calldata signatures)
        external;

    /// @notice Ends a challenge that nobody replicated in time: it has cost nobody anything, and the score is gone.
    function lapseChallenge(uint256 recipeId) external;

    /// @notice Ends the testing of a score that stood its window: validated and paid if it beats the best so far of its
    /// type and biome, else rejected. The bond is free.
    function settleScore(uint256 recipeId) external returns (uint256 rewardWei);

    /// @notice Puts a validated recipe to use in place of the one before. Only GOVERNOR.
    function deployRecipe(uint256 recipeId) external;

    /// @notice Only GOVERNOR.
    function setMiningParameters(uint256 bondWei, uint256 rewardPerPointWei, uint40 windowSeconds, uint32 tolerance)
        external;

    /// @notice Sends an account its free bonds and shares. Anyone may call.
    function withdraw(address account) external returns (uint256 amountWei);

    function recipeOf(uint256 recipeId) external view returns (Recipe memory);
    function bestScoreOf(RecipeType recipeType, Biome biome) external view returns (uint32);

    /// @notice The recipe in use; 0 if there is none.
    function deployedOf(RecipeType recipeType, Biome biome) external view returns (uint256 recipeId);
    function recipeCount() external view returns (uint256);
    function credits(address account) external view returns (uint256);
    function burntWei() external view returns (uint256);
    function miningParameters()
        external
        view
        returns (uint256 bondWei, uint256 rewardPerPointWei, uint40 windowSeconds, uint32 tolerance);
    function scoreDigest(uint256 recipeId, uint32 score, bytes32 corpus, bool isReplication)
        external
        view
        returns (bytes32);
}
