"""A configuration file mirrors any contract; what it cannot mean is refused with the field that is wrong."""

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import psycopg
import pytest

from indexer import abi
from indexer.config import read_config, read_configs
from indexer.config_origin import ConfigOrigin
from indexer.errors import SettingInvalid
from indexer.mirror import run
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import catch_up, settings_for
from tests.indexer.test_reorg import emit_blocks

_ONE = '[[contracts]]\nname = "Token"\naddress = "0x{address}"\nabi = "abi.json"\n'
_GOOD = _ONE.format(address="11" * 20)
_URLS = 'database_url = "postgresql://x"\nrpc_url = "http://127.0.0.1:1"\n'


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("not toml", "--config"),
        (_GOOD, "database_url"),
        ('database_url = "postgresql://x"\n' + _GOOD, "rpc_url"),
        (_URLS, "contracts"),
        (_URLS + 'schema = "a b"\n' + _GOOD, "schema"),
        (_URLS + _ONE.format(address="11"), "contracts.Token"),
        (_URLS + _GOOD.replace("abi.json", "none.json"), "contracts.Token"),
        (_URLS + _GOOD + "start_block = -1\n", "contracts.Token"),
        (_URLS + _GOOD + 'events = ["Nothing"]\n', "contracts.Token.events"),
        (_URLS + _GOOD + _GOOD, "contracts"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, field: str) -> None:
    (tmp_path / "abi.json").write_text(json.dumps(abi.load("DOMSpaceToken")))
    path = tmp_path / "config.toml"
    path.write_text(text)

    with pytest.raises(SettingInvalid) as refused:
        read_config(path, {})

    assert refused.value.name == field


def test_a_configured_mirror_says_what_ours_says_and_follows_a_reorg(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    names = ("DOMSpaceToken", "ProofOfOptimization", "VirtualLandNFT")
    path = tmp_path / "config.toml"
    path.write_text(
        f'database_url = "{second_database}"\nrpc_url = "{chain.url}"\nschema = "typed"\n'
        + "".join(
            f'[[contracts]]\nname = "{name}"\naddress = "{emitters.addresses[name]}"\nabi = "{name}.json"\n'
            for name in names
        )
    )
    for name in names:
        (tmp_path / f"{name}.json").write_text(json.dumps({"abi": abi.load(name)}))
    source = random.Random(1)
    emit_blocks(source, chain, emitters, 15)
    ours = settings_for(database, chain, tmp_path, LIGHTDOM_INDEXER_POLL_MILLISECONDS="20")
    asyncio.run(_follow(ours, path, second_database, chain))
    chain.reorg(5)
    emit_blocks(source, chain, emitters, 6)
    asyncio.run(_follow(ours, path, second_database, chain))
    catch_up(ours)

    place = "SELECT block_number, log_index, block_time, tx_hash"
    for theirs, mine in {
        f'{place}, "from", "to", value FROM typed.dom_space_token_transfer': (
            f"{place}, sender, recipient, amount_wei FROM dsh_transfer"
        ),
        f"{place}, claim_id, verifier, bits, observed_at FROM typed.claim_attested": (
            f"{place}, claim_id, verifier, bits, observed_at FROM claim_attested"
        ),
        f"{place}, claim_id, claim_page_key, claim_src_bytes, bond_wei FROM typed.claim_revealed": (
            f"{place}, claim_id, page_key, src_bytes, bond_wei FROM claim_revealed"
        ),
        f"{place}, contract, authority FROM typed.authority_updated": (
            f"{place}, contract, authority FROM authority_updated WHERE contract <> ALL "
            f"({_array(emitters, sorted(set(emitters.addresses) - set(names)))})"
        ),
    }.items():
        assert rows(second_database, theirs) == rows(database, mine)


async def _follow(settings: Any, path: Path, database: str, chain: Anvil) -> None:
    work = asyncio.create_task(run(settings, ConfigOrigin(read_config(path, {}))))
    wanted = (chain.head, chain.block_hash(chain.head))
    async with asyncio.timeout(60):
        while await asyncio.to_thread(_reached, database) != wanted:
            assert not work.done(), work.exception()
            await asyncio.sleep(0.1)
    work.cancel()
    await asyncio.wait([work])


def _reached(database: str) -> Any:
    try:
        found = rows(database, "SELECT number, hash FROM typed.indexer_checkpoint")
    except psycopg.errors.UndefinedTable:
        return None
    return found[0] if found else None


def rows(database: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(f"{query} ORDER BY 1, 2").fetchall()  # type: ignore[arg-type]  # written here


def _array(emitters: Emitters, names: list[str]) -> str:
    return "ARRAY[" + ", ".join(f"'\\x{emitters.addresses[name][2:]}'::bytea" for name in names) + "]"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('[[chains]]\nname = "a b"\n', "chains.name"),
        ('[[chains]]\nname = "one"\n', "chains.rpc_url"),
        ('[[chains]]\nname = "one"\nrpc_url = "http://x"\n', "contracts"),
        ('partition_blocks = -1\n[[chains]]\nname = "one"\nrpc_url = "http://x"\n{one}', "partition_blocks"),
        ('[[chains]]\nname = "one"\nrpc_url = "http://x"\n{one}' * 2, "chains.name"),
        (
            'schema = "same"\n' + "".join(f'[[chains]]\nname = "{n}"\nrpc_url = "http://x"\n{{one}}' for n in "ab"),
            "chains.schema",
        ),
    ],
)
def test_chains_that_cannot_be_told_apart_are_refused(tmp_path: Path, text: str, field: str) -> None:
    (tmp_path / "abi.json").write_text(json.dumps(abi.load("DOMSpaceToken")))
    path = tmp_path / "config.toml"
    path.write_text('database_url = "postgresql://x"\n' + text.replace("{one}", _GOOD.replace("[[", "[[chains.")))

    with pytest.raises(SettingInvalid) as refused:
        read_configs(path, {})

    assert refused.value.name == field
