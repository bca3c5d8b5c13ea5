"""An Official Account's messenger with its memory, and what is published through it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.chats.chat import Address
from bot.domain.chats.message import Message, NewPhoto, bold
from bot.domain.chats.page import Page, PageImage, PageText
from bot.domain.clock import SystemClock
from bot.messengers.zalo_oa import ZaloOaMessenger
from bot.messengers.zalo_oa.messenger import ZaloOaSettings
from bot.messengers.zalo_oa.request import App, OaTimeouts
from bot.services.coordination.account_tokens import AccountTokens
from bot.services.delivery.stored_creations import StoredCreations
from bot.store.engine.database import Database
from tests.emulator.zalo_oa.client import APP, APP_SECRET, COVER, REFRESH, OaClient
from tests.served_zalo_oa import ACCOUNT

FEED = Address(ACCOUNT, "feed")


@dataclass
class LaterClock(SystemClock):
    """The machine's clock, so many seconds ahead."""

    ahead: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return super().now() + self.ahead


@dataclass
class Publishing:
    """An Official Account, and messengers of it with one memory: each is made as by another process."""

    oa: OaClient
    database: Database
    clock: LaterClock = field(default_factory=LaterClock)
    made: list[ZaloOaMessenger] = field(default_factory=list)

    async def messenger(self, **more: object) -> ZaloOaMessenger:
        settings = ZaloOaSettings(
            App(APP, APP_SECRET),
            COVER,
            **{
                "api_url": self.oa.url,
                "oauth_url": self.oa.oauth_url,
                "timeouts": OaTimeouts(connect=5.0, answer=1.0),
                "verify_after": (0.0, 0.0),
                **more,
            },  # type: ignore[arg-type]
        )
        messenger = ZaloOaMessenger(settings)
        self.made.append(messenger)
        tokens = AccountTokens(
            self.database,
            self.clock,
            account=ACCOUNT,
            owner=f"process {len(self.made)}",
            configured=REFRESH,
            exchange=messenger.exchange,
        )
        messenger.remember(tokens, StoredCreations(self.database, self.clock, ACCOUNT), self.clock)
        await messenger.open()
        return messenger


def page(title: str = "Họp báo", *, images: int = 0, photo: NewPhoto | None = None) -> Message:
    """Return a message with a page."""
    pictures = [PageImage(f"https://agency.example/{number}.jpg", "Ảnh") for number in range(images)]
    text = PageText("Đoạn một.")
    made = Page(f"key of {title}", title, "Cục", "Tóm tắt.", (text, *pictures))
    return Message((bold(title),), photo=photo, page=made)
