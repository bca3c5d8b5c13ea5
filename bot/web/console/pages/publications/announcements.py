"""Announcements: what is being written, and what of it is scheduled, out and over."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.desk.roles import Right
from bot.domain.publication.publication import PublicationState
from bot.services.announcing import drafting
from bot.services.publishing.announcements import end_early
from bot.store.publications import announcements, desk_drafts, publications
from bot.web.console.names import person_name, topic_names
from bot.web.console.pages.publications.drafts import DRAFTS, offered
from bot.web.console.pages.publications.seen import as_seen, find_publication
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Visit, article_number, gone

SHOWN = 20
_MOST_PAGES = 500


class AnnouncementsView(StrEnum):
    """What is listed: drafts, or what was released and stands in some way now."""

    DRAFTS = "drafts"
    SCHEDULED = "scheduled"
    RELEASED = "released"
    ENDED = "ended"


_STATES: Mapping[AnnouncementsView, tuple[PublicationState, ...]] = {
    AnnouncementsView.SCHEDULED: (PublicationState.AWAITING, PublicationState.SCHEDULED),
    AnnouncementsView.RELEASED: (PublicationState.RELEASED, PublicationState.STOPPED),
    AnnouncementsView.ENDED: (
        PublicationState.ENDED,
        PublicationState.RECALLED,
        PublicationState.REJECTED,
    ),
}


async def show(visit: Visit) -> PageView:
    """List the drafts that are open to whoever is signed in, or what has become of others."""
    named = visit.query.value("show")
    view = AnnouncementsView(named) if named in set(AnnouncementsView) else AnnouncementsView.DRAFTS
    values = {
        "view": view,
        "views": list(AnnouncementsView),
        "topics": await topic_names(visit),
        "drafts_path": DRAFTS,
    }
    if view is AnnouncementsView.DRAFTS:
        return PageView("announcements.html", {**values, **await _drafts(visit)})
    return PageView("announcements.html", {**values, **await _released(visit, view)})


async def _drafts(visit: Visit) -> dict[str, object]:
    person = visit.session.account, visit.session.user
    found = [each for each in await desk_drafts.every(visit.tx) if each.is_open_to(*person, visit.authority)]
    authors = {(each.account, each.user) for each in found}
    names = {each: await person_name(visit, *each) for each in authors}
    return {"drafts": found, "authors": names, "person": person}


async def _released(visit: Visit, view: AnnouncementsView) -> dict[str, object]:
    page = visit.query.number("page", at_least=1, at_most=_MOST_PAGES)
    ids = await announcements.newest(
        visit.tx, _STATES[view], topics=visit.seen, limit=SHOWN + 1, offset=(page - 1) * SHOWN
    )
    found = [as_seen(visit, each) for each in await publications.many(visit.tx, ids[:SHOWN])]
    known = {each.article: await announcements.get(visit.tx, each.article) for each in found}
    return {"found": found, "known": known, "page": page, "has_more": len(ids) > SHOWN}


async def begin(visit: Visit) -> Redirect:
    draft = await drafting.begin(
        visit.tx, visit.session.account, visit.session.user, await offered(visit), now=visit.now
    )
    if draft is None:
        return Redirect("/announcements", "draft-too-many")
    return Redirect(f"{DRAFTS}/{draft}")


async def end(visit: Visit) -> Redirect:
    """End an announcement before its time; who comes second learns how it stands."""
    article = article_number(visit.form.value("article"))
    publication = await find_publication(visit, article)
    if await announcements.get(visit.tx, article) is None:
        raise gone()
    visit.require(Right.PUBLISH, *publication.topics)
    ended = await end_early(visit.tx, article, visit.actor, now=visit.now)
    return Redirect(f"/articles/{article}", "announcement-ended" if ended else "article-changed")


ROUTES = (
    shows("/announcements", Right.EDIT, show),
    acts("/announcements/begin", Right.EDIT, begin),
    acts("/announcements/end", Right.PUBLISH, end),
)
