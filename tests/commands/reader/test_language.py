"""/ngonngu: the language of a chat, before and after consent."""

import pytest

from bot.commands.base.callbacks import Agree, ChooseLanguage
from tests.commands.stage import Stage


async def test_the_language_is_changed_and_kept(stage: Stage) -> None:
    person = stage.person()
    await person.sends("1a.")
    await person.types("/ngonngu")

    assert person.labels == ["✅ Tiếng Việt", "🌐 English"]
    said = await person.taps(ChooseLanguage, language="en")
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
    await person.taps(ChooseLanguage, language="en")

    said = await person.taps("Topics")

    assert said.startswith("Topics")
    assert all(":en" in (button.action or "").partition(".")[0] for button in person.buttons)
    assert (await person.taps("Domestic")).startswith("Your consent")
    assert await stage.chat(person.address) is None
    await person.taps(Agree)
    assert (await person.types("help")).startswith("How to use this bot")


async def test_help_changes_its_language_in_place(stage: Stage) -> None:
    person = stage.person()
    await person.types("/trogiup")

    assert (await person.taps(ChooseLanguage, language="en")).startswith("How to use this bot")
    assert person.seen[-1].replaces == "5"
