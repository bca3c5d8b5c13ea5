"""Where hubs reach us: they verify what we asked for, and tell of changes (WebSub)."""

from typing import Protocol

from aiohttp import web

from bot.web.webhook import read_body

_LONGEST_LEASE = 9
"""Digits: thirty years of seconds. What is longer is as if it were not said."""


class Listener(Protocol):
    """What knows our subscriptions."""

    async def is_known(self, token: str) -> bool: ...

    async def confirm(self, token: str, *, mode: str, topic: str, lease_seconds: int | None) -> bool: ...

    async def ping(self, token: str, body: bytes, signature: str) -> bool: ...


def websub_routes(path: str, listener: Listener) -> tuple[web.RouteDef, web.RouteDef]:
    """Return the routes under *path*, where the rest of the address is a subscription's token."""

    async def verify(request: web.Request) -> web.Response:
        asked = request.query
        lease = asked.get("hub.lease_seconds", "")
        wanted = await listener.confirm(
            request.match_info["token"],
            mode=asked.get("hub.mode", ""),
            topic=asked.get("hub.topic", ""),
            lease_seconds=_seconds(lease),
        )
        if not wanted:
            return web.Response(status=404)
        return web.Response(text=asked.get("hub.challenge", ""))

    async def ping(request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if not await listener.is_known(token):
            return web.Response(status=410)
        body = await read_body(request)
        signature = request.headers.get("X-Hub-Signature", "")
        known = await listener.ping(token, body, signature)
        # WebSub: 410 ends the subscription; a bad signature is answered like a good one, and ignored.
        return web.Response(status=202 if known else 410)

    address = f"{path}/{{token}}"
    return web.get(address, verify), web.post(address, ping)


def _seconds(lease: str) -> int | None:
    is_number = lease.isascii() and lease.isdigit() and len(lease) <= _LONGEST_LEASE
    return int(lease) if is_number else None
