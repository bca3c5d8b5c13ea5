"""What of the flow of a text tells something: not the title again, not its date, not a list of documents."""

from collections.abc import Sequence

from bot.domain.news.article import Attachment, Published
from bot.sources.articles.attachments import lists_only
from bot.sources.articles.model import PageModel, repeats
from bot.sources.html.blocks import Block, Flow
from bot.sources.html.page_dates import date_in_head, lines_of_publication


def telling(
    page: PageModel,
    items: Flow,
    *,
    title: str,
    published: Published | None,
    attachments: Sequence[Attachment],
) -> tuple[Flow, Published | None]:
    """Return what of *items* is told, and when they say that it was *published* if nothing else did."""
    told = [item for item in items if not (isinstance(item, Block) and repeats(item.text, title))]
    lines = [item.text if isinstance(item, Block) else "" for item in told]
    published = published or date_in_head(lines, now=page.now)
    dated = lines_of_publication(lines, published, now=page.now)
    kept = [
        item
        for position, item in enumerate(told)
        if position not in dated
        and not (attachments and isinstance(item, Block) and lists_only(item.text, tuple(attachments)))
    ]
    return kept, published
