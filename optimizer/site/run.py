"""A site's pages and style sheets made lighter and written, page by page, so that a stopped run can go on.

First every page with its linked files as they are; then the linked files, with every page that uses them once more. A
linked file with which some page looks different stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimizer.encoding import to_utf8
from optimizer.errors import OptimizerError, OutputUnwritableError
from optimizer.output import write_all
from optimizer.render.locate import browser_absent
from optimizer.site.engines import work_on_pages
from optimizer.site.jobs import PageDone, SiteOptions, looks_same, source_of_page
from optimizer.site.linked import lighter_files
from optimizer.site.model import Site
from optimizer.site.patch import unified
from optimizer.site.state import Progress

__all__ = ["DIFF", "SCHEMA", "AssetDone", "SiteDone", "run_site"]

SCHEMA = "lightdom.site-report/1"
DIFF = "lightdom.diff"
Step = Callable[[str, int, int], None]
"""Told what was done, how many of them, of how many."""


@dataclass(frozen=True, slots=True)
class AssetDone:
    """What became of a linked file."""

    path: str
    before: bytes
    after: bytes
    kept: str = ""
    """Why it stays as it was."""


@dataclass(frozen=True, slots=True)
class SiteDone:
    """What became of a site."""

    name: str
    pages: tuple[PageDone, ...]
    assets: tuple[AssetDone, ...]
    received: Mapping[str, bytes]
    """The pages as they came, by path."""
    refused: tuple[tuple[str, str], ...]
    resumed: int
    """Pages that an earlier run had done."""

    def told(self) -> dict[str, Any]:
        """The site's report (docs/optimizer.md, "Sites"). Holds nothing that differs between two runs."""
        return {
            "schema": SCHEMA,
            "site": self.name,
            "pages": [
                {"path": done.path, "error": done.error} if done.error else {"path": done.path, "report": done.told}
                for done in self.pages
            ],
            "linked": [
                {"path": done.path, "before": len(done.before), "after": len(done.after), "kept": done.kept}
                for done in self.assets
            ],
            "saved": {
                "before": sum(map(len, self.received.values())) + sum(len(done.before) for done in self.assets),
                "after": sum(len(done.written) for done in self.pages) + sum(len(done.after) for done in self.assets),
            },
            "notRead": [{"url": url, "reason": reason} for url, reason in self.refused],
        }

    def diff(self) -> bytes:
        """All changes, as `patch -p1` applies them."""
        pages = [unified(done.path, self.received[done.path], done.written) for done in self.pages]
        return b"".join(pages + [unified(done.path, done.before, done.after) for done in self.assets])


def run_site(
    site: Site,
    output: Path,
    options: SiteOptions,
    *,
    jobs: int = 1,
    engine: str = "processes",
    is_fresh: bool = False,
    step: Step = lambda *_: None,
) -> SiteDone:
    """Works on a site and writes the result under `output`. Raises OutputUnwritableError."""
    _make_folder(output)
    progress = Progress(output, options, is_fresh=is_fresh)
    keys = {page.path: progress.key(page, site.assets) for page in site.pages}
    earlier = [progress.done(page, keys[page.path]) for page in site.pages]
    done = {each.path: each for each in earlier if each is not None}
    resumed = len(done)
    left = [page for page in site.pages if page.path not in done]
    for result in work_on_pages(left, site.files, options, jobs=jobs, engine=engine):
        _write(output, result.path, result.written)
        progress.add(keys[result.path], result)
        done[result.path] = result
        step(result.path, len(done), len(site.pages))
    assets = tuple(_assets(site, done, options))
    for asset in assets:
        _write(output, asset.path, asset.after)
    received = {page.path: page.received for page in site.pages}
    pages = tuple(done[page.path] for page in site.pages)
    finished = SiteDone(site.name, pages, assets, received, site.refused, resumed)
    _write(output, DIFF, finished.diff())
    return finished


def _assets(site: Site, done: Mapping[str, PageDone], options: SiteOptions) -> Iterator[AssetDone]:
    """The site's own linked files, lighter where every page that uses them still looks the same."""
    pages = {page.url: source_of_page(page).content for page in site.pages if not done[page.path].error}
    # A page that could not be read may use any rule.
    lighter = lighter_files(site, pages) if len(pages) == len(site.pages) else {}
    is_looking = options.render is not False and browser_absent() is None
    shown = _that_show(site, done, lighter, options) if is_looking else set()
    for url, path in site.own.items():
        before = site.assets[url]
        if url in shown:
            yield AssetDone(path, before, before, "a page looked different with it")
        elif url in lighter:
            yield AssetDone(path, before, lighter[url])
        else:
            cut = "pages of the site were not read" if site.is_cut else "nothing to take away"
            yield AssetDone(path, before, before, cut)


def _that_show(
    site: Site, done: Mapping[str, PageDone], lighter: Mapping[str, bytes], options: SiteOptions
) -> set[str]:
    """Those of the lighter files with which some page looks different."""
    out: set[str] = set()
    while True:
        changed = {url: text for url, text in lighter.items() if url not in out}
        files = _Over(site.files, changed)
        for page in site.pages:
            used = [url for url in (*page.stylesheets, *page.scripts) if url in changed]
            if not used:
                continue
            try:
                version = to_utf8(done[page.path].written, source_of_page(page).encoding)
                is_same = looks_same(page, version, site.files, files, options)
            except OptimizerError:
                is_same = False
            if not is_same:
                # All that this page uses stay as they were; pages that used them too are looked at anew.
                out.update(used)
                break
        else:
            return out


class _Over(Mapping[str, bytes]):
    """Some files in the place of others."""

    def __init__(self, below: Mapping[str, bytes], above: Mapping[str, bytes]) -> None:
        self._below = below
        self._above = above

    def __getitem__(self, url: str) -> bytes:
        return self._above[url] if url in self._above else self._below[url]

    def __contains__(self, url: object) -> bool:
        return url in self._above or url in self._below

    def __iter__(self) -> Iterator[str]:
        return iter(self._below)

    def __len__(self) -> int:
        return len(self._below)

    def __bool__(self) -> bool:
        return True  # without counting the files


def _write(output: Path, path: str, data: bytes) -> None:
    place = (output / path).resolve()
    if not place.is_relative_to(output.resolve()):  # neither path_of nor read_folder gives such a path
        raise OutputUnwritableError(path, "it leads out of the output folder")
    _make_folder(place.parent)
    write_all([(str(place), data)])


def _make_folder(place: Path) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritableError(str(place), error.strerror or str(error)) from error
