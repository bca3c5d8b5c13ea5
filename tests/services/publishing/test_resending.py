"""Sending an article again counts its messages, and no second release."""

from sqlalchemy import func, select

from bot.domain.publication.publication import PublicationState
from bot.services.publishing.resending import to_topics
from bot.store.engine.database import Database
from bot.store.publications import publications
from bot.store.schema import daily_figures
from tests.services.publishing.test_contents import ACTOR
from tests.store.world import DOMESTIC, NOW, claim, prepare, publish, subscribe


async def test_who_has_subscribed_since_gets_it_and_it_was_released_once(db: Database) -> None:
    await prepare(db)
    article = await publish(db)
    (late,) = await subscribe(db, "1")

    async with db.write() as tx:
        assert await to_topics(tx, article, [DOMESTIC.id], ACTOR, now=NOW)

    assert [each.chat for each in await claim(db)] == [late]
    async with db.read() as tx:
        released = (await tx.execute(select(func.sum(daily_figures.c.released)))).scalar_one()
        found = await publications.get(tx, article)
    assert (found and found.state, released) == (PublicationState.RELEASED, 1)
