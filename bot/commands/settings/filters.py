"""Filters of subscriptions: asked for, set, and dropped."""

from collections.abc import Sequence

from bot.commands.base.awaited_input import ChannelFilterWords, FilterWords
from bot.commands.base.callbacks import EditFilter, FilterAction, SettingsPanel
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import GROUP_ADMINISTRATORS_ONLY
from bot.commands.base.handlers import Handlers
from bot.commands.settings import panels
from bot.commands.settings.view import choices_of, refused, said, show, targets
from bot.domain.chats.chat import ChatId
from bot.domain.chats.filters import Filter, FilterError, parse
from bot.domain.chats.message import RichText, bold, plain
from bot.domain.news.feed import Topic
from bot.services.subscribers import settings as service
from bot.services.subscribers.subscriptions import listed
from bot.store.chats import chats

handlers = Handlers()

_SEVERAL = 4
"""Syllables: most words of Vietnamese have one or two."""


def is_command_alone(command: Command, words: str) -> bool:
    """Return whether a command stands alone: with words behind it, it may be a filter, such as "tin mới"."""
    del command
    return not words


@handlers.button(EditFilter, GROUP_ADMINISTRATORS_ONLY, writes=True)
async def press_filter(request: Request, pressed: EditFilter) -> Response:
    target = pressed.target
    if answer := refused(request):
        return answer
    found = [topic for topic, _ in targets(await choices_of(request), target)]
    if not found:
        return await show(request, toast=request.text("topic-gone"))
    if pressed.wish is FilterAction.DROP:
        return await set_filter(request, found, target, None)
    return await ask_filter(request, found, target)


@handlers.awaited(FilterWords, GROUP_ADMINISTRATORS_ONLY, gives_way=is_command_alone)
async def take_filter(request: Request, awaited: FilterWords, words: str) -> Response:
    """Take what a person typed, after being asked for it, as the filter."""
    found = [topic for topic, _ in targets(await choices_of(request), awaited.target)]
    return await set_filter(request, found, awaited.target, words) if found else await show(request)


async def ask_filter(
    request: Request, topics: Sequence[Topic], target: str, *, fault: FilterError | None = None
) -> Response:
    """Ask for the words, after what was wrong with the last ones. A group types them with the command."""
    wrong = request.text("filter-fault", fault=fault.fault, limit=fault.limit) if fault else ""
    if request.is_private and request.chat:
        asked: RichText = (bold(request.text("filter-ask", topics=listed(topics, request.language))),)
        await _await(request, request.chat.id, target)
    else:
        command, topic = request.spoken(Command.SETTINGS), topics[0].name(request.language)
        asked = request.examples("filter-ask-group", command=command, topic=topic)
    filters = {each.filter for _, each in targets(await choices_of(request), target)}
    now = filters.pop() if len(filters) == 1 else None
    return request.say(
        plain(wrong),
        asked,
        plain(request.text("filter-now", words=now.shown) if now else ""),
        request.examples("filter-how"),
        keyboard=((panels.open_button(request.text("button-back"), SettingsPanel.TOPIC, target),),),
    )


async def set_filter(request: Request, topics: Sequence[Topic], target: str, words: str | None) -> Response:
    """Set the filter that *words* are, or with None drop it, and say what that comes to."""
    wanted: Filter | None = None
    if words is not None:
        try:
            wanted = parse(words)
        except FilterError as error:
            return await ask_filter(request, topics, target, fault=error)
    ids = [topic.id for topic in topics]
    if request.chat:
        await service.set_filter(request.write_tx, request.chat, ids, wanted, now=request.now)
    what = request.text("filter", words=wanted.shown) if wanted else request.text("filter-dropped")
    done = request.text("settings-changed", topics=listed(topics, request.language), what=what)
    if wanted:
        passed, count = await service.tried(request.tx, ids, wanted)
        done += "\n" + request.text("filter-tried", passed=passed, count=count) if count else ""
        if count and not passed and _may_lack_commas(wanted):
            done += " " + request.text("filter-try-commas")
    return await show(request, SettingsPanel.TOPIC, target, before=said(done))


def _may_lack_commas(wanted: Filter) -> bool:
    """Return whether what was typed as one phrase may have been meant as several."""
    return len(wanted.wanted) == 1 and wanted.wanted[0].length >= _SEVERAL


async def _await(request: Request, chat: ChatId, target: str) -> None:
    awaited = ChannelFilterWords(chat, target) if request.managed else FilterWords(target)
    if here := await chats.find(request.tx, request.address):
        await chats.await_input(request.write_tx, here.id, awaited.pack(), request.now)
