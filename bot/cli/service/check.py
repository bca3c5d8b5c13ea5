"""`bantin check`: could the service run here, and be answered for?"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import typer

from bot.cli.base.options import Config, Json, configured, folder_of, run_to_end
from bot.cli.base.output import print_json
from bot.cli.base.progress import Progress, progress
from bot.cli.base.storage import reading
from bot.cli.service.preflight import api_urls, database, ports
from bot.domain.chats.chat import AccountId
from bot.domain.clock import SystemClock
from bot.domain.messaging.messenger import MessengerError
from bot.domain.messaging.tokens import StoredTokens
from bot.domain.news.feed import Feed, Topic
from bot.messengers.telegram import TelegramMessenger
from bot.messengers.zalo import ZaloMessenger
from bot.messengers.zalo_oa import ZaloOaMessenger
from bot.runtime import from_settings
from bot.runtime.telegram_account import telegram_settings
from bot.runtime.web_source import open_web_source
from bot.runtime.zalo_account import zalo_settings
from bot.runtime.zalo_oa_account import zalo_oa_settings
from bot.services.ingest.poller import dry_run
from bot.settings.review import Finding, Severity, content, review, token_refused, zalo_token_refused
from bot.settings.settings import ConfigurationError, Settings
from bot.settings.stored import Layered, layered
from bot.store.coordination import account_tokens
from bot.store.engine.database import exists
from bot.store.feeds import added_feeds, added_topics
from bot.store.feeds import feeds as stored_feeds
from bot.store.integrity import migrate
from bot.store.runtime import stored_settings

UNREACHABLE = (
    "where networks cut Telegram off, name a proxy in telegram.proxy or http.proxy,"
    " or a Bot API server of your own in telegram.api_url"
)
ZALO_UNREACHABLE = "where only a proxy leads outside, name it in zalo.proxy"
_ZALO_OA_UNREACHABLE = "where only a proxy leads outside, name it in zalo_oa.proxy"


def check(*, as_json: Json = False, config: Config = None) -> None:
    """Look at everything that `run` needs; each line says ok, warn or NO, and NO makes the exit status 1."""
    found: list[Finding] = []
    with progress("checking") as shown:

        def tell(finding: Finding) -> None:
            found.append(finding)
            if not as_json:
                _print(finding, shown)

        try:
            settings, topics, defined = configured(config)
        except ConfigurationError as error:
            for line in str(error).splitlines():
                tell(Finding("configuration", Severity.NO, line))
        else:
            run_to_end(_Check(settings, topics, defined, folder_of(config), tell).everything())
    if as_json:
        print_json([asdict(finding) for finding in found])
    if any(finding.verdict is Severity.NO for finding in found):
        raise typer.Exit(1)


def _print(finding: Finding, shown: Progress) -> None:
    shown.say(f"{finding.verdict:<4} {finding}", err=finding.verdict is Severity.NO)


@dataclass(frozen=True, slots=True)
class _Check:
    """One look at everything; each finding is told as soon as there is one."""

    settings: Settings
    topics: Sequence[Topic]
    defined: Sequence[Feed]
    folder: Path | None
    tell: Callable[[Finding], None]

    async def everything(self) -> None:
        stored, served = await database(self.settings, starting=False)
        topics, added = await self._added() if stored.verdict is Severity.OK else ((), ())
        feeds = (*self.defined, *_others(added, self.defined))
        self.tell(content((*self.topics, *_others(topics, self.topics)), feeds))
        for what, twice in (("topic", _twice(topics, self.topics)), ("feed", _twice(added, self.defined))):
            for name in twice:
                said = "defined in feeds.toml and in the database: feeds.toml will be followed"
                self.tell(Finding(f"{what} {name}", Severity.WARN, said))
        found = await self._in_force() if stored.verdict is Severity.OK else Layered(self.settings)
        for finding in (*review(found.settings, self.folder), *of_stored(found)):
            self.tell(finding)
        self.tell(stored)
        for finding in await ports(self.settings, served=served):
            self.tell(finding)
        await asyncio.gather(self._platforms(), self._feeds(feeds))

    async def _added(self) -> tuple[tuple[Topic, ...], tuple[Feed, ...]]:
        """Return the topics and feeds that the database defines."""
        url = self.settings.database.url
        if not exists(url) or await migrate.schema_state(url) is not migrate.SchemaState.CURRENT:
            return (), ()
        async with reading(self.settings) as opened, opened.read() as tx:
            known = await added_topics.known(tx)
            topics = tuple(topic for topic in await stored_feeds.topics(tx) if topic.id in known)
            return topics, await added_feeds.added(tx)

    async def _in_force(self) -> Layered:
        """Return the settings with what owners have set over them, as far as the database can be read."""
        url = self.settings.database.url
        if not exists(url) or await migrate.schema_state(url) is not migrate.SchemaState.CURRENT:
            return Layered(self.settings)
        async with reading(self.settings) as opened, opened.read() as tx:
            return layered(self.settings, await stored_settings.every(tx))

    async def _platforms(self) -> None:
        """Ask each platform that has an account, unless its token would be sent for everybody to read."""
        unsafe = [finding for finding in await api_urls(self.settings) if finding.verdict is not Severity.OK]
        for finding in unsafe:
            self.tell(finding)
        stopped = {finding.what.partition(".")[0] for finding in unsafe if finding.stops_run}
        chosen = self.settings
        if "telegram" not in stopped and chosen.telegram.token and token_refused(chosen.telegram) is None:
            self.tell(await telegram(chosen))
        if "zalo" not in stopped and chosen.zalo.token and zalo_token_refused(chosen.zalo) is None:
            self.tell(await zalo(chosen))
        if "zalo_oa" not in stopped and chosen.zalo_oa.enabled and not chosen.zalo_oa.missing():
            self.tell(await zalo_oa(chosen))

    async def _feeds(self, feeds: Sequence[Feed]) -> None:
        hosts = from_settings.ingest_rules(self.settings).hosts
        few = asyncio.Semaphore(self.settings.polling.concurrency)
        async with open_web_source(self.settings, SystemClock()) as source:

            async def tried(feed: Feed) -> None:
                async with few:
                    report = await dry_run(source, feed, None, hosts)
                entries = len(report.fresh.kept) + len(report.fresh.seen)
                verdict = Severity.NO if report.error else Severity.OK
                self.tell(Finding(f"feed {feed.id}", verdict, report.error or f"{entries} entries"))

            await asyncio.gather(*map(tried, feeds))


def of_stored(found: Layered) -> Iterator[Finding]:
    """Say which settings owners have set while the service ran, and which of them are left out."""
    for name, problem in found.problems.items():
        said = f"what was set over the configuration is left out: {problem}"
        yield Finding(name, Severity.WARN, said, f"`bantin settings reset {name}` takes it back")
    if good := sorted(found.stored.keys() - found.problems.keys()):
        yield Finding("settings", Severity.OK, f"set over the configuration: {', '.join(good)}")


T = TypeVar("T", Topic, Feed)


def _others(added: Sequence[T], defined: Sequence[T]) -> list[T]:
    """Return those of *added* that feeds.toml does not define as well."""
    ids = {each.id for each in defined}
    return [each for each in added if each.id not in ids]


def _twice(added: Sequence[T], defined: Sequence[T]) -> list[str]:
    ids = {each.id for each in defined}
    return [each.id for each in added if each.id in ids]


async def telegram(settings: Settings) -> Finding:
    """Ask Telegram whom the token belongs to."""
    try:
        messenger = await TelegramMessenger.connect(telegram_settings(settings.telegram))
    except MessengerError as error:
        advice = "copy the token from @BotFather again" if error.fatal else UNREACHABLE
        return Finding("telegram", Severity.NO, str(error), advice)
    name, inline = messenger.username, messenger.is_asked_inline
    await messenger.close()
    off = "" if inline else "; inline mode is off (@BotFather: /setinline)"
    return Finding("telegram", Severity.OK, f"@{name}{off}")


async def zalo(settings: Settings) -> Finding:
    """Ask Zalo whom the token belongs to."""
    try:
        messenger = await ZaloMessenger.connect(zalo_settings(settings.zalo))
    except MessengerError as error:
        advice = "copy it again from the message of Zalo's Bot Creator" if error.fatal else ZALO_UNREACHABLE
        return Finding("zalo", Severity.NO, str(error), advice)
    name = messenger.username
    await messenger.close()
    return Finding("zalo", Severity.OK, name)


async def zalo_oa(settings: Settings) -> Finding:
    """Ask Zalo which Official Account it is, by the access token that is kept: none is exchanged for it."""
    if settings.zalo_oa.dry_run:
        return Finding("zalo_oa", Severity.OK, "a dry run: nothing is published")
    messenger = ZaloOaMessenger(zalo_oa_settings(settings.zalo_oa))
    kept = await _kept_tokens(settings, messenger.account)
    if kept is None or kept.expires_at <= SystemClock().now():
        return Finding("zalo_oa", Severity.OK, "not asked: `bantin run` exchanges the refresh token first")
    messenger.read_only(kept.access)
    try:
        await messenger.open()
    except MessengerError as error:
        advice = "authorise the Official Account anew" if error.fatal else _ZALO_OA_UNREACHABLE
        return Finding("zalo_oa", Severity.NO, str(error), advice)
    finally:
        await messenger.close()
    return Finding("zalo_oa", Severity.OK, messenger.username)


async def _kept_tokens(settings: Settings, account: AccountId) -> StoredTokens | None:
    url = settings.database.url
    if not exists(url) or await migrate.schema_state(url) is not migrate.SchemaState.CURRENT:
        return None
    async with reading(settings) as opened, opened.read() as tx:
        return await account_tokens.get(tx, account)
