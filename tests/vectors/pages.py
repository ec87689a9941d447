"""Golden vectors of whole small pages: tokens, steps, optimized page and the three roots."""

from __future__ import annotations

from typing import Any

from reference import StepTree, SumTree, token_leaf
from reference_lexer import lex
from reference_rules import ATTESTED, COLLAPSE_WS, DROP_COMMENT, KEEP, Refused, trace

_PAGES = (
    b"<p>a  b<!-- c --></p>\n",
    b"<!doctype html>\n<html lang=en>\n  <title>a  b</title>\n  <!-- c -->\n  <p>d\r\n  <b>e</b> &am<!--x-->p; f\n",
    b"<pre>\n  a</pre><table>\n<!-- b -->\n<tr><td>c  <br/>  d</table><textarea>\n e</textarea>",
    b"<style>\n@media x{ a{b:url(})} } /* c */ @import d;e{}\n</style><script><!-- </script></p></br>",
    b"<svg><title>a  <b>c</b></title><text>  d</text><![CDATA[ e ]]></svg><![CDATA[f]]><?g?></ h><!--[if i]>--> j",
    b"<a b='" + b"c" * 2100 + b"'>" + b"d  e " * 500 + b"<!--" + b"-" * 1500 + b"--><p",
)


def pages() -> dict[str, Any]:
    """Each page with every comment dropped and every text collapsed where that may be; then with attested rules too."""
    return {"pages": [_page(page, is_attested) for is_attested in (False, True) for page in _PAGES]}


def _page(page: bytes, is_attested: bool) -> dict[str, Any]:
    tokens = lex(page)
    rules = _greedy(page, [token.kind for token in tokens])
    replacements: dict[int, bytes] = {}
    if is_attested:
        # Every third token: half of them dropped, half replaced, one of these by more bytes than it had.
        for i in range(0, len(tokens), 3):
            rules[i] = ATTESTED[i % len(ATTESTED)]
            if i % 2:
                replacements[i] = b"r" * (1 + 7 * i)
    traced = trace(page, rules, replacements)
    source = SumTree([token_leaf(token.kind, page[token.start : token.end]) for token in tokens])
    slices = zip(traced.kinds, traced.starts, traced.starts[1:], strict=False)
    output = SumTree([token_leaf(kind, traced.optimized[start:end]) for kind, start, end in slices])
    return {
        "page": page.decode(),
        "tokens": [
            {
                "kind": token.kind,
                "start": token.start,
                "flags": token.flags,
                "depth": token.depth,
                "parent": token.parent,
            }
            for token in tokens
        ],
        "rules": list(rules),
        "replacements": [{"token": i, "data": "0x" + data.hex()} for i, data in replacements.items()],
        "optimized": traced.optimized.decode(),
        "steps": "0x" + traced.steps.hex(),
        "src": "0x" + source.root.hex(),
        "opt": "0x" + output.root.hex(),
        "trace": "0x" + StepTree(traced.steps).root.hex(),
        "srcBytes": source.total,
        "optBytes": output.total,
        "attestedBytes": traced.attested,
        "n": source.count,
        "m": output.count,
        "depthS": source.depth,
        "depthO": output.depth,
    }


def _greedy(page: bytes, kinds: list[int]) -> list[int]:
    rules = [KEEP] * len(kinds)
    for rule, its_kind in ((COLLAPSE_WS, 4), (DROP_COMMENT, 5)):
        for i, kind in enumerate(kinds):
            if kind != its_kind:
                continue
            rules[i] = rule
            try:
                trace(page, rules)
            except Refused:
                rules[i] = KEEP
    return rules
