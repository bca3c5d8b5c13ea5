"""Two topics with everything that there may be of a topic, each thing marked by the topic that it is of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import update

from bot.domain.chats.alert import Alert, AlertKind, AlertSubject
from bot.domain.chats.chat import Address, ChatId, ChatKind, TopicId
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import Act, Actor, AuditAction, AuditPlace, Subject, SubjectKind
from bot.domain.desk.figures import Figure
from bot.domain.desk.roles import Role
from bot.domain.news.article import Article, ArticleId
from bot.domain.news.feed import Entry, Feed, FeedId, Topic
from bot.domain.news.poll_record import PollRecord, PollResult
from bot.domain.publication.announcement import AtEnd, Draft
from bot.domain.publication.editing import SourceText
from bot.domain.publication.pauses import Paused, PauseScope
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.domain.reason import Reason, ReasonCode
from bot.services.subscribers import invitations
from bot.services.subscribers.invitations import Wanted
from bot.store.articles import articles, source_texts
from bot.store.chats import chats
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds, poll_history, quarantine
from bot.store.figures.counting import count, count_reason, place
from bot.store.publications import announcements, approvals, desk_drafts, pauses, publications, rejections
from bot.store.publications.approvals import Worth
from bot.store.runtime import admins, alerts, audit
from bot.store.runtime.admins import Appointment
from bot.store.schema import deliveries, memberships
from bot.store.schema import feeds as feeds_table
from tests.fakes import ACCOUNT

OURS, OTHER = "alfamark", "zetamark"
"""The marks, which are the ids of the topics as well; the members-only topics have "-rieng" behind."""

LIMITED, OTHERS_ADMIN = "950", "951"
SEARCHED = "thủy lợi"
"""What is in the title of an article of each topic."""

_WORTH = Worth(owed=True, urgent=False, lasts=timedelta(days=3))


@dataclass(frozen=True, slots=True)
class Marked:
    """The articles, feeds and so on of one topic, by their ids."""

    released: ArticleId
    waiting: ArticleId
    rejected: ArticleId
    announced: ArticleId
    hold: int
    chat: ChatId
    draft: int
    invitation: int

    @property
    def articles(self) -> tuple[ArticleId, ...]:
        return self.released, self.waiting, self.rejected, self.announced


@dataclass(frozen=True, slots=True)
class MarkedTopics:
    """What there is of both topics, and an article that is in *both*."""

    ours: Marked
    other: Marked
    both: ArticleId


def topics_of(mark: str) -> tuple[Topic, Topic]:
    """Return the topic with a *mark*, and the members-only one beside it."""
    rule = ApprovalRule(Approval.ONE)
    return (
        Topic(TopicId(mark), {"vi": f"Mục {mark}", "en": f"Topic {mark}"}, {}, f"The{mark}", approval=rule),
        Topic(TopicId(f"{mark}-rieng"), {"vi": f"Mục riêng {mark}"}, {}, f"Rieng{mark}", members_only=True),
    )


async def fill(database: Database, now: datetime) -> MarkedTopics:
    """Fill a database with both topics, and appoint LIMITED for ours alone, to every role."""
    topics = [*topics_of(OURS), *topics_of(OTHER)]
    sources = [
        Feed(FeedId(f"{mark}-feed"), TopicId(mark), f"Nguồn {mark}", f"https://{mark}.example/tin")
        for mark in (OURS, OTHER)
    ]
    async with database.write() as tx:
        await feeds.sync_definitions(tx, topics, sources, now)
        ours, other = [await _fill_topic(tx, mark, now) for mark in (OURS, OTHER)]
        both = await _article(tx, "Tin chung", "https://chung.example/1", [OURS, OTHER], now)
        await approvals.ask(tx, PublicationId(both, TopicId(OTHER)), _WORTH, now)
        await publications.release(tx, PublicationId(both, TopicId(OURS)), now)
        for mark, marked in ((OURS, ours), (OTHER, other)):
            await fails(tx, both, TopicId(mark), marked.chat, f"{mark}-reason", now)
        await alerts.save(tx, [Alert(AlertSubject(AlertKind.ACCOUNT, f"{OTHER}:1"), now, now)])
        for user, mark in ((LIMITED, OURS), (OTHERS_ADMIN, OTHER)):
            appointed = Appointment(
                tuple(Role), frozenset(each.id for each in topics_of(mark)), f"Chị {mark}"
            )
            await admins.appoint(tx, ACCOUNT, user, appointed, appointed_by="900", now=now)
    return MarkedTopics(ours, other, both)


async def _fill_topic(tx: Transaction, mark: str, now: datetime) -> Marked:
    topic, closed = topics_of(mark)
    feed = FeedId(f"{mark}-feed")
    released = await _article(tx, f"Tin {mark} về {SEARCHED}", f"https://{mark}.example/1", [mark], now)
    waiting = await _article(tx, f"Tin chờ {mark} về {SEARCHED}", f"https://{mark}.example/2", [mark], now)
    rejected = await _article(tx, f"Tin bị từ chối {mark}", f"https://{mark}.example/3", [mark], now)
    announced = await _article(tx, f"Thông báo {mark}", f"https://{mark}.example/4", [mark], now)
    await publications.release(tx, PublicationId(released, topic.id), now)
    await publications.release(tx, PublicationId(announced, topic.id), now)
    for article in (waiting, rejected):
        await approvals.ask(tx, PublicationId(article, topic.id), _WORTH, now)
    await _reject(tx, PublicationId(rejected, topic.id), mark, now)
    await announcements.add(tx, announced, ends_at=now + timedelta(days=9), at_end=AtEnd.NOTE)
    stored = await articles.get(tx, released)
    assert stored is not None
    await source_texts.keep(tx, released, replace(SourceText.of(stored.article, None), title=f"Gốc {mark}"))
    await source_texts.note_change(tx, released)
    chat = await _chat(tx, mark, topic.id, now)
    await fails(tx, released, topic.id, chat, f"{mark}-reason", now)
    await _feed_has_failed(tx, feed, mark, now)
    hold = next(each.id for each in await quarantine.undecided(tx) if each.feed == feed)
    await tx.execute(
        memberships.insert().values(chat_id=chat, topic_id=closed.id, created_at=now, note=f"Anh {mark}")
    )
    made, _ = await invitations.invite(tx, ACCOUNT, closed.id, Wanted(7, 1, f"Mời {mark}"), now=now)
    draft = Draft(f"key-{mark}", f"Nháp {mark}", (f"Lời {mark}.",), topics=(topic.id,))
    author = LIMITED if mark == OURS else OTHERS_ADMIN
    number = await desk_drafts.add(tx, ACCOUNT, author, draft, now)
    await pauses.begin(tx, Paused(PauseScope.TOPIC, topic.id), now)
    for each in (topic, closed):
        count(tx, place(each.id, ACCOUNT, now), Figure.DELIVERED, 9)
        count_reason(tx, place(each.id, ACCOUNT, now), Figure.FAILED, f"{mark}-code", 9)
    subject = Subject(SubjectKind.TOPIC, topic.id)
    actor = Actor(AuditPlace.CHAT, OTHERS_ADMIN, ACCOUNT)
    await audit.record(tx, actor, Act(AuditAction.MEMBER_REMOVED, subject), now=now)
    return Marked(released, waiting, rejected, announced, hold, chat, number, made.id)


async def _article(tx: Transaction, title: str, url: str, topics: Iterable[str], now: datetime) -> ArticleId:
    article, saved = Article(url, title, f"Tóm tắt: {title}."), None
    for topic in topics:
        saved = await articles.save(tx, article, photo=None, topic=TopicId(topic), now=now)
    assert saved is not None
    return saved.id


async def _reject(tx: Transaction, about: PublicationId, mark: str, now: datetime) -> None:
    request = await approvals.get(tx, about)
    assert request is not None
    await rejections.keep(tx, request, reason=f"Lý do {mark}", now=now)
    await publications.set_waiting_state(tx, about, PublicationState.REJECTED, now)
    await approvals.close(tx, about.article, about.topic)


async def _chat(tx: Transaction, mark: str, topic: TopicId, now: datetime) -> ChatId:
    """Return a group that subscribes to *topic*."""
    made = await chats.register(
        tx,
        Address(ACCOUNT, f"-5{mark}"),
        kind=ChatKind.SUPERGROUP,
        language="vi",
        title=f"Tổ {mark}",
        now=now,
    )
    await chats.subscribe(tx, made.id, topic, now)
    return made.id


async def _feed_has_failed(tx: Transaction, feed: FeedId, mark: str, now: datetime) -> None:
    error = Reason(ReasonCode.HOST_UNKNOWN, f"{mark}.example: no such host")
    failed = {"failures": 3, "last_error": error.stored(), "last_error_at": now, "last_polled_at": now}
    await tx.execute(update(feeds_table).where(feeds_table.c.id == feed).values(failed))
    await poll_history.note(tx, feed, PollRecord(now, PollResult.FAILED, 5, error=error))
    await quarantine.hold(tx, feed, [Entry(f"Giữ {mark}", f"https://{mark}.example/giu")], now)
    await alerts.save(tx, [Alert(AlertSubject(AlertKind.FEED, feed), now, now)])


async def fails(
    tx: Transaction, article: ArticleId, topic: TopicId, chat: ChatId, words: str, now: datetime
) -> None:
    """Have a delivery of *article* for *topic* be refused with such *words*."""
    await tx.execute(
        deliveries.insert().values(
            account_id=ACCOUNT,
            chat_id=chat,
            article_id=article,
            topic_id=topic,
            revision=0,
            status=DeliveryStatus.REJECTED,
            lane=1,
            digest=False,
            due_at=now,
            expires_at=now,
            claims=0,
            attempts=1,
            reason=Reason(ReasonCode.MESSAGE_REFUSED, words).stored(),
            created_at=now,
            settled_at=now,
        )
    )
