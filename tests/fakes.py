"""Fakes at the ports: time that is moved by hand, and a messenger that is set up by intent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

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
from bot.domain.delivery.delivery import Outcome, Receipt
from bot.domain.delivery.sliding_window import PacingRules
from bot.domain.messaging.messenger import (
    Capabilities,
    CommandMenu,
    FileTooLargeError,
    InlineResults,
    MessengerError,
    Platform,
    Profile,
    Webhook,
)

ACCOUNT = AccountId("fake:1")
MESSENGER_CAPABILITIES = Capabilities(
    text_length=4096,
    caption_length=1024,
    keyboards=True,
    edits=True,
    photo_upload=True,
    albums=10,
    largest_file=20 * 2**20,
)


PLATFORM = Platform("Telegram", is_abroad=True)


@dataclass
class FakeClock:
    """A clock that stands still until it is told to go on; sleeping moves it."""

    moment: datetime = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        self.moment += timedelta(seconds=max(0.0, seconds))


@dataclass
class FakeMessenger:
    """A messenger that takes every message; *fails* makes it fail when it is asked something."""

    account: AccountId = ACCOUNT
    username: str = "bantin_bot"
    capabilities: Capabilities = MESSENGER_CAPABILITIES
    platform: Platform = PLATFORM
    pacing: PacingRules = field(default_factory=PacingRules)
    roles: dict[tuple[str, str], ChatRole] = field(default_factory=dict)
    known: dict[str, ChatFacts] = field(default_factory=dict)
    incoming: dict[str, Incoming | None] = field(default_factory=dict)
    waiting: list[tuple[int, str]] = field(default_factory=list)
    sent: list[tuple[Address, Message]] = field(default_factory=list)
    acknowledged: list[tuple[str, str | None]] = field(default_factory=list)
    offered: list[tuple[str, InlineResults]] = field(default_factory=list)
    menus: tuple[CommandMenu, ...] = ()
    profiles: tuple[Profile, ...] = ()
    strangers: frozenset[str] = frozenset()
    outcome: Callable[[Address, Message], Outcome] = lambda _address, _message: Receipt("1")
    files: dict[str, bytes] = field(default_factory=dict)
    fails: MessengerError | None = None
    webhook: Webhook | None = None

    async def open(self) -> None:
        self._maybe_fail()

    def send_only_while(self, is_leader: Callable[[], bool]) -> None:
        """Send whatever is to be sent."""

    def link_to_us(self, payload: str) -> str | None:
        return f"https://chat.example/{self.username}?start={payload}"

    def link_to_add(self, kind: ChatKind) -> str | None:
        return f"https://chat.example/{self.username}?add={kind}"

    def is_shared(self, address: Address) -> bool:
        return address.chat.startswith("-")

    def upload_wait(self, size: int, now: float) -> float:
        del size, now
        return 0.0

    async def send(self, address: Address, message: Message) -> Outcome:
        self.sent.append((address, message))
        return self.outcome(address, message)

    async def acknowledge(self, press_id: str, text: str | None) -> None:
        self.acknowledged.append((press_id, text))

    async def offer(self, query_id: str, offers: InlineResults) -> None:
        self.offered.append((query_id, offers))

    async def role(self, address: Address, user: str) -> ChatRole:
        self._maybe_fail()
        return self.roles.get((address.chat, user), ChatRole.MEMBER)

    async def facts(self, chat_reference: str) -> ChatFacts | None:
        self._maybe_fail()
        return self.known.get(chat_reference)

    async def verify_account(self) -> None:
        self._maybe_fail()

    def is_user_id(self, text: str) -> bool:
        return text.isascii() and text.isdigit() and len(text) <= 15

    async def knows(self, user: str) -> bool:
        self._maybe_fail()
        return user not in self.strangers

    async def register_commands(self, menus: Sequence[CommandMenu]) -> None:
        self._maybe_fail()
        self.menus = tuple(menus)

    async def describe(self, profiles: Sequence[Profile]) -> None:
        self._maybe_fail()
        self.profiles = tuple(profiles)

    async def deliver_updates(self, webhook: Webhook | None) -> None:
        self._maybe_fail()
        self.webhook = webhook

    async def updates(self, offset: int | None) -> list[tuple[int, str]]:
        self._maybe_fail()
        return [update for update in self.waiting if offset is None or update[0] >= offset]

    def parse(self, payload: str) -> Incoming | None:
        return self.incoming[payload]

    async def download(self, file: IncomingFile, *, most: int) -> bytes:
        self._maybe_fail()
        content = self.files[file.reference]
        if len(content) > most:
            raise FileTooLargeError
        return content

    async def close(self) -> None:
        """Do nothing: there is no connection."""

    def _maybe_fail(self) -> None:
        if self.fails is not None:
            raise self.fails
