"""What an earlier run finished, so that a run that was stopped goes on where it was.

One line a page, written when the page is; a page is done again when it, its linked files, the options, or its output
changed. A line cut off by a crash is no line.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from optimizer.recipe import Level, preset
from optimizer.site.jobs import PageDone, SiteOptions
from optimizer.site.model import SitePage

__all__ = ["NAME", "Progress"]

NAME = ".lightdom-progress.jsonl"


class Progress:
    """The record in the output folder."""

    def __init__(self, output: Path, options: SiteOptions, *, is_fresh: bool) -> None:
        self._output = output
        self._place = output / NAME
        self._options = f"{options.key} {preset(Level(options.level)).id}"
        self._lines: dict[str, dict[str, Any]] = {}
        if is_fresh:
            self._place.unlink(missing_ok=True)
        elif self._place.exists():
            for line in self._place.read_text("utf-8", "replace").splitlines():
                with suppress(ValueError, KeyError, TypeError):
                    told = json.loads(line)
                    self._lines[told["key"]] = told

    def key(self, page: SitePage, files: Mapping[str, bytes]) -> str:
        """Stands for everything that the page's result depends on."""
        digest = sha256(self._options.encode() + b"\0" + page.path.encode() + b"\0" + page.received)
        for url in (*page.stylesheets, *page.scripts):
            if url in files:
                digest.update(url.encode() + b"\0" + files[url])
        return digest.hexdigest()

    def done(self, page: SitePage, key: str) -> PageDone | None:
        """The result of an earlier run, if it is still there as it was."""
        told = self._lines.get(key)
        if told is None:
            return None
        with suppress(OSError, KeyError, TypeError):
            written = (self._output / page.path).read_bytes()
            if sha256(written).hexdigest() == told["sha256"]:
                return PageDone(page.path, written, told["told"], told["error"])
        return None

    def add(self, key: str, done: PageDone) -> None:
        """Keeps a result whose file is written."""
        line = {"key": key, "path": done.path, "sha256": done.sha256, "told": done.told, "error": done.error}
        with self._place.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
