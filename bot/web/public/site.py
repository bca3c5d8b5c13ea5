"""What the public page is made of: handed down once, when the service is put together."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.domain.chats.chat import TopicId
from bot.domain.clock import Clock
from bot.i18n import Translator
from bot.store.engine.database import Database
from bot.web.public.addresses import MediaAddresses


@dataclass(frozen=True, slots=True)
class Door:
    """Where people subscribe: an account, by the *id* and *name* of its platform.

    *link* returns the address at which it is asked for a topic; None where its platform has no such thing,
    or does not say yet how the account is called. *address* is where it is found then, if anybody has said.
    """

    id: str
    name: str
    link: Callable[[str], str | None]
    address: str = ""

    def leads_to(self, topic: TopicId) -> str | None:
        """Return the address that leads to subscribing to *topic*."""
        return self.link(topic) or self.address or None

    def is_deep(self, topic: TopicId) -> bool:
        """Return whether that address names the topic, so that nothing has to be typed."""
        return self.link(topic) is not None


@dataclass(frozen=True, slots=True)
class PublicSite:
    """Everything that the pages need. *address* is that by which people reach it, without a path.

    *draw_pdf* makes a page of A4 of an SVG document, elsewhere than in this process; None if that cannot be.
    *hub* is the hub that the feeds name, if there is one: it is told when they change.
    """

    database: Database
    clock: Clock
    translator: Translator
    address: str
    photos: MediaAddresses
    doors: tuple[Door, ...]
    draw_pdf: Callable[[str], Awaitable[bytes | None]]
    hub: str = ""

    def url(self, path: str) -> str:
        return f"{self.address}{path}"

    def photo(self, key: str) -> str:
        """Return the path of a photo, on the same host as the page."""
        return urlsplit(self.photos.address(key)).path
