"""Small things that many tests need, made in one line."""

from collections.abc import Sequence
from dataclasses import replace
from unicodedata import combining, normalize

from bot.domain.chats.message import Button, Message, NewPhoto, bold, plain
from bot.domain.news.article import Article
from bot.domain.news.correction import Changes
from bot.domain.news.feed import Entry, Topic
from bot.services.rendering.digest import Digest, Edition, Item
from bot.services.rendering.renderer import Renderer
from bot.store.articles.articles import StoredArticle

RATION = "Số tin gửi ngay có hạn."


def compose(
    stored: StoredArticle,
    topic: Topic,
    language: str,
    photo: NewPhoto | None,
    *,
    private: bool,
    brief: bool,
) -> Message:
    article = stored.article
    return Message(
        text=(bold(article.title), plain(f"\n{topic.name(language)}")),
        photo=photo,
        keyboard=((Button("Đọc bài viết", url=article.url),),),
        preview_url=article.url,
    )


def compose_digest(items: Sequence[Item], edition: Edition) -> Digest:
    titles = [plain(f"• {item.stored.article.title}\n") for item in items]
    if edition.tells_ration:
        titles.append(plain(RATION))
    lead = next((item for item in items if item.stored.photo_key), None)
    message = Message((bold(edition.language), *titles), silent=edition.manner.silent)
    return Digest(message, len(items), lead)


def withdrawal(language: str) -> Message:
    return Message((plain("Bài viết đã được gỡ bỏ" if language == "vi" else "Taken down"),))


def correction(article: Article, what: Changes, language: str) -> Message:
    del language
    new = [name for name in ("summary", "photo") if getattr(what, f"has_new_{name}")]
    files = f" +{what.added} −{what.removed}" if what.added or what.removed else ""
    return Message((plain(f"Đính chính {what.title}: {article.title}{files} {' '.join(new)}".strip()),))


def removal(article: Article, language: str) -> Message:
    del language
    return Message((plain(f"Đã gỡ {article.title}"),))


def ending(article: Article, language: str) -> Message:
    del language
    return Message((plain(f"Đã hết hạn {article.title}"),))


RENDERER = Renderer(compose, compose_digest, withdrawal, correction, removal, ending)


def stripped(entry: Entry) -> Entry:
    """Return *entry* as Liferay 6.2 strips it to ASCII: đ and all punctuation become spaces."""
    bare = "".join(letter for letter in normalize("NFD", entry.title) if not combining(letter))
    title = "".join(c if c.isascii() and (c.isalnum() or c == " ") else " " for c in bare)
    return replace(entry, title=title, summary="")
