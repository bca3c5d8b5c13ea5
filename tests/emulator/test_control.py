import asyncio
import sys
from typing import Any

import orjson
import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.emulator.server import Emulator
from bot.emulator.telegram.messages.albums import read_media
from bot.emulator.telegram.requests.arguments import Arguments
from bot.emulator.telegram.rules.errors import ApiError
from bot.emulator.telegram.text.given import given_entities
from bot.emulator.telegram.text.markup import reply_markup
from tests.emulator.client import AN, BINH, BOT, CHANNEL, FORUM, GROUP, OWNER, TOKEN, Client

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**40), 2**40)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["inline_keyboard", "keyboard", "text", "url", "callback_data", "type", "offset", "length"]
            )
            | st.sampled_from(
                ["media", "caption", "parse_mode", "user", "id", "style", "copy_text", "custom_emoji_id"]
            ),
            inner,
            max_size=5,
        )
    ),
)


@settings(deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused(value: Any) -> None:
    for read in (
        lambda: reply_markup(Arguments({"reply_markup": orjson.dumps(value).decode()}, {})),
        lambda: given_entities(value),
        lambda: read_media(value),
    ):
        try:
            read()
        except ApiError as refused:
            codes = refused.code
        else:
            codes = 200
        assert codes in {200, 400, 501}


async def test_events_are_told_live_and_only_of_the_chat_that_is_watched(client: Client) -> None:
    watched = await client.session.get(f"{client.url}/_ctl/events", params={"chat": AN})
    await watched.content.readuntil(b"\n\n")
    await client.result("sendMessage", chat_id=GROUP, text="nicht hier")
    sent = await client.result("sendMessage", chat_id=AN, text="hier")
    which = {"chat_id": AN, "message_id": sent["message_id"]}
    await client.result("editMessageText", **which, text="neu")
    await client.result("deleteMessage", **which)

    frames = [(await watched.content.readuntil(b"\n\n")).decode().strip().split("\n") for _ in range(3)]

    watched.close()
    told = [
        (kind.removeprefix("event: "), orjson.loads(data.removeprefix("data: "))) for kind, data in frames
    ]
    assert [(kind, content.get("text")) for kind, content in told] == [
        ("message", "hier"),
        ("edited", "neu"),
        ("deleted", None),
    ]


async def test_an_answer_to_a_tap_is_told(client: Client) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}
    await client.result("sendMessage", chat_id=AN, text="x", reply_markup=markup)
    watched = await client.session.get(f"{client.url}/_ctl/events")
    await watched.content.readuntil(b"\n\n")
    query = await client.control("updates/callback", chat=AN, sender=AN, message_id=1, data="x")

    await client.result("answerCallbackQuery", callback_query_id=query["id"], text="Xong", show_alert=True)

    kind, data = (await watched.content.readuntil(b"\n\n")).decode().strip().split("\n")
    watched.close()
    answer = orjson.loads(data.removeprefix("data: "))
    assert (kind, answer["text"], answer["show_alert"]) == ("event: callback_answer", "Xong", True)


async def test_a_new_description_is_told_to_whoever_watches_everything(client: Client) -> None:
    watched = await client.session.get(f"{client.url}/_ctl/events")
    await watched.content.readuntil(b"\n\n")

    await client.result("setMyShortDescription", short_description="Tin")
    await client.result("setMyDescription", description="Tin tức của Cục")

    kind, data = (await watched.content.readuntil(b"\n\n")).decode().strip().split("\n")
    watched.close()
    assert (kind, orjson.loads(data.removeprefix("data: "))) == ("event: described", {"bot": BOT})
    assert (await client.look("world", user=AN))["bot"]["description"] == "Tin tức của Cục"


async def test_the_world_is_seen_with_the_eyes_of_one_person(client: Client) -> None:
    await client.result("sendMessage", chat_id=AN, text="x")

    an, binh, owner = [await client.look("world", user=user) for user in (AN, BINH, OWNER)]

    assert (
        [(chat["id"], len(chat["messages"])) for chat in an["chats"]],
        [chat["id"] for chat in binh["chats"]],
        [chat["topics"] for chat in owner["chats"] if chat["id"] == FORUM],
    ) == ([(AN, 1)], [BINH, GROUP], [[{"id": 1, "name": "General", "state": "open"}]])


async def test_what_lies_in_each_chat_is_counted(client: Client) -> None:
    await client.result("sendMessage", chat_id=AN, text="x")
    await client.say("hallo")
    await client.result("sendMessage", chat_id=CHANNEL, text="x")

    history = await client.look("history", chat=AN, bot=TOKEN)
    assert (await client.look("counts"), [message["text"] for message in history]) == (
        {str(AN): 1, str(CHANNEL): 1},
        ["x", "hallo"],
    )


@pytest.mark.parametrize(
    ("path", "body", "problem"),
    [
        ("bots", {"token": "x"}, "a token is a number"),
        ("bots", {"name": "x"}, "missing field: token"),
        ("users", {"id": 5, "colour": "red"}, "unknown field: colour"),
        ("users", {"id": -5}, "a user's id is positive"),
        ("users", {"id": "x"}, "id is a whole number"),
        ("users", [1], "a JSON object is expected"),
        ("chats", {"id": 5, "type": "group", "title": "x", "owner": OWNER}, "new negative id"),
        ("chats", {"id": -77, "type": "group", "title": "x", "owner": 1}, "no user 1"),
        ("chats", {"id": -77, "type": "group", "title": "x", "owner": OWNER, "is_forum": True}, "supergroup"),
        (f"chats/{GROUP}/members", {"status": "member"}, "either a user or a bot"),
        (f"chats/{GROUP}/members", {"user": AN, "status": "king"}, "no status is called king"),
        ("chats/-77", {}, "no group or channel -77"),
        ("migrate", {"chat": CHANNEL}, "only a group"),
        ("topics", {"chat": GROUP, "name": "x"}, "no forum"),
        ("topics/99", {"state": "closed"}, "name one topic"),
        ("kick", {"chat": GROUP, "bot": 1}, "no bot 1"),
        ("limits", {"speed": 5}, "unknown field: speed"),
        ("limits", {"global_count": -1}, "zero or more"),
        ("limits", {"enforce": 1}, "true or false"),
        ("clock", {"advance": -1}, "zero or more"),
        ("updates/message", {"chat": AN, "from": BINH, "text": "x"}, "only that person speaks"),
        (
            "updates/message",
            {"chat": GROUP, "from": BINH, "text": "x", "reply_to": 9},
            "no message to reply to",
        ),
        (
            "updates/callback",
            {"chat": AN, "from": AN, "message_id": 9, "data": "x"},
            "the message has no button",
        ),
    ],
)
async def test_a_wrong_control_request_says_what_is_wrong(
    client: Client, path: str, body: Any, problem: str
) -> None:
    async with client.session.post(f"{client.url}/_ctl/{path}", json=body) as response:
        answer = await response.json()

    assert (response.status, problem in answer["error"]) == (400, True)


async def test_a_file_that_is_not_there_is_not_found(client: Client) -> None:
    async with client.session.get(f"{client.url}/_ctl/file/AAAA") as response:
        assert response.status == 404


async def test_a_reset_forgets_everything(client: Client) -> None:
    await client.result("sendMessage", chat_id=AN, text="x")

    await client.control("reset")

    metrics = await client.look("metrics")
    assert (await client.look("outbox"), metrics["sent"], await client.refusal("getMe")) == (
        [],
        0,
        (401, "Unauthorized"),
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("bots", {"token": "5:x", "stars": "many"}),
        ("chats", {"id": -77, "type": [], "title": "x", "owner": OWNER}),
        ("chats", {"id": -77, "type": "group", "title": "x", "owner": OWNER, "permissions": [1]}),
        (f"chats/{GROUP}/members", {"user": AN, "status": "member", "rights": {"can_send_messages": 1}}),
        ("updates/message", {"chat": AN, "from": AN, "text": " "}),
        ("updates/message", {"chat": AN, "from": AN, "text": "x" * 4097}),
        ("updates/message", {"chat": AN, "from": AN, "text": "x", "thread": "x"}),
        ("updates/message", {"chat": AN, "from": AN, "text": "x", "reply_to": []}),
        ("updates/callback", {"chat": AN, "from": AN, "message_id": [], "data": "x"}),
        ("clock", {"advance": True}),
        ("faults", {"times": "often"}),
        ("faults", {"status": "bad"}),
    ],
)
async def test_what_no_person_could_do_is_refused(client: Client, path: str, body: Any) -> None:
    async with client.session.post(f"{client.url}/_ctl/{path}", json=body) as response:
        assert response.status == 400


async def test_nobody_watches_a_chat_without_a_number(client: Client) -> None:
    async with client.session.get(f"{client.url}/_ctl/events", params={"chat": "x"}) as response:
        assert response.status == 400


async def test_any_update_can_be_queued_as_it_is(client: Client) -> None:
    await client.control("updates/raw", kind="poll", content={"id": "1"})

    [update] = await client.result("getUpdates")
    assert update["poll"] == {"id": "1"}


async def test_the_clock_is_thawed_and_goes_on(client: Client) -> None:
    frozen = await client.control("clock", advance=1000)

    thawed = await client.control("clock", frozen=False)

    assert (frozen["frozen"], thawed["frozen"], 0 <= thawed["now"] - frozen["now"] < 5) == (True, False, True)


async def test_other_pages_are_served_beside_the_api(client: Client) -> None:
    async def hello(_request: web.Request) -> web.Response:
        return web.Response(text="Xin chào")

    def mount(app: web.Application) -> None:
        app.router.add_get("/", hello)

    async with (
        Emulator.start(mounts=[mount]) as other,
        client.session.get(f"{other.url}/") as response,
    ):
        assert await response.text() == "Xin chào"


async def test_a_poll_is_answered_when_the_server_goes() -> None:
    async with Emulator.start() as emulator:
        state = emulator.state

    assert state.webhooks.active == {}


async def test_it_runs_in_a_process_of_its_own_and_prints_its_address(client: Client) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.emulator", "--token", TOKEN, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().strip()

    async with client.session.get(f"{url}/bot{TOKEN}/getMe") as response:
        me = await response.json()
    process.terminate()

    assert (me["result"]["id"], await process.wait()) == (BOT, 0)
