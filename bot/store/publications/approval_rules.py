"""What it takes until anything is released in a topic: by the topic's own rule, or by the usual one."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import TopicId
from bot.domain.desk.approval_rule import NO_APPROVAL, Approval, ApprovalRule, Unanswered
from bot.store.engine.dialect import insert
from bot.store.schema import topic_approvals, usual_approval


async def rule_of(tx: AsyncConnection, topic: TopicId) -> ApprovalRule:
    """Return what *topic* asks for now."""
    own = select(topic_approvals).where(topic_approvals.c.topic_id == topic)
    row = (await tx.execute(own)).first()
    return await usual(tx) if row is None else _rule(row)


async def usual(tx: AsyncConnection) -> ApprovalRule:
    """Return what topics ask for that have no rule of their own."""
    row = (await tx.execute(select(usual_approval))).first()
    return NO_APPROVAL if row is None else _rule(row)


async def set_usual(tx: AsyncConnection, rule: ApprovalRule) -> None:
    """Have topics ask for this from now on that have no rule of their own."""
    if await usual(tx) == rule:
        return
    values = {
        "approval": rule.approval,
        "unanswered": rule.unanswered,
        "unanswered_after_seconds": int(rule.after.total_seconds()),
    }
    statement = insert(tx, usual_approval).values(id=1, **values)
    await tx.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def _rule(row: Row[Any]) -> ApprovalRule:
    after = timedelta(seconds=row.unanswered_after_seconds)
    return ApprovalRule(Approval(row.approval), Unanswered(row.unanswered), after)
