"""What everybody may read: released articles of topics that are not for members only, and nothing else.

All pages, feeds and lists have what they show from here.
"""

from dataclasses import dataclass

from bot.domain.news.correction import Changes, Corrected
from bot.domain.news.feed import Topic
from bot.domain.publication.publication import PublicationState
from bot.store.articles import corrections, released
from bot.store.articles.articles import StoredArticle
from bot.store.choices.visibility import visible_topics
from bot.store.engine.database import Transaction
from bot.store.publications import publications
from bot.web.public.paths import article_name, code_in

_OVER = frozenset({PublicationState.RECALLED, PublicationState.ENDED})


class NotThereError(Exception):
    """There is no such page, or none that everybody may read."""


class TakenDownError(Exception):
    """There was such an article, and there is none any more."""


class MovedError(Exception):
    """The article is called *name* now: its title has changed."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class ReleasedArticle:
    """An article and the *topics* in which everybody may read it, of which there are some.

    *all_topics* are all those in which everybody may read anything.
    """

    stored: StoredArticle
    topics: tuple[Topic, ...]
    all_topics: tuple[Topic, ...]

    @property
    def name(self) -> str:
        return name_of(self.stored)


def name_of(stored: StoredArticle) -> str:
    """Return what an article is called in its address."""
    return article_name(stored.key, stored.article.title)


async def public_topics(tx: Transaction) -> tuple[Topic, ...]:
    """Return the topics that are not for members only, in the configured order."""
    return await visible_topics(tx, None)


async def public_topic(tx: Transaction, topic: str) -> Topic:
    """Return one of them; raises NotThereError."""
    found = next((each for each in await public_topics(tx) if each.id == topic), None)
    if found is None:
        raise NotThereError
    return found


async def find(tx: Transaction, name: str) -> ReleasedArticle:
    """Return the article that is called *name*.

    Raises NotThereError, TakenDownError where it was in a public topic and is over, or MovedError.
    """
    code = code_in(name)
    stored = await released.called(tx, code) if code else None
    publication = await publications.get(tx, stored.id) if stored else None
    if stored is None or publication is None:
        raise NotThereError
    all_topics = await public_topics(tx)
    public = [each for each in all_topics if each.id in publication.states]
    out = [each for each in public if publication.states[each.id] is PublicationState.RELEASED]
    if stored.withdrawn or not out:
        is_over = any(publication.states[each.id] in _OVER for each in public)
        raise TakenDownError if is_over else NotThereError
    shown = ReleasedArticle(stored, tuple(out), all_topics)
    if name != shown.name:
        raise MovedError(shown.name)
    return shown


async def corrections_of(tx: Transaction, stored: StoredArticle) -> tuple[Corrected, ...]:
    """Return the corrections of the article that readers would notice, the first first."""
    history = await corrections.history(tx, stored.id, stored.version)
    return tuple(each for each in reversed(history) if each.what != Changes())
