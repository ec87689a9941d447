"""Whatever is killed, nothing is left running and nothing that was acknowledged is lost."""

import json
import os
import signal
import stat
import subprocess
import time
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path

import pytest

from services.supervisor import down
from services.supervisor.probe import http
from tests.supervisor.conftest import Supervisor, await_none_naming

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the leash is Linux's")
Start = Callable[..., Supervisor]


def test_a_kill_of_the_supervisor_leaves_nothing_running_and_loses_nothing(
    start: Start, environment: dict[str, str]
) -> None:
    first = start().await_up()
    with first.database() as connection:
        connection.execute("create table kept (value int)")
        connection.execute("insert into kept select generate_series(1, 1000)")
    blocks = first.send_ether(20)
    cid = _store_block(first, b"kept through a kill")

    first.stop(signal.SIGKILL)

    assert await_none_naming(environment["LIGHTDOM_HOME"], 10) == []
    second = start().await_up()
    with second.database() as connection:
        assert connection.execute("select sum(value) from kept").fetchone() == (500500,)
    assert second.block_hashes() == blocks
    assert http(f"{second.settings.ipfs_url}/api/v0/block/get?arg={cid}", "POST") == b"kept through a kill"


def test_a_run_may_follow_a_kill_at_once(start: Start) -> None:
    first = start().await_up()
    blocks = first.send_ether(5)

    first.stop(signal.SIGKILL)
    second = start().await_up()

    assert second.block_hashes() == blocks


def test_an_ordered_stop_keeps_all_three_stores(start: Start, environment: dict[str, str]) -> None:
    first = start().await_up()
    with first.database() as connection:
        connection.execute("create table kept as select 7 as value")
    blocks = first.send_ether(3)
    cid = _store_block(first, b"kept through a stop")

    first.stop()

    assert await_none_naming(environment["LIGHTDOM_HOME"], 1) == []
    second = start().await_up()
    with second.database() as connection:
        assert connection.execute("select value from kept").fetchone() == (7,)
    assert second.block_hashes() == blocks
    assert http(f"{second.settings.ipfs_url}/api/v0/block/get?arg={cid}", "POST") == b"kept through a stop"


def test_killed_stores_come_back_with_what_they_had(start: Start) -> None:
    supervisor = start().await_up()
    with supervisor.database() as connection:
        connection.execute("create table kept as select 7 as value")
    blocks = supervisor.send_ether(3)
    time.sleep(2.5)  # the chain's state is saved at most a tick after a block

    before = supervisor.record.children
    for child in before.values():
        child.signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while not _all_answer(supervisor) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert supervisor.block_hashes() == blocks
    with supervisor.database() as connection:
        assert connection.execute("select value from kept").fetchone() == (7,)
    assert all(supervisor.record.children[name] != child for name, child in before.items())


def test_down_stops_a_run_from_outside(start: Start, environment: dict[str, str]) -> None:
    supervisor = start().await_up()

    assert down(supervisor.settings, print) == 0

    assert supervisor.process.wait(5) == 0
    assert await_none_naming(environment["LIGHTDOM_HOME"], 1) == []


def test_down_with_a_record_of_a_dead_run_harms_no_stranger(start: Start, environment: dict[str, str]) -> None:
    first = start().await_up()
    first.stop(signal.SIGKILL)
    await_none_naming(environment["LIGHTDOM_HOME"], 10)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        record = first.home.record
        # As if the stranger had got the dead supervisor's number.
        record.write_text(record.read_text().replace(f'"pid": {first.process.pid},', f'"pid": {stranger.pid},'))

        assert down(first.settings, print) == 0

        assert stranger.poll() is None
        stranger.kill()


def test_a_stale_pid_file_of_postgres_harms_no_stranger(start: Start, environment: dict[str, str]) -> None:
    start().await_up().stop()
    pid_file = Path(environment["LIGHTDOM_HOME"]) / "postgres/data/postmaster.pid"
    with subprocess.Popen(["sleep", "60"]) as stranger:
        pid_file.write_text(f"{stranger.pid}\n{pid_file.parent}\n1\n5432\n\n127.0.0.1\n\nready\n")

        start().await_up()

        assert stranger.poll() is None
        stranger.kill()


def test_outside_services_are_used_and_none_is_started(start: Start, standing: Supervisor) -> None:
    with_outside = start(
        LIGHTDOM_RPC_URL=standing.settings.rpc_url,
        LIGHTDOM_IPFS_URL=standing.settings.ipfs_url,
        LIGHTDOM_DATABASE_URL=standing.record.database_url,
    ).await_up()

    assert with_outside.record.rpc_url == standing.settings.rpc_url
    assert with_outside.record.children == {}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's Postgres changes its user")
def test_postgres_does_not_run_as_root_and_is_reached_by_password_only(standing: Supervisor) -> None:
    server = standing.record.children["postgres"].pid
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{server}/status").read_text().splitlines())
    assert "0" not in status["Uid"].split()
    # It may pass through private folders, as the test's own is, and nothing else that root may.
    assert int(status["CapEff"], 16) in (0, 1 << 1, 1 << 2)
    assert stat.S_IMODE((standing.home.folder / "postgres/password").stat().st_mode) == 0o600
    assert stat.S_IMODE(standing.home.record.stat().st_mode) == 0o600


def test_no_web_page_may_talk_to_the_ipfs_node(standing: Supervisor) -> None:
    connection = HTTPConnection("127.0.0.1", standing.settings.ipfs_port, timeout=5)
    connection.request("POST", "/api/v0/version", headers={"Origin": "https://elsewhere.example"})
    answer = connection.getresponse()
    answer.read()
    connection.close()

    assert answer.status == 403


def _store_block(supervisor: Supervisor, content: bytes) -> str:
    boundary = b"----block"
    body = b"\r\n".join(
        [
            b"--" + boundary,
            b'Content-Disposition: form-data; name="data"; filename="data"',
            b"Content-Type: application/octet-stream",
            b"",
            content,
            b"--" + boundary + b"--",
            b"",
        ]
    )
    connection = HTTPConnection("127.0.0.1", supervisor.settings.ipfs_port, timeout=10)
    connection.request(
        "POST",
        "/api/v0/block/put?cid-codec=raw",
        body,
        {"Content-Type": f"multipart/form-data; boundary={boundary.decode()}"},
    )
    answer = connection.getresponse().read()
    connection.close()
    return str(json.loads(answer)["Key"])


def _all_answer(supervisor: Supervisor) -> bool:
    try:
        supervisor.database().close()
        supervisor.block_hashes()
        http(f"{supervisor.settings.ipfs_url}/api/v0/version", "POST")
    except Exception:
        return False
    return len(supervisor.record.children) == 3
