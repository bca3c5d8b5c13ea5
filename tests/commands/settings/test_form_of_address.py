"""How a chat wants to be addressed: chosen by buttons or in words, and before what a topic or the agency
says.
"""

from dataclasses import replace

import pytest

from bot.commands.base.callbacks import Agree, Erase, ErasureStep
from bot.commands.settings import parse
from bot.commands.settings.parse import AddressChange
from bot.domain.chats.chat import ChatRole
from bot.domain.chats.form_of_address import FormOfAddress
from bot.store.chats import preferences
from bot.store.feeds import feeds
from tests.commands.stage import FEEDS, OWNER, TOPICS, Person, Stage, to, wording, words

COMRADE, CITIZEN = FormOfAddress.COMRADE, FormOfAddress.CITIZEN


@pytest.fixture
async def reader(stage: Stage) -> Person:
    person = stage.person()
    await person.types("/dangky trong nước")
    await person.taps(Agree)
    return person


async def chosen(person: Person) -> FormOfAddress | None:
    chat = await person.stage.chat(person.address)
    assert chat
    async with person.stage.database.read() as tx:
        return await preferences.form_of_address(tx, chat.id)


async def test_a_chat_chooses_how_it_is_addressed_by_buttons(reader: Person) -> None:
    await reader.types("/caidat")
    said = await reader.taps("Xưng hô: bạn")
    assert "xưng hô với người đọc là “bạn”" in said
    assert reader.labels == [
        "Bạn", "Quý vị", "Ông/Bà", "Đồng chí", "✅ Theo mặc định", "‹ Quay lại",
    ]  # fmt: skip

    said = await reader.taps("Đồng chí")

    assert "là “đồng chí”" in said
    assert "✅ Đồng chí" in reader.labels
    assert (await reader.types("/start")).startswith("Xin chào đồng chí!")
    assert await chosen(reader) is COMRADE


async def test_the_choice_is_taken_back_by_a_button(reader: Person) -> None:
    await reader.types("xưng hô đồng chí")

    said = await reader.taps("Theo mặc định")

    assert "là “bạn”" in said
    assert (await reader.types("/start")).startswith(wording("start-title"))
    assert await chosen(reader) is None


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("xưng hô đồng chí", COMRADE),
        ("Xưng hô: đồng chí.", COMRADE),
        ("gọi tôi là ông/bà", CITIZEN),
        ("goi toi la ong ba nhe", CITIZEN),
        ("hãy gọi tôi là đồng chí", COMRADE),
        ("/caidat xưng hô Ông/Bà", CITIZEN),
        ("/caidat form of address đồng chí", COMRADE),
        ("cài đặt cách xưng hô là Quý vị", FormOfAddress.HONOURED),
    ],
)
async def test_a_chat_says_how_it_wants_to_be_addressed(
    reader: Person, typed: str, form: FormOfAddress
) -> None:
    said = await reader.types(typed)

    assert said.startswith(wording("settings-saved", what=wording("saved-address", form=form)))
    assert await chosen(reader) is form


async def test_words_put_the_usual_form_back(reader: Person) -> None:
    await reader.types("xưng hô đồng chí")

    assert (await reader.types("xưng hô mặc định")).startswith(
        wording("settings-saved", what=wording("saved-address", form="bạn"))
    )
    assert await chosen(reader) is None


@pytest.mark.parametrize("typed", ["/caidat xưng hô thủ trưởng", "/caidat đừng gọi tôi là đồng chí"])
async def test_a_form_that_there_is_not_or_is_not_wanted_changes_nothing(reader: Person, typed: str) -> None:
    said = await reader.types(typed)

    assert said.startswith("Bot chưa hiểu “")
    assert "Ông/Bà" in reader.labels
    assert await chosen(reader) is None


@pytest.mark.parametrize("typed", ["xưng hô thủ trưởng", "quy định về xưng hô", "gọi tôi là Nam"])
def test_what_names_no_form_is_no_wish_of_its_own(typed: str) -> None:
    assert not parse.is_wish(typed)


def test_the_word_alone_asks_for_the_choice() -> None:
    assert parse.is_wish("xưng hô")
    assert parse.read("xưng hô") == AddressChange()


async def test_the_chat_comes_before_the_topic(stage: Stage, reader: Person) -> None:
    home = replace(TOPICS[0], address=COMRADE)
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (home, *TOPICS[1:]), FEEDS, stage.clock.now())
    assert "Đồng chí sẽ nhận tin mới" in await reader.types("/dangky trong nước")

    await reader.types("gọi tôi là ông/bà")

    assert "Ông/Bà sẽ nhận tin mới" in await reader.types("/dangky trong nước")


async def test_whoever_is_made_an_admin_is_told_in_their_own_form(stage: Stage, reader: Person) -> None:
    await reader.types("xưng hô đồng chí")
    owner = stage.person(OWNER)

    await owner.types("/admin 77")
    await owner.types("người theo dõi")

    (told,) = to(owner.answer, reader.address)
    assert words(told).startswith("Đồng chí đã được chỉ định làm quản trị viên")


async def test_the_choice_is_shown_to_the_person_and_goes_with_their_data(reader: Person) -> None:
    await reader.types("xưng hô đồng chí")
    assert "Cách xưng hô đã chọn: đồng chí" in await reader.types("/dulieu")

    await reader.types("/xoadulieu")
    await reader.taps(Erase, step=ErasureStep.ERASE)

    assert (await reader.types("/start")).startswith(wording("start-title"))


async def test_english_knows_no_forms_and_offers_none(stage: Stage) -> None:
    person = stage.person("78", "en")
    await person.types("/subscribe domestic")
    await person.taps(Agree)

    await person.types("/settings")

    assert not [label for label in person.labels if "address" in label]


async def test_only_administrators_choose_for_a_group(stage: Stage) -> None:
    administrator, member = stage.member("5"), stage.member("6")
    stage.messenger.roles["-500", "5"] = ChatRole.ADMINISTRATOR
    await administrator.types("/caidat xưng hô đồng chí")

    refused = await member.types("/caidat xưng hô ông/bà")

    assert refused.startswith("Chỉ quản trị viên của nhóm")
    assert await chosen(administrator) is COMRADE
