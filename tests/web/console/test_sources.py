"""Topics and feeds that the console defines: tried, kept, changed, removed, merged and ended."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.domain.chats.chat import Address, ChatKind, TopicId
from bot.domain.desk.approval_rule import Approval
from bot.domain.desk.audit import AuditAction, AuditPlace
from bot.domain.desk.roles import Role
from bot.domain.news.article import Article, PreparedPhoto
from bot.domain.news.feed import Entry, Feed, FeedId, FeedKind, Fetched, SourceError, Topic
from bot.domain.news.feed_trial import FeedTrial
from bot.domain.news.guess import Guess, GuessCode
from bot.domain.news.origin import Origin
from bot.domain.news.poll_record import PollRecord, PollResult
from bot.domain.reason import Reason, ReasonCode
from bot.services.administration.topic_merges import TopicMerges
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.feeds import added_topics, feeds, poll_history, poll_leases, topic_merges
from bot.store.feeds.feeds import FeedStatus
from bot.store.runtime import audit
from bot.store.runtime.admins import Appointment
from bot.store.schema import articles, subscriptions
from tests.commands.stage import ABROAD, FEEDS, HOME, TOPICS
from tests.fakes import ACCOUNT
from tests.web.console.stage import ConsoleStage, Seen, Visitor

URL = "https://so.example.vn/tin-tuc"
PHOTO = PreparedPhoto("f" * 64, "https://so.example.vn/a.jpg", b"jpeg", 10, 10)
ADMIN = "901"


async def found(feed: Feed) -> FeedTrial:
    """Find two entries at every address but one that is down."""
    if "down" in feed.url:
        raise SourceError("down", ReasonCode.SITE_TROUBLE, status=500, host="so.example.vn")
    if "empty" in feed.url:
        return FeedTrial(feed, Fetched(()))
    entries = (Entry("Hội nghị <b>", f"{URL}/1"), Entry("Tin thứ hai", f"{URL}/2"))
    fetched = Fetched(entries, kind=FeedKind.LISTING, guessed=(Guess(GuessCode.PRESET, "nukeviet"),))
    article = Article(f"{URL}/1", "Hội nghị <b>", "Tóm tắt tin đầu.")
    return FeedTrial(feed, fetched, article, PHOTO, Reason(ReasonCode.PAGE_MISSING, "gone"))


@pytest.fixture
async def stage(db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(db, try_feed=found) as stage:
        yield stage


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


def notice(answer: Seen) -> str:
    assert answer.status == 303, answer.text
    return answer.headers["Location"].partition("notice=")[2]


def marks(page: Seen) -> dict[str, str]:
    """Return what a trial hands on to whoever saves."""
    return dict(re.findall(r'name="(tried|worked)" value="(\w+)"', page.text))


async def statuses(stage: ConsoleStage) -> dict[str, FeedStatus]:
    async with stage.database.read() as tx:
        return {each.feed.id: each for each in await feeds.statuses(tx)}


async def topics(stage: ConsoleStage) -> dict[str, Topic]:
    async with stage.database.read() as tx:
        return {each.id: each for each in await feeds.topics(tx)}


async def acts(stage: ConsoleStage) -> list[AuditAction]:
    """Return what was done to topics and feeds in the console, the first first."""
    async with stage.database.read() as tx:
        lines = [
            each for each in await audit.newest(tx, limit=50) if each.act.about.kind in ("feed", "topic")
        ]
    assert {each.actor.place for each in lines} <= {AuditPlace.CONSOLE}
    return [each.act.action for each in reversed(lines)]


async def keep_feed(owner: Visitor, **form: str) -> Seen:
    """Try an address, and save it."""
    said = {"url": URL, "name": "Sở mẫu", "topic": HOME, **form}
    tried = await owner.post("/new-feed/try", **said)
    return await owner.post("/new-feed/add", **said, **marks(tried))


async def keep_topic(owner: Visitor, vi: str = "Chuyển đổi số", **form: str) -> str:
    """Make a topic, and return its id."""
    made = await owner.post("/new-topic/add", vi=vi, **form)
    assert notice(made) == "topic-added"
    return made.headers["Location"].partition("?")[0].rpartition("/")[2]


async def test_an_address_is_tried_looked_at_and_kept(stage: ConsoleStage, owner: Visitor) -> None:
    tried = await owner.post("/new-feed/try", url=URL, topic=HOME)
    before = len(await statuses(stage))
    photo = await owner.get(f"/new-feed/photo/{PHOTO.key}")

    kept = await owner.post(
        "/new-feed/add", url=URL, topic=HOME, name="Sở mẫu", interval="1800", **marks(tried)
    )

    assert all(
        words in tried.text
        for words in (
            "Có 2 tin",
            "Hội nghị &lt;b&gt;",
            "nukeviet",
            "Tin thứ hai",
            "Tóm tắt tin đầu.",
            PHOTO.key,
        )
    )
    assert (before, photo.text, photo.headers["Content-Type"]) == (len(FEEDS), "jpeg", "image/jpeg")
    assert kept.headers["Location"] == "/console/feeds/so-example-vn-tin-tuc?notice=feed-added"
    made = (await statuses(stage))["so-example-vn-tin-tuc"]
    assert (made.origin, made.feed.topic, made.feed.name) == (Origin.ADDED, HOME, "Sở mẫu")
    assert (made.feed.interval.total_seconds(), made.feed.adapts, made.feed.verified) == (1800, False, True)
    assert await acts(stage) == [AuditAction.FEED_ADDED]
    # The service polls it without being started anew.
    async with stage.database.write() as tx:
        due = await poll_leases.claim_due(
            tx, owner="poller", now=stage.clock.now(), limit=9, lease=timedelta(minutes=1)
        )
    assert made.feed in [each.feed for each in due]


async def test_who_mends_the_name_need_not_try_the_address_again(owner: Visitor) -> None:
    said = {"url": URL, "topic": HOME}
    tried = await owner.post("/new-feed/try", **said)
    nameless = await owner.post("/new-feed/add", **said, name="", **marks(tried))

    kept = await owner.post("/new-feed/add", **said, name="Sở mẫu", **marks(nameless))

    assert (nameless.status, nameless.text.count('name="name"')) == (422, 1)
    assert notice(kept) == "feed-added"


async def test_selectors_that_another_page_has_found_are_filled_in(owner: Visitor) -> None:
    page = await owner.get(f"/new-feed?url={URL}&item=.tin&link=h3+a&date=.ngay&photo=img&summary=.sapo")

    values = dict(re.findall(r'name="(\w+)" value="([^"]+)"', page.text))
    assert {key: values[key] for key in ("url", "item", "title", "date", "photo", "summary")} == {
        "url": URL,
        "item": ".tin",
        "title": "h3 a",
        "date": ".ngay",
        "photo": "img",
        "summary": ".sapo",
    }
    assert '<option value="listing" selected>' in page.text


async def test_selectors_are_kept_with_the_feed(stage: ConsoleStage, owner: Visitor) -> None:
    await keep_feed(owner, item=".tin", title="h3 a", preset="nukeviet", **{"page-body": "#noi-dung"})

    feed = (await statuses(stage))["so-example-vn-tin-tuc"].feed
    assert (feed.kind, feed.preset) == (FeedKind.LISTING, "nukeviet")
    assert (feed.listing, feed.page) == ({"item": ".tin", "title": "h3 a"}, {"body": "#noi-dung"})


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"url": "ftp://a.vn"}, "địa chỉ đầy đủ"),
        ({"item": "li["}, "Bộ chọn CSS của mục “item” không hợp lệ"),
        ({"kind": "podcast"}, "loại nguồn tin"),
        ({"preset": "mine"}, "kiểu trang"),
    ],
)
async def test_what_cannot_be_tried_is_said_and_kept_in_the_form(
    owner: Visitor, form: dict[str, str], told: str
) -> None:
    page = await owner.post("/new-feed/try", **{"url": URL, "topic": HOME, **form})

    assert (page.status, told in page.text, 'role="alert"' in page.text) == (422, True, True)
    assert form.get("url", URL) in page.text


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"url": f"{URL}/khac"}, "đã thay đổi sau lần đọc thử"),
        ({"name": ""}, "không quá dài"),
        ({"interval": "5"}, "từ 30 giây"),
        ({"topic": "none"}, "được giao phụ trách"),
    ],
)
async def test_what_cannot_be_kept_is_said(
    stage: ConsoleStage, owner: Visitor, form: dict[str, str], told: str
) -> None:
    said = {"url": URL, "topic": HOME, "name": "Sở mẫu"}
    tried = await owner.post("/new-feed/try", **said)

    page = await owner.post("/new-feed/add", **{**said, **form}, **marks(tried))

    assert (page.status, told in page.text, await acts(stage)) == (422, True, [])


async def test_the_same_address_is_polled_once_for_a_topic(stage: ConsoleStage, owner: Visitor) -> None:
    await keep_feed(owner)

    twin, other = await keep_feed(owner), await keep_feed(owner, topic=ABROAD)

    assert (twin.status, "đã lấy tin từ địa chỉ này" in twin.text) == (422, True)
    assert notice(other) == "feed-added"
    assert "so-example-vn-tin-tuc-2" in await statuses(stage)


async def test_an_address_that_gives_nothing_yet_is_kept_as_unproven(
    stage: ConsoleStage, owner: Visitor
) -> None:
    down = await owner.post("/new-feed/try", url="https://so.example.vn/down", topic=HOME)
    kept = await keep_feed(owner, url="https://so.example.vn/empty")

    assert ("Không đọc được địa chỉ này" in down.text, notice(kept)) == (True, "feed-added")
    assert not (await statuses(stage))["so-example-vn-empty"].feed.verified


async def test_a_feed_of_the_database_is_changed_and_removed(stage: ConsoleStage, owner: Visitor) -> None:
    await keep_feed(owner)
    feed = "so-example-vn-tin-tuc"
    form = {
        "feed": feed,
        "url": f"{URL}?moi",
        "name": "Tên mới",
        "topic": ABROAD,
        "interval": "",
        "kind": "auto",
    }

    changed = [notice(await owner.post("/feeds/change", **form)) for _ in range(2)]
    wrong = await owner.post("/feeds/change", **{**form, "url": "x"})
    now = (await statuses(stage))[feed].feed
    removed = notice(await owner.post("/feeds/remove", feed=feed))

    assert (changed, wrong.status, removed) == (["saved", "saved"], 422, "feed-removed")
    assert (now.url, now.name, now.topic, now.adapts) == (f"{URL}?moi", "Tên mới", ABROAD, True)
    assert feed not in await statuses(stage)
    assert await acts(stage) == [
        AuditAction.FEED_ADDED,
        AuditAction.FEED_CHANGED,
        AuditAction.FEED_REMOVED,
    ]


async def test_what_feeds_toml_defines_is_changed_there_alone(stage: ConsoleStage, owner: Visitor) -> None:
    name, before = FEEDS[0].id, await statuses(stage)
    pages = [await owner.get(f"/feeds/{name}"), await owner.get(f"/topics/{HOME}")]

    answers = [
        await owner.post("/feeds/change", feed=name, url=URL, name="x", topic=HOME),
        await owner.post("/feeds/remove", feed=name),
        await owner.post("/topics/change", topic=HOME, vi="Tên khác"),
        await owner.post("/topics/merge", topic=HOME, into=ABROAD),
        await owner.post("/topics/end", topic=HOME),
    ]

    offered = [
        act in page.text for page in pages for act in ("/feeds/change", "/topics/change", "/topics/end")
    ]
    assert (offered, [each.status for each in answers]) == ([False] * 6, [409] * 5)
    assert all("khai báo trong tệp cấu hình" in page.text for page in pages)
    assert (await statuses(stage), await acts(stage)) == (before, [])


async def test_the_history_of_polls_is_shown(stage: ConsoleStage, owner: Visitor) -> None:
    error = Reason(ReasonCode.SITE_TROUBLE, "500", {"status": "500", "host": "agency.example"})
    async with stage.database.write() as tx:
        for poll in (
            PollRecord(stage.clock.now(), PollResult.READ, 412, 20, 3),
            PollRecord(stage.clock.now(), PollResult.FAILED, 30_000, error=error),
        ):
            await poll_history.note(tx, FEEDS[0].id, poll)

    page = (await owner.get(f"/feeds/{FEEDS[0].id}")).text

    assert all(words in page for words in ("Đọc được", "412", "Lỗi", "mã 500"))


async def test_a_topic_is_made_renamed_and_asks_for_approval(stage: ConsoleStage, owner: Visitor) -> None:
    name = await keep_topic(owner)
    made = (await topics(stage))[name]
    form = {"topic": name, "vi": "Chính phủ số", "en": "Digital government", "hashtag": "ChínhPhủSố"}

    changed = await owner.post("/topics/change", **form, approval="two", unanswered="drop", hours="48")
    twice = await owner.post("/new-topic/add", vi="chinh phu so")
    now = (await topics(stage))[name]

    assert (name, made.hashtag, made.approval) == ("chuyen-doi-so", "ChuyểnĐổiSố", None)
    assert (notice(changed), twice.status) == ("saved", 422)
    assert (now.names, now.hashtag) == ({"vi": "Chính phủ số", "en": "Digital government"}, "ChínhPhủSố")
    assert now.approval is not None
    assert (now.approval.approval, now.approval.after.total_seconds()) == (Approval.TWO, 48 * 3600)
    assert await acts(stage) == [AuditAction.TOPIC_ADDED, AuditAction.TOPIC_CHANGED]
    assert "Chính phủ số" in (await owner.get("/feeds")).text


async def subscribe(stage: ConsoleStage, chat: str, topic: str) -> None:
    now = stage.clock.now()
    async with stage.database.write() as tx:
        made = await chats.register(
            tx, Address(ACCOUNT, chat), kind=ChatKind.PRIVATE, language="vi", title=None, now=now
        )
        await chats.subscribe(tx, made.id, TopicId(topic), now)


async def subscribed(stage: ConsoleStage) -> list[str]:
    async with stage.database.read() as tx:
        return sorted((await tx.execute(select(subscriptions.c.topic_id))).scalars())


async def test_a_topic_is_merged_and_who_subscribes_is_told_and_moved(
    stage: ConsoleStage, owner: Visitor
) -> None:
    name = await keep_topic(owner)
    await subscribe(stage, "555", name)
    page = await owner.get(f"/topics/{name}")

    merged = await owner.post("/topics/merge", topic=name, into=HOME)
    again = await owner.post("/topics/merge", topic=name, into=HOME)
    before = await subscribed(stage)
    # Another process goes on with what this one has begun.
    await TopicMerges(stage.database, stage.clock).go_on()

    assert ("Có 1 nơi nhận tin" in page.text, notice(merged), again.status) == (True, "topic-merged", 404)
    assert (before, await subscribed(stage), name in await topics(stage)) == ([name], [HOME], False)
    async with stage.database.read() as tx:
        told = (await tx.execute(select(articles.c.title))).scalars().all()
        assert await topic_merges.under_way(tx) == ()
    assert ["Chuyển đổi số" in each for each in told] == [True]
    assert await acts(stage) == [AuditAction.TOPIC_ADDED, AuditAction.TOPIC_MERGED]


async def test_a_topic_ends_with_a_farewell_and_another_one_takes_a_new_id(
    stage: ConsoleStage, owner: Visitor
) -> None:
    name = await keep_topic(owner)
    await subscribe(stage, "555", name)

    ended = await owner.post("/topics/end", topic=name, text="Trân trọng cảm ơn.", offer=HOME)
    another = await keep_topic(owner)

    async with stage.database.read() as tx:
        told = (await tx.execute(select(articles.c.title))).scalars().all()
    assert (notice(ended), another) == ("topic-ended", "chuyen-doi-so-2")
    assert told[0].startswith("Trân trọng cảm ơn.")
    assert await subscribed(stage) == [name]


async def test_a_topic_that_a_feed_fills_is_not_ended(stage: ConsoleStage, owner: Visitor) -> None:
    name = await keep_topic(owner)
    await keep_feed(owner, topic=name)

    page = await owner.get(f"/topics/{name}")
    answers = [
        await owner.post("/topics/end", topic=name),
        await owner.post("/topics/merge", topic=name, into=HOME),
    ]

    assert ("còn nguồn tin" in page.text, "/topics/end" in page.text) == (True, False)
    assert [notice(each) for each in answers] == ["topic-not-ended"] * 2
    assert name in await topics(stage)


async def test_a_restart_with_feeds_toml_keeps_what_the_console_defines_unless_the_file_does(
    stage: ConsoleStage, owner: Visitor
) -> None:
    name = TopicId(await keep_topic(owner))
    await keep_feed(owner, topic=name)
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, TOPICS, FEEDS, stage.clock.now())
    kept = (name in await topics(stage), list(await topics(stage))[-1])
    ours = Topic(name, {"vi": "Theo tệp"}, {}, "TheoTệp")
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, (*TOPICS, ours), FEEDS, stage.clock.now())
        added = await added_topics.known(tx)

    assert (kept, added, (await topics(stage))[name].names) == ((True, name), (), {"vi": "Theo tệp"})
    assert (await statuses(stage))["so-example-vn-tin-tuc"].origin is Origin.ADDED


async def test_who_is_limited_or_does_not_publish_defines_only_their_part(
    stage: ConsoleStage,
) -> None:
    owner = await stage.sign_in()
    name = await keep_topic(owner)
    await stage.appoint(ADMIN, Appointment((Role.FEEDS,), frozenset({TopicId(name)})))
    admin = await stage.sign_in(ADMIN)

    answers = [
        await admin.get("/new-topic"),
        await admin.post("/new-topic/add", vi="Tự ý"),
        await admin.post("/topics/change", topic=name, vi="Chuyển đổi số", approval="one"),
        await admin.post("/topics/end", topic=name),
        await admin.post("/topics/merge", topic=name, into=HOME),
        await admin.post("/topics/change", topic=HOME, vi="Chuyển đổi số"),
        await keep_feed(admin, topic=HOME),
        await keep_feed(admin, topic=name),
        await admin.post("/topics/change", topic=name, vi="Chuyển đổi số", en="Digital"),
    ]

    assert [each.status for each in answers] == [403, 403, 403, 403, 403, 404, 422, 303, 303]


async def test_how_few_subscribe_to_a_members_only_topic_is_not_said(
    stage: ConsoleStage, owner: Visitor
) -> None:
    name = await keep_topic(owner, "Nội bộ", **{"members-only": "yes"})

    page = (await owner.get(f"/topics/{name}")).text

    assert ("Có dưới 5 nơi nhận tin" in page, "Có 0 nơi" in page) == (True, False)
    # What is for members only goes on where others are members, too.
    assert 'name="into"' not in page


async def seed(stage: ConsoleStage) -> None:
    """Give the pages something to show."""
    owner = await stage.sign_in()
    name = await keep_topic(owner)
    await keep_feed(owner, topic=name)
    await keep_topic(owner, "Cải cách hành chính", approval="one")
    assert FeedId("so-example-vn-tin-tuc") in await statuses(stage)
