"""The whole of what is done to one page: run its scripts if asked, optimize, look, tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from optimizer.checked import Checked, optimize_checked, unchecked
from optimizer.errors import BrowserAbsentError, RenderError
from optimizer.pipeline import optimize
from optimizer.render.locate import browser_absent
from optimizer.report import report_of
from optimizer.source import Source
from optimizer.weights import packed_by_pass

if TYPE_CHECKING:
    from optimizer.render import Browser, Observed
    from optimizer.report_page import Picture

__all__ = ["PAGE_URL", "Done", "Looking", "pictures_of", "told_of", "work_on"]

PAGE_URL = "http://page.lightdom.example/"
_PICTURE_WIDTHS = (1280, 390)
_PICTURE_ROWS = 2400


class Looking:
    """Whether pages are looked at, and the browser for it; a context manager."""

    def __init__(self, render: bool | None, *, runs_scripts: bool = False) -> None:
        """`render` None: where a browser is. Raises BrowserAbsentError where it is asked for and there is none."""
        self.absent = browser_absent()
        if self.absent and (render or runs_scripts):
            raise BrowserAbsentError(self.absent)
        self.is_on = render is not False and not self.absent
        self.runs_scripts = runs_scripts
        self._browser: Browser | None = None

    def __enter__(self) -> Looking:
        return self

    def __exit__(self, _type: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the browser, if there is one."""
        if self._browser is not None:
            self._browser.close()

    @property
    def browser(self) -> Browser:
        """The one browser for all pages, started when first used."""
        if self._browser is None:
            from optimizer.render import Browser

            self._browser = Browser()
        return self._browser


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a page."""

    checked: Checked
    url: str
    files: Mapping[str, bytes]
    observed: Observed | None = None
    linked: tuple[bytes, ...] | None = None
    """The style sheets that the page links to, where all were read."""


def work_on(
    source: Source, *, level: str, looking: Looking, url: str = "", files: Mapping[str, bytes] | None = None
) -> Done:
    """A page made lighter, looked at where that is on."""
    address, linked = _surroundings(source, url, files)
    observed: Observed | None = None
    if looking.runs_scripts:
        from optimizer.render import observe

        observed = observe(looking.browser, source.content, url=address, files=linked)
    seen = observed.used if observed is not None else frozenset()
    sheets = _sheets_of(source.content, address, linked)
    if looking.is_on:
        checked = optimize_checked(
            source.content, looking.browser, level=level, seen=seen, url=address, files=linked, linked=sheets
        )
    else:
        result = optimize(source.content, level=level, seen=seen, linked=sheets)
        checked = unchecked(result, *(("unavailable", looking.absent) if looking.absent else ("off", "--no-render")))
    return Done(checked, address, linked, observed, sheets)


def _sheets_of(page: bytes, url: str, files: Mapping[str, bytes]) -> tuple[bytes, ...] | None:
    """The style sheets that a page links to; None where not all of them are at hand, or one is not in UTF-8."""
    if not files:
        return None
    from optimizer.site.links import links_of

    found: list[bytes] = []
    for address in links_of(page, url).stylesheets:
        if address not in files:
            return None
        text = files[address].removeprefix(b"\xef\xbb\xbf")
        if not text.isascii():
            try:
                text.decode()
            except UnicodeDecodeError:
                return None
        found.append(text)
    return tuple(found)


def _surroundings(source: Source, url: str, files: Mapping[str, bytes] | None) -> tuple[str, Mapping[str, bytes]]:
    """The address to show a page under, and what it may load: for a file, what lies beside it."""
    if source.kind == "file" and not url:
        from optimizer.site.model import FOLDER_URL, FolderFiles

        place = Path(source.name)
        return FOLDER_URL + quote(place.name), FolderFiles(place.parent)
    return url or (source.name if source.kind == "url" else PAGE_URL), files if files is not None else {}


def told_of(source: Source, done: Done, *, written_bytes: int, with_packed: bool = False) -> dict[str, Any]:
    """The report of it (report.schema.json); what each pass is worth packed takes one more optimization a pass."""
    told = report_of(source, done.checked.result, written_bytes=written_bytes)
    told["render"] = done.checked.told()
    if with_packed:
        out, seen = frozenset(done.checked.taken_out), done.observed.used if done.observed else frozenset()
        packed = packed_by_pass(source.content, done.checked.result, out, seen, done.linked)
        told["passes"] = [
            {**each, "packed": packed[each["name"]]} if each["name"] in packed else each for each in told["passes"]
        ]
    if done.observed is not None:
        told["run"] = {
            "names": len(done.observed.used),
            "cssBytes": done.observed.css_bytes,
            "cssUsedBytes": done.observed.css_used_bytes,
            "scriptBytes": done.observed.script_bytes,
            "scriptUsedBytes": done.observed.script_used_bytes,
        }
    return told


def pictures_of(source: Source, done: Done, looking: Looking) -> tuple[Picture, ...]:
    """Both versions at two widths; none where nothing is looked at."""
    if not looking.is_on:
        return ()
    from optimizer.report_page import Picture

    pages = (source.content, done.checked.result.optimized)
    try:
        return tuple(
            Picture(
                width,
                *(
                    looking.browser.photograph(page, width, _PICTURE_ROWS, url=done.url, files=done.files)
                    for page in pages
                ),
            )
            for width in _PICTURE_WIDTHS
        )
    except RenderError:
        return ()  # a page that cannot be rendered has no picture; the report says why it was not judged
