"""Nodes, plans, subscriptions, models and recipes: what their events have come to."""

from pathlib import Path

import pytest

from indexer import tables
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.test_views import ANA, BEN, SHOP, VERA, Story

STABLE = b"\x0c" * 20
FIRST, SECOND = b"\x61" * 32, b"\x62" * 32


@pytest.fixture
def story(database: str, chain: Anvil, emitters: Emitters, tmp_path: Path) -> Story:
    return Story(chain, emitters, database, tmp_path)


def test_nodes_are_what_their_events_have_come_to(story: Story) -> None:
    for node_id, node_type in ((1, 0), (2, 0), (3, 1), (4, 2)):
        story.say("NodeManager", "NodeCreated", node_id, ANA, node_type, BEN, 1000, 100, 10**21)
    story.say("NodeManager", "NodeScaled", 1, 2000, 110, 2 * 10**21)
    story.say("NodeManager", "OperatorSet", 1, VERA)
    story.say("NodeManager", "Beat", 1, 1_800_000_000, FIRST)
    story.say("NodeManager", "JobStarted", FIRST, 1, 100, 1_800_000_100)
    story.say("NodeManager", "JobVerified", FIRST, 1, SECOND, 77)
    story.say("NodeManager", "JobStarted", SECOND, 1, 100, 1_800_000_100)
    story.say("NodeManager", "NodesMerged", 1, 2, 3000, 120, 3 * 10**21)
    story.say("NodeManager", "NodePhaseSet", 3, 2)
    story.say("NodeManager", "NodeSlashed", 4, VERA, 5 * 10**20, 5 * 10**20)

    first, second = story.read(tables.ai_nodes)
    assert (first["kib"], first["compute"], first["stake_wei"], first["operator"]) == (3000, 120, 3 * 10**21, VERA)
    assert (first["running_jobs"], first["verified_jobs"], first["reward_wei"]) == (1, 1, 77)
    assert (first["phase"], first["beat_at"]) == (1, 1_800_000_000)
    assert (second["phase"], second["stake_wei"], second["kib"]) == (5, 0, 1000)
    assert story.only(tables.storage_shards)["phase"] == 2
    bridge = story.only(tables.cross_chain_bridges)
    assert (bridge["node_id"], bridge["stake_wei"]) == (4, 0)
    assert len(story.read(tables.nodes)) == 4


def test_a_subscription_is_what_was_bought_changed_and_cancelled(story: Story) -> None:
    story.say("PlanRegistry", "PlanSet", 1, "Stárter".encode(), (1000, 2**30, 100, 50, 0, 0, 0, 0, True))
    story.say("PlanRegistry", "PriceSet", 1, STABLE, (29 * 10**6, 0, 5 * 10**4))
    story.say("PlanRegistry", "TrialStarted", ANA, 1, 1_800_000_000)
    trial = story.only(tables.subscriptions)
    assert (trial["plan_id"], trial["token"], trial["paid_until"]) == (1, None, None)

    story.say("PlanRegistry", "Subscribed", ANA, 1, STABLE, BEN, 2, 58 * 10**6, 0, 1_810_000_000)
    story.say("PlanRegistry", "PlanChanged", ANA, 1, 2, 70 * 10**6, 0, 1_810_000_000)
    story.say("PlanRegistry", "DomainSet", ANA, SHOP)
    story.say("PlanRegistry", "Suspended", ANA, FIRST)
    story.say("PlanRegistry", "Cancelled", ANA, 29 * 10**6, 1_805_000_000)

    found = story.only(tables.subscriptions)
    assert (found["plan_id"], found["token"], found["paid_until"]) == (2, STABLE, 1_805_000_000)
    assert (found["is_cancelled"], found["is_suspended"], found["domain_id"]) == (True, True, SHOP)
    plan = story.only(tables.plans)
    assert (plan["name"], plan["requests_per_month"], plan["is_open"]) == ("Stárter", 1000, True)
    assert story.only(tables.plan_prices)["month"] == 29 * 10**6


def test_models_and_recipes_stand_where_their_last_event_left_them(story: Story) -> None:
    story.say("ModelStorage", "RecordStored", 0, 0, ANA, b"chooser")
    for version, content in ((1, FIRST), (2, SECOND)):
        story.say("ModelStorage", "VersionStored", 0, version, ANA, content, FIRST, FIRST, FIRST)
    assert story.only(tables.model_records)["status"] == "active"
    story.say("ModelStorage", "RecordDeployed", 0, 1, ANA)
    model = story.only(tables.model_records)
    assert (model["status"], model["versions"], model["deployed_version"]) == ("deployed", 2, 1)
    assert (model["name"], model["content"]) == ("chooser", SECOND)

    for recipe_id in (1, 2):
        story.say("MiningEngine", "RecipeDiscovered", recipe_id, ANA, 1, 5, bytes([recipe_id]) * 32, 10**20)
        story.say("MiningEngine", "RecipeScored", recipe_id, 900 + recipe_id, FIRST, 1_800_000_000)
    story.say("MiningEngine", "RecipeValidated", 1, 901, 0, 9 * 10**18)
    story.say("MiningEngine", "RecipeDeployed", 1, 0)
    story.say("MiningEngine", "ScoreChallenged", 2, BEN, 10**20, 1_800_000_000)
    story.say("MiningEngine", "ChallengeLapsed", 2)
    first, second = sorted(story.read(tables.recipes), key=lambda row: row["recipe_id"])
    assert (first["status"], first["score"], first["reward_wei"]) == ("deployed", 901, 9 * 10**18)
    assert (second["status"], second["score"], second["corpus"]) == ("discovered", None, None)
    story.say("MiningEngine", "RecipeDeployed", 2, 1)
    assert story.only(tables.recipes, recipe_id=1)["status"] == "superseded"
