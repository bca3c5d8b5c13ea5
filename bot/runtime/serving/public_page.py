"""The page for everybody, as the settings have it."""

from collections.abc import Awaitable, Callable, Iterable

from bot.domain.clock import Clock
from bot.i18n import Translator
from bot.runtime import from_settings
from bot.runtime.account_worker import ConfiguredAccount
from bot.settings.settings import Settings
from bot.store.engine.database import Database
from bot.web.public import PublicSite


def public_site_of(
    settings: Settings,
    database: Database,
    clock: Clock,
    translator: Translator,
    accounts: Iterable[ConfiguredAccount],
    draw_pdf: Callable[[str], Awaitable[bytes | None]],
) -> PublicSite | None:
    """Return what the page is made of; None where there is none."""
    photos = from_settings.photo_addresses(settings)
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
    )
