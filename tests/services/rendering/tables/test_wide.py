"""Which tables go as pictures, what stands in the text for them, and that nothing of them is lost."""

from dataclasses import replace

import pytest

from bot.domain.blocks.model import Blocks, ItemList, ListItem, Paragraph, Table, plain_runs
from bot.domain.chats.message import RichText, link
from bot.domain.news.article import Article
from bot.services.rendering.full_text import TextPart, full_text
from bot.services.rendering.tables.wide import TABLES
from tests.commands.stage import TOPICS, wording
from tests.fakes import FakeMessenger
from tests.services.rendering.tables.made import FEES, TWELVE, cell, head, row
from tests.services.rendering.test_full_text import TEXTS

NARROW = Table((head("Loại", "Số"), row("Sáng chế", "12")))
LAYOUT = Table((head("Điều", "Nội dung"), row("1", "Tổ chức, cá nhân có quyền đăng ký. " * 20)))


def parts(
    *blocks: Blocks | Table | Paragraph | ItemList, draws: bool = True, albums: int = 10
) -> tuple[TextPart, ...]:
    article = Article("https://agency.example/tin/1", "Biểu phí", blocks=blocks)  # type: ignore[arg-type]
    platform = replace(FakeMessenger().capabilities, text_length=600, albums=albums)
    return full_text(article, TOPICS[0], platform, translator=TEXTS, language="vi", draws=draws)


def words(text: RichText) -> str:
    return "".join(span.text for span in text)


def test_a_table_follows_the_message_that_names_it() -> None:
    said = Paragraph(plain_runs("Một câu dài vừa phải để đọc cho hết bài. " * 13))

    found = parts(said, FEES, said, replace(TWELVE, caption="Bảng số 7: đơn theo tháng"))

    names = ["Bảng 1. Mức thu phí, lệ phí sở hữu công nghiệp", "Bảng số 7: đơn theo tháng"]
    assert [table.name for part in found for table in part.tables] == names
    for part in found:
        for table in part.tables:
            assert wording("table-below", name=table.name) in words(part.text)
    assert [table.picture.table.rows for part in found for table in part.tables] == [FEES.rows, TWELVE.rows]
    assert "Thông tư 263/2016" not in "".join(words(part.text) for part in found)


def test_two_tables_without_a_name_are_numbered() -> None:
    (part,) = parts(TWELVE, TWELVE)

    assert [table.name for table in part.tables] == ["Bảng 1", "Bảng 2"]


def test_what_a_table_says_else_is_all_of_it() -> None:
    (part,) = parts(FEES)

    said = words(part.tables[0].rows)
    assert all(run.text in said for line in FEES.rows[2:] for each in line for run in each.text)
    assert said.startswith(FEES.caption)


@pytest.mark.parametrize("table", [NARROW, LAYOUT], ids=["narrow", "a layout of texts"])
def test_other_tables_stay_in_the_text(table: Table) -> None:
    found = parts(table)

    assert [each for part in found for each in part.tables] == []
    assert "".join(words(part.text) for part in found).count(table.rows[1][0].text[0].text) >= 1


def test_nothing_is_drawn_where_nothing_can_be_shown() -> None:
    assert [table for part in parts(FEES, draws=False) for table in part.tables] == []


def test_where_there_are_no_albums_a_long_table_takes_no_ten_messages() -> None:
    long = Table((*TWELVE.rows, *TWELVE.rows[1:] * 20))

    def drawn(albums: int) -> list[int]:
        found = parts(long, FEES, albums=albums)
        return [len(each.picture.table.rows) for part in found for each in part.tables]

    assert (drawn(10), drawn(0)) == ([len(long.rows), len(FEES.rows)], [len(FEES.rows)])


def test_links_of_a_table_stay_links() -> None:
    url = "https://agency.example/mau-01.docx"
    forms = Table(
        (
            head("Tên biểu mẫu", "Tải về"),
            (*row("Tờ khai đăng ký nhãn hiệu, mẫu mới"), cell("Mẫu số 08", url=url)),
        )
    )

    (part,) = parts(forms)

    assert part.tables
    assert link("Mẫu số 08", url) in part.text


def test_a_table_inside_of_a_list_stays_there() -> None:
    found = parts(ItemList((ListItem((FEES,)),)))

    assert [part.tables for part in found] == [()] * len(found)


def test_of_very_many_tables_the_last_ones_are_text() -> None:
    found = parts(*[TWELVE] * (TABLES + 2))

    assert sum(len(part.tables) for part in found) == TABLES
