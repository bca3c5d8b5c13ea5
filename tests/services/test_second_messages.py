"""Corrections and withdrawals on their way to an emulated Zalo, which edits and deletes nothing."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from bot.domain.chats.chat import Address, Chat, ChatKind
from bot.domain.chats.message import NewPhoto
from bot.domain.chats.preferences import EVERY_MORNING, Preferences, QuietHours, QuietMode
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.delivery.monthly_quota import MonthlyQuota, month_of
from bot.domain.desk.figures import EndReason
from bot.domain.news.article import ArticleId, Attachment, PreparedPhoto
from bot.emulator.server import Emulator
from bot.messengers.zalo import ZaloMessenger
from bot.messengers.zalo.messenger import ZaloSettings
from bot.services.delivery.sender import Sender
from bot.services.publishing.publications import take_back
from bot.services.publishing.resending import to_chat
from bot.store.articles import ended
from bot.store.chats import chats, preferences
from bot.store.outbox import outbox
from bot.store.quotas import monthly_quota
from bot.store.runtime import accounts, endings
from tests.emulated import Emulated, jpeg
from tests.emulator.zalo.client import TOKEN, ZaloClient
from tests.fakes import MESSENGER_CAPABILITIES, FakeMessenger
from tests.outbox_world import FAST, QUICK, TOPIC, OutboxWorld
from tests.services.test_correcting_messages import ACTOR, correct
from tests.services.test_sending_digests import SetClock

NOON = datetime(2026, 11, 16, 5, tzinfo=UTC)
MORNING = datetime(2026, 11, 17, 0, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANOTHER = PreparedPhoto("b" * 64, "https://agency.example/anh.jpg", jpeg(color="yellow"), 64, 48)


@dataclass
class OnZalo:
    """One who gets news at once, and one who gets a digest at seven."""

    world: OutboxWorld
    zalo: ZaloClient
    clock: SetClock
    sender: Sender
    chats: list[Chat]

    async def settled(self) -> None:
        self.sender.wake()
        await self.world.until_settled(within=20)

    async def read(self, person: str) -> list[str]:
        messages = (await self.zalo.look("chat", person=person))["messages"]
        return [each["text"] for each in messages if each["from_bot"]]

    async def withdrawn(self, article: ArticleId) -> None:
        async with self.world.database.write() as tx:
            await take_back(tx, article, now=self.clock.now())

    async def over(self, article: ArticleId) -> None:
        """Have the time of *article* be over."""
        now = self.clock.now()
        async with self.world.database.write() as tx:
            revision = await ended.end(tx, article, now)
            telling = outbox.NewFanout(
                article=article, topic=TOPIC.id, revision=revision, due_at=now, expires_at=now + HOUR
            )
            await outbox.enqueue(tx, telling, now=now)

    async def put_off(self) -> None:
        """Wait until all that is left waits for another month."""
        async with asyncio.timeout(20):
            while True:
                async with self.world.database.read() as tx:
                    backlog = await outbox.backlog(tx, now=self.clock.now())
                if backlog.pending and not backlog.due:
                    return
                await asyncio.sleep(0.02)

    async def reasons(self) -> list[str]:
        """Return why deliveries ended that were not sent."""
        stands = (await self.world.statuses()).values()
        return [f"{why}" for each in stands for status, why in each if status is not DeliveryStatus.SENT]


async def subscribed(world: OutboxWorld, zalo: ZaloClient, messenger: ZaloMessenger) -> list[Chat]:
    async with world.database.write() as tx:
        await accounts.register(tx, messenger.account, platform="zalo", name="bot", now=world.clock.now())
    at = [Address(messenger.account, await zalo.says("/start", person=name)) for name in ("an", "bình")]
    people = await world.subscribe_at(at, ChatKind.PRIVATE)
    async with world.database.write() as tx:
        await preferences.set_schedule(
            tx, people[1].id, TOPIC.id, EVERY_MORNING, usual=QUICK.usual, now=world.clock.now()
        )
    return people


@pytest.fixture(params=[3000])
async def on_zalo(
    request: pytest.FixtureRequest, emulated: Emulated, sqlite_url: str
) -> AsyncIterator[OnZalo]:
    async with (
        Emulator.start() as emulator,
        aiohttp.ClientSession() as session,
        OutboxWorld.make(emulated, sqlite_url) as world,
    ):
        zalo = ZaloClient(emulator, session)
        await zalo.control("bots", token=TOKEN, display_name="Bot Tin")
        world.clock = clock = SetClock(NOON)
        pacing = replace(FAST, monthly=MonthlyQuota(request.param))
        messenger = await ZaloMessenger.connect(ZaloSettings(TOKEN, api_url=zalo.url, pacing=pacing))
        people = await subscribed(world, zalo, messenger)
        sender = world.sender(messenger, replace(QUICK, lease=200_000))
        running = asyncio.create_task(sender.run())
        try:
            yield OnZalo(world, zalo, clock, sender, people)
        finally:
            sender.stop()
            await running
            await messenger.close()


async def test_a_correction_is_a_second_message_to_who_got_the_article_by_itself(on_zalo: OnZalo) -> None:
    article = await on_zalo.world.publish()
    on_zalo.clock.set(MORNING)
    await on_zalo.settled()
    on_zalo.clock.set(MORNING + HOUR)
    for title in ("Bài số một", "Bài số nhất"):
        await correct(on_zalo.world, article, title)
        await on_zalo.settled()

    said = await on_zalo.read("an")
    assert [text.split("\n")[0] for text in said] == [
        "Bài số 1",
        "Đính chính Bài số 1: Bài số một",
        "Đính chính Bài số một: Bài số nhất",
    ]
    assert len(await on_zalo.read("bình")) == 1
    assert all("it came in a digest" in why for why in await on_zalo.reasons())


async def test_days_later_who_got_it_by_itself_is_told_that_its_time_is_over(on_zalo: OnZalo) -> None:
    article = await on_zalo.world.publish()
    on_zalo.clock.set(MORNING)
    await on_zalo.settled()
    on_zalo.clock.set(MORNING + 75 * HOUR)

    await on_zalo.over(article)
    await on_zalo.settled()

    told = [(await on_zalo.read(person))[1:] for person in ("an", "bình")]
    assert told == [["Đã hết hạn Bài số 1"], []]


async def test_a_day_later_nothing_is_corrected_and_a_withdrawal_is_told_to_all_once(
    on_zalo: OnZalo,
) -> None:
    article = await on_zalo.world.publish()
    on_zalo.clock.set(MORNING)
    await on_zalo.settled()
    on_zalo.clock.set(MORNING + 25 * HOUR)
    await correct(on_zalo.world, article, "Bài số một")
    await on_zalo.withdrawn(article)
    await on_zalo.settled()

    told = [(await on_zalo.read(person))[1:] for person in ("an", "bình")]
    assert told == [["Đã gỡ Bài số một"]] * 2
    assert len(await on_zalo.reasons()) == 2


async def test_who_got_it_several_times_is_told_once_that_it_was_withdrawn(on_zalo: OnZalo) -> None:
    article = await on_zalo.world.publish()
    on_zalo.clock.set(MORNING)
    await on_zalo.settled()
    for _ in range(2):
        async with on_zalo.world.database.write() as tx:
            assert await to_chat(tx, article, on_zalo.chats[0].id, ACTOR, now=on_zalo.clock.now())
        await on_zalo.settled()
    async with on_zalo.world.database.write() as tx:
        # A fourth is owed, and does not go out any more.
        assert await to_chat(tx, article, on_zalo.chats[0].id, ACTOR, now=on_zalo.clock.now())
    await on_zalo.withdrawn(article)
    await on_zalo.settled()

    said = [text.partition("\n")[0] for text in await on_zalo.read("an")]
    assert said == [*["Bài số 1"] * 3, "Đã gỡ Bài số 1"]
    assert (await on_zalo.read("bình"))[1:] == ["Đã gỡ Bài số 1"]
    async with on_zalo.world.database.read() as tx:
        progress = await endings.of_withdrawal(tx, article)
    assert (progress.sent, progress.failed, progress.out_of_reach) == (2, 2, 0)


@pytest.mark.parametrize("on_zalo", [10], indirect=True)
async def test_where_the_days_messages_are_used_a_correction_is_left_out_and_a_withdrawal_is_told(
    on_zalo: OnZalo,
) -> None:
    """The digests of the month leave nothing of ten messages for what comes at once, but what is urgent."""
    article = await on_zalo.world.publish(urgent=True)
    on_zalo.clock.set(MORNING)
    await on_zalo.settled()
    await correct(on_zalo.world, article, "Bài số một")
    await on_zalo.settled()
    why = await on_zalo.reasons()
    await on_zalo.withdrawn(article)
    await on_zalo.settled()

    assert [text.split("\n")[0] for text in await on_zalo.read("an")] == ["Bài số 1", "Đã gỡ Bài số một"]
    assert [each.partition("]")[0] for each in why] == ["[no-messages-left", "[no-edits"]


@pytest.mark.parametrize("on_zalo", [10], indirect=True)
@pytest.mark.parametrize(("day", "told"), [(20, []), (30, ["Đã gỡ Bài số 1"])])
async def test_a_withdrawal_on_a_spent_month_is_told_when_it_turns_within_a_day_and_else_never(
    on_zalo: OnZalo, day: int, told: list[str]
) -> None:
    on_zalo.clock.set(NOON.replace(day=day - 1))
    article = await on_zalo.world.publish(urgent=True)
    on_zalo.clock.set(MORNING.replace(day=day))
    await on_zalo.settled()
    account = on_zalo.chats[0].address.account
    async with on_zalo.world.database.write() as tx:
        month = month_of(on_zalo.clock.now())
        count = await monthly_quota.locked(tx, account, month)
        await monthly_quota.save(tx, account, month, replace(count, messages=10, news=10))
    await on_zalo.withdrawn(article)
    on_zalo.sender.wake()
    if told:
        await on_zalo.put_off()
    else:
        await on_zalo.settled()
    for hours in (17, 41):
        on_zalo.clock.set(datetime(2026, 11, 30, tzinfo=UTC) + hours * HOUR + timedelta(minutes=1))
        await on_zalo.settled()

    assert (await on_zalo.read("an"))[1:] == told
    assert len([why for why in await on_zalo.reasons() if "no-messages-left" in why]) == 2 * (not told)


async def test_files_that_were_added_and_removed_are_told_and_a_photo_only_where_photos_are_shown(
    on_zalo: OnZalo,
) -> None:
    article = await on_zalo.world.publish(photo=True)
    on_zalo.clock.set(MORNING)
    await on_zalo.settled()
    first, second, third = (Attachment(f"https://agency.example/{n}.pdf", f"Văn bản {n}") for n in (1, 2, 3))
    for files in ([first], [second, third]):
        await correct(on_zalo.world, article, "Bài số 1", files=files)
        await on_zalo.settled()
    await correct(on_zalo.world, article, "Bài số 1", files=[second, third], photo=ANOTHER)
    await on_zalo.settled()

    assert (await on_zalo.read("an"))[1:] == ["Đính chính : Bài số 1 +1 −0", "Đính chính : Bài số 1 +2 −1"]
    assert sum("nothing that it was shown has changed" in why for why in await on_zalo.reasons()) == 1


@pytest.mark.parametrize("wanted", [True, False])
async def test_a_new_photo_comes_with_the_message_that_tells_of_it_to_who_wants_photos(
    emulated: Emulated, sqlite_url: str, *, wanted: bool
) -> None:
    messenger = FakeMessenger(capabilities=replace(MESSENGER_CAPABILITIES, edits=False))
    async with OutboxWorld.make(emulated, sqlite_url) as world:
        async with world.database.write() as tx:
            await accounts.register(
                tx, messenger.account, platform="plain", name="bot", now=world.clock.now()
            )
        (chat,) = await world.subscribe_at([Address(messenger.account, "an")], ChatKind.PRIVATE)
        async with world.database.write() as tx:
            manner = Preferences(photo=wanted, brief=True)
            await preferences.save(tx, chat.id, manner, usual=QUICK.usual, now=world.clock.now())
        sender = world.sender(messenger)
        running = asyncio.create_task(sender.run())
        article = await world.publish(photo=True)
        sender.wake()
        await world.until_settled()
        await correct(world, article, "Bài số 1", "Tóm tắt mới.", photo=ANOTHER)
        sender.wake()
        await world.until_settled()
        sender.stop()
        await running

    told = [("".join(span.text for span in message.text), message.photo) for _, message in messenger.sent[1:]]
    photo = NewPhoto(ANOTHER.key, ANOTHER.content)
    assert told == ([("Đính chính : Bài số 1 photo", photo)] if wanted else [])


async def test_who_has_unsubscribed_gets_no_second_message(on_zalo: OnZalo) -> None:
    article = await on_zalo.world.publish()
    on_zalo.clock.set(MORNING)
    await on_zalo.settled()
    async with on_zalo.world.database.write() as tx:
        await chats.unsubscribe(
            tx, on_zalo.chats[0].id, None, why=EndReason.UNSUBSCRIBED, now=on_zalo.world.clock.now()
        )
    await correct(on_zalo.world, article, "Bài số một")
    await on_zalo.settled()
    await on_zalo.withdrawn(article)
    await on_zalo.settled()

    said = [[text.split("\n")[0] for text in await on_zalo.read(person)] for person in ("an", "bình")]
    assert [len(each) for each in said] == [1, 2]


@pytest.mark.parametrize("summary", ["Hai người.", ""])
async def test_what_was_corrected_before_an_earlier_correction_was_told_is_told_with_it(
    on_zalo: OnZalo, summary: str
) -> None:
    """The second revision changes the summary, or nothing but the photo: the title is told with either."""
    article = await on_zalo.world.publish()
    on_zalo.clock.set(MORNING)
    await on_zalo.settled()
    wanted = Preferences(quiet=QuietHours.parse("22:00-06:00"), quiet_mode=QuietMode.WAIT)
    async with on_zalo.world.database.write() as tx:
        await preferences.save(tx, on_zalo.chats[0].id, wanted, usual=QUICK.usual, now=on_zalo.clock.now())
    on_zalo.clock.set(MORNING + 22.5 * HOUR)
    await correct(on_zalo.world, article, "Bài số một")
    await correct(on_zalo.world, article, "Bài số một", summary)
    on_zalo.clock.set(MORNING + 23 * HOUR)
    await on_zalo.settled()

    (told,) = (await on_zalo.read("an"))[1:]
    assert told == f"Đính chính Bài số 1: Bài số một{' summary' if summary else ''}"


async def test_a_second_message_waits_for_the_end_of_quiet_hours(on_zalo: OnZalo) -> None:
    article = await on_zalo.world.publish()
    on_zalo.clock.set(MORNING)
    await on_zalo.settled()
    wanted = Preferences(quiet=QuietHours.parse("22:00-06:00"), quiet_mode=QuietMode.WAIT)
    async with on_zalo.world.database.write() as tx:
        await preferences.save(tx, on_zalo.chats[0].id, wanted, usual=QUICK.usual, now=on_zalo.clock.now())
    on_zalo.clock.set(MORNING + 16 * HOUR)
    await on_zalo.withdrawn(article)
    on_zalo.sender.wake()
    async with asyncio.timeout(20):
        while len(await on_zalo.read("bình")) < 2:  # noqa: ASYNC110 - the emulator does not say so
            await asyncio.sleep(0.02)
    at_night = await on_zalo.read("an")
    on_zalo.clock.set(MORNING + 23 * HOUR)
    await on_zalo.settled()

    assert len(at_night) == 1
    assert (await on_zalo.read("an"))[1:] == ["Đã gỡ Bài số 1"]
