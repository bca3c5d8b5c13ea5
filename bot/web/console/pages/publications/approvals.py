"""Approvals: what waits to be released, beside its source, and approving, scheduling and rejecting it."""

from datetime import datetime, timedelta
from urllib.parse import quote

from bot.domain.chats.chat import TopicId
from bot.domain.clock import VIETNAM
from bot.domain.desk.roles import Right
from bot.domain.publication.approval import LONGEST_AHEAD, Answer, Given, may_release_at
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.domain.publication.rejection import LONGEST_REASON, ReasonTooLongError, reason_of
from bot.services.publishing.approval import give, put_back_rejected, voter_of
from bot.services.publishing.editing import topics_of
from bot.services.publishing.standing import ApprovalStanding, standing
from bot.services.publishing.standing_words import Speech, how_it_stands
from bot.store.publications import approvals
from bot.web.console.cards import cards_of
from bot.web.console.names import topic_names
from bot.web.console.routes import acts, shows
from bot.web.console.visit import PageView, Redirect, Refusal, Visit, article_number, gone

SHOWN = 20
_MOST_PAGES = 5_000
_SOON = timedelta(hours=1)


async def show(visit: Visit) -> PageView:
    """List what waits in the topics of whoever is signed in, in the order in which the chat lists it."""
    page = visit.query.number("page", at_least=1, at_most=_MOST_PAGES)
    start = (page - 1) * SHOWN
    found = await approvals.waiting(visit.tx, topics=visit.seen, limit=SHOWN + 1, offset=start)
    values = {
        "waiting": found[:SHOWN],
        "page": page,
        "has_more": len(found) > SHOWN,
        "topics": await topic_names(visit),
        "path_of": _path,
    }
    return PageView("approvals.html", values)


async def show_one(visit: Visit) -> PageView:
    """Show what waits as it will look and as its source has it, or how it was decided about."""
    about = PublicationId(article_number(visit.arguments["article"]), TopicId(visit.arguments["topic"]))
    stands = await _find(visit, about)
    waiting = stands.request.waiting if stands.request else None
    values = {
        "stands": stands,
        "stored": stands.stored,
        "how": how_it_stands(stands, Speech(visit.console.translator, visit.language)),
        "waiting": waiting,
        "is_scheduled": stands.state is PublicationState.SCHEDULED,
        "decides": visit.may(Right.PUBLISH, about.topic),
        "edits": waiting is not None and await _may_edit(visit, stands),
        "source": stands.source,
        "may_put_back": stands.may_put_back(visit.now),
        "longest_reason": LONGEST_REASON,
        "has_voted": waiting is not None and voter_of(visit.actor) in waiting.voters,
        "cards": await cards_of(visit, stands.stored, stands.topic),
        "at": _local((waiting and waiting.release_at) or visit.now + _SOON),
        "earliest": _local(visit.now),
        "latest": _local(visit.now + LONGEST_AHEAD),
    }
    return PageView("approval.html", values)


async def answer(visit: Visit) -> Redirect:
    """Give an answer; who comes second, or has seen something else, learns how it stands."""
    about = PublicationId(article_number(visit.form.value("article")), TopicId(visit.form.value("topic")))
    visit.require(Right.PUBLISH, about.topic)
    await _find(visit, about)
    try:
        given = _given(visit)
    except ReasonTooLongError:
        return Redirect(_path(about), "reason-too-long")
    if given is None:
        return Redirect(_path(about), "release-time")
    state = await give(visit.tx, about, given, visit.actor, now=visit.now)
    return Redirect(_path(about), f"approval-{state}" if state else "article-changed")


async def put_back(visit: Visit) -> Redirect:
    """Have what was rejected wait again."""
    about = PublicationId(article_number(visit.form.value("article")), TopicId(visit.form.value("topic")))
    visit.require(Right.PUBLISH, about.topic)
    await _find(visit, about)
    done = await put_back_rejected(visit.tx, about, visit.actor, now=visit.now)
    return Redirect(_path(about), "put-back" if done else "article-changed")


def _given(visit: Visit) -> Given | None:
    """Return what was answered; None where it is to be released at a time that cannot be.

    Raises ReasonTooLongError.
    """
    named, seen = visit.form.value("answer"), visit.form.number("round")
    if named not in set(Answer):
        raise Refusal(400, "console-no-form")
    if visit.form.value("when") != "later":
        reason = reason_of(visit.form.value("reason")) if named == Answer.REJECT else ""
        return Given(Answer(named), round=seen, reason=reason)
    at = visit.form.moment("at")
    return Given(Answer.APPROVE, at, seen) if at and may_release_at(at, visit.now) else None


async def _may_edit(visit: Visit, stands: ApprovalStanding) -> bool:
    """Return whether they may edit what waits: that concerns every topic in which it does."""
    is_in = await topics_of(visit.tx, stands.stored.id)
    return not stands.stored.topics and visit.may(Right.EDIT, *is_in)


async def _find(visit: Visit, about: PublicationId) -> ApprovalStanding:
    visit.require(Right.EDIT, about.topic)
    stands = await standing(visit.tx, about)
    if stands is None:
        raise gone()
    return stands


def _path(about: PublicationId) -> str:
    return f"/approvals/{about.article}/{quote(about.topic, safe='')}"


def _local(at: datetime) -> str:
    """Return *at* as fields for a local time have it."""
    return at.astimezone(VIETNAM).strftime("%Y-%m-%dT%H:%M")


ROUTES = (
    shows("/approvals", Right.EDIT, show),
    shows("/approvals/{article}/{topic}", Right.EDIT, show_one),
    acts("/approvals/answer", Right.PUBLISH, answer),
    acts("/approvals/put-back", Right.PUBLISH, put_back),
)
