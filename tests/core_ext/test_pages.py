"""Real saved pages: lossless, every piece legal, the oracle agrees, and paths lead to the roots."""

from pathlib import Path

import pytest
import reference
import reference_lexer
import reference_rules

import core_ext

FOLDER = Path(__file__).parents[3] / "shared" / "pages"
PAGES = sorted(path for path in FOLDER.rglob("*") if path.suffix in {".html", ".htm", ".xhtml"})
# The oracle takes a second for each ten kilobytes.
SMALL_BYTES = 80_000
pytestmark = pytest.mark.skipif(not PAGES, reason="the saved pages are not beside the repository")


def rules_for(page: bytes, tokens: core_ext.Tokens) -> bytes:
    comments = core_ext.allowed(page, tokens, core_ext.DROP_COMMENT)
    texts = core_ext.allowed(page, tokens, core_ext.COLLAPSE_WS)
    return bytes(
        core_ext.DROP_COMMENT if comment else core_ext.COLLAPSE_WS if text else core_ext.KEEP
        for comment, text in zip(comments, texts, strict=True)
    )


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_tokens_are_the_page_and_every_piece_is_legal(path: Path) -> None:
    page = path.read_bytes()
    tokens = core_ext.lex(page)

    assert b"".join(tokens.slice(i) for i in range(tokens.count)) == page
    for i in range(tokens.count):
        assert core_ext.is_token(tokens.kinds[i], tokens.flags[i], tokens.slice(i)), i


@pytest.mark.parametrize("path", [p for p in PAGES if p.stat().st_size <= SMALL_BYTES], ids=lambda path: path.stem)
def test_small_pages_are_proven_as_the_oracle_proves_them(path: Path) -> None:
    page = path.read_bytes()
    rules = rules_for(page, core_ext.lex(page))
    proof = core_ext.prove(page, rules)
    slow = reference_rules.trace(page, rules)
    source = reference.SumTree([reference.token_leaf(t.kind, page[t.start : t.end]) for t in reference_lexer.lex(page)])

    assert (proof.src, proof.n) == (source.root, source.count)
    assert proof.trace == reference.StepTree(slow.steps).root
    assert proof.optimized == slow.optimized
    assert proof.opt_bytes == len(slow.optimized)


def test_paths_of_a_page_lead_to_its_roots() -> None:
    page = PAGES[0].read_bytes()
    tokens = core_ext.lex(page)
    tree = core_ext.SumTree.from_tokens(tokens.kinds, tokens.starts, page)
    for i in range(0, tokens.count, max(1, tokens.count // 50)):
        leaf = reference.token_leaf(tokens.kinds[i], tokens.slice(i))
        opened = reference.root_from_path(reference.leaf_hash(leaf), leaf.size, i, tree.path(i))
        assert opened == (tree.root, len(page))
