"""The owners are sent the figures of the week before: on Monday morning, once, whoever sends them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.chats.chat import Address, ChatKind, ChatStatus
from bot.domain.chats.message import NewPhoto
from bot.domain.delivery.delivery import RetryLater
from bot.domain.desk.figures import Figure
from bot.i18n import FormOfAddress
from bot.services.figures.picture import FiguresPicture
from bot.services.operations.managed_account import AccountHealth
from bot.services.operations.weekly_figures import WeeklyFigures, due_day
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.figures.counting import count, place
from tests.commands.stage import texts, words
from tests.fakes import FakeClock
from tests.managed import FakeAccount
from tests.store.world import ACCOUNT, DOMESTIC, prepare

MONDAY = date(2026, 3, 9)
EIGHT = datetime(2026, 3, 9, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


Told = tuple[str, str, bool]
"""Who was told, the first line of it, and whether it came with a picture."""


class Office:
    """An account with two owners, and the process that tells them."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, FakeClock(EIGHT - HOUR)
        self.account = FakeAccount(ACCOUNT, owners=frozenset({"900", "901"}))
        self.drawn: list[FiguresPicture] = []
        self.process = self.other()

    def other(self) -> WeeklyFigures:
        """Return another process, or the same one after a restart."""
        return WeeklyFigures(self.database, self.clock, texts(FormOfAddress.YOU), self.draw, self.account)

    async def draw(self, picture: FiguresPicture) -> NewPhoto | None:
        self.drawn.append(picture)
        return NewPhoto("chart", b"jpeg")

    async def after(
        self, span: timedelta, process: WeeklyFigures | None = None
    ) -> list[tuple[str, str, bool]]:
        """Return who is told what when so much time has gone by, and whether by a picture."""
        self.clock.advance(span.total_seconds())
        self.account.said.clear()
        await (process or self.process).tell()
        said = self.account.said
        return [(owner, words(each).splitlines()[0], each.photo is not None) for owner, each in said]


@pytest.fixture
async def office(db: Database) -> Office:
    await prepare(db)
    async with db.write() as tx:
        for days_ago, number in ((1, 5), (7, 7), (8, 1_000), (0, 2_000)):
            count(tx, place(DOMESTIC.id, ACCOUNT, EIGHT - days_ago * DAY), Figure.DELIVERED, number)
    return Office(db)


HEAD = "Số liệu tuần qua (từ 02/03/2026 đến 08/03/2026)"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (EIGHT - timedelta(seconds=1), None),
        (EIGHT, MONDAY),
        (EIGHT + 2 * DAY - timedelta(seconds=1), MONDAY),
        (EIGHT + 2 * DAY, None),
        (EIGHT + 6 * DAY, None),
    ],
)
def test_it_is_due_on_monday_at_eight(moment: datetime, day: date | None) -> None:
    assert due_day(moment) == day


async def test_each_owner_is_told_in_words_and_by_a_picture(office: Office) -> None:
    assert await office.after(timedelta()) == []
    assert await office.after(HOUR) == [
        (owner, HEAD, is_picture) for owner in ("900", "901") for is_picture in (False, True)
    ]
    assert "Tin đã gửi: 12\n" in words(office.account.said[0][1])
    assert len(office.drawn) == 1


async def test_they_are_told_once_across_processes_and_restarts(office: Office) -> None:
    assert await office.after(HOUR)
    assert await office.after(HOUR) == []
    assert await office.after(HOUR, office.other()) == []
    assert await office.after(7 * DAY - 2 * HOUR) != []


async def test_whoever_was_down_on_monday_tells_it_the_day_after_and_no_later(office: Office) -> None:
    assert await office.after(HOUR + DAY)
    late = Office(office.database)
    assert await late.after(HOUR + 9 * DAY) == []


async def test_who_cannot_be_told_now_is_told_later(office: Office) -> None:
    office.account.outcome = lambda _: RetryLater("the account is not ours")
    assert len(await office.after(HOUR)) == 4
    office.account.outcome = FakeAccount(ACCOUNT).outcome
    assert len(await office.after(HOUR)) == 4
    assert await office.after(HOUR) == []


async def test_only_the_process_tells_that_has_the_account(office: Office) -> None:
    office.account.state = AccountHealth(ours=False)

    assert await office.after(HOUR) == []


async def test_each_is_told_in_the_own_language_and_nobody_who_has_left(office: Office) -> None:
    async with office.database.write() as tx:
        for user, language, status in (("900", "en", ChatStatus.ACTIVE), ("901", "vi", ChatStatus.OFF)):
            address = Address(ACCOUNT, user)
            chat = await chats.register(
                tx, address, kind=ChatKind.PRIVATE, language=language, title=None, now=EIGHT
            )
            await chats.set_status(tx, chat.id, status, "blocked", now=EIGHT)

    ((owner, said, _), _) = await office.after(HOUR)
    assert (owner, said) == ("900", "Figures of the past week (2 March 2026 to 8 March 2026)")


async def test_where_nothing_can_be_uploaded_there_are_words_alone(office: Office) -> None:
    messenger = office.account.messenger
    messenger.capabilities = replace(messenger.capabilities, photo_upload=False)  # type: ignore[misc]

    assert await office.after(HOUR) == [("900", HEAD, False), ("901", HEAD, False)]
    assert office.drawn == []


async def test_a_week_in_which_nothing_was_counted_is_not_told(db: Database) -> None:
    await prepare(db)

    assert await Office(db).after(HOUR) == []
