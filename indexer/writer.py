"""The one writer of a mirror: every change is one transaction that moves the checkpoint with its rows.

Invariants: only the holder of the advisory lock writes; if its connection is lost, so is the lock, and nothing of an
unfinished transaction stays. The connection is used from one thread of its own, so the loop reads on while it writes.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import copy_context
from typing import Any, TypeVar

import orjson
import psycopg
from psycopg import sql

from indexer import metrics
from indexer.answers import cut, keep
from indexer.aside import read_aside_again
from indexer.cells import moment
from indexer.connection import reachable
from indexer.copying import copy_rows
from indexer.decoding_again import decode_again
from indexer.deployment import Contract, Deployment, first_change
from indexer.derived import Derived
from indexer.errors import ForeignChain, SettingInvalid
from indexer.known_positions import known_positions
from indexer.log import BEFORE_GENESIS, Position
from indexer.partitions import Partitions
from indexer.reading import Reading
from indexer.scanning import Logs
from indexer.store import Store
from indexer.target import Target

_OUTBOX_ROWS = 100_000
_PRUNE_EVERY = 1000
_FLUSHES_STATISTICS = 150000  # the first version of PostgreSQL that has the function

T = TypeVar("T")


class Writer:
    """Writes to one database over one connection; made by `open_writer`."""

    def __init__(self, connection: psycopg.Connection[Any], store: Store, derived: Sequence[Derived] = ()) -> None:
        self._connection = connection
        self._store = store
        self._derived = derived
        self._thread = ThreadPoolExecutor(1, "indexer-writer")
        self._cursor = connection.cursor()
        self._partitions = Partitions(store.tables, store.partition_blocks)
        self.here: Position = BEFORE_GENESIS
        """The last block that is mirrored, with all blocks before it."""
        self._next = self.here
        self.halted: str | None = None
        """Why nothing more is mirrored until somebody decides; None: all is well."""
        self.final = -1
        """The highest block that the chain called final; whoever learns of it sets it, the next commit keeps it."""

    async def adopt(self, chain_id: int, genesis_hash: bytes) -> None:
        """Makes sure that the database mirrors this chain. Raises ForeignChain if it has rows of another."""
        await self._run(self._adopt, chain_id, genesis_hash)

    async def load(self) -> None:
        """Reads `here` from the checkpoint."""
        await self._run(self._load)

    async def append(self, reading: Reading, reorg_blocks: int) -> None:
        """Adds the rows of a reading that follows on `here`, and moves there."""
        await self._run(self._append, reading, reorg_blocks)

    async def rewind(self, to: Position) -> None:
        """Deletes everything above `to`, and moves there."""
        await self._run(self._transact, self._rewind, to)

    async def forget(self) -> None:
        """Deletes everything, and which chain it was of."""
        await self._run(self._transact, self._forget)

    async def take_up(self, deployment: Deployment) -> Position | None:
        """Makes the mirrored contracts those of `deployment`; where that changes what past blocks say, rewinds there.

        Gives the position that it rewound to, None if nothing had to be undone.
        """
        return await self._run(self._transact, self._take_up, deployment)

    async def added(self, deployment: Deployment) -> tuple[Contract, ...]:
        """The contracts of `deployment` that are not mirrored yet and spoke in mirrored blocks; none if that is not all
        that it changes."""
        return await self._run(self._transact, self._added, deployment)

    async def backfill(self, deployment: Deployment, first: int, readings: AsyncIterator[Reading]) -> int:
        """Adds readings of the added contracts, from block `first` to `here`: all of them, or on an error none."""
        rows = 0
        await self._run(self._begin)
        try:
            async for reading in readings:
                rows += await self._run(self._copy, reading)
            await self._run(self._end_backfill, deployment, first)
        except BaseException:
            self._partitions.forget()
            with suppress(psycopg.Error):
                await self._run(self._connection.rollback)
            raise
        return rows

    async def read_aside_again(self, target: Target) -> int:
        """Makes rows of logs that were set aside for want of an event that the target knows; gives how many."""
        return await self._run(self._transact, self._read_aside_again, target)

    async def known(self, highest: int, limit: int) -> list[Position]:
        """Blocks up to `highest` whose hash is known, the newest first."""
        return await self._run(self._transact, known_positions, self._cursor, self._store, highest, limit)

    async def seen(self, head: int) -> None:
        """Records that the indexer lives and where the chain's head is."""
        await self._run(self._transact, self._seen, head)

    async def halt(self, reason: str | None) -> None:
        """Records why nothing more is mirrored, or with None that it goes on."""
        await self._run(self._transact, self._halt, reason)

    async def drop_indexes(self) -> None:
        """Takes off what only readers need, before a long history is read into empty tables."""
        await self._run(self._transact, self._drop_indexes)

    async def build_indexes(self) -> int:
        """Makes the indexes that are missing; gives how many."""
        return await self._run(self._transact, self._build_indexes)

    async def read(self, ask: Callable[[psycopg.Cursor[Any]], T]) -> T:
        """What a question to the database gives, asked between two batches."""
        return await self._run(self._transact, ask, self._cursor)

    async def redecode(self, target: Target, remake: Callable[[psycopg.Cursor[Any]], int]) -> int:
        """Makes all rows anew of the kept answers; gives how many. Raises SettingInvalid unless these are all.

        `remake` empties the event tables or makes new ones, and says how many rows they had.
        """
        return await self._run(self._transact, self._redecode, target, remake)

    async def close(self) -> None:
        """Ends the thread; the connection is the opener's to close."""
        await asyncio.to_thread(self._thread.shutdown)

    async def _run(self, work: Callable[..., T], *arguments: Any) -> T:
        """Runs on the writer's thread; a cancelled caller still waits for it, so nobody closes what is in use."""
        context = copy_context()  # figures are counted for the caller's chain
        running = asyncio.get_running_loop().run_in_executor(self._thread, context.run, work, *arguments)
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            with suppress(psycopg.Error):
                self._connection.cancel()
            await asyncio.wait([running])
            with suppress(Exception):
                running.result()
            raise

    # What runs on the thread.

    def _transact(self, work: Callable[..., T], *arguments: Any) -> T:
        with self._transaction():
            return work(*arguments)

    def _execute(self, statement: str, *arguments: object, **names: str) -> psycopg.Cursor[Any]:
        """One statement; `{checkpoint}` and the like are the store's names."""
        store = self._store
        fixed = {"checkpoint": store.checkpoint, "blocks": store.blocks, "contracts": store.contracts}
        every = {**fixed, "outbox": store.outbox, **names}
        composed = sql.SQL(statement).format(**{name: sql.Identifier(value) for name, value in every.items()})
        return self._cursor.execute(composed, arguments)

    def _checkpoint(self) -> Any:
        return self._execute(
            "SELECT chain_id, genesis_hash, number, hash, extract(epoch FROM time)::bigint, halted, final_number"
            " FROM {checkpoint}"
        ).fetchone()

    def _adopt(self, chain_id: int, genesis_hash: bytes) -> None:
        with self._transaction():
            found = self._checkpoint()
            if found is None:
                start = BEFORE_GENESIS
                self._execute(
                    "INSERT INTO {checkpoint} (chain_id, genesis_hash, number, hash, time, head_number)"
                    " VALUES (%s, %s, %s, %s, %s, %s)",
                    *(chain_id, genesis_hash, start.number, start.hash, moment(start.time), start.number),
                )
            elif (found[0], found[1]) != (chain_id, genesis_hash):
                raise ForeignChain(found[1], genesis_hash)
        self._load()

    def _load(self) -> None:
        with self._transaction():
            for derived in self._derived:
                derived.opened(self._cursor)
            found = self._checkpoint()
        self.here = BEFORE_GENESIS if found is None else Position(found[2], found[3], found[4])
        self.halted, self.final = (None, -1) if found is None else found[5:]
        metrics.put("indexer_halted", self.halted is not None)
        self._say_where()

    def _say_where(self) -> None:
        metrics.put("indexer_block", self.here.number)
        metrics.put("indexer_block_timestamp_seconds", self.here.time)

    def _append(self, reading: Reading, reorg_blocks: int) -> None:
        started = time.monotonic()
        last = reading.last
        with self._transaction():
            written = self._place(reading)
            if reading.headers:
                self._cursor.executemany(
                    sql.SQL("INSERT INTO {} (number, hash, parent_hash, time) VALUES (%s, %s, %s, %s)").format(
                        sql.Identifier(self._store.blocks)
                    ),
                    [(h.number, h.hash, h.parent_hash, moment(h.time)) for h in reading.headers],
                )
            oldest = min(reading.head - reorg_blocks + 1, last.number)
            # Where rows carry no hash, the last block of each batch of the history is the only way back to it.
            newest_kept = -1 if self._store.has_hashes else oldest - reorg_blocks - 1000
            self._execute("DELETE FROM {blocks} WHERE number < %s AND number > %s", oldest, newest_kept)
            for derived in self._derived if written else ():
                derived.appended(self._cursor, reading.first.number, last.number)
            self._move(Position(last.number, last.hash, last.time), reading.head)
            self._tell({"number": last.number, "hash": "0x" + last.hash.hex()}, reading.first.number)
            if last.number == reading.head and self._connection.info.server_version >= _FLUSHES_STATISTICS:
                # Else the server shows the last rows of a backfill in its statistics up to ten seconds late.
                self._cursor.execute("SELECT pg_stat_force_next_flush()")
        metrics.count("indexer_write_seconds_total", time.monotonic() - started)
        metrics.count("indexer_rows_total", written)
        metrics.count("indexer_commits_total")
        metrics.put("indexer_commit_lag_seconds", max(0.0, time.time() - last.time))

    def _rewind(self, to: Position) -> None:
        for derived in self._derived:
            derived.before_rewind(self._cursor, to.number)
        for table in self._store.tables:
            self._execute("DELETE FROM {table} WHERE block_number > %s", to.number, table=table.name)
        self._execute("DELETE FROM {blocks} WHERE number > %s", to.number)
        if self._store.answers:
            cut(self._cursor, self._store.answers, to.number)
        for derived in self._derived:
            derived.rewound(self._cursor, to.number)
        self.final = min(self.final, to.number)  # lower only by word of an operator, or for a contract that moved
        self._move(to, None)
        self._tell({"reorg_to": to.number}, to.number + 1)

    def _forget(self) -> None:
        self._rewind(BEFORE_GENESIS)
        self._execute("DELETE FROM {contracts}")
        self._execute("DELETE FROM {checkpoint}")

    def _mirrored(self) -> tuple[Contract, ...]:
        found = self._execute("SELECT name, address, block, required_bits FROM {contracts} ORDER BY name").fetchall()
        return tuple(Contract(*row) for row in found)

    def _added(self, deployment: Deployment) -> tuple[Contract, ...]:
        mirrored = {contract.source for contract in self._mirrored()}
        if not mirrored or not mirrored <= {contract.source for contract in deployment.contracts}:
            return ()
        return tuple(c for c in deployment.contracts if c.source not in mirrored and c.block <= self.here.number)

    def _begin(self) -> None:
        with reachable():
            self._execute("BEGIN")

    def _copy(self, logs: Reading | Logs) -> int:
        with reachable():
            return self._place(logs)

    def _place(self, logs: Reading | Logs) -> int:
        if not any(logs.counts) and not logs.judged:
            return 0
        if isinstance(logs, Reading) and logs.answer is not None and self._store.answers:
            keep(self._cursor, self._store.answers, logs.answer)
        return copy_rows(self._cursor, self._partitions.places(self._cursor, logs), logs)

    def _end_backfill(self, deployment: Deployment, first: int) -> None:
        with reachable():
            self._tell_again(first)
            self._record(deployment)
            self._execute("COMMIT")

    def _read_aside_again(self, target: Target) -> int:
        explained, first = read_aside_again(self._cursor, self._store, target, self._copy)
        if first is not None:
            self._tell_again(first)
        return explained

    def _redecode(self, target: Target, remake: Callable[[psycopg.Cursor[Any]], int]) -> int:
        there = remake(self._cursor)
        self._partitions.forget()
        made = decode_again(self._cursor, self._store.answers, target, self._place)
        if made != there:
            raise SettingInvalid(
                "keep_answers", f"{made} logs are in the answers, {there} in the tables: not all were kept"
            )
        self._tell_again(target.start)
        return made

    def _tell_again(self, first: int) -> None:
        """Rows came into blocks that were told already: to who listens, these blocks are taken back and told anew."""
        for derived in self._derived:
            derived.backfilled(self._cursor)
        self._tell({"reorg_to": first - 1}, first)
        self._tell({"number": self.here.number, "hash": "0x" + self.here.hash.hex()}, first)

    def _take_up(self, deployment: Deployment) -> Position | None:
        mirrored = self._mirrored()
        if mirrored == deployment.contracts:
            return None
        change = first_change(mirrored, deployment.contracts)
        self._record(deployment)
        if change is None or change > self.here.number:
            return None
        to = next(iter(known_positions(self._cursor, self._store, change - 1, 1)), BEFORE_GENESIS)
        self._rewind(to)
        return to

    def _record(self, deployment: Deployment) -> None:
        self._execute("DELETE FROM {contracts}")
        for contract in deployment.contracts:
            self._execute(
                "INSERT INTO {contracts} (name, address, block, required_bits) VALUES (%s, %s, %s, %s)",
                *(contract.name, contract.address, contract.block, contract.required_bits),
            )
        for derived in self._derived:
            derived.taken_up(self._cursor)

    def _seen(self, head: int) -> None:
        self._execute("UPDATE {checkpoint} SET head_number = %s, seen_at = now(), final_number = %s", head, self.final)

    def _halt(self, reason: str | None) -> None:
        self._execute("UPDATE {checkpoint} SET halted = %s, seen_at = now()", reason)
        self.halted = reason
        metrics.put("indexer_halted", reason is not None)

    def _drop_indexes(self) -> None:
        for name in self._store.indexes:
            self._execute("DROP INDEX IF EXISTS {index}", index=name)

    def _build_indexes(self) -> int:
        there = self._execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = %s AND indexname = ANY (%s)",
            *(self._store.schema, list(self._store.indexes)),
        ).fetchall()
        missing = self._store.indexes.keys() - {name for (name,) in there}
        for name in sorted(missing):
            self._cursor.execute(self._store.indexes[name].encode())
        if missing:
            self._cursor.execute("ANALYZE")
        return len(missing)

    def _move(self, to: Position, head: int | None) -> None:
        self._execute(
            "UPDATE {checkpoint} SET number = %s, hash = %s, time = %s, seen_at = now(), halted = NULL,"
            " head_number = coalesce(%s, head_number), final_number = %s",
            *(to.number, to.hash, moment(to.time), head, self.final),
        )
        self._next = to

    def _tell(self, message: dict[str, object], first: int) -> None:
        """In the transaction that it tells of: who listens hears it after the commit, who was away reads the outbox."""
        payload = orjson.dumps(message).decode()
        added = self._execute(
            "INSERT INTO {outbox} (first_block, message) VALUES (%s, %s::jsonb) RETURNING id", first, payload
        ).fetchone()
        if added and added[0] % _PRUNE_EVERY == 0:
            self._execute("DELETE FROM {outbox} WHERE id <= %s", added[0] - _OUTBOX_ROWS)
        self._cursor.execute("SELECT pg_notify(%s, %s)", (self._store.channel, payload))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing; `here` moves only when the database has committed."""
        self._next = self.here
        try:
            with reachable(), self._connection.transaction():
                yield
        except BaseException:
            self._partitions.forget()
            raise
        if self.here != self._next:
            self.here = self._next
            self._say_where()
