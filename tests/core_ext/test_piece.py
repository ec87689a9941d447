"""The check of one piece: a piece is legal exactly if some page is cut so."""

import json
import random
from pathlib import Path

import hostile
import pytest
import reference_lexer
import reference_piece

import core_ext

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "pieces.json").read_text())["pieces"]


@pytest.mark.parametrize("flags", [-1, 0x10000])
def test_flags_beyond_16_bits_are_refused(flags: int) -> None:
    assert not core_ext.is_token(core_ext.TEXT, flags, b"a")


def test_no_bytes_are_no_token() -> None:
    assert not core_ext.is_token(core_ext.TEXT, 0, b"")


def test_it_agrees_with_the_vectors() -> None:
    for case in VECTORS:
        data = bytes.fromhex(case["data"][2:])
        assert core_ext.is_token(case["kind"], case["flags"], data) is case["isToken"], case


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_the_oracle(seed: int) -> None:
    source = random.Random(seed)
    legal = 0
    for _ in range(600):
        kind, flags, data = hostile.piece(source)
        expected = reference_piece.is_token(kind, flags, data)
        assert core_ext.is_token(kind, flags, data) is expected, (kind, hex(flags), data)
        legal += expected

    assert 100 < legal < 500


def test_every_piece_of_a_page_is_legal() -> None:
    source = random.Random(7)
    for _ in range(300):
        tokens = core_ext.lex(hostile.page(source))
        for i in range(tokens.count):
            assert core_ext.is_token(tokens.kinds[i], tokens.flags[i], tokens.slice(i))


def test_the_oracles_contexts_lead_into_the_states_they_name() -> None:
    # A later piece of these: a fresh one of another element or kind is not in the state of the context's letter.
    for kind in range(1, 9):
        for state in range(128):
            flags = reference_piece.context_flags(kind, state)
            if flags is not None:
                assert flags & reference_piece.STATE_MASK == state
    nested = reference_lexer.CSS_AT | 3 << reference_lexer.CSS_NESTING_SHIFT | reference_lexer.CSS_IN_GROUP | 75
    assert reference_piece.context_flags(reference_lexer.CSS, nested) == nested
