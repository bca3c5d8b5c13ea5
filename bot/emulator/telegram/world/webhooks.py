"""Delivery of updates to a bot's webhook, again and again until it is taken."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from bot.emulator.clock import EmulatorClock
from bot.emulator.telegram.requests.arguments import Arguments
from bot.emulator.telegram.rules.limits import Limits
from bot.emulator.telegram.world.world import Bot

_TIMEOUT = aiohttp.ClientTimeout(total=60)
_LONGEST_WAIT = 60.0

Reply = Callable[[Bot, str, Arguments], Awaitable[None]]


@dataclass(slots=True)
class Webhook:
    url: str
    secret: str
    max_connections: int
    last_error: str = ""
    last_error_at: int = 0
    task: asyncio.Task[None] | None = None
    held: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Webhooks:
    """*reply* carries out a method call that the webhook gave as its answer."""

    clock: EmulatorClock
    limits: Limits
    active: dict[int, Webhook] = field(default_factory=dict)
    reply: Reply | None = None
    _set_at: dict[int, float] = field(default_factory=dict)

    def set_within(self, bot: int, now: float) -> bool:
        """Tell whether the bot has set its webhook less than a second ago, and remember this time."""
        soon = now - self._set_at.get(bot, 0.0) < 1.0
        if not soon:
            self._set_at[bot] = now
        return soon

    async def activate(self, bot: Bot, webhook: Webhook) -> None:
        await self.deactivate(bot.id)
        self.active[bot.id] = webhook
        webhook.task = asyncio.create_task(self._deliver(bot, webhook))

    async def deactivate(self, bot: int) -> None:
        webhook = self.active.pop(bot, None)
        if webhook is not None and webhook.task is not None:
            webhook.task.cancel()
            await asyncio.gather(webhook.task, return_exceptions=True)

    async def close(self) -> None:
        for bot in list(self.active):
            await self.deactivate(bot)

    def info(self, bot: Bot) -> dict[str, Any]:
        webhook = self.active.get(bot.id)
        result: dict[str, Any] = {
            "url": webhook.url if webhook else "",
            "has_custom_certificate": False,
            "pending_update_count": len(bot.updates.fresh(self.clock.now())),
        }
        if webhook is not None:
            result["max_connections"] = webhook.max_connections
            if webhook.last_error:
                result["last_error_date"] = webhook.last_error_at
                result["last_error_message"] = webhook.last_error
        if bot.updates.allowed:
            result["allowed_updates"] = list(bot.updates.allowed)
        return result

    async def _deliver(self, bot: Bot, webhook: Webhook) -> None:
        queue = bot.updates
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session, asyncio.TaskGroup() as group:
            while True:
                waiting = queue.fresh(self.clock.now())
                free = [update for update in waiting if update["update_id"] not in webhook.held]
                for update in free[: webhook.max_connections - len(webhook.held)]:
                    webhook.held.add(update["update_id"])
                    group.create_task(self._push(bot, webhook, session, update))
                await queue.wait()

    async def _push(
        self,
        bot: Bot,
        webhook: Webhook,
        session: aiohttp.ClientSession,
        update: dict[str, Any],
    ) -> None:
        wait = self.limits.webhook_retry_seconds
        while True:
            error = await self._post(bot, webhook, session, update)
            if not error:
                break
            webhook.last_error, webhook.last_error_at = error, int(self.clock.now())
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
        webhook.held.discard(update["update_id"])
        bot.updates.drop(update)
        bot.updates.changed.set()

    async def _post(
        self, bot: Bot, webhook: Webhook, session: aiohttp.ClientSession, update: dict[str, Any]
    ) -> str:
        """Return what went wrong, in Telegram's words, or nothing."""
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
        try:
            async with session.post(
                webhook.url, data=orjson.dumps(update), headers=headers, allow_redirects=False
            ) as response:
                if not 200 <= response.status < 300:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
                await self._carry_out(bot, await response.read())
        except TimeoutError:
            return "Read timeout expired"
        except (aiohttp.ClientError, OSError):
            return "Connection refused"
        return ""

    async def _carry_out(self, bot: Bot, answer: bytes) -> None:
        try:
            values = orjson.loads(answer)
        except orjson.JSONDecodeError:
            return
        if self.reply is None or not isinstance(values, dict) or not isinstance(values.get("method"), str):
            return
        texts = {
            name: value if isinstance(value, str) else orjson.dumps(value).decode()
            for name, value in values.items()
            if name != "method"
        }
        await self.reply(bot, values["method"], Arguments(texts, {}))
