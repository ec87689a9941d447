"""One browser for many pages: renders, compares, survives what pages do to it.

A page is compared with its lighter version in every state; where they differ, the page is rendered again, and a state
in which it differs from itself is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import TypeVar

from optimizer.errors import BrowserAbsentError, BrowserFailedError, RenderError
from optimizer.render.capture import Capture, capture, enter, photograph
from optimizer.render.compare import Comparison, Counted, Difference, differences
from optimizer.render.facts import Facts, facts_of
from optimizer.render.in_page import COUNT_PIXELS
from optimizer.render.locate import browser_absent, find_browser
from optimizer.render.states import SCRIPTED, STATES, State
from optimizer.render.tab import NO_FILES, Tab
from optimizer.render.wire import Wire

__all__ = ["PAGE_URL", "Browser", "Rendered"]

PAGE_URL = "http://page.lightdom.example/"
MAX_ROWS = 5000
PAGE_SECONDS = 120.0
"""For all states of one version of a page."""
_TRIES = 3
_TAB_PAGES = 50
T = TypeVar("T")


@dataclass(slots=True)
class Rendered:
    """A page and what is known of its looks: rendered once, compared with many lighter versions."""

    page: bytes
    url: str = PAGE_URL
    files: Mapping[str, bytes] = field(default_factory=dict)
    captures: dict[bool, dict[str, list[Capture]]] = field(default_factory=dict)
    """By scripts off or on, then by state: the renders so far, all of which the page is known to show."""


class Browser:
    """A context manager; the browser starts with the first page and again after it died."""

    def __init__(self, *, page_seconds: float = PAGE_SECONDS, max_rows: int = MAX_ROWS) -> None:
        self._wire: Wire | None = None
        self._tabs: dict[str, Tab] = {}
        self._page_seconds = page_seconds
        self._max_rows = max_rows
        self.renders = 0
        """States rendered so far."""

    def __enter__(self) -> Browser:
        if reason := browser_absent():
            raise BrowserAbsentError(reason)
        return self

    def __exit__(self, _type: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the browser; it would start again if asked for more."""
        self._tabs.clear()
        if self._wire is not None:
            self._wire.close()
            self._wire = None

    def compare(
        self,
        page: bytes | Rendered,
        lighter: bytes,
        *,
        url: str = PAGE_URL,
        files: Mapping[str, bytes] = NO_FILES,
        lighter_files: Mapping[str, bytes] | None = None,
        scripts: bool | None = None,
        states: Sequence[State] | None = None,
    ) -> Comparison:
        """Whether both show the same: scripts off in all states and scripts on at two widths, unless told which.

        A page that cannot be rendered is not judged; a lighter version that cannot be, while its page can, differs.
        """
        known = page if isinstance(page, Rendered) else Rendered(page, url, files)
        linked = known.files if lighter_files is None else lighter_files
        before = self.renders
        apart: list[Difference] = []
        unstable: list[Difference] = []
        judged: list[str] = []
        for is_scripted in (False, True) if scripts is None else (scripts,):
            asked = states or (SCRIPTED if is_scripted else STATES)
            try:
                self._know(known, is_scripted, asked, 1)
            except RenderError as error:
                unstable.append(Difference("scripts on" if is_scripted else "scripts off", "failed", str(error)))
                continue
            self._judge(known, Rendered(lighter, known.url, linked), is_scripted, asked, apart, unstable)
            judged += [state.name for state in asked if state.name not in {each.state for each in unstable}]
        return Comparison(not unstable, not apart, tuple(apart), tuple(unstable), tuple(judged), self.renders - before)

    def _judge(
        self,
        known: Rendered,
        lighter: Rendered,
        scripts: bool,
        states: Sequence[State],
        apart: list[Difference],
        unstable: list[Difference],
    ) -> None:
        """Adds to both lists what differs between the versions, and between the page and itself."""
        left = list(states)
        last: dict[str, tuple[Difference, ...]] = {}
        for attempt in range(_TRIES):
            try:
                shown = self._render(lighter, scripts, left)
            except RenderError as error:
                apart.append(Difference(left[0].name, "failed", str(error)))
                return
            for state in tuple(left):
                nearest = min(
                    (self._differences(state, one, shown[state.name]) for one in known.captures[scripts][state.name]),
                    key=len,
                )
                last[state.name] = nearest
                if not nearest:
                    left.remove(state)
            if not left:
                return
            # Painting races with loading on a busy machine: what the page shows once more counts too. A layout that
            # stands still while the other one moved is no race.
            try:
                self._know(known, scripts, left, attempt + 2)
            except RenderError as error:
                unstable.append(Difference(left[0].name, "failed", str(error)))
                return
            for state in tuple(left):
                nearest = min(
                    (self._differences(state, one, shown[state.name]) for one in known.captures[scripts][state.name]),
                    key=len,
                )
                if not nearest:
                    left.remove(state)
                elif own := self._own(known, scripts, state):
                    if attempt == _TRIES - 1 or any(each.kind != "pixels" for each in own):
                        unstable.extend(own)
                        left.remove(state)
                elif any(each.kind != "pixels" for each in nearest) and attempt >= scripts:
                    apart.extend(nearest)
                    left.remove(state)
            if not left:
                return
        for state in left:
            apart.extend(last[state.name])

    def _own(self, known: Rendered, scripts: bool, state: State) -> tuple[Difference, ...]:
        """How the page differs from itself in a state."""
        first, *others = known.captures[scripts][state.name]
        return next((apart for each in others if (apart := self._differences(state, first, each))), ())

    def _know(self, known: Rendered, scripts: bool, states: Sequence[State], times: int) -> None:
        """Renders the page until each of these states was rendered so many times."""
        captures = known.captures.setdefault(scripts, {})
        missing = [state for state in states if len(captures.get(state.name, ())) < times]
        if missing:
            for name, one in self._render(known, scripts, missing).items():
                captures.setdefault(name, []).append(one)

    def _render(self, version: Rendered, scripts: bool, states: Sequence[State]) -> dict[str, Capture]:
        def render(wire: Wire) -> dict[str, Capture]:
            if scripts:
                return {state.name: self._capture(wire, version, True, (state,))[0] for state in states}
            return dict(zip([each.name for each in states], self._capture(wire, version, False, states), strict=True))

        self.renders += len(states)
        return self._with_browser(render)

    def _capture(self, wire: Wire, version: Rendered, scripts: bool, states: Sequence[State]) -> list[Capture]:
        tab = self._tab(wire, "scripts on" if scripts else "scripts off", scripts=scripts)
        # Laid out at its width from the start: scripts and lazy images look at it while they load.
        enter(tab, states[0])
        tab.open(version.page, version.url, version.files)
        return [capture(tab, state, self._max_rows) for state in states]

    def _tab(self, wire: Wire, purpose: str, *, scripts: bool) -> Tab:
        """The tab for a purpose, made anew now and then: a renderer grows with every page."""
        tab = self._tabs.get(purpose)
        if tab is not None and tab.opened >= _TAB_PAGES:
            tab.close()
            tab = None
        if tab is None:
            tab = self._tabs[purpose] = Tab(wire, scripts=scripts)
        return tab

    def _differences(self, state: State, one: Capture, other: Capture) -> tuple[Difference, ...]:
        return differences(state.name, one, other, self._pixels)

    def _pixels(self, one: str, other: str) -> Counted:
        def count(wire: Wire) -> Counted:
            tab = self._tab(wire, "pixels", scripts=True)
            if not tab.opened:
                tab.open(b"<!doctype html><title>-</title>", "http://pixels.lightdom.example/")
            told = tab.call(COUNT_PIXELS, one, other)
            x, y, width, height = told["box"]
            return Counted(told["differing"], told["strong"], told["size"], (x, y, width, height))

        return self._with_browser(count)

    def facts(self, page: bytes, *, url: str = PAGE_URL, files: Mapping[str, bytes] = NO_FILES) -> Facts:
        """Of every element, where it is and how it is shown, scripts off."""
        return self.visit(page, lambda tab: facts_of(tab), url=url, files=files, scripts=False)

    def photograph(
        self,
        page: bytes,
        width: int,
        rows: int,
        *,
        url: str = PAGE_URL,
        files: Mapping[str, bytes] = NO_FILES,
        scripts: bool = False,
        dark: bool = False,
    ) -> bytes:
        """A JPEG of the top of a page, at most so many pixels high."""
        state = State("photograph", width, dark=dark)
        return self.visit(page, lambda tab: photograph(tab, state, rows), url=url, files=files, scripts=scripts)

    def visit(
        self,
        page: bytes,
        see: Callable[[Tab], T],
        *,
        url: str = PAGE_URL,
        files: Mapping[str, bytes] = NO_FILES,
        scripts: bool,
        before: str = "",
        prepare: Callable[[Tab], object] = lambda _: None,
    ) -> T:
        """What a function sees of an open page; `before` runs in it before its scripts, `prepare` on the empty tab."""

        def look(wire: Wire) -> T:
            with Tab(wire, scripts=scripts) as tab:
                if before:
                    tab.before_scripts(before)
                prepare(tab)
                tab.open(page, url, files)
                return see(tab)

        return self._with_browser(look)

    def _with_browser(self, work: Callable[[Wire], T]) -> T:
        """Does it within the time for one page; a browser that died of something else is started again, once."""
        for attempt in (1, 2):
            is_fresh = self._wire is None or not self._wire.is_open
            if is_fresh:
                self._tabs.clear()
                executable = find_browser()
                if executable is None:
                    raise BrowserAbsentError(browser_absent() or "there is no browser")
                self._wire = Wire(executable)
            wire = self._wire
            if wire is None:  # just set above
                raise BrowserFailedError("the browser is gone")
            wire.within(self._page_seconds)
            try:
                return work(wire)
            except BrowserFailedError:
                if wire.is_open:
                    raise
                if is_fresh or attempt == 2:
                    raise
        raise BrowserFailedError("the browser ended twice")
