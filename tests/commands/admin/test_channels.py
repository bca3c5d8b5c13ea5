"""Channels and groups: asked about when the bot arrives, and managed by buttons."""

from dataclasses import replace

import pytest

from bot.commands.base import callbacks
from bot.commands.base.callbacks import Agree, ListChannels, RemoveChannel, ShowChannel, SwitchChannelTopic
from bot.domain.chats.chat import Address, ChatFacts, ChatKind, ChatRight, ChatRole, ChatStatus
from bot.domain.chats.message import Message, length, plain
from bot.domain.messaging.messenger import MessengerError
from tests.commands.stage import ABROAD, HOME, OWNER, Person, Stage, to, wording, words
from tests.fakes import ACCOUNT, MESSENGER_CAPABILITIES

CHANNEL = Address(ACCOUNT, "-900")
FACTS = ChatFacts(CHANNEL, ChatKind.CHANNEL, "Kênh tin của Cục", "kenhtin", frozenset())


@pytest.fixture
async def owner(stage: Stage) -> Person:
    """An owner who has a private chat with the bot; the bot may post in @kenhtin."""
    stage.messenger.known = {"@kenhtin": FACTS, "-900": FACTS}
    owner = stage.person(OWNER)
    await owner.types("/start")
    return owner


async def channel_subscriptions(stage: Stage) -> tuple[str, ...]:
    return await replace(stage.person(), address=CHANNEL).subscriptions()


async def status(stage: Stage, address: Address = CHANNEL) -> ChatStatus | None:
    chat = await stage.chat(address)
    return chat.status if chat else None


async def test_a_channel_is_added_by_its_name_and_gets_its_topics(stage: Stage, owner: Person) -> None:
    said = await owner.types("/kenh")
    assert said.endswith("Chưa có kênh hoặc nhóm nào.")

    asked = await owner.taps("Thêm kênh")
    assert asked.startswith("Vui lòng gửi tên của kênh hoặc nhóm")
    assert "Kênh hoặc nhóm riêng tư không có tên như vậy" in asked
    assert [(button.label, button.url) for button in owner.buttons if button.url] == [
        ("Thêm bot vào kênh", "https://chat.example/bantin_bot?add=channel"),
        ("Thêm bot vào nhóm", "https://chat.example/bantin_bot?add=supergroup"),
    ]
    said = await owner.types("@kenhtin")
    assert said == (
        "Đã kiểm tra: bot có đủ quyền tại “Kênh tin của Cục”.\n\n"
        "Kênh: Kênh tin của Cục\nTrạng thái: sẵn sàng, chờ chọn chuyên mục\nChuyên mục: chưa chọn"
    )
    said = await owner.taps(SwitchChannelTopic, topic=HOME)

    assert said.endswith("Chuyên mục: Hoạt động trong nước")
    assert owner.answer.toast == wording("subscribed-toast", topic="Hoạt động trong nước")
    assert await channel_subscriptions(stage) == (HOME,)
    await owner.taps(SwitchChannelTopic, topic=HOME)
    assert await channel_subscriptions(stage) == ()


@pytest.mark.parametrize("name", ["@kenhtin", "kenhtin", "https://t.me/kenhtin", "t.me/kenhtin/", "-900"])
async def test_a_channel_is_named_in_any_way(stage: Stage, owner: Person, name: str) -> None:
    await owner.types(f"/kenh {name}")

    assert await status(stage) is ChatStatus.ACTIVE


@pytest.mark.parametrize("name", ["@khongco", "x y z", "@" + "x" * 500])
async def test_a_channel_that_cannot_be_seen_is_not_added(owner: Person, name: str) -> None:
    said = await owner.types(f"/kenh {name}")

    assert said.startswith("Không tìm thấy kênh hoặc nhóm “")
    assert len(said) < 300


async def test_rights_that_are_missing_are_named_and_checked_again(stage: Stage, owner: Person) -> None:
    stage.messenger.known["@kenhtin"] = replace(FACTS, missing=frozenset(ChatRight))
    said = await owner.types("/kenh @kenhtin")
    assert said == (
        "Tại “Kênh tin của Cục”, bot còn thiếu quyền: đăng bài, gửi ảnh. "
        "Vui lòng cấp quyền rồi chọn “Kiểm tra lại”."
    )
    assert await status(stage) is None

    stage.messenger.known["@kenhtin"] = FACTS
    said = await owner.taps("Kiểm tra lại")

    assert said.startswith("Đã kiểm tra")


async def test_a_channel_without_photos_is_added_with_a_warning(stage: Stage, owner: Person) -> None:
    stage.messenger.known["@kenhtin"] = replace(FACTS, missing=frozenset({ChatRight.PHOTOS}))

    said = await owner.types("/kenh @kenhtin")

    assert "tin sẽ được gửi không kèm ảnh" in said
    assert await status(stage) is ChatStatus.ACTIVE


async def test_after_a_wrong_name_the_next_one_is_taken(stage: Stage, owner: Person) -> None:
    await owner.types("/kenh")
    await owner.taps("Thêm kênh")

    assert (await owner.types("@khongco")).startswith("Không tìm thấy kênh hoặc nhóm “@khongco”.")
    assert (await owner.types("kenhtin")).startswith("Đã kiểm tra")
    assert await status(stage) is ChatStatus.ACTIVE


async def test_another_command_instead_of_the_name_is_just_that(owner: Person) -> None:
    await owner.types("/kenh")
    await owner.taps("Thêm")

    assert (await owner.types("/trogiup")).startswith("Hướng dẫn")
    assert (await owner.types("@kenhtin")).startswith("🔎 @kenhtin\n\nRất tiếc")


async def test_a_test_message_goes_to_the_channel(stage: Stage, owner: Person) -> None:
    await owner.types("/kenh @kenhtin")

    said = await owner.taps(callbacks.TestChannel)
    assert to(owner.answer, CHANNEL) == []
    await owner.taps("Gửi thử đến “Kênh tin của Cục”")
    assert [words(message) for message in to(owner.answer, CHANNEL)] == [
        "Đây là tin thử của Cục Sở hữu trí tuệ. Nếu đọc được tin này thì nơi đây đã sẵn sàng nhận tin."
    ]
    assert owner.answer.toast == "Đã gửi tin thử."
    assert said.startswith("Đây là tin thử")

    await stage.publish("Tin 8 giờ", hour=8)
    said = await owner.taps(callbacks.TestChannel)
    await owner.taps(callbacks.TestChannel)
    (card,) = to(owner.answer, CHANNEL)
    assert words(card).startswith("(Tin thử)\n\nTin 8 giờ")
    assert said.startswith(words(card))


async def test_a_test_card_fits_however_long_the_article_is(stage: Stage, owner: Person) -> None:
    stage.messenger.capabilities = replace(MESSENGER_CAPABILITIES, text_length=150)
    await owner.types("/kenh @kenhtin")
    await stage.publish("Tin 8 giờ " * 40, hour=8)

    await owner.taps(callbacks.TestChannel)
    await owner.taps(callbacks.TestChannel)

    assert length(to(owner.answer, CHANNEL)[0].text) <= 150


async def test_no_test_message_goes_where_the_bot_may_not_post(stage: Stage, owner: Person) -> None:
    await owner.types("/kenh @kenhtin")
    stage.messenger.known["-900"] = replace(FACTS, missing=frozenset({ChatRight.POST}))
    await owner.taps(callbacks.TestChannel)
    assert "còn thiếu quyền: đăng bài" in await owner.taps(callbacks.TestChannel)
    stage.messenger.known["-900"] = FACTS
    assert (await owner.taps("Kiểm tra lại")).startswith("Đã kiểm tra")

    stage.messenger.known = {}
    await owner.taps(callbacks.TestChannel)
    assert "Bot chưa được phép đăng bài tại đó." in await owner.taps(callbacks.TestChannel)
    assert to(owner.answer, CHANNEL) == []
    assert owner.labels[0] == "Kiểm tra lại"


async def test_what_removes_a_channel_stands_alone_in_its_row(owner: Person) -> None:
    await owner.types("/kenh @kenhtin")

    rows = [[button.label for button in row] for row in owner.seen[-1].keyboard]

    assert ["Gỡ bỏ"] in rows


async def test_the_topics_of_a_forum_are_counted_shown_and_managed(stage: Stage, owner: Person) -> None:
    stage.messenger.roles["-500", "1"] = ChatRole.ADMINISTRATOR
    await stage.bot_joins("-500", by=OWNER)
    boss = stage.member("1", thread="12")
    await boss.types("/dangky trong nước")

    await owner.types("/kenh")
    assert owner.labels[0] == "🟢 Chi bộ 1 (1)"
    said = await owner.taps("Chi bộ 1")
    assert said.endswith("Chuyên mục: chưa chọn\n\nChủ đề số 12 nhận: Hoạt động trong nước")

    said = await owner.taps("💬 Chủ đề số 12")
    assert said == (
        "Nhóm: Chi bộ 1\nChủ đề số 12\nTrạng thái: đang gửi tin\nChuyên mục: Hoạt động trong nước"
    )
    assert "Gỡ bỏ" not in owner.labels
    await owner.taps(SwitchChannelTopic, topic=ABROAD)
    assert await boss.subscriptions() == (HOME, ABROAD)
    assert "Chủ đề số 12 nhận: Hoạt động trong nước, Hoạt động quốc tế" in await owner.taps(ShowChannel)
    assert (await owner.taps(RemoveChannel, sure=False)).endswith(
        "Bot sẽ không gửi tin của 2 chuyên mục đến đó nữa."
    )


async def test_a_channel_is_paused_resumed_and_removed(stage: Stage, owner: Person) -> None:
    await owner.types("/kenh @kenhtin")
    await owner.taps(SwitchChannelTopic, topic=HOME)

    assert "Trạng thái: tạm dừng" in await owner.taps("Tạm dừng")
    assert (owner.answer.toast, await status(stage)) == ("Đã tạm dừng gửi tin", ChatStatus.PAUSED)
    assert "Trạng thái: đang gửi tin" in await owner.taps("Tiếp tục")
    assert (owner.answer.toast, await status(stage)) == ("Đã tiếp tục gửi tin", ChatStatus.ACTIVE)

    await owner.taps(ListChannels)
    assert owner.labels == ["🟢 Kênh tin của Cục (1)", "➕ Thêm kênh hoặc nhóm"]
    await owner.taps("Kênh tin")
    assert (await owner.taps(RemoveChannel, sure=False)).startswith("Gỡ “Kênh tin của Cục” khỏi danh sách?")
    await owner.taps(ShowChannel)
    await owner.taps(RemoveChannel, sure=False)
    said = await owner.taps("Đồng ý gỡ bỏ")

    assert said.endswith("Chưa có kênh hoặc nhóm nào.")
    assert (await status(stage), await channel_subscriptions(stage)) == (ChatStatus.OFF, ())


async def test_a_removed_channel_can_be_added_again(stage: Stage, owner: Person) -> None:
    await owner.types("/kenh @kenhtin")
    await owner.taps(RemoveChannel, sure=False)
    await owner.taps("Đồng ý gỡ bỏ")

    await owner.types("/kenh @kenhtin")

    assert await status(stage) is ChatStatus.ACTIVE


async def test_many_channels_come_in_pages(stage: Stage, owner: Person) -> None:
    for number in range(45):
        address = Address(ACCOUNT, f"-{1000 + number}")
        stage.messenger.known[address.chat] = replace(FACTS, address=address, title=f"Kênh {number:02}")
        await owner.types(f"/kenh {address.chat}")

    await owner.types("/kenh")
    assert (len(owner.labels), owner.labels[20:]) == (22, ["2/3 ›", "➕ Thêm kênh hoặc nhóm"])
    await owner.taps("2/3")
    assert owner.labels[19:22] == ["🟢 Kênh 39 (0)", "‹ 1/3", "3/3 ›"]
    await owner.sends("1K.999")
    assert owner.labels[0] == "🟢 Kênh 40 (0)"


async def test_an_admin_manages_channels_and_others_do_not(stage: Stage, owner: Person) -> None:
    await owner.types("/kenh @kenhtin")
    wishes = [button.action or "" for button in owner.buttons]
    await stage.appoints("123")
    admin, somebody = stage.person("123"), stage.person("77")

    assert (await somebody.types("/kenh @kenhtin")).startswith(wording("only-managers", role="admin"))
    for wish in [*wishes, "1n", "1n.@kenhtin", "1K.0"]:
        await somebody.sends(wish)
        assert (somebody.answer.toast, somebody.answer.messages) == (
            wording("not-allowed"),
            (),
        )
    assert "🟢 Kênh tin của Cục (0)" in (await admin.types("/kenh"), *admin.labels)


@pytest.mark.parametrize("wish", ["1p.x.off", f"1e.{'9' * 40}", f"1k.{2**63}", "1r..1", "1k.", "1p.1.maybe"])
async def test_a_channel_that_cannot_be_is_refused(owner: Person, wish: str) -> None:
    await owner.sends(wish)

    assert owner.answer.toast == wording("button-stale")


@pytest.mark.parametrize("wish", ["1k.424242", "1s.1.1.quoc-te", f"1e.{2**63 - 1}", "1r.9.1"])
async def test_a_channel_that_is_not_there_leads_back_to_the_list(owner: Person, wish: str) -> None:
    await owner.sends(wish)

    assert owner.answer.toast == "Kênh hoặc nhóm này không còn trong danh sách."


async def test_the_private_chat_of_a_person_is_no_channel(stage: Stage, owner: Person) -> None:
    person = stage.person("77")
    await person.types("/dangky trong nước")
    await person.taps(Agree)
    chat = await stage.chat(person.address)
    assert chat

    await owner.sends(f"1r.{chat.id}.1")

    assert owner.answer.toast == "Kênh hoặc nhóm này không còn trong danh sách."
    assert await person.subscriptions() == (HOME,)


async def test_a_topic_that_is_gone_is_not_chosen(stage: Stage, owner: Person) -> None:
    await owner.types("/kenh @kenhtin")
    chat = await stage.chat(CHANNEL)
    assert chat

    await owner.sends(f"1s.{chat.id}.1.the-thao")

    assert owner.answer.toast == "Chuyên mục này không còn nữa."


async def test_an_owner_who_adds_the_bot_to_a_channel_is_asked_for_its_topics(
    stage: Stage, owner: Person
) -> None:
    answer = await stage.bot_joins("-900", by=OWNER, kind=ChatKind.CHANNEL)

    assert [outgoing.to for outgoing in answer.messages] == [owner.address]
    assert owner.looks(answer) == (
        "Bot đã được thêm vào kênh “Chi bộ 1”.\n\nVui lòng chọn các chuyên mục cần gửi đến đó."
    )
    await owner.taps(SwitchChannelTopic, topic=ABROAD)
    assert await channel_subscriptions(stage) == (ABROAD,)


async def test_a_group_is_greeted_and_the_owners_are_asked_when_a_stranger_adds_the_bot(
    stage: Stage, owner: Person
) -> None:
    answer = await stage.bot_joins("-500", by="1")

    group = Address(ACCOUNT, "-500")
    assert next(words(message) for message in to(answer, group)).startswith(
        "Xin chào! Đây là hệ thống thông báo tự động"
    )
    assert owner.looks(answer).startswith("Bot vừa được thêm vào nhóm “Chi bộ 1” (người thêm có mã số 1).")
    assert owner.labels[-1] == "Không cho phép"


async def test_owners_are_told_once_an_hour_of_what_one_stranger_does_and_then_of_how_much(
    stage: Stage, owner: Person
) -> None:
    first, *others = [await stage.bot_joins(f"-50{number}", by="1") for number in range(4)]
    another = await stage.bot_joins("-510", by="2")
    stage.clock.advance(3600)
    after_an_hour = await stage.bot_joins("-520", by="1")

    told = [len(to(answer, owner.address)) for answer in (first, *others, another, after_an_hour)]
    assert told == [1, 0, 0, 0, 1, 1]
    assert "còn thêm bot vào 3 nơi khác" in owner.looks(after_an_hour)


async def test_an_admin_without_a_private_chat_leaves_the_question_to_the_owners(
    stage: Stage, owner: Person
) -> None:
    await stage.appoints("123")

    answer = await stage.bot_joins("-900", by="123", kind=ChatKind.CHANNEL)

    assert [outgoing.to for outgoing in answer.messages] == [owner.address]


async def test_without_owners_a_group_is_only_greeted(stage: Stage) -> None:
    stage.owners = frozenset()

    answer = await stage.bot_joins("-500", by="1")

    assert [outgoing.to.chat for outgoing in answer.messages] == ["-500"]


async def test_a_chat_that_is_refused_stays_paused_even_if_the_bot_is_thrown_out_and_let_in_again(
    stage: Stage, owner: Person
) -> None:
    group = Address(ACCOUNT, "-500")
    owner.looks(await stage.bot_joins("-500", by="1"))

    await owner.taps("Không cho phép")
    assert owner.answer.toast == "Đã từ chối; bot sẽ không gửi tin đến đó"
    await stage.bot_joins("-500", by="1", can_write=False)
    answer = await stage.bot_joins("-500", by="1")

    assert (await status(stage, group), answer.messages) == (ChatStatus.PAUSED, ())


async def test_a_promotion_is_no_second_arrival(stage: Stage, owner: Person) -> None:
    greeted = owner.answer
    await stage.bot_joins("-500", by="1")

    assert (await stage.bot_joins("-500", by="1")).messages == ()
    assert owner.answer.messages == greeted.messages


async def test_a_group_that_lets_the_bot_in_again_has_what_it_had(stage: Stage) -> None:
    stage.messenger.roles["-500", "1"] = ChatRole.ADMINISTRATOR
    boss = stage.member("1")
    await boss.types("/dangky trong nước")
    await stage.bot_joins("-500", by="1", can_write=False)

    await stage.bot_joins("-500", by="1")

    assert (await status(stage, boss.address), await boss.subscriptions()) == (ChatStatus.ACTIVE, (HOME,))


async def test_a_messenger_that_does_not_answer_is_excused(stage: Stage, owner: Person) -> None:
    stage.messenger.fails = MessengerError("no answer")

    await owner.types("/kenh @kenhtin")

    assert owner.seen[-1] == Message((plain("Hệ thống đang bận, vui lòng thử lại sau ít phút."),))
