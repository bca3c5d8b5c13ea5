"""A list chosen by one title in it: what is alike is found, what stands beside it is not."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from bot.domain.news.listing.choice import ChoiceProblem, ListingChoice, ListingPart, ListingTrial
from bot.sources.html.document import Document
from bot.sources.html.tree import Element, parse
from bot.sources.picking.trial import listing_trial

NOW = datetime(2026, 3, 7, 5, 0, tzinfo=UTC)
URL = "https://so.example.gov.vn/tin-tuc"
MENU = (
    "<ul class=menu><li><a href=/gioi-thieu>Giới thiệu</a><li><a href=/tin-tuc>Tin tức</a>"
    "<li><a href=/lien-he>Liên hệ</a></ul>"
)


def page(body: str) -> Document:
    return Document(f"<html><body>{MENU}{body}</body></html>".encode(), URL, "utf-8")


def number_of(document: Document, words: str, tag: str = "*") -> int:
    """Return the number of the innermost element with *words*, or of the picture that they describe."""
    root: Element = parse(document.body, url=URL, charset="utf-8")
    fits = [
        number
        for number, each in enumerate(root.iter("*"))
        if words in "".join(each.itertext()) or each.get("alt") == words
        if tag in ("*", each.tag)
    ]
    return fits[-1]


def choose(document: Document, title: str, **parts: str) -> ListingTrial:
    """Return what is found by pointing at a *title*, and at other *parts*, each by its words."""
    picks = {ListingPart.TITLE: number_of(document, title)}
    picks |= {ListingPart(part): number_of(document, words) for part, words in parts.items()}
    version = listing_trial(document, ListingChoice(), now=NOW).version
    return listing_trial(document, ListingChoice(picks, version=version), now=NOW)


def titles(trial: ListingTrial) -> list[str]:
    return [each.title for each in trial.entries]


def days(trial: ListingTrial) -> list[str | None]:
    return [each.published.at.strftime("%d/%m") if each.published else None for each in trial.entries]


def items(count: int, form: str, first: int = 1) -> str:
    return "".join(form.format(n=n) for n in range(first, first + count))


NEWS = [f"Tin số {n} về chuyển đổi số" for n in range(1, 5)]
ITEM = "<li class=item><h3><a href=/tin-{n}.html>Tin số {n} về chuyển đổi số</a></h3></li>"
OTHERS = items(3, "<li class=item><h3><a href=/xem-{n}.html>Bài đọc nhiều {n}</a></h3></li>")
ROW = (
    "<tr><td>{n}</td><td><a href=/tin-{n}.html>Tin số {n} về chuyển đổi số</a></td><td>0{n}/03/2026</td></tr>"
)
SUB = "<ul><li><a href=/tin-{n}/a>Liên quan một</a></li><li><a href=/tin-{n}/b>Liên quan hai</a></li></ul>"

PAGES: Mapping[str, str] = {
    "a table whose first row is a header with links": (
        "<table><tr><th><a href='?xep=so'>STT</a></th><th><a href='?xep=ten'>Tiêu đề</a></th>"
        f"<th><a href='?xep=ngay'>Ngày</a></th></tr>{items(4, ROW)}</table>"
    ),
    "nested lists": "<ul>"
    + items(4, "<li><a href=/tin-{n}.html>Tin số {n} về chuyển đổi số</a>" + SUB + "</li>")
    + "</ul>",
    "two lists with headings of their own": (
        f"<div><h2>Tin mới</h2><ul>{items(4, ITEM)}</ul></div><div><h2>Đọc nhiều</h2><ul>{OTHERS}</ul></div>"
    ),
    "two lists with headings between them": (
        f"<div><h2>Tin mới</h2><ul>{items(4, ITEM)}</ul><h2>Đọc nhiều</h2><ul>{OTHERS}</ul></div>"
    ),
    "the same markup in a side bar": (
        f"<main><ul>{items(4, ITEM)}</ul></main><aside><ul>{OTHERS}</ul></aside>"
    ),
    "advertisements between the items": (
        f"<ul>{items(2, ITEM)}<li class=item><h3><a href=https://ads.example/>Mua ngay</a></h3></li>"
        f"<li class=ad><a href=/qc>Quảng cáo</a></li>{items(2, ITEM, 3)}</ul>"
    ),
    "the link around the item": "<div class=list>"
    + items(4, "<a class=card href=/tin-{n}.html><h3>Tin số {n} về chuyển đổi số</h3><p>Tóm tắt</p></a>")
    + "</div>",
    "nothing has a name": "<div><div><h3>Sở</h3><p><a href=/ct>Giới thiệu</a></p>"
    "<p><a href=/cn>Chức năng</a></p></div><div>"
    + items(4, "<p><a href=/tin-{n}.html>Tin số {n} về chuyển đổi số</a></p>")
    + "</div></div>",
    "a photo linked before the title": "<div id=ds>"
    + items(
        4,
        "<div><a href=/tin-{n}.html><img alt=x src=/{n}.jpg></a>"
        "<a href=/tin-{n}.html>Tin số {n} về chuyển đổi số</a></div>",
    )
    + "</div>",
    "the first one is made larger": (
        f"<ul><li class='item first'><h2><a href=/tin-1.html>{NEWS[0]}</a></h2></li>{items(3, ITEM, 2)}</ul>"
    ),
    "items in a grid of rows": "<div class=luoi>"
    + "".join(f"<div class=row>{items(2, '<div class=col>' + ITEM + '</div>', n)}</div>" for n in (1, 3))
    + "</div>",
    "headings that are dates": "<div>"
    + "".join(f"<h4>0{n}/03/2026</h4><ul>{items(2, ITEM, n)}</ul>" for n in (1, 3))
    + "</div>",
}


@pytest.mark.parametrize("pointed_at", [NEWS[0], NEWS[2]])
@pytest.mark.parametrize("kind", PAGES)
def test_all_that_are_alike_are_found_and_nothing_else(kind: str, pointed_at: str) -> None:
    trial = choose(page(PAGES[kind]), pointed_at)

    assert (titles(trial), trial.problem) == (NEWS, None), trial.selectors


def test_a_date_a_summary_and_a_photo_are_pointed_at_once_for_all() -> None:
    form = (
        "<li><a href=/tin-{n}.html>Tin số {n} về chuyển đổi số</a><span>Họp ngày 0{n}/01/2020 tại sở</span>"
        "<span>Đăng ngày 0{n} tháng 3 năm 2026</span><div>Nội dung ngắn gọn của tin {n}</div>"
        "<img alt=mau src=/mau.gif><img alt=anh src=/anh-{n}.jpg></li>"
    )
    document = page(f"<ul id=tin>{items(4, form)}</ul>")

    trial = choose(document, NEWS[1], date="Đăng ngày 02 tháng 3", summary="ngắn gọn của tin 2", photo="anh")

    assert days(trial) == ["01/03", "02/03", "03/03", "04/03"]
    assert [each.summary for each in trial.entries] == [f"Nội dung ngắn gọn của tin {n}" for n in range(1, 5)]
    assert [photo.url.rpartition("/")[2] for each in trial.entries for photo in each.photos] == [
        f"anh-{n}.jpg" for n in range(1, 5)
    ]
    assert (trial.guessed, trial.left_out) == (("item",), ())


def test_what_is_pointed_at_outside_of_the_items_is_left_out() -> None:
    document = page(f"<p>Hôm nay 07/03/2026</p><ul>{items(4, ITEM)}</ul>")

    trial = choose(document, NEWS[0], date="Hôm nay")

    assert (titles(trial), trial.left_out, "date" in trial.selectors) == (NEWS, ("date",), False)


def test_the_texts_of_the_item_can_be_chosen_by_their_numbers() -> None:
    form = "<li><a href=/tin-{n}.html>Tin số {n} về chuyển đổi số</a> <i>0{n}/03/2026</i></li>"
    document = page(f"<ul id=tin>{items(4, form)}</ul>")

    pieces = choose(document, NEWS[1]).pieces

    assert [each.text for each in pieces] == [NEWS[1], "02/03/2026"]
    assert pieces[1].number == number_of(document, "02/03/2026")


def test_links_that_are_alike_are_offered_where_nothing_was_chosen() -> None:
    document = page(f"<ul>{items(4, ITEM)}</ul>")

    trial = listing_trial(document, ListingChoice(), now=NOW)

    best = trial.lists[0]
    assert (best.count, list(best.titles), trial.entries) == (4, NEWS[:3], ())
    picked = ListingChoice({ListingPart.TITLE: best.number}, version=trial.version)
    assert titles(listing_trial(document, picked, now=NOW)) == NEWS


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        (ListingChoice({ListingPart.TITLE: 5}, version="another"), ChoiceProblem.CHANGED),
        (ListingChoice(selectors={"item": "li ["}), ChoiceProblem.BAD_SELECTOR),
        (ListingChoice(selectors={"item": ".none"}), ChoiceProblem.NOTHING_FOUND),
    ],
)
def test_what_gives_nothing_says_why(choice: ListingChoice, problem: ChoiceProblem) -> None:
    trial = listing_trial(page(f"<ul>{items(4, ITEM)}</ul>"), choice, now=NOW)

    assert (trial.problem, trial.entries) == (problem, ())


@pytest.mark.parametrize(
    ("words", "problem"),
    [("Không có liên kết", ChoiceProblem.NO_LINK), ("Chỉ có một", ChoiceProblem.NOTHING_ALIKE)],
)
def test_a_title_that_leads_to_no_list_says_why(words: str, problem: ChoiceProblem) -> None:
    document = page("<section><p>Không có liên kết</p></section><h1><a href=/mot>Chỉ có một</a></h1>")

    assert choose(document, words).problem == problem
