"""What a page's scripts do when they run: names that they add to the tree or ask for, and how much code was used.

`lightdom optimize --run` treats these names as used, whatever the page's text says. A name that a script would use only
after a visitor's click is seen only if the script's text mentions it: reading scripts is still needed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from optimizer.render.browser import PAGE_URL, Browser
from optimizer.render.capture import enter
from optimizer.render.states import State
from optimizer.render.tab import NO_FILES, Tab

__all__ = ["Observed", "observe"]

_STATES = (State("1280", 1280), State("390", 390), State("dark", 1280, dark=True), State("print", 794, media="print"))
_STEP_SECONDS = 0.2

# In the page's own world, before its scripts: notes every name that enters the tree or is asked for.
_WATCH = r"""(() => {
  const names = new Set(), selectors = new Set(), words = text => String(text).split(/\s+/).filter(Boolean);
  const note = element => {
    if (element.nodeType !== 1) return;
    names.add(element.localName);
    for (const attribute of element.attributes) {
      names.add(attribute.name);
      if (['class', 'id'].includes(attribute.name)) for (const word of words(attribute.value)) names.add(word);
    }
  };
  let isParsing = true;
  addEventListener('DOMContentLoaded', () => { isParsing = false; });
  new MutationObserver(records => {
    for (const record of records) {
      if (record.type === 'attributes') note(record.target);
      else if (!isParsing) for (const added of record.addedNodes) {
        note(added);
        if (added.querySelectorAll) for (const inner of added.querySelectorAll('*')) note(inner);
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
  const spy = (owner, name, keep) => {
    const real = owner?.prototype?.[name];
    if (typeof real !== 'function') return;
    owner.prototype[name] = function (...given) { try { keep(given, this); } catch {} return real.apply(this, given); };
  };
  for (const owner of [Document, Element, DocumentFragment])
    for (const name of ['querySelector', 'querySelectorAll', 'matches', 'closest'])
      spy(owner, name, given => selectors.add(String(given[0])));
  for (const owner of [Document, Element]) {
    spy(owner, 'getElementsByClassName', given => words(given[0]).forEach(word => names.add(word)));
    spy(owner, 'getElementsByTagName', given => names.add(String(given[0]).toLowerCase()));
  }
  for (const owner of [Document, DocumentFragment]) spy(owner, 'getElementById', given => names.add(String(given[0])));
  for (const name of ['getAttribute', 'hasAttribute', 'setAttribute', 'removeAttribute', 'toggleAttribute'])
    spy(Element, name, given => names.add(String(given[0]).toLowerCase()));
  for (const name of ['add', 'remove', 'toggle', 'contains', 'replace'])
    spy(DOMTokenList, name, given => given.forEach(word => typeof word === 'string' && names.add(word)));
  // While the page is parsed, what scripts add cannot be told from what the parser adds: read what they hand over.
  const all = text => (String(text).match(/[\w-]+/g) ?? []).forEach(word => names.add(word));
  spy(Element, 'insertAdjacentHTML', given => all(given[1]));
  spy(Range, 'createContextualFragment', given => all(given[0]));
  spy(DOMParser, 'parseFromString', given => all(given[0]));
  for (const name of ['write', 'writeln']) spy(Document, name, given => given.forEach(all));
  for (const name of ['createElement', 'createElementNS']) spy(Document, name, given => all(given.at(-1)));
  for (const name of ['setAttribute', 'setAttributeNS'])
    spy(Element, name, given => /^(class|id)$/i.test(given.at(-2)) && all(given.at(-1)));
  for (const [owner, name] of [[Element, 'innerHTML'], [Element, 'outerHTML'], [Element, 'className'], [Element, 'id'],
                               [DOMTokenList, 'value']]) {
    const real = Object.getOwnPropertyDescriptor(owner.prototype, name);
    Object.defineProperty(owner.prototype, name,
      { ...real, set(value) { try { all(value); } catch {} real.set.call(this, value); } });
  }
  Object.defineProperty(window, '__lightdom', { value: () => JSON.stringify([[...names], [...selectors]]) });
})()"""


@dataclass(frozen=True, slots=True)
class Observed:
    """What was seen of a page with its scripts running."""

    names: frozenset[str]
    """Tags, attribute names, classes and ids that scripts added, changed or asked for."""
    selectors: frozenset[str]
    """Selectors that scripts asked for."""
    css_bytes: int
    css_used_bytes: int
    """Of the rules that matched something, at any of the widths and states."""
    script_bytes: int
    script_used_bytes: int
    """Of the functions that ran."""

    @property
    def used(self) -> frozenset[str]:
        """All names: those of the selectors too."""
        words = "".join(c if c.isalnum() or c in "-_" else " " for each in self.selectors for c in each + " ")
        return self.names | frozenset(words.split())


def observe(browser: Browser, page: bytes, *, url: str = PAGE_URL, files: Mapping[str, bytes] = NO_FILES) -> Observed:
    """Runs a page's scripts at several widths and states and tells what they used."""
    return browser.visit(page, _watch, url=url, files=files, scripts=True, before=_WATCH, prepare=_start)


def _start(tab: Tab) -> None:
    tab.ask("Profiler.enable")
    tab.ask("Profiler.startPreciseCoverage", {"callCount": False, "detailed": False})
    tab.ask("CSS.startRuleUsageTracking")


def _watch(tab: Tab) -> Observed:
    for state in _STATES:
        enter(tab, state)
        tab.idle(_STEP_SECONDS)
    for event in ("scroll", "mousemove", "resize", "focus"):
        tab.call("name => { document.dispatchEvent(new Event(name)); window.dispatchEvent(new Event(name)); }", event)
    tab.idle(_STEP_SECONDS)
    # What a hostile page puts in its place is read as data, and can only keep more.
    told = _pair(tab.evaluate("window.__lightdom && window.__lightdom()"))
    scripts = tab.ask("Profiler.takePreciseCoverage")["result"]
    css_bytes, css_used_bytes = _css(tab)
    lengths, used = _scripts(scripts)
    return Observed(told[0], told[1], css_bytes, css_used_bytes, lengths, used)


def _pair(told: Any) -> tuple[frozenset[str], frozenset[str]]:
    try:
        names, selectors = json.loads(told) if isinstance(told, str) else ([], [])
        return frozenset(map(str, names)), frozenset(map(str, selectors))
    except (ValueError, TypeError):
        return frozenset(), frozenset()


def _css(tab: Tab) -> tuple[int, int]:
    used: dict[str, list[tuple[int, int]]] = {}
    for rule in tab.ask("CSS.stopRuleUsageTracking")["ruleUsage"]:
        used.setdefault(rule["styleSheetId"], [])
        if rule["used"]:
            used[rule["styleSheetId"]].append((int(rule["startOffset"]), int(rule["endOffset"])))
    whole = sum(len(tab.ask("CSS.getStyleSheetText", {"styleSheetId": sheet})["text"]) for sheet in used)
    return whole, sum(_covered(ranges) for ranges in used.values())


def _scripts(scripts: Any) -> tuple[int, int]:
    whole = used = 0
    for script in scripts:
        if not script["url"].startswith("http"):
            continue  # ours
        ranges = [each["ranges"][0] for each in script["functions"]]
        size = max((each["endOffset"] for each in ranges), default=0)
        idle = _covered([(each["startOffset"], each["endOffset"]) for each in ranges if not each["count"]])
        whole, used = whole + size, used + size - idle
    return whole, used


def _covered(ranges: list[tuple[int, int]]) -> int:
    """Length of the union of ranges."""
    total = end = 0
    for start, stop in sorted(ranges):
        if stop > end:
            total += stop - max(start, end)
            end = stop
    return total
