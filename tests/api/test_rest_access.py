"""The REST door's accounts: sign-in, sessions and keys by HTTP, on a real database and a real chain."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import insert

from api import Settings
from api.app import create_app
from api.rest.callers import COOKIE
from indexer.database import engine as open_mirror
from indexer.tables import checkpoint, role_granted
from services.auth.secrets import add_secret
from services.database.migrations import upgrade
from tests.indexer.anvil import Anvil
from tests.services.auth.wallets import signed, wallet

ORIGIN = "http://localhost:8420"
OWN = {"origin": ORIGIN}


@pytest.fixture(scope="module")
def chain() -> Iterator[Anvil]:
    with Anvil() as running:
        yield running


@pytest.fixture
def settings(empty_chain: str, chain: Anvil, tmp_path: Path) -> Settings:
    upgrade(empty_chain)
    engine = open_mirror(empty_chain)
    now = datetime.now(UTC)
    with engine.begin() as connection:
        row = {"chain_id": 31_337, "genesis_hash": bytes(32), "number": 0, "hash": bytes(32), "time": now}
        connection.execute(insert(checkpoint).values(**row, head_number=0))
    engine.dispose()
    add_secret(tmp_path / "secrets", "one")
    return Settings(database_url=empty_chain, dashboards=tmp_path, rpc_url=chain.url, secrets_file=tmp_path / "secrets")


@asynccontextmanager
async def _browser(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(settings)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
        yield client
    await app.state.shared.engine.dispose()
    await app.state.shared.access.close()


def _message(terms: dict[str, Any], address: str) -> str:
    """As a page of ours writes it."""
    return "\n".join(
        [
            f"{terms['domain']} wants you to sign in with your Ethereum account:",
            address,
            "",
            terms["statement"],
            "",
            f"URI: {terms['uri']}",
            f"Version: {terms['version']}",
            f"Chain ID: {terms['chainId']}",
            f"Nonce: {terms['nonce']}",
            f"Issued At: {terms['issuedAt']}",
            f"Expiration Time: {terms['expirationTime']}",
        ]
    )


async def _signed_in(client: httpx.AsyncClient, number: int = 1) -> dict[str, Any]:
    terms = (await client.post("/api/v1/auth/nonce")).json()
    text = _message(terms, wallet(number).address)
    body = {"message": text, "signature": "0x" + signed(wallet(number), text).hex()}
    answer = await client.post("/api/v1/auth/sign-in", json=body)
    assert answer.status_code == 200, answer.text
    assert body["signature"] not in answer.text
    return body


def _run(scenario: Callable[[], Any]) -> None:
    asyncio.run(scenario())


def test_a_message_lets_in_once_and_an_ended_session_opens_nothing(settings: Settings) -> None:
    async def scenario() -> None:
        async with _browser(settings) as client:
            assert (await client.get("/api/v1/auth/session")).status_code == 401
            body = await _signed_in(client)
            again = await client.post("/api/v1/auth/sign-in", json=body)
            assert (again.status_code, again.json()["code"]) == (401, "NONCE_UNKNOWN")

            who = (await client.get("/api/v1/auth/session")).json()
            assert (who["address"], who["roles"], who["isKey"]) == (wallet().address, ["client"], False)
            token = client.cookies[COOKIE]
            assert (await client.delete("/api/v1/auth/session", headers=OWN)).status_code == 204
            client.cookies.set(COOKIE, token)
            refused = await client.get("/api/v1/auth/session")
            assert (refused.status_code, refused.json()["code"]) == (401, "SESSION_UNKNOWN")

    _run(scenario)


def test_a_page_of_another_site_acts_for_nobody(settings: Settings) -> None:
    async def scenario() -> None:
        async with _browser(settings) as client:
            await _signed_in(client)
            key = {"name": "mine", "scopes": ["read"]}
            for headers in ({}, {"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
                refused = await client.post("/api/v1/keys", json=key, headers=headers)
                assert (refused.status_code, refused.json()["code"]) == (403, "FOREIGN_ORIGIN")
            # What a form of another site can send without being asked first is not read as JSON.
            form = {"origin": ORIGIN, "content-type": "text/plain"}
            refused = await client.post("/api/v1/keys", content=b'{"name":"x","scopes":["read"]}', headers=form)
            assert refused.status_code == 422
            assert (await client.get("/api/v1/keys")).json() == []

    _run(scenario)


def test_the_cookie_is_for_our_pages_alone_and_for_no_script(settings: Settings) -> None:
    async def scenario(settings: Settings, wanted: set[str]) -> None:
        async with _browser(settings) as client:
            terms = (await client.post("/api/v1/auth/nonce")).json()
            text = _message(terms, wallet().address)
            body = {"message": text, "signature": "0x" + signed(wallet(), text).hex()}
            answer = await client.post("/api/v1/auth/sign-in", json=body)
            attributes = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
            assert wanted <= attributes
            assert ("secure" in attributes) == ("secure" in wanted)

    asyncio.run(scenario(settings, {"httponly", "samesite=strict", "path=/"}))


def test_a_key_does_what_its_scopes_say_and_never_makes_keys(settings: Settings) -> None:
    async def scenario() -> None:
        async with _browser(settings) as client:
            await _signed_in(client)
            expires = (datetime.now(UTC) + timedelta(days=1)).isoformat()
            wanted = {"name": "shop", "scopes": ["read"], "expiresAt": expires}
            made = (await client.post("/api/v1/keys", json=wanted, headers=OWN)).json()
            other = (await client.post("/api/v1/keys", json={"name": "b", "scopes": ["agent"]}, headers=OWN)).json()
            listed = (await client.get("/api/v1/keys")).json()
            assert [key["id"] for key in listed] == [other["key"]["id"], made["key"]["id"]]
            assert made["secret"] not in str(listed)
            client.cookies.clear()

            bearer = {"authorization": f"Bearer {made['secret']}"}
            who = (await client.get("/api/v1/auth/session", headers=bearer)).json()
            assert (who["address"], who["scopes"], who["isKey"]) == (wallet().address, ["read"], True)
            for method, path in (("GET", "/api/v1/keys"), ("POST", "/api/v1/keys"), ("DELETE", "/api/v1/auth/session")):
                refused = await client.request(method, path, headers=bearer, json=wanted)
                assert (refused.status_code, refused.json()["code"]) == (403, "NOT_PERMITTED")
            elsewhere = {"authorization": f"Bearer {other['secret']}"}
            assert (await client.get("/api/v1/auth/session", headers=elsewhere)).status_code == 403
            wrong = {"authorization": f"Bearer {made['secret'][:-1]}0"}
            assert (await client.get("/api/v1/auth/session", headers=wrong)).status_code == 401

    _run(scenario)


def test_an_account_sees_ends_and_counts_its_own_keys_and_sessions_alone(settings: Settings) -> None:
    async def scenario() -> None:
        async with _browser(settings) as client, _browser(settings) as stranger:
            await _signed_in(client)
            await _signed_in(stranger, 2)
            made = (await client.post("/api/v1/keys", json={"name": "a", "scopes": ["read"]}, headers=OWN)).json()
            path = f"/api/v1/keys/{made['key']['id']}"
            session = (await client.get("/api/v1/auth/sessions")).json()[0]["id"]
            for method, hidden, body in (
                ("DELETE", path, None),
                ("POST", f"{path}/rotate", {}),
                ("GET", f"{path}/usage", None),
                ("DELETE", f"/api/v1/auth/sessions/{session}", None),
            ):
                refused = await stranger.request(method, hidden, json=body, headers=OWN)
                assert refused.status_code in (401, 404), hidden
            await client.get("/api/v1/auth/session", headers={"authorization": f"Bearer {made['secret']}"})
            usage = (await client.get(f"{path}/usage")).json()
            assert [day["requests"] for day in usage] == [1]
            renewed = await client.post(f"{path}/rotate", json={"overlapSeconds": 0}, headers=OWN)
            assert renewed.status_code == 201
            revoked = (await client.delete(path, headers=OWN)).json()
            assert revoked["revokedAt"] is not None

    _run(scenario)


def test_what_accounts_did_is_logged_and_shown_to_admins_alone(settings: Settings) -> None:
    engine = open_mirror(settings.database_url)
    now = datetime.now(UTC)
    place = {"block_number": 0, "block_time": now, "log_index": 0, "block_hash": bytes(32), "tx_hash": bytes(32)}
    grant = {"role_id": 15, "account": bytes.fromhex(wallet(3).address[2:]), "delay": 0, "since": 0, "new_member": True}
    with engine.begin() as connection:
        connection.execute(insert(role_granted).values(**place, **grant))
    engine.dispose()

    async def scenario() -> None:
        async with _browser(settings) as client, _browser(settings) as admin:
            await _signed_in(client)
            made = (await client.post("/api/v1/keys", json={"name": "a", "scopes": ["read"]}, headers=OWN)).json()
            await client.delete(f"/api/v1/keys/{made['key']['id']}", headers=OWN)
            await client.delete("/api/v1/auth/session", headers=OWN)
            await _signed_in(admin, 3)
            assert (await client.get("/api/v1/audit/entries")).status_code == 401
            assert (await client.get("/api/v1/audit/head")).status_code == 404
            page = (await admin.get("/api/v1/audit/entries", params={"first": 3})).json()
            rest = (await admin.get("/api/v1/audit/entries", params={"after": page["nextCursor"]})).json()
            entries = page["items"] + rest["items"]
            actions = ["session.started", "session.ended", "key.revoked", "key.made", "session.started"]
            assert [entry["action"] for entry in entries] == actions
            assert [entry["previous"] for entry in entries[:-1]] == [entry["hash"] for entry in entries[1:]]
            assert made["secret"] not in str(entries)
            of_key = await admin.get("/api/v1/audit/entries", params={"subject": f"key:{made['key']['id']}"})
            assert [entry["action"] for entry in of_key.json()["items"]] == ["key.revoked", "key.made"]

    _run(scenario)


def test_without_secrets_keys_are_unavailable_and_it_says_what_would_enable_them(settings: Settings) -> None:
    async def scenario() -> None:
        without = Settings(database_url=settings.database_url, dashboards=settings.dashboards, rpc_url=settings.rpc_url)
        async with _browser(without) as client:
            await _signed_in(client)
            refused = await client.post("/api/v1/keys", json={"name": "a", "scopes": ["read"]}, headers=OWN)
            assert (refused.status_code, refused.json()["code"]) == (503, "UNAVAILABLE")
            assert "LIGHTDOM_SECRETS_FILE" in refused.json()["nextStep"]

    _run(scenario)


def test_a_chain_that_does_not_answer_lets_nobody_in_and_is_not_named(settings: Settings) -> None:
    async def scenario() -> None:
        cut_off = Settings(
            database_url=settings.database_url, dashboards=settings.dashboards, rpc_url="http://127.0.0.1:9"
        )
        async with _browser(cut_off) as client:
            terms = (await client.post("/api/v1/auth/nonce")).json()
            text = _message(terms, wallet().address)
            body = {"message": text, "signature": "0x" + signed(wallet(), text).hex()}
            refused = await client.post("/api/v1/auth/sign-in", json=body)
            assert (refused.status_code, refused.json()["code"]) == (503, "UNAVAILABLE")
            assert "127.0.0.1:9" not in refused.text

    _run(scenario)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/api/v1/auth/sign-in", {"message": "x"}, "signature"),
        ("/api/v1/auth/sign-in", {"message": "x", "signature": "0xzz"}, "signature"),
        ("/api/v1/auth/sign-in", {"message": "x", "signature": "0x", "admin": True}, "admin"),
    ],
)
def test_a_body_that_cannot_be_meant_is_refused_by_the_name_of_its_field(
    settings: Settings, path: str, body: dict[str, Any], field: str
) -> None:
    async def scenario() -> None:
        async with _browser(settings) as client:
            refused = await client.post(path, json=body)
            assert (refused.status_code, refused.json()["field"]) == (422, field)
            assert refused.headers["content-type"] == "application/problem+json"

    _run(scenario)
