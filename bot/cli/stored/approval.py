"""`bantin approve`, `reject` and `put-back`: what waits to be released, answered by who runs the service."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, run_to_end, settings_of
from bot.cli.base.output import echo, print_json
from bot.cli.base.storage import changing
from bot.domain.chats.chat import TopicId
from bot.domain.clock import VIETNAM, SystemClock
from bot.domain.errors import ExplainedError
from bot.domain.news.article import ArticleId
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.domain.publication.rejection import (
    LONGEST_REASON,
    PUT_BACK_WITHIN,
    ReasonTooLongError,
    reason_of,
)
from bot.domain.text.moments import read_moment
from bot.services.publishing.approval import give, put_back_rejected
from bot.settings.settings import Settings
from bot.store.engine.database import Transaction
from bot.store.publications import approvals, publications

_Article = Annotated[
    int,
    typer.Argument(help="The article's id, as `bantin publications` lists it.", metavar="ID", min=1),
]
_Topic = Annotated[
    str | None,
    typer.Option("--topic", help="In the topic of this id alone; else in all where it waits.", metavar="ID"),
]
_At = Annotated[
    str | None,
    typer.Option(
        "--at", help='When to release it, in Viet Nam\'s time: "14:30", "8:00 28/11".', metavar="TIME"
    ),
]

_DONE = {
    PublicationState.AWAITING: "noted: another person has to approve it",
    PublicationState.SCHEDULED: "approved, and will be released at its time",
    PublicationState.RELEASED: "released: it goes out now",
    PublicationState.STOPPED: "approved, but its article is stopped: it goes out when that is resumed",
    PublicationState.REJECTED: "rejected",
}


def approve(
    article: _Article, *, topic: _Topic = None, at: _At = None, as_json: Json = False, config: Config = None
) -> None:
    release_at = _moment(at) if at is not None else None
    _answer(settings_of(config), article, topic, Given(Answer.APPROVE, release_at), as_json=as_json)


def reject(
    article: _Article,
    *,
    topic: _Topic = None,
    reason: Annotated[
        str,
        typer.Option(
            "--reason", help=f"Why, in at most {LONGEST_REASON} characters; it is shown to publishers."
        ),
    ] = "",
    as_json: Json = False,
    config: Config = None,
) -> None:
    try:
        given = Given(Answer.REJECT, reason=reason_of(reason))
    except ReasonTooLongError:
        raise typer.BadParameter(f"the reason has more than {LONGEST_REASON} characters") from None
    _answer(settings_of(config), article, topic, given, as_json=as_json)


def put_back(
    article: _Article, *, topic: _Topic = None, as_json: Json = False, config: Config = None
) -> None:
    done = run_to_end(_put_back(settings_of(config), ArticleId(article), topic))
    if as_json:
        print_json({"article": article, "topics": dict.fromkeys(done, "awaiting")})
        return
    for each in done:
        echo(f"{article} in {each} awaits approval again")


def _moment(words: str) -> datetime:
    now = SystemClock().now()
    at = read_moment(words, now, VIETNAM)
    if at is None or at <= now:
        raise typer.BadParameter(f"{words!r} is no time to come; write it as 14:30 or 8:00 28/11")
    return at


def _answer(settings: Settings, article: int, topic: str | None, given: Given, *, as_json: bool) -> None:
    states = run_to_end(_given(settings, ArticleId(article), topic, given))
    if as_json:
        print_json(
            {"article": article, "topics": {each.topic: state.value for each, state in states.items()}}
        )
        return
    for each, state in states.items():
        echo(f"{article} in {each.topic} is {_DONE[state]}")


async def _given(
    settings: Settings, article: ArticleId, topic: str | None, given: Given
) -> dict[PublicationId, PublicationState]:
    """Give the answer wherever the article waits, in one transaction."""
    now = SystemClock().now()
    async with changing(settings) as database, database.write() as tx:
        waiting = await _waiting(tx, article, topic)
        states = {each: await give(tx, each, given, actor(), now=now) for each in waiting}
    refused = [each.topic for each, state in states.items() if state is None]
    if refused:
        raise ExplainedError(f"article {article} was approved by you before, in {', '.join(refused)}")
    return {each: state for each, state in states.items() if state is not None}


async def _put_back(settings: Settings, article: ArticleId, topic: str | None) -> list[TopicId]:
    """Put *article* back wherever it was rejected, or in *topic*, in one transaction."""
    now = SystemClock().now()
    async with changing(settings) as database, database.write() as tx:
        found = await publications.get(tx, article)
        rejected = [
            each
            for each, state in (found.states.items() if found else ())
            if state is PublicationState.REJECTED and topic in (None, each)
        ]
        done = [
            each
            for each in rejected
            if await put_back_rejected(tx, PublicationId(article, each), actor(), now=now)
        ]
    if not done:
        where = f"in {topic}" if topic else "in any topic"
        days = PUT_BACK_WITHIN.days
        raise ExplainedError(f"article {article} was not rejected {where} within the last {days} days")
    return done


async def _waiting(tx: Transaction, article: ArticleId, topic: str | None) -> list[PublicationId]:
    wanted = None if topic is None else TopicId(topic)
    found = [each.publication for each in await approvals.of_article(tx, article)]
    waiting = [each for each in found if wanted in (None, each.topic)]
    if not waiting:
        where = f"in {topic}" if topic else "in any topic"
        raise ExplainedError(
            f"article {article} does not wait to be released {where};"
            " `bantin publications --state awaiting` lists what does"
        )
    return waiting
