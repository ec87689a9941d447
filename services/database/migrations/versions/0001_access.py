"""Accounts, sign-in nonces, sessions, API keys and their use."""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE app.accounts (
    id bigint GENERATED ALWAYS AS IDENTITY,
    address bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_accounts PRIMARY KEY (id),
    CONSTRAINT uq_accounts_address UNIQUE (address),
    CONSTRAINT ck_accounts_address_size CHECK (octet_length(address) = 20)
);
CREATE TABLE app.sign_in_nonces (
    nonce text NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT pk_sign_in_nonces PRIMARY KEY (nonce)
);
CREATE INDEX ix_sign_in_nonces_expires_at ON app.sign_in_nonces (expires_at);
CREATE TABLE app.sessions (
    id bigint GENERATED ALWAYS AS IDENTITY,
    account_id bigint NOT NULL,
    digest bytea NOT NULL,
    former_digest bytea,
    created_at timestamptz NOT NULL,
    rotated_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT pk_sessions PRIMARY KEY (id),
    CONSTRAINT fk_sessions_account_id FOREIGN KEY (account_id) REFERENCES app.accounts (id) ON DELETE CASCADE,
    CONSTRAINT uq_sessions_digest UNIQUE (digest),
    CONSTRAINT uq_sessions_former_digest UNIQUE (former_digest),
    CONSTRAINT ck_sessions_digest_size CHECK (octet_length(digest) = 32)
);
CREATE INDEX ix_sessions_account_id ON app.sessions (account_id);
CREATE INDEX ix_sessions_expires_at ON app.sessions (expires_at);
CREATE TABLE app.api_keys (
    id bigint GENERATED ALWAYS AS IDENTITY,
    account_id bigint NOT NULL,
    prefix text NOT NULL,
    name text NOT NULL,
    digest bytea NOT NULL,
    secret_id text NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    replaced_by bigint,
    CONSTRAINT pk_api_keys PRIMARY KEY (id),
    CONSTRAINT fk_api_keys_account_id FOREIGN KEY (account_id) REFERENCES app.accounts (id) ON DELETE CASCADE,
    CONSTRAINT fk_api_keys_replaced_by FOREIGN KEY (replaced_by) REFERENCES app.api_keys (id) ON DELETE SET NULL,
    CONSTRAINT uq_api_keys_prefix UNIQUE (prefix),
    CONSTRAINT ck_api_keys_digest_size CHECK (octet_length(digest) = 32),
    CONSTRAINT ck_api_keys_prefix_size CHECK (char_length(prefix) = 8),
    CONSTRAINT ck_api_keys_name_length CHECK (char_length(name) BETWEEN 1 AND 100)
);
CREATE INDEX ix_api_keys_account_id_id ON app.api_keys (account_id, id);
CREATE TABLE app.api_key_usage (
    key_id bigint NOT NULL,
    day timestamptz NOT NULL,
    requests bigint NOT NULL,
    refused bigint NOT NULL DEFAULT 0,
    last_at timestamptz NOT NULL,
    CONSTRAINT pk_api_key_usage PRIMARY KEY (key_id, day),
    CONSTRAINT fk_api_key_usage_key_id FOREIGN KEY (key_id) REFERENCES app.api_keys (id) ON DELETE CASCADE
);
"""

_DOWN = "DROP TABLE app.api_key_usage, app.api_keys, app.sessions, app.sign_in_nonces, app.accounts"


def upgrade() -> None:
    # The driver's own call: SQLAlchemy would look for :parameters in the text.
    op.get_bind().exec_driver_sql(_UP)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(_DOWN)
