"""Which photos may be shown to anybody who has their address."""

from dataclasses import replace

from bot.store.articles import articles, gallery, revisits
from bot.store.engine.database import Database
from tests.store.articles.test_articles import ARTICLE, PHOTO
from tests.store.world import DOMESTIC, NOW


async def test_a_photo_is_shown_until_every_article_that_it_leads_is_taken_down(store: Database) -> None:
    other = replace(ARTICLE, url="https://agency.example/tin/2")
    async with store.write() as tx:
        saved = [
            await articles.save(tx, article, photo=PHOTO, topic=DOMESTIC.id, now=NOW)
            for article in (ARTICLE, other)
        ]
        shown = [await gallery.shown(tx, PHOTO.key), await gallery.shown(tx, "f" * 64)]
        for each in saved:
            await revisits.withdraw(tx, each.id, NOW)
            shown.append(await gallery.shown(tx, PHOTO.key))

    assert shown == [PHOTO.content, None, PHOTO.content, None]


async def test_a_photo_beyond_the_lead_is_shown(store: Database) -> None:
    async with store.write() as tx:
        await articles.save_photo(tx, PHOTO, now=NOW)
        await gallery.keep(tx, PHOTO.url, PHOTO.key)

        assert await gallery.shown(tx, PHOTO.key) == PHOTO.content
