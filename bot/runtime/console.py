"""The web console as the settings have it."""

from collections.abc import Awaitable, Callable, Iterable

from bot.commands.base.article_buttons import composer
from bot.domain.clock import Clock
from bot.domain.news.article import Photo, PreparedPhoto
from bot.i18n import Translator
from bot.runtime.account_worker import ConfiguredAccount
from bot.settings.keys import proof_key
from bot.settings.settings import Settings
from bot.settings.shown import shown_settings
from bot.store.engine.database import Database
from bot.web.console import Console, ConsoleAccount, DeskMeans, Setting
from bot.web.console.figures import Figures


def console_of(
    settings: Settings,
    database: Database,
    clock: Clock,
    translator: Translator,
    accounts: Iterable[ConfiguredAccount],
    picture: Callable[[Photo], Awaitable[PreparedPhoto]],
) -> Console:
    """Return what the console is made of; *picture* fetches a photo and prepares it."""
    return Console(
        database=database,
        clock=clock,
        translator=translator,
        accounts=tuple(
            ConsoleAccount(each.messenger, each.owners, composer(translator, each.messenger))
            for each in accounts
        ),
        address=settings.web.console_address,
        settings=tuple(Setting(*each) for each in shown_settings(settings)),
        figures=Figures(database, clock),
        means=DeskMeans(picture, settings.delivery.expires_after, proof_key(settings)),
    )
