"""The metadata of all off-chain tables."""

from sqlalchemy import MetaData

SCHEMA = "app"
"""The Postgres schema of the off-chain tables; the mirror lives in `public` and is made anew at will."""

metadata = MetaData(
    schema=SCHEMA,
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    },
)
