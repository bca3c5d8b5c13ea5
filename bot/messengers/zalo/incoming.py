"""What people do, as Zalo tells it, in the words of the domain."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import structlog

from bot.domain.chats.chat import (
    AccountId,
    Address,
    ChatKind,
    Incoming,
    IncomingFile,
    TextReceived,
    UpdateSender,
)
from bot.domain.news.address import is_web_address
from bot.domain.text.text import nfc

log = structlog.get_logger(__name__)

_KINDS = {"PRIVATE": ChatKind.PRIVATE, "GROUP": ChatKind.GROUP}
_IMAGE = "message.image.received"
_SHOWN = frozenset({_IMAGE, "message.sticker.received", "message.voice.received"})
_HEARD = frozenset({"message.text.received", *_SHOWN})
"""Events that say something. `message.unsupported.received` comes from people who are protected by law, and
without what they wrote: nothing is stored of it."""

_DATE_BITS, _NAME_BITS = 42, 21
_IN_SECONDS_BELOW = 10**12
_COMMAND = re.compile(r"(?:^|\s)(/\S.*)", re.DOTALL)
_NAMED = re.compile(r"\s(/[^\W\d_]{2,}(?:\s.*)?)$", re.DOTALL)
"""A command behind other words, and what follows it: 24/7 is none."""


def updates_in(body: bytes) -> list[tuple[int, str]]:
    """Return what *body* tells, as (number, payload): an update, bare or in an envelope; or nothing.

    Nothing is the empty body that verifies a webhook, what is no update, and what needs no answer.
    """
    try:
        told = orjson.loads(body) if body.strip() else None
    except orjson.JSONDecodeError:
        log.warning("an update could not be read")
        return []
    if isinstance(told, Mapping):
        told = told.get("result", told)
    return numbered(told)


def numbered(update: Any) -> list[tuple[int, str]]:
    """Return *update* with its number, if there is anything to do about it."""
    message = _message(update)
    if message is None:
        return []
    number = _number(message)
    if number is None:
        return []
    try:
        return [(number, orjson.dumps(update).decode())]
    except orjson.JSONEncodeError:
        # What is nested more deeply than can be written can still be read.
        log.warning("an update could not be stored: it is nested too deeply")
        return []


def _message(update: Any) -> Mapping[str, Any] | None:
    """Return the message that an update tells of, unless it is a bot's own or says nothing."""
    message = update.get("message") if isinstance(update, Mapping) else None
    if not isinstance(message, Mapping) or str(update.get("event_name")) not in _HEARD:
        return None
    return None if _part(message, "from").get("is_bot") is True else message


def _number(message: Mapping[str, Any]) -> int | None:
    """Return the number of a message, always the same one: when it was written, then who it is in short.

    Zalo has no numbers; a message is told from others by its chat and its own id. The moment goes first, so
    that a chat's messages are in order; in one millisecond one number of two million is taken.
    """
    chat, own = _part(message, "chat").get("id"), message.get("message_id")
    if not (isinstance(chat, str) and chat and isinstance(own, str) and own):
        log.warning("an update has no id")
        return None
    name = int.from_bytes(hashlib.blake2b(f"{chat}/{own}".encode(), digest_size=8).digest())
    date = _milliseconds(message.get("date"))
    if date is None:
        return name >> 1
    return date << _NAME_BITS | name >> (64 - _NAME_BITS)


def _milliseconds(date: Any) -> int | None:
    """Return a moment since the epoch, given in milliseconds or in seconds; None if it is neither."""
    if isinstance(date, bool) or not isinstance(date, int) or date <= 0:
        return None
    milliseconds = date * 1000 if date < _IN_SECONDS_BELOW else date
    return milliseconds if milliseconds < 1 << _DATE_BITS else None


class ZaloReader:
    """Reads payloads for an account, which people mention by one of *names*."""

    def __init__(self, account: AccountId, own_id: str, names: Sequence[str]) -> None:
        self._account = account
        self._own_id = own_id
        self._name = next(filter(None, names), "")
        self._mentions = [
            re.compile(rf"(?:^|(?<=\s))@{_spaced(name)}(?=\W|$)[:,]?", re.IGNORECASE)
            for name in names
            if name.strip()
        ]

    def read(self, payload: str) -> Incoming | None:
        """Return what *payload* means, or None if it is nothing that we know."""
        try:
            update = orjson.loads(payload)
        except orjson.JSONDecodeError:
            update = None
        message = _message(update)
        if message is None:
            return None
        chat, sender = _part(message, "chat"), _part(message, "from")
        chat_id, user, kind = chat.get("id"), sender.get("id"), _KINDS.get(str(chat.get("chat_type")))
        if not (isinstance(chat_id, str) and isinstance(user, str) and kind) or user == self._own_id:
            log.warning("an update could not be read")
            return None
        said = message.get("caption" if update["event_name"] in _SHOWN else "text")
        text = nfc(said) if isinstance(said, str) else ""
        return TextReceived(
            address=Address(self._account, chat_id),
            kind=kind,
            sender=UpdateSender(user),
            # In a group nothing is heard but mentions, and replies to what we said.
            text=self._with_mention(self._without_mention(text)) if kind is ChatKind.GROUP else text,
            file=_photo(update["event_name"], message) if kind is ChatKind.PRIVATE else None,
        )

    def _with_mention(self, text: str) -> str:
        """Return *text* behind our name, by which it is known to be meant for us."""
        return f"@{self._name} {text}" if self._name else text

    def _without_mention(self, text: str) -> str:
        """Return *text* without our name, wherever it stands.

        Zalo does not say where a mention is. By another name than ours it ends where a command begins. A
        command may stand anywhere: what people write before it is not its name.
        """
        for mention in self._mentions:
            if mention.search(text):
                said = " ".join(mention.sub(" ", text).split())
                named = _NAMED.search(said)
                return named[1] if named else said
        command = _COMMAND.search(text) if text.lstrip().startswith("@") else None
        return command[1] if command else text


def _photo(event: str, message: Mapping[str, Any]) -> IncomingFile | None:
    """Return the photo that a message comes with: it lies on the web for about a month, for everybody.

    Production calls its address otherwise than the documentation does. Files of other kinds come without
    anything, as what people under protection write.
    """
    address = message.get("photo_url") or message.get("photo")
    if event != _IMAGE or not isinstance(address, str) or not is_web_address(address):
        return None
    return IncomingFile(address=address, is_photo=True)


def _spaced(name: str) -> str:
    """Return the pattern of a *name*, with any white space between its words."""
    return r"\s+".join(map(re.escape, nfc(name).split()))


def _part(message: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = message.get(name)
    return part if isinstance(part, Mapping) else {}
