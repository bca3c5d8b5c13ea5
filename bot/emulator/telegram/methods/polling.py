"""getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from bot.emulator.telegram.rules.errors import bad_request, conflict, too_many_requests
from bot.emulator.telegram.world.registry import Call, method
from bot.emulator.telegram.world.webhooks import Webhook

_MAX_TIMEOUT = 50
_MAX_LIMIT = 100
_SAME_AGAIN = 3.0
_AT_ONCE = 0.5
_PORTS = frozenset({80, 88, 443, 8443})
_SECRET = re.compile(r"[A-Za-z0-9_\-]+")
_MAX_SECRET = 256
_CONNECTIONS = 40
_MAX_CONNECTIONS = 100
_LOCAL = re.compile(
    r"localhost\Z|(?:127|10|0)\.\d|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|::1?\Z|f[cde][0-9a-f]{2}:"
)
_HOST = re.compile(r"[A-Za-z0-9._\-]+|[0-9A-Fa-f:.]+")
_POLLED_ELSEWHERE = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def _get_updates(call: Call) -> Any:
    arguments, queue = call.arguments, call.bot.updates
    if call.bot.id in call.state.webhooks.active:
        raise conflict(_WEBHOOK_SET)
    _remember_allowed(call)
    limit = _clamped(arguments.integer("limit", _MAX_LIMIT), _MAX_LIMIT)
    timeout = min(max(arguments.integer("timeout"), 0), _MAX_TIMEOUT)
    offset = arguments.integer("offset")
    limit, timeout = _slowed(call, offset, limit=limit, timeout=timeout)
    mine = queue.interrupt()
    queue.confirm(offset)
    loop, clock = asyncio.get_running_loop(), call.state.clock
    ends_at = loop.time() + timeout
    while not queue.fresh(clock.now()) and (remaining := ends_at - loop.time()) > 0:
        await _wait(queue.wait(), remaining)
        if queue.poll != mine:
            raise queue.refusal or conflict(_POLLED_ELSEWHERE)
    return queue.take(limit, now=clock.now())


def _clamped(value: int, highest: int) -> int:
    return min(max(value, 1), highest)


def _slowed(call: Call, offset: int, *, limit: int, timeout: int) -> tuple[int, int]:
    """Slow down whoever asks for the same again at once (Bot API server); a frozen clock holds nobody."""
    elapsed = call.bot.updates.asked_again_within(offset, call.arrived_at)
    if not call.state.limits.poll_brake or elapsed >= _SAME_AGAIN:
        return limit, timeout
    if not call.state.clock.frozen:
        timeout = max(timeout, int(_SAME_AGAIN))
    return (1 if elapsed < _AT_ONCE else limit), timeout


async def _wait(change: Any, seconds: float) -> None:
    try:
        await asyncio.wait_for(change, seconds)
    except TimeoutError:
        return


def _remember_allowed(call: Call) -> None:
    call.bot.updates.allow(call.arguments.lenient_json("allowed_updates"))


async def _set_webhook(call: Call) -> Any:
    arguments, state = call.arguments, call.state
    url = arguments.text("url")
    if not url:
        return await _delete_webhook(call)
    if state.webhooks.set_within(call.bot.id, call.arrived_at):
        raise too_many_requests(1)
    secret = arguments.text("secret_token")
    if len(secret) > _MAX_SECRET:
        raise bad_request("secret token is too long")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _check_url(url, local=state.limits.local_webhooks)
    _remember_allowed(call)
    if arguments.flag("drop_pending_updates"):
        call.bot.updates.clear()
    connections = _clamped(arguments.integer("max_connections", _CONNECTIONS), _MAX_CONNECTIONS)
    call.bot.updates.interrupt(conflict("terminated by setWebhook request"))
    webhook = Webhook(url, secret, connections)
    await state.webhooks.activate(call.bot, webhook)
    return True


def _check_url(url: str, *, local: bool) -> None:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port or 443
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if not host or scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        raise bad_request("invalid webhook URL specified")
    if local:
        return
    if scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if _LOCAL.match(host):
        raise bad_request(f"bad webhook: IP address {host} is reserved")
    if "." not in host and ":" not in host:
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")


async def _delete_webhook(call: Call) -> Any:
    if call.arguments.flag("drop_pending_updates"):
        call.bot.updates.clear()
    await call.state.webhooks.deactivate(call.bot.id)
    return True


async def _webhook_info(call: Call) -> Any:
    return call.state.webhooks.info(call.bot)


METHODS = (
    method("getUpdates", _get_updates, "offset", "limit", "timeout", "allowed_updates"),
    method(
        "setWebhook",
        _set_webhook,
        "url",
        "certificate",
        "ip_address",
        "max_connections",
        "allowed_updates",
        "drop_pending_updates",
        "secret_token",
    ),
    method("deleteWebhook", _delete_webhook, "drop_pending_updates"),
    method("getWebhookInfo", _webhook_info),
)
