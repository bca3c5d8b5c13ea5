"""/moinhat: the newest articles as cards, page by page."""

from collections.abc import Collection
from dataclasses import replace

from bot.commands.callbacks import ShowOlder
from bot.commands.menus import navigation, topics_button
from bot.commands.turn import Answer, Outgoing, Turn
from bot.domain.chat import TopicId
from bot.domain.message import Button, Message, plain
from bot.domain.text import shorten
from bot.services import latest as service
from bot.services.subscriptions import choice, find_topic

DEFAULT_COUNT = 3
MOST = 10


async def latest(turn: Turn, words: str) -> Answer:
    """Show the newest articles; *words* are a number, a topic, or both in either order."""
    numbers = [word for word in words.split() if word.isdecimal()]
    named = " ".join(word for word in words.split() if not word.isdecimal())
    # Only as much of a number is read as matters: somebody will type a thousand digits.
    count = min(MOST, max(1, int(numbers[0][:4]))) if numbers else DEFAULT_COUNT
    if not named:
        return await _page(turn, count=count, topic=None, older=None)
    topic = find_topic((await choice(turn.tx, turn.chat)).topics, named)
    if topic is None:
        unknown = turn.text("topic-unknown", words=shorten(named, 60))
        return turn.say(plain(unknown), keyboard=((topics_button(turn),),))
    return await _page(turn, count=count, topic=topic.id, older=None)


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
    cards = list(page.cards)
    if page.older:
        cards[-1] = _with_more(turn, cards[-1], ShowOlder(count, page.older, topic or "").pack())
    return Answer(tuple(Outgoing(turn.address, each) for each in cards))


def _with_more(turn: Turn, card: Message, more: str) -> Message:
    return replace(card, keyboard=(*card.keyboard, (Button(turn.text("button-more"), action=more),)))
