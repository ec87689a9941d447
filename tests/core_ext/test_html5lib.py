"""Boundaries agree with html5lib's tokenizer tests, in every case that a lexer with an element table can express."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import reference_lexer
from html5lib_tokens import comparable, tokens_of

import core_ext

FOLDER = Path(__file__).parents[3] / "shared" / "html5lib-tests" / "tokenizer"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the html5lib tests are not beside the repository")

# Why a case cannot be expressed, and how many there are.
NOT_EXPRESSIBLE = {
    "a start tag switches our lexer to raw text or foreign content, the bare tokenizer not": 1,
    "raw text of an element that is none (last start tag)": 5,
    "an end tag is text, because the bare tokenizer knows no start tag": 5,
    "coerced to an XML infoset": 4,
}
SWITCHES, NO_ELEMENT, NO_START, COERCED = NOT_EXPRESSIBLE


def cases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """File, initial state, and the test, unescaped."""
    for path in sorted(FOLDER.glob("*.test")):
        content = json.loads(path.read_text())
        for test in content.get("tests", content.get("xmlViolationTests", [])):
            if test.get("doubleEscaped"):
                test = {**test, "input": _unescaped(test["input"]), "output": _unescaped(test["output"])}
            for state in test.get("initialStates", ["Data state"]):
                yield path.name, state, test


def _unescaped(value: Any) -> Any:
    if isinstance(value, str):
        return re.sub(r"\\u([0-9A-Fa-f]{4})", lambda code: chr(int(code[1], 16)), value)
    if isinstance(value, list):
        return [_unescaped(item) for item in value]
    return {_unescaped(key): _unescaped(item) for key, item in value.items()} if isinstance(value, dict) else value


def encode(text: str) -> bytes:
    # Two halves of a pair become one character, a half alone stays as it is.
    return (
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
        if _paired(text)
        else text.encode("utf-8", "surrogatepass")
    )


def _paired(text: str) -> bool:
    return re.search("[\ud800-\udbff][\udc00-\udfff]", text) is not None


def context_of(state: str, test: dict[str, Any]) -> bytes | None:
    """What brings our lexer into the test's initial state; None if nothing does."""
    last = test.get("lastStartTag", "").encode()
    if state == "Data state":
        return b""
    if state == "PLAINTEXT state":
        return b"<plaintext>"
    if state == "CDATA section state":
        return b"<svg><![CDATA["
    if state == "Script data state":
        return b"<script>" if last in (b"", b"script") else None
    if last:
        return (
            b"<" + last + b">"
            if last in reference_lexer.RAW_STATES.keys() - {b"script", b"style", b"plaintext"}
            else None
        )
    # No end tag is appropriate: an element whose end tag the input does not hold.
    return next(
        (b"<" + name + b">" for name in (b"title", b"noembed") if b"</" + name not in encode(test["input"]).lower()),
        None,
    )


def reason_not_expressible(name: str, state: str, test: dict[str, Any], context: bytes | None) -> str | None:
    if name == "xmlViolation.test":
        return COERCED
    if context is None:
        return NO_ELEMENT
    if state == "Script data state" and "lastStartTag" not in test and b"</script" in encode(test["input"]).lower():
        return NO_START
    tokens = core_ext.lex(context + encode(test["input"]))
    inner = [
        i for i in range(tokens.count - 1) if tokens.starts[i] >= len(context) and tokens.kinds[i] == core_ext.START
    ]
    switching = {*reference_lexer.RAW_STATES, b"svg", b"math"}
    names = [re.match(rb"<([^\s/>]*)", tokens.slice(i)) for i in inner]
    if any(match and match[1].lower() in switching for match in names):
        return SWITCHES
    return None


def test_slices_are_the_input() -> None:
    for _, _, test in cases():
        page = encode(test["input"])
        tokens = core_ext.lex(page)
        assert b"".join(tokens.slice(i) for i in range(tokens.count)) == page


def test_boundaries_agree() -> None:
    compared, left_out, wrong = 0, Counter[str](), []
    for name, state, test in cases():
        context = context_of(state, test)
        reason = reason_not_expressible(name, state, test, context)
        if reason is not None or context is None:
            left_out[reason or ""] += 1
            continue
        compared += 1
        found = tokens_of(context + encode(test["input"]), len(context), state == "RCDATA state")
        expected = [comparable(token) for token in test["output"]]
        if found != expected:
            wrong.append((name, state, test["description"], test["input"][:80], expected[:5], found[:5]))

    assert wrong == []
    assert dict(left_out) == NOT_EXPRESSIBLE
    assert compared > 6000
