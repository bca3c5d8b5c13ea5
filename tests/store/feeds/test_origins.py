"""What the database defines stays beside feeds.toml, until that defines it as well; and how polls went."""

from bot.domain.chats.chat import TopicId
from bot.domain.desk.audit import CONFIGURATION, Act, AuditAction
from bot.domain.news.feed import Feed, FeedId, FeedKind, Topic, Validators
from bot.domain.news.origin import Origin
from bot.domain.news.poll_record import POLLS_KEPT, PollRecord, PollResult
from bot.domain.reason import Reason, ReasonCode
from bot.services.administration import source_definitions
from bot.services.administration.configuration import follow_configuration
from bot.store.engine.database import Database
from bot.store.feeds import added_feeds, added_topics, feeds, poll_history, poll_leases, topic_merges
from bot.store.feeds.topic_merges import TopicMerge
from bot.store.runtime import audit
from tests.store.world import DOMESTIC, FEED, FOREIGN, MINUTE, NOW

OURS = Topic(TopicId("chuyen-doi-so"), {"vi": "Chuyển đổi số"}, {}, "ChuyểnĐổiSố")
ADDED = Feed(FeedId("so-mau"), OURS.id, "Sở mẫu", "https://so.example/tin", kind=FeedKind.AUTO)


async def define(db: Database) -> None:
    async with db.write() as tx:
        await source_definitions.add_topic(tx, OURS, CONFIGURATION, now=NOW)
        await source_definitions.add_feed(tx, ADDED, CONFIGURATION, now=NOW)


async def follow(db: Database, *topics: Topic, feeds_of_file: tuple[Feed, ...] = (FEED,)) -> list[Act]:
    """Follow feeds.toml, and return what the audit log says that this has changed."""
    async with db.write() as tx:
        before = await audit.count(tx)
        await follow_configuration(tx, topics, feeds_of_file, actor=CONFIGURATION, now=NOW)
        lines = await audit.newest(tx, limit=await audit.count(tx) - before + 1)
    return [line.act for line in lines[:-1]]


async def test_feeds_toml_retires_nothing_that_the_database_defines(store: Database) -> None:
    await define(store)

    changed = await follow(store, FOREIGN, DOMESTIC)

    async with store.read() as tx:
        known = [topic.id for topic in await feeds.topics(tx)]
        origins = {each.feed.id: each.origin for each in await feeds.statuses(tx)}
    # Those of the file come first, in its order.
    assert known == [FOREIGN.id, DOMESTIC.id, OURS.id]
    assert origins == {FEED.id: Origin.CONFIGURED, ADDED.id: Origin.ADDED}
    assert changed == []


async def test_what_feeds_toml_defines_as_well_is_its_own_from_then_on(store: Database) -> None:
    await define(store)
    theirs = Topic(OURS.id, {"vi": "Theo tệp"}, {}, "TheoTệp")

    taken = await follow(store, DOMESTIC, FOREIGN, theirs, feeds_of_file=(FEED, ADDED))
    lost = await follow(store, DOMESTIC, FOREIGN)

    async with store.read() as tx:
        assert (await added_topics.known(tx), await added_feeds.added(tx)) == ((), ())
        assert OURS.id not in {each.id for each in await feeds.topics(tx)}
    said = {act.action: act for act in taken}
    assert said[AuditAction.FEED_CHANGED].after == {"origin": "configured"}
    assert said[AuditAction.TOPIC_CHANGED].before == {
        "name vi": "Chuyển đổi số",
        "hashtag": "ChuyểnĐổiSố",
        "origin": "added",
    }
    assert {act.action for act in lost} == {AuditAction.FEED_REMOVED, AuditAction.TOPIC_REMOVED}


async def test_a_topic_that_is_defined_again_is_on_its_way_into_no_other(store: Database) -> None:
    await define(store)
    async with store.write() as tx:
        await topic_merges.begin(tx, TopicMerge(OURS.id, FOREIGN.id), NOW)
        await added_topics.retire(tx, OURS.id)

    await follow(store, DOMESTIC, FOREIGN, OURS)

    async with store.read() as tx:
        assert await topic_merges.under_way(tx) == ()


async def test_an_address_that_is_read_otherwise_is_read_anew(store: Database) -> None:
    await define(store)
    listing = Feed(ADDED.id, OURS.id, "Sở mẫu", ADDED.url, FeedKind.LISTING, listing={"item": "li"})
    renamed = Feed(ADDED.id, OURS.id, "Tên khác", ADDED.url, FeedKind.LISTING, listing={"item": "li"})
    known = []
    for feed in (ADDED, listing, renamed):
        async with store.write() as tx:
            await added_feeds.change(tx, feed, NOW)
            (due,) = await poll_leases.claim(tx, [ADDED.id], owner="one", now=NOW, lease=MINUTE)
            known.append(due.validators.etag)
            outcome = poll_leases.PollOutcome(Validators('"1"'), NOW, took_article=False)
            await poll_leases.save_poll(tx, ADDED.id, outcome, owner="one", now=NOW)

    assert known == [None, None, '"1"']


async def test_the_newest_hundred_polls_of_each_feed_are_kept(store: Database) -> None:
    await define(store)
    failed = PollRecord(NOW, PollResult.FAILED, 30_000, error=Reason(ReasonCode.NO_ANSWER, "it is down"))
    async with store.write() as tx:
        await poll_history.note(tx, ADDED.id, failed)
        for number in range(POLLS_KEPT + 3):
            await poll_history.note(tx, FEED.id, PollRecord(NOW, PollResult.READ, number, 20, 1))

    async with store.read() as tx:
        of_feed, of_other = await poll_history.newest(tx, FEED.id), await poll_history.newest(tx, ADDED.id)
    assert [each.took_ms for each in of_feed] == list(range(POLLS_KEPT + 2, 2, -1))
    assert of_other == (failed,)
