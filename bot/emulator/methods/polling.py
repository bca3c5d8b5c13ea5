"""getUpdates, setWebhook, deleteWebhook, getWebhookInfo."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from bot.emulator.errors import bad_request, conflict, too_many_requests
from bot.emulator.methods.registry import Call, method
from bot.emulator.webhooks import Webhook

_MAX_TIMEOUT = 50
_MAX_LIMIT = 100
_PORTS = frozenset({80, 88, 443, 8443})
_SECRET = re.compile(r"[A-Za-z0-9_\-]+")
_MAX_SECRET = 256
_LOCAL = re.compile(r"localhost|127\.|10\.|192\.168\.|\[?::1\]?")
_POLLED_ELSEWHERE = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def _get_updates(call: Call) -> Any:
    arguments, queue = call.arguments, call.bot.updates
    if call.bot.id in call.state.webhooks.active:
        raise conflict(_WEBHOOK_SET)
    _remember_allowed(call)
    limit = arguments.integer("limit", _MAX_LIMIT)
    if not 1 <= limit <= _MAX_LIMIT:
        limit = _MAX_LIMIT
    timeout = min(max(arguments.integer("timeout"), 0), _MAX_TIMEOUT)
    mine = queue.interrupt()
    if "offset" in arguments:
        queue.confirm(arguments.integer("offset"))
    loop = asyncio.get_running_loop()
    ends_at = loop.time() + timeout
    while not queue.waiting and (remaining := ends_at - loop.time()) > 0:
        await _wait(queue.wait(), remaining)
        if queue.poll != mine:
            raise queue.refusal or conflict(_POLLED_ELSEWHERE)
    return queue.take(limit)


async def _wait(change: Any, seconds: float) -> None:
    try:
        await asyncio.wait_for(change, seconds)
    except TimeoutError:
        return


def _remember_allowed(call: Call) -> None:
    given = call.arguments.lenient_json("allowed_updates")
    if isinstance(given, list):
        call.bot.updates.allowed = tuple(kind.lower() for kind in given if isinstance(kind, str))


async def _set_webhook(call: Call) -> Any:
    arguments, state = call.arguments, call.state
    url = arguments.text("url")
    if not url:
        return await _delete_webhook(call)
    secret = arguments.text("secret_token")
    if len(secret) > _MAX_SECRET:
        raise bad_request("secret token is too long")
    if secret and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    _check_url(url, local=state.limits.local_webhooks)
    if state.webhooks.set_within(call.bot.id, call.arrived_at):
        raise too_many_requests(1)
    _remember_allowed(call)
    if arguments.flag("drop_pending_updates"):
        call.bot.updates.waiting.clear()
    connections = arguments.integer("max_connections", 40)
    call.bot.updates.interrupt(conflict("terminated by setWebhook request"))
    webhook = Webhook(url, secret, connections if 1 <= connections <= 100 else 40)
    await state.webhooks.activate(call.bot, webhook)
    return True


def _check_url(url: str, *, local: bool) -> None:
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if local and parts.scheme in {"http", "https"} and parts.hostname:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if (parts.port or 443) not in _PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if _LOCAL.match(parts.hostname):
        raise bad_request(f"bad webhook: IP address {parts.hostname} is reserved")


async def _delete_webhook(call: Call) -> Any:
    if call.arguments.flag("drop_pending_updates"):
        call.bot.updates.waiting.clear()
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
