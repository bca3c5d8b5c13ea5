"""The questions about publications that people have in their chats, until each is answered."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.chats.chat import AccountId, Address, TopicId
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationId
from bot.store.engine.dialect import insert
from bot.store.schema import approval_questions as table


@dataclass(frozen=True, slots=True)
class ApprovalQuestion:
    """What *user* was asked in a *message*: about a publication as it stood in a *round* of asking."""

    publication: PublicationId
    account: AccountId
    user: str
    round: int
    message: str


async def standing(tx: AsyncConnection, account: AccountId) -> tuple[ApprovalQuestion, ...]:
    """Return the questions that people have by *account*."""
    query = select(table).where(table.c.account_id == account)
    rows = await tx.execute(query.order_by(table.c.article_id, table.c.topic_id, table.c.user_id))
    return tuple(
        ApprovalQuestion(
            publication=PublicationId(ArticleId(row.article_id), TopicId(row.topic_id)),
            account=AccountId(row.account_id),
            user=row.user_id,
            round=row.round,
            message=row.message_id,
        )
        for row in rows
    )


async def note(tx: AsyncConnection, question: ApprovalQuestion) -> None:
    """Write down that somebody was asked, in place of what they were asked before about the same."""
    values = {"round": question.round, "message_id": question.message}
    row = insert(tx, table).values(
        article_id=question.publication.article,
        topic_id=question.publication.topic,
        account_id=question.account,
        user_id=question.user,
        **values,
    )
    await tx.execute(row.on_conflict_do_update(index_elements=table.primary_key.columns.keys(), set_=values))


async def settled(tx: AsyncConnection, address: Address, message: str) -> None:
    """Forget a question of which its *message* itself says how it was answered."""
    asked = and_(table.c.account_id == address.account, table.c.user_id == address.chat)
    await tx.execute(delete(table).where(asked, table.c.message_id == message))


async def forget(tx: AsyncConnection, question: ApprovalQuestion) -> None:
    """Forget a question that was answered."""
    asked = and_(table.c.account_id == question.account, table.c.user_id == question.user)
    await tx.execute(delete(table).where(_about(question.publication), asked))


async def ask_again(tx: AsyncConnection, publication: PublicationId) -> None:
    """Have everybody asked once more about a publication that nobody has answered."""
    await tx.execute(delete(table).where(_about(publication)))


def _about(publication: PublicationId) -> ColumnElement[bool]:
    return and_(table.c.article_id == publication.article, table.c.topic_id == publication.topic)
