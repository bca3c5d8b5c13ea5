"""A messenger without buttons, for whoever sends messages that have some."""

from collections.abc import Callable, Sequence

from bot.domain.chats.chat import (
    AccountId,
    Address,
    ChatFacts,
    ChatKind,
    ChatRole,
    Incoming,
    IncomingFile,
)
from bot.domain.chats.message import Message
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import Outcome
from bot.domain.delivery.sliding_window import PacingRules
from bot.domain.messaging.messenger import (
    Capabilities,
    CommandMenu,
    FallbackRequest,
    InlineResults,
    Messenger,
    Platform,
    Profile,
    Webhook,
)
from bot.i18n import Translator
from bot.services.text_menus.menus import TextMenus
from bot.store.engine.database import Database


def spelling_out(messenger: Messenger, database: Database, clock: Clock, translator: Translator) -> Messenger:
    """Return *messenger* as something that takes buttons, whether it has any or not; pages have none."""
    if messenger.capabilities.keyboards or messenger.capabilities.pages:
        return messenger
    return TextMenuMessenger(messenger, TextMenus(database, clock, translator, messenger.capabilities))


class TextMenuMessenger:
    """Sends through *messenger*, buttons spelled out as numbered lines; all else it leaves to it."""

    def __init__(self, messenger: Messenger, menus: TextMenus) -> None:
        self._messenger = messenger
        self._menus = menus

    @property
    def account(self) -> AccountId:
        return self._messenger.account

    @property
    def username(self) -> str:
        return self._messenger.username

    @property
    def capabilities(self) -> Capabilities:
        return self._messenger.capabilities

    @property
    def platform(self) -> Platform:
        return self._messenger.platform

    @property
    def pacing(self) -> PacingRules:
        return self._messenger.pacing

    async def open(self) -> None:
        await self._messenger.open()

    def send_only_while(self, is_leader: Callable[[], bool]) -> None:
        self._messenger.send_only_while(is_leader)

    def link_to_us(self, payload: str) -> str | None:
        return self._messenger.link_to_us(payload)

    def link_to_add(self, kind: ChatKind) -> str | None:
        return self._messenger.link_to_add(kind)

    def is_shared(self, address: Address) -> bool:
        return self._messenger.is_shared(address)

    def upload_wait(self, size: int, now: float) -> float:
        return self._messenger.upload_wait(size, now)

    async def send(self, address: Address, message: Message) -> Outcome | FallbackRequest:
        if message.keyboard:
            message = await self._menus.push(address, message)
        return await self._messenger.send(address, message)

    async def acknowledge(self, press_id: str, text: str | None) -> None:
        await self._messenger.acknowledge(press_id, text)

    async def offer(self, query_id: str, offers: InlineResults) -> None:
        await self._messenger.offer(query_id, offers)

    async def role(self, address: Address, user: str) -> ChatRole:
        return await self._messenger.role(address, user)

    async def facts(self, chat_reference: str) -> ChatFacts | None:
        return await self._messenger.facts(chat_reference)

    async def verify_account(self) -> None:
        await self._messenger.verify_account()

    def is_user_id(self, text: str) -> bool:
        return self._messenger.is_user_id(text)

    async def knows(self, user: str) -> bool:
        return await self._messenger.knows(user)

    async def register_commands(self, menus: Sequence[CommandMenu]) -> None:
        await self._messenger.register_commands(menus)

    async def describe(self, profiles: Sequence[Profile]) -> None:
        await self._messenger.describe(profiles)

    async def deliver_updates(self, webhook: Webhook | None) -> None:
        await self._messenger.deliver_updates(webhook)

    async def updates(self, offset: int | None) -> list[tuple[int, str]]:
        return await self._messenger.updates(offset)

    def parse(self, payload: str) -> Incoming | None:
        return self._messenger.parse(payload)

    async def download(self, file: IncomingFile, *, most: int) -> bytes:
        return await self._messenger.download(file, most=most)

    async def close(self) -> None:
        await self._messenger.close()
