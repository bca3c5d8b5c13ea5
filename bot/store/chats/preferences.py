"""What chats have chosen: how news comes to them, and for each subscription when it comes and which of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import ChatId, TopicId
from bot.domain.chats.filters import Filter, parse
from bot.domain.chats.form_of_address import FormOfAddress
from bot.domain.chats.preferences import AT_ONCE, Preferences, Schedule, Subscription, Timing
from bot.store.choices.preference_rows import preferences_of
from bot.store.choices.shared import FILTER, SCHEDULE, change, refer, schedule_of
from bot.store.engine.dialect import insert
from bot.store.outbox.reschedule import let_go, replan
from bot.store.schema import chat_preferences, filters, schedules, subscriptions, topics


async def of(tx: AsyncConnection, chat: ChatId, *, usual: Preferences) -> Preferences:
    """Return what the chat prefers; *usual* is what holds for those who have not said."""
    row = (await tx.execute(select(chat_preferences).where(chat_preferences.c.chat_id == chat))).first()
    return preferences_of(row) if row else usual


async def form_of_address(tx: AsyncConnection, chat: ChatId) -> FormOfAddress | None:
    """Return how the chat wants to be addressed, if it has chosen that."""
    chosen = select(chat_preferences.c.address).where(chat_preferences.c.chat_id == chat)
    form: str | None = (await tx.execute(chosen)).scalar()
    return FormOfAddress(form) if form else None


async def save(
    tx: AsyncConnection, chat: ChatId, preferences: Preferences, *, usual: Preferences, now: datetime
) -> None:
    """Keep what the chat prefers, for what waits for it too.

    In another time zone its digests come at the same hours there.
    """
    await change(tx)
    before = await of(tx, chat, usual=usual)
    if preferences == usual:
        await tx.execute(delete(chat_preferences).where(chat_preferences.c.chat_id == chat))
    else:
        values = _values(preferences)
        statement = insert(tx, chat_preferences).values(chat_id=chat, **values)
        await tx.execute(statement.on_conflict_do_update(index_elements=["chat_id"], set_=values))
    for each in await subscribed(tx, chat):
        if preferences.time_zone != before.time_zone:
            await _set_schedule(tx, chat, each.topic, each.schedule, zone=preferences.time_zone, now=now)
        elif preferences.urgent != before.urgent:
            await replan(tx, chat, each.topic, is_retimed=False, now=now)
    await let_go(tx, chat, now)


async def follow_time_zone(tx: AsyncConnection, chat: ChatId) -> None:
    """Have all that the chat subscribes to come by its own time zone: it took over what another chose."""
    chosen = select(chat_preferences.c.time_zone).where(chat_preferences.c.chat_id == chat)
    zone: str | None = (await tx.execute(chosen)).scalar()
    if zone is None:
        return
    for each in await subscribed(tx, chat):
        await refer(tx, chat, each.topic, SCHEDULE, _row_of(each.schedule, zone))


async def subscribed(tx: AsyncConnection, chat: ChatId) -> tuple[Subscription, ...]:
    """Return the chat's subscriptions, in the configured order, without those to retired topics."""
    query = (
        select(
            subscriptions.c.topic_id,
            schedules.c.timing,
            schedules.c.weekday,
            schedules.c.hour,
            filters.c.words,
        )
        .join_from(subscriptions, topics, topics.c.id == subscriptions.c.topic_id)
        .join(schedules, schedules.c.id == subscriptions.c.schedule_id, isouter=True)
        .join(filters, filters.c.id == subscriptions.c.filter_id, isouter=True)
        .where(subscriptions.c.chat_id == chat, ~topics.c.retired)
        .order_by(topics.c.position)
    )
    return tuple(_subscription(row) for row in await tx.execute(query))


async def set_schedule(
    tx: AsyncConnection,
    chat: ChatId,
    topic: TopicId,
    schedule: Schedule,
    *,
    usual: Preferences,
    now: datetime,
) -> bool:
    """Have news of the topic come as *schedule* says; False if the chat does not subscribe to it."""
    zone = (await of(tx, chat, usual=usual)).time_zone
    return await _set_schedule(tx, chat, topic, schedule, zone=zone, now=now)


async def set_filter(
    tx: AsyncConnection, chat: ChatId, topic: TopicId, wanted: Filter | None, *, now: datetime
) -> bool:
    """Have what *wanted* lets pass come, or all of it; False if the chat does not subscribe to the topic."""
    row = {"words": wanted.text} if wanted else None
    changed = await refer(tx, chat, topic, FILTER, row)
    if changed:
        await replan(tx, chat, topic, is_retimed=False, now=now)
    return changed is not None


async def _set_schedule(
    tx: AsyncConnection, chat: ChatId, topic: TopicId, schedule: Schedule, *, zone: str, now: datetime
) -> bool:
    changed = await refer(tx, chat, topic, SCHEDULE, _row_of(schedule, zone))
    if changed:
        await replan(tx, chat, topic, is_retimed=True, now=now)
    return changed is not None


def _row_of(schedule: Schedule, zone: str) -> dict[str, Any] | None:
    if schedule.timing is Timing.AT_ONCE:
        return None
    place = {"weekday": schedule.weekday or 0, "hour": schedule.hour}
    return {"timing": schedule.timing, **place, "time_zone": zone}


def _values(preferences: Preferences) -> dict[str, Any]:
    return {
        "quiet_begin": preferences.quiet.begin if preferences.quiet else None,
        "quiet_end": preferences.quiet.end if preferences.quiet else None,
        "quiet_mode": preferences.quiet_mode,
        "urgent": preferences.urgent,
        "silent": preferences.silent,
        "photo": preferences.photo,
        "brief": preferences.brief,
        "whole_text": preferences.whole_text,
        "time_zone": preferences.time_zone,
        "address": preferences.address,
    }


def _subscription(row: Row[Any]) -> Subscription:
    schedule = AT_ONCE
    if row.timing:
        schedule = schedule_of(row)
    return Subscription(TopicId(row.topic_id), schedule, parse(row.words) if row.words else None)
