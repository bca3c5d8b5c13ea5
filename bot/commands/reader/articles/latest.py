"""/moinhat: the newest articles as cards, page by page."""

import re
from collections.abc import Collection
from dataclasses import replace

from bot.commands.base.callbacks import ShowOlder
from bot.commands.base.command_names import Command
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import navigation
from bot.commands.reader import subscribe
from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, Message, plain
from bot.domain.clock import VIETNAM
from bot.domain.text.text import fold
from bot.services.subscribers import articles as service
from bot.services.subscribers.subscriptions import choice, find_topic

handlers = Handlers()

DEFAULT_COUNT = 3
MOST = 10
_NUMBER = re.compile(r"[+-]?\d+")
_TODAY = frozenset({"hom nay", "today"})


async def _takes(request: Request, words: str) -> bool:
    _, topic = split_number(words)
    return (
        not topic
        or _is_today(topic)
        or find_topic((await choice(request.tx, request.chat)).topics, topic) is not None
    )


@handlers.command(Command.LATEST, writes=False, takes=_takes)
async def latest(request: Request, words: str) -> Response:
    """Show the newest articles; *words* are a number, a topic, or both in either order. In place of a topic,
    "today" has it said first if there is no news of today.
    """
    wanted, named = split_number(words)
    count, topic = min(MOST, wanted or DEFAULT_COUNT), None
    if is_of_today := _is_today(named):
        named = ""
    if named:
        topic = find_topic((await choice(request.tx, request.chat)).topics, named)
        if topic is None:
            return await subscribe.menu(request, Command.TOPICS, before=subscribe.unknown(request, named))
    answer = await _page(
        request, count=count, topic=topic.id if topic else None, older=None, of_today=is_of_today
    )
    if wanted <= MOST or is_of_today or len(answer.messages) < MOST:
        return answer
    most = request.say(plain(request.text("latest-most", most=MOST)))
    return replace(answer, messages=(*most.messages, *answer.messages))


def split_number(words: str) -> tuple[int, str]:
    """Return how many are wanted, 0 where that is not said, and the other words."""
    split = words.split()
    numbers = [word for word in split if _NUMBER.fullmatch(word)]
    named = " ".join(word for word in split if not _NUMBER.fullmatch(word))
    # Only as much of a number is read as matters: somebody will type a thousand digits.
    return (abs(int(numbers[0][:5])) if numbers else 0), named


@handlers.button(ShowOlder)
async def press_older(request: Request, pressed: ShowOlder) -> Response:
    chosen = TopicId(pressed.topic) if pressed.topic else None
    return await _page(request, count=min(MOST, pressed.count), topic=chosen, older=pressed.older)


def _is_today(words: str) -> bool:
    return fold(words) in _TODAY


async def _page(
    request: Request, *, count: int, topic: TopicId | None, older: int | None, of_today: bool = False
) -> Response:
    topics: Collection[TopicId] | None = None if topic is None else [topic]
    page = await service.latest(request.tx, request.reader, topics=topics, limit=count, older=older)
    if not page.cards:
        if older is not None:
            return request.refuse(request.text("latest-end"))
        return request.say(plain(request.text("latest-none")), keyboard=navigation(request))
    # The newest comes last: that is what stands on the screen when all have come.
    cards = list(reversed(page.cards))
    if page.older:
        cards[-1] = _with_more(request, cards[-1], ShowOlder(count, page.older, topic or "").pack())
    if of_today and request.now.astimezone(VIETNAM).date() not in page.dates:
        cards.insert(0, Message((plain(request.text("latest-none-today")),)))
    return Response(tuple(OutgoingMessage(request.address, each) for each in cards))


def _with_more(request: Request, card: Message, more: str) -> Message:
    return replace(card, keyboard=(*card.keyboard, (Button(request.text("button-more"), action=more),)))
