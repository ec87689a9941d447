"""The compiled reader of logs: refuses what is no list of logs, reads no byte outside, agrees with the slow one."""

import random
from typing import Any

import orjson
import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core_ext.errors import AnswerMalformed
from core_ext.logs import scan_answer
from indexer.chain import log
from indexer.connection import connect
from indexer.copying import copy_rows
from indexer.deployment import Contract, Deployment
from indexer.log import Header
from indexer.own_contracts import own_target
from indexer.reading import Reading
from indexer.scanning import read_logs
from indexer.sources import EVENTS
from indexer.target import Target
from tests.indexer.emissions import random_event

_ADDRESSES = {name: bytes([number]) * 20 for number, name in enumerate(sorted(EVENTS), 1)}
_OTHER = {"id": 7, "result": {"a": [1, "]"]}}
_TIME = 1_700_000_000


@pytest.fixture(scope="module")
def target() -> Target:
    return own_target(Deployment(tuple(Contract(name, address, 1) for name, address in _ADDRESSES.items())))


def answer_of(seed: int, logs: int) -> dict[str, Any]:
    source = random.Random(seed)
    found = []
    for number in range(logs):
        contract, (topics, data) = random_event(source)
        if source.random() < 0.1:
            data = data[: source.randrange(len(data) + 1)] + source.randbytes(source.randrange(3))
        found.append(
            {
                "address": "0x" + _ADDRESSES[contract].hex(),
                "topics": ["0x" + topic.hex() for topic in topics],
                "data": "0x" + data.hex(),
                "blockNumber": hex(1 + number // 3),
                "blockHash": "0x" + bytes([number // 3 % 256]).hex() * 32,
                "blockTimestamp": hex(_TIME),
                "transactionHash": "0x" + source.randbytes(32).hex(),
                "logIndex": hex(number),
                "removed": False,
            }
        )
    return {"jsonrpc": "2.0", "id": 0, "result": found}


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[",
        b"[]x",
        b"<html>busy</html>",
        b'{"id":0}',
        b'{"id":0,"result":[',
        b'{"id":0,"result":[]',
        b'{"id":0,"result":[{}]}',
        b'{"id":0,"result":[null]}',
        b'{"id":0,"result":[{"data":"0x"]}',
        b'{"id":0,"result":[]}{"id":0,"result":[]}',
        b'{"id":0,"result":"\\',
    ],
)
def test_what_is_not_an_answer_is_refused(target: Target, text: bytes) -> None:
    with pytest.raises(AnswerMalformed):
        scan_answer(target.plan, text)


@pytest.mark.parametrize(
    "change",
    [
        {"removed": True},
        {"address": "0x" + "77" * 20},
        {"address": "0x77"},
        {"topics": ["0x11"]},
        {"topics": ["0x" + "11" * 32] * 5},
        {"data": "0x1"},
        {"data": "0xzz"},
        {"data": "11"},
        {"data": None},
        {"blockNumber": None},
        {"blockNumber": "0x"},
        {"blockNumber": "0x" + "f" * 16},
        {"logIndex": "0x80000000"},
        {"transactionHash": "0x" + "11" * 31},
    ],
)
def test_a_log_that_cannot_be_is_refused(target: Target, change: dict[str, Any]) -> None:
    answer = answer_of(1, 5)
    answer["result"][2] |= change

    with pytest.raises(AnswerMalformed):
        scan_answer(target.plan, orjson.dumps(answer))


def test_an_answer_cut_anywhere_is_refused(target: Target) -> None:
    whole = orjson.dumps(answer_of(2, 3))
    for end in range(len(whole)):
        with pytest.raises(AnswerMalformed):
            scan_answer(target.plan, whole[:end])


@given(st.integers(0, 10_000), st.integers(0, 2**32), st.binary(min_size=1, max_size=4))
def test_no_bytes_make_it_fail_otherwise(target: Target, seed: int, where: int, what: bytes) -> None:
    text = bytearray(orjson.dumps(answer_of(seed, 3)))
    where %= len(text)
    text[where : where + len(what)] = what
    try:
        scan = scan_answer(target.plan, text)
    except AnswerMalformed:
        return
    assert sum(scan.counts) + len(scan.odd) == sum(logs for _, _, _, logs in scan.blocks)


def test_a_batch_gives_its_other_results_too(target: Target) -> None:
    answer = answer_of(3, 4)
    scan = scan_answer(
        target.plan, orjson.dumps([{"id": 7, "result": {"a": [1, "]"]}}, answer, {"id": 8, "result": None}])
    )

    assert scan.results == {"7": b'{"a":[1,"]"]}', "8": b"null"}
    assert sum(scan.counts) + len(scan.odd) == 4


def test_blocks_without_a_time_get_it_from_the_caller(target: Target) -> None:
    answer = answer_of(4, 9)
    for found in answer["result"]:
        del found["blockTimestamp"]

    assert [when for _, _, when, _ in scan_answer(target.plan, orjson.dumps(answer)).blocks] == [None] * 3
    scan = scan_answer(target.plan, orjson.dumps(answer), {3: 9, 1: 7, 2: 8})
    assert [when for _, _, when, _ in scan.blocks] == [7, 8, 9]


def test_logs_out_of_order_are_seen(target: Target) -> None:
    answer = answer_of(5, 6)
    assert scan_answer(target.plan, orjson.dumps(answer)).is_ordered
    answer["result"][4:] = reversed(answer["result"][4:])
    assert not scan_answer(target.plan, orjson.dumps(answer)).is_ordered


def test_rows_are_those_of_the_slow_reader(target: Target, database: str) -> None:
    """Both are written by COPY, and Postgres is asked what it holds."""
    answer = answer_of(6, 1500)
    logs = read_logs(target, bytearray(orjson.dumps(answer)), 1, 10**6)
    slow = tuple(target.judge(log(found, {})) for found in answer["result"])
    assert len(logs.judged) < 300, "most logs are for the compiled reader"

    fast_rows = _written(database, target, logs.rows, logs.counts, logs.judged)
    slow_rows = _written(database, target, (b"",) * len(target.tables), (0,) * len(target.tables), slow)

    assert fast_rows == slow_rows
    assert sum(map(len, fast_rows)) == 1500


def _written(database: str, target: Target, rows: Any, counts: Any, judged: Any) -> list[list[tuple[Any, ...]]]:
    header = Header(1, bytes(32), bytes(32), 0)
    with connect(database) as connection, connection.transaction(force_rollback=True), connection.cursor() as cursor:
        copy_rows(cursor, target.tables, Reading(header, header, (), rows, counts, judged, 0, 0))
        return [_contents(cursor, table.name) for table in target.tables]


def _contents(cursor: psycopg.Cursor[Any], table: str) -> list[tuple[Any, ...]]:
    return cursor.execute(f"SELECT * FROM {table} ORDER BY block_number, log_index").fetchall()  # type: ignore[arg-type]
