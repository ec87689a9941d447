"""The audit log: entries, signed heads, anchors, none of which can be changed or deleted."""

from alembic import op

revision = "0002_audit"
down_revision = "0001"
branch_labels = None
depends_on = None

_UP = """
CREATE TABLE app.audit_entries (
    number bigint NOT NULL,
    at timestamptz NOT NULL,
    actor text NOT NULL,
    action text NOT NULL,
    subject text NOT NULL,
    detail text NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT pk_audit_entries PRIMARY KEY (number),
    CONSTRAINT uq_audit_entries_hash UNIQUE (hash),
    CONSTRAINT ck_audit_entries_number_is_positive CHECK (number > 0),
    CONSTRAINT ck_audit_entries_hash_size CHECK (octet_length(previous) = 32 AND octet_length(hash) = 32)
);
CREATE INDEX ix_audit_entries_subject ON app.audit_entries (subject);
CREATE TABLE app.audit_heads (
    size bigint NOT NULL,
    root bytea NOT NULL,
    frontier bytea NOT NULL,
    at timestamptz NOT NULL,
    chain_id bigint NOT NULL,
    signer bytea NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT pk_audit_heads PRIMARY KEY (size),
    CONSTRAINT ck_audit_heads_size_is_positive CHECK (size > 0),
    CONSTRAINT ck_audit_heads_root_size CHECK (octet_length(root) = 32),
    CONSTRAINT ck_audit_heads_signature_size CHECK (octet_length(signer) = 20 AND octet_length(signature) = 65)
);
CREATE TABLE app.audit_anchors (
    transaction_hash bytea NOT NULL,
    size bigint NOT NULL,
    nonce bigint NOT NULL,
    raw bytea NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT pk_audit_anchors PRIMARY KEY (transaction_hash),
    CONSTRAINT ck_audit_anchors_hash_size CHECK (octet_length(transaction_hash) = 32)
);
CREATE INDEX ix_audit_anchors_size ON app.audit_anchors (size);

CREATE FUNCTION app.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = TG_TABLE_NAME || ' is append-only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON app.audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON app.audit_heads
    FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON app.audit_anchors
    FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_change();
-- A superuser is not held back by this, only by the triggers; whoever drops those is found by `lightdom audit verify`.
REVOKE UPDATE, DELETE, TRUNCATE ON app.audit_entries, app.audit_heads, app.audit_anchors FROM PUBLIC, CURRENT_USER;
"""

_DOWN = """
DROP TABLE app.audit_anchors, app.audit_heads, app.audit_entries;
DROP FUNCTION app.refuse_change();
"""


def upgrade() -> None:
    # The driver's own call: SQLAlchemy would look for :parameters in the text.
    op.get_bind().exec_driver_sql(_UP)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(_DOWN)
