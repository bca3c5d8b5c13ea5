"""The world of the demo: one bot on each platform, the persons one plays, and the chats that they are in."""

from dataclasses import dataclass, replace
from typing import Any

from aiohttp import ClientSession

NEIGHBOURS = (
    {"id": 70_002, "first_name": "Thanh Bình", "language_code": "vi"},
    {"id": 70_003, "first_name": "Minh Châu", "language_code": "vi"},
    {"id": 70_004, "first_name": "Quốc Dũng", "language_code": "vi"},
)
BINH, CHAU, DUNG = (int(str(person["id"])) for person in NEIGHBOURS)

SUBSCRIBER = {"id": 70_005, "first_name": "Lê Thị Hoa", "language_code": "vi"}
"""Somebody who is in no group, and reads what the bot sends."""


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """The ids of everything in it; *person* is whom one plays at first, *topics* are the forum's, by name.

    *zalo_person* is the same person's id for the bot on Zalo; empty where there is none.
    """

    bot: int
    person: int = 70_001
    group: int = -1_001_000_070_011
    forum: int = -1_001_000_070_012
    channel: int = -1_001_000_070_013
    topics: tuple[tuple[str, int], ...] = ()
    zalo_person: str = ""


async def create_demo_world(
    url: str, token: str, *, name: str = "Bản Tin", username: str = "bantin_mau_bot", zalo_token: str = ""
) -> DemoWorld:
    """Make the demo's world on a fresh emulator at *url*; the bot is an administrator everywhere.

    With a *zalo_token* there is a bot on Zalo as well, to which nobody has written.
    """
    async with ClientSession(url, raise_for_status=True) as session:
        creation = _Creation(session)
        world = await creation.run(token, name=name, username=username)
        return await creation.with_zalo(world, zalo_token, name) if zalo_token else world


class _Creation:
    """The control requests that make the world, in their order."""

    def __init__(self, session: ClientSession) -> None:
        self._session = session

    async def run(self, token: str, *, name: str, username: str) -> DemoWorld:
        bot = await self._post("bots", token=token, username=username, name=name, inline=True)
        world = DemoWorld(bot["id"])
        await self._post("users", id=world.person, first_name="Nguyễn Văn An", language_code="vi")
        for person in NEIGHBOURS:
            await self._post("users", **person)
        await self._post("users", **SUBSCRIBER)
        await self._group(world)
        topics = await self._forum(world)
        await self._channel(world)
        return DemoWorld(world.bot, topics=topics)

    async def with_zalo(self, world: DemoWorld, token: str, name: str) -> DemoWorld:
        """Make the bot on Zalo, for which photos may stand on this machine; such names begin with Bot."""
        await self._post("zalo/knobs", local=True)
        await self._post("zalo/bots", token=token, display_name=f"Bot {name}")
        async with self._session.get("/_ctl/zalo/world", params={"person": str(world.person)}) as response:
            person: str = (await response.json())["chat"]["id"]
        return replace(world, zalo_person=person)

    async def _group(self, world: DemoWorld) -> None:
        await self._chat(world.group, "supergroup", "Chi bộ Văn phòng", world)
        await self._say(world.group, BINH, "Chào các đồng chí, chiều nay 16 giờ chi bộ họp ở phòng 302 nhé.")
        await self._say(world.group, DUNG, "Tôi đã in tài liệu, để sẵn trên bàn rồi ạ.")
        await self._say(
            world.group,
            CHAU,
            "Từ nay tin của Cục sẽ do bot đưa vào nhóm, mọi người không phải chuyển tiếp nữa.",
        )
        await self._let_in(world.group, world)

    async def _forum(self, world: DemoWorld) -> tuple[tuple[str, int], ...]:
        await self._chat(world.forum, "supergroup", "Cộng đồng Sáng tạo", world, is_forum=True)
        topics = []
        for name in ("Tin trong nước", "Tin quốc tế", "Hỏi đáp"):
            topic = await self._post("topics", chat=world.forum, name=name)
            topics.append((name, topic["id"]))
        await self._say(
            world.forum, CHAU, "Mỗi chủ đề ở đây có thể nhận một chuyên mục riêng.", thread=topics[-1][1]
        )
        await self._let_in(world.forum, world)
        return tuple(topics)

    async def _channel(self, world: DemoWorld) -> None:
        await self._chat(world.channel, "channel", "Tin Kiến tạo số", world, username="tinkientaoso")
        await self._say(
            world.channel,
            world.person,
            "Kênh đưa tin chính thức của Cục Kiến tạo số (mẫu). Trân trọng kính mời theo dõi!",
        )
        await self._let_in(world.channel, world)

    async def _chat(self, chat: int, kind: str, title: str, world: DemoWorld, **more: Any) -> None:
        await self._post("chats", id=chat, type=kind, title=title, owner=world.person, **more)
        for person in NEIGHBOURS:
            await self._post(f"chats/{chat}/members", user=person["id"], status="member")

    async def _let_in(self, chat: int, world: DemoWorld) -> None:
        await self._post(f"chats/{chat}/members", bot=world.bot, status="administrator")

    async def _say(self, chat: int, person: int, text: str, **more: Any) -> None:
        await self._post("updates/message", chat=chat, text=text, **{"from": person}, **more)

    async def _post(self, path: str, **body: Any) -> dict[str, Any]:
        async with self._session.post(f"/_ctl/{path}", json=body) as response:
            answer: dict[str, Any] = await response.json()
            return answer
