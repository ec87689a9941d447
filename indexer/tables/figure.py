"""Events of ProofOfOptimization: figures that governance sets besides those of `parameters_set`."""

from sqlalchemy import Column, Integer, SmallInteger

from indexer.tables.metadata import Uint64, event_table

answer_seconds_set = event_table(
    "answer_seconds_set",
    Column("answer_seconds", Uint64),
)
attested_percent_set = event_table(
    "attested_percent_set",
    Column("ruleset", Integer),
    Column("percent", SmallInteger),
)
