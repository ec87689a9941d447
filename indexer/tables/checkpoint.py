"""How far the mirror reaches: one row, moved in the transaction that writes the rows it speaks of."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, DateTime, Table, Text, func, text

from indexer.tables.metadata import Hash, metadata

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("one_row", Boolean, primary_key=True, server_default=text("true")),
    Column("chain_id", BigInteger, nullable=False),
    Column("genesis_hash", Hash, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("hash", Hash, nullable=False),
    Column("time", DateTime(timezone=True), nullable=False),
    Column("head_number", BigInteger, nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("halted", Text),
    Column("final_number", BigInteger, nullable=False, server_default=text("-1")),
    CheckConstraint("one_row", name="one_row"),
    CheckConstraint("number >= -1", name="number_from_genesis"),
    CheckConstraint("octet_length(hash) = 32", name="hash_size"),
)
"""`number`, `hash`, `time`: the last block whose logs are all here; number -1 with a zero hash is before genesis.
`head_number`, `seen_at`: the chain's head and when the indexer last saw it (at least every 5 s while it runs).
`halted`: why nothing more is mirrored until an operator decides; null while all is well.
`final_number`: the highest mirrored block that the chain has promised never to take back; -1: none."""
