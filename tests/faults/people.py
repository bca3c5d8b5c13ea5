"""What people do, as updates of the Bot API: written by its documentation, for the strict one."""

import time
from itertools import count
from typing import Any

from tests.faults.strict_api import StrictApi

Person = dict[str, Any]
BOT = {"id": 123456, "is_bot": True, "first_name": "Bản Tin", "username": "bantin_bot"}


def person(user: int) -> Person:
    return {"id": user, "is_bot": False, "first_name": "Người"}


class People:
    """Everybody who has to do with the bot; each thing that they do is an update of its own."""

    def __init__(self, api: StrictApi) -> None:
        self._api = api
        self._numbers = count(1)

    async def write(self, user: int, text: str, *, group: int | None = None) -> None:
        chat = {"id": user, "type": "private", "first_name": "Người"}
        if group is not None:
            chat = {"id": group, "type": "supergroup", "title": "Chi bộ"}
        message = {"message_id": 5, "date": _now(), "chat": chat, "from": person(user), "text": text}
        await self._do(message=message)

    async def press(self, user: int, data: str, *, channel: int, message: int) -> None:
        """Press what a client of one's own has made up, under a post that has no such button."""
        chat = {"id": channel, "type": "channel", "title": "Kênh"}
        post = {
            "message_id": message,
            "date": _now(),
            "chat": chat,
            "sender_chat": chat,
            "text": "Tin của cơ quan",
        }
        query = {"id": str(next(self._numbers)), "from": person(user), "message": post, "data": data}
        await self._do(callback_query={**query, "chat_instance": "1"})

    async def let_in(self, user: int, *, group: int) -> None:
        """Add the bot to a group."""
        chat = {"id": group, "type": "supergroup", "title": f"Nhóm {group}"}
        old, new = {"status": "left", "user": BOT}, {"status": "member", "user": BOT}
        change = {"chat": chat, "from": person(user), "date": _now()}
        await self._do(my_chat_member={**change, "old_chat_member": old, "new_chat_member": new})

    async def ask_inline(self, user: int, words: str) -> None:
        query = {"id": str(next(self._numbers)), "from": person(user), "query": words, "offset": ""}
        await self._do(inline_query=query)

    async def _do(self, **what: Any) -> None:
        await self._api.push({"update_id": next(self._numbers), **what})


def _now() -> int:
    return int(time.time())
