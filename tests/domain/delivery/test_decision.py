from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.chats.chat import AccountId, Address, ChatId, ChatKind, TopicId
from bot.domain.delivery.decision import Attempt, settle, settle_together
from bot.domain.delivery.delivery import (
    AccountRefused,
    Ambiguous,
    ChatMoved,
    ChatUnreachable,
    Delivery,
    DeliveryId,
    DeliveryStatus,
    DropThread,
    Form,
    LeftOut,
    MessageRejected,
    MoveChat,
    Outcome,
    PhotoRejected,
    QuotaSpent,
    Receipt,
    RetryLater,
    RetryPolicy,
    Scope,
    SendAs,
    Settled,
    Settlement,
    StopAccount,
    SwitchChatOff,
    ThreadGone,
)
from bot.domain.news.article import ArticleId
from bot.domain.reason import Reason, ReasonCode

NOW = datetime(2017, 8, 16, 11, 52, tzinfo=UTC)
POLICY = RetryPolicy(first_wait=timedelta(seconds=2), longest_wait=timedelta(minutes=10))
DELIVERY = Delivery(
    id=DeliveryId(7),
    chat=ChatId(1),
    address=Address(AccountId("telegram:1"), "42"),
    kind=ChatKind.PRIVATE,
    language="vi",
    article=ArticleId(3),
    topic=TopicId("trong-nuoc"),
    revision=0,
    due_at=NOW - timedelta(minutes=1),
    expires_at=NOW + timedelta(hours=72),
    attempts=0,
)


def pending(reason: str, *, due_at: datetime = DELIVERY.due_at, attempts: int = 0) -> Settlement:
    return Settlement(DELIVERY.id, DeliveryStatus.PENDING, attempts, due_at=due_at, reason=reason)


def rejected(code: ReasonCode, words: str) -> Settlement:
    reason = Reason(code, words).stored()
    return Settlement(DELIVERY.id, DeliveryStatus.REJECTED, 1, reason=reason)


@pytest.mark.parametrize(
    ("outcome", "settled"),
    [
        (Receipt("9"), Settled(Settlement(DELIVERY.id, DeliveryStatus.SENT, 1, message_id="9"))),
        (
            ChatUnreachable("blocked"),
            Settled(rejected(ReasonCode.CHAT_CLOSED, "blocked"), SwitchChatOff("blocked")),
        ),
        (ThreadGone("closed"), Settled(rejected(ReasonCode.TOPIC_CLOSED, "closed"), DropThread("closed"))),
        (ChatMoved("-100"), Settled(pending("the chat has moved"), MoveChat("-100"))),
        (
            AccountRefused("401"),
            Settled(pending("401", due_at=NOW + timedelta(minutes=1)), StopAccount("401")),
        ),
        (
            LeftOut("not listed"),
            Settled(Settlement(DELIVERY.id, DeliveryStatus.CANCELLED, 0, reason="[test-only] not listed")),
        ),
        (MessageRejected("no"), Settled(rejected(ReasonCode.MESSAGE_REFUSED, "no"))),
        (RetryLater("429", timedelta(hours=3), Scope.CHAT), Settled(pending("429"))),
        (RetryLater("429", timedelta(hours=3), Scope.ACCOUNT), Settled(pending("429"))),
        (RetryLater("no route", scope=Scope.ACCOUNT), Settled(pending("no route"))),
        (RetryLater("502"), Settled(pending("502", due_at=NOW + timedelta(seconds=2)))),
        (
            Ambiguous("lost"),
            Settled(pending("lost", due_at=NOW + timedelta(seconds=2), attempts=1)),
        ),
    ],
)
def test_every_outcome_settles_a_delivery_in_its_own_way(outcome: Outcome, settled: Settled) -> None:
    assert settle(DELIVERY, outcome, now=NOW, policy=POLICY) == settled


@pytest.mark.parametrize(
    ("form", "outcome", "plainer"),
    [
        (Form.CARD, PhotoRejected("bad"), Form.PREVIEW),
        (Form.PREVIEW, PhotoRejected("bad"), Form.TEXT),
        (Form.TEXT, PhotoRejected("too large"), Form.PLAIN),
        (Form.CARD, PhotoRejected("not here", unwelcome=True), Form.TEXT),
        (Form.PREVIEW, PhotoRejected("not here", unwelcome=True), Form.TEXT),
        (Form.TEXT, PhotoRejected("not here", unwelcome=True), Form.PLAIN),
        (Form.CARD, MessageRejected("can't parse", malformed=True), Form.PLAIN),
        (Form.TEXT, MessageRejected("can't parse", malformed=True), Form.PLAIN),
    ],
)
def test_what_is_refused_is_tried_in_a_plainer_form(form: Form, outcome: Outcome, plainer: Form) -> None:
    assert settle(DELIVERY, outcome, now=NOW, policy=POLICY, attempt=Attempt(form)) == SendAs(plainer)


@pytest.mark.parametrize("outcome", [PhotoRejected("bad"), MessageRejected("bad", malformed=True)])
def test_what_is_refused_as_plain_text_is_refused_for_good(outcome: Outcome) -> None:
    decision = settle(DELIVERY, outcome, now=NOW, policy=POLICY, attempt=Attempt(Form.PLAIN))

    assert decision == Settled(rejected(ReasonCode.MESSAGE_REFUSED, "bad"))


@pytest.mark.parametrize("outcome", [RetryLater("502"), Ambiguous("lost"), AccountRefused("401")])
def test_a_delivery_that_is_too_old_ends_with_the_last_reason(outcome: Outcome) -> None:
    decision = settle(replace(DELIVERY, attempts=40), outcome, now=DELIVERY.expires_at, policy=POLICY)

    assert isinstance(decision, Settled)
    assert decision.settlement.status is DeliveryStatus.EXPIRED
    assert str(decision.settlement.reason).startswith("[too-old] too old; last: ")


@given(st.integers(0, 10_000))
def test_no_number_of_tries_ends_a_delivery(tries: int) -> None:
    tried = replace(DELIVERY, attempts=tries)

    for outcome in (RetryLater("502"), Ambiguous("lost"), RetryLater("429", scope=Scope.CHAT)):
        decision = settle(tried, outcome, now=NOW, policy=POLICY, attempt=Attempt(failures=tries + 1))
        assert isinstance(decision, Settled)
        assert decision.settlement.status is DeliveryStatus.PENDING


@given(st.integers(0, 100_000))
def test_waits_double_and_are_clamped(failures: int) -> None:
    wait, next_wait = POLICY.wait(failures), POLICY.wait(failures + 1)

    assert POLICY.first_wait <= wait <= next_wait <= POLICY.longest_wait
    assert next_wait in {wait, wait * 2, POLICY.longest_wait}


def test_what_went_in_one_message_is_settled_together_and_has_no_message_of_its_own() -> None:
    one = replace(DELIVERY, digest=True)
    other = replace(one, id=DeliveryId(8), article=ArticleId(4), attempts=2)

    decision = settle_together([one, other], Receipt("9"), now=NOW, policy=POLICY, attempt=Attempt())

    assert decision == Settled(
        Settlement(one.id, DeliveryStatus.SENT, 1), others=(Settlement(other.id, DeliveryStatus.SENT, 3),)
    )


def test_a_message_that_is_refused_its_photo_is_tried_once_more_as_a_whole() -> None:
    both = [replace(DELIVERY, digest=True), replace(DELIVERY, id=DeliveryId(8), digest=True)]

    decision = settle_together(both, PhotoRejected("no"), now=NOW, policy=POLICY, attempt=Attempt())

    assert decision == SendAs(Form.PREVIEW)


def test_what_the_month_has_no_room_for_is_parked_and_never_charged() -> None:
    until = NOW + timedelta(days=9)

    parked = settle(DELIVERY, QuotaSpent("spent", until), now=NOW, policy=POLICY)

    assert parked == Settled(replace(pending("spent", due_at=until), parked=True))


def test_what_is_too_old_is_not_parked() -> None:
    late = settle(DELIVERY, QuotaSpent("spent", NOW), now=DELIVERY.expires_at, policy=POLICY)

    assert isinstance(late, Settled)
    assert (late.settlement.status, late.settlement.parked) == (DeliveryStatus.EXPIRED, False)


@pytest.mark.parametrize(("hours", "is_told"), [(5, True), (9 * 24, False)])
def test_that_an_article_was_taken_down_waits_for_the_month_only_while_it_is_worth_telling(
    hours: int, *, is_told: bool
) -> None:
    until = NOW + timedelta(hours=hours)
    notice = replace(DELIVERY, revision=1, replaces="5", withdrawn=True, expires_at=NOW + timedelta(days=1))

    decision = settle(notice, QuotaSpent("spent", until), now=NOW, policy=POLICY)

    left_out = Reason(ReasonCode.NO_MESSAGES_LEFT, "spent").stored()
    ended = Settlement(notice.id, DeliveryStatus.CANCELLED, 0, reason=left_out)
    assert decision == Settled(pending("spent", due_at=until) if is_told else ended)


def test_a_correction_never_waits_for_another_month() -> None:
    correction = replace(DELIVERY, revision=1, replaces="5")

    decision = settle(correction, QuotaSpent("spent", NOW + timedelta(hours=1)), now=NOW, policy=POLICY)

    assert isinstance(decision, Settled)
    assert decision.settlement.status is DeliveryStatus.CANCELLED
