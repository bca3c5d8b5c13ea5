"""What `run` needs, looked at before it starts and by `check`: settings, database, port."""

import asyncio
import ipaddress
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import structlog
from aiohttp import web

from bot.domain.news.feed import Feed, Topic
from bot.settings.review import OFFICIAL_API, Finding, Severity, content, is_public_name, review
from bot.settings.roles import ProcessRole
from bot.settings.settings import ConfigurationError, Settings, split_address
from bot.sources.http.ssrf import is_public
from bot.store.engine.database import DatabaseUnavailable, exists
from bot.store.integrity import migrate, probe
from bot.web.server import refused, serve

log = structlog.get_logger(__name__)

_OURS = "bantin_"
"""Begins the names of our own figures at /metrics."""
_ANSWER_WITHIN = 2.0


async def require_runnable(
    settings: Settings,
    topics: Sequence[Topic],
    feeds: Sequence[Feed],
    *,
    folder: Path | None,
    roles: frozenset[ProcessRole],
) -> None:
    """Raise ConfigurationError, a line a problem, if the service could not work; log what else is wrong."""
    findings = [content(topics, feeds), *review(settings, folder)]
    stored, _ = await database(settings, starting=True)
    findings += [*await api_urls(settings), stored]
    if ProcessRole.WEB in roles and not stored.stops_run:
        findings += await ports(settings, served=False)
    if refusals := [str(finding) for finding in findings if finding.stops_run]:
        raise ConfigurationError("\n".join(refusals))
    for finding in findings:
        if finding.verdict is not Severity.OK:
            log.warning(
                "check the configuration", setting=finding.what, problem=finding.said, advice=finding.advice
            )


async def database(settings: Settings, *, starting: bool) -> tuple[Finding, bool]:
    """Say whether the database can be used, and whether a service may run with it already.

    On SQLite such a service keeps one that is *starting* away; of PostgreSQL nobody can tell.
    """
    url = settings.database.url
    try:
        server = await probe.served_by(url)
        if starting and server:
            return _served_by(server), False
        await probe.try_file(url, served=server is not None)
        if starting:
            return Finding("database", Severity.OK, "it can be used"), False
        running = f"; a service runs with it (process id {server})" if server else ""
        finding = Finding("database", Severity.OK, await _state(url) + running)
        return finding, bool(server) or not url.startswith("sqlite")
    except DatabaseUnavailable as error:
        return Finding("database", Severity.NO, str(error), stops_run=True), False


def _served_by(server: str) -> Finding:
    said = f"another process serves it (process id {server})"
    advice = "an SQLite database serves one process, PostgreSQL any number"
    return Finding("database", Severity.NO, said, advice, stops_run=True)


async def _state(url: str) -> str:
    """Return how the schema is; raises DatabaseUnavailable where it keeps the service from starting."""
    if not exists(url):
        return "it will be made at the first start"
    if not url.startswith("sqlite"):
        await migrate.require_current(url)
    state = await migrate.schema_state(url)
    if state in (migrate.SchemaState.NEWER, migrate.SchemaState.FOREIGN):
        await migrate.require_current(url)
    return f"reached; its schema is {state}"


async def ports(settings: Settings, *, served: bool) -> list[Finding]:
    """Say whether web.listen, and whichever other listeners are set, are free.

    One may be held by the service that runs already, which *served* speaks of. Each is held until the others
    are tried: they may be one and the same.
    """
    chosen = settings.web
    addresses = (
        ("web.listen", chosen.listen),
        ("web.health_listen", chosen.health_listen),
        ("web.console_listen", chosen.console_listen if chosen.console else ""),
    )
    async with AsyncExitStack() as held:
        return [await _port(settings, *each, held=held, served=served) for each in addresses if each[1]]


async def _port(
    settings: Settings, setting: str, address: str, *, held: AsyncExitStack, served: bool
) -> Finding:
    host, number = split_address(address)
    try:
        runner = await serve(web.Application(), host=host, port=number)
    except OSError as error:
        if served and await _is_ours(*split_address(settings.web.state_listen)):
            return Finding(setting, Severity.OK, f"the service that runs listens at {address}")
        said = f"cannot listen at {address}: {refused(error)}"
        advice = "end what listens there, or name another address, for example 127.0.0.1:8643"
        return Finding(setting, Severity.NO, said, advice, stops_run=True)
    held.push_async_callback(runner.cleanup)
    return Finding(setting, Severity.OK, f"{address} is free")


async def api_urls(settings: Settings) -> list[Finding]:
    """Say of each platform that has an account whether its token is sent for everybody to read."""
    telegram, zalo, oa = settings.telegram, settings.zalo, settings.zalo_oa
    is_published = oa.enabled and not oa.dry_run
    sent = (
        (telegram.token, "telegram.api_url", telegram.api_url),
        (zalo.token, "zalo.api_url", zalo.api_url),
        (is_published, "zalo_oa.api_url", oa.api_url),
        (is_published, "zalo_oa.oauth_url", oa.oauth_url),
    )
    return [await _api_url(setting, address) for token, setting, address in sent if token]


async def _api_url(setting: str, address: str) -> Finding:
    """Say whether a token is sent to *address* through the public internet without TLS."""
    url = urlsplit(address)
    host = url.hostname or ""
    if url.scheme == "https" or (public := await _leads_outside(host)) is False:
        return Finding(setting, Severity.OK, host)
    said = f"the token would be sent to {host} for everybody on the way to read"
    advice = f"write https://{host}"
    if public is None:
        return Finding(setting, Severity.WARN, f"{host} is not known here; {said}", advice)
    return Finding(setting, Severity.NO, said, advice, stops_run=True)


async def _leads_outside(host: str) -> bool | None:
    """Return whether *host* is in the public internet; None for a name that nobody here knows."""
    if host == OFFICIAL_API:
        return True
    if not is_public_name(host):
        return False
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None)
    except (OSError, UnicodeError):
        # The codec of host names has errors of its own.
        return None
    return any(is_public(ipaddress.ip_address(address[0])) for *_, address in found)


async def _is_ours(host: str, port_number: int) -> bool:
    """Return whether a service like this one answers there."""
    timeout = aiohttp.ClientTimeout(total=_ANSWER_WITHIN)
    literal = f"[{host}]" if ":" in host else host
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"http://{literal}:{port_number}/metrics") as answer,
        ):
            return _OURS in await answer.text(errors="replace")
    except (aiohttp.ClientError, TimeoutError):
        return False
