"""What counts as Telegram's proof that it has done as it was asked.

What stands between may answer in Telegram's place: a proxy's page, a body that was cut, other JSON. Such an
answer proves nothing: the message may have been taken or not.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.chats.message import Message
from bot.domain.delivery.delivery import Receipt
from bot.messengers.telegram.calls import Call


def receipt(call: Call, result: Any, message: Message) -> Receipt | None:
    """Return the proof in the *result* of *call*, which sent or edited *message*; None if it is none.

    Bot API: deleteMessage returns True, the methods that edit a message return it, or True where it is an
    inline one, sendMediaGroup returns an array of messages, all others return the message.
    """
    match call.method:
        case "deleteMessage":
            return Receipt(message.replaces or "") if result is True else None
        case "sendMediaGroup":
            return _of_album(result, len(message.album))
        case _ if result is True and message.replaces:
            return Receipt(message.replaces)
        case _:
            return _of_message(result)


def _of_message(result: Any) -> Receipt | None:
    number = _number(result)
    return Receipt(number, _largest(result) or _voice(result)) if number else None


def _of_album(result: Any, photos: int) -> Receipt | None:
    if not isinstance(result, list) or len(result) != photos:
        return None
    numbers = [_number(sent) for sent in result]
    if not all(numbers):
        return None
    return Receipt(str(numbers[0]), album=tuple(_largest(sent) or "" for sent in result))


def _number(sent: Any) -> str | None:
    """Return the id of a message that was sent."""
    number = sent.get("message_id") if isinstance(sent, Mapping) else None
    return str(number) if type(number) is int and number > 0 else None


def _voice(sent: Mapping[str, Any]) -> str | None:
    """Return the reference to the recording that was sent."""
    voice = sent.get("voice")
    reference = voice.get("file_id") if isinstance(voice, Mapping) else None
    return reference if isinstance(reference, str) and reference else None


def _largest(sent: Mapping[str, Any]) -> str | None:
    """Return the reference to the photo that was sent; of its sizes the last one is the largest."""
    sizes = sent.get("photo")
    last = sizes[-1] if isinstance(sizes, Sequence) and sizes else None
    reference = last.get("file_id") if isinstance(last, Mapping) else None
    return reference if isinstance(reference, str) and reference else None
