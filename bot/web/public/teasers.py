"""How an article is shown in a list: its headline, what it is about, when it was published, its photo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import RichText, plain
from bot.domain.news.feed import Topic
from bot.domain.text.text import fold, one_line, shorten
from bot.i18n import Translator
from bot.services.rendering.card import date_line
from bot.store.articles.articles import StoredArticle
from bot.web.public.reading import name_of
from bot.web.public.site import PublicSite

_TITLE = 300
_SUMMARY = 260
_LOOKED_AT = 4 * _SUMMARY


@dataclass(frozen=True, slots=True)
class Teaser:
    """One article of a list. *photo* is a path, or empty; *topic* one that it is in, if that is said."""

    name: str
    title: str
    summary: RichText
    date: str
    at: datetime
    photo: str
    topic: Topic | None


@dataclass(frozen=True, slots=True)
class Teasers:
    """Makes teasers for one site in one language."""

    site: PublicSite
    language: str

    @property
    def translator(self) -> Translator:
        return self.site.translator

    def of(
        self, stored: StoredArticle, topics: Sequence[Topic] = (), *, found: RichText | None = None
    ) -> Teaser:
        """Return how *stored* is shown, with the first of *topics* that it is in; *found* is a snippet."""
        published = stored.article.published
        listed = _ids(stored)
        return Teaser(
            name=name_of(stored),
            title=shorten(one_line(stored.article.title), _TITLE),
            summary=found or (plain(summary_of(stored)),),
            date=date_line(published, self.translator, self.language) if published else "",
            at=published.at if published else stored.created_at,
            photo=self.site.photo(stored.photo_key) if stored.photo_key else "",
            topic=next((each for each in topics if each.id in listed), None),
        )


def _ids(stored: StoredArticle) -> frozenset[TopicId]:
    return frozenset(stored.topics)


def summary_of(stored: StoredArticle) -> str:
    """Return what the article is about, which is not its title once more."""
    article = stored.article
    texts = (article.summary, *article.body[:1])
    said = (one_line(each[:_LOOKED_AT]) for each in texts)
    return next((shorten(each, _SUMMARY) for each in said if each and fold(each) != fold(article.title)), "")
