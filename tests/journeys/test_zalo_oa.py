"""An Official Account, over HTTP: what is owed to it is published, corrected and taken away as anywhere."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from structlog.testing import capture_logs

from bot.domain.news.article import Article, Photo
from bot.services.publishing.publications import take_back
from bot.settings.roles import ALL_ROLES, ProcessRole
from bot.store.articles import articles
from bot.store.outbox import outbox
from bot.store.schema import account_tokens, chats, metadata
from tests.emulator.zalo_oa.client import COVER, REFRESH
from tests.outbox_world import TOPIC, approve, submit
from tests.served_zalo_oa import ACCOUNT, SECRET_TOPIC, ServedOa


async def test_an_article_is_published_once_with_a_receipt(database_url: str) -> None:
    async with ServedOa.open(database_url) as served, served.serving():
        await served.publish()
        (delivery,) = await served.settled()
        (article,) = await served.published()

    assert delivery == ("sent", article["id"])
    content = article["content"]
    assert (content["title"], content["author"]) == ("Họp báo thường kỳ", "Cục Sở hữu trí tuệ")
    assert (content["description"], content["cover"]["photo_url"]) == ("Tóm tắt của bài.", COVER)
    assert [part["content"] for part in content["body"]] == [
        "<p>Tin trong nước</p>",
        "<p>Đoạn một.</p>",
        "<p>Đoạn &lt;hai&gt;.</p>",
        '<p><a href="https://agency.example/tin/1">🔗 Xem trang web</a></p>',
    ]


async def test_what_is_for_members_only_is_never_published(sqlite_url: str) -> None:
    async with ServedOa.open(sqlite_url) as served:
        with capture_logs() as logs:
            async with served.serving(topics=(TOPIC.id, SECRET_TOPIC.id)):
                await served.publish("Chỉ nội bộ", number=1, topic=SECRET_TOPIC.id)
                await served.publish("Cho mọi người", number=2)
                deliveries = await served.settled()
                titles = [each["content"]["title"] for each in await served.published()]

    assert (len(deliveries), titles) == (1, ["Cho mọi người"])
    assert [line["topics"] for line in logs if line["event"].startswith("topics are not")] == [["noi-bo"]]


async def test_what_awaits_its_approval_is_published_after_it(sqlite_url: str) -> None:
    async with ServedOa.open(sqlite_url) as served, served.serving():
        article = Article("https://agency.example/tin/5", "Quyết định số 5", "Tóm tắt.", ("Một.",))
        waiting = await submit(served.database, article)
        await served.publish("Họp báo", number=1)
        await served.settled()
        before = [each["content"]["title"] for each in await served.published()]
        await approve(served.database, waiting, now=served.now())
        await served.settled(count=2)
        after = [each["content"]["title"] for each in await served.published()]

    assert before == ["Họp báo"]
    assert sorted(after) == ["Họp báo", "Quyết định số 5"]


async def test_a_correction_updates_the_article_and_a_withdrawal_removes_it(database_url: str) -> None:
    async with ServedOa.open(database_url) as served, served.serving():
        number = await served.publish()
        await served.settled()
        async with served.database.write() as tx:
            stored = await articles.get(tx, number)
            assert stored
            now = served.now()
            corrected = stored.article.__class__(stored.article.url, "Họp báo bất thường", "Khác.", ("Mới.",))
            await articles.revise(tx, number, corrected, None, revision=1, now=now)
            owed = outbox.NewFanout(
                number, TOPIC.id, due_at=now, expires_at=now + timedelta(hours=1), revision=1
            )
            await outbox.enqueue(tx, owed, now=now)
        await served.settled(count=2)
        (updated,) = await served.published()
        async with served.database.write() as tx:
            stored = await articles.get(tx, number)
            assert stored
            await take_back(tx, stored.id, now=served.now())
        ended = await served.settled(count=3)
        left = await served.published()
        every = await served.oa.look("articles")

    assert (updated["content"]["title"], updated["revisions"]) == ("Họp báo bất thường", 1)
    assert ([status for status, _ in ended], left, len(every)) == (["sent"] * 3, [], 1)


async def test_a_dry_run_shows_what_would_go_and_marks_nothing_as_sent(sqlite_url: str) -> None:
    async with ServedOa.open(sqlite_url) as served:
        with capture_logs() as logs:
            async with served.serving(dry_run=True, refresh_token=None, app_secret=None):
                await served.publish()
                dry = await served.settled()
        calls = (await served.oa.look("metrics"))["calls"]
        async with served.serving():
            await served.publish("Bài sau", number=2)
            await served.settled(count=2)
            titles = [each["content"]["title"] for each in await served.published()]

    assert dry == [("cancelled", "[dry-run] a dry run: nothing was published")]
    (shown,) = [line["article"] for line in logs if line["event"].startswith("dry run")]
    assert "Họp báo thường kỳ" in shown
    assert COVER in shown
    assert (calls, titles) == ({}, ["Bài sau"])


async def test_what_is_switched_off_is_owed_nothing_more(sqlite_url: str) -> None:
    async with ServedOa.open(sqlite_url) as served:
        async with served.serving():
            pass
        async with served.serving(enabled=False):
            await served.publish("Không đăng")
            off = await served.statuses()
        async with served.serving():
            await served.publish("Đăng lại", number=2)
            on = await served.settled()

    assert off == []
    assert [status for status, _ in on] == ["sent"]


@pytest.mark.parametrize(
    ("roles", "more", "is_kept"),
    [
        ({ProcessRole.POLL, ProcessRole.WEB}, {"enabled": False}, True),
        (ALL_ROLES, {"enabled": False, "app_id": ""}, True),
        (ALL_ROLES, {"enabled": False}, False),
    ],
    ids=["polls", "does not name it", "switches it off"],
)
async def test_only_who_may_speak_as_an_account_and_names_it_switches_it_off(
    database_url: str, roles: set[ProcessRole], more: dict[str, Any], *, is_kept: bool
) -> None:
    async with ServedOa.open(database_url) as served:
        async with served.serving():
            pass
        await served.start_and_end(frozenset(roles), **more)

        assert await served.is_established() is is_kept


async def test_the_tokens_are_nowhere_but_in_their_table(sqlite_url: str) -> None:
    async with ServedOa.open(sqlite_url) as served:
        with capture_logs() as logs:
            async with served.serving():
                await served.publish()
                await served.settled()
        async with served.database.read() as tx:
            row = (await tx.execute(select(account_tokens))).one()
            others = {
                table.name: str((await tx.execute(select(table))).all())
                for table in metadata.tables.values()
                if table is not account_tokens
            }
    said = str(logs) + str(others)

    assert row.access_token.startswith("access-")
    assert all(token not in said for token in (row.access_token, row.refresh_token, REFRESH))


async def test_an_article_that_takes_long_is_asked_for_until_it_is_there(sqlite_url: str) -> None:
    async with ServedOa.open(sqlite_url) as served:
        await served.oa.control("knobs", verify_polls=3)
        async with served.serving():
            await served.publish()
            (delivery,) = await served.settled()
            created = await served.oa.look("articles")

    assert (delivery[0], len(created)) == ("sent", 1)


async def test_pictures_that_are_refused_do_not_keep_the_article_back(sqlite_url: str) -> None:
    """Zalo fetches what it is given, and does not say what it did not like: the default cover always goes."""
    async with ServedOa.open(sqlite_url) as served:
        page = Photo(f"{served.oa.url}/nowhere.jpg", "Ảnh 2")
        async with served.serving():
            await served.oa.control(
                "faults", method="/v2.0/article/create", code=-201, description="image is invalid"
            )
            await served.publish(photo=True, photos=(page,))
            (delivery,) = await served.settled()
            (article,) = await served.published()

    assert delivery[0] == "sent"
    assert [part["type"] for part in article["content"]["body"]].count("image") == 0


async def test_who_authorises_anew_goes_on_where_it_ended(sqlite_url: str) -> None:
    """All tokens were revoked: the owners put a new one into the settings, and nothing is lost."""
    async with ServedOa.open(sqlite_url) as served:
        async with served.serving():
            await served.publish("Bài một")
            await served.settled()
        await served.oa.control("authorise", refresh="another-authorisation")
        async with served.database.write() as tx:
            # The old access token would be asked with until it runs out.
            await tx.execute(update(account_tokens).values(expires_at=served.now()))
        async with served.serving(refresh_token="another-authorisation"):
            await served.publish("Bài hai", number=2)
            deliveries = await served.settled(count=2)

    assert [status for status, _ in deliveries] == ["sent", "sent"]


async def test_the_destination_is_a_channel_of_the_account(sqlite_url: str) -> None:
    async with ServedOa.open(sqlite_url) as served:
        async with served.serving():
            pass
        async with served.database.read() as tx:
            row = (await tx.execute(select(chats).where(chats.c.account_id == ACCOUNT))).one()

    assert (row.kind, row.chat, row.title, row.language) == ("channel", "feed", "Zalo Official Account", "vi")
