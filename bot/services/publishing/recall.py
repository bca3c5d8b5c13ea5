"""Taking back an article: its messages are deleted, or say so."""

from datetime import datetime, timedelta

from bot.domain.news.article import ArticleId
from bot.store.articles import articles, revisits
from bot.store.engine.database import Transaction
from bot.store.outbox import outbox

TRIED_FOR = timedelta(days=1)


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
