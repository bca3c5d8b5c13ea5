"""Where no message can be edited: which changes of an article a second message tells."""

from datetime import datetime, timedelta

from bot.domain.delivery.delivery import Delivery

TOLD_WITHIN = timedelta(days=1)
"""Since the first message: later than that a correction would be news of its own."""


def why_not_told(delivery: Delivery, *, newest: int, ended: bool, now: datetime) -> str | None:
    """Return why nothing tells of a later revision; *newest* is the last one of its article.

    One that has *ended* was for a time that is over, which has no haste.
    Who has left is told nothing more, and who has several copies of the message is told once. That an article
    was taken down is told to all others, for people may rely on it. What has changed in one is told to those
    who got it by itself: in a digest it is a line with an address, where the page says it.
    """
    if delivery.has_left:
        return "the chat does not subscribe to it any more"
    if delivery.has_newer_copy:
        return "it is told of a newer copy of the message"
    if delivery.revision < newest:
        return "a later message says more"
    if delivery.withdrawn:
        return None
    if delivery.sent_in_digest:
        return "it came in a digest, whose address leads to the page as it is now"
    is_late = delivery.sent_at is None or now - delivery.sent_at >= TOLD_WITHIN
    return "it was sent too long ago" if is_late and not ended else None
