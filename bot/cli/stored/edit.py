"""`bantin edit`: what waits to be released, edited by whoever runs the service."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

from bot.cli.base.actor import actor
from bot.cli.base.options import Config, Json, run_to_end, settings_of
from bot.cli.base.output import echo, print_json
from bot.cli.base.storage import changing
from bot.domain.chats.chat import TopicId
from bot.domain.clock import SystemClock
from bot.domain.errors import ExplainedError
from bot.domain.news.article import ArticleId
from bot.domain.publication.announcement import TITLE_LENGTH
from bot.domain.publication.content import SUMMARY_LENGTH
from bot.domain.publication.editing import Edit, EditError, Flaw
from bot.services.publishing import editing
from bot.services.publishing.editing import Edited
from bot.settings.settings import Settings
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds

_FLAWS = {
    Flaw.EMPTY: "the title must not be empty",
    Flaw.TITLE_TOO_LONG: f"the title has more than {TITLE_LENGTH} characters",
    Flaw.SUMMARY_TOO_LONG: f"the summary has more than {SUMMARY_LENGTH} characters",
}
_REFUSED = {
    Edited.REJECTED: "was rejected in one of these topics; `bantin put-back` has it wait there again",
    Edited.OUT: "is released in another topic, and cannot be edited any more",
    Edited.GONE: "does not wait to be released; `bantin publications --state awaiting` lists what does",
}


def edit(  # noqa: PLR0913 - each is an option
    article: Annotated[
        int, typer.Argument(help="The article's id, as `bantin publications` lists it.", metavar="ID", min=1)
    ],
    *,
    title: Annotated[str | None, typer.Option("--title", help="Its title.", metavar="TEXT")] = None,
    summary: Annotated[
        str | None,
        typer.Option("--summary", help="Its summary; if empty, its first paragraph.", metavar="TEXT"),
    ] = None,
    no_photo: Annotated[bool, typer.Option("--no-photo", help="Without a lead photo.")] = False,
    urgent: Annotated[bool | None, typer.Option("--urgent/--no-urgent", help="Whether it is urgent.")] = None,
    topic: Annotated[
        list[str] | None,
        typer.Option(
            "--topic", help="It waits in this topic alone; may be given several times.", metavar="ID"
        ),
    ] = None,
    restore: Annotated[bool, typer.Option("--restore", help="As its source has it.")] = False,
    as_json: Json = False,
    config: Config = None,
) -> None:
    try:
        wanted = Edit.of_words(title=title, summary=summary, urgent=urgent, without_photo=no_photo)
    except EditError as error:
        raise typer.BadParameter(_FLAWS[error.flaw]) from None
    if topic:
        wanted = replace(wanted, topics=Edit.into(TopicId(each) for each in topic).topics)
    if restore == (wanted != Edit()):
        raise typer.BadParameter("say what to edit, or --restore alone")
    done = run_to_end(_edited(settings_of(config), ArticleId(article), None if restore else wanted))
    if as_json:
        print_json({"article": article, "edited": done is Edited.DONE})
    elif done is Edited.DONE:
        echo(f"{article} is {'as its source has it' if restore else 'edited'}; it is approved anew")
    else:
        echo(f"{article} is so already")


async def _edited(settings: Settings, article: ArticleId, wanted: Edit | None) -> Edited:
    """Edit what waits of *article*, or restore it."""
    now = SystemClock().now()
    async with changing(settings) as database, database.write() as tx:
        if wanted is None:
            done = await editing.restore(tx, article, actor(), now=now)
        else:
            await _known(tx, wanted.topics or ())
            done = await editing.edit(tx, article, wanted, actor(), now=now)
    if done in _REFUSED:
        raise ExplainedError(f"article {article} {_REFUSED[done]}")
    return done


async def _known(tx: Transaction, topics: Sequence[TopicId]) -> None:
    """Raise ExplainedError if one of *topics* is none that there is."""
    there = {each.id for each in await feeds.topics(tx)}
    if unknown := [each for each in topics if each not in there]:
        raise ExplainedError(f"there is no topic {unknown[0]!r}; `bantin topics` lists them")
