"""python -m indexer, as a user types it: what it says and its exit codes."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.errors import SettingInvalid
from indexer.migrations import head_revision
from indexer.settings import read_settings
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import catch_up, contents, places, settings_for
from tests.indexer.process import ROOT, Process, wait_until
from tests.indexer.test_reorg import emit_blocks

NOWHERE = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({}, "LIGHTDOM_DATABASE_URL: is not set"),
        ({"LIGHTDOM_RPC_URL": "ws://127.0.0.1"}, "LIGHTDOM_RPC_URL: must begin with http"),
        ({"LIGHTDOM_RPC_URL": "http://host:many"}, "LIGHTDOM_RPC_URL: is not a URL like"),
        ({"LIGHTDOM_RPC_URL": "http://[::1"}, "LIGHTDOM_RPC_URL: is not a URL like"),
        ({"LIGHTDOM_RPC_URL": "http://"}, "LIGHTDOM_RPC_URL: is not a URL like"),
        ({"LIGHTDOM_RPC_PORT": "70000"}, "LIGHTDOM_RPC_PORT: 70000 is not between 1 and 65535"),
        ({"LIGHTDOM_CONFIRMATIONS": "few"}, "LIGHTDOM_CONFIRMATIONS: 'few' is not a whole number"),
        ({"LIGHTDOM_CONFIRMATIONS": "-1"}, "LIGHTDOM_CONFIRMATIONS: -1 is not between"),
    ],
)
def test_a_wrong_setting_is_named(environment: dict[str, str], reason: str) -> None:
    with pytest.raises(SettingInvalid, match=reason):
        read_settings(environment if not environment else {"LIGHTDOM_DATABASE_URL": "postgresql://x"} | environment)


@pytest.mark.parametrize("url", ["mysql://user:hush@host/name", "not a url at all, hush"])
def test_a_wrong_database_url_is_refused_without_repeating_it(tmp_path: Path, url: str) -> None:
    done = Process(url, NOWHERE, tmp_path).run("migrate")

    assert done.returncode == 2
    assert done.stderr.startswith("indexer: LIGHTDOM_DATABASE_URL: ")
    assert "hush" not in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["status"], ["rewind", "--to", "1", "--yes"], ["migrate"]])
def test_a_database_that_is_away_has_its_own_exit_code(tmp_path: Path, arguments: list[str]) -> None:
    done = Process("postgresql://postgres@127.0.0.1:1/none", NOWHERE, tmp_path).run(*arguments)

    assert done.returncode == 4
    assert "no answer from the database" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_schema_that_was_never_migrated_stops_it(empty_database: str, chain: Anvil, tmp_path: Path) -> None:
    indexer = Process(empty_database, chain.url, tmp_path)

    done = indexer.run("run")
    assert done.returncode == 6
    assert "run `python -m indexer migrate`" in done.stderr
    assert indexer.run("status").returncode == 6

    assert indexer.run("migrate").stdout == f"schema at {head_revision()}, newest is {head_revision()}\n"
    assert indexer.run("migrate", "--down").stdout == f"schema at nothing, newest is {head_revision()}\n"


def test_status_of_a_mirror_whose_node_is_away(database: str, tmp_path: Path) -> None:
    done = Process(database, NOWHERE, tmp_path).run("status", "--json")

    assert done.returncode == 3
    status = json.loads(done.stdout)
    assert (status["state"], status["chain_head"], status["is_running"]) == ("chain unreachable", None, False)
    assert "LIGHTDOM_RPC_URL" in status["chain_error"]


def test_status_tells_how_far_the_mirror_is(database: str, chain: Anvil, emitters: Emitters, tmp_path: Path) -> None:
    emit_blocks(random.Random(1), chain, emitters, 5)
    catch_up(settings_for(database, chain, tmp_path))
    chain.mine(3)
    indexer = Process(database, chain.url, tmp_path)

    done = indexer.run("status", "--json")
    assert done.returncode == 0
    status = json.loads(done.stdout)
    assert (status["state"], status["chain_head"], status["lag_blocks"]) == ("stopped", chain.head, 3)
    assert status["indexed_hash"] == "0x" + chain.block_hash(chain.head - 3).hex()
    assert sum(status["rows"].values()) == len(places(contents(database)))

    indexer.start()
    wait_until(lambda: json.loads(indexer.run("status", "--json").stdout)["state"] == "synced")
    refused = indexer.run("rewind", "--to", "1", "--yes")
    assert (refused.returncode, "another indexer writes" in refused.stderr) == (5, True)
    indexer.stop()


def test_rewind_asks_first_and_then_a_run_reads_it_again(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    emit_blocks(random.Random(2), chain, emitters, 8)
    settings = settings_for(database, chain, tmp_path)
    catch_up(settings)
    whole = contents(database)
    indexer = Process(database, chain.url, tmp_path)

    assert indexer.run("rewind", "--to", "5").returncode == 2
    assert contents(database) == whole

    done = indexer.run("rewind", "--to", "5", "--yes")
    assert (done.returncode, done.stdout) == (0, "mirror is at block 5\n")
    assert places(contents(database)) == [place for place in places(whole) if place[0] <= 5]

    catch_up(settings)
    assert contents(database) == whole


def test_an_emptied_mirror_takes_another_chain(database: str, chain: Anvil, emitters: Emitters, tmp_path: Path) -> None:
    catch_up(settings_for(database, chain, tmp_path))
    with Anvil("--timestamp", "1600000000") as other:
        indexer = Process(database, other.url, tmp_path)
        refused = indexer.run("run")
        assert refused.returncode == 6
        assert "python -m indexer rewind --to 0 --yes" in refused.stderr
        assert indexer.run("status").returncode == 6

        assert indexer.run("rewind", "--to", "0", "--yes").stdout == "mirror is empty\n"
        indexer.start()
        wait_until(lambda: "DeploymentMissing" in indexer.words)
        indexer.stop()
    assert contents(database)["checkpoint"][0][1] != chain.block_hash(0)


def test_help_names_every_command_and_exit_code() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "indexer", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )

    for word in ("run", "status", "rewind", "migrate", "exit codes"):
        assert word in done.stdout
