"""Stopping, resuming and recalling articles in the chat."""

import pytest

from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.desk.audit import AuditAction
from bot.domain.desk.roles import Role
from bot.domain.news.article import ArticleId
from bot.domain.publication.publication import PublicationState
from bot.store.outbox import outbox
from bot.store.publications import publications
from bot.store.runtime import audit
from bot.store.runtime.admins import Appointment
from tests.commands.stage import ABROAD, HOME, OWNER, Person, Stage, wording
from tests.store import world


@pytest.fixture
async def published(stage: Stage) -> Stage:
    """Six articles, the last of which has two subscribers and was sent to one of them."""
    await world.prepare(stage.database)
    for number in range(1, 6):
        await world.publish(stage.database, number)
    await world.subscribe(stage.database, "11", "12")
    await world.publish(stage.database, 6)
    (delivery,) = await world.claim(stage.database, limit=1)
    await world.settle(stage.database, world.sent(delivery))
    return stage


async def state(stage: Stage) -> PublicationState:
    async with stage.database.read() as tx:
        return (await publications.newest(tx, limit=1))[0].state


async def test_the_newest_are_listed_with_their_states_page_by_page(published: Stage) -> None:
    owner = published.person(OWNER)

    said = await owner.types("/tinphathanh")
    assert said.startswith(
        "Các bài viết mới nhất\n\n1. Bài số 6\nTrong nước\n✅ Phát hành lúc 08:30 ngày 02/03/2026"
    )
    assert "5. Bài số 2" in said
    assert await owner.taps("2/2 ›")
    assert "6. Bài số 1" in (await owner.taps(wording("button-refresh")))
    assert [label for label in owner.labels if "Xem bài" in label] == ["Xem bài 6"]


async def test_the_name_of_before_leads_there_still(published: Stage) -> None:
    assert (await published.person(OWNER).types("/dungtin")).startswith("Các bài viết mới nhất")


async def test_an_article_is_stopped_and_resumed(published: Stage) -> None:
    owner = published.person(OWNER)
    await owner.types("/tinphathanh")

    said = await owner.taps("⏹ Dừng gửi bài 1")
    assert owner.answer.toast == "Đang dừng gửi bài viết"
    assert "⏹ Đã dừng gửi từ" in said
    said = await owner.taps(wording("button-refresh"))
    assert "Đã gửi đến 1 nơi; còn chờ gửi đến 1 nơi; không gửi đến 0 nơi." in said
    assert await state(published) is PublicationState.STOPPED
    assert await world.claim(published.database) == ()

    assert "✅ Phát hành lúc" in await owner.taps("▶️ Gửi tiếp")
    assert owner.answer.toast == "Đã cho gửi tiếp bài viết"
    assert len(await world.claim(published.database)) == 1


async def test_a_recall_is_confirmed_and_cannot_be_undone(published: Stage) -> None:
    owner = published.person(OWNER)
    await owner.types("/tinphathanh")
    await owner.taps("Xem bài 1")

    asked = await owner.taps("🗑 Thu hồi")
    assert asked.startswith("Thu hồi bài “Bài số 6”? Bài đã được gửi đến 1 nơi")
    await owner.taps("Không, giữ nguyên")
    assert await state(published) is PublicationState.RELEASED

    await owner.taps("🗑 Thu hồi")
    said = await owner.taps("Đồng ý thu hồi")
    assert "🗑 Đã thu hồi từ" in said
    assert "Đang thu hồi" in (owner.answer.toast or "")
    assert not [label for label in owner.labels if "Gửi tiếp" in label or "Dừng" in label]
    assert [each.withdrawn for each in await world.claim(published.database)] == [True]


async def test_who_comes_second_learns_how_it_stands(published: Stage) -> None:
    owner = published.person(OWNER)
    await owner.types("/tinphathanh")

    await owner.taps("⏹ Dừng gửi bài 1")
    async with published.database.read() as tx:
        article = (await publications.newest(tx, limit=1))[0].article
    said = await owner.sends(f"1pa.{article}.stop")

    assert owner.answer.toast == "Không thực hiện được: trạng thái của bài viết đã thay đổi."
    assert "⏹ Đã dừng gửi từ" in said
    async with published.database.read() as tx:
        actions = [record.act.action for record in await audit.newest(tx, limit=5)]
        actor = (await audit.newest(tx, limit=1))[0].actor
    assert actions == [AuditAction.PUBLICATION_STOPPED]
    assert actor.user == OWNER


async def test_a_card_leads_managers_to_it_and_nobody_else(published: Stage) -> None:
    owner, reader = published.person(OWNER), published.person()
    for person in (owner, reader):
        await person.types("tìm bài số 6")
        await person.taps("1")

    assert "⚙️ Dừng hoặc thu hồi bài này" in owner.labels
    assert "⚙️ Dừng hoặc thu hồi bài này" not in reader.labels
    assert "Đã gửi đến 1 nơi" in await owner.taps("⚙️ Dừng hoặc thu hồi bài này")


async def test_others_may_not(published: Stage) -> None:
    person = published.person()

    assert (await person.types("/tinphathanh")).startswith(wording("only-managers", role="admin"))
    for wish in ("1pl", "1pb.6", "1pa.6.stop", "1pa.6.recall.1", "1py.1.everything"):
        await person.sends(wish)
        assert person.answer.toast == "Bạn không có quyền thực hiện việc này."
    assert await state(published) is PublicationState.RELEASED


@pytest.mark.parametrize("words", ["tạm dừng gửi tin", "tam dung gui tin", "pause sending"])
async def test_who_manages_may_ask_for_the_pauses_in_words(published: Stage, words: str) -> None:
    owned = await published.person(OWNER).types(words)
    read = await published.person("55").types(words)

    assert owned.startswith("Tạm dừng gửi tin")
    assert "Tạm dừng gửi tin\n" not in read


@pytest.mark.parametrize("words", ["dừng tin", "tạm dừng", "pause"])
async def test_everyday_words_of_readers_are_no_commands_of_managers(published: Stage, words: str) -> None:
    said = await published.person(OWNER).types(words)

    assert "Các bài viết mới nhất" not in said
    assert "Tạm dừng gửi tin" not in said


async def test_english_speakers_read_it_in_english(published: Stage) -> None:
    owner = published.person(OWNER, "en")

    assert (await owner.types("/publications")).startswith(
        "The latest articles\n\n1. Bài số 6\nDomestic\n✅ Released"
    )
    assert "⏹ Stopped since" in await owner.taps("⏹ Stop article 1")
    assert "Sent to 1 chats; waiting for 1; not sent to 0." in await owner.taps("Refresh")


async def test_without_articles_it_says_so(stage: Stage) -> None:
    assert "Chưa có bài viết nào." in await stage.person(OWNER).types("/tinphathanh")


async def test_an_article_that_is_gone_is_refused(stage: Stage) -> None:
    owner = stage.person(OWNER)

    for wish in ("1pb.77", "1pa.77.stop", "1pa.77.recall"):
        await owner.sends(wish)
        assert owner.answer.toast == wording("article-gone")
    async with stage.database.read() as tx:
        assert (await outbox.backlog(tx, now=stage.clock.now())).pending == 0


async def test_who_may_not_publish_sees_the_articles_and_stops_none(published: Stage) -> None:
    await published.appoints("44", Appointment((Role.READER,)))
    manager = published.person("44")

    assert "1. Bài số 6" in await manager.types("/tinphathanh")
    assert [label for label in manager.labels if "Dừng gửi" in label] == []
    await manager.taps("Xem bài 1")
    assert [label for label in manager.labels if "Thu hồi" in label] == []
    await _is_refused(manager, "Việc này dành cho")


async def test_who_publishes_in_another_topic_sees_none_of_its_articles(published: Stage) -> None:
    await published.appoints("44", Appointment((Role.PUBLISHER,), frozenset({ABROAD})))
    manager = published.person("44")

    assert "Bài số 6" not in await manager.types("/tinphathanh")
    await manager.sends("1pb.6")
    assert manager.answer.toast == wording("article-gone")
    await _is_refused(manager, "Việc này thuộc chuyên mục mà")


async def _is_refused(manager: Person, words: str) -> None:
    """Expect that neither a stop nor a recall is done for *manager*, who is told so in such *words*."""
    for step in ("1pa.6.stop.0", "1pa.6.recall.0", "1pa.6.recall.1"):
        await manager.sends(step)
        assert (manager.answer.toast or "").startswith(words)
    assert await state(manager.stage) is PublicationState.RELEASED


async def test_who_publishes_in_one_of_its_topics_stops_what_is_out_there_and_recalls_nothing_of_others(
    published: Stage,
) -> None:
    await world.awaits(published.database, 6, ABROAD)
    await published.appoints("44", Appointment((Role.PUBLISHER,), frozenset({HOME})))
    manager = published.person("44")
    await manager.types("/tinphathanh")
    await manager.taps("Xem bài 1")

    assert [label for label in manager.labels if "Thu hồi" in label] == []
    await manager.sends("1pa.6.recall.1")
    assert (manager.answer.toast or "").startswith("Việc này thuộc chuyên mục mà")
    await manager.sends("1pa.6.stop")

    async with published.database.read() as tx:
        found = await publications.get(tx, ArticleId(6))
    assert found
    assert found.states == {HOME: PublicationState.STOPPED, ABROAD: PublicationState.AWAITING}


async def test_a_publisher_of_its_topic_stops_an_article(published: Stage) -> None:
    await published.appoints("44", Appointment((Role.PUBLISHER,), frozenset({HOME})))
    manager = published.person("44")
    await manager.types("/tinphathanh")

    await manager.taps("⏹ Dừng gửi bài 1")

    assert await state(published) is PublicationState.STOPPED


async def test_an_article_is_sent_to_who_has_subscribed_since_and_to_nobody_twice(published: Stage) -> None:
    owner = published.person(OWNER)
    await world.subscribe(published.database, "13")
    await owner.types("/tinphathanh")
    await owner.taps("Xem bài 1")

    asked = await owner.taps("📨 Gửi cho nơi chưa nhận")
    await owner.taps("Đồng ý gửi")

    owed = await world.claim(published.database)
    assert asked.startswith("Gửi bài “Bài số 6” cho những nơi đang đăng ký mà chưa nhận bài?")
    assert owner.answer.toast == "Bài đang được gửi cho những nơi chưa nhận"
    # The first one has it; the second one is still owed it from the beginning.
    assert sorted(each.address.chat for each in owed) == ["12", "13"]
    async with published.database.read() as tx:
        (line, *_) = await audit.newest(tx, limit=1)
    assert line.act.action is AuditAction.PUBLICATION_RESENT
    assert line.act.after == {"topics": HOME}


async def test_it_is_sent_again_where_it_failed(published: Stage) -> None:
    owner = published.person(OWNER)
    (delivery,) = await world.claim(published.database)
    await world.settle(published.database, Settlement(delivery.id, DeliveryStatus.REJECTED, 1, reason="no"))
    await owner.types("/tinphathanh")
    await owner.taps("Xem bài 1")

    await owner.taps("🔁 Gửi lại nơi bị lỗi")
    await owner.taps("Đồng ý gửi")

    assert owner.answer.toast == "Số nơi được gửi lại: 1"
    assert [each.id for each in await world.claim(published.database)] == [delivery.id]


async def test_what_is_stopped_is_not_sent_again(published: Stage) -> None:
    owner = published.person(OWNER)
    await owner.types("/tinphathanh")
    await owner.taps("Xem bài 1")
    offered = list(owner.labels)

    await owner.taps("⏹")
    await owner.sends("1rs.6.m.1")

    assert "📨 Gửi cho nơi chưa nhận" in offered
    assert not [label for label in owner.labels if "📨" in label or "🔁" in label]
    async with published.database.read() as tx:
        assert AuditAction.PUBLICATION_RESENT not in [
            line.act.action for line in await audit.newest(tx, limit=9)
        ]
