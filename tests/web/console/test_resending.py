"""Sending an article again from its page: to whom it failed, to a topic, to one who asks for it."""

import pytest

from bot.domain.chats.chat import ChatKind
from bot.domain.delivery.delivery import DeliveryStatus
from bot.domain.desk.roles import Role
from bot.domain.news.article import ArticleId
from bot.store.publications import publications
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, HOME
from tests.web.console.stage import ConsoleStage, Visitor
from tests.web.console.test_approvals import notice, submit
from tests.web.console.test_pages import ADMIN, PERSON, acts, fails, publish, register


@pytest.fixture
async def owner(stage: ConsoleStage) -> Visitor:
    return await stage.sign_in()


async def resends(visitor: Visitor, article: ArticleId, to: str, **more: str) -> str:
    return notice(await visitor.post("/articles/resend", article=str(article), to=to, **more))


async def owed(stage: ConsoleStage, article: ArticleId) -> int:
    async with stage.database.read() as tx:
        fate = (await publications.fates(tx, [article]))[article]
    return fate.counts.get(DeliveryStatus.PENDING, 0)


async def test_it_is_sent_to_whom_it_failed_and_to_one_who_asks(stage: ConsoleStage, owner: Visitor) -> None:
    chat, article = await register(stage, PERSON), await publish(stage)
    await fails(stage, article, chat)
    page = await owner.get(f"/articles/{article}")

    told = [await resends(owner, article, "failed") for _ in range(2)]
    after_failure = await owed(stage, article)
    one = [await resends(owner, article, "chat", chat=each) for each in (PERSON, "4711")]

    assert page.text.count('action="/console/articles/resend"') == 3
    assert (told, after_failure) == (["retried", "nothing-to-retry"], 1)
    assert one == ["resent", "resend-no-chat"]
    assert await acts(stage) == ["publication-resent"] * 2


async def test_it_is_sent_to_a_topic_in_which_it_is_out(stage: ConsoleStage, owner: Visitor) -> None:
    article = await publish(stage)
    await register(stage, "-1001", ChatKind.GROUP)

    told = [await resends(owner, article, "topic", topic=each) for each in (HOME, ABROAD)]

    assert (told, await owed(stage, article)) == (["resent", "article-changed"], 1)


async def test_what_waits_is_sent_to_nobody(stage: ConsoleStage, owner: Visitor) -> None:
    about = await submit(stage, "Chờ duyệt")

    told = [await resends(owner, about.article, each) for each in ("topic", "failed", "chat")]

    assert (told, await owed(stage, about.article)) == (["article-changed"] * 3, 0)


async def test_who_is_limited_to_topics_learns_of_no_chat_what_it_gets(stage: ConsoleStage) -> None:
    await register(stage, PERSON)
    article = await publish(stage)
    await stage.appoint(ADMIN, Appointment((Role.PUBLISHER,), frozenset({HOME})))
    admin = await stage.sign_in(ADMIN)
    form = {"article": str(article), "chat": PERSON, "topic": ABROAD}

    answers = [await admin.post("/articles/resend", to=each, **form) for each in ("chat", "topic", "all")]

    assert [each.status for each in answers] == [403, 403, 400]
    assert (await admin.get(f"/articles/{article}")).text.count('name="to" value="chat"') == 0
