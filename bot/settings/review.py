"""What is wrong with settings that can be read: with them the service could not run, or be answered for."""

import ipaddress
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from bot.domain.news.feed import Feed, Topic
from bot.settings.accounts import TelegramSection, ZaloSection
from bot.settings.contact import HOW, is_reachable
from bot.settings.loading import named_files
from bot.settings.secrets_file import distrusted
from bot.settings.settings import Settings
from bot.sources.http.ssrf import is_public
from bot.speech.recorder import missing_files, missing_packages
from bot.web.public.paths import ROOT as PAGE_ROOT
from bot.web.webhook import PATH as WEBHOOK_PATH
from bot.web.webhook import ZALO_PATH

OFFICIAL_API = "api.telegram.org"
_WEBHOOK_PORTS = frozenset({None, 80, 88, 443, 8443})
"""Bot API, setWebhook: the ports that Telegram connects to."""
_SHORTEST_TOKEN = 30
"""Telegram's tokens have 35 characters after the colon so far; a half copied one has fewer."""
_TOKEN_CHARACTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_SHORTEST_RETENTION = timedelta(days=1)
# RFC 6762, 6761, 8375, and ICANN's resolution on .internal: no such name is in the public internet.
_PRIVATE_DOMAINS = (".local", ".localhost", ".internal", ".home.arpa", ".lan", ".test", ".invalid")
_CONTAINER_SECRETS = Path("/run/secrets")
"""Docker puts secrets there, readable by all; nobody but the container's own processes sees that folder."""


class Severity(StrEnum):
    """WARN lets everything work, and should be checked all the same."""

    OK = "ok"
    WARN = "warn"
    NO = "NO"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, how it is, and what to do about it.

    *stops_run* says that the service cannot work so.
    """

    what: str
    verdict: Severity
    said: str
    advice: str = ""
    stops_run: bool = False

    def __str__(self) -> str:
        """Return it as one line."""
        return f"{self.what}: {self.said}{f'; {self.advice}' if self.advice else ''}"


def review(settings: Settings, folder: Path | None) -> Iterator[Finding]:
    """Judge *settings* by themselves: nobody is asked anything."""
    yield from _owners(settings)
    yield from _only_chats(settings)
    if not settings.agency.contact.strip():
        yield Finding(
            "agency.contact",
            Severity.NO,
            "nobody is named who answers questions about personal data",
            "set it to an address that people can write to, for example bantin@agency.gov.vn",
        )
    elif not is_reachable(settings.agency.contact):
        said = "people can reach nobody by what is named for questions about personal data"
        yield Finding("agency.contact", Severity.WARN, said, HOW)
    # Either platform alone will do; without any, Telegram's is asked for.
    if settings.telegram.token or not settings.zalo.token:
        yield from _token(settings.telegram, folder)
    if zalo_refused := zalo_token_refused(settings.zalo):
        yield zalo_refused
    yield from _webhook(settings.telegram)
    yield from _zalo_webhook(settings.zalo)
    yield from _photos(settings)
    yield from _public_page(settings)
    yield from _zalo_oa(settings)
    yield from _voice(settings)
    yield from _retention(settings)
    yield from _secrets(folder)


def content(topics: Sequence[Topic], feeds: Sequence[Feed]) -> Finding:
    """Judge what there is to subscribe to, and what fills it."""
    known = {topic.id for topic in topics}
    advice = "feeds.toml lists topics as [[topic]] and feeds as [[feed]]"
    if not topics:
        return Finding("topics", Severity.NO, "there are none, so people can subscribe to nothing", advice)
    if not feeds:
        return Finding("feeds", Severity.NO, "there are none, so no news comes in", advice)
    for feed in feeds:
        if feed.topic not in known:
            said = f"{feed.id} fills the topic {feed.topic}, which is not there"
            return Finding("feeds", Severity.NO, said, "define the topic in feeds.toml, or remove the feed")
    return Finding("configuration", Severity.OK, f"{len(topics)} topics, {len(feeds)} feeds")


def token_refused(telegram: TelegramSection) -> Finding | None:
    """Return what is wrong with the form of the token, if anything is."""
    token = telegram.token.get_secret_value() if telegram.token else ""
    if not token:
        advice = (
            "put the one from @BotFather into secrets.env as BANTIN_TELEGRAM__TOKEN, or that of a bot on "
            "Zalo as BANTIN_ZALO__TOKEN, or run `bantin init`"
        )
        return Finding("telegram.token", Severity.NO, "it is not set", advice, stops_run=True)
    number, _, secret = token.partition(":")
    short = len(secret) < (_SHORTEST_TOKEN if urlsplit(telegram.api_url).hostname == OFFICIAL_API else 1)
    if short or not (number.isascii() and number.isdecimal()) or not set(secret) <= _TOKEN_CHARACTERS:
        said = "this is no token: one has figures, a colon and 35 letters, figures, - and _"
        return Finding("telegram.token", Severity.NO, said, "copy it from @BotFather again", stops_run=True)
    return None


def zalo_token_refused(zalo: ZaloSection) -> Finding | None:
    """Return what is wrong with the form of the token, if one is set and anything is."""
    if not zalo.token:
        return None
    number, _, secret = zalo.token.get_secret_value().strip().partition(":")
    if number.isascii() and number.isdecimal() and secret and set(secret) <= _TOKEN_CHARACTERS:
        return None
    said = "this is no token: one has figures, a colon and letters, figures, - and _"
    advice = "copy it again from the message of Zalo's Bot Creator"
    return Finding("zalo.token", Severity.NO, said, advice, stops_run=True)


def is_public_name(host: str) -> bool:
    """Return whether *host* is an address or a name of the public internet, as far as its spelling tells."""
    try:
        return is_public(ipaddress.ip_address(host))
    except ValueError:
        name = host.lower().rstrip(".")
        return "." in name and not name.endswith(_PRIVATE_DOMAINS)


def _owners(settings: Settings) -> Iterator[Finding]:
    old = settings.telegram.owners
    if old:
        named = ",".join(f"telegram:{owner}" for owner in old)
        said = "this is the old name of access.owners"
        yield Finding("telegram.owners", Severity.WARN, said, f"write BANTIN_ACCESS__OWNERS={named} instead")
    if not old and not settings.access.owners:
        only_zalo = settings.zalo.token and not settings.telegram.token
        owner = "zalo:6ede9afa66b88fe6d6a9" if only_zalo else "telegram:123456789"
        yield Finding(
            "access.owners",
            Severity.NO,
            "nobody owns the bot, so nobody can appoint admins or is told what is wrong",
            f'name yourself, for example owners = ["{owner}"] (`bantin init` finds out your id)',
        )


def _token(telegram: TelegramSection, folder: Path | None) -> Iterator[Finding]:
    refused = token_refused(telegram)
    if refused and not telegram.token and folder and (problem := distrusted(folder)):
        # It may well stand in the file that is not used.
        said, _, advice = problem.rpartition(": ")
        refused = replace(refused, said=f"{refused.said}; {said}", advice=advice)
    if refused:
        yield refused


def _webhook(telegram: TelegramSection) -> Iterator[Finding]:
    if not telegram.webhook_url:
        return
    url = urlsplit(telegram.webhook_url)
    problems = {"its path must be " + WEBHOOK_PATH: not url.path.endswith(WEBHOOK_PATH)}
    # A Bot API server of one's own posts to any address, and without TLS.
    if is_public_name(urlsplit(telegram.api_url).hostname or ""):
        problems |= {
            "it must begin with https": url.scheme != "https",
            "Telegram reaches it only at a public host": not is_public_name(url.hostname or ""),
            "Telegram connects to the ports 443, 80, 88 and 8443 only": url.port not in _WEBHOOK_PORTS,
        }
    advice = f"for example https://tin.agency.gov.vn{WEBHOOK_PATH}; leave it empty to poll for updates"
    for problem in (text for text, is_so in problems.items() if is_so):
        yield Finding("telegram.webhook_url", Severity.NO, problem, advice, stops_run=True)


def _zalo_webhook(zalo: ZaloSection) -> Iterator[Finding]:
    if not zalo.webhook_url:
        return
    url = urlsplit(zalo.webhook_url)
    problems = {"its path must be " + ZALO_PATH: not url.path.endswith(ZALO_PATH)}
    if is_public_name(urlsplit(zalo.api_url).hostname or ""):
        problems |= {
            "it must begin with https": url.scheme != "https",
            "Zalo reaches it only at a public host": not is_public_name(url.hostname or ""),
        }
    advice = f"for example https://tin.agency.gov.vn{ZALO_PATH}; leave it empty to poll for updates"
    for problem in (text for text, is_so in problems.items() if is_so):
        yield Finding("zalo.webhook_url", Severity.NO, problem, advice, stops_run=True)


def _photos(settings: Settings) -> Iterator[Finding]:
    """Judge where Zalo is to fetch photos from."""
    url, api = settings.web.public_url, settings.zalo.api_url
    if not (settings.zalo.token and url and is_public_name(urlsplit(api).hostname or "")):
        return
    if not is_public_name(urlsplit(url).hostname or ""):
        said = "Zalo fetches photos at a public host only, so news come there without them"
        yield Finding("web.public_url", Severity.WARN, said, "for example https://tin.agency.gov.vn")


def _public_page(settings: Settings) -> Iterator[Finding]:
    """Judge the page for everybody, if there is one."""
    if not settings.web.public:
        return
    url = urlsplit(settings.web.public_url)
    address = settings.web.public_url.rstrip("/") + PAGE_ROOT
    if url.scheme == "https" and is_public_name(url.hostname or ""):
        yield Finding("web.public", Severity.OK, f"everybody reads what is released at {address}")
        return
    said = f"the page names {address} as its address, which is not a public one by https"
    advice = (
        "its links, QR codes and feeds lead nowhere from outside: web.public_url = https://tin.agency.gov.vn"
    )
    yield Finding("web.public", Severity.WARN, said, advice)


def _zalo_oa(settings: Settings) -> Iterator[Finding]:
    """Judge the Official Account, if it is to be published through."""
    chosen = settings.zalo_oa
    if not chosen.enabled:
        return
    for name, advice in chosen.missing().items():
        yield Finding(name, Severity.NO, "it is not set", advice, stops_run=True)
    if chosen.cover and is_public_name(urlsplit(chosen.api_url).hostname or ""):
        url = urlsplit(chosen.cover)
        if url.scheme != "https" or not is_public_name(url.hostname or ""):
            said = "Zalo fetches it by https from a public host"
            advice = "for example https://tin.agency.gov.vn/cover.jpg"
            yield Finding("zalo_oa.cover", Severity.NO, said, advice, stops_run=True)


def _voice(settings: Settings) -> Iterator[Finding]:
    """Say what reads no article aloud: the service does all else without it."""
    if voice := settings.voice.speaker:
        for missing in (*missing_packages(voice), *missing_files(voice)):
            yield Finding("voice", Severity.WARN, f"{missing} is not there", "make voice, or see [voice]")


def _only_chats(settings: Settings) -> Iterator[Finding]:
    if listed := len(settings.delivery.only_chats):
        said = f"A TEST INSTALLATION: nobody gets anything but the listed chats ({listed})"
        yield Finding("delivery.only_chats", Severity.WARN, said, "empty the list to serve everybody")


def _retention(settings: Settings) -> Iterator[Finding]:
    kept = {
        "retention.deliveries": (
            settings.retention.deliveries,
            "hardly any statistics, and none for /dulieu",
        ),
        "retention.articles": (
            settings.retention.articles,
            "hardly anything for /moinhat and /timkiem to find",
        ),
    }
    for name, (span, effect) in kept.items():
        if span < _SHORTEST_RETENTION:
            yield Finding(name, Severity.WARN, f"it is so short that it leaves {effect}", "write at least 1d")


def _secrets(folder: Path | None) -> Iterator[Finding]:
    if folder and (problem := distrusted(folder)):
        said, _, advice = problem.rpartition(": ")
        yield Finding("secrets", Severity.WARN, said, advice)
    for file in named_files(folder):
        if file.parent != _CONTAINER_SECRETS and file.stat().st_mode & stat.S_IROTH:
            said = f"every user of this machine can read {file}"
            yield Finding("secrets", Severity.WARN, said, f"chmod 600 {file}")
