"""Metrics are the operator's, hold nothing that a caller chose, and rules and dashboards ask for nothing else."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import promql_parser
import pytest
import yaml

from api import Settings
from api.app import create_app
from api.errors import SettingRefused
from api.settings import from_environment
from indexer import metrics as indexer_metrics
from services.auth.sessions import start_session
from services.auth.sign_in import account_of
from services.chain import figures as worker_figures
from services.database import begin, open_engine
from services.database.migrations import upgrade
from tests.services.audit.conftest import NOW

FOLDER = Path(__file__).parents[2] / "docs" / "monitoring"
ORIGIN = "http://localhost:8420"


def _metrics(settings: Settings, client: tuple[str, int] = ("127.0.0.1", 1), asked: Any = None, **headers: str) -> Any:
    async def run() -> httpx.Response:
        app = create_app(settings)
        transport = httpx.ASGITransport(app, client=client)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as browser:
            if asked is not None:
                await asked(browser)
            answer = await browser.get("/metrics", headers=headers)
        await app.state.shared.engine.dispose()
        await app.state.shared.access.close()
        return answer

    return asyncio.run(run())


def _values(text: str) -> dict[str, float]:
    lines = (line.rpartition(" ") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


@pytest.fixture
def away(tmp_path: Path) -> Settings:
    """An API whose database does not answer."""
    return Settings(database_url="postgresql://127.0.0.1:1/none", dashboards=tmp_path)


@pytest.mark.parametrize(
    ("client", "headers"),
    [
        (("203.0.113.7", 1), {}),
        (("127.0.0.1", 1), {"x-forwarded-for": "203.0.113.7"}),
        (("127.0.0.1", 1), {"via": "a"}),
    ],
)
def test_whoever_comes_from_elsewhere_sees_no_metrics(
    away: Settings, client: tuple[str, int], headers: dict[str, str]
) -> None:
    answer = _metrics(away, client, **headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "NOT_PERMITTED")
    assert "LIGHTDOM_METRICS_TOKEN_FILE" in answer.json()["nextStep"]


def test_with_a_token_only_who_knows_it_sees_metrics(away: Settings, tmp_path: Path) -> None:
    settings = Settings(database_url=away.database_url, dashboards=tmp_path, metrics_token="a" * 20)
    assert _metrics(settings).status_code == 401
    assert _metrics(settings, authorization="Bearer " + "b" * 20).status_code == 401
    assert _metrics(settings, ("203.0.113.7", 1), authorization="Bearer " + "a" * 20).status_code == 200
    assert "a" * 20 not in repr(settings)


@pytest.mark.parametrize("content", ["short", "a" * 300, "with a blank in it, long enough"])
def test_a_token_file_that_cannot_be_meant_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "token"
    path.write_text(content)
    environment = {"LIGHTDOM_DATABASE_URL": "postgresql://x/y", "LIGHTDOM_METRICS_TOKEN_FILE": str(path)}
    with pytest.raises(SettingRefused) as refused:
        from_environment(environment)
    assert refused.value.name == "LIGHTDOM_METRICS_TOKEN_FILE"
    assert content not in str(refused.value)


def test_requests_are_counted_by_their_route_and_never_by_what_the_caller_wrote(away: Settings) -> None:
    async def asked(browser: httpx.AsyncClient) -> None:
        await browser.get("/api/v1/optimizations/0xhostile")
        await browser.get("/api/v1/<hostile>")
        await browser.get("/<hostile>")
        await browser.request("HOSTILE", "/health")
        await browser.post("/graphql", json={"query": "{ hostile __typename x: totals { claims } }"})
        await browser.post(
            "/graphql", json={"query": "{ x: totals { claims } ...F } fragment F on Query { totals { claims } }"}
        )

    text = _metrics(away, asked=asked).text
    values = _values(text)
    assert "hostile" not in text.lower()
    assert (
        values['lightdom_api_requests_total{operation="GET /api/v1/optimizations/{claim_id}",outcome="refused"}'] == 1
    )
    assert values['lightdom_api_graphql_fields_total{field="totals",outcome="UNAVAILABLE"}'] == 2
    assert values['lightdom_api_errors_total{code="UNAVAILABLE"}'] == 1
    assert values["lightdom_mirror_up"] == values["lightdom_accounts_up"] == 0


def test_accounts_that_come_and_stay_are_counted(empty_chain: str, tmp_path: Path) -> None:
    upgrade(empty_chain)

    async def sign_in() -> None:
        engine = open_engine(empty_chain)
        async with begin(engine) as connection:
            for number in (1, 2):
                account = await account_of(connection, bytes([number]) * 20)
                await start_session(connection, account, NOW)
        await engine.dispose()

    asyncio.run(sign_in())
    values = _values(_metrics(Settings(database_url=empty_chain, dashboards=tmp_path)).text)
    assert values["lightdom_accounts"] == 2
    assert values['lightdom_accounts_new{within="1d"}'] == 2
    # They were seen at a time long ago, and what they did is signed by nobody.
    assert values['lightdom_accounts_active{within="30d"}'] == 0
    assert values["lightdom_audit_unsigned_seconds"] > 300


def _asked_by(node: Any) -> set[str]:
    return set(re.findall(r"\b(?:lightdom|indexer)[a-z0-9_:]*", str(node)))


def test_rules_and_dashboards_load_and_ask_for_metrics_that_there_are(empty_chain: str, tmp_path: Path) -> None:
    upgrade(empty_chain)

    async def asked(browser: httpx.AsyncClient) -> None:
        await browser.post("/graphql", json={"query": "{ totals { claims } }"})

    known = set(
        re.findall(
            r"^# TYPE (\S+)", _metrics(Settings(database_url=empty_chain, dashboards=tmp_path), asked=asked).text, re.M
        )
    )
    known |= set(re.findall(r"^# TYPE (\S+)", indexer_metrics.text(), re.M))
    for family in worker_figures.REGISTRY.collect():
        known.add(family.name + "_total" if family.type == "counter" else family.name)
    # Of a mirror that has read a block; tests/api/test_figures.py shows them.
    source = (Path(__file__).parents[2] / "graphql" / "api" / "telemetry" / "business.py").read_text()
    known |= set(re.findall(r'"(lightdom_[a-z_]+)"', source))

    rules = yaml.safe_load((FOLDER / "rules.yml").read_text())
    every = [rule for group in rules["groups"] for rule in group["rules"]]
    recorded = {rule["record"] for rule in every if "record" in rule}
    expressions = [rule["expr"] for rule in every]
    for path in sorted(FOLDER.glob("*.json")):
        board = json.loads(path.read_text())
        assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])
        expressions += [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    for expression in expressions:
        promql_parser.parse(expression)
        plain = {re.sub("_(bucket|sum|count)$", "", name) for name in _asked_by(expression)}
        assert {name for name in plain if name not in known | recorded} == set(), expression
    for rule in every:
        assert "record" in rule or {"summary", "action"} <= rule["annotations"].keys()
