"""`bantin topics`: the topics and who subscribes, and the end of one that feeds.toml does not define."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated, Any

import typer

from bot.cli.base.actor import actor
from bot.cli.base.lazy_group import LazyCommand, lazy_group
from bot.cli.base.options import Config, Json, configured, run_to_end, settings_of
from bot.cli.base.output import Row, echo, print_rows
from bot.cli.base.storage import changing, in_force, reading
from bot.domain.chats.chat import ChatStatus, TopicId
from bot.domain.clock import SystemClock
from bot.domain.news.feed import Feed, Topic
from bot.domain.news.origin import Origin
from bot.runtime import from_settings
from bot.services.administration import topic_life
from bot.services.administration.configuration import follow_configuration
from bot.services.administration.topic_life import Notices
from bot.settings.settings import Settings
from bot.store.chats import chats
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import added_topics, feeds
from bot.store.outbox import outbox

COMMANDS = {
    "merge": LazyCommand(
        "bot.cli.feeds.topics:merge",
        "Move all who subscribe to a topic that feeds.toml does not define to another one, and tell them.",
    ),
    "end": LazyCommand(
        "bot.cli.feeds.topics:end",
        "Say good-bye to all who subscribe to a topic that feeds.toml does not define.",
    ),
}

app = typer.Typer(
    cls=lazy_group(COMMANDS),
    help="List the topics, where each is defined, and how many subscribe; or merge or end one.",
    add_completion=False,
    rich_markup_mode=None,
)

_LOOK_EVERY = 0.2
"""Seconds after which it is asked again whether a running service has fanned out what was under way."""

_Source = Annotated[
    str, typer.Argument(help="The id of a topic that feeds.toml does not define.", metavar="TOPIC")
]


@app.callback(invoke_without_command=True)
def topics(context: typer.Context, *, as_json: Json = False, config: Config = None) -> None:
    if context.invoked_subcommand is None:
        print_rows(run_to_end(_topics(settings_of(config))), as_json=as_json)


def merge(
    topic: _Source,
    into: Annotated[str, typer.Argument(help="The id of the topic that takes its place.", metavar="INTO")],
    *,
    config: Config = None,
) -> None:
    settings, defined_topics, defined = configured(config)
    source, target = TopicId(topic), TopicId(into)

    async def begin(tx: Transaction, notices: Notices) -> None:
        now = SystemClock().now()
        await topic_life.begin_merge(tx, source, target, actor(), notices=notices, now=now)

    async def work() -> None:
        async with changing(settings) as database:
            await _begin(database, settings, defined_topics, defined, begin)
            await _until_told(database, source)
            while await _moved(database, source, target):
                pass

    run_to_end(work())
    echo(f"{topic} is merged into {into}: who subscribed to it is told, and goes on there")


def end(
    topic: _Source,
    *,
    offer: Annotated[
        str | None, typer.Option(help="The id of a topic that is offered instead.", metavar="TOPIC")
    ] = None,
    text: Annotated[str, typer.Option(help="The farewell in your own words.")] = "",
    config: Config = None,
) -> None:
    settings, defined_topics, defined = configured(config)

    async def begin(tx: Transaction, notices: Notices) -> None:
        offered, now = TopicId(offer) if offer else None, SystemClock().now()
        await topic_life.end(tx, TopicId(topic), offered, actor(), farewell=(notices, text), now=now)

    async def work() -> None:
        async with changing(settings) as database:
            await _begin(database, settings, defined_topics, defined, begin)

    run_to_end(work())
    echo(f"{topic} has ended: the farewell is owed to all who subscribe, and then they are taken out")


async def _topics(settings: Settings) -> list[Row]:
    """Return each topic, those that feeds.toml defines no more while anybody subscribes to them as well."""
    async with reading(settings) as database, database.read() as tx:
        counts = await chats.subscribers(tx)
        current = await feeds.topics(tx)
        added = await added_topics.known(tx)
        former = [found for each in counts if (found := await feeds.topic(tx, each)) and found not in current]
    return [
        {
            "topic": each.id,
            "name": each.name(settings.language.default),
            "defined": each in current,
            "origin": (Origin.ADDED if each.id in added else Origin.CONFIGURED).place,
            "members_only": each.members_only,
            "subscribers": counts.get(each.id, {}).get(ChatStatus.ACTIVE, 0),
        }
        for each in (*current, *former)
    ]


async def _begin(
    database: Database,
    settings: Settings,
    topics: Sequence[Topic],
    defined: Sequence[Feed],
    begin: Callable[[Transaction, Notices], Coroutine[Any, Any, None]],
) -> None:
    """Take over feeds.toml, as `bantin feeds sync` does, together with what is begun."""
    async with database.write() as tx:
        chosen = await in_force(tx, settings)
        notices = Notices(from_settings.translator(chosen), chosen.delivery.expires_after)
        await follow_configuration(tx, topics, defined, actor=actor(), now=SystemClock().now())
        await begin(tx, notices)


async def _until_told(database: Database, source: TopicId) -> None:
    """Fan out, with a service that runs beside, until all are owed what was published in the topic."""
    while True:
        async with database.read() as tx:
            if await topic_life.is_told(tx, source):
                return
        async with database.write() as tx:
            if await outbox.continue_fanouts(tx, now=SystemClock().now()):
                continue
        await asyncio.sleep(_LOOK_EVERY)


async def _moved(database: Database, source: TopicId, target: TopicId) -> bool:
    async with database.write() as tx:
        return await topic_life.move(tx, source, target)
