"""Signing in with a wallet (EIP-4361): a nonce that lets in once, a message for this site alone, a signature."""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from sqlalchemy import delete, insert
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from services.auth.errors import NonceUnknown, SignInRefused
from services.auth.sessions import NewSession, start_session
from services.auth.sign_in_message import SignInMessage, read_message
from services.database import begin
from services.database.access import accounts, sign_in_nonces

NONCE_LIFE = timedelta(minutes=10)
# Clocks of wallets and servers differ.
_CLOCK_SKEW = timedelta(minutes=1)
_ALPHANUMERIC = string.ascii_letters + string.digits


class SignatureCheck(Protocol):
    """Whether an account signed a text (EIP-191): a key's account, a contract, or one that is not deployed yet."""

    async def is_signed(self, address: bytes, text: str, signature: bytes) -> bool: ...


@dataclass(frozen=True, slots=True)
class Site:
    """What a message must be for. `origins`: such as https://lightdom.example; the first is the one to show."""

    origins: tuple[str, ...]
    chain_id: int


async def issue_nonce(connection: AsyncConnection, now: datetime) -> str:
    """A nonce of 22 characters (130 bits) that lets in once before ten minutes are over."""
    nonce = "".join(secrets.choice(_ALPHANUMERIC) for _ in range(22))
    await connection.execute(delete(sign_in_nonces).where(sign_in_nonces.c.expires_at < now))
    await connection.execute(insert(sign_in_nonces).values(nonce=nonce, expires_at=now + NONCE_LIFE))
    return nonce


async def sign_in(
    engine: AsyncEngine, site: Site, check: SignatureCheck, text: str, signature: bytes, now: datetime
) -> NewSession:
    """A session for whoever signed. Raises SignInRefused, NonceUnknown, and what the check raises.

    The nonce is used up in the transaction that makes the session, so of two requests at once one gets in.
    """
    message = read_message(text)
    _hold_against(message, site, now)
    if not await check.is_signed(message.address, text, signature):
        raise SignInRefused("signature", "is not the account's under this message")
    async with begin(engine) as connection:
        used = delete(sign_in_nonces).where(sign_in_nonces.c.nonce == message.nonce, sign_in_nonces.c.expires_at > now)
        if (await connection.execute(used.returning(sign_in_nonces.c.nonce))).one_or_none() is None:
            raise NonceUnknown()
        return await start_session(connection, await account_of(connection, message.address), now)


async def account_of(connection: AsyncConnection, address: bytes) -> int:
    """The account's id; made at its first sign-in."""
    first = upsert(accounts).values(address=address)
    # An update that changes nothing, so that RETURNING has the row in either case.
    known = first.on_conflict_do_update(index_elements=[accounts.c.address], set_={"address": first.excluded.address})
    return int((await connection.execute(known.returning(accounts.c.id))).scalar_one())


def _hold_against(message: SignInMessage, site: Site, now: datetime) -> None:
    origins = [urlsplit(origin) for origin in site.origins]
    if message.domain not in {origin.netloc for origin in origins}:
        raise SignInRefused("domain", f"must be {origins[0].netloc}: the message is for another site")
    if message.scheme is not None and (message.scheme, message.domain) not in {(o.scheme, o.netloc) for o in origins}:
        raise SignInRefused("scheme", f"must be {origins[0].scheme}")
    uri = urlsplit(message.uri)
    if (uri.scheme, uri.netloc) not in {(o.scheme, o.netloc) for o in origins} or uri.netloc != message.domain:
        raise SignInRefused("uri", f"must begin with {site.origins[0]}")
    if message.chain_id != site.chain_id:
        raise SignInRefused("chainId", f"must be {site.chain_id}")
    if message.issued_at > now + _CLOCK_SKEW or message.issued_at < now - NONCE_LIFE:
        raise SignInRefused("issuedAt", "must be within the last ten minutes; check the clock")
    if message.expires_at is not None and message.expires_at <= now:
        raise SignInRefused("expirationTime", "has passed")
    if message.not_before is not None and message.not_before > now + _CLOCK_SKEW:
        raise SignInRefused("notBefore", "has not come yet")
