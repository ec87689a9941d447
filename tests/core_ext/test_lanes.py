"""Hashing many messages at once gives what hashing each alone gives, in every lane and for every length."""

from collections.abc import Iterator
from itertools import accumulate

import pytest
import reference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import core_ext
from core_ext.keccak import keccak256_cut, lanes, use_lanes

WIDEST = lanes()
TOKENS = st.lists(st.tuples(st.integers(1, 8), st.sampled_from([b"</p>", b"\n", b"a" * 128, b"a" * 129, b""])))


@pytest.fixture(params=sorted({1, WIDEST}), ids="lanes-{}".format)
def each_width(request: pytest.FixtureRequest) -> Iterator[None]:
    use_lanes(request.param)
    yield
    use_lanes(WIDEST)


@pytest.mark.parametrize("wanted", [-1, 0, 2, 8])
def test_a_width_that_no_build_has_is_refused(wanted: int) -> None:
    with pytest.raises(ValueError):
        use_lanes(wanted)
    assert lanes() == WIDEST


@pytest.mark.parametrize("ends", [[2, 1, 3], [1, 4], [1, 2], [-1, 3], []])
def test_ends_that_do_not_cut_the_data_are_refused(ends: list[int]) -> None:
    with pytest.raises(ValueError):
        keccak256_cut(b"abc", ends)


@pytest.mark.usefixtures("each_width")
def test_every_length_around_a_block_has_its_digest_in_every_lane() -> None:
    messages = [bytes([size % 251]) * size for size in (*range(140), *range(268, 276), 1023, 1024, 1025, 0, 0, 0, 5000)]
    digests = keccak256_cut(b"".join(messages), list(accumulate(map(len, messages))))

    assert [digests[32 * i : 32 * i + 32] for i in range(len(messages))] == list(map(reference.keccak256, messages))


@pytest.mark.usefixtures("each_width")
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=300), max_size=12))
def test_a_batch_agrees_with_its_messages_alone(messages: list[bytes]) -> None:
    digests = keccak256_cut(b"".join(messages), list(accumulate(map(len, messages))))

    assert digests == b"".join(map(core_ext.keccak256, messages))


@pytest.mark.usefixtures("each_width")
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TOKENS.filter(bool), st.integers(1, 70))
def test_a_tree_of_tokens_that_come_again_is_that_of_its_leaves(tokens: list[tuple[int, bytes]], times: int) -> None:
    tokens = tokens * times
    tree = core_ext.SumTree.from_tokens(
        bytes(kind for kind, _ in tokens),
        list(accumulate((len(data) for _, data in tokens), initial=0)),
        b"".join(data for _, data in tokens),
    )
    leaves = [(kind, len(data), core_ext.keccak256(data)) for kind, data in tokens]

    assert tree.root == core_ext.SumTree.from_leaves(leaves).root
