"""What is taken out when it is old, and what never is."""

from datetime import timedelta

from sqlalchemy import func, select, text

from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.news.article import Article, ArticleId, Photo, PreparedPhoto
from bot.domain.news.feed import FeedId
from bot.domain.publication.announcement import AtEnd
from bot.store.articles import articles, gallery, references
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import seen_entries
from bot.store.publications import announcements
from bot.store.runtime import retention
from bot.store.schema import deliveries, photo_references, photos
from tests.store.world import ACCOUNT, DOMESTIC, FEED, MINUTE, NOW, publish, save, settle_all, subscribe

YEAR = timedelta(days=365)
LATER = NOW + YEAR


async def count(tx: Transaction, table: object) -> int:
    return (await tx.execute(select(func.count()).select_from(table))).scalar_one()  # type: ignore[arg-type]


async def test_settled_deliveries_go_longest_settled_first_and_pending_ones_stay(store: Database) -> None:
    await subscribe(store, "1", "2")
    await publish(store, 1)
    await settle_all(store, now=NOW)
    await publish(store, 2)
    await settle_all(store, now=NOW + MINUTE)
    await publish(store, 3)

    async with store.write() as tx:
        some = await retention.prune_deliveries(tx, settled_before=NOW + MINUTE, limit=10)
        none = await retention.prune_deliveries(tx, settled_before=NOW + MINUTE, limit=10)
        one = await retention.prune_deliveries(tx, settled_before=LATER, limit=1)
        left = (await tx.execute(select(deliveries.c.status).order_by(deliveries.c.id))).scalars().all()

    assert (some, none, one) == (2, 0, 1)
    assert left == [DeliveryStatus.SENT, DeliveryStatus.PENDING, DeliveryStatus.PENDING]


async def test_an_old_article_goes_and_what_its_feed_listed_is_still_known(store: Database) -> None:
    async with store.write() as tx:
        old = await save(tx, 1)
        await seen_entries.remember(tx, FEED.id, {"abc": old}, NOW)

        pruned = await retention.prune_articles(tx, saved_before=LATER, limit=10)

        assert (pruned, await articles.get(tx, old)) == (1, None)
        assert await seen_entries.known(tx, FeedId(FEED.id), ["abc"]) == {"abc"}


async def test_an_article_that_a_delivery_names_stays_until_the_delivery_is_gone(store: Database) -> None:
    await subscribe(store, "1")
    article = await publish(store)

    async with store.write() as tx:
        assert await retention.prune_articles(tx, saved_before=LATER, limit=10) == 0
    await settle_all(store, now=NOW)
    async with store.write() as tx:
        await retention.prune_deliveries(tx, settled_before=LATER, limit=10)
        assert await retention.prune_articles(tx, saved_before=LATER, limit=10) == 1
        assert await articles.get(tx, article) is None


async def test_an_article_counts_from_when_it_was_saved_and_not_from_its_date(store: Database) -> None:
    async with store.write() as tx:
        await save(tx, 1)
        assert await retention.prune_articles(tx, saved_before=NOW, limit=10) == 0
        assert await retention.prune_articles(tx, saved_before=NOW + MINUTE, limit=10) == 1


async def test_a_photo_goes_with_its_references_when_no_article_shows_it(store: Database) -> None:
    async with store.write() as tx:
        await with_photo(tx, 1, "a")
        await with_photo(tx, 2, "b")
        for key in "ab":
            await references.PHOTOS.save(tx, ACCOUNT, key, f"ref-{key}", NOW)
        await retention.prune_articles(tx, saved_before=LATER, limit=1)

        assert await retention.prune_photos(tx, saved_before=LATER, limit=10) == 1
        assert await retention.prune_photos(tx, saved_before=LATER, limit=10) == 0
        assert (await count(tx, photos), await count(tx, photo_references)) == (1, 1)


async def test_a_photo_that_is_owed_is_kept_and_shown_until_nothing_names_it(store: Database) -> None:
    async with store.write() as tx:
        await with_photo(tx, 1, "a")
    await subscribe(store, "1")
    await publish(store, 1)

    shown = []
    for settled in (False, True):
        if settled:
            await settle_all(store, now=NOW)
        async with store.write() as tx:
            await retention.prune_deliveries(tx, settled_before=LATER, limit=10)
            await retention.prune_articles(tx, saved_before=LATER, limit=10)
            await retention.prune_photos(tx, saved_before=LATER, limit=10)
            shown.append(await gallery.shown(tx, "a"))

    assert shown == [b"jpeg", None]


async def test_no_more_go_than_the_limit_says_however_the_database_plans_it(store: Database) -> None:
    """PostgreSQL runs a plain subquery again for every row where a nested loop seems the cheapest to it."""
    async with store.write() as tx:
        for number in range(1, 4):
            await save(tx, number)
        if tx.dialect.name == "postgresql":
            await tx.execute(text("ANALYZE articles"))
            for plan in ("hashjoin", "mergejoin", "hashagg", "sort", "material"):
                await tx.execute(text(f"SET LOCAL enable_{plan} = off"))

        pruned = await retention.prune_articles(tx, saved_before=LATER, limit=1)

    assert pruned == 1


async def with_photo(tx: Transaction, number: int, key: str) -> ArticleId:
    url = f"https://agency.example/tin/{number}"
    photo = PreparedPhoto(key, f"{url}.jpg", b"jpeg", 1, 1)
    article = Article(url, "Bài", photos=(Photo(photo.url),))
    return (await articles.save(tx, article, photo=photo, topic=DOMESTIC.id, now=NOW)).id


async def test_what_an_announcement_was_sent_to_is_known_until_its_time_is_over(store: Database) -> None:
    await subscribe(store, "1")
    article = await publish(store)
    await settle_all(store, now=NOW)
    async with store.write() as tx:
        await announcements.add(tx, article, ends_at=LATER, at_end=AtEnd.NOTE)
        kept = await retention.prune_deliveries(tx, settled_before=LATER, limit=10)

        assert await announcements.end(tx, article, LATER) is AtEnd.NOTE
        assert (kept, await retention.prune_deliveries(tx, settled_before=LATER, limit=10)) == (0, 1)
