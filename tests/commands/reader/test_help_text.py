"""/trogiup, and words that nobody understands."""

from bot.domain.messaging.messenger import MessengerError
from tests.commands.stage import OWNER, Stage, wording


async def test_unknown_words_get_a_short_hint_in_a_private_chat(stage: Stage) -> None:
    person = stage.person()

    said = await person.types("👍👍")

    assert said.startswith("Bot chưa hiểu nội dung này.")
    assert person.labels == ["📋 Chuyên mục", wording("button-latest"), "🔕 Dừng nhận tin", "Hướng dẫn"]


async def test_an_unknown_command_gets_the_hint_too(stage: Stage) -> None:
    assert (await stage.person().types("/khongco")).startswith("Bot chưa hiểu")


async def test_the_buttons_of_a_hint_lead_on(stage: Stage) -> None:
    person = stage.person()
    await person.types("...")

    assert (await person.taps("Hướng dẫn")).startswith(wording("help-title"))
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


async def test_a_messenger_that_does_not_answer_is_excused(stage: Stage) -> None:
    person = stage.member("1")
    stage.messenger.fails = MessengerError("no answer")

    assert await person.types("/dangky") == "Hệ thống đang bận, vui lòng thử lại sau ít phút."
    await person.sends("1t.d.1.quoc-te")
    assert person.answer.toast == "Hệ thống đang bận, vui lòng thử lại sau ít phút."
