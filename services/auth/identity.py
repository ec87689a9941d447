"""Who calls: nobody in particular, a person with a session, or a program with an API key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from services.auth.api_keys import KeyRing, count_use, holder_of
from services.auth.errors import SecretsMissing
from services.auth.roles import Role, roles_of
from services.auth.scopes import Scope
from services.auth.sessions import NewSession, session_of
from services.database import begin


@dataclass(frozen=True, slots=True)
class Identity:
    """A caller. `account_id` None: anonymous. `scopes` limits a key; a session has all of them."""

    account_id: int | None = None
    address: bytes | None = None
    roles: frozenset[Role] = frozenset()
    scopes: frozenset[Scope] = frozenset()
    session_id: int | None = None
    key_id: int | None = None

    @property
    def is_anonymous(self) -> bool:
        return self.account_id is None

    @property
    def is_person(self) -> bool:
        """Signed in with a wallet: may do what no key may, such as to make keys."""
        return self.session_id is not None


ANONYMOUS = Identity()


async def identify_session(engine: AsyncEngine, token: str, now: datetime) -> tuple[Identity, NewSession | None]:
    """Who holds a session token, and the token's successor if it was due. Raises SessionUnknown."""
    found = await session_of(engine, token, now)
    session = found.session if isinstance(found, NewSession) else found
    async with begin(engine) as connection:
        roles = await roles_of(connection, session.address, now)
    identity = Identity(session.account_id, session.address, roles, frozenset(Scope), session_id=session.id)
    return identity, found if isinstance(found, NewSession) else None


async def identify_key(engine: AsyncEngine, ring: KeyRing | None, text: str, now: datetime) -> Identity:
    """For whom an API key speaks; its use is counted. Raises KeyUnknown, SecretsMissing."""
    if ring is None:
        raise SecretsMissing()
    async with begin(engine) as connection:
        holder = await holder_of(connection, ring, text, now)
        await count_use(connection, holder.key.id, now)
        roles = await roles_of(connection, holder.address, now)
    return Identity(holder.key.account_id, holder.address, roles, holder.key.scopes, key_id=holder.key.id)
