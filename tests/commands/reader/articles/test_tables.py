"""Wide tables of a full text: pictures behind the text that names them, and rows where there is none."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.blocks.model import Blocks, Paragraph, plain_runs
from bot.domain.chats.message import NewPhoto
from bot.domain.news.article import Article, PreparedPhoto
from bot.services.rendering.tables.sheets import TablePicture
from bot.services.subscribers.table_pictures import TablePictures
from bot.store.articles import articles
from tests.commands.stage import HOME, Stage, wording, words
from tests.services.rendering.tables.made import FEES, TWELVE

NAME = "Bảng 1. Mức thu phí, lệ phí sở hữu công nghiệp"
INTRODUCED = Paragraph(plain_runs("Cục Sở hữu trí tuệ thông báo mức thu."))


class FakeDrawer:
    """Stands in for the process that draws: so many pictures of each table, which say what they show."""

    def __init__(self, count: int = 1) -> None:
        self.count = count
        self.drawn: list[str] = []

    async def draw(self, picture: TablePicture) -> Sequence[PreparedPhoto]:
        self.drawn.append(picture.title)
        names = [f"{picture.title} {number}" for number in range(self.count)]
        return [PreparedPhoto(name, name, name.encode(), 10, 10) for name in names]


async def publish(stage: Stage, blocks: Blocks) -> None:
    article = Article("https://agency.example/phi", "Biểu phí", body=("Mức thu.",), blocks=blocks)
    async with stage.database.write() as tx:
        await articles.save(tx, article, photo=None, topic=HOME, now=stage.clock.now())


@pytest.fixture
def drawer(stage: Stage) -> FakeDrawer:
    stage.clock.advance(12 * 3600)
    drawer = FakeDrawer()
    stage.tables = TablePictures(stage.database, drawer.draw, stage.clock)
    return drawer


async def test_a_wide_table_comes_as_a_picture_with_its_name_behind_the_text(
    stage: Stage, drawer: FakeDrawer
) -> None:
    await publish(stage, (INTRODUCED, FEES))
    person = stage.person()

    await person.types("/toanvan")

    text, picture = person.seen
    assert wording("table-below", name=NAME) in words(text)
    assert isinstance(picture.photo, NewPhoto)
    assert (words(picture), picture.photo.content) == (NAME, f"{NAME} 0".encode())
    assert "Phí thẩm định nội dung" in words(type(picture)(picture.photo.instead))
    assert text.keyboard[0][0].label == wording("button-save")


async def test_it_is_drawn_once_for_all_who_read_the_same_language(stage: Stage, drawer: FakeDrawer) -> None:
    await publish(stage, (INTRODUCED, FEES, TWELVE))
    await stage.person("1").types("/toanvan")
    second = stage.person("2")

    await second.types("/toanvan")
    await stage.person("3", language="en").types("/read")

    assert sorted(drawer.drawn) == [NAME, "Bảng 2", f"Table 1. {FEES.caption}", "Table 2"]
    assert [bool(message.photo) for message in second.seen] == [False, True, True]
    assert second.answer.later is None


async def test_a_table_of_several_pictures_is_an_album(stage: Stage, drawer: FakeDrawer) -> None:
    drawer.count = 3
    await publish(stage, (INTRODUCED, FEES))
    person = stage.person()

    await person.types("/toanvan")

    assert [each.caption for each in person.seen[-1].album] == [f"{NAME} ({n}/3)" for n in (1, 2, 3)]


async def test_a_table_that_cannot_be_drawn_comes_as_rows_and_is_not_tried_again(
    stage: Stage, drawer: FakeDrawer
) -> None:
    drawer.count = 0
    await publish(stage, (INTRODUCED, FEES))
    await stage.person("1").types("/toanvan")
    person = stage.person("2")

    await person.types("/toanvan")

    assert drawer.drawn == [NAME]
    assert [message.photo for message in person.seen] == [None, None]
    assert all(said in words(person.seen[1]) for said in ("Phí công bố thông tin về đơn", "120.000"))


async def test_where_no_photos_can_be_sent_a_table_is_text(stage: Stage, drawer: FakeDrawer) -> None:
    stage.messenger.capabilities = replace(stage.messenger.capabilities, photos=False)
    await publish(stage, (INTRODUCED, FEES))
    person = stage.person()

    said = await person.types("/toanvan")

    assert "Phí công bố thông tin về đơn" in said
    assert (len(person.seen), drawer.drawn) == (1, [])


async def test_tables_of_a_long_text_come_with_the_part_that_names_them(
    stage: Stage, drawer: FakeDrawer
) -> None:
    long = Paragraph(plain_runs("Một câu dài vừa phải để đọc cho hết bài. " * 95))
    await publish(stage, (FEES, long, long, long, long, TWELVE))
    person = stage.person()

    await person.types("/toanvan")
    first = [bool(message.photo) for message in person.seen]
    await person.taps("Đọc tiếp")

    assert first[:2] == [False, True]
    assert sum(first) == 1
    assert words(person.seen[-1]) == "Bảng 2"
    assert drawer.drawn == [NAME, "Bảng 2"]
