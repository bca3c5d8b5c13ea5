"""One delivery on its way."""

from bot.domain.delivery import Delivery
from bot.services.cards import Card


class Sending:
    """A claimed delivery on its way: whether its request may have left, and until when it may begin."""

    __slots__ = ("card", "delivery", "in_flight", "send_before")

    def __init__(self, delivery: Delivery, card: Card, send_before: float) -> None:
        self.delivery = delivery
        self.card = card
        self.send_before = send_before
        self.in_flight = False

    def begins(self, allowed: bool) -> bool:  # noqa: FBT001 - the answer that is passed on
        self.in_flight = allowed
        return allowed
