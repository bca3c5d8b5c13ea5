from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.desk.figures import (
    BOUNDS,
    FEW,
    Counts,
    Figure,
    Tally,
    Waits,
    class_of,
    day_of,
    days_until,
)

SECONDS = st.integers(1, 200_000)


def counted(subscribed: int, *, released: int = 0, waits: Waits | None = None) -> Counts:
    figures = {Figure.SUBSCRIBED: subscribed, Figure.RELEASED: released}
    return Counts(figures, reasons={}, waits=waits or Waits(), day=date(2026, 11, 27))


def waits_of(seconds: list[int]) -> Waits:
    counts = [0] * (len(BOUNDS) + 1)
    for each in seconds:
        counts[class_of(timedelta(seconds=each))] += 1
    return Waits(tuple(counts), timedelta(seconds=max(seconds, default=0)))


def test_a_day_is_one_of_viet_nam() -> None:
    late = datetime(2026, 11, 27, 17, tzinfo=UTC)

    assert (day_of(late - timedelta(seconds=1)), day_of(late)) == (date(2026, 11, 27), date(2026, 11, 28))
    assert days_until(late, 2) == (date(2026, 11, 27), date(2026, 11, 28))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((4,), "< 5"),
        ((1,), "< 5"),
        ((5,), "5"),
        ((0,), "0"),
        ((), "0"),
        # Of the sum of days the one that is few must not be what is left over.
        ((12, 3), "≥ 12"),
        ((3, 1), "< 5"),
        # Few people each, and together enough: to the last one it would tell the parts of another sum.
        ((3, 3), "≥ 5"),
        ((3, 3, 2), "≥ 5"),
        ((12, 3, 2), "≥ 17"),
    ],
)
def test_few_people_of_a_members_only_topic_are_not_counted_out_loud(
    counts: tuple[int, ...], words: str
) -> None:
    assert str(Tally.of((), map(counted, counts))[Figure.SUBSCRIBED]) == words


def test_a_topic_for_all_has_its_figures_said_and_so_has_what_no_person_caused() -> None:
    assert str(Tally.of([counted(3), counted(1)])[Figure.SUBSCRIBED]) == "4"
    assert str(Tally.of((), [counted(3, released=2)])[Figure.RELEASED]) == "2"


@given(st.lists(st.integers(0, 12)))
def test_what_is_said_of_a_sum_is_true_and_exact_only_where_no_part_is_few(counts: list[int]) -> None:
    whole = Tally.of((), map(counted, counts))[Figure.SUBSCRIBED]

    assert whole.at_least <= sum(counts) < whole.at_least + FEW
    assert whole.is_exact == all(count == 0 or count >= FEW for count in counts)
    assert str(whole) == str(sum(counts)) or not whole.is_exact


@given(st.lists(st.integers(0, 12), min_size=1), st.integers(1, 4))
def test_no_two_sums_tell_a_part_that_is_few(counts: list[int], few: int) -> None:
    """A day more, or a topic more: the difference of the two sums is not what was few in it."""
    without = Tally.of((), map(counted, counts))[Figure.SUBSCRIBED]
    whole = Tally.of((), map(counted, [*counts, few]))[Figure.SUBSCRIBED]

    assert not whole.is_exact
    assert whole.at_least - without.at_least in (0, FEW)


def test_the_reasons_of_a_figure_do_not_tell_by_their_sum_the_one_that_is_few() -> None:
    reasons = {(Figure.ENDED, "unsubscribed"): 5, (Figure.ENDED, "shut-out"): 1}
    tally = Tally.of((), [Counts({Figure.ENDED: 6}, reasons, Waits())])

    assert [(reason, str(amount)) for reason, amount in tally.by_reason(Figure.ENDED)] == [
        ("unsubscribed", "5"),
        ("shut-out", "< 5"),
    ]
    assert str(tally[Figure.ENDED]) == "≥ 5"


@given(st.lists(SECONDS, min_size=1), st.floats(0.01, 1))
def test_the_share_of_what_was_accepted_within_a_time_is_never_overstated(
    seconds: list[int], share: float
) -> None:
    within = waits_of(seconds).within(share)

    assert within is not None
    assert sum(each <= within.total_seconds() for each in seconds) >= share * len(seconds)
    assert within <= timedelta(seconds=max(seconds))


@given(st.lists(st.lists(SECONDS)))
def test_waits_of_several_days_are_those_of_all_of_them(days: list[list[int]]) -> None:
    together = Waits.together(map(waits_of, days))

    assert together == waits_of([each for day in days for each in day])


def test_nothing_that_was_accepted_took_no_time() -> None:
    assert Waits().within(0.5) is None


def test_how_long_few_messages_of_a_members_only_topic_took_is_not_told() -> None:
    few, enough = waits_of([7] * 4), waits_of([7] * 5)

    assert Tally.of((), [counted(0, waits=few)]).waits == Waits()
    assert Tally.of((), [counted(0, waits=enough)]).waits == enough
    assert Tally.of([counted(0, waits=few)]).waits == few
    assert Tally.of([counted(0, waits=enough)], [counted(0, waits=few)]).waits == enough
