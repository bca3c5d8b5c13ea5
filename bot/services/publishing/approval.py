"""Approving, scheduling, rejecting and putting back, each in one transaction with its audit line."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.desk.audit import SERVICE, Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.news.article import ArticleId
from bot.domain.publication.approval import Answer, Given, Voter, Waiting, answered, come_due, unanswered
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.domain.publication.rejection import may_put_back, put_back
from bot.store.articles import articles, revisits, search
from bot.store.engine.database import Transaction
from bot.store.outbox import outbox
from bot.store.publications import (
    announcements,
    approval_rules,
    approvals,
    publications,
    questions,
    rejections,
)
from bot.store.publications.approvals import ApprovalRequest
from bot.store.runtime import admins, audit

_ANSWERED = {
    Answer.APPROVE: AuditAction.PUBLICATION_APPROVED,
    Answer.REJECT: AuditAction.PUBLICATION_REJECTED,
    Answer.TAKE_BACK: AuditAction.PUBLICATION_TAKEN_BACK,
}


@dataclass(frozen=True, slots=True)
class Done:
    """What was done with a publication that waited, how it stands now, and for when it is scheduled; or for
    what reason it was rejected.
    """

    action: AuditAction
    state: PublicationState
    release_at: datetime | None = None
    reason: str = ""


_DUE = {
    PublicationState.RELEASED: AuditAction.PUBLICATION_RELEASED,
    PublicationState.SCHEDULED: AuditAction.PUBLICATION_APPROVED,
    PublicationState.REJECTED: AuditAction.PUBLICATION_REJECTED,
}


async def give(
    tx: Transaction, publication: PublicationId, given: Given, actor: Actor, *, now: datetime
) -> PublicationState | None:
    """Give an answer to the question whether *publication* may be released, and return its state then.

    It is AWAITING still where more persons must approve it. None says that the answer changes nothing: it was
    answered before, it waits no more, or it is not what was seen.
    """
    request = await approvals.to_change(tx, publication)
    voter = await _named(tx, voter_of(actor))
    new = answered(request.waiting, given, voter, now) if request else None
    if request is None or new is None:
        return None
    state = await settle(tx, request, new, now=now)
    if given.answer is not Answer.TAKE_BACK:
        await approvals.vote(tx, publication, voter, now, approves=given.answer is Answer.APPROVE)
    reason = given.reason if state is PublicationState.REJECTED else ""
    if state is PublicationState.REJECTED:
        await rejections.keep(tx, request, reason=reason, now=now)
    await _record(tx, request, actor, Done(_ANSWERED[given.answer], state, new.release_at, reason), now=now)
    return state


async def put_back_rejected(
    tx: Transaction, publication: PublicationId, actor: Actor, *, now: datetime
) -> PublicationState | None:
    """Have a publication that was rejected wait for approval again, and return its state.

    None says that it cannot be: it is not rejected, or was so too long ago, or nobody can be sent it any
    more, as an announcement whose time is over.
    """
    about, topic = publication.article, publication.topic
    await publications.lock(tx, about)
    found, rejection = await publications.get(tx, about), await rejections.get(tx, publication)
    is_rejected = found is not None and found.states.get(topic) is PublicationState.REJECTED
    if rejection is None or not is_rejected or not may_put_back(rejection.at, now):
        return None
    stored = await articles.get(tx, about)
    if stored is None or stored.withdrawn or await announcements.is_over(tx, about, now):
        return None
    rule = await approval_rules.rule_of(tx, topic)
    waiting = put_back(rejection.waiting, rule.approval)
    await rejections.forget(tx, publication)
    await approvals.ask_again(tx, publication, waiting, rejection.worth, now)
    named = {"title": stored.article.title, "topic": topic}
    act = Act(
        AuditAction.PUBLICATION_PUT_BACK,
        Subject(SubjectKind.ARTICLE, str(about)),
        before={**named, "state": PublicationState.REJECTED},
        after={"state": waiting.state},
    )
    await audit.record(tx, actor, act, now=now)
    return waiting.state


def voter_of(actor: Actor) -> Voter:
    """Return whoever acts as the one person that they are in a vote."""
    return Voter(actor.user, actor.account)


async def _named(tx: Transaction, voter: Voter) -> Voter:
    """Return who votes by the name that was written down about them, if there is one."""
    return replace(voter, name=await admins.name(tx, voter.account, voter.user) if voter.account else "")


async def ask_anew(tx: Transaction, article: ArticleId, actor: Actor = SERVICE, *, now: datetime) -> bool:
    """Ask once more about all of *article* that waits, since its words or photo are others now.

    Return whether any of it waits.
    """
    asked = await approvals.ask_anew(tx, article, now)
    for request in asked:
        done = Done(AuditAction.PUBLICATION_ASKED_ANEW, PublicationState.AWAITING)
        await _record(tx, request, actor, done, now=now)
    return bool(asked)


async def time_out(tx: Transaction, publication: PublicationId, *, now: datetime) -> PublicationState | None:
    """Do what is due with a publication: its time has come, or nobody has answered; None if nothing is."""
    request = await approvals.to_change(tx, publication)
    if request is None:
        return None
    waiting, answer_until = request.waiting, request.answer_until
    new = come_due(waiting, now)
    if new is None and answer_until is not None and answer_until <= now:
        new = unanswered(waiting, await approval_rules.rule_of(tx, publication.topic), now)
    if new is None:
        return None
    state = await settle(tx, request, new, now=now)
    if state is waiting.state:
        await questions.ask_again(tx, publication)
    else:
        if state is PublicationState.REJECTED:
            await rejections.keep(tx, request, now=now)
        await _record(tx, request, SERVICE, Done(_DUE[new.state], state, new.release_at), now=now)
    return state


async def drop(tx: Transaction, article: ArticleId, *, now: datetime) -> None:
    """Reject what of *article* still waits, since nobody can be sent it any more."""
    await publications.lock(tx, article)
    for request in await approvals.of_article(tx, article):
        state = await settle(tx, request, replace(request.waiting, state=PublicationState.REJECTED), now=now)
        await _record(tx, request, SERVICE, Done(AuditAction.PUBLICATION_REJECTED, state), now=now)


async def settle(
    tx: Transaction, request: ApprovalRequest, new: Waiting, *, now: datetime
) -> PublicationState:
    """Let a publication stand as *new* says; if it is released, whoever subscribes now is owed it."""
    state = await approvals.keep(tx, request, new, now)
    if new.state is not PublicationState.RELEASED:
        return state
    about, worth = request.publication, request.worth
    await search.index(tx, about.article)
    await revisits.count_from(tx, about.article, now)
    if worth.owed:
        fanout = outbox.NewFanout(
            article=about.article,
            topic=about.topic,
            urgent=worth.urgent,
            due_at=now,
            expires_at=now + worth.lasts,
        )
        await outbox.enqueue(tx, fanout, now=now)
    return state


async def _record(
    tx: Transaction, request: ApprovalRequest, actor: Actor, done: Done, *, now: datetime
) -> None:
    waiting, about = request.waiting, request.publication
    before = {"state": waiting.state, "release_at": _written(waiting.release_at)}
    after = {"state": done.state, "release_at": _written(done.release_at)}
    if done.reason:
        after["reason"] = done.reason
    act = Act(
        done.action,
        Subject(SubjectKind.ARTICLE, str(about.article)),
        before={"title": request.title, "topic": about.topic, **before},
        after=after,
    )
    await audit.record(tx, actor, act, now=now)


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
