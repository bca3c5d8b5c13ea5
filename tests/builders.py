"""Small things that many tests need, made in one line."""

from bot.domain.article import Article
from bot.domain.feed import Topic
from bot.domain.message import Button, Message, NewPhoto, bold, plain


def compose(article: Article, topic: Topic, language: str, photo: NewPhoto | None) -> Message:
    return Message(
        text=(bold(article.title), plain(f"\n{topic.name(language)}")),
        photo=photo,
        keyboard=((Button("Đọc bài viết", url=article.url),),),
        preview_url=article.url,
    )
