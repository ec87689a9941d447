"""`verify` reads the chain again: it finds a row too many, a row too few and a row that was changed."""

import random
from pathlib import Path

import psycopg

from indexer.versions import DERIVATIONS, rebuild
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import catch_up, contents, settings_for
from tests.indexer.process import Process
from tests.indexer.test_reorg import emit_blocks


def test_a_version_that_no_row_says_is_found(database: str, chain: Anvil, emitters: Emitters, tmp_path: Path) -> None:
    emit_blocks(random.Random(9), chain, emitters, 25)
    catch_up(settings_for(database, chain, tmp_path))
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE total_versions SET claims = claims + 1 WHERE until_block > 2^62")
        gone = connection.execute("DELETE FROM harvester_versions").rowcount

    found = Process(database, chain.url, tmp_path).run("verify")

    assert found.returncode == 1
    assert found.stdout.splitlines()[:-1] == [
        f"harvester_versions: 0 versions that the rows do not say, {gone} that are missing",
        "total_versions: 1 versions that the rows do not say, 1 that are missing",
    ]


def test_what_was_tampered_with_is_found(database: str, chain: Anvil, emitters: Emitters, tmp_path: Path) -> None:
    emit_blocks(random.Random(9), chain, emitters, 25)
    catch_up(settings_for(database, chain, tmp_path))
    indexer = Process(database, chain.url, tmp_path)
    before = contents(database)

    found = indexer.run("verify")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.endswith(" 0 differences\n")

    full = [name for name, rows in before.items() if rows and name not in ("checkpoint", "contracts")]
    with psycopg.connect(database) as connection:
        connection.execute(f"DELETE FROM {full[0]}")  # type: ignore[arg-type]  # a table of ours
        connection.execute(f"UPDATE {full[1]} SET tx_hash = sha256(tx_hash)")  # type: ignore[arg-type]
        connection.execute(
            f"INSERT INTO {full[2]} SELECT (jsonb_populate_record(t, '{{\"log_index\": 999999}}')).* FROM {full[2]} t"  # type: ignore[arg-type]
        )

        # As if the state had followed: what is looked for here is in the rows.
        rebuild(connection.cursor(), DERIVATIONS)

    found = indexer.run("verify")
    assert found.returncode == 1
    assert [line.partition(":")[0] for line in found.stdout.splitlines()[:-1]] == sorted(full[:3])
    rows = {name: len(before[name]) for name in full[:3]}
    assert f"0 rows that the chain has not, {rows[full[0]]} that are missing" in found.stdout
    assert f"{rows[full[1]]} rows that the chain has not, {rows[full[1]]} that are missing" in found.stdout
