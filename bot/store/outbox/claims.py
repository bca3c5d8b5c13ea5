"""Claiming: what is due, and may go now, is leased to a sender."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import ColumnElement, Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, ChatId, ChatStatus
from bot.domain.chats.preferences import MessageOptions, Preferences, manner
from bot.domain.delivery.delivery import Delivery, DeliveryStatus
from bot.domain.delivery.fair_queue import Lane
from bot.domain.publication.pauses import PauseId, Pauses
from bot.store.choices.preference_rows import preferences_of
from bot.store.engine.dialect import picked
from bot.store.figures.end_counts import count_failure
from bot.store.outbox.claim_query import (
    DUE,
    LANES,
    SUSPECT_AFTER,
    LaneOrder,
    deadline_of,
    delivery_of,
    due_in_line,
    holding,
    next_due,
    why_it_ends,
)
from bot.store.publications import pauses
from bot.store.schema import (
    HELD,
    WAITING,
    chat_preferences,
)
from bot.store.schema import deliveries as table

_log = structlog.get_logger(__name__)

_LOOKED_AT = 2_000
"""How many deliveries a claim looks at, at most, for those that can go: it bounds the time of a claim."""

_WOKEN = 2_000
"""How many held deliveries come back with one claim, at most."""

DIGESTS_AT_ONCE = 100
"""Chats for which one claim takes a digest at most."""

MOST_IN_DIGEST = 40
"""Deliveries of one chat that one claim takes at most: more than any messenger has room for in a message."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim has brought. *next_at* is when to claim again, where it has brought nothing.

    The deliveries of one chat follow one another; they are more than one only where they make a digest.
    *is_suspect* says that they may be what kills the process: nothing is to be claimed beside them.
    """

    deliveries: tuple[Delivery, ...]
    next_at: datetime | None = None
    is_suspect: bool = False


@dataclass(slots=True)
class _Found:
    """What is to become of the deliveries that a claim has looked at; those of a chat go together."""

    claimed: dict[int, list[Row[Any]]] = field(default_factory=dict)
    held: dict[datetime, list[int]] = field(default_factory=dict)
    put_off: dict[datetime, list[int]] = field(default_factory=dict)
    paused: dict[PauseId, list[int]] = field(default_factory=dict)
    ended: dict[tuple[DeliveryStatus, str], list[Row[Any]]] = field(default_factory=dict)
    digests: list[int] = field(default_factory=list)
    looked_at: int = 0
    has_suspect: bool = False
    """Whether what was looked at last may kill the process: then nothing is claimed behind it."""

    def is_full(self, limit: int) -> bool:
        return self.has_suspect or len(self.claimed) >= limit or len(self.digests) >= DIGESTS_AT_ONCE


@dataclass(slots=True)
class _Terms:
    """On what terms chats get something now: what is closed or paused, and what they prefer."""

    now: datetime
    usual: Preferences
    closed: Mapping[ChatId, datetime]
    pauses: Pauses
    edits: bool
    preferred: dict[int, Preferences] = field(default_factory=dict)
    _usual_manners: dict[bool, MessageOptions | datetime] = field(default_factory=dict)
    _manners: dict[tuple[Preferences, bool], MessageOptions | datetime] = field(default_factory=dict)

    def manner(self, row: Row[Any]) -> MessageOptions | datetime:
        """Return how a delivery goes out, or until when it waits; the same question is answered once."""
        urgent = row.lane == Lane.URGENT
        if row.has_preferences:
            key = self.preferred.get(row.chat_id, self.usual), urgent
            found = self._manners.get(key)
            if found is None:
                found = self._manners[key] = manner(key[0], self.now, urgent=urgent)
        else:
            # Preferences take their time to be hashed, and most chats have none of their own.
            found = self._usual_manners.get(urgent)
            if found is None:
                found = self._usual_manners[urgent] = manner(self.usual, self.now, urgent=urgent)
        # A correction that edits what is there disturbs nobody.
        edits = self.edits and row.revision
        return MessageOptions() if isinstance(found, datetime) and edits else found


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who claims what is owed by *account*: *owner*, a process, for as long as *lease*.

    An account that *edits* no messages corrects them by second ones, for which quiet hours hold. Where a day
    has not enough messages for all, *first* is the chat whose turn it is.
    """

    account: AccountId
    owner: str
    lease: timedelta
    edits: bool = True
    first: ChatId | None = None


async def claim(
    tx: AsyncConnection,
    claimant: Claimant,
    *,
    now: datetime,
    limit: int,
    usual: Preferences,
    closed_chats: Mapping[ChatId, datetime] | None = None,
) -> Claimed:
    """Lease what is due to *claimant*: urgent news, then news, then corrections, longest due first.

    It is for at most *limit* chats: one delivery for each, or all that are due of its digest. What must not
    go yet, since it is paused, or the chat is one of *closed_chats*, is held or has quiet hours, is put aside
    until it may, and has its old place then. One that nobody wants any more, or that has become too old, ends
    here with its reason.
    """
    account, known = claimant.account, await pauses.known(tx)
    if known.stops(account):
        return Claimed(())
    await _wake(tx, HELD & (table.c.account_id == account) & (table.c.held_until <= now))
    if known.over:
        marks = [pauses.held_by(pause.id) for pause in known.over]
        await _wake(tx, HELD & (table.c.account_id == account) & table.c.held_until.in_(marks))
    found = _Found()
    closed = {chat: until for chat, until in (closed_chats or {}).items() if until > now}
    terms = _Terms(now, usual, closed, known, edits=claimant.edits)
    for lane in LANES:
        await _look(tx, LaneOrder(account, lane, claimant.first), found, terms, limit=limit)
    if found.digests:
        await _complete_digests(tx, found, terms)
    await _note(tx, found, owner=claimant.owner, until=now + claimant.lease, now=now)
    deliveries = tuple(
        delivery_of(row, terms.manner(row), known) for rows in found.claimed.values() for row in rows
    )
    if deliveries:
        is_suspect = next(iter(found.claimed.values()))[0].claims >= SUSPECT_AFTER
        return Claimed(deliveries, is_suspect=is_suspect)
    is_more = found.looked_at >= _LOOKED_AT
    return Claimed((), now if is_more else await next_due(tx, account, now))


async def _look(tx: AsyncConnection, line: LaneOrder, found: _Found, terms: _Terms, *, limit: int) -> None:
    """Sort what is due in *line* until there is enough."""
    size, after = limit, None
    while not found.is_full(limit) and found.looked_at < _LOOKED_AT:
        rows = await due_in_line(tx, line, now=terms.now, size=size, after=after)
        await _learn_preferences(tx, rows, terms)
        for row in rows:
            if not found.is_full(limit):
                _sort(row, found, terms)
        found.looked_at += len(rows)
        if len(rows) < size:
            break
        # Many were of one chat, or unwanted: look further ahead at once.
        after, size = rows[-1], min(size * 4, _LOOKED_AT)


async def _learn_preferences(tx: AsyncConnection, rows: Sequence[Row[Any]], terms: _Terms) -> None:
    ids = {row.chat_id for row in rows if row.has_preferences} - terms.preferred.keys()
    if ids:
        query = select(chat_preferences).where(chat_preferences.c.chat_id.in_(ids))
        terms.preferred |= {row.chat_id: preferences_of(row) for row in await tx.execute(query)}


async def _complete_digests(tx: AsyncConnection, found: _Found, terms: _Terms) -> None:
    """Claim with the first delivery of each digest the others that are due by now."""
    place = func.row_number().over(partition_by=table.c.chat_id, order_by=(table.c.due_at, table.c.id))
    ranked = (
        select(table.c.id, place.label("place"))
        .where(WAITING, table.c.chat_id.in_(found.digests), table.c.digest, table.c.due_at <= terms.now)
        .subquery()
    )
    first = select(ranked.c.id).where(ranked.c.place <= MOST_IN_DIGEST)
    for row in (await tx.execute(DUE.where(table.c.id.in_(first)), {"now": terms.now})).all():
        if pause := holding(row, terms.pauses):
            found.paused.setdefault(pause.id, []).append(row.id)
        elif end := why_it_ends(row, terms.now, terms.pauses):
            found.ended.setdefault(end, []).append(row)
        elif row.id != found.claimed[row.chat_id][0].id:
            found.claimed[row.chat_id].append(row)


async def _wake(tx: AsyncConnection, chosen: ColumnElement[bool]) -> None:
    """Put back what a lease that lapsed, a closed chat or a pause has held until now.

    The owner of a lapsed lease stays noted: until somebody else claims the delivery, a receipt still counts.
    """
    over = (
        select(table.c.id)
        .where(chosen)
        .order_by(table.c.held_until)
        .limit(_WOKEN)
        .with_for_update(skip_locked=True)
    )
    await tx.execute(update(table).where(table.c.id.in_(picked(tx, over))).values(held_until=None))


def _sort(row: Row[Any], found: _Found, terms: _Terms) -> None:
    if pause := holding(row, terms.pauses):
        found.paused.setdefault(pause.id, []).append(row.id)
    elif end := why_it_ends(row, terms.now, terms.pauses):
        found.ended.setdefault(end, []).append(row)
    elif row.chat_status == ChatStatus.WAITING:
        # It comes when the chat writes again, and ends by its age if that is not in time.
        found.put_off.setdefault(deadline_of(row, terms.pauses), []).append(row.id)
    elif row.chat_id in terms.closed:
        found.held.setdefault(terms.closed[row.chat_id], []).append(row.id)
    elif isinstance(manner := terms.manner(row), datetime):
        found.put_off.setdefault(manner, []).append(row.id)
    elif row.chat_id not in found.claimed:
        found.has_suspect = row.claims >= SUSPECT_AFTER
        if found.has_suspect and found.claimed:
            return
        found.claimed[row.chat_id] = [row]
        if row.digest:
            found.digests.append(row.chat_id)


async def _note(tx: AsyncConnection, found: _Found, *, owner: str, until: datetime, now: datetime) -> None:
    """Write down what became of the deliveries that a claim has looked at."""
    if found.paused:
        for pause in await pauses.still_standing(tx, found.paused):
            marked = update(table).where(table.c.id.in_(found.paused[pause]))
            await tx.execute(marked.values(held_until=pauses.held_by(pause)))
    if found.claimed:
        ids = [row.id for rows in found.claimed.values() for row in rows]
        lease = {"lease_owner": owner, "held_until": until, "claims": table.c.claims + 1}
        await tx.execute(update(table).where(table.c.id.in_(ids)).values(lease))
    for open_again_at, ids in found.held.items():
        await tx.execute(update(table).where(table.c.id.in_(ids)).values(held_until=open_again_at))
    for quiet_until, ids in found.put_off.items():
        # Nobody is behind with it meanwhile: it is due when the quiet hours end, before what comes then, or
        # when somebody writes again.
        later = {"held_until": quiet_until, "due_at": quiet_until}
        await tx.execute(update(table).where(table.c.id.in_(ids)).values(later))
    for (status, reason), rows in found.ended.items():
        ids = [row.id for row in rows]
        end = {"status": status, "reason": reason, "settled_at": now, "lease_owner": None}
        await tx.execute(update(table).where(table.c.id.in_(ids)).values(end))
        if status is not DeliveryStatus.CANCELLED:
            for row in rows:
                count_failure(tx, row.topic_id, row.account_id, reason, now=now)
        if status is DeliveryStatus.SET_ASIDE:
            _log.error("deliveries set aside", deliveries=ids, reason=reason)
