"""/moinhat: the newest articles as cards, page by page."""

import re
from collections.abc import Collection
from dataclasses import replace

from bot.commands import subscribe
from bot.commands.callbacks import ShowOlder
from bot.commands.menus import navigation
from bot.commands.names import Command
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.chat import TopicId
from bot.domain.message import Button, Message, plain
from bot.services import latest as service
from bot.services.subscriptions import choice, find_topic

DEFAULT_COUNT = 3
MOST = 10
_NUMBER = re.compile(r"[+-]?\d+")


async def latest(turn: Turn, words: str) -> Answer:
    """Show the newest articles; *words* are a number, a topic, or both in either order."""
    wanted, named = split_number(words)
    count, topic = min(MOST, wanted or DEFAULT_COUNT), None
    if named:
        topic = find_topic((await choice(turn.tx, turn.chat)).topics, named)
        if topic is None:
            return await subscribe.menu(turn, Command.TOPICS, before=subscribe.unknown(turn, named))
    answer = await _page(turn, count=count, topic=topic.id if topic else None, older=None)
    if wanted <= MOST or len(answer.messages) < MOST:
        return answer
    most = turn.say(plain(turn.text("latest-most", most=MOST)))
    return replace(answer, messages=(*most.messages, *answer.messages))


def split_number(words: str) -> tuple[int, str]:
    """Return how many are wanted, 0 where that is not said, and the other words."""
    split = words.split()
    numbers = [word for word in split if _NUMBER.fullmatch(word)]
    named = " ".join(word for word in split if not _NUMBER.fullmatch(word))
    # Only as much of a number is read as matters: somebody will type a thousand digits.
    return (abs(int(numbers[0][:5])) if numbers else 0), named


async def press_older(turn: Turn, pressed: ShowOlder) -> Answer:
    chosen = TopicId(pressed.topic) if pressed.topic else None
    return await _page(turn, count=min(MOST, pressed.count), topic=chosen, older=pressed.older)


async def _page(turn: Turn, *, count: int, topic: TopicId | None, older: int | None) -> Answer:
    topics: Collection[TopicId] | None = None if topic is None else [topic]
    page = await service.latest(turn.tx, turn.reader, topics=topics, limit=count, older=older)
    if not page.cards:
        if older is not None:
            return turn.refuse(turn.text("latest-end"))
        return turn.say(plain(turn.text("latest-none")), keyboard=navigation(turn))
    # The newest comes last: that is what stands on the screen when all have come.
    cards = list(reversed(page.cards))
    if page.older:
        cards[-1] = _with_more(turn, cards[-1], ShowOlder(count, page.older, topic or "").pack())
    return Answer(tuple(Outgoing(turn.address, each) for each in cards))


def _with_more(turn: Turn, card: Message, more: str) -> Message:
    return replace(card, keyboard=(*card.keyboard, (Button(turn.text("button-more"), action=more),)))
