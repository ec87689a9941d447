"""No page breaks the optimizer: no error, the same tree, nothing left for a second run.

Every input of the html5lib tests and random pages; 10 000 of the latter with LIGHTDOM_TEST_DEPTH=deep.
"""

from __future__ import annotations

import os
from random import Random

import pytest
from selectolax.lexbor import LexborHTMLParser

import core_ext
import optimizer
from tests.optimizer.hostile import ROOT, a_hostile_page, html5lib_inputs

IS_DEEP = os.environ.get("LIGHTDOM_TEST_DEPTH") == "deep"
PAGES = 10_000 if IS_DEEP else 200
STRIDE = 1 if IS_DEEP else 16
INPUTS = list(html5lib_inputs())
FOLDERS = (ROOT / "examples" / "pages", ROOT.parent / "shared" / "pages" / "public")


def fault_of(page: bytes, level: optimizer.Level) -> str:
    """What is wrong with the result; nothing where it is right."""
    result = optimizer.optimize(page, level=level)
    lighter = result.optimized
    if len(lighter) > len(page):
        return "it grew"
    if core_ext.trace(page, core_ext.lex(page), result.rules, result.replacements).optimized != lighter:
        return "its rules make another page"
    if level is optimizer.Level.SAFE and elements(page) != elements(lighter):
        return "it has other elements"
    said, left = words(page), words(lighter)
    if said != left and not (hides(result) and is_part(left, said)):
        return "it says something else"
    again = optimizer.optimize(lighter, level=level).optimized
    if again != lighter:
        return f"a second run made {len(lighter) - len(again)} bytes less of it"
    return ""


def hides(result: optimizer.Result) -> bool:
    """Whether subtrees went that nothing can show."""
    return any(each.name == "never_shown" and each.saved_bytes for each in result.passes)


def is_part(left: str, whole: str) -> bool:
    """Whether nothing but letters in between is missing."""
    rest = iter(whole)
    return all(letter in rest for letter in left)


def elements(page: bytes) -> list[str | None]:
    return [node.tag for node in LexborHTMLParser(page).css("*")]


def words(page: bytes) -> str:
    """All text that is shown, without white space; a template's is not."""
    tree = LexborHTMLParser(page)
    for node in tree.css("style, script, template, noscript"):
        node.decompose()
    return "".join((tree.root.text_lexbor() if tree.root else "").split())


@pytest.mark.skipif(not INPUTS, reason="the html5lib tests are not beside the repository")
@pytest.mark.parametrize("level", list(optimizer.Level))
def test_every_html5lib_input_stays_the_page_that_it_is(level: optimizer.Level) -> None:
    faults = {page: fault for page in INPUTS[::STRIDE] if (fault := fault_of(page, level))}

    assert faults == {}


@pytest.mark.parametrize("level", list(optimizer.Level))
def test_every_fuzzed_page_stays_the_page_that_it_is(level: optimizer.Level) -> None:
    seeds = [path.read_bytes() for folder in FOLDERS for path in sorted(folder.glob("*.html"))]
    chance = Random(f"hostile {level.value}")
    pages = [a_hostile_page(chance, seeds) for _ in range(PAGES // 2)]

    assert {page: fault for page in pages if (fault := fault_of(page, level))} == {}
