"""A version built beside the old one: readers see one of the two, whole, and everything around it goes on."""

import asyncio
import json
import random
import threading
from pathlib import Path
from typing import Any

import psycopg
import pytest

from indexer.beside import build_beside
from indexer.database import engine
from indexer.errors import DeploymentMissing
from indexer.migrations import downgrade, head_revision, schema_revision
from indexer.own_store import open_own_writer
from indexer.store import CHANNEL
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import catch_up, contents, settings_for
from tests.indexer.process import Process
from tests.indexer.simulation import heard
from tests.indexer.test_reorg import emit_blocks

_READ = (
    "SELECT (SELECT count(*) FROM optimizations), (SELECT count(*) FROM dsh_transfer), (SELECT number FROM checkpoint)"
)


def test_a_build_that_fails_leaves_the_old_version_as_it_was(
    database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    emit_blocks(random.Random(1), chain, emitters, 3)
    catch_up(settings)
    before = contents(database)
    (tmp_path / "deployments" / "31337.json").unlink()

    with pytest.raises(DeploymentMissing):
        asyncio.run(build_beside(settings))

    assert contents(database) == before
    catch_up_again = Process(database, chain.url, tmp_path)
    emitters.write_manifest(tmp_path)
    assert catch_up_again.run("migrate", "--beside").returncode == 0
    assert contents(database) == before


def test_readers_see_the_old_version_or_the_new_one_whole(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    emit_blocks(random.Random(2), chain, emitters, 10)
    catch_up(settings)
    downgrade(engine(database), "0004")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS dashboard")
        connection.execute("CREATE ROLE dashboard")
        connection.execute("GRANT SELECT ON optimizations, dsh_transfer, checkpoint TO dashboard")
        last_told = _told(connection)[-1]
    with _Reader(database, chain.head) as reader, psycopg.connect(database, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        reader.wait_for_reads(3)
        done = Process(database, chain.url, tmp_path).run("migrate", "--beside")
        reader.wait_for_reads(3)
        told = [notice.payload for notice in listener.notifies(timeout=0.5)]

    assert (done.returncode, done.stderr) == (0, "")
    assert len(reader.seen) == 1, reader.seen
    with engine(database).connect() as connection:
        assert schema_revision(connection) == head_revision()
    catch_up(settings_for(second_database, chain, tmp_path))
    assert contents(database) == contents(second_database)
    with psycopg.connect(database, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'indexer_%'").fetchone() == (0,)
        connection.execute("SET ROLE dashboard")
        connection.execute(_READ)  # type: ignore[arg-type]
        connection.execute("RESET ROLE")
        after = [message for message in _told(connection) if message[0] > last_told[0]]
        connection.execute("DROP OWNED BY dashboard")
        connection.execute("DROP ROLE dashboard")
    whole = [{"reorg_to": -1}, {"number": chain.head, "hash": "0x" + chain.block_hash(chain.head).hex()}]
    assert [message for _, message in after] == whole == [json.loads(text) for text in told]
    assert heard(database, emitters.block) == chain.head


def test_the_switch_waits_for_the_old_writer_and_the_mirror_goes_on_after_it(
    database: str, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    settings = settings_for(database, chain, tmp_path)
    emit_blocks(random.Random(3), chain, emitters, 5)
    catch_up(settings)

    async def build_while_it_writes() -> None:
        async with open_own_writer(database):
            building = asyncio.create_task(build_beside(settings))
            await asyncio.sleep(3)
            assert not building.done()
            await asyncio.to_thread(emit_blocks, random.Random(4), chain, emitters, 3)
        await building

    asyncio.run(build_while_it_writes())
    assert contents(database)["checkpoint"][0][2] == chain.head
    emit_blocks(random.Random(5), chain, emitters, 3)
    chain.reorg(2)

    catch_up(settings)

    catch_up(settings_for(second_database, chain, tmp_path))
    assert contents(database) == contents(second_database)


class _Reader:
    """Reads all the time in a thread, as a dashboard does, and keeps every different answer."""

    def __init__(self, database: str, block: int) -> None:
        self._database = database
        self.seen: set[tuple[Any, ...]] = set()
        self._reads = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> "_Reader":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def wait_for_reads(self, more: int) -> None:
        wanted = self._reads + more
        while self._reads < wanted and self._thread.is_alive():
            self._is_over.wait(0.01)

    def _read(self) -> None:
        with psycopg.connect(self._database) as connection:
            while not self._is_over.is_set():
                with connection.transaction():
                    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                    self.seen.add(connection.execute(_READ).fetchone() or ())  # type: ignore[arg-type]
                self._reads += 1


def _told(connection: psycopg.Connection[Any]) -> list[tuple[int, dict[str, Any]]]:
    return connection.execute("SELECT id, message FROM outbox ORDER BY id").fetchall()
