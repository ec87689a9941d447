"""Whatever a contract says is stored exactly, or set aside whole with its reason; never dropped, never a crash."""

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import pytest
from eth_abi.abi import encode

from core_ext import keccak256
from indexer.command import main
from indexer.config import read_config
from indexer.config_origin import ConfigOrigin
from indexer.mirror import run
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters, Raw
from tests.indexer.mirroring import settings_for
from tests.indexer.test_chains import ask, reached

_SAID = keccak256(b"Said(address,uint256,int256,string,bytes)")
_LISTED = keccak256(b"Listed(string[],uint256[])")
_ABI = [
    {
        "type": "event",
        "name": "Said",
        "inputs": [
            {"name": "who", "type": "address", "indexed": True},
            {"name": "amount", "type": "uint256", "indexed": False},
            {"name": "delta", "type": "int256", "indexed": False},
            {"name": "words", "type": "string", "indexed": False},
            {"name": "raw", "type": "bytes", "indexed": False},
        ],
    },
    {
        "type": "event",
        "name": "Listed",
        "inputs": [
            {"name": "words", "type": "string[]", "indexed": False},
            {"name": "amounts", "type": "uint256[]", "indexed": False},
        ],
    },
]
_NAME = "DOMSpaceToken"
_MOST, _LEAST = 2**256 - 1, -(2**255)
_TYPES = ["uint256", "int256", "bytes", "bytes"]


def _said(who: bytes, amount: int, delta: int, words: bytes, raw: bytes) -> Raw:
    return [_SAID, who.rjust(32, b"\0")], encode(_TYPES, [amount, delta, words, raw])


def _listed(words: list[bytes], amounts: list[int]) -> Raw:
    return [_LISTED], encode(["bytes[]", "uint256[]"], [words, amounts])


_EXACT: list[tuple[bytes, int, int, bytes, bytes]] = [
    (bytes(20), 0, 0, b"", b""),
    (b"\xff" * 20, _MOST, _LEAST, b"h" * 200_000, b"\0" * 100_000),
    (b"\1" * 20, 2**255, 2**255 - 1, "\u202e\ufffd\U0010ffff\x01\x7f'\"\\\t\n".encode(), b"\xff\xfe"),
    (b"\1" * 20, 10**77, -1, b"\\N", b"\\."),
]
_LISTS: list[tuple[list[bytes], list[int]]] = [
    ([], []),
    ([b"\\u0000", b'"', "\u2028".encode(), b""], [0, _MOST, 2**53, 2**53 - 1]),
]
_GOOD = _said(b"\1" * 20, 5, -5, b"words", b"raw")
_ASIDE: list[Raw] = [
    _said(b"\1" * 20, 1, 1, b"a\0b", b""),
    _said(b"\1" * 20, 1, 1, b"\xff\xfe\xc3(", b""),
    _said(b"\1" * 20, 1, 1, b"\xed\xa0\x80", b""),
    ([_SAID, b"\xff" * 32], _GOOD[1]),
    ([_SAID], _GOOD[1]),
    ([_SAID, bytes(32), bytes(32)], _GOOD[1]),
    (_GOOD[0], _GOOD[1][:-1]),
    (_GOOD[0], _GOOD[1] + b"\1"),
    (_GOOD[0], b""),
    (_GOOD[0], _GOOD[1][:64] + b"\xff" * 32 + _GOOD[1][96:]),  # an offset past the end of the world
    (_GOOD[0], _GOOD[1][:128] + b"\xff" * 32 + _GOOD[1][160:]),  # so long a text
    (_GOOD[0], _GOOD[1][:165] + b"\1" * 27 + _GOOD[1][192:]),  # padding that is not zero
    _listed([b"a\0b"], []),
    _listed([b"\xff"], []),
    ([_LISTED], b"\xff" * 64),
    ([_LISTED], _listed([b"a"], [1])[1] + bytes(32)),
    ([_LISTED], encode(["uint256"] * 3, [64, 64, 0])),  # both at one place
    ([b"\xff" * 32], b"x" * 50_000),
    ([b"\xff" * 32] * 4, b""),
    ([], b"nameless"),
    ([], b""),
]


def test_extremes_are_stored_exactly_and_the_rest_is_set_aside_whole_with_its_reason(
    empty_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs = [*(_said(*values) for values in _EXACT), *(_listed(*values) for values in _LISTS), *_ASIDE]
    random.Random(1).shuffle(logs)
    for start in range(0, len(logs), 5):
        emitters.emit(_NAME, logs[start : start + 5])
        chain.mine()
    config = _config(tmp_path, empty_database, emitters)
    asyncio.run(_mirror(config, settings_for(empty_database, chain, tmp_path), empty_database, chain))

    said = ask(empty_database, "SELECT who, amount, delta, words, raw FROM strange.said")
    assert sorted(said) == sorted((who, *ints, words.decode(), raw) for who, *ints, words, raw in _EXACT)
    listed = ask(empty_database, "SELECT words, amounts FROM strange.listed ORDER BY jsonb_array_length(words)")
    assert listed == [([word.decode() for word in words], [_json(n) for n in numbers]) for words, numbers in _LISTS]
    aside = ask(empty_database, "SELECT topics, data, reason, block_number, log_index FROM strange.indexer_set_aside")
    assert sorted((list(topics), data) for topics, data, *_ in aside) == sorted(_ASIDE)
    assert all(len(reason) > 10 for _, _, reason, *_ in aside)
    assert main(["verify", "--config", str(config)], {}) == 0
    assert f"{len(logs)} logs, 0 differences" in capsys.readouterr().out


def _json(number: int) -> int | str:
    return number if number < 2**53 else str(number)


def _config(folder: Path, database: str, emitters: Emitters) -> Path:
    (folder / "abi.json").write_text(json.dumps(_ABI))
    path = folder / "strange.toml"
    path.write_text(
        f'database_url = "{database}"\nrpc_url = "{emitters.chain.url}"\nschema = "strange"\n'
        f'[[contracts]]\nname = "Strange"\naddress = "{emitters.addresses[_NAME]}"\nabi = "abi.json"\n'
    )
    return path


async def _mirror(config: Path, settings: Any, database: str, chain: Anvil) -> None:
    work = asyncio.create_task(run(settings, ConfigOrigin(read_config(config, {}))))
    async with asyncio.timeout(60):
        while not await asyncio.to_thread(reached, database, "strange", chain):
            assert not work.done(), work.exception()
            await asyncio.sleep(0.1)
    work.cancel()
    await asyncio.wait([work])
