"""Tables of accounts and of what lets them in: sign-in nonces, sessions, API keys.

No secret is stored: of a session token the SHA-256 (it has 256 random bits), of an API key an HMAC under a key that is
not in the database.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
    func,
)
from sqlalchemy.dialects.postgresql import ARRAY

from services.database.metadata import metadata

_moment = DateTime(timezone=True)

accounts = Table(
    "accounts",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("address", LargeBinary, nullable=False, unique=True),
    Column("created_at", _moment, nullable=False, server_default=func.now()),
    CheckConstraint("octet_length(address) = 20", name="address_size"),
)
"""A wallet that has signed in once."""

sign_in_nonces = Table(
    "sign_in_nonces",
    metadata,
    Column("nonce", Text, primary_key=True),
    Column("expires_at", _moment, nullable=False, index=True),
)
"""Nonces that were given out and not used yet: using one deletes it."""

sessions = Table(
    "sessions",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("account_id", BigInteger, ForeignKey("app.accounts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("digest", LargeBinary, nullable=False, unique=True),
    Column("former_digest", LargeBinary, unique=True),
    Column("created_at", _moment, nullable=False),
    Column("rotated_at", _moment, nullable=False),
    Column("seen_at", _moment, nullable=False),
    Column("expires_at", _moment, nullable=False, index=True),
    Column("revoked_at", _moment),
    CheckConstraint("octet_length(digest) = 32", name="digest_size"),
)
"""Signed-in browsers. `former_digest`: of the token before the last rotation."""

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("account_id", BigInteger, ForeignKey("app.accounts.id", ondelete="CASCADE"), nullable=False),
    Column("prefix", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("secret_id", Text, nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("created_at", _moment, nullable=False),
    Column("expires_at", _moment),
    Column("revoked_at", _moment),
    Column("replaced_by", BigInteger, ForeignKey("app.api_keys.id", ondelete="SET NULL")),
    CheckConstraint("octet_length(digest) = 32", name="digest_size"),
    CheckConstraint("char_length(prefix) = 8", name="prefix_size"),
    CheckConstraint("char_length(name) BETWEEN 1 AND 100", name="name_length"),
    Index(None, "account_id", "id"),
)
"""Keys of programs. `secret_id` names the secret that the digest was made under; `expires_at` None: never."""

api_key_usage = Table(
    "api_key_usage",
    metadata,
    Column("key_id", BigInteger, ForeignKey("app.api_keys.id", ondelete="CASCADE"), primary_key=True),
    Column("day", DateTime(timezone=True), primary_key=True),
    Column("requests", BigInteger, nullable=False),
    Column("refused", BigInteger, nullable=False, server_default="0"),
    Column("last_at", _moment, nullable=False),
)
"""What each key asked for on each day (UTC)."""
