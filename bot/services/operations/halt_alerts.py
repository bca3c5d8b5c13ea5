"""What the owners are told of articles that the service has stopped by itself."""

from bot.domain.chats.alert import AlertKind, AlertSubject, News, Trouble
from bot.domain.news.article import ArticleId
from bot.domain.publication.pauses import PauseScope
from bot.store.articles import articles
from bot.store.engine.database import Transaction
from bot.store.publications import pauses


async def halt_troubles(tx: Transaction) -> list[Trouble]:
    """Return the articles that are stopped automatically, for as long as nobody has decided about them."""
    return [
        Trouble(AlertSubject(AlertKind.HALTED, f"{each.what.scope}:{each.what.about}"), each.since)
        for each in await pauses.standing(tx)
        if each.automatic
    ]


async def titles(tx: Transaction, found: News) -> dict[str, str]:
    """Return the titles of the articles that *found* is about, by what its alerts are about."""
    begun = [each.subject for each in (*found.begun, *found.lasting)]
    subjects = [*begun, *(each.subject for each in found.over)]
    numbers = {each.about: number for each in subjects if (number := _article_of(each)) is not None}
    known = await articles.many(tx, numbers.values())
    return {about: known[number].article.title for about, number in numbers.items() if number in known}


def _article_of(subject: AlertSubject) -> ArticleId | None:
    match subject.kind:
        case AlertKind.HALTED:
            return ArticleId(int(subject.about.removeprefix(f"{PauseScope.ARTICLE}:")))
        case AlertKind.UNREACHED:
            return ArticleId(int(subject.about.partition("@")[0]))
        case _:
            return None
