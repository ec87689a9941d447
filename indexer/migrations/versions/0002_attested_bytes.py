"""Claims tell attested savings from proven ones."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((_SQL / "0002_attested.sql").read_text())


def downgrade() -> None:
    op.get_bind().exec_driver_sql((_SQL / "0002_down.sql").read_text())
