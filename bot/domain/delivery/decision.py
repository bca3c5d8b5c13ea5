"""What follows from one attempt to send: how the delivery stands then, or in what form to try again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.delivery.delivery import (
    AccountRefused,
    Ambiguous,
    ChatMoved,
    ChatUnreachable,
    Decision,
    Delivery,
    DeliveryStatus,
    DropThread,
    DryRun,
    Effect,
    Form,
    HoldChat,
    JoinDigest,
    LeftOut,
    MessageRejected,
    MoveChat,
    NotPermitted,
    Outcome,
    PhotoRejected,
    QuotaSpent,
    Rationed,
    Receipt,
    RetryLater,
    RetryPolicy,
    SendAs,
    Settled,
    Settlement,
    StopAccount,
    SwitchChatOff,
    ThreadGone,
)
from bot.domain.reason import Reason, ReasonCode

REFUSED_FOR = timedelta(minutes=1)
"""How long a delivery steps back with which the account was refused: if it alone is, others go on."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: the form it took, and how many in a row, this one included, got no proper answer.

    *edits* says whether the messenger can edit what it has sent.
    """

    form: Form = Form.CARD
    failures: int = 1
    edits: bool = True


def settle(  # noqa: C901, PLR0911 - one return for each outcome reads as the table that it is
    delivery: Delivery,
    outcome: Outcome,
    *,
    now: datetime,
    policy: RetryPolicy,
    attempt: Attempt = Attempt(),
) -> Decision:
    """Return what follows from one attempt to send *delivery*, which ends by its age, never by its tries.

    One is charged only where the messenger has, or may have, dealt with the message: never for an outage.
    """
    match outcome:
        case Receipt():
            return _sent(delivery, outcome, edits=attempt.edits)
        case PhotoRejected() | MessageRejected():
            return _in_plainer_form(delivery, outcome, attempt.form)
        case ChatUnreachable(reason=reason):
            return _refused(delivery, ReasonCode.CHAT_CLOSED, reason, SwitchChatOff(reason))
        case NotPermitted(reason=reason):
            return Settled(_kept(delivery, reason, now), HoldChat(reason))
        case ThreadGone(reason=reason):
            return _refused(delivery, ReasonCode.TOPIC_CLOSED, reason, DropThread(reason))
        case ChatMoved():
            return Settled(_kept(delivery, "the chat has moved", now), MoveChat(outcome.to))
        case AccountRefused():
            due_at = now + REFUSED_FOR
            return Settled(_kept(delivery, outcome.reason, now, due_at=due_at), StopAccount(outcome.reason))
        case RetryLater():
            # What a flood limit closes keeps its place.
            later = now + (outcome.after or policy.wait(attempt.failures))
            return Settled(_kept(delivery, outcome.reason, now, due_at=None if outcome.scope else later))
        case QuotaSpent() | Rationed():
            return _without_message(delivery, outcome, now)
        case DryRun(reason=reason):
            return _not_to_be_sent(delivery, ReasonCode.DRY_RUN, reason)
        case LeftOut(reason=reason):
            return _not_to_be_sent(delivery, ReasonCode.TEST_ONLY, reason)
        case Ambiguous():
            return _unknown(delivery, outcome, now, policy.wait(max(attempt.failures, delivery.attempts + 1)))


def settle_together(
    deliveries: Sequence[Delivery],
    outcome: Outcome,
    *,
    now: datetime,
    policy: RetryPolicy,
    attempt: Attempt,
) -> Decision:
    """Return what follows from one attempt to send all of *deliveries* as one message."""
    first, *others = (settle(each, outcome, now=now, policy=policy, attempt=attempt) for each in deliveries)
    if isinstance(first, SendAs):
        return first
    settled = tuple(other.settlement for other in others if isinstance(other, Settled))
    return replace(first, others=settled)


def _in_plainer_form(delivery: Delivery, outcome: PhotoRejected | MessageRejected, form: Form) -> Decision:
    plainer = _plainer(form, outcome)
    return SendAs(plainer) if plainer else _refused(delivery, ReasonCode.MESSAGE_REFUSED, outcome.reason)


def _plainer(form: Form, outcome: PhotoRejected | MessageRejected) -> Form | None:
    """Return the form to try next: a refused photo steps down one, what cannot be read goes as plain text."""
    match outcome:
        case _ if form is Form.PLAIN:
            return None
        case MessageRejected():
            return Form.PLAIN if outcome.malformed else None
        case PhotoRejected(unwelcome=True) if form is not Form.TEXT:
            return Form.TEXT
        case PhotoRejected():
            return {Form.CARD: Form.PREVIEW, Form.PREVIEW: Form.TEXT, Form.TEXT: Form.PLAIN}[form]


def _sent(delivery: Delivery, receipt: Receipt, *, edits: bool) -> Settled:
    # Nothing is edited for an article in a digest: the message that it is in is not its own. Where a change
    # is told in a second message, it can be told to those who got the digest as well.
    message_id = None if delivery.digest and edits else receipt.message_id
    tries = delivery.attempts + 1
    return Settled(Settlement(delivery.id, DeliveryStatus.SENT, tries, message_id=message_id))


def _unknown(delivery: Delivery, outcome: Ambiguous, now: datetime, wait: timedelta) -> Settled:
    kept = _kept(delivery, outcome.reason, now, due_at=now + wait)
    return Settled(replace(kept, attempts=delivery.attempts + 1))


def _without_message(delivery: Delivery, outcome: QuotaSpent | Rationed, now: datetime) -> Settled:
    """Return what becomes of what the plan has no message for: news are worth as much later, and wait.

    A correction is not. That an article was taken down is told where the month turns while it is still owed,
    for a day: weeks later it would only bring back what people have long forgotten, at the cost of news. So
    it is put off, and not parked, which would have it last longer.
    """
    if delivery.takes_back and isinstance(outcome, QuotaSpent) and _comes_in_time(delivery, outcome.until):
        return Settled(_kept(delivery, outcome.reason, now, due_at=outcome.until))
    if delivery.revision:
        return _not_to_be_sent(delivery, ReasonCode.NO_MESSAGES_LEFT, outcome.reason)
    if isinstance(outcome, QuotaSpent):
        return _parked(delivery, outcome.reason, now, outcome.until)
    return replace(_parked(delivery, outcome.reason, now, None), effect=JoinDigest())


def _comes_in_time(delivery: Delivery, until: datetime | None) -> bool:
    return until is not None and until < delivery.expires_at


def _parked(delivery: Delivery, reason: str, now: datetime, until: datetime | None) -> Settled:
    kept = _kept(delivery, reason, now, due_at=until)
    return Settled(replace(kept, parked=kept.status is DeliveryStatus.PENDING))


def _not_to_be_sent(delivery: Delivery, code: ReasonCode, words: str) -> Settled:
    reason = Reason(code, words).stored()
    return Settled(Settlement(delivery.id, DeliveryStatus.CANCELLED, delivery.attempts, reason=reason))


def _refused(delivery: Delivery, code: ReasonCode, words: str, effect: Effect | None = None) -> Settled:
    reason = Reason(code, words).stored()
    tries = delivery.attempts + 1
    return Settled(Settlement(delivery.id, DeliveryStatus.REJECTED, tries, reason=reason), effect)


def _kept(delivery: Delivery, reason: str, now: datetime, *, due_at: datetime | None = None) -> Settlement:
    """Return the delivery as still owed, in its place unless *due_at* says otherwise; or ended by its age."""
    if now >= delivery.expires_at:
        last = Reason(ReasonCode.TOO_OLD, f"too old; last: {reason}")
        return Settlement(delivery.id, DeliveryStatus.EXPIRED, delivery.attempts, reason=last.stored())
    due_at = due_at or delivery.due_at
    return Settlement(delivery.id, DeliveryStatus.PENDING, delivery.attempts, due_at=due_at, reason=reason)
