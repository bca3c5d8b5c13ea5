"""Approval: votes, times, and what becomes of what nobody answers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.chat import AccountId
from bot.domain.desk.approval_rule import Approval, ApprovalRule, Unanswered
from bot.domain.publication.approval import (
    Answer,
    Given,
    Voter,
    Waiting,
    answered,
    asked_anew,
    come_due,
    unanswered,
)
from bot.domain.publication.publication import WAITING, PublicationState

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
LAN = Voter("900", AccountId("telegram:1"))
MINH = Voter("900", AccountId("zalo:a"))
SHELL = Voter("root")
AWAITING, SCHEDULED = PublicationState.AWAITING, PublicationState.SCHEDULED
RELEASED, REJECTED = PublicationState.RELEASED, PublicationState.REJECTED
APPROVE, REJECT, TAKE_BACK = (Given(answer) for answer in Answer)

ASKED = st.sampled_from([Approval.ONE, Approval.TWO]).map(lambda approval: Waiting(AWAITING, approval))
VOTERS = st.sampled_from([LAN, MINH, SHELL])
TIMES = st.sampled_from([None, NOW - HOUR, NOW, NOW + HOUR, NOW + 2 * HOUR])
ANSWERS = st.builds(Given, st.sampled_from(Answer), TIMES, st.none())
STEPS = st.lists(st.tuples(VOTERS, ANSWERS | st.none()), max_size=12)


@given(ASKED, STEPS)
def test_nothing_is_released_or_scheduled_without_enough_different_persons(
    waiting: Waiting, steps: list[tuple[Voter, Given | None]]
) -> None:
    """None among the steps stands for a change of the words."""
    agreed: set[Voter] = set()
    for voter, given_answer in steps:
        if given_answer is None:
            waiting, agreed = asked_anew(waiting), set()
            continue
        new = answered(waiting, given_answer, voter, NOW)
        if new is None:
            continue
        if given_answer.answer is Answer.TAKE_BACK:
            agreed = set()
        if given_answer.answer is Answer.APPROVE:
            agreed.add(voter)
        if new.state in (RELEASED, SCHEDULED):
            assert len(agreed) >= waiting.approval.votes
        assert (new.state is SCHEDULED) <= (new.release_at is not None and new.release_at > NOW)
        if new.state not in WAITING:
            return
        waiting = new


@given(ASKED, VOTERS, ANSWERS)
def test_an_answer_to_an_earlier_round_changes_nothing(
    waiting: Waiting, voter: Voter, given_answer: Given
) -> None:
    stale = replace(given_answer, round=waiting.round)

    assert answered(asked_anew(waiting), stale, voter, NOW) is None


@given(ASKED, VOTERS, ANSWERS)
def test_whoever_answers_second_what_is_decided_has_seen_something_else(
    waiting: Waiting, voter: Voter, given_answer: Given
) -> None:
    stale = replace(given_answer, round=waiting.round)
    first = answered(waiting, stale, SHELL, NOW)

    if first and first.state is SCHEDULED:
        assert answered(first, stale, voter, NOW) is None


def test_two_are_two_persons_and_the_same_one_counts_once() -> None:
    asked = Waiting(AWAITING, Approval.TWO)
    once = answered(asked, APPROVE, LAN, NOW)
    assert once is not None

    assert (once.state, once.lacking, once.round) == (AWAITING, 1, 1)
    assert answered(once, APPROVE, LAN, NOW) is None
    twice = answered(once, APPROVE, MINH, NOW)
    assert twice is not None
    assert twice.state is RELEASED


def test_the_time_that_was_named_last_is_kept_to() -> None:
    asked = Waiting(AWAITING, Approval.TWO)
    once = answered(asked, Given(Answer.APPROVE, NOW + HOUR), LAN, NOW)
    assert once is not None
    twice = answered(once, APPROVE, MINH, NOW)
    assert twice is not None
    moved = answered(twice, Given(Answer.APPROVE, NOW + 2 * HOUR), LAN, NOW)
    assert moved is not None

    assert (twice.state, twice.release_at) == (SCHEDULED, NOW + HOUR)
    assert (moved.state, moved.release_at) == (SCHEDULED, NOW + 2 * HOUR)
    assert come_due(moved, NOW + HOUR) is None
    assert come_due(moved, NOW + 2 * HOUR) == replace(moved, state=RELEASED)
    assert come_due(asked, NOW + 9 * HOUR) is None


def test_a_scheduled_one_may_go_now_or_be_taken_back_to_nobody_having_approved_it() -> None:
    scheduled = Waiting(SCHEDULED, Approval.ONE, voters=frozenset({LAN}), release_at=NOW + HOUR)

    now = answered(scheduled, APPROVE, MINH, NOW)
    back = answered(scheduled, TAKE_BACK, MINH, NOW)

    assert now is not None
    assert now.state is RELEASED
    assert back == Waiting(AWAITING, Approval.ONE, round=2)
    assert answered(Waiting(AWAITING, Approval.ONE), TAKE_BACK, MINH, NOW) is None


def test_a_change_asks_again_and_keeps_the_time() -> None:
    scheduled = Waiting(SCHEDULED, Approval.ONE, voters=frozenset({LAN}), release_at=NOW + HOUR)

    assert asked_anew(scheduled) == Waiting(AWAITING, Approval.ONE, round=2, release_at=NOW + HOUR)


@pytest.mark.parametrize(
    ("what", "state"),
    [(Unanswered.REMIND, AWAITING), (Unanswered.RELEASE, RELEASED), (Unanswered.DROP, REJECTED)],
)
def test_what_nobody_answers_becomes_what_its_topic_says(what: Unanswered, state: PublicationState) -> None:
    asked = Waiting(AWAITING, Approval.TWO, voters=frozenset({LAN}))

    assert unanswered(asked, ApprovalRule(Approval.TWO, what), NOW).state is state


def test_one_rejection_is_enough() -> None:
    rejected = answered(Waiting(AWAITING, Approval.TWO, voters=frozenset({LAN})), REJECT, MINH, NOW)

    assert rejected is not None
    assert rejected.state is REJECTED
