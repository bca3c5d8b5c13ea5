"""Help, language, and words that nobody understands."""

import pytest

from bot.commands.router.command_menu import menus
from bot.domain.messaging.messenger import Audience, MessengerError
from bot.i18n import FormOfAddress
from tests.commands.stage import OWNER, Stage, texts


async def test_unknown_words_get_a_short_hint_in_a_private_chat(stage: Stage) -> None:
    person = stage.person()

    said = await person.types("👍👍")

    assert said.startswith("Bot chưa hiểu nội dung này.")
    assert person.labels == ["📋 Chuyên mục", "📰 Tin mới nhất", "🔕 Dừng nhận tin", "Hướng dẫn"]


async def test_an_unknown_command_gets_the_hint_too(stage: Stage) -> None:
    assert (await stage.person().types("/khongco")).startswith("Bot chưa hiểu")


async def test_the_buttons_of_a_hint_lead_on(stage: Stage) -> None:
    person = stage.person()
    await person.types("...")

    assert (await person.taps("Hướng dẫn")).startswith("Hướng dẫn sử dụng")
    assert (await person.taps("Chuyên mục")).startswith("Các chuyên mục")
    assert (await person.taps("Tin mới nhất")).startswith("Hiện chưa có tin nào.")


async def test_help_shows_each_person_what_they_may_do(stage: Stage) -> None:
    somebody = await stage.person().types("/trogiup")
    owner = await stage.person(OWNER).types("/trogiup")

    assert ("/dangky – đăng ký" in somebody, "/kenh" in somebody, "/admin" in somebody) == (
        True,
        False,
        False,
    )
    assert ("/kenh – quản lý kênh" in owner, "/admin – chỉ định" in owner) == (True, True)


async def test_the_language_is_changed_and_kept(stage: Stage) -> None:
    person = stage.person()
    await person.sends("1a.")
    await person.types("/ngonngu")

    assert person.labels == ["✅ Tiếng Việt", "🌐 English"]
    said = await person.taps("English")
    assert (said, person.labels) == ("The language is now English.", ["🌐 Tiếng Việt", "✅ English"])
    assert (await person.types("help")).startswith("How to use this bot")

    await person.types("/language")
    assert await person.taps("Tiếng Việt") == "Đã chuyển sang tiếng Việt."


@pytest.mark.parametrize("typed", ["/ngonngu english", "english please", "Đổi sang tiếng Anh ạ"])
async def test_the_language_is_chosen_by_typing_before_consent_and_remembered(
    stage: Stage, typed: str
) -> None:
    person = stage.person()

    assert await person.types(typed) == "The language is now English."

    assert (await person.types("/start")).startswith("Welcome!")
    assert await stage.chat(person.address) is None


async def test_the_choice_of_who_has_not_agreed_is_nowhere_stored(stage: Stage) -> None:
    person = stage.person()
    await person.types("/trogiup")
    await person.taps("English")

    said = await person.taps("Topics")

    assert said.startswith("Topics")
    assert all(":en" in (button.action or "").partition(".")[0] for button in person.buttons)
    assert (await person.taps("Domestic")).startswith("Your consent")
    assert await stage.chat(person.address) is None
    await person.taps("I agree")
    assert (await person.types("help")).startswith("How to use this bot")


async def test_help_changes_its_language_in_place(stage: Stage) -> None:
    person = stage.person()
    await person.types("/trogiup")

    assert (await person.taps("English")).startswith("How to use this bot")
    assert person.seen[-1].replaces == "5"


async def test_a_messenger_that_does_not_answer_is_excused(stage: Stage) -> None:
    person = stage.member("1")
    stage.messenger.fails = MessengerError("no answer")

    assert await person.types("/dangky") == "Hệ thống đang bận, vui lòng thử lại sau ít phút."
    await person.sends("1t.d.1.quoc-te")
    assert person.answer.toast == "Hệ thống đang bận, vui lòng thử lại sau ít phút."


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
