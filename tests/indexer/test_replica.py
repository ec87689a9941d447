"""A read replica shows what the primary shows, says what it cannot do, and takes over without a row lost.

Deep, because it takes two servers.
"""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy import text

from indexer.database import engine
from indexer.errors import DatabaseReadOnly
from indexer.migrations import upgrade
from indexer.own_store import open_own_writer
from indexer.store import CHANNEL
from indexer.tables import READ_AT_BLOCK
from tests.indexer.anvil import Anvil
from tests.indexer.emissions import Emitters
from tests.indexer.mirroring import catch_up, contents, reached_block, settings_for
from tests.indexer.postgres import Postgres
from tests.indexer.process import Process, wait_until
from tests.indexer.simulation import heard
from tests.indexer.test_reorg import emit_blocks

pytestmark = pytest.mark.deep


@pytest.fixture
def primary() -> Iterator[Postgres]:
    with Postgres() as server:
        upgrade(engine(server.url()))
        yield server


def test_a_replica_follows_and_takes_over(
    primary: Postgres, second_database: str, chain: Anvil, emitters: Emitters, tmp_path: Path
) -> None:
    source = random.Random(1)
    settings = settings_for(primary.url(), chain, tmp_path)
    emit_blocks(source, chain, emitters, 10)
    catch_up(settings)
    with primary.standby() as standby:
        emit_blocks(source, chain, emitters, 5)
        catch_up(settings)
        _wait_for(standby, primary)
        assert contents(standby.url()) == contents(primary.url())
        _refuses_what_it_cannot(standby)
        _reads_the_past(standby, primary, chain.head - 5)
        done = Process(standby.url(), chain.url, tmp_path).run("export", "--to", str(tmp_path / "out"))
        assert (done.returncode, done.stderr) == (0, "")

        chain.reorg(4)
        emit_blocks(source, chain, emitters, 6)
        catch_up(settings)
        _wait_for(standby, primary)
        assert contents(standby.url()) == contents(primary.url())
        assert heard(standby.url(), emitters.block) == chain.head

        primary.stop()
        standby.promote()
        emit_blocks(source, chain, emitters, 3)
        catch_up(settings_for(standby.url(), chain, tmp_path))
        catch_up(settings_for(second_database, chain, tmp_path))
        assert contents(standby.url()) == contents(second_database)


def _refuses_what_it_cannot(standby: Postgres) -> None:
    async def write() -> None:
        async with open_own_writer(standby.url()):
            pass

    with pytest.raises(DatabaseReadOnly, match="replica"):
        asyncio.run(write())
    with psycopg.connect(standby.url(), autocommit=True) as connection:
        with pytest.raises(ReadOnlySqlTransaction):
            connection.execute(f"LISTEN {CHANNEL}")  # so a subscriber listens at the primary, or reads the outbox
        with pytest.raises(ReadOnlySqlTransaction):
            connection.execute("DELETE FROM outbox")


def _reads_the_past(standby: Postgres, primary: Postgres, block: int) -> None:
    found = []
    for server in (standby, primary):
        with engine(server.url()).begin() as connection:
            connection.execute(READ_AT_BLOCK, {"block": block})
            found.append(connection.execute(text("SELECT * FROM totals")).all())
    assert found[0] == found[1] != []


def _wait_for(standby: Postgres, primary: Postgres) -> None:
    wait_until(lambda: reached_block(standby.url()) == reached_block(primary.url()), 30)
    with psycopg.connect(primary.url()) as connection:
        found = connection.execute("SELECT pg_current_wal_lsn()::text").fetchone()
    assert found is not None

    def has_replayed() -> bool:
        with psycopg.connect(standby.url()) as connection:
            row = connection.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", found).fetchone()
        return row == (True,)

    wait_until(has_replayed, 30)
