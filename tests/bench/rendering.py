"""Showing the dearest articles: how long the event loop itself is busy with any of them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.commands.base.callbacks import Agree
from bot.domain.chats.chat import Address
from bot.domain.chats.message import Button, Message
from bot.domain.chats.preferences import MessageOptions
from bot.i18n import FormOfAddress
from bot.messengers.telegram.calls import call_for
from bot.messengers.zalo import text as zalo
from bot.runtime.process.gc_tuning import freeze_startup_objects
from bot.services.rendering.card import CardFormat
from bot.services.rendering.digest import Edition, Item, digest
from bot.store.articles import articles
from bot.store.engine.database import Database
from tests.bench.databases import new_database, opened
from tests.bench.row import Measure, Row
from tests.commands.stage import HOME, TOPICS, Stage, texts
from tests.fakes import ACCOUNT
from tests.heartbeat import heartbeat
from tests.services.rendering.dearest import SHAPES, dearest
from tests.web.console.stage import ConsoleStage

BAR = 0.02
TRIES = 3
"""The least counts: what is loaded once, and a round of the garbage collector, are no part of a rendering."""
Show = Callable[[], Awaitable[None]]


async def loop_busy_with_rendering() -> Row:
    longest: dict[str, float] = {}
    freeze_startup_objects()
    for shape in SHAPES:
        # In a database of its own, so that it alone is shown.
        async with (
            new_database("sqlite") as url,
            opened(url) as database,
            ConsoleStage.open(database) as console,
        ):
            stage = await Stage.open(database)
            async with database.write() as tx:
                await articles.save(tx, dearest(shape), photo=None, topic=HOME, now=stage.clock.now())
            for way, show in (await _ways(stage, console)).items():
                longest[f"{shape}, {way}"] = min([await _busy(show) for _ in range(TRIES)])
    worst = max(longest, key=lambda name: longest[name])
    return Row(
        f"what the loop itself computes to show the {len(SHAPES)} dearest articles, in chats and the console",
        f"≤ {1_000 * BAR:.0f} ms at a time",
        f"{1_000 * longest[worst]:.0f} ms ({worst})",
        ok=longest[worst] <= BAR,
    )


async def _busy(show: Show) -> float:
    async with heartbeat() as stalls:
        await show()
    return stalls.own


async def _ways(stage: Stage, console: ConsoleStage) -> dict[str, Show]:
    """Return the ways in which the newest article is shown."""
    visitor = await console.sign_in()
    person = stage.person()
    await person.types("/dangky tất cả")
    await person.taps(Agree)
    (newest, *_), _ = await _latest(stage.database)

    async def classic() -> None:
        stage.messenger.capabilities = replace(stage.messenger.capabilities, whole_texts=False)
        await person.types("/toanvan hội nghị")
        _sent(person.seen[-3:])

    async def rich() -> None:
        stage.messenger.capabilities = replace(stage.messenger.capabilities, whole_texts=True)
        await person.types("/caidat toàn văn một tin")
        await person.types("/toanvan hội nghị")
        assert person.seen[-1].whole is not None
        _sent(person.seen[-1:])

    async def cards() -> None:
        await person.types("/moinhat 5")
        _sent(person.seen[-5:])

    async def digests() -> None:
        stored, _ = await _latest(stage.database)
        made = digest(
            [Item(each, TOPICS[0]) for each in stored],
            Edition("vi", MessageOptions(), stage.clock.now().date(), private=True),
            CardFormat(texts(FormOfAddress.YOU), "vi", stage.messenger.capabilities),
            button=_no_button,
        )
        _sent([made.message])

    async def page() -> None:
        seen = await visitor.get(f"/articles/{newest.id}")
        assert seen.status == 200

    return {"classic": classic, "rich": rich, "card": cards, "digest": digests, "console": page}


async def _latest(database: Database) -> tuple[tuple[articles.StoredArticle, ...], int]:
    async with database.read() as tx:
        return await articles.latest(tx, topics=None, limit=10, offset=0)


def _no_button(label: str, stored: articles.StoredArticle, *, private: bool) -> Button | None:
    del label, stored, private
    return None


def _sent(messages: list[Message]) -> None:
    """Make of *messages* what goes to Telegram and to Zalo."""
    for message in messages:
        call_for(Address(ACCOUNT, "1"), message)
        zalo.written_out(message.text)


ROWS: tuple[Measure, ...] = (loop_busy_with_rendering,)
