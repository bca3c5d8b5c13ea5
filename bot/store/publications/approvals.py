"""What waits for approval or for its time: how each publication stands, and who has answered."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, TopicId
from bot.domain.desk.approval_rule import NO_APPROVAL, Approval
from bot.domain.news.article import ArticleId
from bot.domain.publication.approval import Voter, Waiting, asked_anew
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.store.publications import publications
from bot.store.publications.approval_rules import rule_of
from bot.store.schema import admins, approval_questions, approvals, articles, owner_names
from bot.store.schema import approval_requests as table
from bot.store.schema import publications as in_topics


@dataclass(frozen=True, slots=True)
class Worth:
    """How a publication goes out once it is released: whether it is *owed* to anybody, and *urgent*; and how
    long after its release it *lasts*.
    """

    owed: bool
    urgent: bool
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class ApprovalRequest:
    """A publication that waits since *since*. *answer_until* is None where nobody is asked to answer."""

    publication: PublicationId
    title: str
    waiting: Waiting
    worth: Worth
    since: datetime
    answer_until: datetime | None

    @property
    def is_asked_about(self) -> bool:
        return self.waiting.state is PublicationState.AWAITING and self.worth.owed


@dataclass(frozen=True, slots=True)
class Vote:
    """What a person has said about a publication."""

    voter: Voter
    approves: bool
    at: datetime


async def schedule(
    tx: AsyncConnection, publication: PublicationId, worth: Worth, release_at: datetime, now: datetime
) -> None:
    """Have a publication that has just come into its topic released at that time; if it awaits its approval,
    once it is approved as well.
    """
    found = await get(tx, publication)
    if found is None:
        await publications.set_waiting_state(tx, publication, PublicationState.SCHEDULED, now)
        await tx.execute(insert(table).values(_row(publication, worth, NO_APPROVAL.approval, now)))
    concerned = update(table).where(_is_of(publication))
    await tx.execute(concerned.values(release_at=release_at))


async def ask(tx: AsyncConnection, publication: PublicationId, worth: Worth, now: datetime) -> None:
    """Ask for the approval of a publication that awaits it.

    About one that is owed to nobody, which only readers would find, nobody is asked: it is listed.
    """
    rule = await rule_of(tx, publication.topic)
    row = _row(publication, worth, rule.approval, now)
    row["answer_until"] = now + rule.after if worth.owed else None
    await tx.execute(insert(table).values(row))


async def ask_again(
    tx: AsyncConnection, publication: PublicationId, waiting: Waiting, worth: Worth, now: datetime
) -> None:
    """Ask for the approval of a publication that waited before, and stands as *waiting* says.

    What was said about it then is forgotten.
    """
    await tx.execute(delete(approvals).where(_votes_on(publication)))
    is_asked = worth.owed and waiting.state is PublicationState.AWAITING
    row = _row(publication, worth, waiting.approval, now) | {
        "round": waiting.round,
        "release_at": waiting.release_at,
        "answer_until": now + (await rule_of(tx, publication.topic)).after if is_asked else None,
    }
    await tx.execute(insert(table).values(row))
    await publications.set_waiting_state(tx, publication, waiting.state, now)


def _row(publication: PublicationId, worth: Worth, approval: Approval, now: datetime) -> dict[str, Any]:
    return {
        "article_id": publication.article,
        "topic_id": publication.topic,
        "approval": approval,
        "round": 1,
        "owed": worth.owed,
        "urgent": worth.urgent,
        "lasts_seconds": int(worth.lasts.total_seconds()),
        "created_at": now,
    }


async def ask_anew(tx: AsyncConnection, article: ArticleId, now: datetime) -> tuple[ApprovalRequest, ...]:
    """Have everything of *article* that waits asked about once more, since its card says something else.

    Return how it stood before.
    """
    await publications.lock(tx, article)
    before = _requests(await tx.execute(_REQUESTS.where(table.c.article_id == article)))
    for request in before:
        await keep(tx, request, asked_anew(request.waiting), now)
    return before


async def set_urgent(tx: AsyncConnection, article: ArticleId, *, urgent: bool) -> None:
    """Have whatever of *article* waits go out as urgent news, or not."""
    await tx.execute(update(table).where(table.c.article_id == article).values(urgent=urgent))


async def to_change(tx: AsyncConnection, publication: PublicationId) -> ApprovalRequest | None:
    """Return how a publication stands that waits; nobody else changes that before this transaction ends."""
    await publications.lock(tx, publication.article)
    return await get(tx, publication)


async def get(tx: AsyncConnection, publication: PublicationId) -> ApprovalRequest | None:
    """Return how a publication stands that waits; None if it does not."""
    found = _requests(await tx.execute(_REQUESTS.where(_is_of(publication))))
    if not found:
        return None
    (request,) = await _with_voters(tx, found)
    return request


async def of_article(tx: AsyncConnection, article: ArticleId) -> tuple[ApprovalRequest, ...]:
    """Return what of *article* waits."""
    found = _REQUESTS.where(table.c.article_id == article).order_by(table.c.topic_id)
    return await _with_voters(tx, _requests(await tx.execute(found)))


async def waiting(
    tx: AsyncConnection,
    *,
    topics: Collection[TopicId] | None,
    state: PublicationState | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[ApprovalRequest, ...]:
    """Return what waits in any of *topics* (None: in all), in a *state* or in any.

    What is asked about comes first, then what waits for its time, and last what nobody is owed.
    """
    kinds = table.c.answer_until.is_(None), table.c.release_at.is_(None)
    order = (*kinds, table.c.created_at, table.c.article_id, table.c.topic_id)
    query = _REQUESTS.order_by(*order).limit(limit).offset(offset)
    if topics is not None:
        query = query.where(table.c.topic_id.in_(topics))
    if state is not None:
        query = query.where(in_topics.c.state == state)
    return await _with_voters(tx, _requests(await tx.execute(query)))


async def due(tx: AsyncConnection, now: datetime, *, limit: int) -> tuple[PublicationId, ...]:
    """Return the publications whose time has come, or that nobody has answered in time: first the first."""
    is_scheduled = in_topics.c.state == PublicationState.SCHEDULED
    query = (
        select(table.c.article_id, table.c.topic_id)
        .join_from(table, in_topics, _JOINED)
        # Said twice, so that each index finds what little is due.
        .where(or_(table.c.release_at <= now, table.c.answer_until <= now))
        .where(or_(is_scheduled, table.c.answer_until <= now))
        .order_by(func.coalesce(table.c.answer_until, table.c.release_at), table.c.article_id)
        .limit(limit)
    )
    return tuple(
        PublicationId(ArticleId(article), TopicId(topic)) for article, topic in await tx.execute(query)
    )


async def keep(
    tx: AsyncConnection, request: ApprovalRequest, new: Waiting, now: datetime
) -> PublicationState:
    """Let a publication stand as *new* says, and return its state; what does not wait any more is closed.

    Votes that are not among those of *new* are forgotten.
    """
    about = request.publication
    match new.state:
        case PublicationState.RELEASED:
            await close(tx, about.article, about.topic)
            return await publications.release(tx, about, now)
        case PublicationState.REJECTED:
            await close(tx, about.article, about.topic)
        case _:
            if not new.voters:
                await tx.execute(delete(approvals).where(_votes_on(about)))
            is_asked = request.worth.owed and new.state is PublicationState.AWAITING
            after = (await rule_of(tx, about.topic)).after
            values = {
                "round": new.round,
                "release_at": new.release_at,
                "answer_until": now + after if is_asked else None,
            }
            await tx.execute(update(table).where(_is_of(about)).values(values))
    await publications.set_waiting_state(tx, about, new.state, now)
    return new.state


async def vote(
    tx: AsyncConnection, publication: PublicationId, voter: Voter, now: datetime, *, approves: bool
) -> None:
    """Write down what *voter* says, in place of what they said before."""
    await tx.execute(delete(approvals).where(_votes_on(publication), _cast_by(voter)))
    row = {
        "article_id": publication.article,
        "topic_id": publication.topic,
        "account_id": voter.account or "",
        "user_id": voter.user,
        "approves": approves,
        "at": now,
    }
    await tx.execute(insert(approvals).values(row))


async def votes(tx: AsyncConnection, publication: PublicationId) -> tuple[Vote, ...]:
    """Return who has said what about a publication, in the order in which they did."""
    query = select(approvals).where(_votes_on(publication)).order_by(approvals.c.at, approvals.c.user_id)
    return tuple(Vote(_voter(row), row.approves, row.at) for row in await tx.execute(query))


async def close(tx: AsyncConnection, article: ArticleId, topic: TopicId | None = None) -> None:
    """Ask no more about *article* in *topic*, or in any topic."""
    closed = delete(table).where(table.c.article_id == article)
    await tx.execute(closed if topic is None else closed.where(table.c.topic_id == topic))


def is_waiting(article: ColumnElement[int]) -> ColumnElement[bool]:
    """Return the condition that *article* waits to be released in a topic."""
    return exists().where(table.c.article_id == article)


_JOINED = and_(in_topics.c.article_id == table.c.article_id, in_topics.c.topic_id == table.c.topic_id)

_REQUESTS: Select[Any] = (
    select(table, in_topics.c.state, articles.c.title)
    .join_from(table, in_topics, _JOINED)
    .join(articles, articles.c.id == table.c.article_id)
)


def _is_of(publication: PublicationId) -> ColumnElement[bool]:
    return and_(table.c.article_id == publication.article, table.c.topic_id == publication.topic)


def _votes_on(publication: PublicationId) -> ColumnElement[bool]:
    return and_(approvals.c.article_id == publication.article, approvals.c.topic_id == publication.topic)


def _cast_by(voter: Voter) -> ColumnElement[bool]:
    return and_(approvals.c.account_id == (voter.account or ""), approvals.c.user_id == voter.user)


def _voter(row: Any) -> Voter:
    return Voter(row.user_id, AccountId(row.account_id) if row.account_id else None)


def _requests(rows: Any) -> tuple[ApprovalRequest, ...]:
    return tuple(
        ApprovalRequest(
            publication=PublicationId(ArticleId(row.article_id), TopicId(row.topic_id)),
            title=row.title,
            waiting=Waiting(
                state=PublicationState(row.state),
                approval=Approval(row.approval),
                round=row.round,
                release_at=row.release_at,
            ),
            worth=Worth(row.owed, row.urgent, timedelta(seconds=row.lasts_seconds)),
            since=row.created_at,
            answer_until=row.answer_until,
        )
        for row in rows
    )


async def _with_voters(
    tx: AsyncConnection, requests: tuple[ApprovalRequest, ...]
) -> tuple[ApprovalRequest, ...]:
    """Return *requests* with those who have approved them."""
    ids = {request.publication.article for request in requests}
    theirs = and_(admins.c.account_id == approvals.c.account_id, admins.c.user_id == approvals.c.user_id)
    owners = and_(
        approvals.c.account_id.startswith(owner_names.c.platform + ":"),
        owner_names.c.user_id == approvals.c.user_id,
    )
    query = (
        select(approvals, func.coalesce(owner_names.c.name, admins.c.note).label("name"))
        .outerjoin_from(approvals, admins, theirs)
        .outerjoin(owner_names, owners)
        .where(approvals.c.article_id.in_(ids), approvals.c.approves)
    )
    voters: dict[PublicationId, set[Voter]] = {}
    for row in await tx.execute(query):
        named = replace(_voter(row), name=row.name or "")
        voters.setdefault(PublicationId(row.article_id, row.topic_id), set()).add(named)
    return tuple(
        replace(
            request, waiting=replace(request.waiting, voters=frozenset(voters.get(request.publication, ())))
        )
        for request in requests
    )


async def of_person(tx: AsyncConnection, account: AccountId, user: str) -> tuple[int, int]:
    """Return how many of somebody's votes are kept, and how many questions they have in their chat."""
    counts = [
        select(func.count()).where(theirs.c.account_id == account, theirs.c.user_id == user)
        for theirs in (approvals, approval_questions)
    ]
    votes, questions = [(await tx.execute(count)).scalar_one() for count in counts]
    return votes, questions
