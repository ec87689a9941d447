"""Demands and reward streams can be read as what they have come to."""

from pathlib import Path

from alembic import op

from indexer.migrations.states import drop_states, make_states

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STATES = Path(__file__).parents[1] / "sql" / "0006_states.sql"


def upgrade() -> None:
    for statement in make_states(_STATES.read_text()):
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in drop_states(_STATES.read_text()):
        op.get_bind().exec_driver_sql(statement)
