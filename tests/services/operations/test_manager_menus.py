"""The menus of those who manage the bot, as they come and go with the role."""

from functools import partial

import pytest

from bot.commands.router.command_menu import menus_of_manager, no_menus
from bot.domain.chats.chat import AccountId, Address, ChatKind, ChatStatus
from bot.domain.desk.figures import EndReason
from bot.domain.desk.roles import Role
from bot.domain.messaging.messenger import CommandMenu, MessengerError
from bot.i18n import FormOfAddress
from bot.services.operations.managed_account import AccountHealth
from bot.services.operations.manager_menus import ASK_AGAIN_AFTER, ManagerMenus, MenuTexts
from bot.store.chats import chats, erasure
from bot.store.engine.database import Database
from bot.store.runtime import accounts, admins
from tests.commands.stage import FULLY, texts
from tests.fakes import ACCOUNT, FakeClock, FakeMessenger
from tests.managed import FakeAccount

OWNER, ADMIN = "900", "123"
Shown = tuple[str, str | None, list[str]]
TEXTS = texts(FormOfAddress.YOU)


class Office:
    """An owner and whoever is appointed, and the menus that the messenger was told to show."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = FakeClock()
        self.messenger = FakeMessenger()
        self.account = FakeAccount(ACCOUNT, owners=frozenset({OWNER}), messenger=self.messenger)
        self.service = self.another_service()

    def another_service(self) -> ManagerMenus:
        menu_texts = MenuTexts(
            shown_to=partial(menus_of_manager, TEXTS, has_console=False),
            taken_from=partial(no_menus, TEXTS),
        )
        return ManagerMenus(self.database, self.clock, menu_texts, self.account)

    async def looks(self) -> list[Shown]:
        """Return what menus the messenger is told of now: whose, in which language, and the first of it."""
        self.messenger.menus = tuple[CommandMenu, ...]()
        await self.service.look()
        return [
            (menu.person, menu.language, [entry.command for entry in menu.entries[:4]])
            for menu in self.messenger.menus
        ]

    async def starts(self, user: str) -> None:
        async with self.database.write() as tx:
            await chats.register(
                tx,
                Address(ACCOUNT, user),
                kind=ChatKind.PRIVATE,
                language="vi",
                title=None,
                now=self.clock.now(),
            )

    async def appoints(self) -> None:
        async with self.database.write() as tx:
            await admins.appoint(tx, ACCOUNT, ADMIN, FULLY, appointed_by=OWNER, now=self.clock.now())

    async def dismisses(self) -> None:
        async with self.database.write() as tx:
            await admins.dismiss(tx, ACCOUNT, ADMIN)


@pytest.fixture
async def office(db: Database) -> Office:
    office = Office(db)
    async with db.write() as tx:
        await accounts.register(
            tx, AccountId(ACCOUNT), platform="fake", name="bantin_bot", now=office.clock.now()
        )
    return office


SHOWN: list[Shown] = [
    (ADMIN, None, ["choduyet", "thongbao", "tinphathanh", "tamdung"]),
    (ADMIN, "en", ["approvals", "announce", "publications", "pause"]),
]
TAKEN: list[Shown] = [(ADMIN, None, []), (ADMIN, "en", [])]


async def test_an_admin_has_a_menu_from_the_first_start_until_the_dismissal(office: Office) -> None:
    await office.appoints()
    unstarted = await office.looks()
    await office.starts(ADMIN)

    shown, again = await office.looks(), await office.looks()
    await office.dismisses()

    assert (unstarted, shown, again) == ([], SHOWN, [])
    assert (await office.looks(), await office.looks()) == (TAKEN, [])


async def test_only_an_owner_has_the_command_that_appoints(office: Office) -> None:
    for user in (OWNER, ADMIN):
        await office.starts(user)
    await office.looks()
    owners = {entry.command for menu in office.messenger.menus for entry in menu.entries}
    await office.appoints()
    await office.looks()
    theirs = {entry.command for menu in office.messenger.menus for entry in menu.entries}

    assert owners - theirs == {"admin", "nhatky", "audit"}


async def test_a_menu_shows_what_the_roles_may_do_and_follows_them(office: Office) -> None:
    await office.starts(ADMIN)
    await office.appoints()
    await office.looks()

    async with office.database.write() as tx:
        await admins.set_roles(tx, ACCOUNT, ADMIN, [Role.READER])

    assert await office.looks() == [
        (ADMIN, None, ["tinphathanh", "tamdung", "nguon", "loi"]),
        (ADMIN, "en", ["publications", "pause", "feeds", "failures"]),
    ]
    assert await office.looks() == []


async def test_a_menu_is_known_after_a_restart(office: Office) -> None:
    await office.appoints()
    await office.starts(ADMIN)
    await office.looks()

    office.service = office.another_service()
    untouched = await office.looks()
    await office.dismisses()
    office.service = office.another_service()

    assert (untouched, await office.looks()) == ([], TAKEN)


async def test_whoever_had_everything_deleted_loses_the_menu(office: Office) -> None:
    await office.appoints()
    await office.starts(ADMIN)
    await office.looks()
    async with office.database.write() as tx:
        await erasure.forget_person(tx, ACCOUNT, ADMIN, why=EndReason.ERASED, now=office.clock.now())

    assert (await office.looks(), await office.looks()) == (TAKEN, [])


async def test_a_messenger_that_refuses_is_asked_again_later(office: Office) -> None:
    await office.appoints()
    await office.starts(ADMIN)
    office.messenger.fails = MessengerError("chat not found")
    await office.looks()
    office.messenger.fails = None

    early = await office.looks()
    office.clock.advance(ASK_AGAIN_AFTER)

    assert (early, await office.looks()) == ([], SHOWN)


async def test_whoever_shut_the_bot_out_is_left_alone_and_so_is_an_account_of_others(office: Office) -> None:
    await office.appoints()
    await office.starts(ADMIN)
    office.account.state = AccountHealth(ours=False)
    of_others = await office.looks()
    office.account.state = AccountHealth()
    async with office.database.write() as tx:
        chat = await chats.find(tx, Address(ACCOUNT, ADMIN))
        assert chat
        await chats.set_status(tx, chat.id, ChatStatus.OFF, now=office.clock.now())

    assert (of_others, await office.looks()) == ([], [])
