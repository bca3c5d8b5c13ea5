"""`bantin publications`, `stop`, `resume`, `recall` and `pause`: what goes out, and what does not for now."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, Limit, run_to_end, settings_of
from bot.cli.base.output import Row, echo, print_json, print_rows
from bot.cli.base.storage import changing, reading
from bot.domain.chats.chat import TopicId
from bot.domain.chats.preferences import zone_of
from bot.domain.clock import SystemClock
from bot.domain.errors import ExplainedError
from bot.domain.news.article import ArticleId
from bot.domain.publication.confirmation import in_force
from bot.domain.publication.pauses import EVERYTHING, Paused, PauseScope
from bot.domain.publication.publication import PublicationState, Step
from bot.services.publishing import pausing
from bot.services.publishing.publications import take_step
from bot.settings.settings import Settings
from bot.store.publications import pauses
from bot.store.publications import publications as stored

_Article = Annotated[
    int, typer.Argument(help="The article's id, as `bantin publications` lists it.", metavar="ID", min=1)
]
_Topic = Annotated[str | None, typer.Option("--topic", help="The topic of this id.", metavar="ID")]
_Account = Annotated[
    str | None,
    typer.Option("--account", help="The account of this id, for example telegram:123.", metavar="ID"),
]
_All = Annotated[bool, typer.Option("--all", help="Everything: no news go out at all.")]

_DONE = {
    PublicationState.STOPPED: "stopped: nothing more of it goes out but what was in flight",
    PublicationState.RELEASED: "resumed: what was held back goes out now",
    PublicationState.RECALLED: "recalled: what was sent of it is deleted or replaced where that can be done",
}


def publications(
    *,
    state: Annotated[
        PublicationState | None, typer.Option("--state", help="Only those in this state, in any topic.")
    ] = None,
    limit: Limit = 20,
    as_json: Json = False,
    config: Config = None,
) -> None:
    settings = settings_of(config)
    rows = run_to_end(_publications(settings, state, limit))
    print_rows(rows, as_json=as_json, zone=zone_of(settings.subscribers.time_zone))


def stop(article: _Article, *, as_json: Json = False, config: Config = None) -> None:
    _take(settings_of(config), article, Step.STOP, as_json=as_json)


def recall(article: _Article, *, as_json: Json = False, config: Config = None) -> None:
    _take(settings_of(config), article, Step.RECALL, as_json=as_json)


def resume(
    article: Annotated[
        int | None, typer.Argument(help="The id of an article that was stopped.", metavar="[ID]", min=1)
    ] = None,
    *,
    topic: _Topic = None,
    account: _Account = None,
    everything: _All = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    named = _named(topic, account, everything=everything)
    if len(named) + (article is not None) != 1:
        raise typer.BadParameter("name one article, or one of --topic, --account and --all")
    settings = settings_of(config)
    if article is not None:
        _take(settings, article, Step.RESUME, as_json=as_json)
    else:
        _set_paused(settings, named[0], paused=False, as_json=as_json)


def pause(
    *,
    topic: _Topic = None,
    account: _Account = None,
    everything: _All = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    named = _named(topic, account, everything=everything)
    if len(named) > 1:
        raise typer.BadParameter("name one of --topic, --account and --all, or none to see what is paused")
    settings = settings_of(config)
    if named:
        _set_paused(settings, named[0], paused=True, as_json=as_json)
    else:
        rows = run_to_end(_pauses(settings))
        print_rows(rows, as_json=as_json, zone=zone_of(settings.subscribers.time_zone))


def _named(topic: str | None, account: str | None, *, everything: bool) -> list[Paused]:
    """Return what the options name."""
    found = [EVERYTHING] if everything else []
    if topic is not None:
        found.append(Paused(PauseScope.TOPIC, topic))
    if account is not None:
        found.append(Paused(PauseScope.ACCOUNT, account))
    return found


async def _publications(settings: Settings, state: PublicationState | None, limit: int) -> list[Row]:
    """Return what came in last, and what has become of it."""
    async with reading(settings) as database, database.read() as tx:
        found = await stored.newest(tx, state=state, limit=limit)
        fates = await stored.fates(tx, [each.article for each in found])
    return [
        {
            "article": each.article,
            "state": each.state.value,
            "since": each.changed_at,
            "sent": fates[each.article].sent.told,
            "waiting": fates[each.article].pending.told,
            "not_sent": fates[each.article].ended.told,
            "topics": ", ".join(_topic(each, topic) for topic in each.topics),
            "title": each.title,
        }
        for each in found
    ]


def _topic(publication: stored.Publication, topic: TopicId) -> str:
    """Return the id of a topic, with the article's state there if that differs from the one shown."""
    state = publication.states[topic]
    return topic if state is publication.state else f"{topic} ({state.value})"


async def _pauses(settings: Settings) -> list[Row]:
    """Return what is paused, an article that is stopped as well."""
    async with reading(settings) as database, database.read() as tx:
        return [
            {
                "paused": each.what.scope.value,
                "id": each.what.about or None,
                "since": each.since,
                "automatic": each.automatic,
            }
            for each in await pauses.standing(tx)
        ]


def _take(settings: Settings, article: int, step: Step, *, as_json: bool) -> None:
    state = run_to_end(_step(settings, ArticleId(article), step))
    if as_json:
        print_json({"article": article, "state": state.value})
    else:
        echo(f"{article} is {_DONE[state]}")


async def _step(settings: Settings, article: ArticleId, step: Step) -> PublicationState:
    """Take a step with an article, and return its state once that is in force everywhere."""
    clock = SystemClock()
    async with changing(settings) as database:
        async with database.write() as tx:
            state = await take_step(tx, article, step, actor(), now=clock.now())
            found = None if state else await stored.get(tx, article)
        if state is None:
            raise ExplainedError(_why_not(article, step, found))
        await in_force(clock)
    return state


def _why_not(article: ArticleId, step: Step, found: stored.Publication | None) -> str:
    if found is None:
        return f"there is no article {article} in any topic; `bantin publications` lists them"
    since = f"{found.changed_at:%Y-%m-%d %H:%M} UTC"
    return f"article {article} cannot be {_PAST[step]}: it is {found.state.value} since {since}"


_PAST = {Step.STOP: "stopped", Step.RESUME: "resumed", Step.RECALL: "recalled"}


def _set_paused(settings: Settings, what: Paused, *, paused: bool, as_json: bool) -> None:
    at = run_to_end(_change_pause(settings, what, paused=paused))
    if as_json:
        print_json({"paused": paused, "what": what.scope.value, "id": what.about or None, "at": at})
    else:
        echo(f"{_words(what)} {'is paused: what is owed waits' if paused else 'goes on'}")


async def _change_pause(settings: Settings, what: Paused, *, paused: bool) -> datetime:
    """Pause *what*, or let it go on; return when, once that is in force everywhere."""
    clock = SystemClock()
    now = clock.now()
    async with changing(settings) as database:
        async with database.write() as tx:
            if paused and not await pauses.is_there(tx, what):
                raise ExplainedError(f"there is no {what.scope.value} {what.about!r}")
            change = pausing.pause if paused else pausing.unpause
            if not await change(tx, what, actor(), now=now):
                raise ExplainedError(f"{_words(what)} is {'paused already' if paused else 'not paused'}")
        await in_force(clock)
    return now


def _words(what: Paused) -> str:
    return what.scope.value if what == EVERYTHING else f"{what.scope.value} {what.about}"
