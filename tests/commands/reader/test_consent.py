"""The first meeting: who the bot is, consent before anything is pushed, and deep links."""

import hashlib

import pytest

from bot.commands.base.callbacks import Agree, ChooseLanguage, SwitchTopic
from bot.domain.chats.consent import VERSION
from bot.i18n import FormOfAddress
from bot.i18n.translator import source
from bot.services.subscribers.subscriptions import undo_token
from bot.store.chats import chats
from tests.commands.stage import ABROAD, HOME, TOPICS, Person, Stage, wording, words


async def test_start_says_who_speaks_what_is_stored_and_asks_for_consent(stage: Stage) -> None:
    person = stage.person()

    said = await person.types("/start")

    assert wording("start-title") in said
    assert "hệ thống thông báo tự động (bot) của Cục Sở hữu trí tuệ" in said
    assert "Bên kiểm soát dữ liệu cá nhân: Cục Sở hữu trí tuệ." in said
    assert "Dữ liệu được lưu: mã số của cuộc trò chuyện này;" in said
    assert "danh sách tin đã gửi (giữ 30 ngày)" in said
    assert "Tin được chuyển qua Telegram, là ứng dụng có máy chủ ở nước ngoài." in said
    assert "77" not in said
    assert [button.label for row in person.seen[0].keyboard for button in row] == ["🌐 English"]
    assert person.labels == ["✅ Đồng ý nhận tin", "Để sau"]


async def test_the_first_message_is_short(stage: Stage) -> None:
    person = stage.person()

    await person.types("/start")

    greeting, _ = person.seen
    assert len(words(greeting)) < 300


async def test_the_id_is_said_where_it_is_needed(stage: Stage) -> None:
    assert (await stage.person().types("mã số của tôi")).startswith("Mã số của bạn: 77")

    stage.owners = frozenset()
    assert "Mã số của bạn: 77" in await stage.person().types("/start")


async def test_nothing_is_stored_of_a_person_who_has_not_agreed(stage: Stage) -> None:
    person = stage.person()

    for text in ("/start", "xin chào", "/moinhat", "/chuyenmuc", "/dangky", "/dulieu"):
        await person.types(text)
    await person.types("/start")
    await person.taps("Để sau")

    assert await stage.chat(person.address) is None


async def test_agreeing_is_stored_with_its_version_and_time_and_leads_to_the_topics(stage: Stage) -> None:
    person = stage.person()
    await person.types("/start")

    said = await person.taps(Agree)

    chat = await stage.chat(person.address)
    assert chat is not None
    assert (chat.consent_version, chat.consent_at, chat.title) == (VERSION, stage.clock.now(), None)
    assert said.startswith("Trân trọng cảm ơn bạn đã đồng ý nhận tin.")
    assert person.labels[:2] == ["◻️ Hoạt động trong nước", "◻️ Hoạt động quốc tế"]
    assert person.seen[-1].replaces == "5"


async def test_declining_leaves_the_door_open(stage: Stage) -> None:
    person = stage.person()
    await person.types("/start")

    said = await person.taps("Để sau")

    assert "bạn có thể gửi /dangky để đăng ký" in said
    assert wording("button-latest") in person.labels


async def test_a_deep_link_subscribes_to_its_topic_once_the_person_agrees(stage: Stage) -> None:
    person = stage.person()
    await person.types("/start quoc-te")
    assert await person.subscriptions() == ()

    said = await person.taps(Agree)

    assert said.startswith(f"✅ {wording('subscribed', private='yes', topics='Hoạt động quốc tế')}")
    assert await person.subscriptions() == (ABROAD,)


async def test_a_deep_link_to_nothing_is_a_plain_start(stage: Stage) -> None:
    person = stage.person()

    await person.types("/start ../etc/passwd")
    await person.taps(Agree)

    assert await person.subscriptions() == ()


async def test_subscribing_asks_for_consent_first_and_then_goes_on_with_what_was_asked(stage: Stage) -> None:
    person = stage.person()

    said = await person.types("/dangky trong nước")
    assert said.startswith(wording("consent-title"))
    await person.taps(Agree)

    assert await person.subscriptions() == (HOME,)


async def test_subscribing_to_everything_waits_for_consent_too(stage: Stage) -> None:
    person = stage.person()

    await person.types("dang ky tat ca")
    await person.taps(Agree)

    assert await person.subscriptions() == (HOME, ABROAD)


async def test_a_switch_in_the_list_of_topics_asks_for_consent_first(stage: Stage) -> None:
    person = stage.person()
    await person.types("/chuyenmuc")

    said = await person.taps(SwitchTopic, topic=ABROAD)

    assert said.startswith(wording("consent-title"))
    await person.taps(Agree)
    assert await person.subscriptions() == (ABROAD,)


async def test_a_person_may_change_the_language_before_agreeing_and_the_deep_link_lives_on(
    stage: Stage,
) -> None:
    person = stage.person()
    await person.types("/start trong-nuoc")

    person.seen = person.seen[:1]
    said = await person.taps(ChooseLanguage, language="en")
    assert "automatic news service (a bot) of the IP Office of Viet Nam" in said
    said = await person.taps(Agree)

    assert said.startswith("✅ Subscribed. You will receive new articles on: Domestic news.")
    assert await person.subscriptions() == (HOME,)


async def test_vietnamese_comes_first_and_english_is_one_tap_away(stage: Stage) -> None:
    person = stage.person(language="en-GB")

    assert (await person.types("/start")).startswith(wording("start-title"))
    person.seen = person.seen[:1]
    assert (await person.taps(ChooseLanguage, language="en")).startswith("Welcome!")


async def test_start_of_a_subscriber_says_what_they_receive(stage: Stage) -> None:
    person = stage.person()
    await person.types("/dangky quốc tế")
    await person.taps(Agree)

    said = await person.types("/start")

    assert "Bạn đang nhận tin của 1 chuyên mục: Hoạt động quốc tế." in said
    assert person.labels == [
        "📋 Chuyên mục",
        wording("button-latest"),
        "🔎 Tìm kiếm",
        "Hướng dẫn",
        "🌐 English",
    ]


@pytest.mark.parametrize("form", list(FormOfAddress))
async def test_every_form_of_address_begins_a_sentence_with_a_capital(
    stage: Stage, form: FormOfAddress
) -> None:
    stage.form = form

    said = await stage.person().types("/start")

    assert f"Xin chào {form}!" in said
    assert f"\n\n{form[0].upper()}{form[1:]} có đồng ý nhận tin" in said


def test_the_version_of_the_consent_is_raised_when_its_text_changes() -> None:
    """When this fails, people agreed to other words: raise VERSION, and note the new hash here."""
    texts = [
        line
        for language in ("vi", "en")
        for key in ("consent-data", "consent-question")
        for line in source(language).partition(f"\n{key} =")[2].splitlines()[1:2]
    ]

    digest = hashlib.sha256("\n".join(texts).encode()).hexdigest()

    assert (VERSION, digest[:16]) == ("5", "64c308caadaacf29")


async def test_a_deep_link_subscribes_at_once_who_has_agreed_before(stage: Stage) -> None:
    person = stage.person()
    await person.types("/start")
    await person.taps(Agree)

    await person.types("/start quoc-te")

    assert await person.subscriptions() == (ABROAD,)


@pytest.mark.parametrize("wish", ["1t.d.1.quoc-te", "1T.d.1", "undo"])
async def test_no_button_subscribes_a_person_who_has_not_agreed(stage: Stage, wish: str) -> None:
    person = stage.person()
    token = undo_token(TOPICS, [ABROAD])

    said = await person.sends(f"1u.{token}" if wish == "undo" else wish)

    assert said.startswith(wording("consent-title"))
    assert await stage.chat(person.address) is None


async def test_switching_off_what_was_never_on_stores_nothing(stage: Stage) -> None:
    person = stage.person()

    await person.sends("1t.d.0.quoc-te")

    assert await stage.chat(person.address) is None


async def test_a_group_is_greeted_and_never_asked_for_consent(stage: Stage) -> None:
    member = stage.member("2")

    assert (await member.types("/start@bantin_bot x")).startswith(
        "Xin chào! Đây là hệ thống thông báo tự động"
    )
    await member.sends("1a.quoc-te")

    assert member.answer.toast == wording("button-stale")


async def agreed_to_an_older_text(stage: Stage) -> Person:
    person = stage.person()
    await person.types("/dangky quốc tế")
    await person.taps(Agree)
    chat = await stage.chat(person.address)
    assert chat
    async with stage.database.write() as tx:
        await chats.give_consent(tx, chat.id, "2", stage.clock.now())
    return person


async def test_who_agreed_to_an_older_text_is_asked_again_at_the_next_contact_until_they_answer(
    stage: Stage,
) -> None:
    person = await agreed_to_an_older_text(stage)

    for command in ("/moinhat", "/trogiup"):
        answer, question = (await person.types(command)).split("Nội dung về dữ liệu cá nhân", 1)
        assert answer
        assert "Tin vẫn được gửi như cũ" in question
    await person.taps(Agree)

    assert "Tin vẫn được gửi như cũ" not in await person.types("/trogiup")
    chat = await stage.chat(person.address)
    assert chat
    assert (chat.consent_version, await person.subscriptions()) == (VERSION, (ABROAD,))


@pytest.mark.parametrize("command", ["/huy", "/xoadulieu", "/dulieu", "/quyenriengtu"])
async def test_nobody_is_asked_again_where_they_stop_or_look_after_their_data(
    stage: Stage, command: str
) -> None:
    person = await agreed_to_an_older_text(stage)

    assert "Tin vẫn được gửi như cũ" not in await person.types(command)


async def test_what_asks_for_more_waits_for_the_new_consent(stage: Stage) -> None:
    person = await agreed_to_an_older_text(stage)

    said = await person.types("/dangky trong nước")

    assert said.startswith(wording("consent-title"))
    assert await person.subscriptions() == (ABROAD,)
