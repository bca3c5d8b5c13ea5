"""A new feed: an address is tried, what it gives is looked at, and then it is kept."""

from dataclasses import dataclass, replace
from typing import Any

from bot.domain.desk.roles import Right
from bot.domain.news.article import Article, ArticleId
from bot.domain.news.feed import FeedId, SourceError, Topic
from bot.domain.news.feed_trial import FeedTrial
from bot.domain.news.naming import feed_id_of
from bot.domain.reason import Reason
from bot.services.administration import source_definitions
from bot.services.ingest.feed_trials import TooManyTrialsError
from bot.services.rendering.reasons import worded
from bot.store.articles.articles import StoredArticle
from bot.store.feeds import added_feeds
from bot.web.console.cards import ShownCard, cards_of
from bot.web.console.pages.sources.feed_form import FeedFields, FormProblem
from bot.web.console.pages.sources.feed_values import offered_by, refused, topics_to_fill
from bot.web.console.routes import acts, shows
from bot.web.console.visit import Download, PageView, Redirect, Refusal, Visit, gone

PATH = "/new-feed"
_ENTRIES = 10
_TRIED = FeedId("trial")


@dataclass(frozen=True, slots=True)
class TrialOutcome:
    """What came of a trial: what was found, or why nothing was."""

    trial: FeedTrial | None = None
    error: Reason | None = None


async def show(visit: Visit) -> PageView:
    """Show the form, filled in as the address says: another page may have found the selectors."""
    fields = FeedFields.read(visit.query, visit.console.trials.markup)
    return await _page(visit, fields)


async def ask(visit: Visit) -> TrialOutcome | None:
    """Try the address; None where the form does not say what to try."""
    trials = visit.console.trials
    fields = FeedFields.read(visit.form, trials.markup)
    if fields.problem(trials.markup):
        return None
    try:
        return TrialOutcome(await trials.run(fields.feed(_TRIED, visit.console.usual_interval)))
    except TooManyTrialsError:
        raise Refusal(503, "console-trials-busy") from None
    except SourceError as error:
        return TrialOutcome(error=error.reason)


async def attempt(visit: Visit) -> PageView:
    """Show what was found."""
    markup = visit.console.trials.markup
    fields = FeedFields.read(visit.form, markup)
    if problem := fields.problem(markup):
        return await _page(visit, fields, problem=problem)
    assert isinstance(visit.told, TrialOutcome), "a form without problems was tried"
    return await _page(visit, fields, attempt=visit.told)


async def add(visit: Visit) -> PageView | Redirect:
    """Keep the feed, if what is kept is what was tried."""
    console = visit.console
    fields = FeedFields.read(visit.form, console.trials.markup)
    problem = fields.problem_to_keep(console.trials.markup)
    if problem is None and not _was_tried(visit, fields):
        problem = FormProblem("tried")
    if problem is None:
        problem = await refused(visit, fields)
    if problem:
        return await _page(visit, fields, problem=problem)
    name = feed_id_of(fields.url, await added_feeds.known(visit.tx))
    feed = fields.feed(FeedId(name), console.usual_interval, verified=_has_worked(visit))
    await source_definitions.add_feed(visit.tx, feed, visit.actor, now=visit.now)
    return Redirect(f"/feeds/{feed.id}", "feed-added")


async def show_photo(visit: Visit) -> Download:
    """Show the photo of a trial."""
    photo = visit.console.trials.photo(visit.arguments["photo"])
    if photo is None:
        raise gone()
    return Download(photo, "image/jpeg")


async def _page(
    visit: Visit,
    fields: FeedFields,
    *,
    problem: FormProblem | None = None,
    attempt: TrialOutcome | None = None,
) -> PageView:
    topics = await topics_to_fill(visit)
    trial = attempt.trial if attempt else None
    found = await _found(visit, trial, topics, fields.topic) if trial else {"count": 0}
    values = {
        # Whoever mends the name alone need not try the address again.
        "is_tried": attempt is not None or _was_tried(visit, fields),
        "has_worked": found["count"] > 0 if attempt else _has_worked(visit),
        "fields": fields if fields.name or not trial else replace(fields, name=trial.feed.name),
        "problem": problem,
        "attempt": attempt,
        "error": _said(visit, attempt.error) if attempt and attempt.error else "",
        "trial": trial,
        "here": "/feeds",
        "offered": offered_by(visit, topics),
        **found,
    }
    return PageView("new_feed.html", values, status=422 if problem else 200)


def _was_tried(visit: Visit, fields: FeedFields) -> bool:
    """Return whether the form comes from the trial of what it says."""
    return visit.form.value("tried") == fields.reading


def _has_worked(visit: Visit) -> bool:
    return visit.form.value("worked") == "yes"


async def _found(visit: Visit, trial: FeedTrial, topics: list[Topic], chosen: str) -> dict[str, Any]:
    """Return what a trial has shown."""
    article = trial.article
    topic = next((each for each in topics if each.id == chosen), topics[0] if topics else None)
    photo = trial.photo.key if trial.photo else None
    return {
        "entries": trial.fetched.entries[:_ENTRIES],
        "count": len(trial.fetched.entries),
        "guesses": trial.guesses,
        "unread": _said(visit, trial.unread) if trial.unread else "",
        "cards": await _cards(visit, article, photo, topic) if article and topic else [],
        "photo": photo,
    }


async def _cards(visit: Visit, article: Article, photo: str | None, topic: Topic) -> list[ShownCard]:
    """Return what readers of *topic* would get of an article that is not kept."""
    return await cards_of(visit, StoredArticle(ArticleId(0), article, photo, (topic.id,), visit.now), topic)


def _said(visit: Visit, reason: Reason) -> str:
    return worded(visit.console.translator, visit.language, reason)


ROUTES = (
    shows(PATH, Right.FEEDS, show),
    acts(f"{PATH}/try", Right.FEEDS, attempt, ask=ask),
    acts(f"{PATH}/add", Right.FEEDS, add),
    shows(f"{PATH}/photo/{{photo}}", Right.FEEDS, show_photo),
)
