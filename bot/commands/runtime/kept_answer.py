"""An answer as it is kept in the row of its update, from the commit of its effect until it has been sent.

Photos are kept by their keys alone: what is sent was stored before.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.commands.base.context import OutgoingMessage, Response
from bot.domain.blocks import codec
from bot.domain.blocks.model import DocumentBlock
from bot.domain.chats.chat import AccountId, Address, ButtonPressed, ChatMigrated, Incoming, InlineQuery
from bot.domain.chats.message import (
    AlbumPhoto,
    Button,
    ButtonStyle,
    KnownPhoto,
    Message,
    NewPhoto,
    RichText,
    Span,
    WholeText,
)
from bot.store.articles import articles
from bot.store.engine.database import Transaction


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What is left to do about an update: *answer* is to be sent, and *press_id* to be acknowledged.

    *chat* is whose line it stands in.
    """

    chat: str
    answer: Response
    press_id: str | None = None


def chat_of(incoming: Incoming) -> str:
    """Return whose line an update stands in: what belongs to one chat is answered one after the other."""
    match incoming:
        case ChatMigrated():
            return incoming.old.chat
        case InlineQuery():
            return f"inline {incoming.sender.user}"
        case _:
            return incoming.address.chat


def kept(incoming: Incoming, answer: Response) -> KeptAnswer:
    press_id = incoming.press_id if isinstance(incoming, ButtonPressed) else None
    return KeptAnswer(chat_of(incoming), answer, press_id)


def dump(kept: KeptAnswer) -> str:
    """Return *kept* as a text for the database."""
    messages = [
        {"to": [each.to.account, each.to.chat, each.to.thread], **_message(each.message)}
        for each in kept.answer.messages
    ]
    return json.dumps(
        {
            "chat": kept.chat,
            "press": kept.press_id,
            "toast": kept.answer.toast,
            "erasure": kept.answer.is_erasure,
            "messages": messages,
        },
        ensure_ascii=False,
    )


def chat_in(text: str) -> str:
    """Return the chat of a kept answer."""
    return str(json.loads(text)["chat"])


async def load(text: str, tx: Transaction) -> KeptAnswer:
    """Return what `dump` made a text of, with the photos as they are stored."""
    found = json.loads(text)
    messages = []
    for each in found["messages"]:
        account, chat, thread = each["to"]
        message = await _read_message(each, tx)
        messages.append(OutgoingMessage(Address(AccountId(account), chat, thread), message))
    answer = Response(tuple(messages), found["toast"], is_erasure=found["erasure"])
    return KeptAnswer(found["chat"], answer, found["press"])


_FLAGS = ("preview_url", "silent", "replaces", "retracts", "captions", "buttons_only", "paid", "essential")
_WORDS = ("attachments_title", "page", "read_on", "photos")


def _message(message: Message) -> dict[str, Any]:
    return {
        "text": _text(message.text),
        "photo": _photo(message.photo),
        "keyboard": [
            [[button.label, button.action, button.url, button.style] for button in row]
            for row in message.keyboard
        ],
        "album": [[_photo(each.photo), each.caption] for each in message.album],
        "whole": _whole(message.whole),
        **{name: getattr(message, name) for name in _FLAGS},
    }


def _whole(whole: WholeText | None) -> dict[str, Any] | None:
    if whole is None:
        return None
    return {
        "blocks": codec.stored(whole.blocks),
        "attachments": codec.stored(whole.attachments),
        "instead": [_message(each) for each in whole.instead],
        **{name: getattr(whole, name) for name in _WORDS},
    }


def _text(text: RichText) -> list[list[Any]]:
    return [[span.text, span.bold, span.italic, span.url, span.code, span.moment] for span in text]


def _read_text(found: Sequence[Sequence[Any]]) -> RichText:
    return tuple(Span(*styled) for styled in found)


def _photo(photo: NewPhoto | KnownPhoto | None) -> dict[str, Any] | None:
    match photo:
        case NewPhoto():
            return {"key": photo.key, "instead": _text(photo.instead)}
        case KnownPhoto():
            return {"reference": photo.reference}
        case None:
            return None


async def _read_message(found: Mapping[str, Any], tx: Transaction) -> Message:
    album = [(await _read_photo(photo, tx), caption) for photo, caption in found["album"]]
    whole = found.get("whole")
    return Message(
        text=_read_text(found["text"]),
        photo=await _read_photo(found["photo"], tx),
        keyboard=tuple(tuple(_button(*button) for button in row) for row in found["keyboard"]),
        album=tuple(AlbumPhoto(photo, caption) for photo, caption in album if photo),
        whole=await _read_whole(whole, tx) if whole else None,
        **{name: found[name] for name in _FLAGS if name in found},
    )


async def _read_whole(found: Mapping[str, Any], tx: Transaction) -> WholeText:
    attachments = codec.restored(found["attachments"])
    return WholeText(
        blocks=codec.restored(found["blocks"]),
        attachments=tuple(each for each in attachments if isinstance(each, DocumentBlock)),
        instead=tuple([await _read_message(each, tx) for each in found["instead"]]),
        **{name: found[name] for name in _WORDS},
    )


def _button(label: str, action: str | None, url: str | None, style: str | None = None) -> Button:
    return Button(label, action, url, ButtonStyle(style) if style else None)


async def _read_photo(found: Mapping[str, Any] | None, tx: Transaction) -> NewPhoto | KnownPhoto | None:
    if found is None:
        return None
    if "reference" in found:
        return KnownPhoto(found["reference"])
    prepared = await articles.photo(tx, found["key"])
    if prepared is None:
        return None
    return NewPhoto(prepared.key, prepared.content, _read_text(found.get("instead", ())))
