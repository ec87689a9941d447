"""The event tables of the first contracts, and the views over them."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"
_PARTS = ("chain", "access", "token", "host", "claim", "verifier", "land", "views")


def upgrade() -> None:
    for part in _PARTS:
        # The driver's own call: SQLAlchemy would look for :parameters in the text.
        op.get_bind().exec_driver_sql((_SQL / f"0001_{part}.sql").read_text())


def downgrade() -> None:
    op.get_bind().exec_driver_sql((_SQL / "0001_down.sql").read_text())
