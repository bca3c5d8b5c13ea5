"""What the pages show and do: the same as the chat's commands, with the same lines in the audit log."""

import csv
import io
import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.domain.chats.chat import Address, ChatId, ChatKind, ChatStatus, TopicId
from bot.domain.desk.audit import AuditAction, AuditPlace
from bot.domain.desk.roles import Role
from bot.domain.news.article import Article, ArticleId
from bot.domain.news.feed import Topic
from bot.domain.publication.publication import PublicationState
from bot.i18n import FormOfAddress
from bot.settings.settings import SettingOrigin, Settings
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.choices import visibility
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import pauses, publications
from bot.store.runtime import admins, audit, follow_ups, owner_names
from bot.store.runtime.admins import Appointment
from bot.store.schema import deliveries
from tests import marked_topics
from tests.commands.stage import ABROAD, FEEDS, HOME, OWNER, TOPICS, texts
from tests.fakes import ACCOUNT
from tests.store import world
from tests.web.console.stage import ConsoleStage, Visitor

CLOSED = Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NộiBộ", members_only=True)
PERSON = "555000111"
ADMIN = "901"
GROUP = "-1001"


@pytest.fixture
async def stage(db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(db) as stage:
        async with db.write() as tx:
            await feeds.sync_definitions(tx, (*TOPICS, CLOSED), FEEDS, stage.clock.now())
        yield stage


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


async def publish(stage: ConsoleStage, title: str = "Hội nghị sơ kết công tác quý") -> ArticleId:
    now = stage.clock.now()
    article = Article(
        f"https://agency.example/{title}", title, summary="Tóm tắt <b>", body=("Đoạn đầu của bài.",)
    )
    async with stage.database.write() as tx:
        saved = await articles.save(tx, article, photo=None, topic=HOME, now=now)
    return saved.id


async def register(
    stage: ConsoleStage, chat: str, kind: ChatKind = ChatKind.PRIVATE, title: str | None = None
) -> ChatId:
    async with stage.database.write() as tx:
        made = await chats.register(
            tx, Address(ACCOUNT, chat), kind=kind, language="vi", title=title, now=stage.clock.now()
        )
        await chats.subscribe(tx, made.id, HOME, stage.clock.now())
    return made.id


async def acts(stage: ConsoleStage) -> list[AuditAction]:
    """Return what was done in the console, the first first, but for signing in."""
    async with stage.database.read() as tx:
        lines = await audit.newest(tx, limit=50)
    coming = {AuditAction.CONSOLE_ENTERED, AuditAction.CONSOLE_LINK_MADE}
    ours = [each.act.action for each in reversed(lines) if each.actor.place is AuditPlace.CONSOLE]
    return [each for each in ours if each not in coming]


async def fails(stage: ConsoleStage, article: ArticleId, chat: ChatId) -> None:
    """Have the delivery of *article* to *chat* end as one that the messenger refused."""
    now = stage.clock.now()
    async with stage.database.write() as tx:
        await marked_topics.fails(tx, article, HOME, chat, "too long", now)


async def test_now_shows_what_is_paused_and_pauses_and_lets_go_on(
    stage: ConsoleStage, owner: Visitor
) -> None:
    paused = await owner.post("/now/pause", scope="topic", about=HOME, on="yes")
    shown = await owner.get("/now")
    async with stage.database.read() as tx:
        standing = [each.what.about for each in await pauses.standing(tx)]
    resumed = await owner.post("/now/pause", scope="topic", about=HOME, on="no")
    again = await owner.post("/now/pause", scope="topic", about=HOME, on="no")

    assert [each.headers["Location"] for each in (paused, resumed, again)] == [
        "/console/now?notice=paused",
        "/console/now?notice=unpaused",
        "/console/now?notice=pause-refused",
    ]
    assert ("Tạm dừng từ" in shown.text, standing) == (True, [HOME])
    assert await acts(stage) == [AuditAction.PAUSED, AuditAction.UNPAUSED]


async def test_who_publishes_in_one_topic_stops_what_is_out_there_and_recalls_nothing_of_others(
    stage: ConsoleStage,
) -> None:
    article = await publish(stage)
    await world.awaits(stage.database, article, ABROAD)
    await stage.appoint(ADMIN, Appointment((Role.PUBLISHER,), frozenset({HOME})))
    admin = await stage.sign_in(ADMIN)
    offered = (await admin.get(f"/articles/{article}")).text

    answers = [await admin.post("/articles/step", article=article, step=step) for step in ("recall", "stop")]

    assert [f'value="{step}"' in offered for step in ("stop", "recall")] == [True, False]
    assert ([each.status for each in answers], await acts(stage)) == (
        [403, 303],
        [AuditAction.PUBLICATION_STOPPED],
    )


async def test_who_is_limited_to_topics_pauses_and_stops_nothing_else(stage: ConsoleStage) -> None:
    article = await publish(stage)
    await stage.appoint(ADMIN, Appointment((Role.PUBLISHER,), frozenset({TopicId("quoc-te")})))
    admin = await stage.sign_in(ADMIN)

    answers = [
        await admin.post("/now/pause", scope="everything", about="", on="yes"),
        await admin.post("/now/pause", scope="topic", about=HOME, on="yes"),
        await admin.post("/articles/step", article=article, step="stop"),
        await admin.post("/members/invite", account=ACCOUNT, topic=CLOSED.id, days=1, uses=1),
        await admin.get(f"/members/topic?account={ACCOUNT}&topic={CLOSED.id}"),
    ]

    assert ([each.status for each in answers], await acts(stage)) == ([403, 403, 404, 403, 403], [])
    assert (await admin.get(f"/articles/{article}")).status == 404


async def test_an_article_is_found_shown_stopped_resumed_and_recalled(
    stage: ConsoleStage, owner: Visitor
) -> None:
    article = await publish(stage)
    await publish(stage, "Một bài khác")
    listed, found = await owner.get("/articles"), await owner.get("/articles?q=s%C6%A1+k%E1%BA%BFt")
    page = await owner.get(f"/articles/{article}")
    done = [
        (await owner.post("/articles/step", article=article, step=step)).headers["Location"]
        for step in ("stop", "resume", "recall", "stop")
    ]

    assert ("Một bài khác" in listed.text, "Một bài khác" in found.text) == (True, False)
    assert all(
        words in page.text
        for words in (
            "Hội nghị sơ kết",
            "Tóm tắt &lt;b&gt;",
            "Đoạn đầu của bài.",
            "Hoạt động trong nước #TrongNước",
        )
    )
    assert done == [
        f"/console/articles/{article}?notice={notice}"
        for notice in ("article-stop", "article-resume", "article-recall", "article-changed")
    ]
    assert await acts(stage) == [
        AuditAction.PUBLICATION_STOPPED,
        AuditAction.PUBLICATION_RESUMED,
        AuditAction.PUBLICATION_RECALLED,
    ]
    assert "Đã thu hồi" in (await owner.get(f"/articles/{article}")).text


@pytest.mark.parametrize("state", PublicationState)
async def test_an_article_is_shown_in_whatever_state_it_is(
    stage: ConsoleStage, owner: Visitor, state: PublicationState
) -> None:
    article = await publish(stage)
    async with stage.database.write() as tx:
        await publications.set_state(tx, article, state, stage.clock.now())

    said = texts(FormOfAddress.YOU).text("vi", "console-article-state", state=state)
    assert [said in (await owner.get(path)).text for path in ("/articles", f"/articles/{article}")] == [
        True
    ] * 2


@pytest.mark.parametrize(
    "path", ["/articles/99", "/articles/x", "/articles/99/photo", f"/articles/{'9' * 40}"]
)
async def test_what_is_not_there_is_said_to_be_gone(owner: Visitor, path: str) -> None:
    assert (await owner.get(path)).status == 404


async def test_failures_are_shown_with_reasons_and_owed_once_more(
    stage: ConsoleStage, owner: Visitor
) -> None:
    article = await publish(stage)
    await fails(stage, article, await register(stage, PERSON))
    stage.clock.advance(1)
    shown = await owner.get("/failures")

    retried = await owner.post("/failures/retry", article=article, status="rejected")
    again = await owner.post("/failures/retry", article=article, status="rejected")

    async with stage.database.read() as tx:
        owed = (await tx.execute(select(deliveries.c.status))).scalars().all()
    assert ("Hội nghị sơ kết" in shown.text, PERSON in shown.text) == (True, False)
    assert [each.headers["Location"] for each in (retried, again)] == [
        "/console/failures?notice=retried",
        "/console/failures?notice=nothing-to-retry",
    ]
    assert (owed, await acts(stage)) == (["pending"], [AuditAction.DELIVERIES_RETRIED])


async def test_groups_are_listed_and_managed_and_people_only_counted(
    stage: ConsoleStage, owner: Visitor
) -> None:
    group = await register(stage, GROUP, ChatKind.SUPERGROUP, "Chi bộ Văn phòng")
    await register(stage, PERSON)
    shown = (await owner.get("/chats")).text
    sought = [(await owner.get(f"/chats?q={words}")).text for words in ("chi+b", "kh%C3%B4ng+c%C3%B3")]

    done = [
        await owner.post("/chats/topics", chat=group, topic="quoc-te"),
        await owner.post("/chats/status", chat=group, on="no"),
        await owner.post("/chats/status", chat=group, on="yes"),
    ]
    async with stage.database.read() as tx:
        now = await chats.get(tx, group), await chats.subscriptions(tx, group)
    done.append(await owner.post("/chats/remove", chat=group))

    assert ("Chi bộ Văn phòng" in shown, PERSON in shown) == (True, False)
    assert ["Chi bộ Văn phòng" in each for each in sought] == [True, False]
    assert now[0] is not None
    assert (now[0].status, now[1]) == (ChatStatus.ACTIVE, ("quoc-te",))
    assert [each.status for each in done] == [303] * 4
    assert await acts(stage) == [
        AuditAction.CHANNEL_TOPIC_REMOVED,
        AuditAction.CHANNEL_TOPIC_ADDED,
        AuditAction.CHANNEL_PAUSED,
        AuditAction.CHANNEL_RESUMED,
        AuditAction.CHANNEL_REMOVED,
    ]


async def test_a_person_is_no_group_that_could_be_managed(stage: ConsoleStage, owner: Visitor) -> None:
    person = await register(stage, PERSON)

    answers = [
        await owner.post("/chats/topics", chat=person, topic=HOME),
        await owner.post("/chats/status", chat=person, on="no"),
        await owner.post("/chats/remove", chat=person),
    ]

    assert ([each.status for each in answers], await acts(stage)) == ([404] * 3, [])


async def test_people_are_invited_and_a_link_is_shown_once_and_revoked(
    stage: ConsoleStage, owner: Visitor
) -> None:
    made = await owner.post(
        "/members/invite", account=ACCOUNT, topic=CLOSED.id, days=7, uses=3, note="anh Nam"
    )
    listed = await owner.get("/members")
    (number,) = re.findall(r'name="invitation" value="(\d+)"', listed.text)
    revoked = await owner.post("/members/revoke", invitation=number)
    again = await owner.post("/members/revoke", invitation=number)

    assert ("?start=moi_" in made.text, "?start=moi_" in listed.text) == (True, False)
    assert ("anh Nam" in listed.text, revoked.status, again.status) == (True, 303, 404)
    assert await acts(stage) == [AuditAction.INVITATION_MADE, AuditAction.INVITATION_REVOKED]


async def test_a_member_is_listed_removed_and_told(stage: ConsoleStage, owner: Visitor) -> None:
    chat = await register(stage, PERSON)
    async with stage.database.write() as tx:
        await visibility.grant(tx, chat, CLOSED.id, stage.clock.now())
        await visibility.annotate(tx, chat, CLOSED.id, "anh Nam, phòng Đăng ký")
    place = f"account={ACCOUNT}&topic={CLOSED.id}"
    shown = await owner.get(f"/members/topic?{place}")

    form = {"account": ACCOUNT, "topic": CLOSED.id, "chat": chat}
    removed, again = (
        await owner.post("/members/exclude", **form),
        await owner.post("/members/exclude", **form),
    )

    async with stage.database.read() as tx:
        told = [(each.kind, each.about) for each in await follow_ups.open_ones(tx, ACCOUNT)]
        text = str([each.act for each in await audit.newest(tx, limit=9)])
    assert "anh Nam, phòng Đăng ký" in shown.text
    assert ("member-removed" in removed.headers["Location"], "member-gone" in again.headers["Location"]) == (
        True,
        True,
    )
    assert (told, PERSON in text, await acts(stage)) == (
        [("excluded", CLOSED.id)],
        False,
        [AuditAction.MEMBER_REMOVED],
    )


async def test_an_admin_is_appointed_with_a_name_changed_and_dismissed(
    stage: ConsoleStage, owner: Visitor
) -> None:
    await register(stage, ADMIN)
    form = {"account": ACCOUNT, "user": ADMIN}

    appointed = await owner.post("/admins/appoint", **form, note="Chị Lan", role="publisher")
    shown = await owner.get("/admins")
    changed = await owner.post("/admins/change", **form, note="Chị Lan Anh", role="reader", topic=HOME)
    async with stage.database.read() as tx:
        admin = await admins.find(tx, ACCOUNT, ADMIN)
        told = [each.kind for each in await follow_ups.open_ones(tx, ACCOUNT)]
    dismissed = await owner.post("/admins/dismiss", **form)

    assert [each.headers["Location"].partition("=")[2] for each in (appointed, changed, dismissed)] == [
        "admin-appointed",
        "saved",
        "admin-dismissed",
    ]
    assert ("Chị Lan" in shown.text, told) == (True, ["appointed"])
    assert admin is not None
    assert (admin.note, admin.roles, admin.topics) == ("Chị Lan Anh", (Role.READER,), frozenset({HOME}))
    assert await acts(stage) == [
        AuditAction.ADMIN_APPOINTED,
        AuditAction.ADMIN_NOTED,
        AuditAction.ADMIN_ROLE_CHANGED,
        AuditAction.ADMIN_ROLE_CHANGED,
        AuditAction.ADMIN_DISMISSED,
    ]


@pytest.mark.parametrize(
    ("user", "roles", "notice"),
    [
        ("abc", ["reader"], "admin-not-an-id"),
        ("900", ["reader"], "admin-is-owner"),
        ("404", ["reader"], "admin-unknown"),
        ("902", [], "admin-needs-a-role"),
    ],
)
async def test_nobody_is_appointed_by_mistake(
    stage: ConsoleStage, owner: Visitor, user: str, roles: list[str], notice: str
) -> None:
    stage.messenger.strangers = frozenset({"404"})

    answer = await owner.post("/admins/appoint", account=ACCOUNT, user=user, note="", role=roles)

    assert answer.headers["Location"] == f"/console/admins?notice={notice}"
    assert await acts(stage) == []


async def test_the_audit_log_is_filtered_and_exported(stage: ConsoleStage, owner: Visitor) -> None:
    article = await publish(stage, "=1+1 Hội nghị")
    await owner.post("/articles/step", article=article, step="stop")
    await stage.appoint(ADMIN, Appointment((Role.READER,), note="Chị Lan"))

    pages = [
        (await owner.get(f"/audit?{query}")).text
        for query in ("", "action=publication-stopped", "place=cli", "user=900", "user=1", "days=1")
    ]
    answer = await owner.get("/audit.csv?place=console")

    lines = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert ["dừng gửi bài “" in each.partition("<ol")[2] for each in pages] == [
        True,
        True,
        False,
        True,
        False,
        True,
    ]
    assert [each["action"] for each in lines] == ["publication-stopped", "console-entered"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="nhat-ky.csv"'


async def test_settings_are_shown_with_where_they_come_from(sqlite_db: Database) -> None:
    settings = Settings().from_places({("web", "listen"): SettingOrigin.FILE})
    async with ConsoleStage.open(sqlite_db, settings=settings) as stage:
        page = (await (await stage.sign_in()).get("/settings")).text

    assert all(words in page for words in ("[web]", "listen", "127.0.0.1:8642", "Tệp cấu hình"))


async def test_an_article_says_which_document_it_publishes(stage: ConsoleStage, owner: Visitor) -> None:
    article = await publish(stage, "Quyết định số 12/QĐ-SHTT ngày 5/6/2024 về việc khen thưởng")

    page = await owner.get(f"/articles/{article}")

    assert ("<dd>Quyết định 12/QĐ-SHTT</dd>" in page.text, "<dd>05/06/2024</dd>" in page.text) == (True, True)


async def test_an_article_tells_its_corrections(stage: ConsoleStage, owner: Visitor) -> None:
    article = await publish(stage)
    async with stage.database.write() as tx:
        page = Article("https://agency.example/1", "Hội nghị tổng kết năm", summary="Tóm tắt <b>")
        await articles.revise(tx, article, page, None, revision=1, now=stage.clock.now())

    shown = (await owner.get(f"/articles/{article}")).text

    assert "Các lần đính chính" in shown
    assert "<b>đổi tiêu đề</b>" in shown
    assert "<del>Hội nghị sơ kết công tác quý</del><ins>Hội nghị tổng kết năm</ins>" in shown
    assert "<del>Tóm tắt" not in shown


async def test_few_deliveries_of_a_members_only_topic_are_not_told(
    stage: ConsoleStage, owner: Visitor
) -> None:
    article = await publish(stage)
    await fails(stage, article, await register(stage, PERSON))
    plain = (await owner.get(f"/articles/{article}")).text
    async with stage.database.write() as tx:
        closed = [replace(each, members_only=each.id == HOME) for each in TOPICS]
        await feeds.sync_definitions(tx, (*closed, CLOSED), FEEDS, stage.clock.now())
    stage.console.figures.fate.forget()

    guarded = (await owner.get(f"/articles/{article}")).text

    told = [re.findall(r"<dd>([^<]*)</dd>", page) for page in (plain, guarded)]
    assert told == [["0", "0", "1"], ["0", "0", "&lt; 5"]]


async def test_owners_are_called_by_the_names_that_they_have(stage: ConsoleStage) -> None:
    async with stage.database.write() as tx:
        await owner_names.follow(tx, {(ACCOUNT.partition(":")[0], OWNER): "Chị Hoa"})
    asked = (await stage.stranger().get(await stage.link())).text
    owner = await stage.sign_in()

    pages = [(await owner.get(path)).text for path in ("/admins", "/sessions", "/audit")]

    assert [told in page for told, page in zip(("<b>Chị Hoa</b>",) * 2, pages, strict=False)] == [True, True]
    assert f"Chị Hoa ({OWNER})" in pages[2]
    assert "Chị Hoa" in asked
    assert ",Chị Hoa," in (await owner.get("/audit.csv")).text
