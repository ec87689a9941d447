"""What the doors refuse, and that nothing of the inside shows when something breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.database import engine as open_engine
from tests.api.chain_rows import town
from tests.api.conftest import Asker

META = "{ _meta { lagBlocks } }"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"5", "application/json"),
        (b"[]", "application/json"),
        (b'[{"query": "{ __typename }"}]', "application/json"),
        (b"{}", "application/json"),
        (b'{"query": 5}', "application/json"),
        (b'{"query": "{ __typename }", "variables": []}', "application/json"),
        (b'{"query": "\xff"}', "application/json"),
        (b'{"query": "{ __typename }", "variables": {"x": NaN}}', "application/json"),
        (b'{"query": "{ __typename }", "variables": ' + b"[" * 5000 + b"]" * 5000 + b"}", "application/json"),
        (b"query=%7B__typename%7D", "application/x-www-form-urlencoded"),
        (b'{"query": "{ __typename }"}', "text/plain"),
    ],
)
def test_a_body_that_is_no_operation_is_refused(asker: Asker, body: bytes, kind: str) -> None:
    answer = asker.request("POST", "/graphql", content=body, headers={"content-type": kind})

    assert answer.response.status_code == 400
    assert answer.codes == ["BAD_INPUT"]
    assert answer.statements == ()


def test_a_query_by_get_is_refused(asker: Asker) -> None:
    answer = asker.request("GET", "/graphql", params={"query": META})

    assert answer.response.status_code == 400
    assert answer.statements == ()


def test_a_body_over_the_limit_is_refused_before_it_is_parsed(asker: Asker) -> None:
    answer = asker.ask("{ __typename }" + " " * 200_000)

    assert answer.response.status_code == 413
    assert answer.json["code"] == "BODY_TOO_LARGE"


def test_a_body_that_hides_its_length_is_refused_at_the_limit(asker: Asker) -> None:
    async def chunks() -> object:
        for _ in range(200):
            yield b" " * 1_000

    answer = asker.request("POST", "/graphql", content=chunks(), headers={"content-type": "application/json"})

    assert answer.response.status_code == 413


@pytest.mark.parametrize(
    "query",
    [
        "{ " + " ".join(f"a{n}: __typename" for n in range(31)) + " }",
        "{ " + " ".join(["_meta { lagBlocks }"] * 21) + " }",
        "{ harvesters(first: 100) { nodes { optimizations(first: 100) { nodes { harvester { landCount } } } } } }",
        "query ($n: Int = 100) { harvesters(first: $n) { edges { node { land(first: $n) { nodes { level } } } } } }",
        "{ optimizations { nodes " + "{ harvester { optimizations { nodes " * 6 + "{ claimId }" + " } } }" * 6 + " } }",
        "{ ...f0 } "
        + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(40))
        + " fragment f40 on Query { a: __typename }",
    ],
    ids=["aliases", "root fields", "cost", "cost by a default", "depth", "fragment bomb"],
)
def test_a_query_that_asks_for_too_much_is_refused_unrun(asker: Asker, query: str) -> None:
    answer = asker.ask(query)

    assert answer.codes == ["TOO_COMPLEX"]
    assert answer.statements == ()


@pytest.mark.parametrize(
    "query",
    [
        "{" * 900,
        "{ " + "a { " * 450 + "b" + " }" * 450 + " }",
        "{ " + "a " * 3_000 + "}",
        "{ nobody }",
        "fragment f on Query { ...f } { ...f }",
    ],
    ids=["open braces", "nested", "tokens", "unknown field", "fragment cycle"],
)
def test_a_broken_document_is_the_callers_mistake(asker: Asker, query: str) -> None:
    answer = asker.ask(query)

    assert set(answer.codes) <= {"BAD_INPUT", "TOO_COMPLEX"}
    assert answer.statements == ()


def test_a_foreign_host_name_is_refused(asker: Asker) -> None:
    assert asker.request("GET", "/health", headers={"host": "evil.example"}).response.status_code == 400


def test_a_lost_database_is_unavailable_and_tells_no_address(asker_of: Callable[..., Asker]) -> None:
    answer = asker_of("postgresql://someone:secret@127.0.0.1:1/nothing").ask(META)

    assert answer.codes == ["UNAVAILABLE"]
    assert not re.search(r"secret|someone|127\.0\.0\.1", answer.response.text)


def test_a_database_that_is_not_migrated_says_so(
    asker_of: Callable[..., Asker], new_database: Callable[[], str]
) -> None:
    answer = asker_of(new_database()).ask(META)

    assert answer.codes == ["UNAVAILABLE"]
    assert "indexer migrate" in answer.response.text


def test_what_nobody_foresaw_is_masked_and_carries_the_callers_id(
    asker_of: Callable[..., Asker], empty_chain: str
) -> None:
    chain = town(claims=0)
    # A biome that no contract knows: a surprise of the kind that a newer contract could bring.
    chain.host("odd.example", biome=42)
    engine = open_engine(empty_chain)
    chain.write(engine)
    engine.dispose()
    answer = asker_of(empty_chain).ask("{ hosts { nodes { name } } }", headers={"x-request-id": "mine-1"})

    assert answer.codes == ["INTERNAL"]
    assert answer.response.headers["x-request-id"] == "mine-1"
    assert "mine-1" in answer.json["errors"][0]["message"]
    assert "Biome" not in answer.response.text


@pytest.mark.parametrize("given", ["", "a b", "x" * 65, "<script>", "é"])
def test_a_request_id_that_is_not_plain_is_replaced(asker: Asker, given: str) -> None:
    answer = asker.request("GET", "/health", headers={"x-request-id": given.encode()})

    assert re.fullmatch("[0-9a-f]{32}", answer.response.headers["x-request-id"])


def test_every_answer_tells_browsers_what_to_refuse(asker: Asker) -> None:
    for method, path in (("GET", "/health"), ("GET", "/nowhere"), ("POST", "/graphql"), ("GET", "/graphql")):
        headers = asker.request(method, path).response.headers

        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers
        assert "server" not in headers


def test_pages_that_are_not_built_say_how_to_build_them(asker: Asker) -> None:
    page = asker.request("GET", "/").response
    ide = asker.request("GET", "/graphql", headers={"accept": "text/html"}).response

    assert (page.status_code, ide.status_code) == (503, 503)
    assert "npm run build -w dashboards" in page.text
    assert "npm run build -w dashboards" in ide.text


@pytest.mark.parametrize(
    "path", ["/../secret", "/%2e%2e/secret", "/assets/../../secret", "/assets/%2e%2e%2f%2e%2e%2fsecret"]
)
def test_a_path_cannot_leave_the_folder_of_the_pages(
    asker_of: Callable[..., Asker], town_url: str, tmp_path: Path, path: str
) -> None:
    (tmp_path / "secret").write_text("secret")
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("page")
    answer = asker_of(town_url, dashboards=dist).request("GET", path)

    assert answer.response.status_code == 404
    assert "secret" not in answer.response.text
