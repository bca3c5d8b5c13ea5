from datetime import timedelta

from bot.domain.delivery.circuit_breaker import CircuitBreaker, is_failure
from bot.domain.delivery.delivery import Ambiguous, ChatUnreachable, Receipt, RetryLater, RetryPolicy, Scope

POLICY = RetryPolicy(first_wait=timedelta(seconds=2), longest_wait=timedelta(seconds=30))
LOST = Ambiguous("lost")


def test_one_or_two_failures_are_an_accident() -> None:
    outage = CircuitBreaker(POLICY)

    waits = [outage.note(outcome, 0.0) for outcome in (LOST, LOST, Receipt("1"), LOST, LOST)]

    assert waits == [None] * 5
    assert not outage.ongoing


def test_an_outage_waits_twice_as_long_each_time_and_not_for_ever() -> None:
    outage, now = CircuitBreaker(POLICY), 0.0
    waits = []
    for _ in range(9):
        now += 100
        waits.append(outage.note(LOST, now))

    seconds = [wait.total_seconds() if wait else None for wait in waits]
    assert seconds == [None, None, 2, 4, 8, 15, 15, 15, 15]


def test_what_was_under_way_when_it_began_does_not_make_it_longer() -> None:
    outage = CircuitBreaker(POLICY)

    waits = [outage.note(LOST, 0.0) for _ in range(30)]

    assert [wait for wait in waits if wait] == [timedelta(seconds=2)]
    assert outage.ongoing


def test_any_proper_answer_ends_an_outage() -> None:
    outage = CircuitBreaker(POLICY)
    for _ in range(5):
        outage.note(LOST, 0.0)

    outage.note(ChatUnreachable("blocked"), 1.0)

    assert not outage.ongoing


def test_a_flood_limit_is_a_proper_answer() -> None:
    assert not is_failure(RetryLater("429", timedelta(seconds=3), Scope.CHAT))
    assert is_failure(RetryLater("502"))
    assert is_failure(RetryLater("no connection", scope=Scope.ACCOUNT))


def test_a_flood_limit_closes_its_chat_and_those_of_many_chats_the_account() -> None:
    breaker = CircuitBreaker(RetryPolicy())

    scopes = [
        breaker.flood_scope(chat, now) for chat, now in [("a", 0.0), ("a", 1.0), ("b", 2.0), ("c", 3.0)]
    ]

    assert scopes == [Scope.CHAT, Scope.CHAT, Scope.CHAT, Scope.ACCOUNT]
    assert breaker.flood_scope("d", 60.0) is Scope.CHAT
