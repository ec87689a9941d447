"""The one writer of the mirror: every change is one transaction that moves the checkpoint with its rows.

Invariants: only the holder of the advisory lock writes; if its connection is lost, so is the lock, and nothing of an
unfinished transaction stays.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict

import orjson
import psycopg
from psycopg import sql
from sqlalchemy import Table, delete, func, insert, select, text, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from indexer.database import async_engine, reachable
from indexer.deployment import Contract, Deployment, first_change
from indexer.errors import DatabaseUnreachable, ForeignChain, SchemaOutdated, WriterBusy
from indexer.log import BEFORE_GENESIS, Position
from indexer.migrations import head_revision, schema_revision
from indexer.reading import Reading
from indexer.rows import Row, moment
from indexer.tables import blocks, checkpoint, contracts, event_tables

CHANNEL = "lightdom_blocks"
"""Each commit is notified here: {"number": n, "hash": "0x.."}, or {"reorg_to": n} after blocks were undone."""

# An arbitrary constant: whoever holds it in a database is that database's indexer.
WRITER_LOCK = 0x4C44_4958


class Writer:
    """Writes to one database over one connection; made by `open_writer`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.here: Position = BEFORE_GENESIS
        """The last block that is mirrored, with all blocks before it."""
        self._next = self.here

    async def adopt(self, chain_id: int, genesis_hash: bytes) -> None:
        """Makes sure that the database mirrors this chain. Raises ForeignChain if it has rows of another."""
        async with self._transaction():
            found = (await self._connection.execute(select(checkpoint))).one_or_none()
            if found is None:
                await self._connection.execute(
                    insert(checkpoint).values(
                        chain_id=chain_id,
                        genesis_hash=genesis_hash,
                        number=BEFORE_GENESIS.number,
                        hash=BEFORE_GENESIS.hash,
                        time=moment(BEFORE_GENESIS.time),
                        head_number=BEFORE_GENESIS.number,
                    )
                )
            elif (found.chain_id, found.genesis_hash) != (chain_id, genesis_hash):
                raise ForeignChain(found.genesis_hash, genesis_hash)
        await self.load()

    async def load(self) -> None:
        """Reads `here` from the checkpoint."""
        async with self._transaction():
            found = (await self._connection.execute(select(checkpoint))).one_or_none()
        self.here = BEFORE_GENESIS if found is None else Position(found.number, found.hash, int(found.time.timestamp()))

    async def append(self, reading: Reading, rows: Mapping[Table, Sequence[Row]], reorg_blocks: int) -> None:
        """Adds the rows of a reading that follows on `here`, and moves there."""
        last = reading.last
        remembered = [(h.number, h.hash, h.parent_hash, moment(h.time)) for h in reading.headers]
        async with self._transaction():
            for table, content in rows.items():
                await self._copy(table, content)
            await self._copy(blocks, remembered)
            oldest = min(reading.head - reorg_blocks + 1, last.number)
            await self._connection.execute(delete(blocks).where(blocks.c.number < oldest))
            await self._move(Position(last.number, last.hash, last.time), reading.head)
            await self._notify({"number": last.number, "hash": "0x" + last.hash.hex()})

    async def rewind(self, to: Position) -> None:
        """Deletes everything above `to`, and moves there."""
        async with self._transaction():
            await self._rewind(to)

    async def forget(self) -> None:
        """Deletes everything, and which chain it was of."""
        async with self._transaction():
            await self._rewind(BEFORE_GENESIS)
            await self._connection.execute(delete(contracts))
            await self._connection.execute(delete(checkpoint))

    async def take_up(self, deployment: Deployment) -> Position | None:
        """Makes the mirrored contracts those of `deployment`; where that changes what past blocks say, rewinds there.

        Gives the position that it rewound to, None if nothing had to be undone.
        """
        async with self._transaction():
            found = await self._connection.execute(select(contracts).order_by(contracts.c.name))
            mirrored = tuple(Contract(row.name, row.address, row.block, row.required_bits) for row in found)
            if mirrored == deployment.contracts:
                return None
            change = first_change(mirrored, deployment.contracts)
            await self._connection.execute(delete(contracts))
            rows = [asdict(contract) for contract in deployment.contracts]
            await self._connection.execute(insert(contracts), rows)
            if change is None or change > self.here.number:
                return None
            to = next(iter(await self._known(change - 1, 1)), BEFORE_GENESIS)
            await self._rewind(to)
        return to

    async def known(self, highest: int, limit: int) -> list[Position]:
        """Blocks up to `highest` whose hash is known, the newest first."""
        async with self._transaction():
            return await self._known(highest, limit)

    async def seen(self, head: int) -> None:
        """Records that the indexer lives and where the chain's head is."""
        async with self._transaction():
            await self._connection.execute(update(checkpoint).values(head_number=head, seen_at=func.now()))

    async def _copy(self, table: Table, rows: Sequence[Row]) -> None:
        driver = (await self._connection.get_raw_connection()).driver_connection
        assert isinstance(driver, psycopg.AsyncConnection)
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table.name), sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
        )
        async with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                await copy.write_row(row)

    async def _rewind(self, to: Position) -> None:
        for table in event_tables():
            await self._connection.execute(delete(table).where(table.c.block_number > to.number))
        await self._connection.execute(delete(blocks).where(blocks.c.number > to.number))
        await self._move(to, None)
        await self._notify({"reorg_to": to.number})

    async def _move(self, to: Position, head: int | None) -> None:
        values = {"number": to.number, "hash": to.hash, "time": moment(to.time), "seen_at": func.now()}
        if head is not None:
            values["head_number"] = head
        await self._connection.execute(update(checkpoint).values(values))
        self._next = to

    async def _known(self, highest: int, limit: int) -> list[Position]:
        sources = [select(blocks.c.number, blocks.c.hash, blocks.c.time).where(blocks.c.number <= highest)]
        for table in event_tables():
            place = (
                table.c.block_number.label("number"),
                table.c.block_hash.label("hash"),
                table.c.block_time.label("time"),
            )
            sources.append(select(*place).where(table.c.block_number <= highest).distinct())
        newest = [select(s.order_by(text("number DESC")).limit(limit).subquery()) for s in sources]
        every = union_all(*newest).subquery()
        found = await self._connection.execute(select(every).distinct().order_by(every.c.number.desc()).limit(limit))
        return [Position(row.number, row.hash, int(row.time.timestamp())) for row in found]

    async def _notify(self, message: dict[str, object]) -> None:
        await self._connection.execute(select(func.pg_notify(CHANNEL, orjson.dumps(message).decode())))

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[None]:
        """All or nothing; `here` moves only when the database has committed."""
        self._next = self.here
        with reachable():
            async with self._connection.begin():
                yield
        self.here = self._next


@asynccontextmanager
async def open_writer(database_url: str) -> AsyncIterator[Writer]:
    """The writer of this database. Raises WriterBusy while another process is it, SchemaOutdated before a migration."""
    engine = async_engine(database_url)
    try:
        with reachable():
            connection = await engine.connect()
        try:
            with reachable():
                async with connection.begin():
                    found = await connection.run_sync(schema_revision)
                    locked = await connection.scalar(select(func.pg_try_advisory_lock(WRITER_LOCK)))
            if found != head_revision():
                raise SchemaOutdated(found, head_revision())
            if not locked:
                raise WriterBusy
            writer = Writer(connection)
            await writer.load()
            yield writer
        finally:
            # Closing ends the session, and with it the lock; a connection that is gone already has no say in it.
            with suppress(DatabaseUnreachable), reachable():
                await connection.close()
    finally:
        await engine.dispose()
