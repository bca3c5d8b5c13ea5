"""Menus on a messenger without buttons: numbers are typed, go stale kindly, and keep no record."""

import asyncio
import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update

from bot.commands.base.article_buttons import ArticleButtons, composer
from bot.commands.base.unit_of_work import UnitOfWork
from bot.commands.runtime.handling import Speaker
from bot.commands.runtime.text_menu import fitting
from bot.domain.chats.chat import (
    Address,
    ButtonPressed,
    ChatKind,
    ChatRole,
    MembershipChanged,
    TextReceived,
    UpdateSender,
)
from bot.domain.chats.message import Button, Message, length, plain, with_examples
from bot.domain.clock import SystemClock
from bot.domain.news.article import Article
from bot.i18n import FormOfAddress
from bot.metrics import Metrics
from bot.services.delivery import sender as sender_module
from bot.services.gateway.account import ServedAccount
from bot.services.operations.retention import Retention, RetentionRules
from bot.services.rendering.card import correction_note, ending_note, removal_note, withdrawal
from bot.services.rendering.digest import digest_composer
from bot.services.rendering.renderer import Renderer
from bot.services.text_menus.menus import Talk, TextMenus
from bot.services.text_menus.messenger import spelling_out
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.outbox import outbox
from bot.store.runtime import shown_menus
from bot.store.schema import deliveries, metadata
from bot.store.schema import shown_menus as table
from tests.commands.stage import HOME, OWNER, Stage, texts, wording, words
from tests.fakes import FakeMessenger
from tests.personal import traces
from tests.plain_messenger import PlainMessenger
from tests.titles import long_title

STALE = wording("button-stale")


@dataclass
class Typist:
    """Somebody who types; the conversation stays the same from one message to the next."""

    stage: Stage
    speaker: Speaker
    user: str = "77"
    chat: str = "77"
    kind: ChatKind = ChatKind.PRIVATE
    seen: list[Message] = field(default_factory=list)

    async def types(self, text: str, *, addressed: bool = True) -> str:
        address = Address(self.stage.messenger.account, self.chat)
        incoming = TextReceived(address, self.kind, UpdateSender(self.user, "vi"), text, addressed=addressed)
        answer = await self.stage.answer(incoming, self.speaker)
        assert answer.toast is None
        self.seen = [outgoing.message for outgoing in answer.messages if outgoing.to == address]
        for message in self.seen:
            assert (message.keyboard, message.replaces) == ((), None)
            assert length(message.text) <= 2000
        return "\n\n".join(words(message) for message in self.seen)


@pytest.fixture
async def plain_stage(sqlite_db: Database) -> Stage:
    stage = await Stage.open(sqlite_db)
    stage.messenger = PlainMessenger()
    return stage


@pytest.fixture
def person(plain_stage: Stage) -> Typist:
    return Typist(plain_stage, fitting(plain_stage.conversation))


async def test_a_menu_is_a_numbered_list_and_a_number_chooses_from_it(person: Typist) -> None:
    said = await person.types("/start")

    assert said.endswith(
        "Để chọn, vui lòng gửi số tương ứng:\n1. ✅ Đồng ý nhận tin\n2. Để sau\n3. 🌐 English"
    )
    assert "Đăng ký nhận tin" in await person.types("số 1")
    assert (await person.types("1")).startswith("Đã đăng ký: Hoạt động trong nước\n\n")


async def test_every_list_takes_the_place_of_the_one_before(person: Typist) -> None:
    await person.types("/start")
    await person.types("/chuyenmuc")

    assert await person.types("1") != ""
    assert "Vui lòng gửi một số từ 1 đến" in await person.types("40")


async def test_a_number_without_a_list_is_answered_kindly(person: Typist) -> None:
    assert (await person.types("3")).startswith(STALE)


async def test_a_list_is_stale_after_a_day_and_then_forgotten(person: Typist) -> None:
    await person.types("/start")
    person.stage.clock.advance(25 * 3600)

    assert (await person.types("1")).startswith(STALE)
    rules = RetentionRules(*[timedelta(days=900)] * 5)
    await Retention(person.stage.database, person.stage.clock, rules).prune()
    async with person.stage.database.read() as tx:
        assert (await tx.execute(select(table))).all() == []


async def test_a_card_below_a_list_leaves_the_list_as_it_is(person: Typist) -> None:
    for hour in (8, 9):
        await person.stage.publish(f"Tin {hour} giờ", hour=hour)
    await person.types("/start")
    await person.types("1")
    await person.types("/timkiem tin")

    first, second = await person.types("1"), await person.types("2")

    assert {first.partition("\n")[0], second.partition("\n")[0]} == {"Tin 8 giờ", "Tin 9 giờ"}
    assert "3. 🔖 Lưu bài" in first
    assert (await person.types("3")).startswith(f"Đã lưu: “{first.partition(chr(10))[0]}”.")


async def test_a_search_is_paged_and_its_words_are_nowhere_stored(person: Typist) -> None:
    for hour in range(7):
        await person.stage.publish(f"Sáng chế {hour}", hour=hour)

    said = await person.types("/timkiem sang che")
    next_page = await person.types("6")

    assert "\n6. 2/2 ›" in said
    assert next_page.startswith("🔎 sang che\n")
    async with person.stage.database.read() as tx:
        stored = [
            str(row)
            for each in metadata.sorted_tables
            if not each.name.startswith("article")
            for row in await tx.execute(select(each))
        ]
    assert not [row for row in stored if "sang che" in row]


async def test_whoever_answers_after_a_restart_asks_for_the_search_again(person: Typist) -> None:
    for hour in range(7):
        await person.stage.publish(f"Sáng chế {hour}", hour=hour)
    await person.types("/timkiem sang che")

    person.speaker = fitting(person.stage.conversation)

    assert (await person.types("6")).startswith(STALE)


async def test_where_words_are_asked_for_a_number_is_a_word(person: Typist) -> None:
    await person.stage.publish("Quyết định số 5", hour=8)
    await person.types("/dangky trong nước")
    await person.types("1")
    listed = await person.types("xin chào")
    search = next(line for line in listed.splitlines() if "Tìm kiếm" in line).partition(".")[0]

    assert "Vui lòng gửi từ cần tìm" in await person.types(search)
    assert (await person.types("5")).startswith("🔎 5\n")


async def test_the_numbers_of_one_answer_go_on_from_card_to_card(person: Typist) -> None:
    for hour in (8, 9):
        await person.stage.publish(f"Tin {hour} giờ", hour=hour, body=("Toàn văn.",))
    await person.stage.publish("Tin 7 giờ", hour=7)

    said = await person.types("/moinhat 2")

    numbers = [line.partition(".")[0] for line in said.splitlines() if line[:1].isdecimal()]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert said.count("Để chọn, vui lòng gửi số tương ứng:") == 1
    assert "https://agency.example/tin/9" in said


@pytest.mark.parametrize(
    ("kind", "ways"), [(ChatKind.PRIVATE, "menu-ways-on"), (ChatKind.GROUP, "menu-ways-on-group")]
)
async def test_even_an_apology_ends_with_what_can_be_typed(person: Typist, kind: ChatKind, ways: str) -> None:
    incoming = TextReceived(
        Address(person.stage.messenger.account, "77"), kind, UpdateSender("77", "vi"), "x"
    )

    (apology,) = person.speaker.apology(incoming).messages

    said = words(Message(with_examples(wording(ways))))
    assert words(apology.message) == f"{wording('failed')}\n\n{said}"


async def test_whoever_is_asked_for_words_is_told_how_to_let_go(person: Typist) -> None:
    asked = await person.types("/timkiem")

    assert asked.endswith(words(Message(with_examples(wording("menu-let-go")))))
    assert (await person.types("thôi")).startswith(wording("let-go"))


async def test_in_a_group_a_number_counts_where_the_bot_is_meant(person: Typist) -> None:
    person.kind, person.chat = ChatKind.GROUP, "-5"
    person.stage.messenger.roles[("-5", "77")] = ChatRole.ADMINISTRATOR
    await person.types("/dangky")

    assert await person.types("1", addressed=False) == ""
    assert (await person.types("@bantin_bot 1")).startswith(
        wording("subscribed-toast", topic="Hoạt động trong nước")
    )


async def test_a_person_sees_and_deletes_even_the_list_that_was_shown(person: Typist) -> None:
    person.user = person.chat = "7755331199"
    await person.types("/start")
    await person.types("1")

    assert "Các số để chọn trong tin nhắn gửi lúc 08:30 ngày 02/03/2026" in await person.types("/dulieu")
    await person.types("/xoadulieu")
    assert (await person.types("1")).startswith("Đã xóa toàn bộ dữ liệu.")
    async with person.stage.database.read() as tx:
        assert await traces(tx, chat=0, user=person.user) == []


async def test_what_is_pushed_goes_on_counting_and_takes_no_number_from_a_list(person: Typist) -> None:
    stage = person.stage
    await person.types("/dangky trong nước")
    await person.types("1")
    outlet = spelling_out(stage.messenger, stage.database, stage.clock, texts(FormOfAddress.YOU))
    before = await person.types("/chuyenmuc")
    address = Address(stage.messenger.account, "77")

    await outlet.send(address, Message((plain("Tin"),), keyboard=((Button("Đọc", action="1o.help"),),)))

    pushed = words(stage.messenger.sent[-1][1])
    last = max(int(line.partition(".")[0]) for line in before.splitlines() if line[:1].isdecimal())
    assert pushed == f"Tin\n\nĐể chọn mục của tin này, vui lòng gửi số tương ứng:\n{last + 1}. Đọc"
    assert wording("help-title") in await person.types(str(last + 1))


async def test_the_first_card_of_a_day_begins_with_1_and_the_next_one_goes_on(plain_stage: Stage) -> None:
    stage = plain_stage
    menus = TextMenus(stage.database, stage.clock, texts(FormOfAddress.YOU), stage.messenger.capabilities)
    address = Address(stage.messenger.account, "77")
    card = Message(
        (plain("Tin"),), keyboard=((Button("Đọc", action="1o.help"), Button("Lưu", action="1o.x")),)
    )

    pushed = []
    for hours in (0, 1, 17):
        stage.clock.advance(hours * 3600)
        pushed.append(words(await menus.push(address, card)).splitlines()[2:])

    assert pushed == [
        [wording("menu-how"), "1. Đọc", "2. Lưu"],
        [wording("menu-how-on"), "3. Đọc", "4. Lưu"],
        [wording("menu-how"), "1. Đọc", "2. Lưu"],
    ]


async def test_a_card_that_is_delivered_is_spelled_out_and_can_be_read_on(person: Typist) -> None:
    stage = person.stage
    await person.types("/dangky trong nước")
    await person.types("1")
    await owe(stage, Article("https://agency.example/9", "Tin mới", body=("Toàn văn của tin.",)))

    await deliver(stage)

    card = words(stage.messenger.sent[-1][1])
    number = next(line for line in card.splitlines() if "Đọc toàn văn" in line).partition(".")[0]
    assert "🔗 Xem trang web:\nhttps://agency.example/9" in card
    # The list was shown by a clock that stands still, and the card by one that does not.
    stage.clock.moment = SystemClock().now()
    assert "Toàn văn của tin." in await person.types(number)


@pytest.mark.parametrize("kind", [ChatKind.PRIVATE, ChatKind.GROUP])
async def test_the_numbers_of_a_digest_open_its_articles_and_go_on_in_its_next_message(
    person: Typist, kind: ChatKind
) -> None:
    stage = person.stage
    person.kind, person.chat = kind, "77" if kind is ChatKind.PRIVATE else "-9"
    stage.messenger.roles[("-9", "77")] = ChatRole.ADMINISTRATOR
    await person.types("/dangky trong nước" if kind is ChatKind.PRIVATE else "/dangky")
    await person.types("1")
    await owe(
        stage, *(Article(f"https://agency.example/{n}", long_title(n), f"Tóm tắt {n}.") for n in range(1, 41))
    )
    async with stage.database.write() as tx:
        await tx.execute(update(deliveries).values(digest=True))

    await deliver(stage, messages=2)

    # Both are on their way at once, and either may be there first.
    sent = [words(message) for _, message in stage.messenger.sent[-2:]]
    first, second = sorted(sent, key=lambda text: "\n1. " not in text)
    lines = re.findall(r"(?m)^(\d+)\. Tin số (\d+):", f"{first}\n{second}")
    assert lines == [(f"{number}", f"{number}") for number in range(1, 41)]
    assert "https://" not in first
    end = "số của bài." if kind is ChatKind.PRIVATE else "hoặc nhắc tên bot kèm số."
    assert (first.endswith(end), second.endswith(end)) == (True, True)
    stage.clock.moment = SystemClock().now()
    for number in (1, 40, 17):
        card = await person.types(f"{number}")
        assert f"Tóm tắt {number}." in card
        assert f"https://agency.example/{number}" in card


async def test_two_pushes_at_once_keep_the_meaning_of_each_others_numbers(plain_stage: Stage) -> None:
    stage = plain_stage
    menus = TextMenus(stage.database, stage.clock, texts(FormOfAddress.YOU), stage.messenger.capabilities)
    address = Address(stage.messenger.account, "77")

    def digest(numbers: range) -> Message:
        return Message((plain("Tin"),), keyboard=(tuple(Button(f"{n}", action=f"{n}") for n in numbers),))

    await asyncio.gather(*(menus.push(address, digest(range(n, n + 9))) for n in range(1, 90, 9)))

    async with stage.database.read() as tx:
        shown = await shown_menus.shown(tx, address, stage.clock.now())
    assert shown == {number: f"{number}" for number in range(1, 91)}


async def owe(stage: Stage, *owed: Article) -> None:
    """Owe articles to all who subscribe to the first topic."""
    now = SystemClock().now()
    until = now + timedelta(hours=1)
    async with stage.database.write() as tx:
        for article in owed:
            saved = await articles.save(tx, article, photo=None, topic=HOME, now=now)
            await outbox.enqueue(
                tx, outbox.NewFanout(article=saved.id, topic=HOME, due_at=now, expires_at=until), now=now
            )


async def deliver(stage: Stage, *, messages: int = 1) -> None:
    """Deliver what is owed, as the service does, until so many messages have been sent."""
    messenger = stage.messenger
    translator, sent = texts(FormOfAddress.YOU), len(messenger.sent)
    account = ServedAccount(
        messenger=spelling_out(messenger, stage.database, SystemClock(), translator),
        database=stage.database,
        clock=SystemClock(),
        metrics=Metrics(),
        owner="p",
    )
    renderer = Renderer(
        composer(translator, messenger),
        digest_composer(
            translator,
            messenger.capabilities,
            ArticleButtons(translator, messenger.link_to_us).opening,
            saves_messages=True,
        ),
        partial(withdrawal, translator),
        partial(correction_note, translator),
        partial(removal_note, translator),
        partial(ending_note, translator),
    )
    sender = sender_module.Sender(account, renderer, sender_module.SenderRules(look_every=0.2))
    running = asyncio.create_task(sender.run())
    async with asyncio.timeout(30):
        while len(messenger.sent) < sent + messages:  # noqa: ASYNC110 - it happens in another task
            await asyncio.sleep(0.02)
    sender.stop()
    await running


async def test_pushed_numbers_begin_anew_before_they_are_too_long_to_type(plain_stage: Stage) -> None:
    stage = plain_stage
    menus = TextMenus(stage.database, stage.clock, texts(FormOfAddress.YOU), stage.messenger.capabilities)
    address = Address(stage.messenger.account, "77")
    card = Message((plain("x" * 1990),), keyboard=((Button("Đọc", action="1o.help"),),))

    pushed = [await menus.push(address, card) for _ in range(100)]

    assert all(length(each.text) <= 2000 for each in pushed)
    assert [words(each).rpartition("\n")[2] for each in pushed[78:81]] == ["79. Đọc", "80. Đọc", "1. Đọc"]


async def test_a_manager_who_is_asked_by_a_push_answers_by_typing(plain_stage: Stage) -> None:
    stage, speaker = plain_stage, fitting(plain_stage.conversation)
    owner = Typist(stage, speaker, user=OWNER, chat=OWNER)
    outlet = spelling_out(stage.messenger, stage.database, stage.clock, texts(FormOfAddress.YOU))
    await owner.types("/start")

    added = MembershipChanged(
        Address(stage.messenger.account, "-9"),
        ChatKind.GROUP,
        UpdateSender(OWNER, "vi"),
        can_write=True,
        title="Tổ 1",
    )
    for outgoing in (await stage.answer(added, speaker)).messages:
        await outlet.send(outgoing.to, outgoing.message)

    question = words(stage.messenger.sent[-1][1])
    number = next(line for line in question.splitlines() if "Hoạt động trong nước" in line).partition(".")[0]
    assert (await owner.types(number)).startswith(wording("subscribed-toast", topic="Hoạt động trong nước"))
    assert HOME in await stage.member("1", "-9").subscriptions()


async def test_a_text_that_is_too_long_comes_in_parts_and_the_list_last(plain_stage: Stage) -> None:
    stage = plain_stage
    menus = TextMenus(stage.database, stage.clock, texts(FormOfAddress.YOU), stage.messenger.capabilities)
    long = Message((plain("Một câu. " * 400),), keyboard=((Button("Đọc", action="1o.help"),),))

    async with stage.database.write() as tx:
        unit = UnitOfWork(tx, is_writable=True)
        here = Address(stage.messenger.account, "77")
        parts = await menus.answer(unit.note, here, [long], Talk("vi", private=True), before={})

    assert [length(part.text) <= 2000 for part in parts] == [True] * 2
    assert words(parts[-1]).endswith(f"\n1. Đọc\n\n{words(Message(with_examples(wording('menu-ways-on'))))}")


async def test_where_there_are_buttons_and_no_edits_answers_are_sent_anew(stage: Stage) -> None:
    capabilities = replace(stage.messenger.capabilities, edits=False)
    stage.messenger = FakeMessenger(capabilities=capabilities)
    pressed = ButtonPressed(
        Address(stage.messenger.account, "77"),
        ChatKind.PRIVATE,
        UpdateSender("77", "vi"),
        "1o.help",
        "5",
        "p",
        keyboard=((Button("?", action="1o.help"),),),
    )

    answer = await stage.answer(pressed, fitting(stage.conversation))

    assert [outgoing.message.replaces for outgoing in answer.messages] == [None]
    assert answer.messages[0].message.keyboard


def test_where_there_is_both_nothing_stands_in_between(stage: Stage) -> None:
    conversation = stage.conversation

    assert fitting(conversation) is conversation
    outlet = spelling_out(stage.messenger, stage.database, stage.clock, texts(FormOfAddress.YOU))
    assert outlet is stage.messenger


async def test_a_list_is_kept_in_any_database(db: Database) -> None:
    stage = await Stage.open(db)
    address = Address(stage.messenger.account, "77")

    async with db.write() as tx:
        for entries in ({1: "a"}, {2: "b", 3: "c"}):
            await shown_menus.show(tx, address, entries, stage.clock.now())
        shown = await shown_menus.shown(tx, address, stage.clock.now())
        await shown_menus.forget(tx, address)
        gone = await shown_menus.shown(tx, address, stage.clock.now())

    assert (shown, gone) == ({2: "b", 3: "c"}, {})
