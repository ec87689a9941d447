"""What is mirrored from later on is read alone: nothing else moves, and the end is as if it had been there before."""

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import psycopg
import pytest

from indexer import abi
from indexer.chain import Chain
from indexer.config import read_config
from indexer.config_origin import ConfigOrigin
from indexer.mirror import Mirror
from indexer.node import Node
from indexer.settings import read_settings
from indexer.sources import EVENTS
from indexer.step import NothingNew, Outcome, Rewound
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import catch_up, contents, settings_for
from tests.indexer.test_reorg import emit_blocks


def test_an_added_contract_is_read_alone(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    _without(emitters, "ProofOfOptimization", tmp_path)
    emit_blocks(random.Random(11), chain, emitters, 12)
    catch_up(settings)
    before, told = _versions_of_rows(database), _told(database)

    emitters.write_manifest(tmp_path)
    outcomes = catch_up(settings)

    assert not any(isinstance(outcome, Rewound) for outcome in outcomes)
    after = _versions_of_rows(database)
    assert all(set(rows) <= set(after[table]) for table, rows in before.items())
    assert set(after) > set(before)
    head = chain.head
    assert _told(database)[len(told) :] == [
        {"reorg_to": emitters.block - 1},
        {"number": head, "hash": "0x" + chain.block_hash(head).hex()},
    ]
    catch_up(settings_for(second_database, chain, tmp_path))
    assert contents(database) == contents(second_database)


def test_a_contract_added_while_the_chain_is_another_is_mirrored_all_the_same(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    _without(emitters, "DOMSpaceToken", tmp_path)
    emit_blocks(random.Random(12), chain, emitters, 12)
    catch_up(settings)
    chain.reorg(6)
    emitters.write_manifest(tmp_path)

    catch_up(settings)

    catch_up(settings_for(second_database, chain, tmp_path))
    assert contents(database) == contents(second_database)


def test_an_event_that_is_known_later_gets_its_rows_without_asking_the_chain(
    database: str,
    second_database: str,
    chain: Anvil,
    emitters: Emitters,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = settings_for(database, chain, tmp_path)
    emit_blocks(random.Random(13), chain, emitters, 12)
    with monkeypatch.context() as earlier:
        for contract, known in EVENTS.items():
            earlier.setitem(EVENTS, contract, {name: kind for name, kind in known.items() if name[0] not in "CR"})
        catch_up(settings)
    assert contents(database)["claim_attested"] == []
    aside = len(contents(database)["set_aside_log"])

    outcomes = catch_up(settings)

    assert [type(outcome) for outcome in outcomes] == [NothingNew]
    assert len(contents(database)["set_aside_log"]) < aside
    catch_up(settings_for(second_database, chain, tmp_path))
    assert contents(database) == contents(second_database)


def test_an_event_that_a_configuration_asks_for_later_gets_its_rows(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    emit_blocks(random.Random(14), chain, emitters, 20, ["DOMSpaceToken"])
    late, fresh = (_config(chain, emitters, tmp_path, database, schema) for schema in ("late", "fresh"))
    _follow(late(["Transfer"]))

    outcomes = _follow(late(["Transfer", "Approval"]))
    _follow(fresh(["Transfer", "Approval"]))

    assert [type(outcome) for outcome in outcomes] == [NothingNew]
    with psycopg.connect(database) as connection:
        for table in ("transfer", "approval", "indexer_set_aside"):
            late_rows, fresh_rows = (
                connection.execute(f"SELECT * FROM {schema}.{table} ORDER BY 1, 2").fetchall()  # type: ignore[arg-type]
                for schema in ("late", "fresh")
            )
            assert late_rows == fresh_rows
            assert late_rows


def _without(emitters: Emitters, contract: str, home: Path) -> None:
    """Writes a manifest that does not name the contract yet."""
    address = emitters.addresses.pop(contract)
    emitters.write_manifest(home)
    emitters.addresses[contract] = address


def _versions_of_rows(database: str) -> dict[str, list[tuple[Any, ...]]]:
    """Which transaction wrote each row of each event table that has any: what nobody touched keeps it."""
    with psycopg.connect(database) as connection:
        return {
            name: found
            for name in contents(database)
            if name not in ("checkpoint", "contracts") and not name.endswith("_versions")
            if (found := connection.execute(f"SELECT xmin, ctid FROM {name} ORDER BY ctid").fetchall())  # type: ignore[arg-type]
        }


def _told(database: str) -> list[dict[str, Any]]:
    with psycopg.connect(database) as connection:
        return [message for (message,) in connection.execute("SELECT message FROM outbox ORDER BY id").fetchall()]


def _config(chain: Anvil, emitters: Emitters, folder: Path, database: str, schema: str) -> Any:
    (folder / "abi.json").write_text(json.dumps(abi.load("DOMSpaceToken")))

    def asking_for(events: list[str]) -> Path:
        path = folder / f"{schema}.toml"
        path.write_text(
            f'database_url = "{database}"\nrpc_url = "{chain.url}"\nschema = "{schema}"\n[[contracts]]\n'
            f'name = "Token"\naddress = "{emitters.addresses["DOMSpaceToken"]}"\nabi = "abi.json"\nevents = {events}\n'
        )
        return path

    return asking_for


def _follow(path: Path) -> list[Outcome]:
    """The steps of a configured mirror until there is nothing new."""
    config = read_config(path, {})
    settings = read_settings({"LIGHTDOM_DATABASE_URL": config.database_url, "LIGHTDOM_RPC_URL": config.rpc_url})

    async def follow() -> list[Outcome]:
        outcomes: list[Outcome] = []
        origin = ConfigOrigin(config)
        async with Node(settings.rpc_url, settings.answer_bytes) as node, origin.open() as writer:
            mirror = Mirror(Chain(node), writer, settings, origin)
            while not outcomes or not isinstance(outcomes[-1], NothingNew):
                outcomes.append(await mirror.advance())
        return outcomes

    return asyncio.run(follow())
