"""A console over HTTP, and those who visit it: with a real database, and a messenger set up by intent."""

import hashlib
import io
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from aiohttp import ClientResponse, ClientSession, DummyCookieJar, FormData, web

from bot.commands.base.article_buttons import composer
from bot.domain.clock import Clock
from bot.domain.desk.audit import Actor, AuditPlace
from bot.domain.news.article import Photo, PreparedPhoto
from bot.domain.news.feed import Feed, SourceError
from bot.domain.news.feed_trial import FeedTrial
from bot.domain.news.listing.choice import ListingChoice, ListingPages, ListingTrial
from bot.domain.publication.uploads import UploadRules
from bot.domain.reason import ReasonCode
from bot.i18n import FormOfAddress
from bot.runtime.serving.console import MARKUP, settings_access
from bot.services.administration.console_access import make_link
from bot.services.announcing.uploading import UploadDesk
from bot.services.ingest.feed_trials import FeedTrials, TryFeed
from bot.services.publishing.contents import PublishingRules
from bot.services.publishing.forecasting import ForecastRules
from bot.settings.settings import Settings
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.runtime import accounts, admins
from bot.store.runtime.admins import Appointment
from bot.web.console import AnnouncingTools, Console, ConsoleAccount, DeskMeans, console_routes
from bot.web.console.figures import Figures
from bot.web.console.measured import PATIENCE
from bot.web.server import serve
from tests.commands.stage import FEEDS, FULLY, OWNER, TOPICS, texts
from tests.fakes import ACCOUNT, FakeClock, FakeMessenger
from tests.web.posting import free_port

LINK = Actor(AuditPlace.CHAT, OWNER, ACCOUNT)
_FORM_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody was answered with."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def form_token(self) -> str:
        found = _FORM_TOKEN.search(self.text)
        assert found is not None, self.text
        return found[1]


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser with the cookies that it was given; *origin* is what it says of where its forms come from."""

    http: ClientSession
    url: str
    cookies: dict[str, str] = field(default_factory=dict)
    origin: str | None = None
    form_token: str = ""

    async def get(self, path: str, **headers: str) -> Seen:
        return await self._ask("GET", path, headers)

    async def post(self, path: str, /, **form: Any) -> Seen:
        """Send a form as one of the console's own pages does."""
        headers = {} if self.origin == "" else {"Origin": self.origin or self.url}
        return await self._ask("POST", path, headers, data={"form_token": self.form_token, **form})

    async def upload(self, path: str, files: Sequence[tuple[str, str, bytes]], /, **form: Any) -> Seen:
        """Send a form with *files*: the field, the name and the content of each. A field may have several."""
        sent = FormData({"form_token": self.form_token}, default_to_multipart=True, quote_fields=False)
        for name, value in form.items():
            for each in value if isinstance(value, list) else [value]:
                sent.add_field(name, str(each))
        for name, file_name, content in files:
            sent.add_field(name, io.BytesIO(content), filename=file_name)
        headers = {"Origin": self.origin or self.url}
        return await self._ask("POST", path, headers, data=sent)

    async def _ask(self, method: str, path: str, headers: Mapping[str, str], **more: Any) -> Seen:
        sent = {**headers, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        async with self.http.request(
            method, f"{self.url}/console{path}", headers=sent, allow_redirects=False, **more
        ) as answer:
            self._keep(answer)
            return Seen(answer.status, await answer.text(), answer.headers)

    def _keep(self, answer: ClientResponse) -> None:
        for name, cookie in answer.cookies.items():
            self.cookies[name] = cookie.value


async def prepared(content: bytes) -> PreparedPhoto:
    """Take what says that it is a JPEG for one that is prepared; raise SourceError for anything else."""
    if not content.startswith(b"JPEG"):
        raise SourceError("no picture")
    return PreparedPhoto(hashlib.sha256(content).hexdigest(), "urn:photo", content, 16, 16)


async def nowhere(feed: Feed) -> FeedTrial:
    """Find nothing at any address."""
    raise SourceError(f"{feed.url}: there is no such place", ReasonCode.HOST_UNKNOWN, host="nowhere.example")


class NoListings:
    """Have no page at any address."""

    async def trial(self, url: str, choice: ListingChoice) -> ListingTrial:
        del choice
        raise SourceError(f"{url}: there is no such place", ReasonCode.HOST_UNKNOWN, host="nowhere.example")

    async def inert(self, url: str, selectors: Mapping[str, str]) -> str:
        del selectors
        raise SourceError(f"{url}: there is no such place", ReasonCode.HOST_UNKNOWN, host="nowhere.example")


async def picture(photo: Photo) -> PreparedPhoto:
    """Stand in for the source, which has every photo but those that are said to be gone."""
    if "gone" in photo.url:
        raise SourceError(f"{photo.url} cannot be had")
    return PreparedPhoto(photo.url[-64:], photo.url, b"a JPEG", 10, 10)


def console_with(
    database: Database,
    clock: Clock,
    messenger: FakeMessenger,
    *,
    port: int,
    patience: float = PATIENCE,
    try_feed: TryFeed = nowhere,
) -> Console:
    """Return a console with one account, which is reached at *port* of this machine."""
    translator = texts(FormOfAddress.YOU)
    return Console(
        database=database,
        clock=clock,
        translator=translator,
        accounts=(ConsoleAccount(messenger, frozenset({OWNER}), composer(translator, messenger)),),
        address=f"http://127.0.0.1:{port}",
        settings=settings_access(Settings(), nothing_to_follow),
        figures=Figures(database, clock, patience=patience),
        announcing=AnnouncingTools(
            PublishingRules(),
            ForecastRules(),
            prepared,
            UploadDesk(UploadRules(files=2, bytes=20_000), "https://tin.example.vn"),
        ),
        trials=FeedTrials(try_feed, MARKUP),
        means=DeskMeans(picture, timedelta(hours=72), b"key of the proofs of tests"),
        listings=NoListings(),
    )


async def nothing_to_follow() -> None:
    """No service runs beside the console that would have to follow its settings."""


@asynccontextmanager
async def served(console: Console, port: int) -> AsyncIterator[None]:
    application = web.Application()
    application.add_routes(console_routes(console))
    runner = await serve(application, host="127.0.0.1", port=port)
    try:
        yield
    finally:
        await runner.cleanup()


@dataclass(frozen=True, slots=True)
class ConsoleStage:
    """A console that is served, and the database behind it."""

    console: Console
    http: ClientSession
    clock: FakeClock
    messenger: FakeMessenger
    port: int

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        database: Database,
        *,
        address: str = "",
        settings: Settings | None = None,
        follow: Callable[[], Awaitable[None]] = nothing_to_follow,
        try_feed: TryFeed = nowhere,
        listings: ListingPages | None = None,
    ) -> AsyncIterator["ConsoleStage"]:
        """Serve the console, which believes to be reached at *address*, with an owner and two topics."""
        clock, messenger = FakeClock(), FakeMessenger()
        async with database.write() as tx:
            await accounts.register(tx, ACCOUNT, platform="fake", name="bantin_bot", now=clock.now())
            await feeds.sync_definitions(tx, TOPICS, FEEDS, clock.now())
        port = free_port()
        made = console_with(database, clock, messenger, port=port, patience=30.0, try_feed=try_feed)
        access = settings_access(settings, follow) if settings else made.settings
        console = replace(
            made,
            settings=access,
            address=address or made.address,
            listings=listings or made.listings,
        )
        async with served(console, port), ClientSession(cookie_jar=DummyCookieJar()) as http:
            yield cls(console, http, clock, messenger, port)

    @property
    def database(self) -> Database:
        return self.console.database

    def stranger(self) -> Visitor:
        return Visitor(self.http, self.console.address)

    async def link(self, user: str = OWNER) -> str:
        """Return the path of a link that signs *user* in."""
        async with self.database.write() as tx:
            token = await make_link(tx, (ACCOUNT, user), LINK, now=self.clock.now())
        return f"/enter/{token}"

    async def appoint(self, user: str, appointment: Appointment = FULLY) -> None:
        async with self.database.write() as tx:
            await admins.appoint(tx, ACCOUNT, user, appointment, appointed_by=OWNER, now=self.clock.now())

    async def sign_in(self, user: str = OWNER) -> Visitor:
        """Return the browser of *user*, who has used a link."""
        visitor = self.stranger()
        entered = await visitor.post(await self.link(user))
        assert entered.status == 303, entered.text
        return replace(visitor, form_token=(await visitor.get("/sessions")).form_token)
