"""`bantin announcements`: what was announced and until when; `end` ends one before its time."""

from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, Limit, run_to_end, settings_of
from bot.cli.base.output import Row, echo, print_json, print_rows
from bot.cli.base.storage import changing, reading
from bot.domain.chats.preferences import zone_of
from bot.domain.clock import SystemClock
from bot.domain.errors import ExplainedError
from bot.domain.news.article import ArticleId
from bot.domain.publication.announcement import AtEnd
from bot.domain.publication.publication import PublicationState
from bot.services.publishing.announcements import end_early
from bot.settings.settings import Settings
from bot.store.publications import announcements, publications

_ENDED = {
    AtEnd.NOTE: "what was sent of it says so from now on",
    AtEnd.DELETE: "what was sent of it is deleted or replaced where that can be done",
}

app = typer.Typer(
    help="List the announcements and until when they are; with a command, end one.",
    add_completion=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def listed(
    context: typer.Context, *, limit: Limit = 20, as_json: Json = False, config: Config = None
) -> None:
    if context.invoked_subcommand is None:
        settings = settings_of(config)
        rows = run_to_end(_newest(settings, limit))
        print_rows(rows, as_json=as_json, zone=zone_of(settings.subscribers.time_zone))


@app.command(help="End an announcement before its time: it is over now, as it would be then.")
def end(
    article: Annotated[
        int, typer.Argument(help="Its id, as `bantin announcements` lists it.", metavar="ID", min=1)
    ],
    *,
    as_json: Json = False,
    config: Config = None,
) -> None:
    at_end = run_to_end(_end(settings_of(config), ArticleId(article)))
    if as_json:
        print_json({"article": article, "ended": True, "at_end": at_end.value})
    else:
        echo(f"{article} is over: {_ENDED[at_end]}")


async def _newest(settings: Settings, limit: int) -> list[Row]:
    async with reading(settings) as database, database.read() as tx:
        ids = await announcements.newest(tx, tuple(PublicationState), limit=limit, offset=0)
        found = await publications.many(tx, ids)
        known = {each: await announcements.get(tx, each) for each in ids}
    return [
        {
            "article": each.article,
            "state": each.state.value,
            "since": each.changed_at,
            "ends": about.ends_at,
            "topics": ", ".join(each.topics),
            "title": each.title,
        }
        for each in found
        if (about := known[each.article])
    ]


async def _end(settings: Settings, article: ArticleId) -> AtEnd:
    """End an announcement; raises ExplainedError where there is nothing to end."""
    async with changing(settings) as database, database.write() as tx:
        at_end = await end_early(tx, article, actor(), now=SystemClock().now())
    if at_end is None:
        raise ExplainedError(
            f"article {article} is no announcement, or is over, recalled or rejected already;"
            " see `bantin announcements`"
        )
    return at_end
