"""The message of /caidat as things stand, for whoever has changed them."""

from dataclasses import replace

from bot.commands.base.callbacks import SettingsPanel
from bot.commands.base.context import Request, Response
from bot.commands.reader import consent
from bot.commands.settings import panels
from bot.commands.settings.panels import ALL, Panel
from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import RichText, plain
from bot.domain.chats.preferences import Preferences, QuietHours, Schedule, Subscription
from bot.domain.news.feed import Topic
from bot.services.subscribers import settings as service
from bot.services.subscribers.settings import ChatSettings


def refused(request: Request) -> Response | None:
    """Return what to say to those who have not yet agreed to what is stored."""
    if request.managed:
        return None
    return None if request.has_consent else consent.ask(request, consent.MENU)


async def show(
    request: Request,
    panel: SettingsPanel = SettingsPanel.MAIN,
    target: str = "",
    *,
    before: RichText = (),
    toast: str | None = None,
) -> Response:
    """Show a panel as things stand now."""
    choices = await choices_of(request)
    text, keyboard = _panel(request, choices, panel, target)
    return request.say(before, text, keyboard=keyboard, toast=toast)


def _panel(request: Request, choices: ChatSettings, panel: SettingsPanel, target: str) -> Panel:
    match panel:
        case SettingsPanel.TOPIC if found := targets(choices, target):
            return panels.topic_panel(request, found, target)
        case SettingsPanel.QUIET:
            return panels.quiet_panel(request, choices.preferences)
        case SettingsPanel.FORM:
            return panels.form_panel(request, choices.preferences)
        case SettingsPanel.ADDRESS:
            return panels.address_panel(request)
        case SettingsPanel.ZONE:
            return panels.zone_panel(request, choices.preferences)
        case _:
            return panels.main_panel(request, choices)


async def choices_of(request: Request) -> ChatSettings:
    return await service.choices(request.tx, request.chat, usual=request.context.usual)


def targets(choices: ChatSettings, target: str) -> tuple[tuple[Topic, Subscription], ...]:
    """Return the subscriptions that a button or words are about."""
    if target == ALL:
        return choices.subscriptions
    found = choices.of(target)
    return (found,) if found else ()


async def set_schedules(request: Request, wanted: list[tuple[TopicId, Schedule]]) -> None:
    context = request.context
    if request.chat:
        await service.set_schedules(
            request.write_tx, request.chat, wanted, usual=context.usual, now=request.now
        )


async def save(request: Request, changed: Preferences) -> Request:
    """Keep what the chat prefers, and return the request as it goes on from there."""
    context = request.context
    chat = request.chat if request.managed and request.chat else await request.registered()
    await service.prefer(request.write_tx, chat, changed, usual=context.usual, now=request.now)
    request = replace(request, chat=chat)
    return request if request.managed else request.addressed(changed.address)


def usual_quiet(request: Request) -> QuietHours:
    """Return the hours that are quiet where somebody wants them and has not said which."""
    return request.context.usual.quiet or QuietHours(22 * 60, 6 * 60)


def said(text: str) -> RichText:
    return (plain(text),)


def saved(request: Request, what: str) -> RichText:
    return said(request.text("settings-saved", what=what))
