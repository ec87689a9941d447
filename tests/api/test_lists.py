"""Connections: what they refuse, that paging meets each row once, and what filters and orders show."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from eth_utils.address import to_checksum_address

from tests.api.chain_rows import account
from tests.api.conftest import Asker

PAGE = """
query Page($first: Int, $after: String, $last: Int, $before: String,
           $filter: OptimizationFilter, $orderBy: OptimizationOrder) {
  optimizations(first: $first, after: $after, last: $last, before: $before, filter: $filter, orderBy: $orderBy) {
    totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { claimId status prover host claimedBytes savedBytes rewardWei revealedBlock } }
  }
}
"""


@pytest.mark.parametrize("size", [0, -1, 101, 2**31 - 1])
def test_a_page_size_outside_of_1_to_100_is_refused(asker: Asker, size: int) -> None:
    answer = asker.ask(PAGE, first=size)

    assert answer.codes == ["BAD_INPUT"]
    assert answer.json["errors"][0]["extensions"]["field"] == "first"


def test_first_and_last_together_are_refused(asker: Asker) -> None:
    assert asker.ask(PAGE, first=1, last=1).codes == ["BAD_INPUT"]


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "🦉", "A" * 5000])
def test_a_text_that_is_no_cursor_is_refused(asker: Asker, cursor: str) -> None:
    answer = asker.ask(PAGE, after=cursor)

    assert answer.codes == ["BAD_CURSOR"]
    assert answer.json["errors"][0]["extensions"]["field"] == "after"


def test_a_cursor_of_another_order_is_refused(asker: Asker) -> None:
    cursor = asker.ask(PAGE, first=1).data["optimizations"]["pageInfo"]["endCursor"]

    assert asker.ask(PAGE, after=cursor, orderBy={"field": "REWARD"}).codes == ["BAD_CURSOR"]


def test_a_cursor_of_another_list_is_refused(asker: Asker) -> None:
    cursor = asker.ask("{ rewards(first: 1) { pageInfo { endCursor } } }").data["rewards"]["pageInfo"]["endCursor"]

    assert asker.ask(PAGE, after=cursor).codes == ["BAD_CURSOR"]


def test_a_mistyped_address_is_refused(asker: Asker) -> None:
    right = to_checksum_address(account(0))
    wrong = right.swapcase().replace("0X", "0x")

    assert asker.ask(PAGE, filter={"prover": wrong}).codes == ["BAD_INPUT"]
    assert asker.ask(PAGE, filter={"prover": right[:-1]}).codes == ["BAD_INPUT"]


ORDERS = [
    {"field": field, "direction": direction}
    for field in ("REVEALED", "CLAIMED_BYTES", "SAVED_BYTES", "REWARD")
    for direction in ("ASC", "DESC")
]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: f"{order['field']}-{order['direction']}")
def test_pages_meet_every_row_once_in_both_directions(asker: Asker, order: dict[str, str]) -> None:
    whole = _ids(asker.ask(PAGE, first=100, orderBy=order).data)
    forward = _walk(asker, order, "first", "after", "endCursor", "hasNextPage")
    backward = _walk(asker, order, "last", "before", "startCursor", "hasPreviousPage")

    assert len(whole) == len(set(whole)) == 40
    assert [claim_id for page in forward for claim_id in page] == whole
    assert [claim_id for page in reversed(backward) for claim_id in page] == whole


def test_a_list_is_ordered_by_the_figure_that_was_asked_for(asker: Asker) -> None:
    nodes = _nodes(asker.ask(PAGE, first=100, orderBy={"field": "SAVED_BYTES"}).data)
    figures = [int(node["savedBytes"] or 0) for node in nodes]

    assert figures == sorted(figures, reverse=True)
    assert figures[0] > 0


def test_a_filter_shows_what_matches_all_its_parts(asker: Asker) -> None:
    wanted = {"status": ["SLASHED", "EXPIRED"], "prover": to_checksum_address(account(0)), "host": "SHOP.example"}
    nodes = _nodes(asker.ask(PAGE, first=100, filter=wanted).data)

    assert nodes
    assert {node["status"] for node in nodes} <= {"SLASHED", "EXPIRED"}
    assert {node["prover"] for node in nodes} == {to_checksum_address(account(0))}
    assert {node["host"] for node in nodes} == {"shop.example"}


def test_an_unregistered_host_is_found_by_its_name(asker: Asker) -> None:
    nodes = _nodes(asker.ask(PAGE, first=100, filter={"host": "blog.example"}).data)

    assert len(nodes) == 20
    assert {node["host"] for node in nodes} == {None}


def test_an_empty_status_list_matches_nothing(asker: Asker) -> None:
    assert asker.ask(PAGE, filter={"status": []}).data["optimizations"]["edges"] == []


def test_the_total_is_of_the_whole_filtered_list(asker: Asker) -> None:
    assert asker.ask(PAGE, first=1, filter={"status": ["SLASHED"]}).data["optimizations"]["totalCount"] == 4


@pytest.mark.parametrize("name", ["optimizations", "harvesters", "land", "rewards", "verifiers", "hosts"])
def test_every_list_is_empty_and_not_an_error_on_an_empty_chain(
    asker_of: Callable[..., Asker], empty_chain: str, name: str
) -> None:
    answer = asker_of(empty_chain).ask(
        f"{{ {name} {{ totalCount pageInfo {{ hasNextPage endCursor }} }} _meta {{ lagBlocks }} }}"
    )

    assert answer.data == {
        name: {"totalCount": 0, "pageInfo": {"hasNextPage": False, "endCursor": None}},
        "_meta": None,
    }


def _walk(asker: Asker, order: dict[str, str], size: str, place: str, cursor: str, has_more: str) -> list[list[str]]:
    pages: list[list[str]] = []
    variables: dict[str, Any] = {size: 7, "orderBy": order}
    while True:
        data = asker.ask(PAGE, **variables).data
        pages.append(_ids(data))
        info = data["optimizations"]["pageInfo"]
        if not info[has_more]:
            return pages
        variables[place] = info[cursor]


def _nodes(data: Any) -> list[dict[str, Any]]:
    return [edge["node"] for edge in data["optimizations"]["edges"]]


def _ids(data: Any) -> list[str]:
    return [node["claimId"] for node in _nodes(data)]
