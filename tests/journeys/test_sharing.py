"""From other chats into the private one: an article shared by inline mode, and a card in a channel."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.commands.base.callback_data import Verb
from bot.i18n import LANGUAGES
from tests.emulated import TOKEN
from tests.journeys.stage import OWNERS, Player, Theatre
from tests.journeys.steps import Says, Taps, sees

pytestmark = pytest.mark.asyncio(loop_scope="module")

ARTICLE = "Hội nghị số 7"
SHOWN = Taps(Verb.CHANNEL_TEST, r"\d+$", sees("channel-test-shown"))
TEST = Taps(Verb.CHANNEL_TEST, r"\d+\.1", sees(toast="channel-test-sent"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def theatre(tmp_path_factory: pytest.TempPathFactory, _sqlite_template: Path) -> AsyncIterator[Theatre]:
    file = tmp_path_factory.mktemp("sharing") / "bantin.db"
    shutil.copy(_sqlite_template, file)
    async with Theatre.open(f"sqlite+aiosqlite:///{file}") as theatre:
        yield theatre


async def person(theatre: Theatre, user: int, language: str) -> Player:
    await theatre.emulated.post("users", id=user, first_name="Người", language_code=language)
    return Player(theatre.emulated, chat=user, user=user, language=language)


def payload(message: Any) -> str:
    """Return what the button under a message says in the private chat that it opens."""
    addresses = [
        button.get("url", "") for row in message["reply_markup"]["inline_keyboard"] for button in row
    ]
    return next(found[1] for each in addresses if (found := re.search(r"\?start=(\S+)", each)))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_article_is_shared_in_a_group_and_read_in_the_private_chat(
    theatre: Theatre, language: str
) -> None:
    emulated, user = theatre.emulated, 70_000 + len(language) + LANGUAGES.index(language)
    reader = await person(theatre, user, language)
    group = await emulated.group(-70_000 - user, status="left")
    await emulated.post(f"chats/{group}/members", user=user, status="member")

    asked = await emulated.post("updates/inline", **{"from": user}, query="hoi nghi so 7")
    await reader.until(lambda: offered(theatre, asked["id"]))
    results = (await emulated.get(f"inline_answers/{asked['id']}"))["results"]
    (result,) = [each for each in results if each["title"] == ARTICLE]
    await emulated.post(
        "updates/inline_choice", chat=group, **{"from": user}, query=asked["id"], result=result["id"]
    )

    (shared,) = [each for each in await emulated.get("history", chat=group) if ARTICLE in each["text"]]
    await reader.takes(Says(None, f"/start {payload(shared)}", sees(words="Đoạn 1.")), {})


async def offered(theatre: Theatre, query: str) -> bool:
    """Return whether a question has been answered: until then there is no answer to be had."""
    try:
        await theatre.emulated.get(f"inline_answers/{query}")
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_card_in_a_channel_leads_to_the_private_chat(theatre: Theatre, language: str) -> None:
    emulated, owner = theatre.emulated, OWNERS[language]
    name = f"kenh_cua_{language}"
    channel = -80_000 - owner
    await emulated.post("chats", id=channel, type="channel", title=name, username=name, owner=OWNERS["vi"])
    await emulated.post(f"chats/{channel}/members", bot=TOKEN, status="administrator", by=OWNERS["vi"])
    manager = Player(emulated, chat=owner, user=owner, language=language)
    reader = await person(theatre, 75_000 + owner, language)

    await manager.takes(Says(None, f"/kenh @{name}", sees("channel-verified")), {})
    await manager.takes(SHOWN, {})
    await manager.takes(TEST, {})
    await manager.until(lambda: has_card(theatre, channel))

    (card,) = await emulated.outbox(channel)
    await reader.takes(Says(None, f"/start {payload(card)}", sees(words="Đoạn 1.")), {})


async def has_card(theatre: Theatre, channel: int) -> bool:
    return bool(await theatre.emulated.outbox(channel))
