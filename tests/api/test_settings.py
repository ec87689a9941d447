"""Settings that cannot be meant are refused by name, before anything is started."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from api import from_environment
from api.errors import SettingError
from tests.api.serving import environment

DATABASE = {"LIGHTDOM_DATABASE_URL": "postgresql://x"}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "LIGHTDOM_DATABASE_URL is not set"),
        ({"LIGHTDOM_DATABASE_URL": "mysql://x"}, "postgresql://"),
        (DATABASE | {"LIGHTDOM_API_PORT": "٨٤٢٠"}, "LIGHTDOM_API_PORT is refused"),
        (DATABASE | {"LIGHTDOM_API_PORT": "65536"}, "from 1 to 65535"),
        (DATABASE | {"LIGHTDOM_API_PORT": "0"}, "LIGHTDOM_API_PORT is refused"),
        (DATABASE | {"LIGHTDOM_API_PORT": "84 20"}, "LIGHTDOM_API_PORT is refused"),
        (DATABASE | {"LIGHTDOM_LAG_LIMIT_BLOCKS": "-1"}, "LIGHTDOM_LAG_LIMIT_BLOCKS is refused"),
        (DATABASE | {"LIGHTDOM_API_POOL": "0"}, "LIGHTDOM_API_POOL is refused"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_by_name(settings: dict[str, str], words: str) -> None:
    with pytest.raises(SettingError, match=words):
        from_environment(settings)


def test_the_process_listens_on_the_loopback_unless_told_otherwise() -> None:
    settings = from_environment(DATABASE)

    assert (settings.host, settings.port) == ("127.0.0.1", 8420)
    assert settings.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")


def test_more_host_names_are_allowed_by_name() -> None:
    settings = from_environment(
        DATABASE | {"LIGHTDOM_ALLOWED_HOSTS": "a.example, b.example", "LIGHTDOM_DASHBOARDS": "/d"}
    )

    assert settings.allowed_hosts[-2:] == ("a.example", "b.example")
    assert settings.dashboards == Path("/d")


def test_a_missing_setting_and_a_taken_port_end_the_process_in_one_line() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        missing, taken = (
            subprocess.run([sys.executable, "-m", "api"], env=given, capture_output=True, text=True, timeout=60)
            for given in (environment(), environment(**DATABASE, LIGHTDOM_API_PORT=port))
        )

    assert (missing.returncode, taken.returncode) == (2, 2)
    assert "LIGHTDOM_DATABASE_URL" in missing.stderr
    assert port in taken.stderr
    assert missing.stderr.count("\n") == taken.stderr.count("\n") == 1
