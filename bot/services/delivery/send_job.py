"""Claimed deliveries on their way in one message."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.chats.message import Message, NewPhoto
from bot.domain.delivery.delivery import Delivery, DeliveryStatus, Form, MessageRejected, Settled, Settlement
from bot.domain.delivery.fair_queue import Ticket
from bot.domain.reason import Reason, ReasonCode
from bot.services.delivery.gateway import SendOptions
from bot.services.rendering.card_cache import Card

CANNOT_EDIT = MessageRejected("the messenger cannot edit messages")


def left_as_it_is(delivery: Delivery) -> Settled:
    """Return a correction as ended that the messenger has no means for."""
    reason = Reason(ReasonCode.NO_EDITS, CANNOT_EDIT.reason).stored()
    return Settled(Settlement(delivery.id, DeliveryStatus.CANCELLED, delivery.attempts, reason=reason))


class SendJob:
    """Claimed deliveries that go with one message: one, *delivery*, or several that make a digest.

    The request begins before *send_before*, by the monotonic clock, or not at all.
    """

    __slots__ = ("card", "deliveries", "delivery", "options", "ticket")

    ticket: Ticket
    """Its place in line, while it stands there."""

    def __init__(self, deliveries: tuple[Delivery, ...], card: Card, send_before: float) -> None:
        self.deliveries = deliveries
        self.delivery = delivery = deliveries[0]
        self.card = card
        self.options = SendOptions(delivery.lane, delivery.due_at.timestamp(), send_before=send_before)

    def message(self, form: Form) -> Message:
        """Return the card; a later revision takes the place of the message before, or takes it back."""
        card, delivery = self.card.message(form), self.delivery
        if delivery.replaces is None:
            return card
        return replace(card, replaces=delivery.replaces, retracts=delivery.withdrawn)

    def ready(self, reference_of: Callable[[str], str | None]) -> Message | None:
        """Return the message as it can go with one request, or None if a photo may have to be uploaded."""
        message = self.message(Form.CARD)
        if not isinstance(message.photo, NewPhoto):
            return message
        reference = reference_of(message.photo.key)
        return self.card.by_reference(reference) if reference and not message.replaces else None
