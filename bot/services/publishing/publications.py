"""Stopping, resuming and recalling an article, each in one transaction with its effect and its audit line."""

from datetime import datetime

from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationState, Step, after
from bot.services.publishing.recall import take_back
from bot.store.articles import articles, search
from bot.store.engine.database import Transaction
from bot.store.publications import pauses, publications
from bot.store.runtime import audit

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
