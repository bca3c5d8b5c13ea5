"""Withdrawing an article that the agency took down: its messages are deleted, or say so."""

from datetime import datetime, timedelta

from bot.store.articles import revisits
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Transaction
from bot.store.outbox import outbox

TRIED_FOR = timedelta(days=1)


async def withdraw(tx: Transaction, article: StoredArticle, *, now: datetime) -> bool:
    """Owe the withdrawal of *article* to every chat that has it; False if it was withdrawn before."""
    revision = await revisits.withdraw(tx, article.id, now)
    if revision is None:
        return False
    await outbox.enqueue(
        tx,
        outbox.NewFanout(
            article=article.id,
            topic=article.topics[0],
            revision=revision,
            due_at=now,
            expires_at=now + TRIED_FOR,
        ),
        now=now,
    )
    return True
