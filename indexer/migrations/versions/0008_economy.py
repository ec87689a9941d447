"""Plans, nodes, models and recipes: tables of their events, and what these have come to."""

from pathlib import Path

from alembic import op

from indexer.migrations.states import drop_states, make_states

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"
_PARTS = ("plan", "node", "model", "recipe")


def upgrade() -> None:
    for part in _PARTS:
        op.get_bind().exec_driver_sql((_SQL / f"0008_{part}.sql").read_text())
    for statement in make_states((_SQL / "0008_states.sql").read_text()):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in drop_states((_SQL / "0008_states.sql").read_text()):
        op.get_bind().exec_driver_sql(statement)
    op.get_bind().exec_driver_sql((_SQL / "0008_down.sql").read_text())
