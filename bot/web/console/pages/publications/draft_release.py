"""What becomes of a draft: previewed, foretold, tried, proposed, released and dropped."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.desk.roles import Right
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Topic
from bot.domain.publication.announcement import DeskDraft
from bot.domain.publication.publication import PublicationState
from bot.services.announcing import drafting
from bot.services.announcing.trials import ask_for_trial
from bot.services.publishing.announcements import content_of
from bot.services.publishing.forecasting import forecast
from bot.services.rendering.forecast_lines import ForecastWords
from bot.store.articles.articles import StoredArticle
from bot.store.feeds import feeds
from bot.store.publications import publications
from bot.web.console.cards import ShownCard, cards_of
from bot.web.console.names import account_names, person_name
from bot.web.console.pages.publications.drafts import DRAFTS, find_draft, find_draft_to_change
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Visit

_NOT_YET = ArticleId(0)


async def show(visit: Visit) -> PageView:
    """Show the cards of a draft as each account would send them, and on demand where they would go."""
    draft = await find_draft(visit, visit.arguments["draft"])
    topics = await _topics(visit, draft)
    lack = draft.draft.lacks(visit.now)
    values = {
        "draft": draft,
        "mark": draft.draft.mark,
        "names": ", ".join(topic.name(visit.language) for topic in topics),
        "author": await person_name(visit, draft.account, draft.user),
        "lack": lack,
        "cards": await _cards(visit, draft, topics),
        "foretold": await _foretold(visit, draft, topics) if _may_foretell(visit, draft) else None,
        "may_release": visit.may(Right.PUBLISH, *draft.draft.topics),
        "drafts_path": DRAFTS,
    }
    return PageView("draft_preview.html", values)


def _may_foretell(visit: Visit, draft: DeskDraft) -> bool:
    """Return whether it is asked for, and tells of topics alone that whoever asks sees.

    A draft of one's own may be for others: one's standing may have changed since.
    """
    return bool(visit.query.value("forecast")) and visit.authority.covers(draft.draft.topics)


async def _topics(visit: Visit, draft: DeskDraft) -> list[Topic]:
    """Return the topics of a draft that there still are."""
    found = [await feeds.topic(visit.tx, each) for each in draft.draft.topics]
    return [each for each in found if each is not None]


async def _cards(visit: Visit, draft: DeskDraft, topics: Sequence[Topic]) -> list[ShownCard]:
    if not draft.draft.title or not topics:
        return []
    content = replace(draft.draft, photo=None).content(None)
    article = content.as_article(content.release_at or visit.now)
    ids = tuple(topic.id for topic in topics)
    shown = StoredArticle(_NOT_YET, article, draft.draft.photo, ids, visit.now)
    return await cards_of(visit, shown, topics[0])


async def _foretold(
    visit: Visit, draft: DeskDraft, topics: Sequence[Topic]
) -> tuple[int, list[tuple[str, list[str]]]]:
    """Return how many chats would get it, and for each account what would become of it, in words."""
    content = await content_of(visit.tx, draft.draft)
    at = content.release_at or visit.now
    found = await forecast(visit.tx, content, topics, visit.console.announcing.forecasts, now=at)
    words, called = ForecastWords(visit.console.translator, visit.language), await account_names(visit)
    lines = [(called.get(each.account, each.account), words.lines(each)) for each in found]
    return sum(each.reached for each in found), lines


async def try_it(visit: Visit) -> Redirect:
    """Have the card sent to whoever asks, marked as a test."""
    draft = await find_draft_to_change(visit)
    if draft.draft.lacks(visit.now):
        return Redirect(_preview(draft), "draft-lacks")
    is_asked = await ask_for_trial(
        visit.tx, draft.id, visit.session.account, visit.session.user, now=visit.now
    )
    return Redirect(_preview(draft), "draft-tried" if is_asked else "draft-no-chat")


async def propose(visit: Visit) -> Redirect:
    """Propose a draft to those who publish, or take that back."""
    draft = await find_draft_to_change(visit)
    proposed = visit.form.value("proposed") == "yes"
    if proposed and (notice := _hindrance(visit, draft)):
        return Redirect(_preview(draft), notice)
    done = await drafting.propose(visit.tx, draft, visit.actor, proposed=proposed, now=visit.now)
    notice = "draft-proposed" if proposed else "draft-taken-back"
    return Redirect(_preview(draft), notice if done else "draft-changed")


async def release(visit: Visit) -> Redirect:
    """Release a draft as it was shown: what has changed since is shown anew instead."""
    draft = await find_draft_to_change(visit)
    visit.require(Right.PUBLISH, *draft.draft.topics)
    if notice := _hindrance(visit, draft):
        return Redirect(_preview(draft), notice)
    topics = await _topics(visit, draft)
    if len(topics) < len(draft.draft.topics):
        return Redirect(_preview(draft), "draft-lacks")
    rules = visit.console.announcing.publishing
    article = await drafting.release(visit.tx, draft, topics, visit.actor, rules, now=visit.now)
    if article is None:
        return Redirect(_preview(draft), "draft-page-known")
    found = await publications.get(visit.tx, article)
    state = found.state if found else PublicationState.RELEASED
    return Redirect(f"/articles/{article}", f"announcement-{state}")


async def drop(visit: Visit) -> Redirect:
    draft = await find_draft_to_change(visit)
    await drafting.drop(visit.tx, draft, visit.actor, now=visit.now)
    return Redirect("/announcements", "draft-dropped")


def _hindrance(visit: Visit, draft: DeskDraft) -> str:
    """Return the notice of what keeps a draft from going on as it was seen; empty where nothing does."""
    if draft.draft.lacks(visit.now):
        return "draft-lacks"
    return "" if visit.form.value("seen") == draft.draft.mark else "draft-changed"


def _preview(draft: DeskDraft) -> str:
    return f"{DRAFTS}/{draft.id}/preview"


ROUTES = (
    shows(f"{DRAFTS}/{{draft}}/preview", Right.EDIT, show),
    acts("/announcements/try", Right.EDIT, try_it),
    acts("/announcements/propose", Right.EDIT, propose),
    acts("/announcements/release", Right.PUBLISH, release),
    acts("/announcements/drop", Right.EDIT, drop),
)
