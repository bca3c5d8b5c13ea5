"""Following a page: which pages can be followed, and how many by one chat."""

from datetime import datetime
from urllib.parse import urlsplit

from bot.domain.chats.chat import ChatId
from bot.domain.chats.following import LONGEST_ADDRESS, PageId
from bot.domain.news.address import canonical, identity, is_web_address
from bot.domain.news.feed import FeedId, Topic
from bot.store.articles import followed_pages
from bot.store.articles.articles import StoredArticle
from bot.store.articles.followed_pages import NewPage
from bot.store.chats import follows
from bot.store.choices.visibility import visible_topics
from bot.store.engine.database import Transaction


async def page_at(tx: Transaction, address: str, chat: ChatId | None) -> NewPage | None:
    """Return the page at *address*; None if it is on no site of a source that *chat* may see."""
    url = address if "://" in address else f"https://{address}"
    if len(url) > LONGEST_ADDRESS or not is_web_address(url):
        return None
    url = canonical(url)
    topics = await visible_topics(tx, chat)
    known = [feed for feed in await followed_pages.sources(tx) if _host(feed.url) == _host(url)]
    for topic in topics:
        if feed := next((each for each in known if each.topic == topic.id), None):
            article = await followed_pages.article_at(tx, identity(url), topic.id)
            return NewPage(url, url, feed.id, topic.id, article)
    return None


async def page_of(tx: Transaction, stored: StoredArticle, topic: Topic) -> NewPage | None:
    """Return the page of an article; None if it is on no site of a source."""
    article = stored.article
    feed = await source_of(tx, stored)
    return NewPage(article.url, article.title, feed, topic.id, stored.id) if feed else None


async def source_of(tx: Transaction, stored: StoredArticle) -> FeedId | None:
    """Return the source that has brought an article, or has its site; None if there is none."""
    url = stored.article.url
    if not is_web_address(url) or len(url) > LONGEST_ADDRESS:
        return None
    if feed := await followed_pages.source_of(tx, stored.id):
        return feed
    found = (feed.id for feed in await followed_pages.sources(tx) if _host(feed.url) == _host(url))
    return next(found, None)


async def follow(tx: Transaction, chat: ChatId, page: NewPage, *, most: int, now: datetime) -> PageId | None:
    """Have *chat* follow *page*, and return which it is; None if it follows *most* others already."""
    number = await followed_pages.add(tx, page, now)
    is_followed = any(each.id == number for each in await follows.of_chat(tx, chat))
    if not is_followed and await follows.count(tx, chat) >= most:
        return None
    await follows.begin(tx, chat, number, now=now)
    return number


async def follow_on(tx: Transaction, chat: ChatId, page: PageId, *, most: int, now: datetime) -> bool | None:
    """Have *chat* go on following a page; False if it follows *most* others, None if there is none."""
    if await follows.get(tx, chat, page) is None:
        return None
    is_followed = any(each.id == page for each in await follows.of_chat(tx, chat))
    if not is_followed and await follows.count(tx, chat) >= most:
        return False
    await followed_pages.take_up(tx, page, now)
    await follows.begin(tx, chat, page, now=now)
    return True


def _host(url: str) -> str:
    """Return host and port of an address, "www." aside."""
    return urlsplit(canonical(url)).netloc.removeprefix("www.")
