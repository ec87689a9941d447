"""The REST door's reading side: pages without gaps, the same figures as GraphQL, ETags, and clear refusals."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Asker


@pytest.mark.parametrize(
    ("path", "status", "code", "field"),
    [
        ("/api/v1/optimizations?first=0", 422, "BAD_INPUT", "first"),
        ("/api/v1/optimizations?first=101", 422, "BAD_INPUT", "first"),
        ("/api/v1/optimizations?after=zzz", 400, "BAD_CURSOR", "after"),
        ("/api/v1/optimizations?status=lost", 422, "BAD_INPUT", "status.0"),
        ("/api/v1/optimizations?biome=MARS", 422, "BAD_INPUT", "biome"),
        ("/api/v1/optimizations?prover=0x12", 422, "BAD_INPUT", "prover"),
        ("/api/v1/optimizations/0x12", 404, "NOT_FOUND", "claimId"),
        ("/api/v1/optimizations/zz", 422, "BAD_INPUT", None),
        ("/api/v1/harvesters/0x" + "00" * 20, 404, "NOT_FOUND", "address"),
        ("/api/v1/analytics?period=1y", 422, "BAD_INPUT", "period"),
        ("/api/v1/nothing", 404, "NOT_FOUND", None),
    ],
)
def test_what_cannot_be_answered_is_a_problem_with_a_code_and_its_field(
    asker: Asker, path: str, status: int, code: str, field: str | None
) -> None:
    answer = asker.request("GET", path)

    assert answer.response.status_code == status, answer.json
    assert answer.response.headers["content-type"] == "application/problem+json"
    assert (answer.json["code"], answer.json.get("field")) == (code, field)
    assert answer.json["requestId"] == answer.response.headers["x-request-id"]


def test_another_method_is_refused_and_the_right_ones_are_named(asker: Asker) -> None:
    answer = asker.request("PUT", "/api/v1/keys")

    assert answer.response.status_code == 405
    assert answer.response.headers["allow"] == "GET, POST"


def test_pages_show_every_claim_once_in_graphqls_order(asker: Asker) -> None:
    found: list[str] = []
    path = "/api/v1/optimizations?first=7"
    while True:
        page = asker.request("GET", path).json
        found += [item["claimId"] for item in page["items"]]
        if page["nextCursor"] is None:
            break
        path = f"/api/v1/optimizations?first=7&after={page['nextCursor']}"

    nodes = asker.ask("{ optimizations(first: 100) { nodes { claimId } } }").data["optimizations"]["nodes"]
    assert found == [node["claimId"] for node in nodes]


def test_one_claim_reads_alike_through_both_doors_and_alone_as_in_its_list(asker: Asker) -> None:
    fields = "claimId status prover host biome sourceBytes optimizedBytes claimedBytes attestedBytes savedBytes"
    fields += " rewardWei votes revealedAt deadline decidedAt transactionHash"
    listed = asker.request("GET", "/api/v1/optimizations?first=100").json["items"]
    nodes = asker.ask(f"{{ optimizations(first: 100) {{ nodes {{ {fields} }} }} }}").data["optimizations"]["nodes"]

    assert [item | {"status": item["status"].upper()} for item in listed] == nodes
    assert asker.request("GET", f"/api/v1/optimizations/{listed[3]['claimId']}").json == listed[3]


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ("status=finalized&status=slashed", lambda item: item["status"] in ("finalized", "slashed")),
        ("biome=DIGITAL", lambda item: item["biome"] == "DIGITAL"),
    ],
)
def test_a_filter_keeps_exactly_what_matches(asker: Asker, query: str, is_kept: Any) -> None:
    every = asker.request("GET", "/api/v1/optimizations?first=100").json["items"]
    found = asker.request("GET", f"/api/v1/optimizations?first=100&{query}").json["items"]

    assert found == [item for item in every if is_kept(item)]
    assert 0 < len(found) < len(every)


def test_sums_are_those_of_graphql(asker: Asker) -> None:
    stats = asker.request("GET", "/api/v1/metaverse/stats").json
    totals = asker.ask(f"{{ totals {{ {' '.join(stats)} }} }}").data["totals"]
    assert stats == totals

    board = asker.request("GET", "/api/v1/harvesters?first=100").json["items"]
    nodes = asker.ask(f"{{ harvesters(first: 100) {{ nodes {{ {' '.join(board[0])} }} }} }}").data["harvesters"][
        "nodes"
    ]
    assert board == nodes
    assert asker.request("GET", f"/api/v1/harvesters/{board[0]['address']}").json == board[0]

    month = asker.request("GET", "/api/v1/analytics?period=30d").json
    hour = asker.request("GET", "/api/v1/analytics?period=1h").json
    assert int(month["savedBytes"]) >= int(hour["savedBytes"])
    assert month["until"] == hour["until"]


def test_what_is_known_already_is_not_sent_again(asker: Asker) -> None:
    first = asker.request("GET", "/api/v1/harvesters")
    tag = first.response.headers["etag"]
    again = asker.request("GET", "/api/v1/harvesters", headers={"if-none-match": f'"other", W/{tag}'})
    changed = asker.request("GET", "/api/v1/harvesters?first=1", headers={"if-none-match": tag})

    assert (again.response.status_code, again.response.content) == (304, b"")
    assert again.response.headers["etag"] == tag
    assert changed.response.status_code == 200


def test_the_description_is_openapi_3_1_and_names_every_operation_once(asker: Asker) -> None:
    described = asker.request("GET", "/api/v1/openapi.json").json
    identifiers = [operation["operationId"] for path in described["paths"].values() for operation in path.values()]

    assert described["openapi"].startswith("3.1")
    assert len(identifiers) == len(set(identifiers))
    assert "application/problem+json" in described["paths"]["/api/v1/keys"]["post"]["responses"]["default"]["content"]
