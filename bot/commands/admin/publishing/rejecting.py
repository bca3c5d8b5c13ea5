"""Rejecting what waits, perhaps for a reason, once that was confirmed, and putting it back."""

from bot.commands.admin.publishing.answering import answer, forget_question, show_card
from bot.commands.admin.publishing.callbacks import PutBack, RejectForNoReason, ShowWaiting
from bot.commands.base.awaited_input import RejectionReason
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers
from bot.domain.chats.message import Button, plain
from bot.domain.desk.roles import Right
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.publication import PublicationId
from bot.domain.publication.rejection import (
    LONGEST_REASON,
    PUT_BACK_WITHIN,
    ReasonTooLongError,
    reason_of,
)
from bot.domain.text.text import shorten
from bot.services.publishing.approval import put_back_rejected
from bot.store.chats import chats
from bot.store.publications import approvals

handlers = Handlers()

_TITLE = 100


async def ask_why(request: Request, publication: PublicationId, seen: int, problem: str = "") -> Response:
    """Ask whether and why a publication is rejected, by words or a button."""
    if not await request.may(Right.PUBLISH, publication.topic):
        return request.refuse(request.text("only-other-topics"))
    found = await approvals.get(request.tx, publication)
    if found is None or found.waiting.round != seen:
        return await show_card(request, publication, news=request.text("approval-refused"))
    chat = await request.registered()
    awaited = RejectionReason(publication.article, seen, publication.topic)
    await chats.await_input(request.write_tx, chat.id, awaited.pack(), request.now)
    question = request.text(
        "reject-question",
        title=shorten(found.title, _TITLE),
        longest=LONGEST_REASON,
        days=PUT_BACK_WITHIN.days,
    )
    sure = RejectForNoReason(publication.article, seen, publication.topic)
    back = ShowWaiting(publication.article, publication.topic)
    said = request.say(
        plain(problem),
        plain(question),
        keyboard=(
            (Button(request.text("button-reject-sure"), action=sure.pack()),),
            (Button(request.text("button-back"), action=back.pack()),),
        ),
    )
    return said.as_new_messages()


@handlers.button(RejectForNoReason, admins_only(Right.PUBLISH), writes=True)
async def press_reject(request: Request, pressed: RejectForNoReason) -> Response:
    given = Given(Answer.REJECT, round=pressed.round)
    return await answer(request, PublicationId(pressed.article, pressed.topic), given)


@handlers.awaited(RejectionReason, admins_only(Right.PUBLISH), gives_way=lambda _, __: False)
async def take_reason(request: Request, awaited: RejectionReason, words: str) -> Response:
    """Reject for the reason that somebody has typed; ask once more if it is too long."""
    publication = PublicationId(awaited.article, awaited.topic)
    try:
        reason = reason_of(words)
    except ReasonTooLongError:
        problem = request.text("reject-reason-too-long", longest=LONGEST_REASON)
        return await ask_why(request, publication, awaited.round, problem)
    return await answer(request, publication, Given(Answer.REJECT, round=awaited.round, reason=reason))


@handlers.button(PutBack, admins_only(Right.PUBLISH), writes=True)
async def press_put_back(request: Request, pressed: PutBack) -> Response:
    """Have it wait again; who comes too late, or second, learns how it stands."""
    publication = PublicationId(pressed.article, pressed.topic)
    if not await request.may(Right.PUBLISH, publication.topic):
        return request.refuse(request.text("only-other-topics"))
    await forget_question(request)
    done = await put_back_rejected(request.write_tx, publication, request.actor, now=request.now)
    news = request.text("put-back-toast" if done else "approval-refused")
    return await show_card(request, publication, news=news)
