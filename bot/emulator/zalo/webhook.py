"""A bot's webhook: the empty POST that verifies it, and one POST for each update."""

import asyncio
import ipaddress
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import orjson

from bot.emulator.zalo.errors import ZaloError, bad_request
from bot.emulator.zalo.knobs import Knobs

Json = dict[str, Any]

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
_USER_AGENT = "Java/1.8.0_192"
_TIMEOUT = aiohttp.ClientTimeout(total=20)
_SHORTEST_SECRET, _LONGEST_SECRET = 8, 256
_NAMED_STATUSES = frozenset({403, 404})


@dataclass(slots=True)
class Webhook:
    """Where updates are posted to, and the *answers* of so far: HTTP statuses, 0 where there was none."""

    url: str
    secret: str
    updated_at: int
    waiting: "asyncio.Queue[Json]" = field(default_factory=asyncio.Queue)
    answers: list[int] = field(default_factory=list)
    task: asyncio.Task[None] | None = None

    def begin(self, knobs: Knobs) -> None:
        self.task = asyncio.create_task(self._deliver(knobs))

    async def end(self) -> None:
        if self.task is not None:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

    async def verify(self) -> Json:
        """Post nothing, with the secret; return how that went, as setWebhook and testWebhook tell it."""
        began = time.monotonic()
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            status, outcome = await self._post(session, b"", {})
        told: Json = {"ok": outcome == "webhook.ok", "url": self.url, "outcome": outcome, "hint": ""}
        if status:
            told["status_code"] = status
        return {**told, "latency_ms": int((time.monotonic() - began) * 1000)}

    async def _deliver(self, knobs: Knobs) -> None:
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            while True:
                update = await self.waiting.get()
                body = {"ok": True, "result": update} if knobs.wrapped else update
                headers = {"Content-Type": "application/json"} if knobs.content_type else {}
                for _ in range(knobs.copies):
                    await self._insist(session, orjson.dumps(body), headers, retries=knobs.retries)

    async def _insist(
        self, session: aiohttp.ClientSession, body: bytes, headers: dict[str, str], *, retries: int
    ) -> None:
        for _ in range(1 + retries):
            status, outcome = await self._post(session, body, headers)
            self.answers.append(status)
            if outcome == "webhook.ok":
                return

    async def _post(
        self, session: aiohttp.ClientSession, body: bytes, headers: dict[str, str]
    ) -> tuple[int, str]:
        """Return the HTTP status, 0 without an answer, and the outcome in Zalo's words."""
        sent = {SECRET_HEADER: self.secret, "User-Agent": _USER_AGENT, **headers}
        try:
            async with session.post(
                self.url,
                data=body,
                headers=sent,
                allow_redirects=False,
                skip_auto_headers=("Content-Type",),
            ) as answer:
                return answer.status, _outcome(answer.status)
        except TimeoutError:
            return 0, "webhook.err.timeout"
        except aiohttp.ClientConnectorDNSError:
            return 0, "webhook.err.dns"
        except aiohttp.ClientSSLError:
            return 0, "webhook.err.tls"
        except (aiohttp.ClientError, OSError):
            return 0, "webhook.err.conn"


def _outcome(status: int) -> str:
    if 200 <= status < 300:
        return "webhook.ok"
    if status in _NAMED_STATUSES:
        return f"webhook.http.{status}"
    return "webhook.http.5xx" if status >= 500 else "webhook.http.other"


def check_webhook(url: str, secret: str, *, local: bool) -> None:
    """Raise ZaloError 400 where Zalo takes no such webhook: it must be https and public."""
    if not _SHORTEST_SECRET <= len(secret) <= _LONGEST_SECRET:
        raise bad_request("The secret_token must be from 8 to 256 characters")
    if not is_allowed(url, schemes=("https",), local=local):
        raise bad_request("The url is invalid")


def is_allowed(url: str, *, schemes: tuple[str, ...], local: bool) -> bool:
    """Return whether Zalo would ask *url*: of one of *schemes*, and unless *local* in no private network."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if local:
        return parts.scheme in ("http", "https") and bool(host)
    return parts.scheme in schemes and "." in host and not _is_private(host)


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def refusal_of_polls() -> ZaloError:
    return bad_request("You cannot use this API while a webhook is set. Please remove the webhook first")
