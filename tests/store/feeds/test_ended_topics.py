"""Topics that have ended, in a database that was made before they could."""

from sqlalchemy import select, text

from bot.store.engine.database import Database
from bot.store.schema import ended_topics
from tests.store.old_schema import upgraded_to


async def test_a_database_of_before_keeps_its_topics_none_of_which_has_ended(empty_database_url: str) -> None:
    database = await Database.open(empty_database_url)
    try:
        async with database.write() as tx:
            await tx.run_sync(upgraded_to("0023"))
            await tx.execute(
                text(
                    "INSERT INTO topics (id, position, names, descriptions, hashtag, members_only, urgent,"
                    " urgent_words, retired) VALUES ('a', 0, '{}', '{}', 'A', false, false, '[]', false)"
                )
            )
            await tx.run_sync(upgraded_to("0024"))
            await tx.execute(text("INSERT INTO ended_topics (topic_id, ended_at) VALUES ('a', 1000)"))
            found = (await tx.execute(select(ended_topics.c.topic_id, ended_topics.c.offered_id))).all()
        assert [tuple(row) for row in found] == [("a", None)]
    finally:
        await database.close()
