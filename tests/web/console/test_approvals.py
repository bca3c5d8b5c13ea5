"""Approving, scheduling and rejecting in the console: by the rules and with the audit lines of the chat."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.clock import VIETNAM
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.audit import AuditPlace
from bot.domain.desk.roles import Role
from bot.domain.news.article import Article
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import approvals, publications
from bot.store.publications.approvals import Worth
from bot.store.runtime import audit
from bot.store.runtime.admins import Appointment
from tests.commands.stage import FEEDS, HOME, TOPICS
from tests.web.console.stage import ConsoleStage, Seen, Visitor

ELSEWHERE = TopicId("quoc-te")
ADMIN = "901"
DAY = timedelta(days=1)


@pytest.fixture
async def stage(db: Database) -> AsyncIterator[ConsoleStage]:
    async with ConsoleStage.open(db) as stage:
        yield stage


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


async def submit(stage: ConsoleStage, title: str, approval: Approval = Approval.ONE) -> PublicationId:
    """Have an article wait for approval in the topic at home."""
    now = stage.clock.now()
    asking = [replace(each, approval=ApprovalRule(approval)) for each in TOPICS]
    article = Article(f"https://agency.example/{title}", title, body=("Đoạn đầu của bài.",))
    async with stage.database.write() as tx:
        await feeds.sync_definitions(tx, asking, FEEDS, now)
        saved = await articles.save(tx, article, photo=None, topic=HOME, now=now)
        publication = PublicationId(saved.id, HOME)
        await approvals.ask(tx, publication, Worth(owed=True, urgent=True, lasts=3 * DAY), now)
    return publication


async def state(stage: ConsoleStage, about: PublicationId) -> PublicationState:
    async with stage.database.read() as tx:
        found = await publications.get(tx, about.article)
    assert found is not None
    return found.states[about.topic]


async def audited(stage: ConsoleStage) -> list[str]:
    """Return what was done about publications, the first first, each in the console."""
    async with stage.database.read() as tx:
        lines = [each for each in await audit.newest(tx, limit=50) if "publication" in each.act.action]
    assert {each.actor.place for each in lines} <= {AuditPlace.CONSOLE}
    return [each.act.action.removeprefix("publication-") for each in reversed(lines)]


def path_of(about: PublicationId) -> str:
    return f"/approvals/{about.article}/{about.topic}"


async def answers(visitor: Visitor, about: PublicationId, answer: str, **more: str) -> str:
    """Answer by the form on the page, as it is now, and return the notice."""
    page = await visitor.get(path_of(about))
    asked = re.search(r'name="round" value="(\d+)"', page.text)
    return await sends(visitor, about, answer, round=asked[1] if asked else "1", **more)


async def sends(visitor: Visitor, about: PublicationId, answer: str, **more: str) -> str:
    form = {"article": str(about.article), "topic": about.topic, "answer": answer, **more}
    return notice(await visitor.post("/approvals/answer", **form))


def notice(answer: Seen) -> str:
    assert answer.status == 303, answer.text
    return answer.headers["Location"].partition("notice=")[2]


def offered(page: Seen) -> list[str]:
    return re.findall(r'name="answer" value="([a-z-]+)"', page.text)


async def test_what_waits_is_listed_shown_beside_its_source_and_approved(
    stage: ConsoleStage, owner: Visitor
) -> None:
    about = await submit(stage, "Chờ duyệt <b>")
    listed, page = await owner.get("/approvals"), await owner.get(path_of(about))
    found = await owner.get("/articles"), await owner.get(f"/articles/{about.article}")

    told = await answers(owner, about, "approve")
    after = await owner.get(path_of(about))

    assert all("Chờ duyệt &lt;b&gt;" in each.text for each in (listed, page, *found))
    assert ("Tin khẩn" in listed.text, "Đoạn đầu của bài." in page.text) == (True, True)
    assert offered(page) == ["approve", "reject", "approve"]
    assert (told, await state(stage, about)) == ("approval-released", PublicationState.RELEASED)
    assert (offered(after), await audited(stage)) == ([], ["approved"])
    assert "Chờ duyệt" not in (await owner.get("/approvals")).text.partition("<main")[2].partition("rows")[2]


async def test_it_is_scheduled_put_off_taken_back_and_rejected(stage: ConsoleStage, owner: Visitor) -> None:
    about = await submit(stage, "Hẹn giờ")
    at = (stage.clock.now() + DAY).astimezone(VIETNAM).replace(second=0, microsecond=0)

    scheduled = await answers(owner, about, "approve", when="later", at=f"{at:%Y-%m-%dT%H:%M}")
    async with stage.database.read() as tx:
        request = await approvals.get(tx, about)
    page = await owner.get(path_of(about))
    put_off = await answers(owner, about, "approve", when="later", at=f"{at + DAY:%Y-%m-%dT%H:%M}")
    told = [await answers(owner, about, each) for each in ("take-back", "reject", "approve")]

    assert (request and request.waiting.release_at) == at
    assert offered(page) == ["approve", "take-back", "reject", "approve"]
    assert [scheduled, put_off, *told] == [
        "approval-scheduled",
        "approval-scheduled",
        "approval-awaiting",
        "approval-rejected",
        "article-changed",
    ]
    assert await audited(stage) == ["approved", "approved", "taken-back", "rejected"]


@pytest.mark.parametrize("at", ["", "mai", "2020-01-01T08:00", "2099-01-01T08:00", "2026-11-28T08:00Z"])
async def test_a_time_that_cannot_be_releases_nothing(stage: ConsoleStage, owner: Visitor, at: str) -> None:
    about = await submit(stage, "Hẹn giờ")

    told = await answers(owner, about, "approve", when="later", at=at)

    assert (told, await state(stage, about)) == ("release-time", PublicationState.AWAITING)
    assert await audited(stage) == []


async def test_two_persons_approve_and_one_alone_does_not(stage: ConsoleStage, owner: Visitor) -> None:
    about = await submit(stage, "Hai người duyệt", Approval.TWO)
    await stage.appoint(ADMIN, Appointment((Role.PUBLISHER,), note="Chị Lan"))
    other = await stage.sign_in(ADMIN)

    first, again = await answers(owner, about, "approve"), await answers(owner, about, "approve")
    mine, theirs = await owner.get(path_of(about)), await other.get(path_of(about))
    second = await answers(other, about, "approve")

    assert [first, again, second] == ["approval-awaiting", "article-changed", "approval-released"]
    assert [offered(each).count("approve") for each in (mine, theirs)] == [1, 2]
    assert ("cần một người khác cùng duyệt" in mine.text, "còn thiếu 1 người" in theirs.text) == (True, True)
    assert await audited(stage) == ["approved", "approved"]


@pytest.mark.parametrize("seen", ["", "0", "x"])
async def test_nobody_approves_what_they_have_not_seen(
    stage: ConsoleStage, owner: Visitor, seen: str
) -> None:
    about = await submit(stage, "Đã thay đổi")
    async with stage.database.write() as tx:
        await approvals.ask_anew(tx, about.article, stage.clock.now())

    told = [await sends(owner, about, "approve", round=each) for each in (seen, "1")]

    assert (told, await audited(stage)) == (["article-changed"] * 2, [])


async def test_who_is_limited_to_topics_sees_and_answers_nothing_else(stage: ConsoleStage) -> None:
    about = await submit(stage, "Không phải của mình")
    await stage.appoint(ADMIN, Appointment((Role.PUBLISHER,), frozenset({ELSEWHERE})))
    admin = await stage.sign_in(ADMIN)

    listed, page = await admin.get("/approvals"), await admin.get(path_of(about))
    form = {"article": about.article, "topic": about.topic, "round": 1}
    answered = await admin.post("/approvals/answer", answer="approve", **form)
    elsewhere = await admin.post("/approvals/answer", answer="approve", **{**form, "topic": ELSEWHERE})

    assert "Không phải của mình" not in listed.text
    assert [each.status for each in (page, answered, elsewhere)] == [403, 403, 404]
    assert (await state(stage, about), await audited(stage)) == (PublicationState.AWAITING, [])


async def test_what_is_no_answer_is_refused(stage: ConsoleStage, owner: Visitor) -> None:
    about = await submit(stage, "Không phải câu trả lời")
    form = {"article": about.article, "topic": about.topic, "round": 1}

    assert (await owner.post("/approvals/answer", answer="maybe", **form)).status == 400
    assert (await owner.get("/approvals/99/trong-nuoc")).status == 404


async def test_it_is_rejected_for_a_reason_that_is_shown_and_put_back(
    stage: ConsoleStage, owner: Visitor
) -> None:
    about = await submit(stage, "Chưa đủ số liệu")
    form = {"article": str(about.article), "topic": about.topic}

    too_long = await answers(owner, about, "reject", reason="a" * 201)
    told = await answers(owner, about, "reject", reason="Chờ số liệu <b>")
    page = await owner.get(path_of(about))
    done = [notice(await owner.post("/approvals/put-back", **form)) for _ in range(2)]

    assert (too_long, told) == ("reason-too-long", "approval-rejected")
    assert ("Lý do: Chờ số liệu &lt;b&gt;" in page.text, "/approvals/put-back" in page.text) == (True, True)
    assert (done, await state(stage, about)) == (["put-back", "article-changed"], PublicationState.AWAITING)
    assert await audited(stage) == ["rejected", "put-back"]
