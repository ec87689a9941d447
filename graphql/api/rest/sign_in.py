"""/auth: signing in with a wallet (EIP-4361), and the sessions that come of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import Field
from sqlalchemy import select

from api.access import Access
from api.errors import BadInput, Unavailable
from api.rest.callers import Parts, Permitted, clear_session, keep_session
from api.rest.shapes import AddressText, Moment, Shape
from indexer.tables import checkpoint
from services.auth.identity import Identity
from services.auth.roles import Role, roles_of
from services.auth.scopes import Scope
from services.auth.sessions import end_session, sessions_of
from services.auth.sign_in import NONCE_LIFE, Site, issue_nonce, sign_in
from services.auth.sign_in_message import LONGEST_CHARS
from services.auth.signatures import LONGEST_BYTES, ChainSignatures
from services.database import begin

STATEMENT = "Sign in to LightDom. This costs nothing and moves nothing."

router = APIRouter(prefix="/auth", tags=["auth"])


class SignInTerms(Shape):
    """What to put into the EIP-4361 message."""

    nonce: str
    domain: str
    uri: str
    chain_id: int
    version: str
    statement: str
    issued_at: Moment
    expiration_time: Moment


class SignedMessage(Shape):
    """The message as it was signed, and the signature: 65 bytes of a key, or what a contract takes."""

    message: Annotated[str, Field(min_length=1, max_length=LONGEST_CHARS)]
    signature: Annotated[str, Field(pattern=r"^0x([0-9a-fA-F]{2})*$", max_length=2 + 2 * LONGEST_BYTES)]


class Account(Shape):
    """Who is signed in. `scopes`: what this session or key may be used for."""

    address: AddressText
    roles: list[Role]
    scopes: list[Scope]
    is_key: bool


class OpenSession(Shape):
    """One of the account's sessions."""

    id: int
    created_at: Moment
    expires_at: Moment
    is_current: bool


@router.post("/nonce", summary="What to sign, with a nonce that lets in once")
async def give_nonce(parts: Parts, caller: Permitted) -> SignInTerms:
    now = parts.now()
    site = await _site(parts)
    async with begin(parts.engine) as connection:
        nonce = await issue_nonce(connection, now)
    origin = site.origins[0]
    return SignInTerms(
        nonce=nonce,
        domain=origin.partition("://")[2],
        uri=origin,
        chain_id=site.chain_id,
        version="1",
        statement=STATEMENT,
        issued_at=now,
        expiration_time=now + NONCE_LIFE,
    )


@router.post("/sign-in", summary="Exchange a signed message for a session")
async def let_in(body: SignedMessage, response: Response, parts: Parts, caller: Permitted) -> Account:
    now = parts.now()
    check = ChainSignatures(parts.calls)
    made = await sign_in(parts.engine, await _site(parts), check, body.message, bytes.fromhex(body.signature[2:]), now)
    keep_session(response, made, parts)
    async with begin(parts.engine) as connection:
        roles = await roles_of(connection, made.session.address, now)
    return Account(address=made.session.address, roles=sorted(roles), scopes=sorted(Scope), is_key=False)


@router.get("/session", summary="Who is signed in")
async def who(caller: Permitted) -> Account:
    return _account(caller)


@router.delete("/session", status_code=204, summary="Sign out")
async def sign_out(parts: Parts, caller: Permitted) -> Response:
    assert caller.account_id is not None
    assert caller.session_id is not None
    async with begin(parts.engine) as connection:
        await end_session(connection, caller.account_id, caller.session_id, parts.now())
    response = Response(status_code=204)
    clear_session(response)
    return response


@router.get("/sessions", summary="All sessions of the account")
async def list_sessions(parts: Parts, caller: Permitted) -> list[OpenSession]:
    assert caller.account_id is not None
    async with begin(parts.engine) as connection:
        found = await sessions_of(connection, caller.account_id, parts.now())
    return [
        OpenSession(
            id=session.id,
            created_at=session.created_at,
            expires_at=session.expires_at,
            is_current=session.id == caller.session_id,
        )
        for session in found
    ]


@router.delete("/sessions/{session_id}", status_code=204, summary="End one session of the account")
async def end(session_id: Annotated[int, Path(ge=1, lt=2**63)], parts: Parts, caller: Permitted) -> None:
    assert caller.account_id is not None
    async with begin(parts.engine) as connection:
        await end_session(connection, caller.account_id, session_id, parts.now())


async def _site(parts: Access) -> Site:
    async with begin(parts.engine) as connection:
        chain_id = (await connection.execute(select(checkpoint.c.chain_id))).scalar_one_or_none()
    if chain_id is None:
        raise Unavailable("The indexer has not read a block yet, so it is not known which chain to sign for.")
    return Site(parts.origins, int(chain_id))


def _account(caller: Identity) -> Account:
    if caller.address is None:
        raise BadInput("Nobody is signed in.")
    return Account(
        address=caller.address,
        roles=sorted(caller.roles),
        scopes=sorted(caller.scopes),
        is_key=caller.key_id is not None,
    )
