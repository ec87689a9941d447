"""Messages of Sign-In with Ethereum, as strictly as EIP-4361 writes them: its lines in its order, and nothing else.

A wallet signs the text, so what is not exactly the grammar is refused and never repaired.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from eth_utils.address import is_checksum_address

from services.auth.errors import SignInRefused

LONGEST_CHARS = 4_000

# RFC 3986: characters of an authority, and of a URI with its scheme. Percent signs only before two digits.
_AUTHORITY = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@\[\]]|%[0-9A-Fa-f]{2})+"
_URI = r"[A-Za-z][A-Za-z0-9+.\-]*:(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+"
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)"
_MESSAGE = re.compile(
    rf"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*)://)?(?P<domain>{_AUTHORITY})"
    r" wants you to sign in with your Ethereum account:\n"
    r"(?P<address>0x[0-9A-Fa-f]{40})\n"
    # RFC 3986's reserved and unreserved characters and the space: no line break, nothing outside ASCII.
    r"\n(?:(?P<statement>[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;= ]+)\n)?\n"
    rf"URI: (?P<uri>{_URI})\n"
    r"Version: (?P<version>\d+)\n"
    r"Chain ID: (?P<chain_id>[1-9]\d{0,18})\n"
    r"Nonce: (?P<nonce>[A-Za-z0-9]{8,64})\n"
    rf"Issued At: (?P<issued_at>{_MOMENT})"
    rf"(?:\nExpiration Time: (?P<expires_at>{_MOMENT}))?"
    rf"(?:\nNot Before: (?P<not_before>{_MOMENT}))?"
    r"(?:\nRequest ID: (?P<request_id>(?:[A-Za-z0-9\-._~:@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*))?"
    rf"(?:\nResources:(?P<resources>(?:\n- {_URI})*))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class SignInMessage:
    """A message that follows the grammar. Nothing of it was believed yet."""

    text: str
    scheme: str | None
    domain: str
    address: bytes
    uri: str
    chain_id: int
    nonce: str
    issued_at: datetime
    expires_at: datetime | None
    not_before: datetime | None


def read_message(text: str) -> SignInMessage:
    """The message that `text` is. Raises SignInRefused, naming the field."""
    found = _MESSAGE.fullmatch(text) if len(text) <= LONGEST_CHARS else None
    if found is None:
        raise SignInRefused("message", "is not an EIP-4361 message")
    if found["version"] != "1":
        raise SignInRefused("version", "must be 1")
    if not is_checksum_address(found["address"]):
        raise SignInRefused("address", "has no EIP-55 checksum, or a wrong one")
    return SignInMessage(
        text,
        found["scheme"],
        found["domain"],
        bytes.fromhex(found["address"][2:]),
        found["uri"],
        int(found["chain_id"]),
        found["nonce"],
        _moment("issuedAt", found["issued_at"]),
        _moment("expirationTime", found["expires_at"]) if found["expires_at"] else None,
        _moment("notBefore", found["not_before"]) if found["not_before"] else None,
    )


def _moment(field: str, text: str) -> datetime:
    # More than six digits of a second are beyond what a datetime holds.
    shortened = re.sub(r"(\.\d{6})\d+", r"\1", text)
    try:
        return datetime.fromisoformat(shortened).astimezone(UTC)
    except (ValueError, OverflowError):
        raise SignInRefused(field, "is no moment in time") from None
