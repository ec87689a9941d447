"""What the chain has called final is remembered, so that a restart forgets no promise."""

from pathlib import Path

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql" / "0007_final.sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql(_SQL.read_text())


def downgrade() -> None:
    op.get_bind().exec_driver_sql("ALTER TABLE checkpoint DROP COLUMN final_number")
