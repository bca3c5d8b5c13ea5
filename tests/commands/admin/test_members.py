"""Members-only topics: to all who were not let in they do not exist."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.commands.base.callbacks import (
    Agree,
    ChooseLanguage,
    ListMembers,
    ShowInvitations,
    ShutOut,
    SwitchChannelTopic,
)
from bot.domain.chats.chat import AccountId, Address, ChatId, ChatKind, TopicId
from bot.domain.news.feed import Topic
from bot.services.subscribers import channels
from bot.store.chats import chats
from bot.store.choices import visibility
from bot.store.feeds import feeds
from bot.store.runtime import accounts
from bot.store.schema import invitations
from tests.commands.stage import FEEDS, OWNER, TOPICS, Person, Stage, to, wording, words
from tests.fakes import ACCOUNT

INTERNAL = Topic(
    TopicId("noi-bo"), {"vi": "Sinh hoạt nội bộ", "en": "Internal affairs"}, {}, "NộiBộ", members_only=True
)


@pytest.fixture
async def closed(stage: Stage) -> Stage:
    """A bot with a members-only topic, in which there is an article."""
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (*TOPICS, INTERNAL), FEEDS, stage.clock.now())
    await stage.publish("Tin mật của chi bộ", hour=8, topic=INTERNAL.id)
    return stage


@pytest.fixture
async def stranger(closed: Stage) -> Person:
    """A person who has agreed to receive news and was let in nowhere."""
    person = closed.person()
    await person.types("/start")
    await person.taps(Agree)
    return person


async def let_in(person: Person) -> ChatId:
    chat = await person.stage.chat(person.address)
    assert chat
    async with person.stage.database.write() as tx:
        await visibility.grant(tx, chat.id, INTERNAL.id, person.stage.clock.now())
    return chat.id


@pytest.mark.parametrize(
    "text",
    [
        "/dangky",
        "/dangky nội bộ",
        "/dangky tất cả",
        "/chuyenmuc",
        "/moinhat",
        "/moinhat nội bộ",
        "/timkiem tin mật",
        "/timkiem tin mật #NộiBộ",
        "/start noi-bo",
        "/huy nội bộ",
        "/trogiup",
        "/dulieu",
    ],
)
async def test_a_stranger_learns_nothing_of_it(closed: Stage, stranger: Person, text: str) -> None:
    member = closed.member("2")
    for person in (stranger, closed.person("78"), member):
        said = await person.types(text)

        labels = person.labels if person.seen else []
        shown = " ".join([said.replace(text.partition(" ")[2], ""), *labels])
        assert "Sinh hoạt" not in shown
        assert "chi bộ" not in shown.replace("Chi bộ 1", "")
        assert INTERNAL.id not in await person.subscriptions()


@pytest.mark.parametrize("action", ["1t.d.1.noi-bo", "1a.noi-bo", "1v.1", "1m.3.1.noi-bo"])
async def test_no_button_of_old_opens_it(stranger: Person, action: str) -> None:
    said = await stranger.sends(action)

    assert "Tin mật" not in said
    assert "Sinh hoạt" not in " ".join([said, *stranger.labels, stranger.answer.toast or ""])
    assert INTERNAL.id not in await stranger.subscriptions()


async def test_a_member_finds_it_everywhere(stranger: Person) -> None:
    await let_in(stranger)

    assert "Sinh hoạt nội bộ" in await stranger.types("/chuyenmuc")
    assert "Tin mật của chi bộ" in await stranger.types("/moinhat nội bộ")
    assert "Tin mật của chi bộ" in await stranger.types("/timkiem tin mật")
    assert "Tin mật của chi bộ" in await stranger.taps("1")
    await stranger.types("/dangky nội bộ")
    assert await stranger.subscriptions() == (INTERNAL.id,)


async def test_a_manager_opens_it_to_a_group_and_closes_it(closed: Stage) -> None:
    owner = closed.person(OWNER)
    await owner.types("/start")
    await closed.bot_joins("-500", by=OWNER)
    await owner.types("/kenh")
    await owner.taps("Chi bộ 1")
    group = closed.member("2")

    await owner.taps(SwitchChannelTopic, topic="noi-bo")

    assert await group.subscriptions() == (INTERNAL.id,)
    assert "Sinh hoạt nội bộ" in await group.types("/chuyenmuc")
    await owner.taps(SwitchChannelTopic, topic="noi-bo")
    assert await group.subscriptions() == ()
    assert "Sinh hoạt nội bộ" not in await group.types("/chuyenmuc")


async def test_a_channel_that_is_removed_is_no_member_any_more(closed: Stage) -> None:
    group = replace(closed.member("2"), address=Address(ACCOUNT, "-500"), kind=ChatKind.SUPERGROUP)
    await closed.bot_joins("-500", by=OWNER)
    chat = await let_in(group)

    async with closed.database.write() as tx:
        await channels.remove(tx, group.address, "removed", now=closed.clock.now())

    async with closed.database.read() as tx:
        assert await visibility.topics_of(tx, chat) == ()


async def test_a_member_on_another_account_is_neither_listed_nor_shut_out_here(
    closed: Stage, owner: Person
) -> None:
    elsewhere, now = AccountId("zalo:1"), closed.clock.now()
    async with closed.database.write() as tx:
        await accounts.register(tx, elsewhere, platform="zalo", name="", now=now)
        member = await chats.register(
            tx, Address(elsewhere, "6ede9afa66b8"), kind=ChatKind.PRIVATE, language="vi", title=None, now=now
        )
        await visibility.grant(tx, member.id, INTERNAL.id, now)

    await owner.types("/moi")
    labels = owner.labels
    listed = await owner.sends(f"1mb.0.{INTERNAL.id}")
    await owner.sends(f"1mx.{member.id}.1.{INTERNAL.id}")

    assert labels == ["Sinh hoạt nội bộ (0 thành viên)"]
    assert "6ede9afa66b8" not in listed
    assert {each.to.account for each in owner.answer.messages} == {ACCOUNT}
    async with closed.database.read() as tx:
        assert await visibility.topics_of(tx, member.id) == (INTERNAL.id,)


@pytest.fixture
async def owner(closed: Stage) -> Person:
    owner = closed.person(OWNER)
    await owner.types("/start")
    return owner


def link(person: Person) -> str:
    """Return what the link of the invitation that *person* sees says to the bot."""
    address = next(span.url for span in person.seen[-1].text if span.url)
    assert address.startswith("https://chat.example/bantin_bot?start=")
    return f"/start {address.partition('=')[2]}"


async def invitation(owner: Person, words: str = "7 ngày 10 người") -> str:
    await owner.types(f"/moi nội bộ {words}")
    return link(owner)


@pytest.mark.parametrize("said", ["{}", "Mời anh vào nhóm tin: {} (7 ngày)"])
async def test_the_link_of_an_invitation_lets_in_who_pastes_it(
    owner: Person, stranger: Person, said: str
) -> None:
    await owner.types("/moi nội bộ 7 ngày 10 người")
    address = next(span.url for span in owner.seen[-1].text if span.url) or ""

    await stranger.types(said.format(address.removeprefix("https://")))

    assert await stranger.subscriptions() == (INTERNAL.id,)


async def test_the_link_of_an_article_shows_it_to_who_pastes_it(stage: Stage) -> None:
    await stage.publish("Tin dài", hour=8, body=("Một đoạn.",))

    said = await stage.person().types("https://chat.example/bantin_bot?start=doc_1")

    assert "Một đoạn." in said
    assert "Một đoạn." not in await stage.person().types("https://chat.example/other_bot?start=doc_1")


async def test_an_invitation_is_made_with_two_taps_and_lets_a_person_in(owner: Person, closed: Stage) -> None:
    said = await owner.types("/moi")
    assert "Chuyên mục dành cho thành viên" in said
    assert owner.labels == ["Sinh hoạt nội bộ (0 thành viên)"]
    await owner.taps(ShowInvitations)
    assert owner.labels[:7] == [
        "1 ngày",
        "✅ 7 ngày",
        "30 ngày",
        "➕ Mời 1 người",
        "➕ Mời 10 người",
        "➕ Mời 50 người",
        "➕ Mời 200 người",
    ]
    await owner.taps("30 ngày")
    assert "✅ 30 ngày" in owner.labels
    said = await owner.taps("Mời 10 người")
    assert "Dùng được cho 10 người, có hiệu lực đến 08:30 ngày 01/04/2026." in said
    assert owner.seen[-1].replaces is None

    guest = closed.person()
    said = await guest.types(link(owner))
    assert said.startswith(
        "Bạn được mời nhận tin của chuyên mục dành riêng cho thành viên: Sinh hoạt nội bộ."
    )
    assert await guest.subscriptions() == ()
    said = await guest.taps(Agree)

    assert said.startswith("✅ Đăng ký thành công.")
    assert "✅ Sinh hoạt nội bộ" in guest.labels
    assert await guest.subscriptions() == (INTERNAL.id,)


@pytest.mark.parametrize(
    ("typed", "note", "uses"),
    [
        ("/moi nội bộ cho anh Nam phòng Đăng ký", "anh Nam phòng Đăng ký", 1),
        ("/moi cho anh Nam, phòng 5", "anh Nam, phòng 5", 1),
        ("/moi nội bộ 3 người cho phòng Đăng ký", "phòng Đăng ký", 3),
        ("/moi nội bộ cho phòng Đăng ký 3 người 7 ngày", "phòng Đăng ký", 3),
        ("/moi noi bo for Mr Nam", "Mr Nam", 1),
        ("lời mời nội bộ cho anh Nam, phòng Đăng ký", "anh Nam, phòng Đăng ký", 1),
    ],
)
async def test_a_note_of_the_invitation_stands_with_whom_it_lets_in(
    owner: Person, closed: Stage, typed: str, note: str, uses: int
) -> None:
    said = await owner.types(typed)
    assert f"{wording('invitation-note', note=note)}\n" in said
    guest = closed.person()
    await guest.types(link(owner))
    await guest.taps(Agree)

    await owner.types("/moi nội bộ")
    left = f"còn {uses - 1}/{uses} lượt"
    assert (left in words(owner.seen[-1])) is (uses > 1)
    said = await owner.taps("Thành viên (1)")

    assert f"• {note} (77) (từ " in said
    assert (await owner.taps(ShutOut)).startswith(f"Gỡ {note} (77) khỏi chuyên mục")
    assert f"{wording('data-note', note=note)}\n" in await guest.types("/dulieu")


async def test_the_last_use_takes_the_note_from_the_invitation(owner: Person, closed: Stage) -> None:
    await owner.types("/moi nội bộ 2 người cho phòng Đăng ký")
    notes = []
    start = link(owner)
    for user in ("77", "78"):
        guest = closed.person(user)
        await guest.types(start)
        await guest.taps(Agree)
        async with closed.database.read() as tx:
            notes.append((await tx.execute(select(invitations.c.note))).scalar_one())

    assert notes == ["phòng Đăng ký", None]


async def test_without_a_topic_a_note_is_for_the_only_one_and_never_a_guess(
    owner: Person, closed: Stage
) -> None:
    other = replace(INTERNAL, id=TopicId("chi-bo"), names={"vi": "Chi bộ cơ quan"})
    async with closed.database.write() as tx:
        await feeds.sync_definitions(tx, (*TOPICS, INTERNAL, other), FEEDS, closed.clock.now())

    said = await owner.types("/moi cho anh Nam")

    assert "Không tìm thấy chuyên mục “cho anh Nam”" in said


async def test_messages_about_a_topic_alone_address_people_as_it_does(owner: Person, closed: Stage) -> None:
    async with closed.database.write() as tx:
        comradely = replace(INTERNAL, address="đồng chí")
        await feeds.sync_definitions(tx, (*TOPICS, comradely), FEEDS, closed.clock.now())
    guest = closed.person()

    offered = await guest.types(await invitation(owner))
    assert offered.startswith("Đồng chí được mời nhận tin")
    assert "Đồng chí có đồng ý nhận tin" in offered
    assert "Đồng chí sẽ nhận tin mới của: Sinh hoạt nội bộ." in await guest.taps(Agree)
    assert "Bạn sẽ nhận tin mới của: Hoạt động trong nước." in await guest.types("/dangky trong nước")
    chat = await closed.chat(guest.address)
    assert chat
    await owner.sends(f"1mx.{chat.id}.1.noi-bo")

    told = next(each for each in owner.answer.messages if each.to == guest.address)
    assert words(told.message).startswith("Đồng chí không còn là thành viên")


async def test_who_has_agreed_already_is_let_in_at_once(owner: Person, stranger: Person) -> None:
    await stranger.types(await invitation(owner))

    assert await stranger.subscriptions() == (INTERNAL.id,)


async def test_an_invitation_is_offered_in_the_language_that_is_chosen(owner: Person, closed: Stage) -> None:
    guest = closed.person()
    await guest.types(await invitation(owner))

    said = await guest.taps(ChooseLanguage, language="en")

    assert said.startswith("You are invited to the members-only topic Internal affairs.")
    await guest.taps(Agree)
    assert await guest.subscriptions() == (INTERNAL.id,)


async def test_an_invitation_lets_in_so_many_and_a_member_may_come_again(
    owner: Person, closed: Stage
) -> None:
    opened = await invitation(owner, "2 người")
    guests = [closed.person(str(number)) for number in (1, 1, 2, 3)]

    for guest in guests:
        await guest.types(opened)
        if "✅ Đồng ý nhận tin" in guest.labels:
            await guest.taps(Agree)

    assert [await guest.subscriptions() for guest in guests] == [(INTERNAL.id,)] * 3 + [()]
    assert "Lời mời này không dùng được" in words(guests[-1].seen[-1])


async def test_an_invitation_that_ran_out_while_a_person_thought_about_it_lets_nobody_in(
    owner: Person, closed: Stage
) -> None:
    opened = await invitation(owner, "1 người")
    slow, quick = closed.person("1"), closed.person("2")
    await slow.types(opened)
    await quick.types(opened)
    await quick.taps(Agree)

    said = await slow.taps(Agree)

    assert said.startswith("Lời mời này không dùng được")
    assert (await quick.subscriptions(), await slow.subscriptions()) == ((INTERNAL.id,), ())


@pytest.mark.parametrize("spoilt", ["/start moi_AAAAAAAAAAAAAAAAAAAAAA", "/start moi_x", "/start moi_"])
async def test_a_token_that_nobody_made_opens_nothing(stranger: Person, spoilt: str) -> None:
    await stranger.types(spoilt)

    assert await stranger.subscriptions() == ()


async def test_an_invitation_ends_with_its_time(owner: Person, stranger: Person) -> None:
    opened = await invitation(owner, "1 ngày")
    stranger.stage.clock.advance(86_400)

    assert (await stranger.types(opened)).startswith("Lời mời này không dùng được")


async def test_an_invitation_is_revoked_by_its_button(owner: Person, stranger: Person) -> None:
    opened = await invitation(owner)

    said = await owner.taps("Thu hồi lời mời số 1")

    assert owner.answer.toast == "Đã thu hồi lời mời số 1"
    assert "Chưa có lời mời nào đang có hiệu lực." in said
    assert (await stranger.types(opened)).startswith("Lời mời này không dùng được")
    await owner.sends("1ir.1")
    assert owner.answer.toast == "Lời mời này đã hết hiệu lực từ trước"


async def test_invitations_in_force_are_listed_with_what_is_left_of_them(
    owner: Person, stranger: Person
) -> None:
    await stranger.types(await invitation(owner, "1 ngày 10 người"))
    await invitation(owner, "30 ngày 50 người")

    said = await owner.types("/moi nội bộ")

    assert (
        "• Số 2: còn 50/50 lượt, có hiệu lực đến 08:30 ngày 01/04/2026\n"
        "• Số 1: còn 9/10 lượt, có hiệu lực đến 08:30 ngày 03/03/2026"
    ) in said


async def test_a_link_in_a_group_lets_nobody_in(owner: Person, closed: Stage) -> None:
    opened = await invitation(owner)
    member = closed.member("2")

    await member.types(opened)

    assert await member.subscriptions() == ()
    assert "Sinh hoạt nội bộ" not in await member.types("/chuyenmuc")


async def test_members_are_listed_by_their_ids_and_shut_out_with_a_word_to_them(
    owner: Person, stranger: Person
) -> None:
    await stranger.types(await invitation(owner))
    await owner.types("/moi nội bộ")
    said = await owner.taps("Thành viên (1)")
    assert said.startswith("Thành viên: Sinh hoạt nội bộ\n\n• 77 (từ 08:30 ngày 02/03/2026)")

    said = await owner.taps(ShutOut)
    assert said.startswith("Gỡ 77 khỏi chuyên mục “Sinh hoạt nội bộ”?")
    said = await owner.taps("Đồng ý gỡ")

    assert "Chưa có thành viên nào." in said
    (notice,) = to(owner.answer, stranger.address)
    assert words(notice).startswith("Bạn không còn là thành viên của chuyên mục “Sinh hoạt nội bộ”")
    assert await stranger.subscriptions() == ()
    assert "Sinh hoạt" not in await stranger.types("/chuyenmuc")


async def test_shutting_out_can_be_thought_better_of_and_done_twice(owner: Person, stranger: Person) -> None:
    await stranger.types(await invitation(owner))
    chat = await let_in(stranger)
    await owner.sends(f"1mx.{chat}.0.noi-bo")

    await owner.taps(ListMembers)
    assert await stranger.subscriptions() == (INTERNAL.id,)
    await owner.sends(f"1mx.{chat}.1.noi-bo")
    await owner.sends(f"1mx.{chat}.1.noi-bo")

    assert owner.answer.toast == "Người này không còn là thành viên"


async def test_many_members_come_page_by_page(owner: Person, closed: Stage) -> None:
    opened = await invitation(owner, "20 người")
    for number in range(10):
        guest = closed.person(str(number))
        await guest.types(opened)
        await guest.taps(Agree)
    await owner.types("/moi nội bộ")
    await owner.taps("Thành viên (10)")

    said = await owner.taps(ListMembers)

    assert said.count("•") == 2


@pytest.mark.parametrize(
    "text",
    ["/moi", "/moi nội bộ 7 ngày", "1iv..", "1in.7.10.noi-bo", "1ir.1", "1mb.0.noi-bo", "1mx.2.1.noi-bo"],
)
async def test_only_those_who_manage_the_bot_invite(owner: Person, stranger: Person, text: str) -> None:
    await stranger.types(await invitation(owner))

    if text.startswith("/"):
        assert (await stranger.types(text)).startswith(wording("only-managers", role="admin"))
    else:
        await stranger.sends(text)
        assert (stranger.answer.messages, stranger.answer.toast) == (
            (),
            wording("not-allowed"),
        )
    assert await stranger.subscriptions() == (INTERNAL.id,)


@pytest.mark.parametrize(
    "action", ["1iv.gone.7", "1in.7.10.gone", "1in.2.10.noi-bo", "1in.7.3.noi-bo", "1mb.x.noi-bo"]
)
async def test_stale_buttons_do_no_harm(owner: Person, action: str) -> None:
    await owner.sends(action)

    assert "https" not in " ".join(words(message) for message in owner.seen)


async def test_without_members_only_topics_it_is_said_whom_to_ask(stage: Stage) -> None:
    owner = stage.person(OWNER)

    said = await owner.types("/moi")

    assert "đề nghị người phụ trách kỹ thuật" in said
    assert "feeds.toml" not in said


async def test_a_topic_that_is_not_for_members_only_has_no_invitations(owner: Person) -> None:
    assert (await owner.types("/moi trong nước 7 ngày")).startswith(
        wording("topic-unknown", words="trong nước")
    )


async def test_what_begins_with_the_name_and_has_no_slash_is_talk(owner: Person) -> None:
    assert (await owner.types("mời họp mặt")).startswith("🔎 mời họp mặt")


async def test_the_token_is_stored_nowhere(owner: Person, closed: Stage) -> None:
    token = (await invitation(owner)).partition("_")[2]

    async with closed.database.read() as tx:
        rows = (await tx.execute(select(invitations))).all()
    assert rows
    assert token not in str(rows)


async def test_invitations_in_a_group_are_not_talked_about(owner: Person, closed: Stage) -> None:
    assert await closed.member("2").types("/moi") == ""
    assert (
        await closed.member(OWNER).types("/moi")
        == "Lệnh này chỉ dùng được trong cuộc trò chuyện riêng với bot."
    )


async def test_those_who_manage_invite_and_shut_out_in_english(closed: Stage, stranger: Person) -> None:
    owner = closed.person(OWNER, "en")
    await owner.types("/start")
    await owner.types("/invite")
    await owner.taps("Internal affairs (0 members)")
    await owner.taps("30 days")
    said = await owner.taps("Invite 1 person")
    assert "Valid for one person, until 08:30 on 1 April 2026." in said
    await stranger.types(link(owner))
    await owner.taps("Revoke invitation No. 1")
    assert owner.answer.toast == "Invitation No. 1 revoked"
    await owner.taps("Members (1)")
    await owner.taps("Remove member 77")
    await owner.taps("Yes, remove")
    assert owner.answer.toast == "Member removed"
    assert await stranger.subscriptions() == ()
