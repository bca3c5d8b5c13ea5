"""The page for everybody, as the settings have it."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from bot.domain.chats.chat import TopicId
from bot.domain.clock import Clock
from bot.i18n import Translator
from bot.runtime import from_settings
from bot.runtime.account_worker import ConfiguredAccount
from bot.runtime.scheduler import Tick
from bot.services.operations.hub_publisher import LOOK_EVERY, HubPublisher
from bot.settings.settings import Settings
from bot.sources.web import WebSource
from bot.store.engine.database import Database
from bot.web.public import PublicSite, paths


def public_site_of(
    settings: Settings,
    database: Database,
    clock: Clock,
    translator: Translator,
    accounts: Iterable[ConfiguredAccount],
    draw_pdf: Callable[[str], Awaitable[bytes | None]],
) -> PublicSite | None:
    """Return what the page is made of; None where there is none."""
    photos = from_settings.media_addresses(settings)
    if photos is None or not settings.web.public:
        return None
    return PublicSite(
        database=database,
        clock=clock,
        translator=translator,
        address=settings.web.public_url.rstrip("/"),
        photos=photos,
        doors=tuple(each.door for each in accounts if each.door),
        draw_pdf=draw_pdf,
        hub=settings.web.hub,
    )


def ticks_of_hub(
    settings: Settings, database: Database, clock: Clock, source: WebSource, owner: str
) -> tuple[Tick, ...]:
    """Return what tells the hub that the page's feeds name; nothing where they name none."""
    hub, address = settings.web.hub, settings.web.public_url.rstrip("/")
    if not hub:
        return ()

    def addresses(topic: TopicId | None) -> tuple[str, str]:
        return address + paths.atom(topic), address + paths.json_feed(topic)

    publisher = HubPublisher(database, partial(source.ping_hub, hub), clock, owner=owner, addresses=addresses)
    return (Tick("feeds at the hub", LOOK_EVERY, publisher.look),)
