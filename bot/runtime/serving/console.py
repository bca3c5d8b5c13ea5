"""The web console as the settings have it."""

from collections.abc import Sequence
from functools import partial

from bot.commands.base.article_buttons import composer
from bot.domain.clock import Clock
from bot.i18n import Translator
from bot.runtime import from_settings
from bot.runtime.account_worker import ConfiguredAccount
from bot.services.ingest.feed_trials import FeedMarkup, FeedTrials
from bot.settings.keys import proof_key
from bot.settings.settings import Settings
from bot.settings.shown import shown_settings
from bot.sources.html.css import css_problem
from bot.sources.html.presets import LISTING_PARTS, PAGE_PARTS, PRESETS
from bot.sources.listing_pages import KeptListingPages
from bot.sources.trial import trial_of
from bot.sources.web import WebSource
from bot.store.engine.database import Database
from bot.web.console import AnnouncingTools, Console, ConsoleAccount, DeskMeans, Setting
from bot.web.console.figures import Figures

MARKUP = FeedMarkup(tuple(PRESETS), LISTING_PARTS, PAGE_PARTS, css_problem)
"""What feeds may say of markup, as the readers of pages know it."""


def console_of(
    settings: Settings,
    database: Database,
    clock: Clock,
    translator: Translator,
    accounts: Sequence[ConfiguredAccount],
    source: WebSource,
) -> Console:
    """Return what the console is made of; *source* reads what is tried, and photos."""
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
        trials=FeedTrials(partial(trial_of, source), MARKUP),
        means=DeskMeans(source.picture, settings.delivery.expires_after, proof_key(settings)),
        listings=KeptListingPages(source, clock),
        usual_interval=settings.polling.interval,
    )
