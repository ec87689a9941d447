"""The bootstrap does what is needed and no more, and says of a machine what it lacks."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.bootstrap.failure import BootstrapFailed
from scripts.bootstrap.libraries import put_libraries
from scripts.bootstrap.schedule import Schedule
from scripts.bootstrap.step import Step
from scripts.bootstrap.tools import check_tools

PROJECT = Path(__file__).resolve().parents[2]
RUN = PROJECT / "scripts/bootstrap/run.sh"


@pytest.fixture
def programs(tmp_path: Path) -> Callable[..., dict[str, str]]:
    """A PATH on which only the named programs lie, each a line of shell."""

    def make(**lines: str) -> dict[str, str]:
        folder = tmp_path / "bin"
        folder.mkdir()
        for name, line in lines.items():
            program = folder / name
            program.write_text(f"#!/bin/sh\n{line}\n")
            program.chmod(0o755)
        for tool in ("sh", "dirname"):
            (folder / tool).symlink_to(f"/bin/{tool}" if tool == "sh" else f"/usr/bin/{tool}")
        return {"PATH": str(folder), "HOME": str(tmp_path)}

    return make


def shell(path: Path, line: str, name: str = "work", **more: object) -> Step:
    """A step that is a line of shell with one input file."""
    return Step(name, (("sh", "-c", line),), inputs=(path / "input",), **more)  # type: ignore[arg-type]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "input").write_text("1")
    return tmp_path


def needed(steps: list[Step], project: Path) -> list[str]:
    return [step.name for step in Schedule(steps, project, dict(os.environ)).needed()]


def run(steps: list[Step], project: Path) -> None:
    schedule = Schedule(steps, project, dict(os.environ))
    schedule.run(schedule.needed())


def test_no_python_is_told_with_the_fix(programs: Callable[..., dict[str, str]]) -> None:
    refused = subprocess.run(["/bin/sh", RUN, "up"], env=programs(), capture_output=True, text=True, check=False)

    assert refused.returncode == 1
    assert "LightDom needs Python 3.11 or 3.12, found none." in refused.stderr
    assert "apt-get install python3.11" in refused.stderr


def test_a_python_of_another_version_is_named(programs: Callable[..., dict[str, str]]) -> None:
    environment = programs(python3="echo 3.9")

    refused = subprocess.run(["/bin/sh", RUN, "up"], env=environment, capture_output=True, text=True, check=False)

    assert "python3 is 3.9" in refused.stderr


def test_a_node_too_old_is_told(programs: Callable[..., dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", programs(node="echo v18.19.0", npm="", cc="")["PATH"])

    with pytest.raises(BootstrapFailed, match=r"node is v18\.19\.0, LightDom needs Node 20 or later") as failed:
        check_tools(PROJECT)

    assert "https://nodejs.org" in failed.value.next_step


def test_no_node_is_told(programs: Callable[..., dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", programs(cc="")["PATH"])

    with pytest.raises(BootstrapFailed, match="Node is not installed"):
        check_tools(PROJECT)


def test_no_compiler_is_told(programs: Callable[..., dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", programs(node="echo v20.1.0", npm="")["PATH"])

    with pytest.raises(BootstrapFailed, match="no C compiler") as failed:
        check_tools(PROJECT)

    assert "apt-get install gcc" in failed.value.next_step


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.bootstrap.tools.NEEDED_BYTES", 1 << 62)

    with pytest.raises(BootstrapFailed, match="GB are free"):
        check_tools(PROJECT)


def test_a_step_that_fails_shows_its_last_words_and_is_done_again(project: Path) -> None:
    steps = [shell(project, "echo out of luck; exit 7")]

    with pytest.raises(BootstrapFailed, match=r"(?s)work failed.*exit code 7.*out of luck"):
        run(steps, project)

    assert needed(steps, project) == ["work"]


def test_a_program_that_is_not_there_is_a_failed_step(project: Path) -> None:
    with pytest.raises(BootstrapFailed, match="exit code 127"):
        run([Step("work", (("no-such-program-anywhere",),))], project)


def test_an_optional_step_that_fails_stops_nothing_and_is_not_tried_for_ever(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    steps = [shell(project, "exit 1", is_optional=True, if_it_fails="Do without.")]

    run(steps, project)

    assert "Do without." in capsys.readouterr().out
    assert needed(steps, project) == []


def test_a_step_is_done_once_for_the_same_input(project: Path) -> None:
    steps = [shell(project, "echo x >> made")]

    run(steps, project)
    run(steps, project)

    assert (project / "made").read_text() == "x\n"


def test_a_changed_input_has_the_step_and_all_after_it_done_again(project: Path) -> None:
    steps = [
        shell(project, "true", "first"),
        Step("second", (("true",),), after=("first",)),
        Step("other", (("true",),)),
    ]
    run(steps, project)

    (project / "input").write_text("2")

    assert needed(steps, project) == ["first", "second"]


def test_a_removed_output_has_the_step_done_again(project: Path) -> None:
    steps = [shell(project, "touch made", outputs=(project / "made").exists)]
    run(steps, project)
    (project / "made").unlink()

    assert needed(steps, project) == ["work"]


def test_steps_wait_for_those_before_them(project: Path) -> None:
    steps = [
        shell(project, "sleep 0.3; echo first >> order", "first"),
        Step("second", (("sh", "-c", "echo second >> order"),), after=("first",)),
    ]

    run(steps, project)

    assert (project / "order").read_text() == "first\nsecond\n"


def test_a_failure_ends_what_else_is_at_work(project: Path) -> None:
    steps = [shell(project, "sleep 60; touch late", "slow"), shell(project, "sleep 0.2; exit 1", "bad")]

    with pytest.raises(BootstrapFailed):
        run(steps, project)

    assert not (project / "late").exists()


def test_what_a_tool_writes_beside_the_sources_is_no_input(project: Path) -> None:
    folder = project / "sources"
    folder.mkdir()
    (folder / "a").write_text("a")
    steps = [Step("work", (("true",),), inputs=(folder,))]
    run(steps, project)

    for name in ("node_modules", "dist", "__pycache__", ".cache"):
        (folder / name).mkdir()
        (folder / name / "file").write_text("new")

    assert needed(steps, project) == []


def test_every_command_of_the_makefile_is_in_its_help() -> None:
    shown = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout

    for command in ("up", "demo", "test", "test-deep", "down", "clean", "lint", "bench", "gas", "help"):
        assert f"  make {command} " in shown


def test_the_bootstrap_needs_nothing_but_the_standard_library() -> None:
    program = "import sys, scripts.bootstrap.__main__ as m; print(sorted({n.split('.')[0] for n in sys.modules}))"

    loaded = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(PROJECT)!r}); {program}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    names = {name for name in ast.literal_eval(loaded) if not name.startswith("_sysconfigdata")}
    assert names - set(sys.stdlib_module_names) <= {"scripts", "__main__"}


def test_ape_gets_the_libraries_that_the_contracts_import_and_no_more(tmp_path: Path) -> None:
    libraries = tmp_path / "node_modules/@openzeppelin/contracts"
    for name, text in {
        "access/Owned.sol": 'import {\n  Context\n} from "../utils/Context.sol";',
        "utils/Context.sol": 'import "./Deep.sol";\nimport {X} from "@openzeppelin/contracts/math/X.sol";',
        "utils/Deep.sol": "",
        "math/X.sol": "",
        "math/Unused.sol": "",
    }.items():
        (libraries / name).parent.mkdir(parents=True, exist_ok=True)
        (libraries / name).write_text(text)
    own = tmp_path / "contracts"
    (own / "test").mkdir(parents=True)
    (own / "A.sol").write_text('import {Owned} from "@openzeppelin/contracts/access/Owned.sol";\nimport "./B.sol";')
    (own / "test/A.t.sol").write_text('import "@openzeppelin/contracts/math/Unused.sol";')
    target = tmp_path / "made"

    assert put_libraries(own, tmp_path / "node_modules", target)
    assert not put_libraries(own, tmp_path / "node_modules", target)

    there = {str(path.relative_to(target / "contracts")) for path in target.rglob("*.sol")}
    assert there == {"access/Owned.sol", "utils/Context.sol", "utils/Deep.sol", "math/X.sol"}
