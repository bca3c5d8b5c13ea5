"""Posting updates to a webhook as Telegram does."""

import socket
from typing import Any

import aiohttp
import orjson

from bot.web.webhook import PATH


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def update(number: int, user: int, text: str) -> bytes:
    """Return what Telegram posts when a person writes to the bot."""
    person = {"id": user, "is_bot": False, "first_name": "Người"}
    chat = {"id": user, "type": "private", "first_name": "Người"}
    message = {"message_id": 5, "date": 1_770_000_000, "chat": chat, "from": person, "text": text}
    return orjson.dumps({"update_id": number, "message": message})


async def post(port: int, body: Any, headers: dict[str, str]) -> int:
    """Return the status of the answer."""
    url = f"http://127.0.0.1:{port}{PATH}"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        await answer.read()
        return answer.status
