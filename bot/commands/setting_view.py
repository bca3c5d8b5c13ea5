"""The message of /caidat as things stand, for whoever has changed them."""

from dataclasses import replace

from bot.commands import consent
from bot.commands import setting_panels as panels
from bot.commands.setting_panels import ALL, Panel
from bot.commands.turn import Answer, Turn
from bot.domain.chat import TopicId
from bot.domain.feed import Topic
from bot.domain.message import RichText, plain
from bot.domain.preferences import Preferences, QuietHours, Schedule, Subscription
from bot.services import settings as service
from bot.services.settings import Choices


def refused(turn: Turn) -> Answer | None:
    """Return what to say to those who have not yet agreed to what is stored."""
    if turn.managed:
        return None
    return None if turn.has_consent else consent.ask(turn, consent.MENU)


async def show(
    turn: Turn, panel: str = panels.MAIN, target: str = "", *, before: RichText = (), toast: str | None = None
) -> Answer:
    """Show a panel as things stand now."""
    choices = await choices_of(turn)
    text, keyboard = _panel(turn, choices, panel, target)
    return turn.say(before, text, keyboard=keyboard, toast=toast)


def _panel(turn: Turn, choices: Choices, panel: str, target: str) -> Panel:
    match panel:
        case panels.TOPIC if found := targets(choices, target):
            return panels.topic_panel(turn, found, target)
        case panels.QUIET:
            return panels.quiet_panel(turn, choices.preferences)
        case panels.FORM:
            return panels.form_panel(turn, choices.preferences)
        case panels.ZONE:
            return panels.zone_panel(turn, choices.preferences)
        case _:
            return panels.main_panel(turn, choices)


async def choices_of(turn: Turn) -> Choices:
    return await service.choices(turn.tx, turn.chat, usual=turn.context.usual)


def targets(choices: Choices, target: str) -> tuple[tuple[Topic, Subscription], ...]:
    """Return the subscriptions that a button or words are about."""
    if target == ALL:
        return choices.subscriptions
    found = choices.of(target)
    return (found,) if found else ()


async def set_schedules(turn: Turn, wanted: list[tuple[TopicId, Schedule]]) -> None:
    context = turn.context
    if turn.chat:
        await service.set_schedules(turn.write_tx, turn.chat, wanted, usual=context.usual, now=turn.now)


async def save(turn: Turn, changed: Preferences) -> Turn:
    """Keep what the chat prefers, and return the turn as it goes on from there."""
    context = turn.context
    chat = turn.chat if turn.managed and turn.chat else await turn.registered()
    await service.prefer(turn.write_tx, chat, changed, usual=context.usual, now=turn.now)
    return replace(turn, chat=chat)


def usual_quiet(turn: Turn) -> QuietHours:
    """Return the hours that are quiet where somebody wants them and has not said which."""
    return turn.context.usual.quiet or QuietHours(22 * 60, 6 * 60)


def said(text: str) -> RichText:
    return (plain(text),)


def saved(turn: Turn, what: str) -> RichText:
    return said(turn.text("settings-saved", what=what))
