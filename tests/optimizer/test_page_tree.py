"""The tree's columns say what the parser's own nodes say, and lead back to the tags that made them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import core_ext
from optimizer.native.page_tree import ELEMENT, PageTree, marked
from optimizer.tree import PlainTree

PIECES = [
    "<p>",
    "</p>",
    "<b class='a b' id=x>",
    "</b>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<i title=>",
    "x &amp; y",
]
PIECES += [
    " ",
    "<!--c-->",
    "<svg viewBox=1>",
    "</svg>",
    "<script>a<b</script>",
    "<style>p{}</style>",
    "<li>",
    "<a href=x>",
]
PIECES += [
    "<noscript><b></noscript>",
    "<template><b></template>",
    "<select><option>",
    "</select>",
    "<body class=z>",
    "</",
]


def test_a_row_that_does_not_exist_is_refused() -> None:
    tree = PageTree(b"<p>")

    for ask in (tree.text, tree.value):
        with pytest.raises(IndexError):
            ask(tree.count)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_columns_and_nodes_agree(pieces: list[str]) -> None:
    page = "".join(pieces).encode()
    tree = PageTree(page)
    root = LexborHTMLParser(page).root
    assert root is not None
    elements = [row for row in range(tree.count) if tree.types[row] == ELEMENT]
    nodes = PlainTree(page).select(["*"])

    assert [tree.name(row) for row in elements] == [node.tag for node in nodes]
    assert [{key: value.decode() or None for key, value in tree.attributes(row).items()} for row in elements] == [
        {key: value or None for key, value in node.attributes.items()} for node in nodes
    ]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_rows_are_nested(pieces: list[str]) -> None:
    tree = PageTree("".join(pieces).encode())
    for row in range(1, tree.count):
        parent = tree.parents[row]

        assert parent < row < tree.ends[row] <= tree.ends[parent]
        assert tree.previous[row] == -1 or tree.ends[tree.previous[row]] == row


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_elements_lead_to_their_tags(pieces: list[str]) -> None:
    page = "".join(pieces).encode()
    tokens = core_ext.lex(page)
    tree = PageTree(marked(tokens, page, b"ld"), b"ld")
    for row in range(tree.count):
        if tree.tokens[row] >= 0:
            tag = tokens.slice(tree.tokens[row])

            assert tag[1:].lower().startswith(tree.name(row).encode())


def test_the_corpus_keeps_its_tree_under_marks(corpus_page: Path) -> None:
    page = corpus_page.read_bytes()
    tree = PageTree(marked(core_ext.lex(page), page, b"ld-token"), b"ld-token")

    plain = PageTree(page)
    assert [tree.name(row) for row in range(tree.count)] == [plain.name(row) for row in range(plain.count)]
