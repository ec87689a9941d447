"""Event tables of the claim game: challengers, demands, streams, stakes, domain votes."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"


def upgrade() -> None:
    op.get_bind().exec_driver_sql((_SQL / "0003_game.sql").read_text())


def downgrade() -> None:
    op.get_bind().exec_driver_sql((_SQL / "0003_game_down.sql").read_text())
