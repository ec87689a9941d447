"""API keys: what is guessed, mistyped, ended or of elsewhere opens nothing, and the database holds no key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.auth.api_keys import (
    MOST_KEYS,
    KeyRing,
    count_use,
    holder_of,
    keys_of,
    make_key,
    revoke_key,
    rotate_key,
)
from services.auth.errors import KeyLimit, KeyUnknown
from services.auth.key_text import BASE62, new_key, read_key
from services.auth.scopes import Scope
from services.auth.secrets import Secrets
from services.auth.sign_in import account_of
from services.database import begin
from tests.services.auth.conftest import NOW

READ = frozenset({Scope.READ})


@given(st.data())
def test_one_mistyped_character_is_found_without_the_database(data: st.DataObject) -> None:
    text = new_key("live").text
    place = data.draw(st.integers(0, len(text) - 1))
    wrong = data.draw(st.sampled_from(BASE62 + "_- é").filter(lambda character: character != text[place]))

    assert read_key(text, "live") is not None
    assert read_key(text[:place] + wrong + text[place + 1 :], "live") is None


@pytest.mark.parametrize("text", ["", "ld_live_", "x" * 10_000, "ld_live_abcdefgh_" + "0" * 49])
def test_what_is_no_key_is_not_read_as_one(text: str) -> None:
    assert read_key(text, "live") is None


def test_a_key_of_another_environment_is_not_read() -> None:
    assert read_key(new_key("test").text, "live") is None


def test_a_key_that_never_was_or_works_no_more_opens_nothing(opened: Callable[[], Any], ring: KeyRing) -> None:
    async def scenario() -> None:
        async with opened() as engine, begin(engine) as connection:
            account = await account_of(connection, bytes(20))
            made = await make_key(connection, ring, account, "one", READ, NOW, NOW + timedelta(days=1))
            same_prefix = new_key("test")
            guesses = [new_key("test").text, made.text[:-1], f"ld_test_{made.key.prefix}_{same_prefix.text[17:]}"]
            for guess in guesses:
                with pytest.raises(KeyUnknown):
                    await holder_of(connection, ring, guess, NOW)
            with pytest.raises(KeyUnknown):
                await holder_of(connection, ring, made.text, NOW + timedelta(days=1))
            with pytest.raises(KeyUnknown):
                await holder_of(connection, replace(ring, secrets=Secrets({"first": bytes(32)})), made.text, NOW)
            with pytest.raises(KeyUnknown):
                await revoke_key(connection, account + 1, made.key.id, NOW)
            assert (await holder_of(connection, ring, made.text, NOW)).address == bytes(20)
            await revoke_key(connection, account, made.key.id, NOW)
            with pytest.raises(KeyUnknown):
                await holder_of(connection, ring, made.text, NOW)

    asyncio.run(scenario())


def test_a_rotated_key_works_on_for_its_overlap_and_its_successor_at_once(
    opened: Callable[[], Any], ring: KeyRing
) -> None:
    async def scenario() -> None:
        async with opened() as engine, begin(engine) as connection:
            account = await account_of(connection, bytes(20))
            former = await make_key(connection, ring, account, "one", READ, NOW)
            newer = KeyRing(Secrets({"second": b"\x09" * 32, **ring.secrets.by_id}), ring.environment)
            made = await rotate_key(connection, newer, account, former.key.id, NOW, timedelta(hours=1))

            assert made.key.scopes == former.key.scopes
            assert (await holder_of(connection, newer, made.text, NOW)).key.id == made.key.id
            await holder_of(connection, newer, former.text, NOW + timedelta(minutes=59))
            with pytest.raises(KeyUnknown):
                await holder_of(connection, newer, former.text, NOW + timedelta(hours=1))
            with pytest.raises(KeyUnknown):
                await rotate_key(connection, newer, account, former.key.id, NOW, timedelta(0))

    asyncio.run(scenario())


def test_the_last_key_that_an_account_may_have_is_made_once_though_asked_for_by_many(
    opened: Callable[[], Any], ring: KeyRing
) -> None:
    async def scenario() -> None:
        async with opened() as engine:
            async with begin(engine) as connection:
                account = await account_of(connection, bytes(20))
                for number in range(MOST_KEYS - 1):
                    await make_key(connection, ring, account, f"key {number}", READ, NOW)

            async def attempt() -> None:
                async with begin(engine) as connection:
                    await make_key(connection, ring, account, "last", READ, NOW)

            outcomes = await asyncio.gather(*(attempt() for _ in range(5)), return_exceptions=True)
            assert [type(outcome) for outcome in outcomes if outcome] == [KeyLimit] * 4
            async with begin(engine) as connection:
                assert len(await keys_of(connection, account)) == MOST_KEYS

    asyncio.run(scenario())


def test_every_use_is_counted_though_many_come_at_once(opened: Callable[[], Any], ring: KeyRing, database: str) -> None:
    async def scenario() -> str:
        async with opened() as engine:
            async with begin(engine) as connection:
                made = await make_key(connection, ring, await account_of(connection, bytes(20)), "one", READ, NOW)

            async def use(number: int) -> None:
                async with begin(engine) as connection:
                    await count_use(connection, made.key.id, NOW + timedelta(days=number % 2), was_refused=number < 5)

            await asyncio.gather(*(use(number) for number in range(40)))
            return made.text

    text = asyncio.run(scenario())
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT requests FROM app.api_key_usage").fetchall() == [(20,), (20,)]
        assert connection.execute("SELECT sum(refused) FROM app.api_key_usage").fetchone() == (5,)
        everything = connection.execute("SELECT api_keys::text FROM app.api_keys").fetchone()
    assert everything is not None
    # Neither the key nor any recognizable part of its secret.
    assert text[17:30] not in everything[0]
    assert text.encode()[17:30].hex() not in everything[0]
