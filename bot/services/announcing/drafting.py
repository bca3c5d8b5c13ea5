"""Drafts of the console: begun, changed, proposed to whoever publishes, released and dropped."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from bot.domain.chats.chat import AccountId
from bot.domain.desk.audit import Act, Actor, AuditAction, Plain, Subject, SubjectKind
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Topic
from bot.domain.publication.announcement import DESK_DRAFTS, DeskDraft, Draft, DraftId
from bot.services.publishing.announcements import announce
from bot.services.publishing.contents import PublishingRules
from bot.store.engine.database import Transaction
from bot.store.publications import desk_drafts
from bot.store.runtime import audit


async def begin(
    tx: Transaction, account: AccountId, user: str, topics: Sequence[Topic], *, now: datetime
) -> DraftId | None:
    """Begin a draft; the only one of *topics* is chosen already. None where somebody has too many of them."""
    if await desk_drafts.count_of(tx, account, user) >= DESK_DRAFTS:
        return None
    chosen = (topics[0].id,) if len(topics) == 1 else ()
    draft = Draft(f"announcement/{secrets.token_hex(8)}", topics=chosen)
    return await desk_drafts.add(tx, account, user, draft, now)


async def propose(tx: Transaction, draft: DeskDraft, actor: Actor, *, proposed: bool, now: datetime) -> bool:
    """Have a draft wait for somebody who publishes, or no more; False where it stands like that already."""
    if draft.proposed == proposed:
        return False
    await desk_drafts.propose(tx, draft.id, now, proposed=proposed)
    action = AuditAction.ANNOUNCEMENT_PROPOSED if proposed else AuditAction.ANNOUNCEMENT_TAKEN_BACK
    await _record(tx, draft, action, actor, now)
    return True


async def drop(tx: Transaction, draft: DeskDraft, actor: Actor, *, now: datetime) -> None:
    await desk_drafts.drop(tx, draft.id)
    await _record(tx, draft, AuditAction.ANNOUNCEMENT_DROPPED, actor, now)


async def release(
    tx: Transaction,
    draft: DeskDraft,
    topics: Sequence[Topic],
    actor: Actor,
    rules: PublishingRules,
    *,
    now: datetime,
) -> ArticleId | None:
    """Release a draft, which lacks nothing, and is none any more; None where its page is an article."""
    article = await announce(tx, draft.draft, topics, actor, rules, now=now)
    if article is not None:
        await desk_drafts.drop(tx, draft.id)
    return article


async def _record(
    tx: Transaction, draft: DeskDraft, action: AuditAction, actor: Actor, now: datetime
) -> None:
    about = Subject(SubjectKind.ANNOUNCEMENT, str(draft.id))
    told: dict[str, Plain] = {"title": draft.draft.title, "topics": ", ".join(draft.draft.topics)}
    await audit.record(tx, actor, Act(action, about, after=told), now=now)
