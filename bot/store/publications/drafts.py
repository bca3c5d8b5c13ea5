"""Announcements that are being written: one in each chat of somebody who manages the bot."""

from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId, TopicId
from bot.domain.news.article import Attachment
from bot.domain.publication.announcement import AtEnd, Draft
from bot.store.engine.dialect import insert
from bot.store.schema import announcement_drafts as table


async def of(tx: AsyncConnection, chat: ChatId) -> Draft | None:
    """Return what is being written in *chat*, if anything is."""
    row = (await tx.execute(select(table).where(table.c.chat_id == chat))).first()
    return draft_of(row) if row else None


async def to_change(tx: AsyncConnection, chat: ChatId) -> Draft | None:
    """Return what is being written in *chat*, if anything is. Nobody else changes it meanwhile."""
    row = (await tx.execute(select(table).where(table.c.chat_id == chat).with_for_update())).first()
    return draft_of(row) if row else None


async def keep(tx: AsyncConnection, chat: ChatId, draft: Draft) -> None:
    """Keep *draft* in the place of what was written in *chat* before."""
    values = columns_of(draft)
    statement = insert(tx, table).values(chat_id=chat, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=values))


async def drop(tx: AsyncConnection, chat: ChatId) -> None:
    await tx.execute(delete(table).where(table.c.chat_id == chat))


def columns_of(draft: Draft) -> dict[str, Any]:
    """Return what the columns hold that every table of drafts has."""
    return {
        "key": draft.key,
        "title": draft.title,
        "text": list(draft.text),
        "page": draft.page,
        "photo_key": draft.photo,
        "documents": [[each.url, each.name] for each in draft.documents],
        "topics": list(draft.topics),
        "urgent": draft.urgent,
        "release_at": draft.release_at,
        "ends_at": draft.ends_at,
        "at_end": draft.at_end,
    }


def draft_of(row: Row[Any]) -> Draft:
    return Draft(
        key=row.key,
        title=row.title,
        text=tuple(row.text),
        page=row.page,
        photo=row.photo_key,
        documents=tuple(Attachment(*each) for each in row.documents),
        topics=tuple(map(TopicId, row.topics)),
        urgent=row.urgent,
        release_at=row.release_at,
        ends_at=row.ends_at,
        at_end=AtEnd(row.at_end),
    )
