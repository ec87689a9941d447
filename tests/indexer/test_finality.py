"""What the chain called final: a node that takes it back is not followed, until an operator says so."""

import asyncio
import json
import random
import urllib.request
from pathlib import Path
from typing import Any

import psycopg
import pytest

from api import Settings as ApiSettings
from indexer.command import main
from indexer.errors import Halted
from tests.api.conftest import Asker
from tests.indexer.anvil import Anvil, _free_port
from tests.indexer.emissions import Emitters, deploy
from tests.indexer.mirroring import catch_up, contents, follow_until, places, places_on_chain, settings_for
from tests.indexer.process import Process, wait_until
from tests.indexer.simulation import heard
from tests.indexer.test_chains import reached, running, transfers, transfers_on_chain, write_config
from tests.indexer.test_node import proxy
from tests.indexer.test_reorg import emit_blocks, fresh

FINAL = {"LIGHTDOM_INDEXER_FINALITY": "3"}


def test_a_reorg_past_what_was_final_is_not_followed_after_a_restart_either(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path, **FINAL)
    source = random.Random(1)
    emit_blocks(source, chain, emitters, 10)
    catch_up(settings)
    emit_blocks(source, chain, emitters, 1)
    catch_up(settings)
    before = contents(database)
    chain.reorg(6)
    emit_blocks(source, chain, emitters, 1)

    with pytest.raises(Halted, match=r"block \d+ was final"):
        catch_up(settings)
    assert contents(database) == before


def test_a_reorg_above_what_was_final_is_followed(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path, **FINAL)
    source = random.Random(2)
    emit_blocks(source, chain, emitters, 10)
    catch_up(settings)
    chain.reorg(3)
    emit_blocks(source, chain, emitters, 1)
    catch_up(settings)

    assert contents(database) == fresh(second_database, chain, tmp_path)


@pytest.mark.parametrize(("rule", "depth"), [("tags", 64), ("safe", 32), ("7", 7), ("none", None), ("auto", None)])
def test_what_is_final_is_what_the_rule_says(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, rule: str, depth: int | None
) -> None:
    chain.mine(90)
    catch_up(settings_for(database, chain, tmp_path, LIGHTDOM_INDEXER_FINALITY=rule))

    with psycopg.connect(database) as connection:
        found = connection.execute("SELECT final_number FROM checkpoint").fetchone()
    assert found == (-1 if depth is None else chain.head - depth,)


def test_a_node_without_tags_is_trusted_as_deep_as_a_depth(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    def tagless(request: Any, answer: Any) -> Any:
        if isinstance(request, dict) and request["params"][:1] == ["finalized"]:
            return {"id": request["id"], "error": {"code": -32602, "message": "unknown block tag"}}
        return answer

    chain.mine(90)
    with proxy(chain.url, tagless) as url:
        catch_up(settings_for(database, chain, tmp_path, LIGHTDOM_RPC_URL=url, LIGHTDOM_INDEXER_FINALITY="tags"))

    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT final_number FROM checkpoint").fetchone() == (chain.head - 64,)


def test_one_node_that_contradicts_what_was_final_is_left_for_another(database: str, tmp_path: Path) -> None:
    with Anvil("--timestamp", "1600000000") as chain, Anvil("--timestamp", "1600000000") as strange:
        emitters = deploy(chain)
        emitters.write_manifest(tmp_path)
        strange.mine(30)
        emit_blocks(random.Random(3), chain, emitters, 10)
        catch_up(settings_for(database, chain, tmp_path, **FINAL))
        emit_blocks(random.Random(4), chain, emitters, 2)
        both = settings_for(database, chain, tmp_path, LIGHTDOM_RPC_URL=f"{strange.url},{chain.url}", **FINAL)

        asyncio.run(follow_until(both, database, chain.head))
        assert places(contents(database)) == places_on_chain(chain, list(emitters.addresses.values()))


def test_a_halted_mirror_is_not_ready_until_an_operator_recovers_it(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    port = str(_free_port())
    indexer = Process(database, chain.url, tmp_path, LIGHTDOM_INDEXER_METRICS_PORT=port, **FINAL)
    api = Asker(ApiSettings(database_url=database, dashboards=tmp_path))
    source = random.Random(5)
    emit_blocks(source, chain, emitters, 10)
    indexer.start()
    wait_until(lambda: _state(indexer) == "synced")
    emit_blocks(source, chain, emitters, 1)
    wait_until(lambda: contents(database)["checkpoint"][0][2] == chain.head)
    assert api.request("GET", "/ready").response.status_code == 200
    before = contents(database)

    chain.reorg(7)
    emit_blocks(source, chain, emitters, 2)
    wait_until(lambda: api.request("GET", "/ready").response.status_code == 503)
    (halt,) = (check for check in api.request("GET", "/ready").json["checks"] if not check["isMet"])
    assert halt["name"] == "indexer halted"
    assert "was final" in halt["detail"]
    assert (indexer.run("status").returncode, _state(indexer)) == (1, "halted")
    assert "indexer_halted 1\n" in _figures(port)
    assert '"event": "halted", "level": "critical"' in indexer.words

    indexer.stop()  # whoever starts it again is told the same, not less
    indexer.start()
    wait_until(lambda: indexer.words.count('"Halted"') >= 2)
    assert halt in api.request("GET", "/ready").json["checks"]
    assert contents(database) == before

    assert indexer.run("recover").returncode == 2
    recovered = indexer.run("recover", "--yes")
    assert recovered.returncode == 0, recovered.stderr
    wait_until(lambda: _state(indexer) == "synced")
    assert api.request("GET", "/ready").response.status_code == 200
    assert "indexer_halted 0\n" in _figures(port)
    indexer.stop()
    assert contents(database) == fresh(second_database, chain, tmp_path)
    assert heard(database, emitters.block) == chain.head


def test_recovering_undoes_nothing_when_the_node_is_back_on_the_chain(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    emit_blocks(random.Random(6), chain, emitters, 5)
    catch_up(settings_for(database, chain, tmp_path))
    before = contents(database), _outbox(database)
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE checkpoint SET halted = 'block 5 was final'")
    indexer = Process(database, chain.url, tmp_path)

    assert indexer.run("recover", "--yes").stdout == f"mirror is at block {chain.head}; a run goes on from there\n"
    assert (contents(database), _outbox(database)) == before
    assert indexer.run("status").returncode == 0


def test_a_node_of_another_chain_has_no_say_in_a_recovery(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    catch_up(settings_for(database, chain, tmp_path))
    before = contents(database)
    with Anvil("--timestamp", "1600000000") as other:
        assert Process(database, other.url, tmp_path).run("recover", "--yes").returncode == 6
    assert contents(database) == before


def test_a_configured_mirror_tells_its_state_and_is_recovered_and_rewound_too(
    empty_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = write_config(tmp_path / "one.toml", empty_database, "", near=emitters)

    def ask(*words: str) -> tuple[int, str]:
        code = main([*words, "--config", str(config)], {})
        return code, capsys.readouterr().out

    def told() -> dict[str, Any]:
        found: dict[str, Any] = json.loads(ask("status", "--json")[1])
        return found

    assert told()["state"] == "empty"
    source = random.Random(7)
    emit_blocks(source, chain, emitters, 10)
    with running(config, **FINAL):
        wait_until(lambda: told()["state"] == "synced")
        assert told()["rows"]["transfer"] == len(transfers_on_chain(emitters))
        emit_blocks(source, chain, emitters, 1)
        wait_until(lambda: reached(empty_database, "near", chain))
        chain.reorg(7)
        emit_blocks(source, chain, emitters, 2)
        wait_until(lambda: told()["state"] == "halted")
        assert ask("recover", "--yes")[0] == 0
        wait_until(lambda: told()["state"] == "synced")
    assert transfers(empty_database, "near") == transfers_on_chain(emitters)

    code, said = ask("status")
    assert (code, said.splitlines()[0]) == (0, "state          stopped")
    middle = emitters.block + 3
    assert ask("rewind", "--to", str(middle), "--yes")[0] == 0
    assert transfers(empty_database, "near") == [row for row in transfers_on_chain(emitters) if row[0] <= middle]


def _state(indexer: Process) -> str:
    return str(json.loads(indexer.run("status", "--json").stdout)["state"])


def _figures(port: str) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return str(answer.read().decode())


def _outbox(database: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute("SELECT id, first_block, message FROM outbox ORDER BY id").fetchall()
