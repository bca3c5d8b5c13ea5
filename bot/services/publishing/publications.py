"""Stopping, resuming and recalling an article, each in one transaction with its effect and its audit line."""

from datetime import datetime, timedelta

from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationState, Step, after
from bot.store.articles import articles, revisits, search
from bot.store.engine.database import Transaction
from bot.store.outbox import outbox
from bot.store.publications import pauses, publications
from bot.store.runtime import audit

TRIED_FOR = timedelta(days=1)
"""How long it is tried to take back what was sent."""

_ACTIONS = {
    Step.STOP: AuditAction.PUBLICATION_STOPPED,
    Step.RESUME: AuditAction.PUBLICATION_RESUMED,
    Step.RECALL: AuditAction.PUBLICATION_RECALLED,
}


async def take_step(
    tx: Transaction,
    article: ArticleId,
    step: Step,
    actor: Actor,
    *,
    now: datetime,
    automatic: bool = False,
) -> PublicationState | None:
    """Do with all publications of *article* what *step* says, and return their state then.

    None says that it cannot be done: it was done before, or there is no such article in any topic.
    *automatic* is a stop that the service makes by itself.
    """
    state = await publications.state_to_change(tx, article)
    new = after(state, step) if state else None
    if state is None or new is None:
        return None
    stored = await articles.get(tx, article)
    named = {"title": stored.article.title, "url": stored.article.url} if stored else {}
    stopped = pauses.stops(article)
    match step:
        case Step.STOP:
            await pauses.begin(tx, stopped, now, automatic=automatic)
        case Step.RESUME | Step.RECALL:
            await pauses.end(tx, stopped, now)
    if step is Step.RECALL:
        await take_back(tx, article, now=now)
    else:
        await publications.set_state(tx, article, new, now)
        await search.index(tx, article)
    about = Subject(SubjectKind.ARTICLE, str(article))
    act = Act(_ACTIONS[step], about, before={**named, "state": state}, after={"state": new})
    await audit.record(tx, actor, act, now=now)
    return new


async def take_back(tx: Transaction, article: ArticleId, *, now: datetime) -> None:
    """Recall the publications of *article*, and owe to every chat that has it that it is taken back.

    What is still owed of it ends when it comes up to be claimed.
    """
    revision = await revisits.withdraw(tx, article, now)
    stored = await articles.get(tx, article)
    if revision is None or stored is None:
        return
    await outbox.enqueue(
        tx,
        outbox.NewFanout(
            article=article,
            topic=stored.topics[0],
            revision=revision,
            due_at=now,
            expires_at=now + TRIED_FOR,
        ),
        now=now,
    )
