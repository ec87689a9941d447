"""Pages for liars: small, and with every kind of token, long ones in pieces among them."""

from __future__ import annotations

import core_ext

PAGE = (
    b"<!doctype html>\n<html lang=en>\n  <head>\n    <title>A  page</title>\n"
    b"    <style>\n      p { color: red }\n      @media print { .gone > a { top: 0 } }\n"
    b"      #one b, .other { left: 0 }\n      .item:hover { top: 1px }\n      ul .nothing { top: 0 }\n    </style>\n"
    b"    <script>let a = '<!--'  ;</script>\n  </head>\n  <body class='a'>\n"
    b"    <!-- " + b"a long comment " * 100 + b"-->\n"
    b"    <p id=one>Some   words\n   that matter <b>bold</b> &amp; more</p>\n\n"
    b"    <pre>\n  keep   me </pre><!---->\n"
    b"    <svg viewBox='0 0 1 1'><![CDATA[ x  y ]]><path d='M0 0'/></svg>\n"
    b"    <a title='" + b"long " * 300 + b"' href=x>link</a>\n"
    b"    <table>\n <tr>\n <td>1</td>\n </tr>\n </table>\n"
    b"    <ul>\n" + b"".join(b"      <li class='item'>item   %d</li>\n" % i for i in range(12)) + b"    </ul>\n"
    b"    <textarea>\n a  b </textarea>\n    <dl><dt>a</dt>b<dd>c</dd>d</dl><p></i>The  end.</p>\n  </body>\n</html>\n"
)


def proven_rules(page: bytes) -> bytes:
    """Comments dropped and white-space collapsed wherever rule set 1 allows it."""
    tokens = core_ext.lex(page)
    drops = core_ext.allowed(page, tokens, core_ext.DROP_COMMENT)
    collapses = core_ext.allowed(page, tokens, core_ext.COLLAPSE_WS)
    return bytes(1 if drop else 2 if collapse else 0 for drop, collapse in zip(drops, collapses, strict=True))


def mixed_rules(page: bytes) -> tuple[bytes, dict[int, bytes]]:
    """Every rule of set 2 that this page has a place for, attested ones among them, and what those put in place."""
    tokens = core_ext.lex(page)
    kinds, starts = bytes(tokens.kinds), tokens.starts
    rules, replacements = bytearray(tokens.count), {}
    for rule in sorted(core_ext.RULESETS[2] - core_ext.ATTESTED - {core_ext.KEEP}):
        for i, is_allowed in enumerate(core_ext.allowed(page, tokens, rule)):
            if is_allowed and (not rules[i] or i % 2):
                rules[i] = rule
    for i, kind in enumerate(kinds):
        data = page[starts[i] : starts[i + 1]]
        if kind == core_ext.RAW and len(data.strip()) < len(data):
            rules[i], replacements[i] = core_ext.ATTESTED_SCRIPT, data.strip()
        elif kind == core_ext.CSS and i % 2:
            rules[i] = core_ext.ATTESTED_CSS
    while True:
        try:
            core_ext.trace(page, tokens, bytes(rules), replacements)
        except core_ext.RuleViolation as violation:
            rules[violation.index] = core_ext.KEEP
            continue
        return bytes(rules), replacements
