"""What is done to one page of a site, so that any process on any machine can do it with the same result."""

from __future__ import annotations

import atexit
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing.util import Finalize
from typing import Any

from optimizer.encoding import from_utf8
from optimizer.errors import OptimizerError
from optimizer.site.model import SitePage
from optimizer.source import Source, source_of
from optimizer.work import Looking, told_of, work_on

__all__ = ["PageDone", "SiteOptions", "looks_same", "source_of_page", "work_on_page"]


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """How each page is treated."""

    level: str = "safe"
    render: bool | None = None
    runs_scripts: bool = False

    @property
    def key(self) -> str:
        """The same for two runs that would decide the same."""
        return json.dumps([self.level, self.render, self.runs_scripts])


@dataclass(frozen=True, slots=True)
class PageDone:
    """What became of a page."""

    path: str
    written: bytes
    """In the page's own encoding; as received where there is an error."""
    told: dict[str, Any]
    """Its report; empty where there is an error."""
    error: str = ""

    @property
    def sha256(self) -> str:
        return sha256(self.written).hexdigest()


_looking: dict[SiteOptions, Looking] = {}


def _looking_of(options: SiteOptions) -> Looking:
    """This process's browser, closed when the process ends: pools end theirs without atexit."""
    if options not in _looking:
        looking = Looking(options.render, runs_scripts=options.runs_scripts)
        _looking[options] = looking
        atexit.register(looking.close)
        Finalize(None, looking.close, exitpriority=10)
    return _looking[options]


def source_of_page(page: SitePage) -> Source:
    """The page in UTF-8. Raises an InputError."""
    return source_of(page.received, page.path, "file", None, page.content_type)


def work_on_page(page: SitePage, files: Mapping[str, bytes], options: SiteOptions) -> PageDone:
    """The lighter page; one that cannot be read stays as it is, with the reason."""
    try:
        source = source_of_page(page)
        done = work_on(source, level=options.level, looking=_looking_of(options), url=page.url, files=files)
        written = from_utf8(done.checked.result.optimized, source.encoding)
        return PageDone(page.path, written, told_of(source, done, written_bytes=len(written)))
    except OptimizerError as error:
        return PageDone(page.path, page.received, {}, f"{error} [{error.code}]")


def looks_same(
    page: SitePage, lighter: bytes, files: Mapping[str, bytes], lighter_files: Mapping[str, bytes], options: SiteOptions
) -> bool:
    """Whether a page, given in UTF-8, with lighter linked files looks as it came."""
    browser = _looking_of(options).browser
    source = source_of_page(page)
    return browser.compare(source.content, lighter, url=page.url, files=files, lighter_files=lighter_files).same
