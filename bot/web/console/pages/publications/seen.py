"""Publications as whoever is signed in is shown them: those in topics that they see."""

from bot.domain.news.article import ArticleId
from bot.store.publications import publications
from bot.store.publications.publications import Publication
from bot.web.console.visit import Visit, gone


async def find_publication(visit: Visit, article: ArticleId) -> Publication:
    """Return the publication of *article* with all of its topics; raises Refusal where none is seen."""
    found = await publications.get(visit.tx, article)
    if found is None or found.within(visit.seen) is None:
        raise gone()
    return found


def as_seen(visit: Visit, publication: Publication) -> Publication:
    """Return a publication that they see, with the topics alone that they see."""
    shown = publication.within(visit.seen)
    assert shown is not None, "it was looked for in these topics"
    return shown
