"""The web console as the settings have it."""

from collections.abc import Sequence

from bot.commands.base.article_buttons import composer
from bot.domain.clock import Clock
from bot.i18n import Translator
from bot.runtime import from_settings
from bot.runtime.account_worker import ConfiguredAccount
from bot.settings.settings import Settings
from bot.settings.shown import shown_settings
from bot.sources.web import WebSource
from bot.store.engine.database import Database
from bot.web.console import AnnouncingTools, Console, ConsoleAccount, Setting
from bot.web.console.figures import Figures


def console_of(
    settings: Settings,
    database: Database,
    clock: Clock,
    translator: Translator,
    accounts: Sequence[ConfiguredAccount],
    source: WebSource,
) -> Console:
    """Return what the console is made of; *source* prepares the pictures that are handed in there."""
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
        announcing=AnnouncingTools(
            from_settings.publishing_rules(settings),
            from_settings.forecast_rules(settings, [each.messenger for each in accounts]),
            source.prepared,
        ),
    )
