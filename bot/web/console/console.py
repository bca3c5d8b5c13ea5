"""What the console is made of: handed down once, when the service is put together."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from bot.domain.chats.chat import AccountId
from bot.domain.clock import Clock
from bot.domain.desk.roles import NOBODY, Authority
from bot.domain.messaging.messenger import Messenger
from bot.domain.news.article import Photo, PreparedPhoto
from bot.domain.news.listing.choice import ListingPages
from bot.i18n import Translator
from bot.services.announcing.uploading import UploadDesk
from bot.services.ingest.feed_trials import FeedTrials
from bot.services.publishing.contents import PublishingRules
from bot.services.publishing.forecasting import ForecastRules
from bot.services.rendering.card_cache import Compose
from bot.store.engine.database import Database, Transaction
from bot.store.runtime import admins
from bot.web.console.figures import Figures

PATH = "/console"


@dataclass(frozen=True, slots=True)
class ConsoleAccount:
    """An account as the console knows it: its *owners* by the messenger's ids, and what *card*s look like."""

    messenger: Messenger
    owners: frozenset[str]
    card: Compose

    @property
    def id(self) -> AccountId:
        return self.messenger.account

    @property
    def has_people(self) -> bool:
        """Return whether people write to it: one that publishes pages has nobody to appoint or to invite."""
        return self.messenger.capabilities.pages is None


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting in force: its *value* as it is shown, without secrets, and where it comes from.

    One that *is_editable* may have been *stored*, in force or not; a stored value that *is_refused* is none.
    *choices* are the values that it can have, where these are few.
    """

    section: str
    key: str
    value: str
    origin: str
    is_editable: bool = False
    choices: tuple[str, ...] = ()
    stored: str | None = None
    is_refused: bool = False

    @property
    def name(self) -> str:
        return f"{self.section}.{self.key}"

    @property
    def is_overridden(self) -> bool:
        """Return whether what is stored is good, and yet another value is in force."""
        return self.stored is not None and not self.is_refused and self.origin != "stored"


@dataclass(frozen=True, slots=True)
class SettingsAccess:
    """The settings as they are *shown* with what is stored, by their names; what a text is as it is
    *written*, and what *problem* it is, if any; *refresh* has the service go by what is stored now.
    """

    shown: Callable[[Mapping[str, str]], Sequence[Setting]]
    problem: Callable[[str, str], str | None]
    written: Callable[[str], str]
    refresh: Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class AnnouncingTools:
    """What announcements need: the rules of publishing and of forecasts, and *prepare*, which makes a picture
    what messengers take; it raises SourceError. *uploads* takes documents.
    """

    publishing: PublishingRules
    forecasts: ForecastRules
    prepare: Callable[[bytes], Awaitable[PreparedPhoto]]
    uploads: UploadDesk


@dataclass(frozen=True, slots=True)
class DeskMeans:
    """What some acts take beside the database: *picture* fetches a photo and prepares it, or raises
    SourceError; a correction, or a notice, *lasts* for so long; *proof_key* is that of the proofs of erasure.
    """

    picture: Callable[[Photo], Awaitable[PreparedPhoto]]
    lasts: timedelta
    proof_key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Console:
    """Everything that the pages need. *address* is that by which people reach it, without a path.

    *usual_interval* is how often feeds are polled that have no interval of their own; None lets them adapt.
    """

    database: Database
    clock: Clock
    translator: Translator
    accounts: tuple[ConsoleAccount, ...]
    address: str
    settings: SettingsAccess
    figures: Figures
    announcing: AnnouncingTools
    trials: FeedTrials
    means: DeskMeans
    listings: ListingPages
    usual_interval: timedelta | None = None

    @property
    def is_private(self) -> bool:
        """Return whether nobody can read along on the way: over plain HTTP it is for this machine alone."""
        return urlsplit(self.address).scheme == "https"

    def account(self, account: AccountId) -> ConsoleAccount | None:
        return next((each for each in self.accounts if each.id == account), None)

    async def authority(self, tx: Transaction, account: AccountId, user: str) -> Authority:
        """Return what somebody is now among those who manage."""
        served = self.account(account)
        if served is None:
            return NOBODY
        if user in served.owners:
            return Authority(is_owner=True)
        admin = await admins.find(tx, account, user)
        return admin.authority if admin else NOBODY
