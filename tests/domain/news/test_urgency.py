import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.news.article import Article
from bot.domain.news.feed import Topic
from bot.domain.news.urgency import is_urgent


def topic(*, urgent: bool = False, words: tuple[str, ...] = ()) -> Topic:
    return Topic(TopicId("a"), {"vi": "A"}, {}, "A", urgent=urgent, urgent_words=words)


@pytest.mark.parametrize(
    ("title", "summary", "expected"),
    [
        ("Thông báo KHẨN về bão số 3", "", True),
        ("Thông báo", "Công điện khẩn của Bộ", True),
        ("Thông báo về khẩn trương thực hiện", "", False),
        ("Thông báo", "Tin thường", False),
    ],
)
def test_words_in_title_or_summary_make_an_article_urgent(
    title: str, summary: str, *, expected: bool
) -> None:
    words = ("khẩn, -khẩn trương", "công điện khẩn")

    article = Article("https://agency.example/1", title, summary, body=("Công điện khẩn số 5",))

    assert is_urgent(article, topic(words=words)) is expected


def test_all_articles_of_an_urgent_topic_are_urgent() -> None:
    article = Article("https://agency.example/1", "Thông báo")

    assert (is_urgent(article, topic(urgent=True)), is_urgent(article, topic())) == (True, False)
