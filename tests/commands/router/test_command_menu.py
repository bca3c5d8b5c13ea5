"""The menus of commands that messengers show."""

import pytest

from bot.commands.router.command_menu import menus
from bot.domain.messaging.messenger import Audience
from bot.i18n import FormOfAddress
from tests.commands.stage import texts


def test_every_audience_has_a_menu_in_every_language() -> None:
    found = menus(texts(FormOfAddress.YOU))

    assert [(menu.audience, menu.language) for menu in found] == [
        (audience, language)
        for audience in (Audience.PRIVATE, Audience.GROUP, Audience.GROUP_ADMINISTRATORS)
        for language in (None, "en")
    ]


@pytest.mark.parametrize(("place", "first"), [(0, "dangky"), (1, "subscribe")])
def test_the_menu_of_a_private_chat_names_commands_in_its_language(place: int, first: str) -> None:
    menu = menus(texts(FormOfAddress.YOU))[place]

    assert menu.entries[0].command == first
    assert all(entry.command.isascii() and 0 < len(entry.description) <= 256 for entry in menu.entries)
