"""One article out of what its page says and what the feed said of it."""

from dataclasses import replace

from bot.domain.news.article import Article, Attachment, DatePrecision, Photo, Published
from bot.domain.news.feed import Entry, Feed
from bot.sources.articles.files import file_name
from bot.sources.articles.summary import summary_of
from bot.sources.html.images import is_of_site, lead_first


def article_of(feed: Feed, entry: Entry) -> Article:
    """Return the article that *entry* makes by itself; without a link, its address is a place in the feed."""
    return Article(
        url=entry.url_in(feed),
        title=entry.title,
        summary=entry.summary or summary_of("", description="", title=entry.title, body=entry.body),
        body=entry.body,
        photos=lead_first(entry.photos),
        published=entry.published,
        attachments=entry.attachments or _linked(entry),
        blocks=entry.blocks,
    )


def merged(page: Article, entry: Article) -> Article:
    """Return *page* with its gaps filled from *entry*, which is the same article as the feed tells it."""
    return replace(
        page,
        title=page.title or entry.title,
        summary=page.summary or entry.summary,
        body=page.body or entry.body,
        blocks=page.blocks if page.body else entry.blocks,
        photos=_photos(page, entry),
        published=_finer(page.published, entry.published),
        attachments=_attachments(page, entry),
    )


def _linked(entry: Entry) -> tuple[Attachment, ...]:
    """Return the document that *entry* leads to, where it leads to one instead of a page."""
    name = file_name(entry.link)
    return (Attachment(entry.link, name),) if name else ()


def _attachments(page: Article, entry: Article) -> tuple[Attachment, ...]:
    """Return the documents of both, as the page names them; the feed may know their sizes."""
    given = {each.url: each for each in entry.attachments}
    named = [
        replace(each, size=each.size or given[each.url].size) if each.url in given else each
        for each in page.attachments
    ]
    known = {each.url for each in named}
    return (*named, *(each for each in entry.attachments if each.url not in known))


def _photos(page: Article, entry: Article) -> tuple[Photo, ...]:
    """Return the page's photos, or the entry's where the page shows only what is the site's own."""
    if any(not is_of_site(photo.url) for photo in page.photos):
        return page.photos
    return entry.photos or page.photos


def _finer(page: Published | None, entry: Published | None) -> Published | None:
    """Return the page's date, or the entry's where that adds the time to the same day."""
    if page is None or entry is None:
        return page or entry
    same_day = page.at.date() == entry.at.astimezone(page.at.tzinfo).date()
    return entry if page.precision is DatePrecision.DAY and same_day else page
