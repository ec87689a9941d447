"""A site as a whole: the same result however it is spread, from where it was stopped, and never a page that differs."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from optimizer.errors import EngineAbsentError
from optimizer.render import browser_absent
from optimizer.site.folder import read_folder
from optimizer.site.jobs import SiteOptions
from optimizer.site.model import Site
from optimizer.site.run import SiteDone, run_site
from optimizer.site.state import NAME

ROOT = Path(__file__).resolve().parents[2]
HEAD = b"<!doctype html><meta charset=utf-8><title>t</title><link rel=stylesheet href=/a.css>\n\n"
SHEET = b".one { color : red }\n.two { color : blue }\n.never { margin : 0px }\n"
BLIND = SiteOptions("max", render=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "sub").mkdir(parents=True)
    (root / "a.css").write_bytes(SHEET)
    (root / "index.html").write_bytes(HEAD + b"<p class=one>a  b</p><!-- two words -->")
    (root / "sub" / "b.html").write_bytes(HEAD + b"<p class=two>c  d</p>")
    (root / "sub" / "bad.html").write_bytes(b"\x89PNG\r\n\x1a\n")
    return root


def run(root: Path, options: SiteOptions = BLIND, *, jobs: int = 1, engine: str = "processes") -> SiteDone:
    return run_site(read(root), root.parent / "out", options, jobs=jobs, engine=engine)


def read(root: Path) -> Site:
    return read_folder(root, 1_000_000)


def readable(root: Path) -> Path:
    (root / "sub" / "bad.html").unlink()
    return root


def test_an_engine_that_is_not_there_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.site.engines.find_spec", lambda _: None)

    with pytest.raises(EngineAbsentError):
        run(folder, engine="ray")


def test_a_page_that_cannot_be_read_stays_and_is_named(folder: Path) -> None:
    done = run(folder)

    assert [bool(page.error) for page in done.pages] == [False, False, True]
    assert (folder.parent / "out" / "sub" / "bad.html").read_bytes() == b"\x89PNG\r\n\x1a\n"
    # It may use any rule.
    assert done.assets[0].after == SHEET


def test_only_rules_that_no_page_uses_go(folder: Path) -> None:
    done = run(readable(folder))

    assert b".one" in done.assets[0].after
    assert b".two" in done.assets[0].after
    assert b".never" not in done.assets[0].after
    assert (folder.parent / "out" / "a.css").read_bytes() == done.assets[0].after


def test_no_rule_goes_where_pages_were_not_read(folder: Path) -> None:
    site = read(readable(folder))
    cut = Site(site.name, site.pages, site.assets, site.own, site.files, (), is_cut=True)

    done = run_site(cut, folder.parent / "out", BLIND)

    assert done.assets[0].after == SHEET
    assert "not read" in done.assets[0].kept


def test_two_processes_give_what_one_gives(folder: Path) -> None:
    one = run_site(read(readable(folder)), folder.parent / "one", BLIND)
    two = run_site(read(folder), folder.parent / "two", BLIND, jobs=2)

    assert one.told() == two.told()
    assert one.diff() == two.diff()
    assert [page.written for page in one.pages] == [page.written for page in two.pages]


@pytest.mark.slow
@pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed: pip install lightdom[ray]")
def test_ray_gives_what_processes_give(folder: Path) -> None:
    told = []
    for engine in ("processes", "ray"):
        # In a process of its own, as it is used: Ray leaves processes and warnings behind.
        words = ["--no-render", "--json", "-q", "--level", "max", "--jobs", "2", "--engine", engine]
        output = folder.parent / engine
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", "optimize", str(folder), "-o", str(output), *words],
            capture_output=True,
            cwd=ROOT,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        told.append((done.stdout, (output / "lightdom.diff").read_bytes(), (output / "index.html").read_bytes()))

    assert told[0] == told[1]


def test_a_stopped_run_goes_on_where_it_was(folder: Path) -> None:
    first = run(readable(folder))
    record = folder.parent / "out" / NAME
    lines = record.read_text().splitlines()
    record.write_text(lines[0] + "\n" + lines[1][: len(lines[1]) // 2])

    again = run(folder)

    assert first.resumed == 0
    assert again.resumed == 1
    assert again.told() == first.told()


@pytest.mark.parametrize("changed", ["site/index.html", "site/a.css", "out/index.html"])
def test_what_changed_is_done_again(folder: Path, changed: str) -> None:
    run(readable(folder))
    place = folder.parent / changed
    place.write_bytes(place.read_bytes() + b" ")

    again = run(folder)

    assert again.resumed == (0 if changed.endswith(".css") else 1)


def test_other_options_are_another_run(folder: Path) -> None:
    run(readable(folder))

    assert run(folder, SiteOptions("safe", render=False)).resumed == 0


@pytest.mark.skipif(browser_absent() is not None, reason=str(browser_absent()))
def test_a_sheet_with_which_a_page_looks_different_stays(folder: Path) -> None:
    # What a script makes of numbers is in no text: only looking tells.
    (readable(folder) / "index.html").write_bytes(
        HEAD + b"<p>a</p><script>document.body.className = String.fromCharCode(110, 101, 118, 101, 114)</script>"
    )
    (folder / "a.css").write_bytes(SHEET + b".never { color : green }")

    done = run(folder, SiteOptions("max"))

    assert done.assets[0].after == SHEET + b".never { color : green }"
    assert "looked different" in done.assets[0].kept
    assert json.loads(json.dumps(done.told()))["pages"][0]["report"]["render"]["status"] == "same"
