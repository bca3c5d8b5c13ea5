"""The source of an edited article has changed: what is out takes that over only if somebody says so."""

from datetime import datetime, timedelta

from bot.domain.desk.audit import Actor, AuditAction
from bot.domain.news.article import ArticleId
from bot.domain.publication.editing import SourceText
from bot.services.publishing.approval import ask_anew
from bot.services.publishing.editing import act_on, words_of
from bot.store.articles import articles, source_texts
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Transaction
from bot.store.outbox import outbox
from bot.store.publications import publications
from bot.store.runtime import audit


async def take(
    tx: Transaction, article: ArticleId, version: int, actor: Actor, *, lasts: timedelta, now: datetime
) -> bool:
    """Let an article that is out say what its source says now, in that *version*, as a correction.

    It is worth delivering for as long as it *lasts*. Return False where that was decided before, or is
    about something that has changed since.
    """
    found = await _undecided(tx, article, version)
    if found is None:
        return False
    stored, source = found
    page, revision = source.within(stored.article), stored.revision + 1
    await ask_anew(tx, article, actor, now=now)
    await articles.reword(tx, stored, page, source.photo_key, revision=revision, now=now)
    await source_texts.forget(tx, article)
    before, after = words_of(stored.article, stored.photo_key), words_of(page, source.photo_key)
    await audit.record(tx, actor, act_on(stored, AuditAction.SOURCE_TAKEN, before, after), now=now)
    owed = outbox.NewFanout(
        article=article, topic=stored.topics[0], revision=revision, due_at=now, expires_at=now + lasts
    )
    await outbox.enqueue(tx, owed, now=now)
    return True


async def leave(tx: Transaction, article: ArticleId, version: int, actor: Actor, *, now: datetime) -> bool:
    """Leave an article that is out as it was edited; return as `take` does."""
    found = await _undecided(tx, article, version)
    if found is None:
        return False
    stored, _ = found
    await source_texts.decide(tx, article)
    await audit.record(tx, actor, act_on(stored, AuditAction.SOURCE_LEFT, {}, {}), now=now)
    return True


async def _undecided(
    tx: Transaction, article: ArticleId, version: int
) -> tuple[StoredArticle, SourceText] | None:
    await publications.lock(tx, article)
    stored, source = await articles.get(tx, article), await source_texts.get(tx, article)
    if stored is None or source is None or stored.withdrawn or not stored.topics:
        return None
    return (stored, source) if source.undecided and source.version == version else None
