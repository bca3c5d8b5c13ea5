"""The web console as the settings have it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from bot.commands.base.article_buttons import composer
from bot.domain.clock import Clock
from bot.runtime import from_settings
from bot.runtime.account_worker import ConfiguredAccount
from bot.runtime.from_settings import RulesInForce
from bot.runtime.serving.documents import upload_desk
from bot.services.ingest.feed_trials import FeedMarkup, FeedTrials
from bot.settings.keys import proof_key
from bot.settings.settings import Settings
from bot.settings.shown import shown_settings
from bot.settings.stored import EDITABLE, choices, layered, problem_of, written
from bot.sources.html.css import css_problem
from bot.sources.html.presets import LISTING_PARTS, PAGE_PARTS, PRESETS
from bot.sources.listing_pages import KeptListingPages
from bot.sources.trial import trial_of
from bot.sources.web import WebSource
from bot.store.engine.database import Database
from bot.web.console import AnnouncingTools, Console, ConsoleAccount, DeskMeans, Setting, SettingsAccess
from bot.web.console.figures import Figures

MARKUP = FeedMarkup(tuple(PRESETS), LISTING_PARTS, PAGE_PARTS, css_problem)
"""What feeds may say of markup, as the readers of pages know it."""


def console_of(
    rules: RulesInForce,
    database: Database,
    clock: Clock,
    accounts: Sequence[ConfiguredAccount],
    source: WebSource,
    refresh: Callable[[], Awaitable[None]],
) -> Console:
    """Return what the console is made of; *source* reads what is tried, and photos, and *refresh* has the
    service go by changed settings at once.
    """
    configured = rules.configured
    return Console(
        database=database,
        clock=clock,
        translator=rules.translator,
        accounts=tuple(
            ConsoleAccount(each.messenger, each.owners, composer(rules.translator, each.messenger))
            for each in accounts
        ),
        address=configured.web.console_address,
        settings=settings_access(configured, refresh),
        figures=Figures(database, clock),
        announcing=AnnouncingTools(
            from_settings.publishing_rules(configured),
            rules.forecasts,
            source.prepared,
            upload_desk(configured),
        ),
        trials=FeedTrials(partial(trial_of, source), MARKUP),
        means=DeskMeans(source.picture, configured.delivery.expires_after, proof_key(configured)),
        listings=KeptListingPages(source, clock),
        usual_interval=configured.polling.interval,
    )


def settings_access(configured: Settings, refresh: Callable[[], Awaitable[None]]) -> SettingsAccess:
    """Return the settings as the console shows and changes them."""

    def shown(stored: Mapping[str, str]) -> Sequence[Setting]:
        found = layered(configured, stored)
        return [
            Setting(
                section,
                key,
                value,
                origin,
                is_editable=(section, key) in EDITABLE,
                choices=choices(section, key) if (section, key) in EDITABLE else (),
                stored=stored.get(f"{section}.{key}"),
                is_refused=f"{section}.{key}" in found.problems,
            )
            for section, key, value, origin in shown_settings(found.settings)
        ]

    return SettingsAccess(shown, problem_of, written, refresh)
