from typing import Any

from aiohttp import ClientSession

from bot.emulator.demo_world import BINH, create_demo_world
from bot.emulator.server import Emulator

TOKEN = "123456:sample"


async def world_seen_by(url: str, user: int | None = None) -> Any:
    async with ClientSession(url) as session:
        query = {} if user is None else {"user": str(user)}
        async with session.get("/_ctl/world", params=query) as response:
            return await response.json()


async def test_the_demo_opens_with_a_person_four_chats_and_something_said() -> None:
    async with Emulator.start() as emulator:
        world = await create_demo_world(emulator.url, TOKEN)
        seen = await world_seen_by(emulator.url)

    chats = {chat["id"]: chat for chat in seen["chats"]}
    assert seen["user"]["first_name"] == "Nguyễn Văn An"
    assert seen["bot"]["id"] == world.bot
    assert list(chats) == [world.person, world.group, world.forum, world.channel]
    assert all(chats[chat]["messages"] for chat in (world.group, world.forum, world.channel))
    assert [topic["name"] for topic in chats[world.forum]["topics"]] == [
        "General",
        *(name for name, _ in world.topics),
    ]


async def test_the_demo_offers_to_play_its_owner_members_of_the_groups_and_somebody_who_is_in_none() -> None:
    async with Emulator.start() as emulator:
        world = await create_demo_world(emulator.url, TOKEN)
        people = (await world_seen_by(emulator.url))["people"]
        reader = await world_seen_by(emulator.url, user=people[-1]["id"])

    assert [(person["first_name"], person["role"]) for person in people] == [
        ("Nguyễn Văn An", "creator"),
        ("Thanh Bình", "member"),
        ("Minh Châu", "member"),
        ("Quốc Dũng", "member"),
        ("Lê Thị Hoa", ""),
    ]
    assert people[0]["id"] == world.person
    assert [chat["type"] for chat in reader["chats"]] == ["private"]


async def test_the_bot_may_write_wherever_the_demo_let_it_in() -> None:
    async with Emulator.start() as emulator, ClientSession(emulator.url) as session:
        world = await create_demo_world(emulator.url, TOKEN)
        places: list[dict[str, Any]] = [{"chat_id": world.group}, {"chat_id": world.channel}]
        places += [{"chat_id": world.forum, "message_thread_id": topic} for _, topic in world.topics]
        answers = []
        for place in places:
            async with session.post(f"/bot{TOKEN}/sendMessage", json={"text": "Tin", **place}) as response:
                answers.append((await response.json())["ok"])

    assert answers == [True] * 5


async def test_everyone_sees_only_their_own_private_chat() -> None:
    async with Emulator.start() as emulator:
        world = await create_demo_world(emulator.url, TOKEN)
        seen = await world_seen_by(emulator.url, BINH)

    assert [chat["id"] for chat in seen["chats"]] == [BINH, world.group, world.forum, world.channel]


async def test_the_bots_own_description_is_shown_in_the_persons_language() -> None:
    async with Emulator.start() as emulator, ClientSession(emulator.url) as session:
        await create_demo_world(emulator.url, TOKEN)
        for description, language in (("A bot", ""), ("Một bot", "vi")):
            body = {"description": description, "language_code": language}
            async with session.post(f"/bot{TOKEN}/setMyDescription", json=body) as response:
                assert (await response.json())["ok"]
        seen = await world_seen_by(emulator.url)

    assert seen["bot"]["description"] == "Một bot"
