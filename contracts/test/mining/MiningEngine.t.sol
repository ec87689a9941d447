// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ERC1967Proxy} from "@openzeppelin/contracts/proxy/ERC1967/ERC1967Proxy.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";

import {IMiningEngine, RecipeStatus, RecipeType} from "../../interfaces/IMiningEngine.sol";
import {Biome} from "../../interfaces/IOptimizationRegistry.sol";
import {IProofOfOptimization} from "../../interfaces/IProofOfOptimization.sol";
import {Quorum} from "../../libraries/Quorum.sol";
import {MiningEngine} from "../../MiningEngine.sol";
import {Fixture} from "../Fixture.sol";

contract MiningEngineTest is Fixture {
    uint64 private constant UPGRADER = 13;
    uint256 private constant BOND = 100e18;
    uint256 private constant POINT = 1e15;
    uint40 private constant WINDOW_ = 1 days;
    uint32 private constant TOLERANCE = 50;
    uint256 private constant DEAR = type(uint256).max;

    address private immutable MINER = makeAddr("miner");
    MiningEngine private mining;
    address[4] private nodes_;
    uint256[4] private keys;

    function setUp() public override {
        super.setUp();
        mining = MiningEngine(
            address(
                new ERC1967Proxy(
                    deployCode("MiningEngine", abi.encode(token, proof)),
                    abi.encodeCall(MiningEngine.initialize, (address(authority), WINDOW_))
                )
            )
        );
        _allowMining(mining.deployRecipe.selector, GOVERNOR);
        _allowMining(mining.setMiningParameters.selector, GOVERNOR);
        _allowMining(mining.upgradeToAndCall.selector, UPGRADER);
        authority.grantRole(UPGRADER, address(this), 0);
        authority.grantRole(EMITTER, address(mining), 0);
        mining.setMiningParameters(BOND, POINT, WINDOW_, TOLERANCE);
        _bondWith(MINER);
        _bondWith(CHALLENGER);
        // Four seats: two quorums that have no node in common.
        for (uint256 i = 0; i < 4; ++i) {
            (nodes_[i], keys[i]) = makeAddrAndKey(string.concat("measurer ", vm.toString(i)));
            authority.grantRole(VERIFIER, nodes_[i], 0);
            stakes.stakeFor(nodes_[i], STAKE);
        }
    }

    /* REFUSALS */

    function test_a_recipe_has_content_and_is_registered_once() public {
        vm.startPrank(MINER);
        vm.expectRevert(IMiningEngine.ContentMissing.selector);
        mining.discover(RecipeType.CssCompression, Biome.SOCIAL, 0, DEAR);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.BondTooDear.selector, BOND, BOND - 1));
        mining.discover(RecipeType.CssCompression, Biome.SOCIAL, "recipe", BOND - 1);
        mining.discover(RecipeType.CssCompression, Biome.SOCIAL, "recipe", BOND);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.RecipeKnown.selector, bytes32("recipe"), 1));
        mining.discover(RecipeType.JsMinification, Biome.DIGITAL, "recipe", BOND);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.RecipeUnknown.selector, 2));
        mining.recipeOf(2);
    }

    function test_a_score_is_a_quorum_s_of_this_recipe_on_a_named_corpus() public {
        uint256 recipe = _discover("recipe");
        (address[] memory signers, bytes[] memory signatures) = _measure(recipe, 30_000, false, 0, 2);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.ScoreOutOfRange.selector, 100_001, 100_000));
        mining.putScore(recipe, 100_001, "corpus", signers, signatures);
        vm.expectRevert(IMiningEngine.CorpusMissing.selector);
        mining.putScore(recipe, 30_000, 0, signers, signatures);
        vm.expectPartialRevert(IProofOfOptimization.SignatureWrong.selector);
        mining.putScore(recipe, 30_001, "corpus", signers, signatures);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.RecipeUnknown.selector, 9));
        mining.putScore(9, 30_000, "corpus", signers, signatures);
        (signers, signatures) = _measure(recipe, 30_000, false, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(Quorum.QuorumMissing.selector, 1, QUORUM));
        mining.putScore(recipe, 30_000, "corpus", signers, signatures);
        // What was signed as a replication is no first score.
        (signers, signatures) = _measure(recipe, 30_000, true, 0, 2);
        vm.expectPartialRevert(IProofOfOptimization.SignatureWrong.selector);
        mining.putScore(recipe, 30_000, "corpus", signers, signatures);
    }

    function test_a_score_is_challenged_in_its_window_by_another_than_the_miner() public {
        uint256 recipe = _discover("recipe");
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.StatusWrong.selector, recipe, RecipeStatus.Discovered));
        mining.challengeScore(recipe, DEAR);
        _score(recipe, 30_000);
        uint40 deadline = uint40(block.timestamp) + WINDOW_;
        vm.prank(MINER);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.MinerChallenges.selector, recipe));
        mining.challengeScore(recipe, DEAR);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.WindowOpen.selector, recipe, deadline));
        mining.settleScore(recipe);
        skip(WINDOW_);
        vm.prank(CHALLENGER);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.WindowOver.selector, recipe, deadline));
        mining.challengeScore(recipe, DEAR);
    }

    function test_who_measured_once_does_not_replicate() public {
        uint256 recipe = _challenged(30_000);
        (address[] memory signers, bytes[] memory signatures) = _measure(recipe, 30_000, true, 0, 2);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.SignerMeasuredBefore.selector, signers[0]));
        mining.putReplication(recipe, 30_000, signers, signatures);
    }

    function test_a_replication_comes_in_its_window_and_a_challenge_lapses_after_it() public {
        uint256 recipe = _challenged(30_000);
        uint40 deadline = uint40(block.timestamp) + WINDOW_;
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.WindowOpen.selector, recipe, deadline));
        mining.lapseChallenge(recipe);
        skip(WINDOW_);
        (address[] memory signers, bytes[] memory signatures) = _measure(recipe, 30_000, true, 2, 2);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.WindowOver.selector, recipe, deadline));
        mining.putReplication(recipe, 30_000, signers, signatures);
        mining.lapseChallenge(recipe);
        assertEq(mining.credits(CHALLENGER), BOND);
        assertEq(uint8(mining.recipeOf(recipe).status), uint8(RecipeStatus.Discovered));
    }

    function test_governance_is_not_a_stranger_s_and_has_its_limits() public {
        uint256 recipe = _discover("recipe");
        vm.startPrank(STRANGER);
        bytes memory refusal = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, STRANGER);
        vm.expectRevert(refusal);
        mining.deployRecipe(recipe);
        vm.expectRevert(refusal);
        mining.setMiningParameters(0, 0, WINDOW_, 0);
        vm.expectRevert(refusal);
        mining.upgradeToAndCall(address(1), "");
        vm.expectRevert(Initializable.InvalidInitialization.selector);
        mining.initialize(STRANGER, WINDOW_);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.StatusWrong.selector, recipe, RecipeStatus.Discovered));
        mining.deployRecipe(recipe);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.WindowOutOfRange.selector, 59, 60, 30 days));
        mining.setMiningParameters(0, 0, 59, 0);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.WindowOutOfRange.selector, 30 days + 1, 60, 30 days));
        mining.setMiningParameters(0, 0, 30 days + 1, 0);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.NothingToWithdraw.selector, MINER));
        mining.withdraw(MINER);
    }

    /* STORIES */

    function test_a_better_recipe_is_paid_for_what_it_is_better_by_and_supersedes() public {
        uint256 first = _discover("first");
        _score(first, 30_000);
        skip(WINDOW_);
        assertEq(mining.settleScore(first), 30_000 * POINT);
        mining.deployRecipe(first);
        uint256 second = _discover("second");
        _score(second, 30_400);
        skip(WINDOW_);
        assertEq(mining.settleScore(second), 400 * POINT);
        mining.deployRecipe(second);
        assertEq(mining.deployedOf(RecipeType.CssCompression, Biome.SOCIAL), second);
        assertEq(mining.bestScoreOf(RecipeType.CssCompression, Biome.SOCIAL), 30_400);
        assertEq(uint8(mining.recipeOf(first).status), uint8(RecipeStatus.Superseded));
        assertEq(token.queuedWei(), 30_400 * POINT);
        uint256 third = _discover("third");
        _score(third, 30_400);
        skip(WINDOW_);
        assertEq(mining.settleScore(third), 0);
        assertEq(uint8(mining.recipeOf(third).status), uint8(RecipeStatus.Rejected));
        assertEq(mining.withdraw(MINER), 3 * BOND);
        assertEq(token.balanceOf(address(mining)), 0);
    }

    function test_a_score_that_replicates_gets_the_challenger_s_bond() public {
        uint256 recipe = _challenged(30_000);
        _replicate(recipe, 30_000 - TOLERANCE);
        assertEq(mining.credits(MINER), BOND);
        mining.settleScore(recipe);
        assertEq(mining.withdraw(MINER), 2 * BOND);
        assertEq(uint8(mining.recipeOf(recipe).status), uint8(RecipeStatus.Validated));
    }

    function test_a_score_that_does_not_replicate_costs_the_miner_s_bond() public {
        uint256 recipe = _challenged(30_000);
        _replicate(recipe, 30_000 - TOLERANCE - 1);
        assertEq(uint8(mining.recipeOf(recipe).status), uint8(RecipeStatus.Rejected));
        assertEq(mining.withdraw(CHALLENGER), BOND + BOND / 2);
        assertEq(mining.burntWei(), BOND / 2);
        assertEq(token.balanceOf(address(mining)), BOND / 2);
        assertEq(mining.bestScoreOf(RecipeType.CssCompression, Biome.SOCIAL), 0);
        vm.expectRevert(abi.encodeWithSelector(IMiningEngine.StatusWrong.selector, recipe, RecipeStatus.Rejected));
        mining.settleScore(recipe);
    }

    function test_an_upgrade_keeps_recipes_and_bonds() public {
        uint256 recipe = _challenged(30_000);
        bytes memory before = abi.encode(mining.recipeOf(recipe));
        mining.upgradeToAndCall(address(new MiningEngine(token, proof)), "");
        assertEq(abi.encode(mining.recipeOf(recipe)), before);
        _replicate(recipe, 0);
        assertEq(mining.credits(CHALLENGER), BOND + BOND / 2);
    }

    /* STEPS */

    function _discover(bytes32 content) private returns (uint256) {
        vm.prank(MINER);
        return mining.discover(RecipeType.CssCompression, Biome.SOCIAL, content, DEAR);
    }

    function _score(uint256 recipe, uint32 score) private {
        (address[] memory signers, bytes[] memory signatures) = _measure(recipe, score, false, 0, 2);
        mining.putScore(recipe, score, "corpus", signers, signatures);
    }

    function _challenged(uint32 score) private returns (uint256 recipe) {
        recipe = _discover("recipe");
        _score(recipe, score);
        vm.prank(CHALLENGER);
        mining.challengeScore(recipe, DEAR);
    }

    function _replicate(uint256 recipe, uint32 score) private {
        (address[] memory signers, bytes[] memory signatures) = _measure(recipe, score, true, 2, 2);
        mining.putReplication(recipe, score, signers, signatures);
    }

    /// @dev `count` nodes from number `first` on, sorted as the contract wants them.
    function _measure(uint256 recipe, uint32 score, bool isReplication, uint256 first, uint256 count)
        private
        view
        returns (address[] memory signers, bytes[] memory signatures)
    {
        bytes32 digest = mining.scoreDigest(recipe, score, "corpus", isReplication);
        signers = new address[](count);
        signatures = new bytes[](count);
        for (uint256 i = 0; i < count; ++i) {
            uint256 j = i;
            for (; j > 0 && signers[j - 1] > nodes_[first + i]; --j) {
                (signers[j], signatures[j]) = (signers[j - 1], signatures[j - 1]);
            }
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[first + i], digest);
            (signers[j], signatures[j]) = (nodes_[first + i], abi.encodePacked(r, s, v));
        }
    }

    function _bondWith(address account) private {
        vm.prank(TREASURY);
        require(token.transfer(account, 10_000e18));
        vm.prank(account);
        token.approve(address(mining), type(uint256).max);
    }

    function _allowMining(bytes4 selector, uint64 role) private {
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = selector;
        authority.setTargetFunctionRole(address(mining), selectors, role);
    }
}
