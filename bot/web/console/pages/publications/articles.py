"""Articles: found, looked at as each platform shows them, stopped, resumed and recalled."""

from functools import partial

from bot.domain.desk.roles import Right
from bot.domain.news.correction import Corrected
from bot.domain.publication.publication import CAN_END_EARLY, UNRELEASED, Step, possible
from bot.domain.text import search as searches
from bot.services.figures.wording import worded
from bot.services.publishing import resending
from bot.services.publishing.publications import take_step
from bot.services.rendering.card import changed_parts
from bot.store.articles import articles, corrections, gallery, search, source_texts
from bot.store.articles.articles import StoredArticle
from bot.store.feeds import feeds
from bot.store.publications import announcements, publications
from bot.store.publications.publications import Publication
from bot.web.console.cards import cards_of
from bot.web.console.names import topic_names
from bot.web.console.routes import acts, shows
from bot.web.console.visit import Download, PageView, Redirect, Refusal, Visit, article_number, gone

SHOWN = 20
_MOST_PAGES = 50
"""What is older is found by its words: to skip a hundred thousand articles takes long."""


async def show(visit: Visit) -> PageView:
    """List what came in last, or what holds the words that are looked for."""
    words = visit.query.value("q")[: searches.LONGEST]
    page = visit.query.number("page", at_least=1, at_most=_MOST_PAGES)
    start = (page - 1) * SHOWN
    if words:
        wanted = searches.read(words)
        ids = () if wanted.is_empty else await search.find(visit.tx, wanted, topics=None, limit=search.MOST)
        found = await publications.many(visit.tx, ids[start : start + SHOWN + 1])
    else:
        found = await publications.newest(visit.tx, limit=SHOWN + 1, offset=start)
    values = {
        "words": words,
        "page": page,
        "has_more": len(found) > SHOWN and page < _MOST_PAGES,
        "articles": found[:SHOWN],
        "topics": await topic_names(visit),
    }
    return PageView("articles.html", values)


async def show_one(visit: Visit) -> PageView:
    """Show the article as its source has it, its cards, and the fate of its deliveries."""
    stored, publication = await _find(visit, visit.arguments["article"])
    first = await feeds.topic(visit.tx, publication.topics[0])
    assert first is not None, "an article's topic is never deleted"
    decides = visit.may(Right.PUBLISH, *stored.all_topics)
    values = {
        "stored": stored,
        "publication": publication,
        "announcement": await announcements.get(visit.tx, stored.id),
        "may_end": publication.state in CAN_END_EARLY and visit.may(Right.PUBLISH, *publication.topics),
        "source": await source_texts.get(visit.tx, stored.id),
        "released": resending.released_in(publication),
        "decides": decides,
        "may_help": visit.may(Right.SUPPORT),
        "may_see_waiting": visit.may(Right.EDIT),
        "waiting": [topic for topic, state in publication.states.items() if state in UNRELEASED],
        "topics": await topic_names(visit),
        "cards": await cards_of(visit, stored, first),
        "corrections": await _history(visit, stored),
        "said": partial(worded, visit.console.translator, visit.language),
        "fate": await visit.console.figures.fate.get(stored.id),
        "steps": [
            each
            for each in possible(publication.state)
            if visit.may(Right.PUBLISH, *publication.concerned_by(each))
        ],
    }
    return PageView("article.html", values)


async def _history(visit: Visit, stored: StoredArticle) -> list[tuple[Corrected, list[str]]]:
    """Return the corrections of the article, the last one first, each with what it changed."""
    history = await corrections.history(visit.tx, stored.id, stored.version)
    return [(each, changed_parts(each.what, visit.console.translator, visit.language)) for each in history]


async def show_photo(visit: Visit) -> Download:
    """Show the lead photo."""
    stored = await articles.get(visit.tx, article_number(visit.arguments["article"]))
    photo = await gallery.shown(visit.tx, stored.photo_key) if stored and stored.photo_key else None
    if photo is None:
        raise gone()
    return Download(photo, "image/jpeg")


async def step(visit: Visit) -> Redirect:
    """Stop, resume or recall an article; who comes second learns how it stands."""
    named = visit.form.value("step")
    if named not in set(Step):
        raise Refusal(400, "console-no-form")
    wanted = Step(named)
    _, publication = await _find(visit, visit.form.value("article"))
    visit.require(Right.PUBLISH, *publication.concerned_by(wanted))
    done = await take_step(visit.tx, publication.article, wanted, visit.actor, now=visit.now)
    path = f"/articles/{publication.article}"
    if done is None:
        return Redirect(path, "article-changed")
    return Redirect(path, f"article-{wanted}", in_force=wanted is Step.STOP)


async def _find(visit: Visit, number: str) -> tuple[StoredArticle, Publication]:
    article = article_number(number)
    stored = await articles.get(visit.tx, article)
    publication = await publications.get(visit.tx, article)
    if stored is None or publication is None:
        raise gone()
    return stored, publication


ROUTES = (
    shows("/articles", Right.SEE, show),
    shows("/articles/{article}", Right.SEE, show_one),
    shows("/articles/{article}/photo", Right.SEE, show_photo),
    acts("/articles/step", Right.PUBLISH, step),
)
