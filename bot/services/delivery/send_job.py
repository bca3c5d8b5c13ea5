"""A message on its way."""

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
    """Claimed deliveries on their way in one message: whether it may have left, and until when it may begin.

    They are one, which is *delivery*, but where they make a digest.
    """

    __slots__ = ("card", "deliveries", "delivery", "in_flight", "place", "send_before", "ticket")

    ticket: Ticket
    """Its place in line, while it stands there."""

    def __init__(self, deliveries: tuple[Delivery, ...], card: Card, send_before: float) -> None:
        self.deliveries = deliveries
        self.delivery = delivery = deliveries[0]
        self.card = card
        self.send_before = send_before
        self.in_flight = False
        self.place = SendOptions(delivery.lane, delivery.due_at.timestamp())

    def begins(self, allowed: bool) -> bool:  # noqa: FBT001 - the answer that is passed on
        self.in_flight = allowed
        return allowed

    def message(self, form: Form, withdrawal: Callable[[str], Message]) -> Message:
        """Return the card; a later revision takes the place of the message before, or takes it back."""
        delivery = self.delivery
        if delivery.replaces is None:
            return self.card.message(form)
        if delivery.withdrawn:
            return replace(withdrawal(delivery.language), replaces=delivery.replaces, retracts=True)
        return replace(self.card.message(form), replaces=delivery.replaces)

    def ready(
        self, withdrawal: Callable[[str], Message], reference_of: Callable[[str], str | None]
    ) -> Message | None:
        """Return the message as it can go with one request, or None if a photo may have to be uploaded."""
        message = self.message(Form.CARD, withdrawal)
        if not isinstance(message.photo, NewPhoto):
            return message
        reference = reference_of(message.photo.key)
        return self.card.by_reference(reference) if reference and not message.replaces else None
