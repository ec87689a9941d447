"""Scripts in fewer bytes: a minifier for JavaScript, and JSON without its white space.

A script that the minifier cannot parse stays as it is, and so does one whose result would end elsewhere in HTML.
"""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from importlib import import_module
from typing import Any

from core_ext.constants import ATTESTED_SCRIPT
from optimizer.edits import Edit
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.scripting import Script
from optimizer.view import View

__all__ = ["PASS", "compacted", "minified"]

_JSON_TYPES = re.compile(r"(?:application|text)/(?:[\w.-]+\+)?json\Z|importmap\Z|speculationrules\Z")
# What the HTML tokenizer sees in a script besides its end (13.2.5.15 to 13.2.5.31).
_MARKUP = re.compile(rb"<!--|<(?=/?script)", re.I)
_LEAST_BYTES = 24
_MOST_ROUNDS = 4
# A string is matched whole, so that white space inside one stays.
_JSON_PARTS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\t\n\r ]+', re.S)


def decide(view: View) -> Decision:
    """Chooses the scripts that a shorter text says the same as."""
    document = view.document
    edits: list[Edit] = []
    kept: dict[str, int] = {}
    for script in view.scripts:
        text = document.page[script.start : script.stop]
        if len(text) < _LEAST_BYTES or not view.ledger.is_free(script.start, script.stop):
            continue
        shorter, reason = _shorter(script, text)
        if shorter is None:
            kept[reason] = kept.get(reason, 0) + 1
        elif len(shorter) < len(text):
            group = f"minify_script:{script.token}"
            edits.append(Edit(script.start, script.stop, shorter, ATTESTED_SCRIPT, group))
    return Decision(edits=edits, kept=tuple(Kept(reason, count) for reason, count in sorted(kept.items())))


def compacted(text: bytes) -> bytes | None:
    """JSON less the white space between its parts, every number and string as it stands; None where it is not JSON."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return None
    return _JSON_PARTS.sub(lambda part: part[0] if part[0].startswith(b'"') else b"", text)


def minified(text: bytes) -> bytes | None:
    """A script in a file of its own in fewer bytes; None where it is not parsed, or not in UTF-8."""
    try:
        return _minified(text.decode()).encode()
    except (UnicodeError, _errors()):
        return None


def _shorter(script: Script, text: bytes) -> tuple[bytes | None, str]:
    if _JSON_TYPES.match(script.type):
        shorter = compacted(text)
        return shorter, "not_json"
    if not script.is_javascript:
        return None, "other_language"
    if script.is_linked:
        return None, "never_runs"
    if _MARKUP.search(text):
        return None, "markup_inside"
    try:
        shorter = _minified(text.decode()).encode()
    except (UnicodeError, _errors()):
        return None, "not_parsed"
    if _MARKUP.search(shorter) or b"</script" in shorter.lower():
        return None, "markup_inside"
    return shorter, ""


_shortest: set[bytes] = set()
"""Digests of results: a result is minified once more in the next round, which would change nothing."""
_MOST_KNOWN = 4096


def _minified(text: str) -> str:
    if _digest(text) in _shortest:
        return text
    # Loaded when first needed: it brings a runtime of its own, which must not be there when a process forks.
    minifier: Any = import_module("minify")
    for _ in range(_MOST_ROUNDS):
        shorter: str = minifier.string("application/javascript", text)
        if shorter == text:
            if len(_shortest) >= _MOST_KNOWN:
                _shortest.clear()
            _shortest.add(_digest(text))
            break
        text = shorter
    return text


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _errors() -> type[Exception]:
    error: type[Exception] = import_module("minify").MinifyError
    return error


PASS = Pass(
    name="minify_script",
    rule=ATTESTED_SCRIPT,
    rule_name="ATTESTED_SCRIPT",
    standing="attested",
    finds="inline scripts and JSON with white space, comments and long local names",
    changes="the same program, written shorter",
    decide=decide,
)
