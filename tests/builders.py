"""Small things that many tests need, made in one line."""

from dataclasses import replace
from unicodedata import combining, normalize

from bot.domain.feed import Entry, Topic
from bot.domain.message import Button, Message, NewPhoto, bold, plain
from bot.store.articles import StoredArticle


def compose(
    stored: StoredArticle, topic: Topic, language: str, photo: NewPhoto | None, *, private: bool
) -> Message:
    article = stored.article
    return Message(
        text=(bold(article.title), plain(f"\n{topic.name(language)}")),
        photo=photo,
        keyboard=((Button("Đọc bài viết", url=article.url),),),
        preview_url=article.url,
    )


def withdrawal(language: str) -> Message:
    return Message((plain("Bài viết đã được gỡ bỏ" if language == "vi" else "Taken down"),))


def stripped(entry: Entry) -> Entry:
    """Return *entry* as Liferay 6.2 strips it to ASCII: đ and all punctuation become spaces."""
    bare = "".join(letter for letter in normalize("NFD", entry.title) if not combining(letter))
    title = "".join(c if c.isascii() and (c.isalnum() or c == " ") else " " for c in bare)
    return replace(entry, title=title, summary="")
