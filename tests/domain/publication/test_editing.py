"""What an edit makes of an article, and which words it refuses."""

import pytest

from bot.domain.news.article import Article, Attachment, Photo, PreparedPhoto
from bot.domain.publication.editing import Edit, EditError, Flaw, SourceText

ONE, TWO = Photo("https://a.example/1.jpg", "Một"), Photo("https://a.example/2-small.jpg", "Hai")
ARTICLE = Article("https://a.example/1", "Tin", "Tóm tắt", ("Một đoạn.",), (ONE, TWO))
PREPARED = PreparedPhoto("b" * 64, "https://a.example/2.jpg", b"jpeg", 10, 10, thumbnail=TWO.url)


def test_words_are_composed_and_stand_on_one_line() -> None:
    edit = Edit.of_words(title="  Quye\u0302\u0301t  định\nsố 5 ", summary="Tóm\u200b  tắt")

    edited = edit.applied(ARTICLE)
    assert (edited.title, edited.summary) == ("Quy\u1ebft định số 5", "Tóm tắt")
    assert edited.body == ARTICLE.body


@pytest.mark.parametrize(
    ("title", "summary", "flaw"),
    [
        (" \n\u200b ", None, Flaw.EMPTY),
        ("x" * 301, None, Flaw.TITLE_TOO_LONG),
        (None, "x" * 1001, Flaw.SUMMARY_TOO_LONG),
    ],
)
def test_words_that_cannot_stand_are_refused(title: str | None, summary: str | None, flaw: Flaw) -> None:
    with pytest.raises(EditError) as caught:
        Edit.of_words(title=title, summary=summary)

    assert caught.value.flaw is flaw


def test_what_is_just_short_enough_is_taken_and_a_summary_may_go() -> None:
    edited = Edit.of_words(title="x" * 300, summary="").applied(ARTICLE)

    assert (len(edited.title), edited.summary) == (300, "")


def test_the_chosen_photo_comes_first_by_the_address_that_it_was_had_from() -> None:
    edit = Edit(photo=PREPARED)

    assert edit.applied(ARTICLE).photos == (Photo(PREPARED.url, "Hai"), ONE)
    assert edit.photo_key("a" * 64) == PREPARED.key


def test_without_a_photo_the_others_stay() -> None:
    edit = Edit(without_photo=True)

    assert (edit.applied(ARTICLE), edit.photo_key("a" * 64)) == (ARTICLE, None)


def test_what_the_source_says_stands_within_the_rest_of_the_article() -> None:
    page = Article(
        "https://a.example/x", "Nguồn", "", (), (), attachments=(Attachment("u", "n"),), author="?"
    )

    restored = SourceText.of(page, None).within(ARTICLE)

    assert (restored.url, restored.title, restored.author) == (ARTICLE.url, "Nguồn", "")
    assert restored.attachments == page.attachments
