"""Filters of subscriptions: asked for, set, and dropped."""

from collections.abc import Sequence

from bot.commands import setting_panels as panels
from bot.commands.callbacks import EditFilter, FilterWish
from bot.commands.names import Command
from bot.commands.setting_view import choices_of, refused, said, show, targets
from bot.commands.turn import Answer, Turn
from bot.domain.chat import ChatId
from bot.domain.feed import Topic
from bot.domain.filters import Filter, FilterError, parse
from bot.domain.message import RichText, bold, plain
from bot.services import settings as service
from bot.services.subscriptions import listed
from bot.store import chats

AWAITED = "filter"
"""The next words of a person are a filter; what it is for stands behind a dot."""

CHANNEL_AWAITED = "channel-filter"
"""They are one for a channel, whose number stands behind the dot, before what it is for."""


_SEVERAL = 4
"""Syllables: most words of Vietnamese have one or two."""


async def press_filter(turn: Turn, pressed: EditFilter) -> Answer:
    target = pressed.target
    if answer := refused(turn):
        return answer
    found = [topic for topic, _ in targets(await choices_of(turn), target)]
    if not found:
        return await show(turn, toast=turn.text("topic-gone"))
    if pressed.wish is FilterWish.DROP:
        return await set_filter(turn, found, target, None)
    return await ask_filter(turn, found, target)


async def take_filter(turn: Turn, words: str) -> Answer:
    """Take what a person typed, after being asked for it, as the filter."""
    found = [topic for topic, _ in targets(await choices_of(turn), turn.asked_about)]
    return await set_filter(turn, found, turn.asked_about, words) if found else await show(turn)


async def ask_filter(
    turn: Turn, topics: Sequence[Topic], target: str, *, fault: FilterError | None = None
) -> Answer:
    """Ask for the words, after what was wrong with the last ones. A group types them with the command."""
    wrong = turn.text("filter-fault", fault=fault.fault, limit=fault.limit) if fault else ""
    if turn.is_private and turn.chat:
        asked: RichText = (bold(turn.text("filter-ask", topics=listed(topics, turn.language))),)
        await _await(turn, turn.chat.id, target)
    else:
        command, topic = turn.spoken(Command.SETTINGS), topics[0].name(turn.language)
        asked = turn.examples("filter-ask-group", command=command, topic=topic)
    filters = {each.filter for _, each in targets(await choices_of(turn), target)}
    now = filters.pop() if len(filters) == 1 else None
    return turn.say(
        plain(wrong),
        asked,
        plain(turn.text("filter-now", words=now.shown) if now else ""),
        turn.examples("filter-how"),
        keyboard=((panels.open_button(turn.text("button-back"), panels.TOPIC, target),),),
    )


async def set_filter(turn: Turn, topics: Sequence[Topic], target: str, words: str | None) -> Answer:
    """Set the filter that *words* are, or with None drop it, and say what that comes to."""
    wanted: Filter | None = None
    if words is not None:
        try:
            wanted = parse(words)
        except FilterError as error:
            return await ask_filter(turn, topics, target, fault=error)
    ids = [topic.id for topic in topics]
    if turn.chat:
        await service.set_filter(turn.write_tx, turn.chat, ids, wanted, now=turn.now)
    what = turn.text("filter", words=wanted.shown) if wanted else turn.text("filter-dropped")
    done = turn.text("settings-changed", topics=listed(topics, turn.language), what=what)
    if wanted:
        passed, count = await service.tried(turn.tx, ids, wanted)
        done += "\n" + turn.text("filter-tried", passed=passed, count=count) if count else ""
        if count and not passed and _may_lack_commas(wanted):
            done += " " + turn.text("filter-try-commas")
    return await show(turn, panels.TOPIC, target, before=said(done))


def _may_lack_commas(wanted: Filter) -> bool:
    """Return whether what was typed as one phrase may have been meant as several."""
    return len(wanted.wanted) == 1 and wanted.wanted[0].length >= _SEVERAL


async def _await(turn: Turn, chat: ChatId, target: str) -> None:
    kind = f"{CHANNEL_AWAITED}.{chat}.{target}" if turn.managed else f"{AWAITED}.{target}"
    if here := await chats.find(turn.tx, turn.address):
        await chats.await_input(turn.write_tx, here.id, kind, turn.now)
