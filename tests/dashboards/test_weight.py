"""What the pages weigh: a page about taking bytes out should carry few itself."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

MOST_SCRIPT_BYTES = 400_000
MOST_FIRST_SCRIPT_BYTES = 120_000


def _weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes()))


def _scripts(dist: Path, name: str, found: dict[str, int]) -> None:
    if name in found:
        return
    found[name] = _weight(dist / "assets" / name)
    for other in re.findall(r'["\'](?:\./|assets/)([\w.-]+\.js)["\']', (dist / "assets" / name).read_text()):
        _scripts(dist, other, found)


def test_the_page_stays_under_its_weight(built_pages: Path) -> None:
    html = (built_pages / "index.html").read_text()
    first = set(re.findall(r'/assets/([\w.-]+\.js)"', html))
    found: dict[str, int] = {}
    for name in first:
        _scripts(built_pages, name, found)

    assert any(name.startswith("Chart") for name in found), "the chart is part of the page, and counted"
    assert not any(name.startswith("Chart") for name in first), "the chart must not hold up the figures"
    assert sum(found[name] for name in first) < MOST_FIRST_SCRIPT_BYTES
    assert sum(found.values()) < MOST_SCRIPT_BYTES


def test_nothing_is_inlined(built_pages: Path) -> None:
    for page in ("index.html", "graphiql.html"):
        html = (built_pages / page).read_text()

        assert re.findall(r"<script(?![^>]*\ssrc=)", html) == []
        assert re.findall(r"<style|\sstyle=|\son\w+=", html) == []
    for sheet in (built_pages / "assets").glob("*.css"):
        assert "url(data:font" not in sheet.read_text().replace('"', "")
