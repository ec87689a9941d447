"""Comments that nobody reads.

A comment stays where it may mean something: to a script of the page, to a server or cache between here and the reader,
to another parser, or to the text around it (two visible texts that it keeps apart are shaped apart: a ligature or a
kerning pair must not appear where there was none).
"""

from __future__ import annotations

import re

import core_ext
from core_ext import COMMENT, DROP_COMMENT, END, TEXT
from optimizer.document import SPACE, Document
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level

__all__ = ["PASS"]

# For those on the way: edge and server includes, CDN and search-engine switches, kept licences, templates, XML.
_ON_THE_WAY = re.compile(
    rb"<!--(?:!|[\t\n\f\r ]*(?:#|esi\b|/?sse\b|/?email_off\b|/?noindex\b|googleo(?:n|ff)\b|/?mfunc\b|/?mclude\b|%|\{)"
    rb"|.*?@(?:license|preserve)\b)|<[?%]|<!\[",
    re.S | re.I,
)
# Anchors that client-side frameworks look for: React, Preact, Solid, Vue, Svelte, Angular, Lit, Qwik, Knockout, Blazor,
# Ember, Astro, Livewire and their kin. A comment without two words in a row counts as one of them.
_ANCHOR = re.compile(
    rb"<!--[\t\n\f\r ]*(?:[$\[\]/?#%&!:]|ko\b|lit-|qv\b|q:|t=|v-if|ng|bindings|container|blazor|astro|__|wire|turbo"
    rb"|(?:[^\t\n\f\r ]*[\t\n\f\r ]*)-->)",
    re.I,
)


def decide(document: Document, level: Level) -> Decision:
    """Chooses the comments that can go."""
    chosen = bytearray(core_ext.allowed(document.page, document.tokens, DROP_COMMENT))
    kept = {"scripts_may_read": 0, "in_template": 0, "means_something": 0, "between_texts": 0}
    for index in _set(chosen):
        comment = document.token(index)
        if document.has_scripts and (level is Level.SAFE or _ANCHOR.match(comment)):
            reason = "scripts_may_read"
        elif document.in_templates[index]:
            reason = "in_template"
        elif _ON_THE_WAY.match(comment):
            reason = "means_something"
        else:
            continue
        chosen[index] = 0
        kept[reason] += 1
    kept["between_texts"] = _keep_texts_apart(document, chosen)
    return Decision(bytes(chosen), tuple(Kept(reason, tokens) for reason, tokens in kept.items() if tokens))


def _keep_texts_apart(document: Document, chosen: bytearray) -> int:
    """Takes back the shortest comment of those between two visible texts, unless another one stays there anyway."""
    taken_back = 0
    done_until = 0
    for index in _set(chosen):
        if index < done_until:
            continue
        between, done_until = _gap(document, index)
        if between and all(chosen[each] for each in between):
            chosen[min(between, key=lambda each: (len(document.token(each)), each))] = 0
            taken_back += 1
    return taken_back


def _gap(document: Document, index: int) -> tuple[list[int], int]:
    """The comments around this one up to the next visible texts, if there is one on both sides; and where that ends."""
    first = index
    while first > 0 and _is_seam(document, first - 1):
        first -= 1
    last = index
    while last + 1 < document.count and _is_seam(document, last + 1):
        last += 1
    is_between = _is_visible_text(document, first - 1) and _is_visible_text(document, last + 1)
    return [each for each in range(first, last + 1) if document.kinds[each] == COMMENT] if is_between else [], last + 1


def _is_seam(document: Document, index: int) -> bool:
    """Whether a token between two texts leaves them side by side once comments are gone."""
    kind = document.kinds[index]
    if kind == TEXT:
        return not document.token(index).strip(SPACE)
    if kind == END:  # one that closes nothing, which the parser drops
        return index + 1 < document.count and document.depths[index + 1] == document.depths[index]
    return kind == COMMENT


def _is_visible_text(document: Document, index: int) -> bool:
    return 0 <= index < document.count and document.kinds[index] == TEXT and not _is_seam(document, index)


def _set(mask: bytearray) -> list[int]:
    return [found.start() for found in re.finditer(b"\1", bytes(mask))]


PASS = Pass(
    name="drop_comment",
    rule=DROP_COMMENT,
    rule_name="DROP_COMMENT",
    standing="proven",
    finds="comments that neither a script, a server on the way nor the text around them needs",
    changes="drops the whole comment; the white space before and after it stays",
    decide=decide,
)
