import asyncio
import time

import pytest

from tests.emulator.zalo.client import SECRET, Hook, ZaloClient

TIMEOUT = (408, "Request timeout")


async def heard(zalo: ZaloClient) -> str:
    text: str = (await zalo.polled())["message"]["text"]
    return text


async def test_a_poll_takes_one_update_and_an_idle_one_ends_with_408(zalo: ZaloClient) -> None:
    await zalo.says("a")
    await zalo.says("b")

    texts = [await heard(zalo), await heard(zalo)]
    began = time.monotonic()
    idle = await zalo.refusal("getUpdates", timeout=0.2)

    assert (texts, idle, 0.2 <= time.monotonic() - began < 2) == (["a", "b"], TIMEOUT, True)


async def test_an_update_has_the_documented_shape(zalo: ZaloClient) -> None:
    await zalo.says("Xin chào", name="Nguyễn Văn An")

    update = await zalo.polled()

    message = update["message"]
    chat = message["chat"]["id"]
    assert update["event_name"] == "message.text.received"
    assert message["from"] == {"id": chat, "is_bot": False, "display_name": "Nguyễn Văn An"}
    assert (len(chat), len(message["message_id"]), message["chat"]["chat_type"]) == (20, 20, "PRIVATE")
    assert (message["message_type"], message["date"] > 10**12) == ("CHAT_MESSAGE", True)


async def test_in_replay_each_update_comes_again_and_again(zalo: ZaloClient) -> None:
    await zalo.control("knobs", replay=True)
    for text in ("a", "b"):
        await zalo.says(text)

    assert [await heard(zalo) for _ in range(5)] == ["a", "b", "a", "b", "a"]


async def test_what_nobody_hears_may_be_lost(zalo: ZaloClient) -> None:
    await zalo.control("knobs", keep_unheard=False)
    await zalo.says("a")

    assert await zalo.refusal("getUpdates", timeout=0) == TIMEOUT


async def waiting(zalo: ZaloClient, polls: int) -> None:
    """Wait until so many polls wait."""
    (account,) = zalo.state.accounts.values()
    while len(account.inbox.polls) < polls:  # noqa: ASYNC110 -- the server has no event for it
        await asyncio.sleep(0)


async def test_two_pollers_share_the_messages(zalo: ZaloClient) -> None:
    polls = [asyncio.create_task(zalo.polled(9)) for _ in range(2)]
    await waiting(zalo, 2)
    for text in ("a", "b"):
        await zalo.says(text)

    texts = {update["message"]["text"] for update in await asyncio.gather(*polls)}

    metrics = await zalo.look("metrics")
    assert (texts, metrics["polls"], metrics["polls_at_once"], metrics["polls_too_soon"]) == (
        {"a", "b"},
        2,
        1,
        1,
    )


async def test_a_second_poller_may_end_the_first(zalo: ZaloClient) -> None:
    await zalo.control("knobs", second_poller="conflict")
    first = asyncio.create_task(zalo.refusal("getUpdates", timeout=9))
    await waiting(zalo, 1)

    second = await zalo.refusal("getUpdates", timeout=0)

    assert (await first, second) == (
        (409, "Conflict: terminated by other getUpdates request"),
        TIMEOUT,
    )


@pytest.mark.parametrize(
    ("content", "event", "field"),
    [
        ({"photo": "https://a.vn/x.jpg", "caption": "Ảnh"}, "message.image.received", "photo_url"),
        ({"sticker": "e51a", "url": "https://a.vn/s"}, "message.sticker.received", "sticker"),
        ({"voice_url": "https://a.vn/x.aac"}, "message.voice.received", "voice_url"),
        ({}, "message.unsupported.received", "from"),
    ],
)
async def test_every_kind_of_message_is_told(
    zalo: ZaloClient, content: dict[str, str], event: str, field: str
) -> None:
    await zalo.control("messages", person="an", **content)

    update = await zalo.polled()

    assert (update["event_name"], field in update["message"], "text" in update["message"]) == (
        event,
        True,
        False,
    )


async def test_a_photo_may_have_its_documented_name(zalo: ZaloClient) -> None:
    await zalo.control("knobs", photo_field="photo")
    await zalo.control("messages", person="an", photo="https://a.vn/x.jpg")

    assert (await zalo.polled())["message"]["photo"] == "https://a.vn/x.jpg"


async def test_with_a_webhook_nothing_is_polled_for(zalo: ZaloClient) -> None:
    await zalo.control("knobs", local=True)
    async with Hook() as hook:
        none = await zalo.refusal("getWebhookInfo")
        stored = await zalo.result("setWebhook", url=hook.url, secret_token=SECRET)
        headers, body = await hook.taken.get()
        polled = await zalo.refusal("getUpdates", timeout=0)
        info = await zalo.result("getWebhookInfo")
        tested = await zalo.result("testWebhook")
        gone = [await zalo.result("deleteWebhook"), await zalo.result("deleteWebhook")]

    assert (headers["X-Bot-Api-Secret-Token"], body, headers["User-Agent"]) == (SECRET, b"", "Java/1.8.0_192")
    assert stored["verification"] == {
        "ok": True,
        "url": hook.url,
        "outcome": "webhook.ok",
        "hint": "",
        "status_code": 200,
    }
    assert (none, info["url"], tested["ok"]) == ((404, "Not Found"), hook.url, True)
    assert [each["url"] for each in gone] == ["", ""]
    assert polled == (
        400,
        "You cannot use this API while a webhook is set. Please remove the webhook first",
    )


@pytest.mark.parametrize(
    ("knobs", "is_wrapped", "has_type", "posts"),
    [
        ({}, False, True, 1),
        ({"wrapped": True}, True, True, 1),
        ({"content_type": False}, False, False, 1),
        ({"copies": 2}, False, True, 2),
    ],
)
async def test_a_webhook_is_given_each_update(
    zalo: ZaloClient, knobs: dict[str, object], *, is_wrapped: bool, has_type: bool, posts: int
) -> None:
    await zalo.control("knobs", local=True, **knobs)
    async with Hook() as hook:
        await zalo.result("setWebhook", url=hook.url, secret_token=SECRET)
        await hook.taken.get()
        await zalo.says("Xin chào")
        given = [await hook.taken.get() for _ in range(posts)]
        await zalo.result("deleteWebhook")

    headers, body = given[0]
    assert (b'"result"' in body, "Content-Type" in headers) == (is_wrapped, has_type)
    assert "Xin chào" in body.decode()


@pytest.mark.parametrize(("retries", "posts"), [(0, 1), (2, 3)])
async def test_a_webhook_that_fails_is_given_up_or_asked_again(
    zalo: ZaloClient, retries: int, posts: int
) -> None:
    await zalo.control("knobs", local=True, retries=retries)
    async with Hook(200, *[503] * 9) as hook:
        await zalo.result("setWebhook", url=hook.url, secret_token=SECRET)
        await hook.taken.get()
        await zalo.says("Xin chào")
        for _ in range(posts):
            await hook.taken.get()
        assert hook.taken.empty()
        await zalo.result("deleteWebhook")


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("http://tin.vn/webhook", SECRET),
        ("https://localhost/webhook", SECRET),
        ("https://127.0.0.1/webhook", SECRET),
        ("https://10.1.2.3/webhook", SECRET),
        ("https://192.168.1.1/webhook", SECRET),
        ("https://tin.vn/webhook", "short"),
        ("https://tin.vn/webhook", "x" * 257),
    ],
)
async def test_a_webhook_is_public_and_has_a_secret(zalo: ZaloClient, url: str, secret: str) -> None:
    assert (await zalo.refusal("setWebhook", url=url, secret_token=secret))[0] == 400


async def test_a_webhook_is_kept_though_nobody_answers_there(zalo: ZaloClient) -> None:
    await zalo.control("knobs", local=True)
    async with Hook(403) as hook:
        refused = await zalo.result("setWebhook", url=hook.url, secret_token=SECRET)
    gone = await zalo.result("testWebhook")

    assert (refused["verification"]["outcome"], refused["verification"]["status_code"]) == (
        "webhook.http.403",
        403,
    )
    assert (gone["outcome"], (await zalo.result("getWebhookInfo"))["url"]) == (
        "webhook.err.conn",
        refused["url"],
    )


async def test_a_webhook_is_tested_only_so_often_a_day(zalo: ZaloClient) -> None:
    await zalo.control("knobs", local=True, webhook_tests_per_day=1)
    async with Hook() as hook:
        await zalo.result("setWebhook", url=hook.url, secret_token=SECRET)
        _, refused = await zalo.answer("testWebhook")

    assert (refused["ok"], refused["errorCode"]) == (False, 426)


async def test_in_a_group_nothing_is_heard_but_mentions_and_replies(zalo: ZaloClient) -> None:
    async def heard(**said: object) -> bool:
        return bool((await zalo.control("messages", person="an", group="to-1", **said))["heard"])

    before = await heard(text="Chào cả nhà")
    known = await zalo.look("chats")
    photo = "https://photo-stal-1.zdn.vn/a.jpg"
    told = [
        await heard(text="Nhờ @bot tin /moinhat với"),
        await heard(text="2", reply=True),
        await heard(photo=photo, caption="@Bot Tin /trogiup"),
    ]
    ordinary = [await heard(text="2"), await heard(photo=photo), await heard(photo=photo, caption="Ảnh đẹp")]

    updates = [(await zalo.polled())["message"] for _ in told]
    assert (before, known, told, ordinary) == (False, [], [True] * 3, [False] * 3)
    assert [each["chat"]["chat_type"] for each in updates] == ["GROUP"] * 3
    assert await zalo.refusal("getUpdates", timeout="0") == (408, "Request timeout")
