"""/choduyet: what waits to be released, and approving, scheduling and rejecting it."""

from datetime import UTC, datetime, timedelta

from bot.commands.admin.publishing.answering import answer, forget_question, show_card
from bot.commands.admin.publishing.callbacks import AnswerApproval, ChooseRelease, ListWaiting, ShowWaiting
from bot.commands.admin.publishing.rejecting import ask_why
from bot.commands.base.awaited_input import ReleaseTime
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.base.keyboards import paging
from bot.domain.chats.message import Button, RichText, bold, plain
from bot.domain.clock import VIETNAM
from bot.domain.desk.roles import Right
from bot.domain.publication.approval import Answer, Given, may_release_at
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.domain.text.moments import names_moment, read_moment
from bot.domain.text.text import shorten
from bot.store.chats import chats
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.publications import approvals
from bot.store.publications.approvals import ApprovalRequest

handlers = Handlers()

_SHOWN = 5
_TITLE = 100
_HOURS = (8, 14, 17)
"""The times of a day, in Viet Nam, that are offered for a release."""
_OFFERED = 3


@handlers.command(Command.APPROVALS, admins_only(Right.EDIT), writes=False, takes=any_words)
async def show_waiting(request: Request, words: str) -> Response:
    del words
    return await _list(request, 0)


@handlers.button(ListWaiting, admins_only(Right.EDIT))
async def press_list(request: Request, pressed: ListWaiting) -> Response:
    return await _list(request, pressed.page)


@handlers.button(ShowWaiting, admins_only(Right.EDIT))
async def press_one(request: Request, pressed: ShowWaiting) -> Response:
    """Show what waits as it will look, in a message of its own: it may have a photo."""
    await forget_question(request)
    return await show_card(request, PublicationId(pressed.article, pressed.topic))


@handlers.button(AnswerApproval, admins_only(Right.PUBLISH), writes=True)
async def press_answer(request: Request, pressed: AnswerApproval) -> Response:
    """Approve or take back; why something is rejected is asked first."""
    publication = PublicationId(pressed.article, pressed.topic)
    if pressed.answer is Answer.REJECT:
        return await ask_why(request, publication, pressed.round)
    return await answer(request, publication, Given(pressed.answer, round=pressed.round))


@handlers.button(ChooseRelease, admins_only(Right.PUBLISH), writes=True)
async def press_release(request: Request, pressed: ChooseRelease) -> Response:
    """Approve for the time that was chosen, or ask for one."""
    publication = PublicationId(pressed.article, pressed.topic)
    if pressed.minute is None:
        return await _ask_when(request, publication, pressed.round)
    at = datetime.fromtimestamp(60 * pressed.minute, UTC)
    return await _schedule(request, publication, pressed.round, at)


@handlers.awaited(ReleaseTime, admins_only(Right.PUBLISH), gives_way=lambda _, words: not names_moment(words))
async def take_time(request: Request, awaited: ReleaseTime, words: str) -> Response:
    """Approve for the time that somebody has typed; ask once more if it is none."""
    publication = PublicationId(awaited.article, awaited.topic)
    at = read_moment(words, request.now, VIETNAM)
    if at is None:
        unclear = request.text("release-time-unclear", words=shorten(words, 60))
        return await _ask_when(request, publication, awaited.round, unclear)
    return await _schedule(request, publication, awaited.round, at)


async def _schedule(request: Request, publication: PublicationId, seen: int, at: datetime) -> Response:
    if not may_release_at(at, request.now):
        passed = request.text("release-time-passed", moment=request.moment(at))
        return await _ask_when(request, publication, seen, passed)
    return await answer(request, publication, Given(Answer.APPROVE, at, seen))


async def _ask_when(request: Request, publication: PublicationId, seen: int, problem: str = "") -> Response:
    """Ask when a publication is to be released, by a choice of times or in words."""
    if not await request.may(Right.PUBLISH, publication.topic):
        return request.refuse(request.text("only-other-topics"))
    waiting = await approvals.get(request.tx, publication)
    if waiting is None or waiting.waiting.round != seen:
        return await show_card(request, publication, news=request.text("approval-refused"))
    chat = await request.registered()
    awaited = ReleaseTime(publication.article, seen, publication.topic)
    await chats.await_input(request.write_tx, chat.id, awaited.pack(), request.now)

    def choosing(at: datetime) -> Button:
        minute = int(at.timestamp()) // 60
        data = ChooseRelease(publication.article, seen, minute, publication.topic)
        return Button(request.moment(at), action=data.pack())

    back = ShowWaiting(publication.article, publication.topic)
    question = (
        plain(problem),
        plain(request.text("release-time-question", title=shorten(waiting.title, _TITLE))),
        request.examples("release-time-how"),
    )
    said = request.say(
        *question,
        keyboard=(
            *((choosing(at),) for at in _times(request.now)),
            (Button(request.text("button-back"), action=back.pack()),),
        ),
    )
    return said.as_new_messages()


def _times(now: datetime) -> list[datetime]:
    """Return the next times of the day that are offered, the first of which is not just now."""
    here = now.astimezone(VIETNAM)
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    times = [midnight + timedelta(days=day, hours=hour) for day in range(3) for hour in _HOURS]
    return [at for at in times if at > here + timedelta(minutes=5)][:_OFFERED]


async def _list(request: Request, page: int) -> Response:
    topics = (await request.authority()).seen
    found = await approvals.waiting(request.tx, topics=topics, limit=_SHOWN + 1, offset=page * _SHOWN)
    shown = found[:_SHOWN]
    first = page * _SHOWN + 1
    names = await _topic_names(request, request.tx)
    rows = tuple(
        (
            Button(
                request.text("button-publication", number=number),
                action=ShowWaiting(each.publication.article, each.publication.topic).pack(),
            ),
        )
        for number, each in enumerate(shown, first)
    )
    return request.say(
        bold(request.text("waiting-title")),
        *(_described(request, each, number, names) for number, each in enumerate(shown, first)),
        plain(request.text("waiting-how" if shown else "waiting-none")),
        keyboard=(
            *rows,
            *paging(ListWaiting, page=page, pages=page + (2 if len(found) > _SHOWN else 1)),
            (Button(request.text("button-refresh"), action=ListWaiting(page).pack()),),
        ),
    )


def _described(request: Request, waiting: ApprovalRequest, number: int, names: dict[str, str]) -> RichText:
    topic = names.get(waiting.publication.topic, waiting.publication.topic)
    release_at, state = waiting.waiting.release_at, waiting.waiting.state
    is_scheduled = release_at is not None and state is PublicationState.SCHEDULED
    at = release_at if release_at is not None and is_scheduled else waiting.since
    line = request.text("waiting-state", state=state, moment=request.moment(at))
    title = bold(f"{number}. {shorten(waiting.title, _TITLE)}")
    return (title, plain(f"\n{topic}\n{line}"))


async def _topic_names(request: Request, tx: Transaction) -> dict[str, str]:
    return {topic.id: topic.name(request.language) for topic in await feeds.topics(tx)}
