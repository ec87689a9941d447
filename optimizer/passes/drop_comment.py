"""Comments that nobody reads.

A comment stays where it may mean something: to a script of the page, to a server or cache between here and the reader,
to another parser, or to the text around it. Two visible texts that it keeps apart are shaped apart: a ligature or a
kerning pair must not appear where there was none.
"""

from __future__ import annotations

import re

import core_ext
from core_ext import COMMENT, DROP_COMMENT, END, TEXT
from optimizer.document import SPACE, Document, set_bytes
from optimizer.passes.shape import Decision, Kept, Pass
from optimizer.recipe import Level
from optimizer.view import View

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
    rb"<!--[\t\n\f\r ]*/?(?:[$\[\]?#%&!:]|ko\b|lit-|qv\b|q:|t=|v-if|ng|bindings|container|blazor|astro|__|wire|turbo"
    rb"|(?:[^\t\n\f\r ]*[\t\n\f\r ]*)-->)",
    re.I,
)
_LINE_END = re.compile(rb"[\n\r]")


def decide(view: View) -> Decision:
    """Chooses the comments that can go."""
    document, level = view.document, view.level
    chosen = bytearray(core_ext.allowed(document.page, document.tokens, DROP_COMMENT))
    kept = dict.fromkeys(("cannot_tell", "scripts_may_read", "in_template", "means_something", "between_texts"), 0)
    beside_nothing = _beside_nothing(document)
    for index in set_bytes(chosen):
        comment = document.token(index)
        if document.is_beyond_telling:
            reason = "cannot_tell"
        elif document.has_scripts and (level is Level.SAFE or _ANCHOR.match(comment)):
            reason = "scripts_may_read"
        elif document.in_templates[index]:
            reason = "in_template"
        elif _ON_THE_WAY.match(comment) or beside_nothing[index]:
            reason = "means_something"
        else:
            continue
        chosen[index] = 0
        kept[reason] += 1
    kept["between_texts"] = _keep_texts_apart(document, chosen) + _keep_line_ends_apart(view, chosen)
    return Decision(bytes(chosen), kept=tuple(Kept(reason, tokens) for reason, tokens in kept.items() if tokens))


def _beside_nothing(document: Document) -> bytes:
    """One byte a token: 1 in a row with `</>`, which is no token for the parser: texts reach across it."""
    if b"</>" not in document.page:
        return bytes(document.count)
    return document.marked_in_rows(index for index in document.indexes(COMMENT) if document.token(index) == b"</>")


def _keep_texts_apart(document: Document, chosen: bytearray) -> int:
    """Takes back the shortest comment of those between two visible texts, unless another one stays there anyway."""
    taken_back = 0
    done_until = 0
    for index in set_bytes(chosen):
        if index < done_until:
            continue
        between, done_until = _gap(document, index)
        if between and all(chosen[each] for each in between):
            chosen[min(between, key=lambda each: (len(document.token(each)), each))] = 0
            taken_back += 1
    return taken_back


def _gap(document: Document, index: int) -> tuple[list[int], int]:
    """The comments around this one up to the next visible texts, if one is on both sides; and where that ends."""
    first = index
    while first > 0 and _is_seam(document, first - 1):
        first -= 1
    last = index
    while last + 1 < document.count and _is_seam(document, last + 1):
        last += 1
    is_between = _is_visible_text(document, first - 1) and _is_visible_text(document, last + 1)
    return [each for each in range(first, last + 1) if document.kinds[each] == COMMENT] if is_between else [], last + 1


def _keep_line_ends_apart(view: View, chosen: bytearray) -> int:
    """Takes back a comment between a text that ends in a blank and one that begins with a line end.

    Both runs would stay, side by side, because between East Asian characters a blank shows and a line end does not.
    """
    document = view.document
    taken_back = 0
    done_until = 0
    for index in set_bytes(chosen):
        if index >= done_until:
            done_until = index
            while done_until < document.count and document.kinds[done_until] in (TEXT, COMMENT):
                done_until += 1
            first = index
            while first > 0 and document.kinds[first - 1] in (TEXT, COMMENT):
                first -= 1
            for each in _blanks_before_line_ends(view, chosen, range(first, done_until)):
                chosen[each] = 0
                taken_back += 1
    return taken_back


def _blanks_before_line_ends(view: View, chosen: bytearray, reach: range) -> list[int]:
    """Chosen comments of a row of texts and comments that have a blank before and a line end behind them."""
    document = view.document
    found: list[int] = []
    run = b""  # the white space that ends the text so far
    dropped: int | None = None  # the last chosen comment since that text
    for index in reach:
        if document.kinds[index] == COMMENT:
            dropped = index if chosen[index] else None
            run = run if chosen[index] else b""
            continue
        text = view.ledger.text(document.starts[index], document.starts[index + 1])
        if not text:
            continue
        lead = text[: len(text) - len(text.lstrip(SPACE))]
        is_met = bool(run) and not _LINE_END.search(run) and _LINE_END.search(lead) is not None
        if dropped is not None and (is_met or _is_cut_between(document, index)):
            found.append(dropped)
            run = b""
        run = run + text if len(lead) == len(text) else text[len(text.rstrip(SPACE)) :]
        dropped = None
    return found


def _is_cut_between(document: Document, index: int) -> bool:
    """Whether the lexer cut the text that begins here between a blank and a line end.

    Such a text stays as it is, so it must not move: behind another text it would be cut elsewhere.
    """
    page, pieces = document.page, document.pieces(index)
    begin, end = document.starts[pieces.start], document.starts[pieces.stop]
    for piece in pieces[1:]:
        cut = first = last = document.starts[piece]
        while first > begin and page[first - 1] in SPACE:
            first -= 1
        while last < end and page[last] in SPACE:
            last += 1
        if first < cut and not _LINE_END.search(page, first, cut) and _LINE_END.search(page, cut, last):
            return True
    return False


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


PASS = Pass(
    name="drop_comment",
    rule=DROP_COMMENT,
    rule_name="DROP_COMMENT",
    standing="proven",
    finds="comments that neither a script, a server on the way nor the text around them needs",
    changes="drops the whole comment; the white space before and after it stays",
    decide=decide,
)
