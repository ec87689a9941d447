"""Services that die are started again, not for ever; what they leave behind is swept; tasks must end well."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.supervisor.errors import ServiceDied, ServiceNotReady, TaskFailed
from services.supervisor.identity import ProcessIdentity, identify, started_of
from services.supervisor.logs import rotate, tail
from services.supervisor.probe import NoAnswer
from services.supervisor.process import Child, Command
from services.supervisor.running import Running, Stopped
from tests.supervisor.conftest import await_none_naming, processes_naming


class Shell:
    """A service that is a line of shell; ready once `flag` exists, or at once."""

    ready_seconds = 0.5
    stop_seconds = 1.0

    def __init__(self, name: str, line: str, folder: Path, flag: Path | None = None) -> None:
        self.name = name
        self.starts = 0
        self.endings = 0
        self._line = line
        self._folder = folder
        self._flag = flag

    def prepare(self) -> Command:
        self.starts += 1
        return Command(self.name, ("sh", "-c", self._line), self._folder, dict(os.environ))

    def check(self) -> None:
        if self._flag is not None and not self._flag.exists():
            raise NoAnswer("no flag yet")

    def tick(self) -> None:
        pass

    def ended(self, child: Child) -> None:
        self.endings += 1


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def running(tmp_path: Path, said: list[str]) -> Iterator[Running]:
    kept = Running(tmp_path / "logs", said.append, lambda children: None)
    yield kept
    kept.stop()


def test_a_service_that_ends_before_it_is_ready_is_shown_with_its_last_words(running: Running, tmp_path: Path) -> None:
    service = Shell("brief", "echo cannot go on; exit 3", tmp_path, tmp_path / "never")
    running.start(service)

    with pytest.raises(ServiceDied, match=r"brief ended with exit code 3\n    cannot go on"):
        running.await_ready([service])


def test_a_service_that_never_gets_ready_is_given_up(running: Running, tmp_path: Path) -> None:
    service = Shell("slow", "sleep 60", tmp_path, tmp_path / "never")
    running.start(service)

    with pytest.raises(ServiceNotReady, match="no flag yet"):
        running.await_ready([service])


def test_a_service_that_keeps_dying_is_given_up_loudly(running: Running, tmp_path: Path, said: list[str]) -> None:
    service = Shell("frail", "sleep 0.3; exit 4", tmp_path)
    running.start(service)
    running.await_ready([service])

    with pytest.raises(ServiceDied, match="frail ended with exit code 4 5 times in a row"):
        running.keep()

    assert service.starts == service.endings == 5
    assert len([line for line in said if "starting it again" in line]) == 4


def test_a_task_that_fails_is_shown_with_its_last_words(running: Running, tmp_path: Path) -> None:
    task = running.begin_task(Command("chore", ("sh", "-c", "echo no luck; exit 9"), tmp_path, dict(os.environ)))

    with pytest.raises(TaskFailed, match=r"chore ended with exit code 9\n    no luck"):
        running.finish_task(task, seconds=10)


def test_a_task_that_hangs_is_ended(running: Running, tmp_path: Path) -> None:
    task = running.begin_task(Command("chore", ("sleep", "60"), tmp_path, dict(os.environ)))

    with pytest.raises(TaskFailed):
        running.finish_task(task, seconds=0.2)

    assert task.exit_code == -signal.SIGKILL


def test_a_request_to_stop_ends_every_wait(running: Running, tmp_path: Path) -> None:
    service = Shell("slow", "sleep 60", tmp_path, tmp_path / "never")
    running.start(service)
    running.ask_to_stop()

    with pytest.raises(Stopped):
        running.await_ready([service])


def test_a_service_killed_once_is_started_again(running: Running, tmp_path: Path) -> None:
    service = Shell("sturdy", "sleep 60", tmp_path)
    running.start(service)
    running.await_ready([service])
    first = processes_naming(str(tmp_path))
    os.kill(int(first[0].split()[0]), signal.SIGKILL)

    deadline = time.monotonic() + 5
    while service.starts < 2 and time.monotonic() < deadline:
        running.pause(0.1)

    assert service.starts == 2
    assert processes_naming(str(tmp_path)) != first


def test_what_a_service_started_ends_with_it(running: Running, tmp_path: Path) -> None:
    service = Shell("parent", "sleep 61 & sleep 62 & wait", tmp_path)
    running.start(service)
    deadline = time.monotonic() + 5
    while len(processes_naming(str(tmp_path))) < 3 and time.monotonic() < deadline:
        time.sleep(0.02)

    running.stop()

    assert await_none_naming(str(tmp_path), 2) == []


def test_a_service_deaf_to_its_stop_signal_is_killed(running: Running, tmp_path: Path, said: list[str]) -> None:
    service = Shell("deaf", "trap '' TERM; while :; do sleep 0.1; done", tmp_path)
    running.start(service)
    time.sleep(0.3)

    running.stop()

    assert await_none_naming(str(tmp_path), 2) == []
    assert any("was killed" in line for line in said)


def test_a_number_used_again_is_another_process() -> None:
    own = identify(os.getpid())

    assert own.is_alive()
    assert not ProcessIdentity(own.pid, "another boot/1").is_alive()
    assert started_of(2**22 + 1) is None


def test_a_signal_to_an_earlier_bearer_of_a_number_reaches_nobody(tmp_path: Path) -> None:
    child = Child.start(Command("bystander", ("sleep", "60"), tmp_path, dict(os.environ)), tmp_path / "log")

    ProcessIdentity(child.identity.pid, "another boot/1").signal(signal.SIGKILL)

    assert child.wait(0.2) is None
    child.kill()


def test_a_large_log_is_moved_aside_while_its_writer_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "service.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"x" * 1000 + b"\n")

        assert not rotate(log, 2000)
        assert rotate(log, 1000)

        writer.write(b"after\n")

    assert log.read_bytes() == b"after\n"
    assert (tmp_path / "service.log.1").stat().st_size == 1001


def test_the_tail_of_a_log_bears_bytes_that_are_no_text(tmp_path: Path) -> None:
    log = tmp_path / "service.log"
    log.write_bytes(b"one\n\xff\xfe two\nthree\n")

    assert tail(log, 2) == "    \ufffd\ufffd two\n    three"
    assert tail(tmp_path / "none.log") == ""


def test_a_child_dies_with_its_parent_however_the_parent_ends(tmp_path: Path) -> None:
    program = (
        "import os, sys, time; from pathlib import Path\n"
        "from services.supervisor.process import Child, Command\n"
        "Child.start(Command('c', ('sleep', '63'), Path(sys.argv[1]), dict(os.environ)), Path(sys.argv[1]) / 'log')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    child = Child.start(
        Command("parent", (sys.executable, "-c", program, str(tmp_path)), Path.cwd(), dict(os.environ)),
        tmp_path / "out",
    )

    assert child.wait(20) == -signal.SIGKILL
    assert await_none_naming(str(tmp_path), 3) == []
