"""Editing what waits to be released, wherever it waits: each edit is approved anew."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from bot.domain.chats.chat import TopicId
from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind, Values, changes
from bot.domain.news.article import Article, ArticleId
from bot.domain.publication.editing import Edit, SourceText
from bot.domain.publication.moving import Move, RejectedThereError
from bot.services.publishing import moving
from bot.store.articles import articles, source_texts
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Transaction
from bot.store.publications import approvals, publications
from bot.store.publications.approvals import ApprovalRequest
from bot.store.runtime import audit


class Edited(StrEnum):
    """What became of an edit. It is OUT where the article is released in another topic: what was sent is
    corrected by its source alone. It was REJECTED in a topic that it was to be moved to.
    """

    DONE = "done"
    SAME = "same"
    OUT = "out"
    REJECTED = "rejected"
    GONE = "gone"


async def topics_of(tx: Transaction, article: ArticleId) -> tuple[TopicId, ...]:
    """Return the topics in which *article* waits, all of which an edit concerns."""
    return tuple(each.publication.topic for each in await approvals.of_article(tx, article))


async def topics_to_change(tx: Transaction, article: ArticleId) -> tuple[TopicId, ...]:
    """Return the topics in which *article* waits; nobody else moves it before this transaction ends."""
    await publications.lock(tx, article)
    return await topics_of(tx, article)


async def edit(
    tx: Transaction,
    article: ArticleId,
    wanted: Edit,
    actor: Actor,
    *,
    seen: int | None = None,
    now: datetime,
) -> Edited:
    """Edit what waits of *article*, and have it approved anew; move it into other topics, if that is wanted.

    What the source says is kept beside it from the first edit on. *seen* is a round of asking that whoever
    edits has seen, if that matters.
    """
    await publications.lock(tx, article)
    requests, stored = await approvals.of_article(tx, article), await articles.get(tx, article)
    if stored is None or not requests or seen not in (None, *(each.waiting.round for each in requests)):
        return Edited.GONE
    if stored.topics:
        return Edited.OUT
    urgent = _is_urgent(requests) if wanted.urgent is None else wanted.urgent
    waits = [each.publication.topic for each in requests]
    topics = waits if wanted.topics is None else list(wanted.topics)
    try:
        move = await moving.planned(tx, article, topics)
    except RejectedThereError:
        return Edited.REJECTED
    before = _values(stored.article, stored.photo_key, urgent=_is_urgent(requests), topics=waits)
    after = _values(
        wanted.applied(stored.article), wanted.photo_key(stored.photo_key), urgent=urgent, topics=topics
    )
    if before == after:
        return Edited.SAME
    await _reword(tx, stored, wanted, now)
    if wanted.urgent is not None:
        await approvals.set_urgent(tx, article, urgent=urgent)
    await _ask_anew(tx, requests, move, actor, urgent=urgent, now=now)
    act = act_on(stored, AuditAction.PUBLICATION_EDITED, before, after)
    await audit.record(tx, actor, act, now=now)
    return Edited.DONE


def _values(article: Article, photo_key: str | None, *, urgent: bool, topics: Sequence[TopicId]) -> Values:
    return {**words_of(article, photo_key), "urgent": urgent, "topics": ", ".join(topics)}


async def _reword(tx: Transaction, stored: StoredArticle, wanted: Edit, now: datetime) -> None:
    """Keep the words and the lead photo that are *wanted*, if they differ, and what the source says."""
    edited, key = wanted.applied(stored.article), wanted.photo_key(stored.photo_key)
    if (edited, key) == (stored.article, stored.photo_key):
        return
    if wanted.photo:
        await articles.save_photo(tx, wanted.photo, now=now)
    await source_texts.keep(tx, stored.id, SourceText.of(stored.article, stored.photo_key))
    await articles.reword(tx, stored, edited, key, revision=stored.revision, now=now)


async def _ask_anew(
    tx: Transaction,
    requests: Sequence[ApprovalRequest],
    move: Move,
    actor: Actor,
    *,
    urgent: bool,
    now: datetime,
) -> None:
    """Have what waits approved anew, once it has left topics and entered others as *move* says."""
    await moving.leave(tx, [each for each in requests if each.publication.topic in move.left], actor, now=now)
    await approvals.ask_anew(tx, requests[0].publication.article, now)
    await moving.enter(tx, move.entered, requests, urgent=urgent, now=now)


async def restore(tx: Transaction, article: ArticleId, actor: Actor, *, now: datetime) -> Edited:
    """Let what waits of *article* say what its source says, and have that approved anew."""
    await publications.lock(tx, article)
    stored, source = await articles.get(tx, article), await source_texts.get(tx, article)
    if stored is None or not await approvals.of_article(tx, article):
        return Edited.GONE
    if stored.topics:
        return Edited.OUT
    if source is None:
        return Edited.SAME
    original = source.within(stored.article)
    await articles.reword(tx, stored, original, source.photo_key, revision=stored.revision, now=now)
    await source_texts.forget(tx, article)
    await approvals.ask_anew(tx, article, now)
    before, after = words_of(stored.article, stored.photo_key), words_of(original, source.photo_key)
    await audit.record(tx, actor, act_on(stored, AuditAction.SOURCE_RESTORED, before, after), now=now)
    return Edited.DONE


def words_of(article: Article, photo_key: str | None) -> Values:
    """Return what is edited of an article, as the audit log has it."""
    lead = article.photos[0].url if article.photos else photo_key
    return {"headline": article.title, "summary": article.summary, "lead_photo": lead if photo_key else None}


def act_on(stored: StoredArticle, action: AuditAction, before: Values, after: Values) -> Act:
    """Return what was done to the words of an article, which is named by the title that it had."""
    changed, into = changes(before, after)
    about = Subject(SubjectKind.ARTICLE, str(stored.id))
    return Act(action, about, {"title": stored.article.title, **changed}, into)


def _is_urgent(requests: Sequence[ApprovalRequest]) -> bool:
    return any(each.worth.urgent for each in requests)
