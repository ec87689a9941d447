"""The figures of a run are those of what happened, and a backfill says how far it is."""

import logging
import random
import sys
import time
import urllib.request
from collections.abc import Callable
from contextvars import copy_context
from pathlib import Path

import pytest

from indexer import metrics
from indexer.progress import Progress
from indexer.tables import event_tables
from tests.indexer.anvil import Anvil, _free_port
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import contents
from tests.indexer.process import Process, wait_until
from tests.indexer.test_node import proxy
from tests.indexer.test_reorg import emit_blocks


def test_a_run_counts_its_rows_requests_refusals_reorgs_and_times(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    port = str(_free_port())
    asked = [0]

    def busy_at_third(request: object, answer: object) -> object:
        asked[0] += 1
        return 429 if asked[0] == 3 else answer

    source = random.Random(1)
    emit_blocks(source, chain, emitters, 8)
    with proxy(chain.url, busy_at_third, {"Retry-After": "0"}) as url:
        indexer = Process(database, url, tmp_path, LIGHTDOM_INDEXER_METRICS_PORT=port, LIGHTDOM_WS_URL="none")
        indexer.start()
        wait_until(lambda: _at(database) == (chain.head, chain.block_hash(chain.head)))
        wrote = _rows(database)
        before = [chain.block_hash(chain.head - back) for back in range(3)]
        chain.reorg(3)
        # A block without logs may be replaced by its equal, which is no reorg.
        depth = sum(chain.block_hash(chain.head - back) != before[back] for back in range(3))
        undone = wrote - _rows_up_to(database, chain.head - depth)
        emit_blocks(source, chain, emitters, 2)
        wait_until(lambda: _at(database) == (chain.head, chain.block_hash(chain.head)))
        figures = _figures(port)
        indexer.stop()

    assert figures["indexer_rows_total"] == _rows(database) + undone
    assert figures["indexer_block"] == figures["indexer_head_block"] == chain.head
    assert figures["indexer_lag_blocks"] == figures["indexer_lag_seconds"] == figures["indexer_halted"] == 0
    assert figures["indexer_reorgs_total"] == 1
    assert figures["indexer_reorg_blocks"] == depth > 0
    assert 0 < figures["indexer_copy_seconds_total"] < figures["indexer_write_seconds_total"] < 60
    assert 0 < figures["indexer_scan_seconds_total"] < 60
    assert abs(figures["indexer_seen_timestamp_seconds"] - time.time()) < 60
    requests = {key: value for key, value in figures.items() if key.startswith("indexer_rpc_seconds_count")}
    assert sum(value for key, value in requests.items() if 'status="429"' in key) == 1
    for method in ("eth_chainId", "eth_getBlockByNumber", "eth_getLogs"):
        labels = f'{{method="{method}",status="200"}}'
        assert figures[f"indexer_rpc_seconds_count{labels}"] >= 1
        assert 0 < figures[f"indexer_rpc_seconds_sum{labels}"] < 60
        slowest = labels.replace("}", ',le="+Inf"}')
        assert figures[f"indexer_rpc_seconds_bucket{slowest}"] == figures[f"indexer_rpc_seconds_count{labels}"]
    assert sum(requests.values()) <= asked[0]


def test_the_lag_grows_while_nothing_moves() -> None:
    def behind() -> dict[str, float]:
        metrics.of_chain("stuck")
        metrics.put("indexer_head_block", 10)
        metrics.put("indexer_block", 7)
        metrics.put("indexer_block_timestamp_seconds", time.time() - 30)
        return _read(metrics.text())

    found = copy_context().run(behind)

    assert found['indexer_lag_blocks{chain="stuck"}'] == 3
    assert 30 <= found['indexer_lag_seconds{chain="stuck"}'] < 60


def test_a_backfill_shows_a_bar_with_its_pace_and_the_time_left_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    _play(lambda: time.sleep(0.21))
    last = capsys.readouterr().err.rsplit("\r", 1)[1]

    assert last.startswith("█" * 30 + " 100.0% block 1000 of 1000, ")
    assert "rows/s, 0.0 s left" in last
    assert last.endswith("\n")


def test_a_backfill_says_a_line_now_and_then_where_nobody_watches(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "indexer"):
        _play(lambda: None)

    (line,) = caplog.records  # the others came within the pause between two
    assert (line.message, line.fields["block"], line.fields["head"]) == ("history", 500, 1000)  # type: ignore[attr-defined]


def _play(wait: Callable[[], None]) -> None:
    progress = Progress()
    for block in (500, 600, 1000):
        progress.say(block, 1000, 100)
        wait()


def _figures(port: str) -> dict[str, float]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return _read(answer.read().decode())


def _read(text: str) -> dict[str, float]:
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


def _at(database: str) -> tuple[int, bytes] | None:
    found = contents(database)["checkpoint"]
    return (found[0][2], found[0][3]) if found else None


def _rows(database: str) -> int:
    return _rows_up_to(database, 2**62)


def _rows_up_to(database: str, block: int) -> int:
    rows = contents(database)
    return sum(row[0] <= block for table in event_tables() for row in rows[table.name])
