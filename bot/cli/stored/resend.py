"""`bantin resend`: an article is owed to those who have not got it, to whom it failed, or to one chat."""

from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.chat_id import chat_id
from bot.cli.base.options import Config, Json, run_to_end, settings_of
from bot.cli.base.output import echo, print_json
from bot.cli.base.storage import changing
from bot.domain.chats.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.errors import ExplainedError
from bot.domain.news.article import ArticleId
from bot.services.publishing import resending
from bot.settings.settings import Settings
from bot.store.chats import chats
from bot.store.runtime import accounts


def resend(
    article: Annotated[
        int, typer.Argument(help="The article's id, as `bantin publications` lists it.", metavar="ID", min=1)
    ],
    *,
    topic: Annotated[
        str | None,
        typer.Option(help="To those who subscribe to this topic now and have not got it.", metavar="ID"),
    ] = None,
    chat: Annotated[
        str | None,
        typer.Option(help="To this one chat, once more even if it has got it.", metavar="CHAT"),
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help="To whom it could not be delivered.")] = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    if [topic is not None, chat is not None, failed].count(True) != 1:
        raise typer.BadParameter("say one of --topic, --chat and --failed")
    number = ArticleId(article)
    settings = settings_of(config)
    if topic is not None:
        run_to_end(_to_topic(settings, number, TopicId(topic)))
        said: dict[str, object] = {"article": article, "topic": topic}
    elif chat is not None:
        run_to_end(_to_chat(settings, number, chat_id(chat)))
        said = {"article": article, "chat": chat}
    else:
        said = {"article": article, "owed": run_to_end(_to_failed(settings, number))}
    if as_json:
        print_json(said)
    else:
        echo(f"{article} is owed once more" + (f" to {said['owed']} chats" if failed else ""))


async def _to_topic(settings: Settings, article: ArticleId, topic: TopicId) -> None:
    async with changing(settings) as database, database.write() as tx:
        if not await resending.to_topics(tx, article, [topic], actor(), now=SystemClock().now()):
            raise ExplainedError(f"article {article} is not released in {topic}; see `bantin publications`")


async def _to_failed(settings: Settings, article: ArticleId) -> int:
    async with changing(settings) as database, database.write() as tx:
        owed = await resending.to_failed(tx, article, actor(), now=SystemClock().now())
        if owed is None:
            raise ExplainedError(f"article {article} is not released; see `bantin publications`")
        return owed


async def _to_chat(settings: Settings, article: ArticleId, chat: str) -> None:
    async with changing(settings) as database, database.write() as tx:
        found = [each for account in await accounts.ids(tx) for each in await chats.called(tx, account, chat)]
        if not found:
            raise ExplainedError(f"nothing is stored about {chat}")
        now = SystemClock().now()
        sent = [await resending.to_chat(tx, article, each.id, actor(), now=now) for each in found]
        if not any(sent):
            raise ExplainedError(f"article {article} is not released, or {chat} subscribes to no topic of it")
