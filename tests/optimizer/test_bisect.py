"""Of changes that together break a page, those stay that work together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from optimizer.bisect import settle

GROUPS = [f"{name}:{number}" for name in ("css", "script", "white") for number in range(40)]


def test_a_change_that_breaks_the_page_is_taken_out() -> None:
    settled = settle(GROUPS, lambda tried: "css:17" not in tried, most_trials=100)

    assert settled.taken_out == ("css:17",)
    assert settled.kept == frozenset(GROUPS) - {"css:17"}
    assert settled.trials <= 10


def test_a_pass_that_is_all_wrong_costs_no_more_than_its_changes() -> None:
    settled = settle(GROUPS, lambda tried: not any(each.startswith("script") for each in tried), most_trials=100)

    assert settled.kept == {each for each in GROUPS if not each.startswith("script")}
    assert settled.trials <= 84


def test_what_no_trial_is_left_for_stays_out() -> None:
    settled = settle(GROUPS, lambda tried: False, most_trials=5)

    assert settled.kept == frozenset()
    assert set(settled.taken_out) == set(GROUPS)
    assert settled.trials == 5
    assert settled.untried > 0


def test_two_changes_that_break_it_only_together_lose_one() -> None:
    settled = settle(GROUPS, lambda tried: not {"css:3", "white:39"} <= tried, most_trials=100)

    assert len(settled.taken_out) == 1


@given(
    st.lists(st.sampled_from(GROUPS), min_size=1, unique=True),
    st.sets(st.sampled_from(GROUPS), max_size=4),
    st.integers(0, 60),
)
def test_what_is_kept_was_tried_together(groups: list[str], culprits: set[str], most_trials: int) -> None:
    tried: list[frozenset[str]] = [frozenset()]

    def works(these: frozenset[str]) -> bool:
        fine = not (these & culprits)
        if fine:
            tried.append(these)
        return fine

    settled = settle(groups, works, most_trials=most_trials)

    assert settled.kept in tried
    assert settled.trials <= most_trials
    assert settled.kept | set(settled.taken_out) == set(groups)
    if not settled.untried:
        # Known to break as a whole, so a single group is never tried: it goes.
        assert set(settled.taken_out) - (culprits & set(groups)) <= (
            set(groups) if not culprits & set(groups) else set()
        )
