import asyncio
from typing import Any, Self

import pytest
from aiohttp import web

from tests.emulator.client import GROUP, Client

SECRET = "s3cret_-"


class Hook:
    """A bot's web server: it fails so many times, and then takes what it is given."""

    def __init__(self, failures: int = 0, reply: Any = None, moved_to: str = "") -> None:
        self.failures, self.reply, self.url, self.moved_to = failures, reply, "", moved_to
        self.taken: asyncio.Queue[tuple[str | None, Any]] = asyncio.Queue()

    async def serve(self, request: web.Request) -> web.Response:
        if self.failures:
            self.failures -= 1
            return web.Response(status=500)
        await self.taken.put((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        if self.moved_to:
            raise web.HTTPFound(self.moved_to)
        return web.json_response(self.reply) if self.reply else web.Response()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/hook", self.serve)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()


async def test_a_webhook_is_given_each_update_with_the_secret_until_it_takes_it(client: Client) -> None:
    await client.control("limits", local_webhooks=True, webhook_retry_seconds=0)
    async with Hook(failures=2) as hook:
        await client.result("setWebhook", url=hook.url, secret_token=SECRET)
        await client.say("a")
        secret, update = await hook.taken.get()
        polled = await client.refusal("getUpdates")
        info = await client.result("getWebhookInfo")
        await client.result("deleteWebhook")

    assert (secret, update["message"]["text"], polled[0], info["last_error_message"]) == (
        SECRET,
        "a",
        409,
        "Wrong response from the webhook: 500 Internal Server Error",
    )


async def test_a_webhook_that_moved_is_not_followed(client: Client) -> None:
    await client.control("limits", local_webhooks=True, webhook_retry_seconds=0)
    async with Hook() as new, Hook(moved_to=new.url) as old:
        await client.result("setWebhook", url=old.url, max_connections=1000)
        await client.say("a")
        await old.taken.get()
        await old.taken.get()
        info = await client.result("getWebhookInfo")
        await client.result("deleteWebhook")

    assert (new.taken.empty(), info["last_error_message"], info["max_connections"]) == (
        True,
        "Wrong response from the webhook: 302 Found",
        100,
    )


async def test_a_webhooks_answer_may_call_a_method(client: Client) -> None:
    await client.control("limits", local_webhooks=True)
    watched = await client.session.get(f"{client.url}/_ctl/events", params={"chat": GROUP})
    async with Hook(reply={"method": "sendMessage", "chat_id": GROUP, "text": "Chào"}) as hook:
        await client.result("setWebhook", url=hook.url)
        await client.say("a")
        await watched.content.readuntil(b"event: message")
        await client.result("deleteWebhook")
    watched.close()

    [sent] = await client.look("outbox", chat=GROUP)
    assert sent["text"] == "Chào"


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"url": "http://x.vn"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://x.vn:8080"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://127.0.0.1"}, "bad webhook: IP address 127.0.0.1 is reserved"),
        ({"url": "https://172.20.0.1"}, "bad webhook: IP address 172.20.0.1 is reserved"),
        ({"url": "https://[::1"}, "invalid webhook URL specified"),
        ({"url": "https://x.vn:x"}, "invalid webhook URL specified"),
        ({"url": "ftp://x.vn"}, "invalid webhook URL specified"),
        ({"url": "https://x y.vn"}, "invalid webhook URL specified"),
        ({"url": "https://x.vn", "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": "https://x.vn", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_wrong_webhook_is_refused(client: Client, arguments: dict[str, str], refusal: str) -> None:
    assert await client.refusal("setWebhook", **arguments) == (400, f"Bad Request: {refusal}")


@pytest.mark.parametrize(
    ("method", "more"), [("setWebhook", {"url": "https://x.invalid/"}), ("deleteWebhook", {})]
)
async def test_what_waits_is_dropped_on_demand(client: Client, method: str, more: dict[str, str]) -> None:
    await client.say("a")

    await client.result(method, drop_pending_updates=True, **more)

    assert (await client.result("getWebhookInfo"))["pending_update_count"] == 0


async def test_a_webhook_is_set_once_a_second(client: Client) -> None:
    await client.result("setWebhook", url="https://x.invalid/")

    assert await client.refusal("setWebhook", url="https://x.invalid/") == (
        429,
        "Too Many Requests: retry after 1",
    )
