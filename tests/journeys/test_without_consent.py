"""Nothing is stored of a person who has not agreed to it, whichever way they come in."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from bot.commands.base.callback_data import Verb
from bot.commands.base.command_names import NAMES, Command
from bot.store.engine.database import Database
from bot.store.runtime import updates
from tests.commands.examples import DATA
from tests.emulated import ACCOUNT, Emulated
from tests.journeys.stage import Theatre
from tests.personal import traces

USER = 7_755_331_199
"""An id that does not come about by chance."""

WORDS = ("", "1", "trong nước", "hội nghị", "bộ lọc trong-nuoc: sáng chế", "en")
PAYLOADS = ("", "quoc-te", "noi-bo", "doc_7", "anh_6", "moi_AAAAAAAAAAAAAAAAAAAAAA", "luu_7", "*")
LAST = "/huy thể thao"
SAID = (
    *(
        "xin chào",
        "hội nghị",
        "1",
        "👍",
        "có tin gì mới không",
        "tôi đồng ý",
        "không",
        "ok",
        "tất cả",
        "để sau",
    ),
    *(
        "tiếng Anh",
        "I agree",
        "no",
        "đừng gửi nữa",
        "mỗi sáng 7 giờ",
        "múi giờ Hà Nội",
        "/timkiem",
        "tin mới",
    ),
)
"""Nobody is asked before "tôi đồng ý" and "I agree" whether they agree: they come to be asked by it."""


async def test_nothing_is_stored_of_a_person_who_has_not_agreed(
    sqlite_url: str,
) -> None:
    url = sqlite_url
    async with Theatre.open(url) as theatre:
        emulated = theatre.emulated
        await emulated.post("users", id=USER, first_name="Người", language_code="vi")
        await everything_is_tried(emulated)
        await until(lambda: has_said_the_last(emulated))
        database = await Database.open(url)
        try:
            await until(lambda: all_is_dealt_with(database))
            async with database.read() as tx:
                while_running = await traces(tx, chat=0, user=str(USER))
        finally:
            await database.close()
        answers = len(await emulated.outbox(USER))

    database = await Database.open(url)
    async with database.read() as tx:
        afterwards = await traces(tx, chat=0, user=str(USER))
    await database.close()
    assert (while_running, afterwards) == ([], [])
    assert answers > 100


async def everything_is_tried(emulated: Emulated) -> None:
    """Have the person do all that anybody can do but agree."""
    lines = [f"/{NAMES[command]['vi']} {words}" for command in Command for words in WORDS]
    for text in (*lines, *(f"/start {payload}" for payload in PAYLOADS), *SAID):
        await emulated.post("updates/message", chat=USER, **{"from": USER}, text=text.strip())
    for verb, data in DATA.items():
        if verb is not Verb.AGREE:
            message = await emulated.said_by_the_bot(USER, "?", data)
            await press(emulated, message, data)
    await emulated.post("updates/inline", **{"from": USER}, query="hội nghị")
    await emulated.post("block", user=USER)
    await emulated.post("unblock", user=USER)
    await emulated.post("updates/message", chat=USER, **{"from": USER}, text=LAST)


async def press(emulated: Emulated, message: dict[str, Any], data: str) -> None:
    number = message["message_id"]
    await emulated.post(
        "updates/callback", chat=USER, **{"from": USER}, message_id=number, data=data, force=False
    )


async def all_is_dealt_with(database: Database) -> bool:
    async with database.read() as tx:
        return not await updates.pending(tx, ACCOUNT, limit=1)


async def has_said_the_last(emulated: Emulated) -> bool:
    return any("thể thao" in message["text"] for message in await emulated.outbox(USER))


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(90):
        while not await holds():  # noqa: ASYNC110 - it happens on the other side of the wire
            await asyncio.sleep(0.05)
