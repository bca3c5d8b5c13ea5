"""Moving what waits from topics into others, within the transaction of an edit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.chats.chat import TopicId
from bot.domain.desk.audit import Actor
from bot.domain.news.article import ArticleId
from bot.domain.publication.moving import Move, move, waiting_there
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.services.publishing.approval import voter_of
from bot.store.engine.database import Transaction
from bot.store.publications import approval_rules, approvals, publications, rejections
from bot.store.publications.approvals import ApprovalRequest


async def planned(tx: Transaction, article: ArticleId, wanted: Sequence[TopicId]) -> Move:
    """Return what it takes until *article*, which is locked, waits in *wanted* alone.

    Raises RejectedThereError.
    """
    found = await publications.get(tx, article)
    states = found.states if found else {}
    rejected = {each: await rejections.get(tx, PublicationId(article, each)) for each in states}
    return move(
        states, [each for each, rejection in rejected.items() if rejection and rejection.moved], wanted
    )


async def leave(tx: Transaction, left: Sequence[ApprovalRequest], actor: Actor, *, now: datetime) -> None:
    """Let what waits wait no more, in the name of *actor*: no feed brings it back into its topic."""
    for request in left:
        rejected = replace(request.waiting, state=PublicationState.REJECTED)
        await approvals.keep(tx, request, rejected, now)
        await approvals.vote(tx, request.publication, voter_of(actor), now, approves=False)
        await rejections.keep(tx, request, moved=True, now=now)


async def enter(
    tx: Transaction,
    entered: Sequence[TopicId],
    waited: Sequence[ApprovalRequest],
    *,
    urgent: bool,
    now: datetime,
) -> None:
    """Have an article wait in the topics that it *entered*, as it *waited* in one before, or several."""
    article = waited[0].publication.article
    worth = max((each.worth for each in waited), key=lambda each: each.owed)
    worth = replace(worth, urgent=urgent)
    for topic in entered:
        publication = PublicationId(article, topic)
        before, rule = await rejections.get(tx, publication), await approval_rules.rule_of(tx, topic)
        waiting = waiting_there(
            [each.waiting for each in waited], rule.approval, asked=before.waiting.round + 1 if before else 1
        )
        await publications.bring(tx, publication, waiting.state, now)
        await rejections.forget(tx, publication)
        await approvals.ask_again(tx, publication, waiting, worth, now)
