from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.emulator.metrics import Metrics
from bot.emulator.telegram.rules.errors import ApiError
from bot.emulator.telegram.rules.limits import Limits
from bot.emulator.telegram.rules.rates import RateModel, Sending


def model(**limits: float | bool) -> RateModel:
    return RateModel(Limits(**limits), Metrics())  # type: ignore[arg-type]


def send(rates: RateModel, at: float, *, chat: int = 1, kind: str = "private", **more: Any) -> int:
    """Send once and return the wait that is demanded, zero if none."""
    try:
        rates.admit(Sending(1, chat, kind, **more), at)
    except ApiError as refused:
        retry_after: int = refused.parameters["retry_after"]
        return retry_after
    return 0


def test_a_window_slides_and_what_lies_one_span_back_has_left_it() -> None:
    rates = model(global_count=2)

    waits = [send(rates, at, chat=n) for n, at in enumerate((0.0, 0.9, 1.0, 1.9))]

    assert waits == [0, 0, 0, 0]


def test_the_message_that_is_too_many_is_refused_until_there_is_room() -> None:
    rates = model(group_count=2)

    waits = [send(rates, at, kind="group", chat=-1) for at in (0.0, 10.5, 20.0, 60.0, 60.1)]

    assert waits == [0, 0, 40, 0, 11]


def test_a_closed_chat_stays_closed_for_its_time_and_others_stay_open() -> None:
    rates = model(private_count=1, private_seconds=1.5)

    waits = [send(rates, 0.0), send(rates, 0.1), send(rates, 1.9), send(rates, 0.2, chat=2), send(rates, 2.2)]

    assert (waits, rates.metrics.while_closed, rates.metrics.violations) == ([0, 2, 1, 0, 0], 1, 1)


def test_whoever_keeps_knocking_waits_twice_as_long() -> None:
    rates = model(private_count=1, private_seconds=1.0, escalate=True, escalate_cap=6)

    waits = [send(rates, 0.0)] + [send(rates, 0.1) for _ in range(5)]

    assert waits == [0, 1, 2, 4, 6, 6]


def test_an_album_counts_each_item_for_the_account_and_a_group_but_is_one_post_to_a_person() -> None:
    rates = model(global_count=10, private_count=1)

    assert (send(rates, 0.0, messages=10), send(rates, 0.5, chat=-1, kind="group")) == (0, 1)


def test_edits_count_for_the_account_and_have_a_window_of_their_own_in_groups() -> None:
    rates = model(edit_count=1, edit_seconds=30)

    waits = [send(rates, float(n), chat=-1, kind="group", edit=True) for n in range(2)]

    assert (waits, list(rates.metrics.violated)) == ([0, 29], ["edits"])


def test_without_enforcement_breaches_are_only_counted() -> None:
    rates = model(global_count=1, enforce=False)

    waits = [send(rates, 0.0, chat=n) for n in range(5)]

    assert (waits, rates.metrics.violations, rates.metrics.max_window) == ([0] * 5, 4, 5)


def test_the_paid_tier_has_its_own_rate_and_costs_above_the_free_one() -> None:
    rates = model(global_count=2, paid_count=4)

    costly = [rates.admit(Sending(1, chat, "private", paid=True), 0.0) for chat in range(4)]

    assert (costly, send(rates, 0.0, chat=9, paid=True)) == ([False, False, True, True], 1)


def test_a_bucket_refills_steadily_and_allows_bursts_that_a_window_would_not() -> None:
    rates = model(strict=False, global_count=2)

    waits = [send(rates, at, chat=n) for n, at in enumerate((0.0, 0.0, 0.5, 0.9))]

    assert waits == [0, 0, 0, 1]


@settings(deadline=None)
@given(st.lists(st.floats(0, 3), min_size=1, max_size=200), st.integers(1, 10))
def test_never_more_than_the_count_is_let_through_in_any_window(steps: Iterable[float], count: int) -> None:
    rates = model(global_count=count)
    passed: list[float] = []
    now = 0.0

    for chat, step in enumerate(steps):
        now += step / 10
        if send(rates, now, chat=chat) == 0:
            passed.append(now)

    fullest = max((sum(begin <= at < begin + 1.0 for at in passed) for begin in passed), default=0)
    assert fullest <= count


@pytest.mark.parametrize(("weight", "wait"), [(1, 0), (5, 1), (40, 1)])
def test_a_request_that_never_fits_is_refused_all_the_same_once_something_was_sent(
    weight: int, wait: int
) -> None:
    rates = model(global_count=5)
    send(rates, 0.0, chat=8)

    assert send(rates, 0.5, messages=weight) == wait
