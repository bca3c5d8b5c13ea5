"""A process that sends nothing still learns how its accounts are called, to show links to them."""

import pytest

from bot.domain.messaging.messenger import MessengerError
from bot.runtime.account_worker import ConfiguredAccount
from bot.runtime.serving.own_names import OwnNames, ticks_of_names
from bot.settings.roles import ProcessRole
from bot.settings.settings import Settings, WebSection
from tests.fakes import FakeMessenger

WITH_PAGE = Settings.model_construct(web=WebSection(public_url="https://tin.example.vn", public=True))
WITHOUT = Settings.model_construct(web=WebSection(public_url="https://tin.example.vn"))


class Reached(FakeMessenger):
    """Counts how often it is asked; the first time it cannot be reached."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    async def open(self) -> None:
        self.asked += 1
        if self.asked == 1:
            raise MessengerError("no route")


async def test_a_platform_is_asked_until_it_has_answered_and_no_more() -> None:
    messenger = Reached()
    names = OwnNames([ConfiguredAccount(messenger=messenger, owners=frozenset())])

    for _ in range(4):
        await names.learn()

    assert messenger.asked == 2


@pytest.mark.parametrize(
    ("settings", "roles", "asks"),
    [
        (WITH_PAGE, {ProcessRole.WEB}, True),
        (WITH_PAGE, {ProcessRole.WEB, ProcessRole.POLL}, True),
        (WITH_PAGE, {ProcessRole.WEB, ProcessRole.SEND}, False),
        (WITH_PAGE, {ProcessRole.POLL}, False),
        (WITHOUT, {ProcessRole.WEB}, False),
    ],
)
def test_only_who_shows_the_page_and_sends_nothing_asks(
    settings: Settings, roles: set[ProcessRole], *, asks: bool
) -> None:
    assert bool(ticks_of_names(settings, (), frozenset(roles))) == asks
