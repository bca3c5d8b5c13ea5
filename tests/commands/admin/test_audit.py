"""Whatever those who manage do leaves a line in the audit log, which owners read."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.commands.base.awaited_input import (
    AppointmentRole,
    ChannelFilterWords,
    ChannelName,
    InputKind,
    RawInput,
    RecipientId,
    RejectionReason,
    ReleaseTime,
    read_awaited,
)
from bot.commands.base.callback_data import Verb, read
from bot.commands.base.callbacks import Agree, ListAudit
from bot.commands.base.command_names import NAMES, Command
from bot.commands.base.unit_of_work import UnitOfWork
from bot.commands.router.routing_table import routing_table
from bot.domain.chats.chat import Address, ChatFacts, ChatId, ChatKind, TextReceived, TopicId
from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.desk.audit import Act, Actor, AuditAction, AuditPlace, AuditRecord, Subject, SubjectKind
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import Entry, FeedId, Topic
from bot.domain.publication.announcement import Draft
from bot.domain.publication.approval import Answer, Given
from bot.i18n import LANGUAGES
from bot.i18n.translator import source
from bot.services.publishing.approval import give
from bot.services.subscribers import invitations
from bot.services.subscribers.invitations import Wanted
from bot.store.chats import chats
from bot.store.choices import visibility
from bot.store.engine.database import Database
from bot.store.feeds import feeds, quarantine
from bot.store.outbox import outbox
from bot.store.publications import drafts
from bot.store.runtime import audit
from tests.commands.examples import DATA
from tests.commands.stage import FEEDS, HOME, OWNER, TOPICS, Stage
from tests.fakes import ACCOUNT
from tests.i18n.checking import _Parts, messages
from tests.store import world

MANAGER, READER, MEMBER = "44", "7755331", "7755332"
CHANNEL, GROUP = Address(ACCOUNT, "-900"), "-500"
CLOSED = Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NộiBộ", members_only=True)

PRESSED = DATA | {Verb.CHANNEL_SETTINGS: "1cs.1.sp.photo.0.", Verb.SHUT_OUT: "1mx.{member}.1.noi-bo"}
"""What each button sends that changes something."""

SAID = {
    Command.ADMINS: "44 Nguyễn Văn Nam",
    Command.CHANNELS: "@kenhtin",
    Command.SUPPORT: "7755331",
    Command.INVITATIONS: "nội bộ 7 ngày 2 người cho Trần Thị Bưởi",
    Command.CONSOLE: "",
}
"""What is typed behind each command that changes something: that of the console makes a link in any case."""

ANSWERED = {
    InputKind.CHANNEL: (ChannelName().pack(), "@kenhtin"),
    InputKind.APPOINTMENT: (AppointmentRole("46", "Nguyễn Văn Nam").pack(), "người phụ trách nguồn tin"),
    InputKind.RECIPIENT: (RecipientId().pack(), "7755331"),
    InputKind.REJECTION: (RejectionReason(ArticleId(2), 1, HOME).pack(), "Chưa có số liệu"),
    InputKind.RELEASE_TIME: (ReleaseTime(ArticleId(2), 1, HOME).pack(), "8 giờ sáng mai"),
    InputKind.CHANNEL_FILTER: (ChannelFilterWords(ChatId(1), "*").pack(), "sáng chế"),
}

READING = {
    Verb.ADMIN,
    Verb.ADMINS,
    Verb.AUDIT,
    Verb.CHANNELS,
    Verb.CHANNEL,
    Verb.FEEDS,
    Verb.FIGURES,
    Verb.FAILURES,
    Verb.HELD_TITLES,
    Verb.INVITATIONS,
    Verb.MEMBERS,
    Verb.PUBLICATIONS,
    Verb.PUBLICATION,
    Verb.PAUSES,
    Verb.WAITING,
    Verb.WAITING_ONE,
}
"""The buttons for those who manage that change nothing; all others have to leave a line."""

WRITING = {Verb.ANNOUNCEMENT, Verb.DRAFT}
"""The buttons that change only what somebody is still writing: its release leaves a line."""

EDITING = {Verb.EDIT_PHOTO, Verb.DECIDE_SOURCE}
"""The buttons that need a photo that can be had, or a page that has changed: test_editing presses them."""

DRAFT = Draft("thong-bao", "Tạm ngừng tiếp công dân", topics=(HOME,))
CHANGING = {Verb.EDIT: "1we.2.u.trong-nuoc", Verb.RELEASE: f"1rl.r.{DRAFT.mark}"}
"""What those buttons send that change something, of those that may as well only show it."""


@pytest.fixture
async def stage(sqlite_db: Database) -> Stage:
    """A bot with something for each button to change."""
    stage = await Stage.open(sqlite_db)
    facts = ChatFacts(CHANNEL, ChatKind.CHANNEL, "Kênh tin", "kenhtin", frozenset())
    stage.messenger.known = {
        "@kenhtin": facts,
        GROUP: replace(facts, address=Address(ACCOUNT, GROUP), kind=ChatKind.SUPERGROUP),
    }
    await stage.bot_joins(GROUP, by=OWNER)
    await stage.person(OWNER).types("/start")
    await stage.appoints(MANAGER)
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (*TOPICS, CLOSED), FEEDS, stage.clock.now())
        held = [Entry("Bài bị giữ", "https://agency.example/giu")]
        await quarantine.hold(tx, FeedId("nguon-trong-nuoc"), held, stage.clock.now())
        await invitations.invite(tx, ACCOUNT, CLOSED.id, Wanted(7, 1), now=stage.clock.now())
    for user in (READER, MEMBER):
        person = stage.person(user)
        await person.types("/dangky trong nước")
        await person.taps(Agree)
    async with stage.database.write() as tx:
        group = await chats.find(tx, Address(ACCOUNT, GROUP))
        member = await chats.find(tx, stage.person(MEMBER).address)
        assert group
        assert member
        await chats.subscribe(tx, group.id, HOME, stage.clock.now())
        await visibility.grant(tx, member.id, CLOSED.id, stage.clock.now())
        await visibility.annotate(tx, member.id, CLOSED.id, "Trần Thị Bưởi")
        owner = await chats.find(tx, stage.person(OWNER).address)
        assert owner
        await drafts.keep(tx, owner.id, DRAFT)
    await stage.publish("Tin sáng", hour=1)
    await stage.submit("Tin chờ duyệt", hour=2)
    rejected = await stage.submit("Tin bị từ chối", hour=3)
    async with stage.database.write() as tx:
        given, owner_here = Given(Answer.REJECT), Actor(AuditPlace.CHAT, OWNER, ACCOUNT)
        assert await give(tx, rejected, given, owner_here, now=stage.clock.now())
    async with stage.database.write() as tx:
        fanout = outbox.NewFanout(
            article=ArticleId(1),
            topic=HOME,
            due_at=stage.clock.now(),
            expires_at=stage.clock.now() + world.DAYS,
        )
        await outbox.enqueue(tx, fanout, now=stage.clock.now())
        claimant = outbox.Claimant(account=ACCOUNT, owner="one", lease=world.MINUTE)
        claimed = await outbox.claim(tx, claimant, now=stage.clock.now(), limit=100, usual=world.USUAL)
    assert len(claimed.deliveries) == 3
    for delivery in claimed.deliveries:
        failed = Settlement(delivery.id, DeliveryStatus.REJECTED, 1, reason="other: no")
        await world.settle(stage.database, failed, now=stage.clock.now())
    return stage


async def lines(stage: Stage) -> tuple[AuditRecord, ...]:
    async with stage.database.read() as tx:
        return await audit.newest(tx, limit=1_000)


async def sent_by(verb: Verb, stage: Stage) -> str:
    member = await stage.chat(stage.person(MEMBER).address)
    assert member
    return (PRESSED | CHANGING)[verb].format(member=member.id)


def for_managers() -> list[Verb]:
    table = routing_table()
    routes = {verb: table.pressed(read(PRESSED[verb].format(member=1))) for verb in Verb}
    others = WRITING | EDITING
    return [verb for verb, route in routes.items() if route and route.guard.right and verb not in others]


def commands_for_managers() -> list[Command]:
    table = routing_table()
    return [command for command in Command if table.commands[command]("").guard.right]


def inputs_for_managers() -> list[InputKind]:
    table, found = routing_table(), []
    for kind in set(InputKind) - {InputKind.ANNOUNCEMENT}:
        awaited = read_awaited(ANSWERED.get(kind, (kind.value, ""))[0]) or RawInput(kind, "")
        route = table.given(awaited, "x")
        if route and route.guard.right:
            found.append(kind)
    return found


async def reads_only(stage: Stage, text: str) -> None:
    """Type *text* in a transaction that may not write: a handler that writes raises StartOver there."""
    owner = stage.person(OWNER)
    incoming = TextReceived(owner.address, owner.kind, owner.sender, text, addressed=True)
    async with stage.database.read() as tx:
        await stage.conversation.answer(incoming, UnitOfWork(tx, is_writable=False))


@pytest.mark.parametrize("verb", for_managers())
async def test_a_button_of_those_who_manage_leaves_a_line_unless_it_changes_nothing(
    stage: Stage, verb: Verb
) -> None:
    before, owner = await lines(stage), stage.person(OWNER)
    action = await sent_by(verb, stage)

    if verb in READING:
        # A handler that writes would raise StartOver here.
        async with stage.database.read() as tx:
            await stage.conversation.answer(owner.pressing(action), UnitOfWork(tx, is_writable=False))
        return
    # That something is paused is said a moment later, when it is in force.
    acted_at = stage.clock.now()
    await owner.sends(action)
    after = await lines(stage)
    assert len(after) > len(before)
    assert (after[0].at, after[0].actor) == (acted_at, Actor(AuditPlace.CHAT, OWNER, ACCOUNT))


@pytest.mark.parametrize("command", commands_for_managers())
async def test_a_command_of_those_who_manage_leaves_a_line_if_its_words_change_something(
    stage: Stage, command: Command
) -> None:
    before, owner = await lines(stage), stage.person(OWNER)

    if command is not Command.CONSOLE:
        await reads_only(stage, f"/{NAMES[command]['vi']}")
    if command not in SAID:
        await reads_only(stage, f"/{NAMES[command]['vi']} nội bộ 7 ngày")
        return
    await owner.types(f"/{NAMES[command]['vi']} {SAID[command]}")

    found = await lines(stage)
    assert len(found) > len(before)
    assert found[0].actor == Actor(AuditPlace.CHAT, OWNER, ACCOUNT)


@pytest.mark.parametrize("kind", inputs_for_managers())
async def test_words_that_those_who_manage_were_asked_for_leave_a_line(stage: Stage, kind: InputKind) -> None:
    before, owner = await lines(stage), stage.person(OWNER)
    awaited, words = ANSWERED[kind]
    async with stage.database.write() as tx:
        here = await chats.register(
            tx, owner.address, kind=ChatKind.PRIVATE, language="vi", title=None, now=stage.clock.now()
        )
        await chats.await_input(tx, here.id, awaited, stage.clock.now())

    await owner.types(words)

    assert len(await lines(stage)) > len(before)


async def test_the_log_says_nothing_of_subscribers_whatever_is_done_to_them(stage: Stage) -> None:
    owner = stage.person(OWNER)
    for verb in for_managers():
        await owner.sends(await sent_by(verb, stage))
    for command, words in SAID.items():
        await owner.types(f"/{NAMES[command]['vi']} {words}")
    for user in (READER, MEMBER):
        person = stage.person(user)
        for text in ("/caidat hằng ngày 7h", "/huy", "/dulieu", "/xoadulieu"):
            await person.types(text)
        await person.sends("1z.!")

    found = repr(await lines(stage))

    assert "MEMBER_REMOVED" in found
    for trace in (READER, MEMBER, "Bưởi", "Nguyễn Văn Nam"):
        assert trace not in found


async def test_settings_of_a_channel_are_written_down_as_they_were_and_are(stage: Stage) -> None:
    owner = stage.person(OWNER)

    await owner.sends("1cs.1.sp.photo.0.")
    await owner.sends("1cs.1.sc.d07.*")
    await owner.sends("1cs.1.l.en.settings")
    unchanged = await lines(stage)
    await owner.sends("1cs.1.sp.photo.0.")

    said = [(line.act.action, line.act.before, line.act.after) for line in unchanged[:3]]
    assert said == [
        (AuditAction.CHANNEL_SET, {"language": "vi"}, {"language": "en"}),
        (AuditAction.CHANNEL_SET, {f"schedule {HOME}": "at_once"}, {f"schedule {HOME}": "daily 7"}),
        (AuditAction.CHANNEL_SET, {"photo": True}, {"photo": False}),
    ]
    assert await lines(stage) == unchanged


async def test_what_is_not_done_leaves_no_line(stage: Stage) -> None:
    owner, before = stage.person(OWNER), await lines(stage)

    await owner.sends("1x.999.1")
    await owner.sends("1ir.999")
    await owner.sends("1f.khong-co")
    await owner.types("/admin @ten")

    assert await lines(stage) == before


async def test_owners_read_who_did_what_page_by_page_in_both_languages(stage: Stage) -> None:
    owner, manager = stage.person(OWNER), stage.person(MANAGER)
    await owner.types(f"/admin {MANAGER} Lê Thị Lan")
    for wish in (
        "1cs.1.sp.brief.1.",
        "1p.1.off",
        "1p.1.on",
        "1f.nguon-trong-nuoc",
        "1h.keep.1",
        "1cs.1.sp.photo.0.",
    ):
        await manager.sends(wish)

    said = await owner.types("nhật ký")
    decided = "quyết định về các bài đang giữ của nguồn “Nguồn trong nước”"

    assert said.splitlines()[:6] == [
        "Nhật ký quản trị",
        "",
        "• 08:30 ngày 02/03/2026 – Lê Thị Lan (44): thay đổi cài đặt tại “Chi bộ 1”",
        "  kèm ảnh: có → không",
        "",
        f"• 08:30 ngày 02/03/2026 – Lê Thị Lan (44): {decided}",
    ]
    assert "trạng thái: đang hoạt động → tạm dừng" in said
    older = await owner.taps(ListAudit, page=1)
    assert "ghi chú về quản trị viên Lê Thị Lan (44)" in older
    await owner.types("/ngonngu en")
    assert "Lê Thị Lan (44): paused “Chi bộ 1”\n  status: active → paused" in await owner.types("/audit")


async def test_nobody_but_owners_reads_the_log(stage: Stage) -> None:
    told = {MANAGER: ("Việc này dành cho",) * 2, READER: ("Chỉ người phụ trách bot", "Bạn không có quyền")}
    for user, (typed, pressed) in told.items():
        person = stage.person(user)
        assert (await person.types("/nhatky")).startswith(typed)
        await person.sends("1au.0")
        assert (person.answer.toast or "").startswith(pressed)


async def test_every_action_place_and_kind_has_words_in_both_languages(stage: Stage) -> None:
    fields = {
        name.partition(" ")[0].replace("_", "-")
        for line in await _after_everything(stage)
        for name in {**(line.act.before or {}), **(line.act.after or {})}
    } - {"title"}

    for language in LANGUAGES:
        assert variants(language, "audit-what") == {"action": set(AuditAction)}
        assert variants(language, "audit-who") == {"place": set(AuditPlace)}
        assert fields <= variants(language, "audit-field")["field"]


async def _after_everything(stage: Stage) -> tuple[AuditRecord, ...]:
    for verb in for_managers():
        await stage.person(OWNER).sends(await sent_by(verb, stage))
    return await lines(stage)


def variants(language: str, key: str) -> Mapping[str, set[str]]:
    parts = _Parts()
    parts.visit(messages(source(language))[key])
    return parts.variants


async def test_who_manages_is_told_that_the_log_keeps_their_id_and_deletion_leaves_it(stage: Stage) -> None:
    manager = stage.person(MANAGER)
    await manager.types("/dangky trong nước")
    await manager.taps(Agree)
    await manager.sends("1f.nguon-trong-nuoc")

    shown = await manager.types("/dulieu")
    asked = await manager.types("/xoadulieu")
    await manager.sends("1z.!")

    kept = "Nhật ký quản trị có 1 việc ghi mã số của bạn"
    assert kept in shown
    assert kept in asked
    polled = Act(AuditAction.FEED_POLLED, Subject(SubjectKind.FEED, "nguon-trong-nuoc"))
    assert [(each.actor.user, each.act) for each in await lines(stage)][:1] == [(MANAGER, polled)]
    assert "nhật ký quản trị (người giữ vai trò đã làm việc gì, khi nào), 730 ngày" in await manager.types(
        "/quyenriengtu"
    )
