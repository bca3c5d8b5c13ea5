"""Recordings of articles, made once and kept for as long as they are asked for."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.speech.recording import Recording
from bot.store.engine.dialect import insert_missing, picked
from bot.store.schema import recordings


async def find(tx: AsyncConnection, key: str) -> Recording | None:
    row = (await tx.execute(select(recordings).where(recordings.c.key == key))).first()
    return Recording(row.content, row.seconds) if row else None


async def save(tx: AsyncConnection, key: str, recording: Recording, *, now: datetime) -> None:
    """Keep *recording*; one that is there already stays."""
    row = {"key": key, "content": recording.content, "seconds": recording.seconds, "created_at": now}
    await insert_missing(tx, recordings, [row])


async def prune(tx: AsyncConnection, *, made_before: datetime, limit: int) -> int:
    """Take out recordings that were made before then, and the messengers' references; return how many."""
    old = (
        select(recordings.c.key)
        .where(recordings.c.created_at < made_before)
        .order_by(recordings.c.created_at)
        .limit(limit)
    )
    return (await tx.execute(delete(recordings).where(recordings.c.key.in_(picked(tx, old))))).rowcount
