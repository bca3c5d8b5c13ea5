"""A messenger in this process that has nothing but text: no buttons, no edits, no links to itself."""

from dataclasses import dataclass, replace

import orjson

from bot.domain.chats.chat import Address, ChatKind, Incoming, IncomingFile, TextReceived, UpdateSender
from bot.domain.chats.message import Message, length
from bot.domain.delivery.delivery import Outcome
from bot.domain.messaging.messenger import Capabilities
from tests.fakes import FakeMessenger

PLAIN_TEXT = Capabilities(
    text_length=2000, caption_length=2000, keyboards=False, edits=False, photo_upload=False, albums=0
)


@dataclass
class PlainMessenger(FakeMessenger):
    """Takes just what such a messenger takes; anything else is a fault of whoever sends it."""

    capabilities: Capabilities = PLAIN_TEXT
    _updates: int = 0

    def link_to_us(self, payload: str) -> str | None:
        del payload
        return None

    def link_to_add(self, kind: ChatKind) -> str | None:
        del kind
        return None

    async def send(self, address: Address, message: Message) -> Outcome:
        assert message == replace(message, keyboard=(), replaces=None, retracts=False, captions=False)
        limit = self.capabilities.text_length if message.photo is None else self.capabilities.caption_length
        assert (message.photo is None) <= length(message.text) <= limit
        return await super().send(address, message)

    def says(self, chat: str, text: str, *, language: str, user: str = "", photo: str = "") -> None:
        """Have a person write in their private chat, or *user* in a group; *photo* is the address of one."""
        said = {"chat": chat, "text": text, "language": language, "user": user, "photo": photo}
        payload = orjson.dumps(said).decode()
        self._updates += 1
        self.waiting = [(self._updates, payload)]

    def parse(self, payload: str) -> Incoming | None:
        said = orjson.loads(payload)
        address = Address(self.account, said["chat"])
        if not said["user"]:
            sender = UpdateSender(said["chat"], said["language"])
            file = IncomingFile(address=said["photo"], is_photo=True) if said["photo"] else None
            return TextReceived(address, ChatKind.PRIVATE, sender, said["text"], file=file)
        # As on Zalo, nothing is heard in a group but what is for us.
        meant = f"@{self.username} {said['text']}"
        return TextReceived(address, ChatKind.GROUP, UpdateSender(said["user"], said["language"]), meant)


def heard(messages: list[tuple[Address, Message]], chat: str) -> str:
    """Return what was said in a chat."""
    return "\n\n".join(
        "".join(span.text for span in message.text) for to, message in messages if to.chat == chat
    )
