"""State is kept in versions by block, and can be read as of any block."""

from pathlib import Path

from alembic import op

from indexer.migrations.states import drop_states, make_states

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SQL = Path(__file__).parents[1] / "sql"
_VIEWS = ("parameters", "role_members", "verifiers", "rewards", "virtual_land_nfts", "harvesters", "optimizations")


def upgrade() -> None:
    execute = op.get_bind().exec_driver_sql
    for view in (*_VIEWS, "hosts"):
        execute(f"DROP VIEW {view}")
    execute((_SQL / "0005_versions.sql").read_text())
    for statement in make_states((_SQL / "0005_states.sql").read_text()):
        execute(statement)


def downgrade() -> None:
    execute = op.get_bind().exec_driver_sql
    for statement in drop_states((_SQL / "0005_states.sql").read_text()):
        execute(statement)
    execute((_SQL / "0005_down.sql").read_text())
    # The views of before: all of them as the first step made them, and claims with attested bytes.
    execute((_SQL / "0001_views.sql").read_text())
    execute((_SQL / "0002_attested.sql").read_text().split("DROP DEFAULT;", 1)[1])
