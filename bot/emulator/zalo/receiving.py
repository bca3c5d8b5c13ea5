"""getMe, getUpdates and the methods of the webhook."""

import time

from bot.emulator.zalo.arguments import seconds, text
from bot.emulator.zalo.call import Call, Json, Method
from bot.emulator.zalo.errors import ZaloError, not_found, too_many_tests
from bot.emulator.zalo.webhook import Webhook, check_webhook, refusal_of_polls
from bot.emulator.zalo.world import day, milliseconds

_POLL_SECONDS = 30.0
_CONFLICT = "Conflict: terminated by other getUpdates request"


async def _get_me(call: Call) -> Json:
    return call.account.as_json()


async def _get_updates(call: Call) -> Json:
    account, knobs = call.account, call.state.knobs
    if account.webhook is not None:
        raise refusal_of_polls()
    wait = seconds(call.arguments, "timeout", _POLL_SECONDS)
    now = time.monotonic()
    inbox = account.inbox
    call.state.metrics.poll(seconds_apart=now - inbox.polled_at, others_waiting=len(inbox.polls))
    inbox.polled_at = now
    if knobs.second_poller == "conflict":
        inbox.interrupt(ZaloError(409, _CONFLICT))
    return await inbox.take(wait, replay=knobs.replay)


async def _set_webhook(call: Call) -> Json:
    url, secret = text(call.arguments, "url"), text(call.arguments, "secret_token")
    check_webhook(url, secret, local=call.state.knobs.local)
    _count_test(call)
    webhook = Webhook(url, secret, milliseconds(call.arrived_at))
    # It is saved even if the verification fails.
    await _replace(call, webhook)
    webhook.begin(call.state.knobs)
    verification = await webhook.verify()
    del verification["latency_ms"]
    return {**_info(webhook), "verification": verification}


async def _test_webhook(call: Call) -> Json:
    webhook = call.account.webhook
    if webhook is None:
        raise not_found()
    _count_test(call)
    return await webhook.verify()


async def _webhook_info(call: Call) -> Json:
    if call.account.webhook is None:
        raise not_found()
    return _info(call.account.webhook)


async def _delete_webhook(call: Call) -> Json:
    await _replace(call, None)
    return {"url": "", "updated_at": milliseconds(call.arrived_at)}


async def _replace(call: Call, webhook: Webhook | None) -> None:
    old, call.account.webhook = call.account.webhook, webhook
    if old is not None:
        await old.end()


def _count_test(call: Call) -> None:
    tests, today = call.account.webhook_tests, day(call.arrived_at)
    if tests.get(today, 0) >= call.state.knobs.webhook_tests_per_day:
        raise too_many_tests()
    tests[today] = tests.get(today, 0) + 1


def _info(webhook: Webhook) -> Json:
    return {"url": webhook.url, "updated_at": webhook.updated_at}


METHODS: dict[str, Method] = {
    "getMe": _get_me,
    "getUpdates": _get_updates,
    "setWebhook": _set_webhook,
    "testWebhook": _test_webhook,
    "getWebhookInfo": _webhook_info,
    "deleteWebhook": _delete_webhook,
}
