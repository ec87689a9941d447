"""Pages for liars: small, and with every kind of token, long ones in pieces among them."""

from __future__ import annotations

import core_ext

PAGE = (
    b"<!doctype html>\n<html lang=en>\n  <head>\n    <title>A  page</title>\n"
    b"    <style>\n      p { color: red }\n      @media print { .gone > a { top: 0 } }\n    </style>\n"
    b"    <script>let a = '<!--'  ;</script>\n  </head>\n  <body class='a'>\n"
    b"    <!-- " + b"a long comment " * 100 + b"-->\n"
    b"    <p id=one>Some   words\n   that matter <b>bold</b> &amp; more</p>\n\n"
    b"    <pre>\n  keep   me </pre><!---->\n"
    b"    <svg viewBox='0 0 1 1'><![CDATA[ x  y ]]><path d='M0 0'/></svg>\n"
    b"    <a title='" + b"long " * 300 + b"' href=x>link</a>\n"
    b"    <table>\n <tr>\n <td>1</td>\n </tr>\n </table>\n"
    b"    <ul>\n" + b"".join(b"      <li class='item'>item   %d</li>\n" % i for i in range(12)) + b"    </ul>\n"
    b"    <textarea>\n a  b </textarea>\n    <p></i>The  end.</p>\n  </body>\n</html>\n"
)


def proven_rules(page: bytes) -> bytes:
    """Comments dropped and white-space collapsed wherever rule set 1 allows it."""
    tokens = core_ext.lex(page)
    drops = core_ext.allowed(page, tokens, core_ext.DROP_COMMENT)
    collapses = core_ext.allowed(page, tokens, core_ext.COLLAPSE_WS)
    return bytes(1 if drop else 2 if collapse else 0 for drop, collapse in zip(drops, collapses, strict=True))
