"""Every command, button and awaited answer has one handler, which the router finds."""

import pytest

from bot.commands.base.awaited_input import ChannelName, InputKind, RawInput
from bot.commands.base.callback_data import Raw, Verb
from bot.commands.base.callbacks import Decline
from bot.commands.base.command_names import Command
from bot.commands.base.context import SILENCE, Request, Response
from bot.commands.base.guards import PRIVATE_ONLY, admins_only
from bot.commands.base.handlers import Handlers
from bot.commands.router.routing_table import RoutingTable, routing_table
from bot.domain.desk.roles import Right


async def on_words(request: Request, words: str) -> Response:
    return SILENCE


async def on_press(request: Request, pressed: Decline) -> Response:
    return SILENCE


async def on_name(request: Request, awaited: ChannelName, words: str) -> Response:
    return SILENCE


def test_there_is_a_handler_for_every_command_every_button_and_all_that_is_asked_for() -> None:
    table = routing_table()

    assert (set(table.commands), set(table.buttons), set(table.inputs)) == (
        set(Command),
        set(Verb),
        set(InputKind),
    )


def complete() -> Handlers:
    """Return handlers of everything there is."""
    table, handlers = routing_table(), Handlers()
    handlers.commands.extend(table.commands.items())
    handlers.buttons.extend(table.buttons.items())
    handlers.inputs.extend(table.inputs.items())
    return handlers


def test_a_second_handler_for_the_same_is_an_error_that_names_it() -> None:
    command, button, awaited = Handlers(), Handlers(), Handlers()
    command.command(Command.HELP)(on_words)
    button.button(Decline)(on_press)
    awaited.awaited(ChannelName)(on_name)

    for second, name in ((command, "Command.HELP"), (button, "Verb.DECLINE"), (awaited, "InputKind.CHANNEL")):
        with pytest.raises(ValueError, match=rf"{name}.* has more than one handler"):
            RoutingTable.of(complete(), second)


def test_what_has_no_handler_is_an_error_that_names_it() -> None:
    command, button, awaited = (complete() for _ in range(3))
    command.commands = [each for each in command.commands if each[0] is not Command.HELP]
    button.buttons = [each for each in button.buttons if each[0] is not Verb.DECLINE]
    awaited.inputs = [each for each in awaited.inputs if each[0] is not InputKind.CHANNEL]

    for lacking, name in (
        (command, "Command.HELP"),
        (button, "Verb.DECLINE"),
        (awaited, "InputKind.CHANNEL"),
    ):
        with pytest.raises(ValueError, match=rf"no handler is registered for .*{name}"):
            RoutingTable.of(lacking)


def test_a_handler_is_registered_with_its_guard_and_with_whether_it_writes() -> None:
    table = routing_table()
    ask, sure = table.pressed(Raw(Verb.DISMISS, "7")), table.pressed(Raw(Verb.DISMISS, "7.1"))
    subscribe, show = table.commands[Command.SUBSCRIBE]("quốc tế"), table.commands[Command.SUBSCRIBE]("")
    saved = table.pressed(Raw(Verb.OPEN, "saved"))

    assert ask
    assert sure
    assert saved
    assert (ask.guard, ask.writes, sure.writes) == (admins_only(Right.ADMINS), False, True)
    assert (subscribe.writes, show.writes) == (True, False)
    assert (saved.guard, saved.writes) == (PRIVATE_ONLY, False)


@pytest.mark.parametrize(
    "raw",
    [None, Raw(Verb.SHOW, ""), Raw(Verb.SHOW, "x"), Raw(Verb.SHOW, str(2**63)), Raw(Verb.OPEN, "unknown")],
)
def test_a_button_whose_fields_are_none_of_ours_leads_nowhere(raw: Raw | None) -> None:
    assert routing_table().pressed(raw) is None


def test_an_awaited_answer_whose_fields_are_none_of_ours_leads_nowhere() -> None:
    table = routing_table()

    assert table.given(RawInput(InputKind.CHANNEL_FILTER, "7.quoc-te"), "sáng chế")
    assert table.given(RawInput(InputKind.CHANNEL_FILTER, "x.quoc-te"), "sáng chế") is None
