"""What keeps a run from starting is found before anything is started, and named with its fix."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from services.errors import SettingInvalid
from services.supervisor import read_supervisor_settings, up_once
from services.supervisor.errors import AlreadyRunning, DiskShort, StateCorrupt
from services.supervisor.home import Home, HomeLock
from tests.supervisor.conftest import Supervisor, processes_naming

Start = Callable[..., Supervisor]


def test_a_taken_port_is_named_with_its_holder_and_setting(start: Start, environment: dict[str, str]) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", int(environment["LIGHTDOM_RPC_PORT"])))
        stranger.listen()

        said = start().ended()

    assert "PORTS_TAKEN" in said
    assert f"port {environment['LIGHTDOM_RPC_PORT']} for the chain is taken by process {os.getpid()}" in said
    assert "LIGHTDOM_RPC_PORT=PORT make up" in said


def test_a_taken_port_leaves_nothing_half_started(start: Start, environment: dict[str, str]) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", int(environment["LIGHTDOM_IPFS_PORT"])))
        stranger.listen()
        supervisor = start()
        supervisor.ended()

    assert processes_naming(environment["LIGHTDOM_HOME"]) == []
    assert sorted(path.name for path in supervisor.home.folder.iterdir()) == ["logs", "supervisor.lock"]


def test_two_services_on_one_port_are_refused(start: Start, environment: dict[str, str]) -> None:
    said = start(LIGHTDOM_IPFS_PORT=environment["LIGHTDOM_RPC_PORT"]).ended()

    assert "is taken by another of LightDom's own services" in said


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("LIGHTDOM_DATABASE_URL", "postgresql://user:hidden-word@127.0.0.1:{port}/none"),
        ("LIGHTDOM_RPC_URL", "http://127.0.0.1:{port}"),
        ("LIGHTDOM_IPFS_URL", "http://127.0.0.1:{port}"),
    ],
)
def test_an_outside_service_that_does_not_answer_is_named_by_its_setting(
    start: Start, environment: dict[str, str], name: str, url: str
) -> None:
    said = start(**{name: url.format(port=environment["LIGHTDOM_API_PORT"])}).ended()

    assert f"OUTSIDE_SERVICE_UNREACHABLE: {name} names" in said
    assert "hidden-word" not in said
    assert processes_naming(environment["LIGHTDOM_HOME"]) == []


@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "٣"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingInvalid, match="LIGHTDOM_RPC_PORT"):
        read_supervisor_settings({"LIGHTDOM_RPC_PORT": port})


def test_an_invalid_address_is_refused_without_showing_its_password() -> None:
    with pytest.raises(SettingInvalid) as refused:
        read_supervisor_settings({"LIGHTDOM_DATABASE_URL": "mysql://me:hidden-word@host/db"})

    assert "hidden-word" not in str(refused.value)


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    home = Home(tmp_path)
    lock = HomeLock(home)

    with pytest.raises(AlreadyRunning):
        HomeLock(home)

    lock.release()
    HomeLock(home).release()


def test_a_run_that_is_only_starting_is_not_taken_for_one_that_is_up(tmp_path: Path) -> None:
    home = Home(tmp_path)
    lock = HomeLock(home)

    with pytest.raises(AlreadyRunning):
        up_once(read_supervisor_settings({"LIGHTDOM_HOME": str(tmp_path)}), print)

    lock.release()


def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")

    with pytest.raises(StateCorrupt, match="is a file"):
        Home(tmp_path / "home").prepare()


def test_too_little_space_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.supervisor.home.NEEDED_BYTES", 1 << 62)

    with pytest.raises(DiskShort, match="MiB are needed"):
        Home(tmp_path).prepare()


def test_a_chain_state_cut_short_is_named_with_the_way_out(start: Start, environment: dict[str, str]) -> None:
    state = Path(environment["LIGHTDOM_HOME"]) / "chain/state.json"
    state.parent.mkdir(parents=True)
    state.write_text('{"best_block_number": 3, "blocks": [')

    said = start().ended()

    assert f"STATE_CORRUPT: the chain's state cannot be read ({state})" in said
    assert "make clean" in said
    assert state.exists(), "what is corrupt is never thrown away by the program"


def test_a_database_of_another_version_is_refused(start: Start, environment: dict[str, str]) -> None:
    data = Path(environment["LIGHTDOM_HOME"]) / "postgres/data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")

    said = start().ended()

    assert "STATE_CORRUPT: the database was made by PostgreSQL 12" in said
    assert processes_naming(environment["LIGHTDOM_HOME"]) == []
