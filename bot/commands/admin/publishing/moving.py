"""Moving what waits into other topics, by whoever edits in those where it waits and where it is to wait."""

from collections.abc import Collection

from bot.commands.admin.publishing.callbacks import EditWaiting, EditWish, MoveStep, MoveWaiting
from bot.commands.admin.publishing.editing import may_edit, shown
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import CHOSEN, NOT_CHOSEN
from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, bold, plain
from bot.domain.desk.roles import Right
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Topic
from bot.domain.publication.editing import Edit
from bot.domain.publication.publication import PublicationId
from bot.services.publishing.editing import Edited, edit, topics_to_change
from bot.services.publishing.standing import standing
from bot.store.feeds import feeds

handlers = Handlers()


@handlers.button(MoveWaiting, admins_only(Right.EDIT), writes=True)
async def press_move(request: Request, pressed: MoveWaiting) -> Response:
    """Show the topics, what can be done about one of them, or do it."""
    waits = await topics_to_change(request.write_tx, pressed.article)
    if not await may_edit(request, pressed.article):
        return request.refuse(request.text("only-other-topics"))
    if not waits:
        return request.refuse(request.text("edit-done", done=Edited.GONE))
    if pressed.step is MoveStep.SHOW:
        return await _topics(request, pressed.article, waits)
    offered = {topic.id: topic for topic in await _offered(request)}
    if pressed.topic not in offered:
        return request.refuse(request.text("only-other-topics"))
    if pressed.step is MoveStep.CHOOSE:
        return _choice(request, pressed.article, offered[pressed.topic], waits)
    return await _moved(request, pressed, waits)


async def _moved(request: Request, pressed: MoveWaiting, waits: Collection[TopicId]) -> Response:
    """Move the article, and show how it stands in a topic where it waits."""
    match pressed.step:
        case MoveStep.ADD:
            wanted = {*waits, pressed.topic}
        case MoveStep.TAKE_AWAY:
            wanted = set(waits) - {pressed.topic}
        case _:
            wanted = {pressed.topic}
    if not wanted:
        return request.refuse(request.text("edit-flaw", flaw="no-topic", longest=0))
    done = await edit(request.write_tx, pressed.article, Edit.into(wanted), request.actor, now=request.now)
    standing_in = min(wanted if done is Edited.DONE else waits)
    stands = await standing(request.tx, PublicationId(pressed.article, standing_in))
    return shown(request, stands, done)


async def _topics(request: Request, article: ArticleId, waits: Collection[TopicId]) -> Response:
    """Show the topics of whoever asks, and in which of them the article waits."""

    def choosing(topic: Topic) -> tuple[Button]:
        mark = CHOSEN if topic.id in waits else NOT_CHOSEN
        data = MoveWaiting(article, MoveStep.CHOOSE, topic.id)
        return (Button(f"{mark} {topic.name(request.language)}", action=data.pack()),)

    back = EditWaiting(article, EditWish.SHOW, min(waits))
    return request.say(
        bold(request.text("move-title")),
        plain(request.text("move-how")),
        keyboard=(
            *map(choosing, await _offered(request)),
            (Button(request.text("button-back"), action=back.pack()),),
        ),
    )


def _choice(request: Request, article: ArticleId, topic: Topic, waits: Collection[TopicId]) -> Response:
    """Show what can be done about a topic."""
    is_in = topic.id in waits
    steps = [
        *([] if list(waits) == [topic.id] else [MoveStep.ALONE]),
        *([MoveStep.TAKE_AWAY] if is_in and len(waits) > 1 else []),
        *([] if is_in else [MoveStep.ADD]),
    ]

    def taking(step: MoveStep) -> tuple[Button]:
        data = MoveWaiting(article, step, topic.id)
        words = request.text("button-move", step=step.name.lower().replace("_", "-"))
        return (Button(words, action=data.pack()),)

    back = MoveWaiting(article, MoveStep.SHOW, topic.id)
    return request.say(
        bold(topic.name(request.language)),
        plain(request.text("move-choice", waits="yes" if is_in else "no")),
        keyboard=(*map(taking, steps), (Button(request.text("button-back"), action=back.pack()),)),
    )


async def _offered(request: Request) -> tuple[Topic, ...]:
    """Return the topics in which the sender edits."""
    authority = await request.authority()
    return tuple(topic for topic in await feeds.topics(request.tx) if authority.covers([topic.id]))
