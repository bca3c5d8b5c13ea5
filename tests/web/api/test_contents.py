"""POST /contents: an article that people get, once, however often it is posted and whoever else brings it."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.domain.chats.chat import TopicId
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import Actor, AuditAction, AuditPlace
from bot.domain.news.article import ArticleId, Attachment, DatePrecision
from bot.domain.news.feed import Entry
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.publication import PublicationId
from bot.services.administration import api_keys
from bot.services.ingest.ingester import IngestRules
from bot.services.ingest.poller import Poller
from bot.services.operations.retention import SUBMISSIONS_KEPT
from bot.services.publishing.approval import give
from bot.store.api import api_keys as stored_keys
from bot.store.api import submissions
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import approvals
from bot.store.runtime import audit
from bot.store.schema import articles as articles_table
from bot.store.schema import deliveries
from tests.fake_source import FakeSource
from tests.fakes import FakeClock
from tests.store.world import DOMESTIC, FEED, FOREIGN, NOW, subscribe
from tests.web.api.world import CONTENT, HOSTS, LAN, PHOTO, ApiWorld, Said

PAGE = str(CONTENT["url"])


async def stored(database: Database, said: Said) -> StoredArticle:
    async with database.read() as tx:
        found = await articles.get(tx, ArticleId(said.body["id"]))
    assert found
    return found


async def counts(database: Database) -> tuple[int, int]:
    """Return how many articles there are, and deliveries."""
    async with database.read() as tx:
        count = select(func.count())
        return (
            (await tx.execute(count.select_from(articles_table))).scalar_one(),
            (await tx.execute(count.select_from(deliveries))).scalar_one(),
        )


async def poll(database: Database, *links: str, canonical: dict[str, str] | None = None) -> None:
    """Poll the feed twice: at first it is empty, then it lists these pages."""
    old = Entry("Tin cũ", "https://agency.example/tin/1")
    source = FakeSource({FEED.id: (old,)}, canonical=canonical or {})
    poller = Poller(database, source, FakeClock(), owner="p", rules=IngestRules(hosts=HOSTS))
    await poller.poll([FEED.id])
    source.entries[FEED.id] += tuple(Entry(str(CONTENT["title"]), link) for link in links)
    (report,) = await poller.poll([FEED.id])
    assert report.error is None


async def test_what_is_posted_is_an_article_that_is_owed_and_whose_author_is_named(api: ApiWorld) -> None:
    await subscribe(api.database, "1", "2")
    photo = api.has_photo()
    created = await api.key("Cổng thông tin")
    attachment = {"url": "https://agency.example/lich.pdf", "name": "Lịch  tiếp\tcông dân"}

    said = await api.post(created.token, {**CONTENT, "photo_url": PHOTO, "attachments": [attachment]})

    article = await stored(api.database, said)
    async with api.database.read() as tx:
        (line, _) = await audit.newest(tx, limit=2)
    assert (said.status, said.headers["Location"]) == (201, f"/api/v1/publications/{said.body['id']}")
    assert said.body | {"id": 0} == {
        "id": 0,
        "url": PAGE,
        "title": CONTENT["title"],
        "state": "released",
        "states": {"trong-nuoc": "released"},
        "created_at": "2026-03-02T01:30:00Z",
        "changed_at": "2026-03-02T01:30:00Z",
    }
    assert (article.article.summary, article.article.body) == (CONTENT["summary"], tuple(CONTENT["text"]))
    assert article.photo_key == photo.key
    assert article.article.attachments == (Attachment(attachment["url"], "Lịch tiếp công dân"),)
    assert article.article.published
    assert (article.article.published.at.hour, article.article.published.precision) == (
        1,
        DatePrecision.MINUTE,
    )
    assert (await counts(api.database), api.owed) == ((1, 2), 1)
    assert line.actor == Actor(AuditPlace.API, "Cổng thông tin")
    assert line.act.action is AuditAction.CONTENT_PUBLISHED


async def test_a_request_that_is_repeated_is_answered_as_at_first_and_does_nothing(api: ApiWorld) -> None:
    await subscribe(api.database, "1")
    created = await api.key()

    first, second = await api.post(created.token), await api.post(created.token)

    assert (first.status, first.body) == (second.status, second.body)
    assert await counts(api.database) == (1, 1)


async def test_the_same_content_in_another_spelling_of_json_is_the_same_request(sqlite_api: ApiWorld) -> None:
    created = await sqlite_api.key()

    first = await sqlite_api.post(created.token)
    second = await sqlite_api.post(created.token, dict(reversed(CONTENT.items())))

    assert (first.status, second.status) == (201, 201)


async def test_an_idempotency_key_with_another_content_is_refused(api: ApiWorld) -> None:
    created = await api.key()
    await api.post(created.token)

    other = await api.post(created.token, {**CONTENT, "title": "Một bài khác"})

    assert (other.status, other.code) == (422, "idempotency-key-reused")
    assert await counts(api.database) == (1, 0)


async def test_an_idempotency_key_is_the_program_s_own(api: ApiWorld) -> None:
    one, other = await api.key("một"), await api.key("hai")

    first = await api.post(one.token)
    second = await api.post(other.token, {**CONTENT, "url": f"{PAGE}0", "title": "Một bài khác"})

    assert (first.status, second.status) == (201, 201)
    assert await counts(api.database) == (2, 0)


async def test_a_page_is_one_article_under_whatever_keys_and_addresses_it_is_posted(api: ApiWorld) -> None:
    await subscribe(api.database, "1")
    await subscribe(api.database, "2", topic=FOREIGN)
    created = await api.key()
    other = {**CONTENT, "url": "http://www.cu.agency.example/tin/42?utm_source=x#a"}

    first = await api.post(created.token)
    again = await api.post(created.token, other, key="k-2")
    elsewhere = await api.post(created.token, {**other, "topics": [FOREIGN.id, DOMESTIC.id]}, key="k-3")

    assert [said.status for said in (first, again, elsewhere)] == [201, 200, 200]
    assert sorted(elsewhere.body["states"]) == [FOREIGN.id, DOMESTIC.id]
    assert await counts(api.database) == (1, 2)


@pytest.mark.parametrize("first", ["feed", "API"])
async def test_a_page_that_a_feed_lists_as_well_is_one_article_whichever_comes_first(
    api: ApiWorld, first: str
) -> None:
    await subscribe(api.database, "1")
    created = await api.key()
    listed = "https://cu.agency.example/tin/42?utm_source=rss"

    if first == "feed":
        await poll(api.database, listed)
        said = await api.post(created.token)
    else:
        said = await api.post(created.token)
        await poll(api.database, listed)

    assert said.status == (200 if first == "feed" else 201)
    # The other article is the one that the feed began with, which nobody is owed.
    assert await counts(api.database) == (2, 1)


async def test_a_page_that_states_another_address_as_its_own_is_one_article_too(sqlite_api: ApiWorld) -> None:
    await subscribe(sqlite_api.database, "1")
    created = await sqlite_api.key()

    await sqlite_api.post(created.token)
    await poll(
        sqlite_api.database,
        "https://agency.example/m?id=42",
        canonical={"https://agency.example/m?id=42": PAGE},
    )

    assert await counts(sqlite_api.database) == (2, 1)


async def test_a_photo_that_cannot_be_had_costs_the_photo_alone(sqlite_api: ApiWorld) -> None:
    created = await sqlite_api.key()

    said = await sqlite_api.post(created.token, {**CONTENT, "photo_url": PHOTO})

    article = await stored(sqlite_api.database, said)
    assert (said.status, article.photo_key, article.article.photos) == (201, None, ())
    assert sqlite_api.asked == [PHOTO]


async def test_what_is_refused_asks_for_no_photo(sqlite_api: ApiWorld) -> None:
    sqlite_api.has_photo()
    created = await sqlite_api.key()
    await sqlite_api.post(created.token, {**CONTENT, "photo_url": PHOTO})
    sqlite_api.asked.clear()

    again = await sqlite_api.post(created.token, {**CONTENT, "photo_url": PHOTO})
    unknown = await sqlite_api.post(
        created.token, {**CONTENT, "photo_url": PHOTO, "topics": ["khac"]}, key="k-2"
    )

    assert (again.status, unknown.status, sqlite_api.asked) == (201, 422, [])
    assert unknown.faults == [("/topics/0", "no-topic")]


async def test_a_key_that_is_revoked_while_the_photo_is_fetched_publishes_nothing(api: ApiWorld) -> None:
    api.has_photo()
    api.gate.clear()
    created = await api.key()
    posting = asyncio.create_task(api.post(created.token, {**CONTENT, "photo_url": PHOTO}))
    await asyncio.wait_for(api.asking.wait(), 10)
    async with api.database.write() as tx:
        await api_keys.revoke(tx, "cms", LAN, now=NOW)
    api.gate.set()

    said = await posting

    assert (said.status, said.code) == (401, "not-authenticated")
    assert await counts(api.database) == (0, 0)


async def test_requests_at_the_same_time_publish_once(api: ApiWorld) -> None:
    await subscribe(api.database, "1")
    api.has_photo()
    created = await api.key()

    said = await asyncio.gather(*(api.post(created.token, {**CONTENT, "photo_url": PHOTO}) for _ in range(8)))

    assert {(each.status, each.body["id"]) for each in said} == {(201, said[0].body["id"])}
    assert await counts(api.database) == (1, 1)


POSTS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.sampled_from([1, 2, 3]), st.booleans()),
    min_size=1,
    max_size=12,
)
"""Idempotency keys, pages, and whether a request waits for those before it."""


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(posts=POSTS)
async def test_whatever_is_posted_how_often_and_at_once_each_page_is_published_once(
    api: ApiWorld, posts: list[tuple[str, int, bool]]
) -> None:
    async with api.database.read() as tx:
        run = len(await stored_keys.every(tx))
    created = await api.key(f"lần {run}")
    before = await counts(api.database)
    answers: dict[str, set[tuple[int, int]]] = {}
    tasks: list[tuple[str, asyncio.Task[Said]]] = []
    for key, page, waits in posts:
        if waits:
            await asyncio.gather(*(task for _, task in tasks))
        body = {**CONTENT, "url": f"{PAGE}/{run}/{page}"}
        tasks.append((key, asyncio.create_task(api.post(created.token, body, key=key))))
    for key, task in tasks:
        said = await task
        if said.status == 422:
            assert said.code == "idempotency-key-reused"
        else:
            answers.setdefault(key, set()).add((said.status, said.body["id"]))

    # Each idempotency key got one answer, and each article was new in one of them.
    assert all(len(each) == 1 for each in answers.values())
    published = {article for each in answers.values() for _, article in each}
    new = [article for each in answers.values() for status, article in each if status == 201]
    assert sorted(new) == sorted(published)
    assert (await counts(api.database))[0] - before[0] == len(published)
    assert {key for key, _, _ in posts} == set(answers)


async def test_a_submission_is_forgotten_after_its_time_and_its_page_still_known(api: ApiWorld) -> None:
    await subscribe(api.database, "1")
    created = await api.key()
    first = await api.post(created.token)
    async with api.database.write() as tx:
        await submissions.prune(tx, made_before=api.clock.now() + SUBMISSIONS_KEPT)

    again = await api.post(created.token)

    assert (again.status, again.body["id"]) == (200, first.body["id"])
    assert await counts(api.database) == (1, 1)


async def test_a_key_for_some_topics_publishes_in_those_alone(api: ApiWorld) -> None:
    limited = await api.key("hẹp", topics=frozenset({TopicId(DOMESTIC.id)}))

    own = await api.post(limited.token)
    other = await api.post(limited.token, {**CONTENT, "topics": [FOREIGN.id]}, key="k-2")
    both = await api.post(limited.token, {**CONTENT, "topics": [DOMESTIC.id, FOREIGN.id]}, key="k-3")

    assert [said.status for said in (own, other, both)] == [201, 403, 403]
    assert other.code == both.code == "other-topic"


async def test_what_a_second_content_adds_to_one_that_waits_is_asked_about_anew(api: ApiWorld) -> None:
    async with api.database.write() as tx:
        asks = replace(DOMESTIC, approval=ApprovalRule(Approval.TWO))
        await feeds.sync_definitions(tx, [asks, FOREIGN], [FEED], NOW)
    created = await api.key()
    first = await api.post(created.token, {**CONTENT, "text": []})
    publication = PublicationId(ArticleId(first.body["id"]), DOMESTIC.id)
    async with api.database.write() as tx:
        await give(tx, publication, Given(Answer.APPROVE), LAN, now=NOW)

    await api.post(created.token, {**CONTENT, "text": ["Chưa ai duyệt đoạn này."]}, key="k-2")

    async with api.database.read() as tx:
        request = await approvals.get(tx, publication)
    assert request
    assert (request.waiting.round, request.waiting.voters) == (2, frozenset())


@pytest.mark.parametrize("hidden", [True, False])
async def test_a_key_for_some_topics_does_not_bring_in_what_others_must_not_read(
    api: ApiWorld, *, hidden: bool
) -> None:
    closed = replace(FOREIGN, members_only=hidden)
    async with api.database.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, closed], [FEED], NOW)
    everywhere, limited = await api.key(), await api.key("hẹp", topics=frozenset({DOMESTIC.id}))
    first = await api.post(everywhere.token, {**CONTENT, "topics": [FOREIGN.id], "title": "Nội bộ"})

    taken = await api.post(limited.token, {**CONTENT, "title": "Đoán"})

    (articles_there, _) = await counts(api.database)
    seen = await api.ask("GET", f"/publications/{first.body['id']}", limited.token)
    assert (taken.status, taken.code) == ((403, "other-topic") if hidden else (200, None))
    assert (seen.status, articles_there) == (404 if hidden else 200, 1)


async def test_where_a_topic_asks_for_approval_a_content_waits_there_alone(api: ApiWorld) -> None:
    await subscribe(api.database, "1")
    await subscribe(api.database, "2", topic=FOREIGN)
    asks = replace(FOREIGN, approval=ApprovalRule(Approval.ONE))
    async with api.database.write() as tx:
        await feeds.sync_definitions(tx, [DOMESTIC, asks], [FEED], NOW)
    created = await api.key()

    first = await api.post(created.token, {**CONTENT, "topics": [FOREIGN.id, DOMESTIC.id]})
    again = await api.post(created.token, {**CONTENT, "topics": [FOREIGN.id, DOMESTIC.id]})
    recalled = await api.ask("DELETE", f"/publications/{first.body['id']}", created.token)

    assert (first.status, first.body["states"]) == (202, {FOREIGN.id: "awaiting", DOMESTIC.id: "released"})
    assert (again.status, again.body) == (202, first.body)
    assert await counts(api.database) == (1, 1)
    assert set(recalled.body["states"].values()) == {"recalled"}
