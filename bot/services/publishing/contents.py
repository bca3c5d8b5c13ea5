"""Publishing a content that no feed has brought: it becomes an article like any other.

Cards, digests, search, corrections, stopping and recalling are then what they are for all articles.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.chats.chat import TopicId
from bot.domain.desk.audit import Act, Actor, AuditAction, Subject, SubjectKind
from bot.domain.news.article import Article, ArticleId
from bot.domain.news.dedup import ArticleNames, article_names
from bot.domain.news.feed import Topic
from bot.domain.news.urgency import is_urgent
from bot.domain.publication.content import Content
from bot.domain.publication.publication import PublicationId
from bot.services.publishing.approval import ask_anew
from bot.services.publishing.entering import follow
from bot.store.articles import articles, search
from bot.store.articles.articles import SavedArticle
from bot.store.engine.database import Transaction
from bot.store.publications import approvals
from bot.store.publications.approvals import Worth
from bot.store.runtime import audit


@dataclass(frozen=True, slots=True)
class PublishingRules:
    """How long a content is worth delivering, and which host of its page stands for which."""

    expires_after: timedelta = timedelta(hours=72)
    hosts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublishedContent:
    """The article that a content is; *is_new* unless one of its key was published before.

    *entered* are the topics in which it was not before.
    """

    article: ArticleId
    is_new: bool
    entered: tuple[TopicId, ...] = ()


async def publish(
    tx: Transaction,
    content: Content,
    topics: Sequence[Topic],
    actor: Actor,
    rules: PublishingRules,
    *,
    now: datetime,
) -> PublishedContent:
    """Publish *content* in *topics*, of which there is at least one, in the name of *actor*.

    What has its key was published before, and stays as it is. A page that a feed has brought already is that
    article, and is owed in those topics alone in which it is new. Where a topic asks for approval, it waits.
    """
    if known := await articles.called(tx, content.name):
        return PublishedContent(known, is_new=False)
    article = content.as_article(content.release_at or now)
    names = _names(content, article, rules)
    entered = []
    for topic in topics:
        saved = await articles.save(tx, article, photo=content.photo, topic=topic.id, now=now, names=names)
        urgent = content.urgent or is_urgent(article, topic)
        worth = Worth(owed=True, urgent=urgent, lasts=rules.expires_after)
        if saved.is_filled:
            await ask_anew(tx, saved.id, actor, now=now)
        await _follow(tx, saved, topic, content, worth, now)
        if saved.state is not None:
            entered.append(topic.id)
    about = Subject(SubjectKind.ARTICLE, str(saved.id))
    told = {
        "title": content.title,
        "url": article.page,
        "topics": ", ".join(topic.id for topic in topics),
        "urgent": content.urgent,
    }
    await audit.record(tx, actor, Act(AuditAction.CONTENT_PUBLISHED, about, after=told), now=now)
    return PublishedContent(saved.id, is_new=True, entered=tuple(entered))


async def _follow(
    tx: Transaction, saved: SavedArticle, topic: Topic, content: Content, worth: Worth, now: datetime
) -> None:
    """Owe the content to whoever subscribes to *topic*, now or at its time, or ask for its approval."""
    at = content.release_at
    if at is None or saved.awaits:
        await follow(tx, saved, topic.id, worth, now=now)
    if at is not None and (saved.awaits or saved.is_owed):
        await approvals.schedule(tx, PublicationId(saved.id, topic.id), worth, at, now)
        await search.index(tx, saved.id)


async def is_page_known(tx: Transaction, content: Content, rules: PublishingRules, *, now: datetime) -> bool:
    """Return whether the page of *content* is an article that is there already, under whatever key."""
    if not content.url:
        return False
    addresses = article_names(content.as_article(now), content.url, rules.hosts).addresses
    return any([await articles.called(tx, each) is not None for each in addresses])


def _names(content: Content, article: Article, rules: PublishingRules) -> ArticleNames:
    """Return what the content is known by: its key, and its page as a feed would name it."""
    of_page = article_names(article, article.url, rules.hosts)
    return ArticleNames((content.name, *of_page.addresses), of_page.marks, of_page.twins)
