"""Operation × caller: every operation of the REST door, by everybody who might call it.

The table says who gets past the door; what a route then does with an empty body is not this test's matter.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import APIRouter
from sqlalchemy import insert

from api import Settings
from api.app import create_app
from api.policies import REST
from api.rest import door
from api.rest.callers import COOKIE
from api.rest.door import PolicyMissing
from indexer.database import engine as open_mirror
from indexer.migrations import upgrade as upgrade_mirror
from indexer.tables import role_granted
from services.auth.api_keys import KeyRing, make_key
from services.auth.identity import Identity
from services.auth.policy import OPEN, PEOPLE, Policy, holders, permit, staff
from services.auth.roles import Role, roles_of
from services.auth.scopes import Scope
from services.auth.secrets import add_secret, read_secrets
from services.auth.sessions import start_session
from services.auth.sign_in import account_of
from services.database import begin, open_engine
from services.database.migrations import upgrade
from services.errors import ServiceError
from tests.indexer.postgres import Postgres

ORIGIN = "http://localhost:8420"
CALLERS = ("anonymous", "person", "key with every scope", "key with no scope but agent")

PASSES = {
    OPEN: (True, True, True, True),
    PEOPLE: (False, True, False, False),
    holders(Scope.READ): (False, True, True, False),
    staff(Role.ADMIN, Role.SUPER_ADMIN): (False, False, False, False),
}
"""For each policy in use, who of CALLERS gets past the door."""


@pytest.fixture(scope="module")
def settings(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    name = f"api_{uuid4().hex[:12]}"
    postgres.execute(f"CREATE DATABASE {name}")
    url = postgres.url(name)
    mirror = open_mirror(url)
    upgrade_mirror(mirror)
    mirror.dispose()
    upgrade(url)
    folder = tmp_path_factory.mktemp("policies")
    add_secret(folder / "secrets", "one")
    yield Settings(database_url=url, dashboards=folder, secrets_file=folder / "secrets")
    postgres.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def headers(settings: Settings) -> dict[str, dict[str, str]]:
    async def make() -> dict[str, dict[str, str]]:
        engine = open_engine(settings.database_url)
        assert settings.secrets_file is not None
        ring = KeyRing(read_secrets(settings.secrets_file), settings.environment)
        now = datetime.now(UTC)
        async with begin(engine) as connection:
            account = await account_of(connection, b"\x01" * 20)
            token = (await start_session(connection, account, now)).token
            every = await make_key(connection, ring, account, "every", frozenset(Scope), now)
            other = await make_key(connection, ring, account, "other", frozenset({Scope.AGENT}), now)
        await engine.dispose()
        callers: tuple[dict[str, str], ...] = (
            {},
            {"cookie": f"{COOKIE}={token}"},
            {"authorization": f"Bearer {every.text}"},
            {"authorization": f"Bearer {other.text}"},
        )
        return {name: {"origin": ORIGIN} | caller for name, caller in zip(CALLERS, callers, strict=True)}

    return asyncio.run(make())


@pytest.mark.parametrize("caller", CALLERS)
def test_each_caller_gets_past_exactly_the_doors_that_the_policies_open(
    settings: Settings, headers: dict[str, dict[str, str]], caller: str
) -> None:
    async def scenario() -> dict[str, tuple[bool, int]]:
        app = create_app(settings)
        found = {}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
            # Signing out comes last: the session is needed for the rest.
            ordered = sorted(REST, key=lambda operation: operation == ("DELETE", "/api/v1/auth/session"))
            for method, path in ordered:
                if caller == "person" and (method, path) == ("DELETE", "/api/v1/auth/session"):
                    continue
                # A number that no row has.
                answer = await client.request(method, re.sub(r"{[a-z_]+}", "999999", path), headers=headers[caller])
                code = answer.json().get("code") if answer.status_code >= 400 else None
                is_stopped = code in ("NOT_SIGNED_IN", "NOT_PERMITTED", "FOREIGN_ORIGIN", "KEY_UNKNOWN")
                found[f"{method} {path}"] = not is_stopped, answer.status_code
        await app.state.shared.engine.dispose()
        await app.state.shared.access.close()
        return found

    found = asyncio.run(scenario())
    place = CALLERS.index(caller)
    wanted = {f"{method} {path}": PASSES[policy][place] for (method, path), policy in REST.items()}
    assert {name: is_past for name, (is_past, _) in found.items()} == {name: wanted[name] for name in found}
    # Nothing is unforeseen; 503: the mirror of this database has no block.
    assert {status for _, status in found.values()} <= {200, 201, 204, 401, 403, 404, 422, 503}


@pytest.mark.parametrize("change", ["route without a policy", "policy without a route"])
def test_the_process_does_not_start_while_routes_and_policies_differ(
    settings: Settings, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if change == "policy without a route":
        monkeypatch.setitem(REST, ("GET", "/api/v1/forgotten"), OPEN)
    else:
        more = APIRouter()
        more.add_api_route("/forgotten", _forgotten, methods=["GET"])
        monkeypatch.setattr(door.keys, "router", more)

    with pytest.raises(PolicyMissing):
        create_app(settings)


def _forgotten() -> str:
    return "nobody said who may read this"


PERSON = Identity(1, bytes(20), frozenset({Role.CLIENT}), frozenset(Scope), session_id=1)
ADMIN = Identity(1, bytes(20), frozenset({Role.CLIENT, Role.ADMIN}), frozenset(Scope), session_id=1)
KEY = Identity(1, bytes(20), frozenset({Role.ADMIN}), frozenset({Scope.MODELS}), key_id=1)


@pytest.mark.parametrize(
    ("policy", "identity", "is_permitted"),
    [
        (staff(Role.ADMIN), Identity(), False),
        (staff(Role.ADMIN), PERSON, False),
        (staff(Role.ADMIN), KEY, False),
        (staff(Role.ADMIN), ADMIN, True),
        (staff(Role.ADMIN, Role.SUPER_ADMIN), ADMIN, True),
        (staff(Role.SUPER_ADMIN), ADMIN, False),
        (staff(Role.ADMIN, scope=Scope.MODELS), KEY, True),
        (staff(Role.ADMIN, scope=Scope.AGENT), KEY, False),
        (holders(Scope.MODELS), KEY, True),
    ],
)
def test_a_role_counts_for_people_and_for_keys_of_the_right_scope(
    policy: Policy, identity: Identity, is_permitted: bool
) -> None:
    try:
        permit(policy, identity)
    except ServiceError:
        assert not is_permitted
    else:
        assert is_permitted


def test_roles_are_what_the_chain_says_from_the_moment_that_it_names(settings: Settings) -> None:
    now = datetime.now(UTC)
    address = b"\x02" * 20

    def granted(role_id: int, since: int, log_index: int) -> dict[str, Any]:
        return {
            "block_number": 1,
            "block_time": now,
            "log_index": log_index,
            "block_hash": bytes(32),
            "tx_hash": bytes(32),
            "role_id": role_id,
            "account": address,
            "delay": 0,
            "since": since,
            "new_member": True,
        }

    engine = open_mirror(settings.database_url)
    late = int(now.timestamp()) + 3_600
    with engine.begin() as connection:
        connection.execute(insert(role_granted), [granted(15, 0, 0), granted(16, late, 1), granted(3, 0, 2)])
    engine.dispose()

    async def scenario() -> frozenset[Role]:
        opened = open_engine(settings.database_url)
        async with begin(opened) as connection:
            found = await roles_of(connection, address, now)
            assert await roles_of(connection, bytes(20), now) == {Role.CLIENT}
        await opened.dispose()
        return found

    assert asyncio.run(scenario()) == {Role.CLIENT, Role.ADMIN}
