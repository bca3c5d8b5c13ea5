"""What a Bot API server may not know yet, as one that an office runs itself: left out once it has said so."""

from dataclasses import replace

from bot.domain.chats.message import Message
from bot.domain.messaging.messenger import Capabilities

_NO_STYLES = "button style"
_NO_MOMENTS = 'unsupported start tag "tg-time"'


def as_known(message: Message, capabilities: Capabilities) -> Message:
    """Return *message* without what *capabilities* lack: its words stay as they are."""
    if not capabilities.styles and any(button.style for row in message.keyboard for button in row):
        keyboard = tuple(tuple(replace(button, style=None) for button in row) for row in message.keyboard)
        message = replace(message, keyboard=keyboard)
    if not capabilities.moments and any(span.moment for span in message.text):
        message = replace(message, text=tuple(replace(span, moment=None) for span in message.text))
    return message


def without_refused(capabilities: Capabilities, reason: str) -> Capabilities | None:
    """Return what is left of *capabilities* after a refusal for *reason*, or None if it is about others.

    Bot API: buttons have styles since 9.4, texts have moments since 9.5.
    """
    said = reason.casefold()
    if capabilities.styles and _NO_STYLES in said:
        return replace(capabilities, styles=False)
    if capabilities.moments and _NO_MOMENTS in said:
        return replace(capabilities, moments=False)
    return None
