"""What follows when an article has come into a topic: it is asked about, or owed at once."""

from datetime import datetime

from bot.domain.chats.chat import TopicId
from bot.domain.publication.publication import PublicationId
from bot.store.articles.articles import SavedArticle
from bot.store.engine.database import Transaction
from bot.store.outbox import outbox
from bot.store.outbox.plan import FilterCache
from bot.store.publications import approvals
from bot.store.publications.approvals import Worth


async def follow(
    tx: Transaction,
    saved: SavedArticle,
    topic: TopicId,
    worth: Worth,
    *,
    now: datetime,
    planner: FilterCache | None = None,
) -> None:
    """Ask for the approval of what awaits it in *topic*; owe what is released there to its subscribers.

    What was in the topic before is left alone.
    """
    if saved.awaits:
        await approvals.ask(tx, PublicationId(saved.id, topic), worth, now)
    elif saved.is_owed and worth.owed:
        fanout = outbox.NewFanout(
            article=saved.id, topic=topic, urgent=worth.urgent, due_at=now, expires_at=now + worth.lasts
        )
        await outbox.enqueue(tx, fanout, now=now, planner=planner)
