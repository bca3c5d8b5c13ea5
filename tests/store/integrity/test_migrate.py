"""The schema's history."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select, text

from bot.domain.blocks.model import Heading, of_paragraphs, plain_runs
from bot.domain.chats.chat import AccountId, ChatId, TopicId
from bot.domain.chats.form_of_address import FormOfAddress
from bot.domain.chats.preferences import Preferences
from bot.domain.delivery.delivery import DeliveryId
from bot.domain.delivery.monthly_quota import MonthCount, Purpose
from bot.domain.desk.api_keys import ApiScope
from bot.domain.desk.approval_rule import NO_APPROVAL, Approval, ApprovalRule, Unanswered
from bot.domain.desk.audit import SERVICE
from bot.domain.desk.figures import EndReason
from bot.domain.desk.roles import Role
from bot.domain.news.article import ArticleId
from bot.domain.news.correction import Version
from bot.domain.news.documents.fields import NO_FIELDS
from bot.domain.news.feed import Entry, FeedId
from bot.domain.news.poll_record import PollRecord, PollResult
from bot.domain.news.volume import Volume
from bot.domain.publication.approval import Answer, Given
from bot.domain.publication.editing import Edit
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.domain.publication.submission import Submission, SubmissionId, SubmissionOutcome
from bot.services.publishing.approval import give, put_back_rejected
from bot.services.publishing.editing import Edited, edit
from bot.store.api import api_keys, submissions
from bot.store.articles import (
    articles,
    corrections,
    document_fields,
    released,
    search,
    source_texts,
)
from bot.store.chats import erasure, preferences
from bot.store.choices import visibility
from bot.store.engine.database import Database, DatabaseUnavailable
from bot.store.feeds import added_topics, feeds, poll_history, poll_stats, quarantine, volumes
from bot.store.integrity.migrate import SchemaState, require_current, schema_state, upgrade
from bot.store.integrity.schema_version import MIGRATIONS, newest
from bot.store.outbox import outbox
from bot.store.publications import approval_rules, approvals, desk_drafts, drafts, pauses, publications
from bot.store.quotas import monthly_quota, rate_history
from bot.store.quotas.rate_history import RateEventKind
from bot.store.runtime import admins, follow_ups, manager_menus, stored_settings
from bot.store.runtime.follow_ups import Begun
from bot.store.schema import metadata, released_articles
from bot.store.schema.types import EPOCH
from tests.store.old_schema import upgraded_to


@pytest.fixture
async def empty_db(empty_database_url: str) -> AsyncIterator[Database]:
    database = await Database.open(empty_database_url)
    yield database
    await database.close()


async def test_all_migrations_together_make_the_tables_that_the_program_knows(db: Database) -> None:
    async with db.read() as tx:
        differences = await tx.run_sync(_differences)

    assert differences == []


async def test_migrations_define_every_table_and_index_in_the_same_words(
    db: Database, empty_db: Database
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(metadata.create_all)

    assert await _definitions(db) == await _definitions(empty_db)


@pytest.mark.usefixtures("empty_db")
async def test_a_database_without_tables_is_empty(empty_database_url: str) -> None:
    assert await schema_state(empty_database_url) is SchemaState.EMPTY


def test_the_newest_schema_is_the_head_of_the_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert newest() == ScriptDirectory.from_config(config).get_current_head()


async def test_an_upgraded_database_is_current_and_a_second_upgrade_changes_nothing(
    empty_database_url: str,
) -> None:
    await upgrade(empty_database_url)
    await upgrade(empty_database_url)

    assert await schema_state(empty_database_url) is SchemaState.CURRENT


@pytest.mark.usefixtures("empty_db")
async def test_a_database_that_is_not_current_says_what_to_do(empty_database_url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match=r"its schema is empty; run 'bantin migrate'$"):
        await require_current(empty_database_url)


async def test_a_schema_that_is_newer_than_the_program_is_refused(
    empty_db: Database, empty_database_url: str
) -> None:
    await upgrade(empty_database_url)
    async with empty_db.write() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    assert await schema_state(empty_database_url) is SchemaState.NEWER
    with pytest.raises(DatabaseUnavailable, match="its schema is newer than this program"):
        await upgrade(empty_database_url)
    with pytest.raises(DatabaseUnavailable, match="its schema is newer than this program"):
        await require_current(empty_database_url)


async def test_feeds_and_topics_of_the_first_schema_are_polled_on_with_nothing_known_of_their_volume(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0001"))
        for statement in _FIRST_DATA:
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.read() as tx:
        (topic,) = await feeds.topics(tx)
        (status,) = await feeds.statuses(tx)
        volume = await volumes.volume(tx, status.feed.id)
    at = EPOCH + timedelta(seconds=1)
    assert (topic.id, topic.tell_subscribers, topic.address) == ("tin", False, None)
    assert (status.feed.id, status.news_at, status.emptied_at, volume) == ("bao", at, None, Volume())


async def test_chats_of_before_can_be_followed_up_and_take_that_with_them(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0004"))
        for statement in _A_CHAT:
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        await follow_ups.follow(tx, ChatId(7), Begun.POLL, "bao", mark={"article": 1}, now=EPOCH)
        await manager_menus.note(tx, ChatId(7), "menu")
        (followed,) = await follow_ups.open_ones(tx, ACCOUNT)
        shown = await manager_menus.shown(tx, ACCOUNT)
        await erasure.forget(tx, ChatId(7), why=EndReason.ERASED, now=EPOCH)
        left = await follow_ups.open_ones(tx, ACCOUNT), await manager_menus.shown(tx, ACCOUNT)
    assert (followed.address.chat, followed.mark, shown) == ("900", {"article": 1}, {"900": "menu"})
    assert left == ((), {})


async def test_what_was_chosen_and_who_was_let_in_before_stays_with_no_form_and_no_note(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0007"))
        for statement in (*_A_CHAT, *_FIRST_DATA, *_CHOICES_OF_BEFORE):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    chat, topic = ChatId(7), TopicId("tin")
    async with empty_db.write() as tx:
        before = await preferences.of(tx, chat, usual=Preferences())
        members = await visibility.members(tx, ACCOUNT, topic)
        appointed = await admins.appointed(tx, ACCOUNT)
        chosen = replace(before, address=FormOfAddress.COMRADE)
        await preferences.save(tx, chat, chosen, usual=Preferences(), now=EPOCH)
        after = await preferences.form_of_address(tx, chat)
        for table in ("memberships", "invitations", "admins"):
            await tx.execute(text(f"UPDATE {table} SET note = 'anh Nam'"))
    assert (before, after) == (Preferences(quiet=None, brief=True), FormOfAddress.COMRADE)
    assert [each.chat for each in members] == [chat]
    assert [each.user for each in appointed] == ["901"]


async def test_an_admin_of_before_goes_on_doing_the_same(empty_db: Database, empty_database_url: str) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0017"))
        for statement in (*_A_CHAT, *_ADMINS_OF_BEFORE):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        before = await admins.appointed(tx, ACCOUNT)
        await admins.set_topics(tx, ACCOUNT, "901", frozenset({TopicId("tin")}))
        (limited, _) = await admins.appointed(tx, ACCOUNT)
    roles = (Role.PUBLISHER, Role.FEEDS)
    assert [(each.user, each.roles, each.topics, each.note) for each in before] == [
        ("901", roles, None, "Lan"),
        ("902", roles, None, ""),
    ]
    assert limited.topics == frozenset({TopicId("tin")})


async def test_what_waits_and_what_is_known_under_the_old_names_is_found_under_the_new_ones(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0008"))
        for statement in (*_A_CHAT, *_FIRST_DATA, *_UNDER_OLD_NAMES):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        (waiting,) = await quarantine.undecided(tx)
        stats = await poll_stats.pace(tx, FeedId("bao"))
        events = await rate_history.since(tx, ACCOUNT, EPOCH)
        await tx.execute(text("DELETE FROM quarantines"))
        left = (await tx.execute(text("SELECT count(*) FROM quarantined_entries"))).scalar_one()
        await quarantine.hold(tx, FeedId("bao"), [Entry("Tin hai", "https://bao.example/2")], EPOCH)
        (later,) = await quarantine.undecided(tx)
    assert (waiting.id, waiting.began_at, waiting.titles) == (1, EPOCH + timedelta(seconds=2), ("Tin một",))
    assert stats.min_interval == timedelta(minutes=5)
    assert [each.kind for each in events] == [RateEventKind.REPLIED]
    # A number that a button names is never given to another one.
    assert (left, later.id) == (0, 2)


async def test_what_was_counted_of_a_month_before_is_taken_for_news(
    empty_db: Database, empty_database_url: str
) -> None:
    counted = (
        "INSERT INTO monthly_messages (account_id, month, messages) VALUES ('telegram:1', '2026-11', 70)"
    )
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0010"))
        for statement in (*_A_CHAT, counted):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        before = await monthly_quota.locked(tx, ACCOUNT, "2026-11")
        await monthly_quota.save(tx, ACCOUNT, "2026-11", before.plus(1, Purpose.ANSWER, date(2026, 11, 27)))
        after = await monthly_quota.of(tx, ACCOUNT, "2026-11")
    assert (before, after) == (MonthCount(70, 70, 70), MonthCount(71, 70, 70, 0, date(2026, 11, 27)))


async def test_what_was_in_topics_before_is_released_or_recalled_and_is_sent_on(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0010"))
        for statement in (*_A_CHAT, *_FIRST_DATA, *_OWED_BEFORE):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        gone, here = await publications.newest(tx, limit=5)
        found, _ = await articles.latest(tx, topics=[TopicId("tin")], limit=5)
        claimant = outbox.Claimant(account=ACCOUNT, owner="one", lease=timedelta(minutes=1))
        claimed = await outbox.claim(
            tx, claimant, now=EPOCH + timedelta(seconds=5), limit=5, usual=Preferences()
        )
        standing = await pauses.standing(tx)
    assert (here.article, here.state, here.topics) == (1, PublicationState.RELEASED, ("tin",))
    assert (here.created_at, here.changed_at) == (EPOCH + timedelta(seconds=2),) * 2
    assert (gone.article, gone.state) == (2, PublicationState.RECALLED)
    assert gone.changed_at == EPOCH + timedelta(seconds=3)
    assert [each.id for each in found] == [1]
    assert [each.article for each in claimed.deliveries] == [1]
    assert standing == ()


async def test_nothing_of_before_waits_for_approval_and_no_topic_asks_for_it(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0019"))
        for statement in (*_FIRST_DATA, *_A_PUBLICATION):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        topic = await feeds.topic(tx, TopicId("tin"))
        (here,) = await publications.newest(tx, limit=5)
        assert await approvals.waiting(tx, topics=None, limit=5) == ()
        await publications.set_state(tx, here.article, PublicationState.STOPPED, EPOCH)
        stopped = await publications.state_to_change(tx, here.article)
    assert topic is not None
    assert topic.approval is None
    assert (here.state, stopped) == (PublicationState.RELEASED, PublicationState.STOPPED)


async def test_articles_of_before_are_laid_out_as_their_paragraphs(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0034"))
        for statement in (*_FIRST_DATA, *_A_PUBLICATION):
            await tx.execute(text(statement))
        await tx.execute(text('UPDATE articles SET body = \'["Một.", "Hai."]\''))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        before = await articles.get(tx, ArticleId(1))
        assert before is not None
        laid_out = replace(before.article, blocks=(Heading(2, plain_runs("Phần I")),))
        await articles.revise(tx, before.id, laid_out, None, revision=0, now=EPOCH)
        now = await articles.get(tx, before.id)
    assert before.article.layout == of_paragraphs(("Một.", "Hai."))
    assert now
    assert now.article == laid_out


async def test_nothing_of_before_was_edited_and_what_waits_can_be(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0026"))
        for statement in (*_FIRST_DATA, *_A_PUBLICATION, *_AWAITING_BEFORE):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        article = ArticleId(1)
        assert await source_texts.get(tx, article) is None
        done = await edit(tx, article, Edit.of_words(title="Bài sửa"), SERVICE, now=EPOCH)
        source, stored = await source_texts.get(tx, article), await articles.get(tx, article)
    assert (done, source and source.title) == (Edited.DONE, "Bài")
    assert stored is not None
    assert stored.article.title == "Bài sửa"


async def test_what_is_written_in_chats_stays_and_nothing_is_written_in_the_console(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0029"))
        for statement in (*_A_CHAT, *_A_DRAFT):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        written = await drafts.of(tx, ChatId(7))
        none = await desk_drafts.every(tx)
        assert written
        number = await desk_drafts.add(tx, AccountId("telegram:1"), "5", written, EPOCH)
        kept = await desk_drafts.get(tx, number)
    assert (none, kept and kept.draft) == ((), written)
    assert written.title == "Nghỉ lễ"


_A_DRAFT = (
    """
    INSERT INTO announcement_drafts (chat_id, key, title, text, page, documents, topics, urgent, at_end)
    VALUES (7, 'k', 'Nghỉ lễ', '["Hai ngày."]', '', '[]', '["tin"]', false, 'note')
    """,
)


async def test_topics_of_before_are_those_of_the_file_and_feeds_of_before_have_no_history(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0027"))
        for statement in _FIRST_DATA:
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        feed = FeedId("bao")
        before = await added_topics.known(tx), await poll_history.newest(tx, feed)
        poll = PollRecord(EPOCH, PollResult.READ, 12, 3, 1)
        await poll_history.note(tx, feed, poll)
        await added_topics.note(tx, TopicId("tin"))
        after = await added_topics.known(tx), await poll_history.newest(tx, feed)
    assert (before, after) == (((), ()), (("tin",), (poll,)))


async def test_documents_of_before_are_read_afterwards(empty_db: Database, empty_database_url: str) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0027"))
        for statement in (*_FIRST_DATA, *_A_PUBLICATION):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        before = await document_fields.many(tx, [1])
        await search.index(tx, 1)
        after = await document_fields.many(tx, [1])
    assert (before, after) == ({}, {1: NO_FIELDS})


async def test_what_was_rejected_before_stays_so_and_what_waits_can_be_put_back(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0030"))
        for statement in (*_FIRST_DATA, *_A_PUBLICATION, "UPDATE publications SET state = 'rejected'"):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        about = PublicationId(ArticleId(1), TopicId("tin"))
        assert await put_back_rejected(tx, about, SERVICE, now=EPOCH) is None
        for statement in _AWAITING_BEFORE:
            await tx.execute(text(statement))
        rejected = await give(tx, about, Given(Answer.REJECT), SERVICE, now=EPOCH)
        back = await put_back_rejected(tx, about, SERVICE, now=EPOCH)
    assert (rejected, back) == (PublicationState.REJECTED, PublicationState.AWAITING)


_AWAITING_BEFORE = (
    "UPDATE publications SET state = 'awaiting'",
    """
    INSERT INTO approval_requests (article_id, topic_id, approval, round, owed, urgent, lasts_seconds,
        created_at)
    VALUES (1, 'tin', 'one', 1, true, false, 3600, 0)
    """,
)

_A_PUBLICATION = (
    """
    INSERT INTO articles (id, key, url, title, summary, body, photos, attachments, author, source, revision,
                          ranked_at, created_at)
    VALUES (1, 'k', 'https://a.example/1', 'Bài', '', '[]', '[]', '[]', '', '', 0, 0, 0)
    """,
    """
    INSERT INTO publications (article_id, topic_id, state, created_at, changed_at)
    VALUES (1, 'tin', 'released', 0, 0)
    """,
)


async def test_topics_keep_their_rules_and_nothing_is_set_over_the_configuration(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0034"))
        for statement in (*_FIRST_DATA, *_A_RULE_OF_ITS_OWN):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    own, usual = TopicId("rieng"), TopicId("tin")
    two = ApprovalRule(Approval.TWO, Unanswered.DROP, timedelta(hours=1))
    async with empty_db.write() as tx:
        assert await stored_settings.every(tx) == {}
        before = [await approval_rules.rule_of(tx, each) for each in (own, usual)]
        await approval_rules.set_usual(tx, replace(two, approval=Approval.ONE))
        after = [await approval_rules.rule_of(tx, each) for each in (own, usual)]
    assert (before, after) == ([two, NO_APPROVAL], [two, replace(two, approval=Approval.ONE)])


_A_RULE_OF_ITS_OWN = (
    """
    INSERT INTO topics
        (id, position, names, descriptions, hashtag, members_only, urgent, urgent_words, retired)
    VALUES ('rieng', 1, '{"vi": "Riêng"}', '{}', 'Rieng', false, false, '[]', false)
    """,
    """
    INSERT INTO topic_approvals (topic_id, approval, unanswered, unanswered_after_seconds)
    VALUES ('rieng', 'two', 'drop', 3600)
    """,
)


async def test_of_what_was_corrected_before_no_file_and_no_photo_is_known(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0019"))
        for statement in (*_A_CHAT, *_FIRST_DATA, *_CORRECTED_BEFORE):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.read() as tx:
        before = await corrections.before(tx, [DeliveryId(2)])
    assert before == {DeliveryId(2): Version("Tin mốt", "Tóm tắt.", files=None, photo=None)}
    async with empty_db.read() as tx:
        (corrected,) = await corrections.history(tx, ArticleId(1), Version("Tin hai", ""))
    assert (corrected.at, corrected.what.title, corrected.note) == (None, "Tin mốt", None)


_CORRECTED_BEFORE = (
    """
    INSERT INTO articles (id, key, url, title, summary, body, photos, attachments, author, source, revision,
        ranked_at, created_at)
    VALUES (1, 'a', 'https://bao.example/1', 'Tin một', '', '[]', '[]', '[]', '', '', 1, 2000, 2000)
    """,
    """
    INSERT INTO article_corrections (article_id, revision, title, summary)
    VALUES (1, 1, 'Tin mốt', 'Tóm tắt.')
    """,
    """
    INSERT INTO deliveries (id, account_id, chat_id, article_id, topic_id, revision, status, lane, digest,
        due_at, expires_at, claims, attempts, created_at)
    VALUES (1, 'telegram:1', 7, 1, 'tin', 0, 'sent', 2, false, 2000, 900000000, 0, 1, 2000),
        (2, 'telegram:1', 7, 1, 'tin', 1, 'pending', 2, false, 2000, 900000000, 0, 0, 2000)
    """,
)


async def test_what_was_released_before_is_listed_by_age_and_what_was_taken_down_is_not(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0029"))
        for statement in (*_FIRST_DATA, *_RELEASED_BEFORE):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    async with empty_db.write() as tx:
        listed = await released.newest(tx, TopicId("tin"), limit=10)
        places = (await tx.execute(select(released_articles.c.place))).scalars().all()
        await search.index(tx, 1, 2)
        anew = (await tx.execute(select(released_articles.c.place))).scalars().all()
    assert ([each.article.title for each in listed], sorted(places)) == (["Tin một", "Tin hai"], sorted(anew))


_RELEASED_BEFORE = (
    """
    INSERT INTO articles (id, key, url, title, summary, body, photos, attachments, author, source, revision,
        withdrawn_at, ranked_at, created_at)
    VALUES
        (1, 'a', 'https://bao.example/1', 'Tin một', '', '[]', '[]', '[]', '', '', 0, NULL, 1790000059999, 0),
        (2, 'b', 'https://bao.example/2', 'Tin hai', '', '[]', '[]', '[]', '', '', 0, NULL, 1780000000000, 0),
        (3, 'c', 'https://bao.example/3', 'Tin ba', '', '[]', '[]', '[]', '', '', 1, 3000, 1790000000000, 0),
        (4, 'd', 'https://bao.example/4', 'Tin bốn', '', '[]', '[]', '[]', '', '', 0, NULL, 1790000000000, 0)
    """,
    """
    INSERT INTO publications (article_id, topic_id, state, created_at, changed_at)
    VALUES (1, 'tin', 'released', 0, 0), (2, 'tin', 'released', 0, 0), (3, 'tin', 'recalled', 0, 0),
        (4, 'tin', 'stopped', 0, 0)
    """,
)


async def test_an_article_of_before_is_what_a_program_posts_later(
    empty_db: Database, empty_database_url: str
) -> None:
    async with empty_db.write() as tx:
        await tx.run_sync(upgraded_to("0010"))
        for statement in (*_A_CHAT, *_FIRST_DATA, *_OWED_BEFORE):
            await tx.execute(text(statement))

    await upgrade(empty_database_url)

    new = api_keys.NewApiKey("cms", frozenset(ApiScope), frozenset({TopicId("tin")}), "bantin_abc", "f" * 64)
    submission = Submission(ArticleId(1), SubmissionOutcome.KNOWN, "b" * 64)
    async with empty_db.write() as tx:
        key = await api_keys.add(tx, new, now=EPOCH)
        assert key
        which = SubmissionId(key.id, "k" * 64)
        await submissions.add(tx, which, submission, now=EPOCH)
        found = await api_keys.find(tx, "f" * 64), await submissions.find(tx, which)
        await tx.execute(text("DELETE FROM deliveries"))
        await tx.execute(text("DELETE FROM articles"))
        left = await submissions.find(tx, which)
    assert (found, left) == ((key, submission), None)


_OWED_BEFORE = (
    """
    INSERT INTO articles (id, key, url, title, summary, body, photos, attachments, author, source, revision,
        withdrawn_at, ranked_at, created_at)
    VALUES (1, 'a', 'https://bao.example/1', 'Tin một', '', '[]', '[]', '[]', '', '', 0, NULL, 2000, 2000),
        (2, 'b', 'https://bao.example/2', 'Tin hai', '', '[]', '[]', '[]', '', '', 1, 3000, 2000, 2000)
    """,
    "INSERT INTO article_topics (article_id, topic_id, created_at) VALUES (1, 'tin', 2000), (2, 'tin', 2000)",
    "INSERT INTO subscriptions (chat_id, topic_id, created_at) VALUES (7, 'tin', 1000)",
    """
    INSERT INTO deliveries (account_id, chat_id, article_id, topic_id, revision, status, lane, digest, due_at,
        expires_at, claims, attempts, created_at)
    VALUES ('telegram:1', 7, 1, 'tin', 0, 'pending', 2, false, 2000, 900000000, 0, 0, 2000)
    """,
)

_A_CHAT = (
    """
    INSERT INTO accounts (id, platform, name, created_at) VALUES ('telegram:1', 'telegram', 'bot', 1000)
    """,
    """
    INSERT INTO chats (id, account_id, chat, thread, kind, language, status, created_at)
    VALUES (7, 'telegram:1', '900', '', 'private', 'vi', 'active', 1000)
    """,
)
ACCOUNT = AccountId("telegram:1")

_ADMINS_OF_BEFORE = (
    """
    INSERT INTO admins (account_id, user_id, appointed_by, created_at, note)
    VALUES ('telegram:1', '901', '900', 1000, 'Lan'), ('telegram:1', '902', '900', 2000, NULL)
    """,
)
_CHOICES_OF_BEFORE = (
    """
    INSERT INTO chat_preferences (chat_id, quiet_mode, urgent, silent, photo, brief, time_zone)
    VALUES (7, 'silent', false, false, true, true, 'Asia/Ho_Chi_Minh')
    """,
    "INSERT INTO memberships (chat_id, topic_id, created_at) VALUES (7, 'tin', 1000)",
    """
    INSERT INTO invitations (account_id, topic_id, token_hash, most_uses, uses, created_at, expires_at)
    VALUES ('telegram:1', 'tin', 'hash', 10, 1, 1000, 2000)
    """,
    """
    INSERT INTO admins (account_id, user_id, appointed_by, created_at)
    VALUES ('telegram:1', '901', '900', 1000)
    """,
)

_FIRST_DATA = (
    """
    INSERT INTO topics
        (id, position, names, descriptions, hashtag, members_only, urgent, urgent_words, retired)
    VALUES ('tin', 0, '{"vi": "Tin"}', '{}', 'Tin', false, false, '[]', false)
    """,
    """
    INSERT INTO feeds
        (id, topic_id, position, name, url, kind, interval_seconds, listing, page, verified, adapts, origin,
        retired, paused, first_polled_at, failures, next_poll_at)
    VALUES ('bao', 'tin', 0, 'Báo', 'https://bao.example/rss', 'auto', 600, '{}', '{}', true, true,
        'configured', false, false, 1000, 0, 2000)
    """,
)


_UNDER_OLD_NAMES = (
    "INSERT INTO holds (feed_id, held_at, ask_at) VALUES ('bao', 2000, 3000)",
    """
    INSERT INTO held_entries (hold_id, entry)
    VALUES (1, '{"title": "Tin một", "link": "https://bao.example/1"}')
    """,
    "INSERT INTO feed_paces (feed_id, wish_seconds) VALUES ('bao', 300)",
    "INSERT INTO traces (account_id, kind, chat, at) VALUES ('telegram:1', 'replied', '900', 4000)",
)


def _differences(connection: Connection) -> Any:
    options = {"compare_type": True, "compare_server_default": True, "include_name": _is_ours}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def _is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave out what stands in no table of ours: each database has its own index of words."""
    return not (
        (kind == "table" and str(name).startswith("article_index"))
        or (kind == "index" and name == "ix_article_words_words")
    )


async def _definitions(db: Database) -> dict[str, str]:
    """Return the definition of every index, and on SQLite of every table, in the database's own words."""
    queries = {
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'trigger'"
        " AND name NOT LIKE 'alembic%'",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
    }
    async with db.read() as tx:
        rows = (await tx.execute(text(queries[db.dialect]))).all()
    return {name: re.sub(r"\s+", " ", definition) for name, definition in rows}
