"""The settings of a channel or group, from the private chat of somebody who manages the bot."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.commands.admin.channels import with_channel
from bot.commands.base.awaited_input import ChannelFilterWords, FilterWords
from bot.commands.base.callback_data import Raw, Verb, nest, read, unnest
from bot.commands.base.callbacks import ChangeChannel, ChooseLanguage
from bot.commands.base.context import OutgoingMessage, Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import ButtonRoute, Handlers, Route
from bot.commands.settings import by_button, filters
from bot.commands.settings.view import choices_of, show
from bot.domain.chats.chat import Chat, ChatId
from bot.domain.chats.message import Button, Message
from bot.domain.chats.preferences import Schedule, Timing
from bot.domain.desk.audit import AuditAction, Plain, Values, changes, of_channel
from bot.domain.desk.roles import Right
from bot.i18n import LANGUAGES
from bot.store.chats import chats

handlers = Handlers()
_of_channels = Handlers()


@handlers.button(ChangeChannel, admins_only(Right.CHANNELS), writes=True)
async def press_settings(request: Request, asked: ChangeChannel) -> Response:
    """Do for a channel what the button inside this one does for one's own chat."""
    route = _inner(unnest(asked.inner))
    if route is None:
        return request.refuse(request.text("button-stale"))

    return await with_channel(request, asked.chat, _recorded(request, route.handle))


@handlers.awaited(ChannelFilterWords, admins_only(Right.CHANNELS), gives_way=filters.is_command_alone)
async def take_filter(request: Request, awaited: ChannelFilterWords, words: str) -> Response:
    """Take what a manager typed, after being asked for it, as a filter of a channel."""

    async def take(managed: Request) -> Response:
        return await filters.take_filter(managed, FilterWords(awaited.target), words)

    return await with_channel(request, awaited.chat, _recorded(request, take))


def _recorded(
    request: Request, handle: Callable[[Request], Awaitable[Response]]
) -> Callable[[Chat], Awaitable[Response]]:
    """Return what handles *request* for a channel, and writes down which of its settings that changed."""

    async def act(chat: Chat) -> Response:
        managed = replace(request, chat=chat, managed=True)
        before = await _settings(managed)
        answer = await handle(managed)
        changed = changes(before, await _settings(managed))
        if any(changed):
            await request.record(
                AuditAction.CHANNEL_SET, of_channel(chat.address), before=changed[0], after=changed[1]
            )
        return _nested(answer, chat.id)

    return act


async def _settings(managed: Request) -> Values:
    """Return what is set for a channel, each by a name of its own."""
    assert managed.chat is not None, "a channel is managed that is stored"
    chosen, stored = await choices_of(managed), await chats.get(managed.tx, managed.chat.id)
    preferred = chosen.preferences
    values: dict[str, Plain] = {
        "language": stored.language if stored else None,
        "quiet": str(preferred.quiet) if preferred.quiet else None,
        "quiet_mode": preferred.quiet_mode,
        "urgent": preferred.urgent,
        "silent": preferred.silent,
        "photo": preferred.photo,
        "brief": preferred.brief,
        "time_zone": preferred.time_zone,
        "address": preferred.address,
    }
    for topic, subscription in chosen.subscriptions:
        values[f"schedule {topic.id}"] = _written(subscription.schedule)
        values[f"filter {topic.id}"] = subscription.filter.shown if subscription.filter else None
    return values


def _written(schedule: Schedule) -> str:
    """Return, for example, "at_once", "daily 7" and "weekly 7 on day 1"."""
    if schedule.timing is Timing.AT_ONCE:
        return schedule.timing
    day = f" on day {schedule.weekday}" if schedule.weekday else ""
    return f"{schedule.timing} {schedule.hour}{day}"


@_of_channels.button(ChooseLanguage)
async def _speak(request: Request, wish: ChooseLanguage) -> Response:
    language = wish.language
    if request.chat is None or language not in LANGUAGES:
        return request.refuse(request.text("button-stale"))
    await chats.set_language(request.write_tx, request.chat.id, language)
    chat = replace(request.chat, language=language)
    return await show(replace(request, chat=chat), toast=request.text("toast-saved"))


_PRESSED: Mapping[Verb, ButtonRoute] = dict(
    (*by_button.handlers.buttons, *filters.handlers.buttons, *_of_channels.buttons)
)
"""The buttons that stand in the settings of a channel; whoever sees those may press all of them."""


def _inner(raw: Raw | None) -> Route | None:
    """Return where the button inside another one leads; None if it is none of ours."""
    if raw is None or raw.verb not in _PRESSED:
        return None
    try:
        return _PRESSED[raw.verb](raw.rest)
    except ValueError:
        return None


def _nested(answer: Response, channel: ChatId) -> Response:
    """Return *answer* with its buttons meant for the channel."""
    return replace(answer, messages=tuple(_meant_for(each, channel) for each in answer.messages))


def _meant_for(outgoing: OutgoingMessage, channel: ChatId) -> OutgoingMessage:
    def meant(button: Button) -> Button:
        wish = read(button.action or "")
        if wish is None or wish.verb not in _PRESSED:
            return button
        return replace(button, action=nest(Verb.CHANNEL_SETTINGS, channel, button.action or ""))

    message: Message = outgoing.message
    keyboard = tuple(tuple(meant(button) for button in row) for row in message.keyboard)
    return replace(outgoing, message=replace(message, keyboard=keyboard))
