"""Alive, and ready with reasons."""

from __future__ import annotations

from collections.abc import Callable

from indexer.database import engine as open_engine
from tests.api.chain_rows import town
from tests.api.conftest import Asker


def _met(answer: object) -> dict[str, bool]:
    return {check["name"]: check["isMet"] for check in answer.json["checks"]}  # type: ignore[attr-defined]


def test_a_process_without_a_database_is_alive_and_not_ready(asker_of: Callable[..., Asker]) -> None:
    asker = asker_of("postgresql://nobody@127.0.0.1:1/nothing")

    assert asker.request("GET", "/health").response.status_code == 200
    answer = asker.request("GET", "/ready")
    assert answer.response.status_code == 503
    assert _met(answer) == {"database": False}


def test_a_database_that_is_not_migrated_is_not_ready(
    asker_of: Callable[..., Asker], new_database: Callable[[], str]
) -> None:
    answer = asker_of(new_database()).request("GET", "/ready")

    assert answer.response.status_code == 503
    assert "indexer migrate" in answer.json["checks"][0]["detail"]


def test_an_indexer_that_has_read_nothing_is_not_ready(asker_of: Callable[..., Asker], empty_chain: str) -> None:
    answer = asker_of(empty_chain).request("GET", "/ready")

    assert answer.response.status_code == 503
    assert _met(answer) == {"database": True, "indexer": False}


def test_an_indexer_far_behind_is_not_ready(asker_of: Callable[..., Asker], empty_chain: str) -> None:
    chain = town(claims=1)
    engine = open_engine(empty_chain)
    chain.write(engine, head_number=chain.number + 21)
    near = asker_of(empty_chain, lag_limit_blocks=21).request("GET", "/ready")
    far = asker_of(empty_chain, lag_limit_blocks=20).request("GET", "/ready")
    engine.dispose()

    assert near.response.status_code == 200
    assert far.response.status_code == 503
    assert _met(far) == {"database": True, "indexer lag": False, "indexer running": True}


def test_an_indexer_that_fell_silent_is_not_ready(asker_of: Callable[..., Asker], empty_chain: str) -> None:
    engine = open_engine(empty_chain)
    town(claims=1).write(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE checkpoint SET seen_at = now() - interval '1 minute'")
    answer = asker_of(empty_chain).request("GET", "/ready")
    engine.dispose()

    assert answer.response.status_code == 503
    assert _met(answer)["indexer running"] is False


def test_an_indexer_that_halted_is_not_ready_and_says_why(asker_of: Callable[..., Asker], empty_chain: str) -> None:
    engine = open_engine(empty_chain)
    town(claims=1).write(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE checkpoint SET halted = 'block 7 was final'")
    answer = asker_of(empty_chain).request("GET", "/ready")
    engine.dispose()

    assert answer.response.status_code == 503
    assert _met(answer)["indexer halted"] is False
    assert "block 7 was final" in answer.response.text
    assert "indexer recover" in answer.response.text
