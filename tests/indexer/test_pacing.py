"""How wide the mirror reads and how long it waits: both stay within bounds, whatever happens."""

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.backoff import Backoff
from indexer.window import grown, halved

blocks = st.integers(1, 10**7)


@given(blocks, st.integers(0, 10**7), blocks)
@settings(deadline=None)
def test_a_window_grows_at_most_twice_and_never_past_its_bound(now: int, logs: int, most: int) -> None:
    assert 1 <= grown(now, logs, most) <= min(2 * now, most)


@given(st.integers(1, 1000), blocks)
@settings(deadline=None)
def test_a_window_settles_where_answers_have_the_wanted_size(logs_a_block: int, start: int) -> None:
    window = start
    for _ in range(64):
        window = grown(window, window * logs_a_block, 10**7)

    assert window * logs_a_block <= 10_000 or window == 1


@given(blocks)
@settings(deadline=None)
def test_a_halved_window_ends_at_one_block(window: int) -> None:
    for _ in range(24):
        window = halved(window)

    assert window == 1


def test_waits_grow_up_to_ten_seconds_and_begin_again_after_a_success() -> None:
    backoff = Backoff()
    waits = [backoff.next_seconds() for _ in range(100)]
    backoff.reset()

    assert 0.05 <= waits[0] <= 0.1
    assert all(5 <= wait <= 10 for wait in waits[10:])
    assert backoff.next_seconds() <= 0.1
