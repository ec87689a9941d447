"""What was told to subscribers is kept for those who were away; a broken promise of the chain halts the mirror."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((_SQL / "0004_outbox.sql").read_text())


def downgrade() -> None:
    op.get_bind().exec_driver_sql((_SQL / "0004_outbox_down.sql").read_text())
