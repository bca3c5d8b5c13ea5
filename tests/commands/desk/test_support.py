"""Somebody asks for help, and those who may see by their id what they subscribe to and got."""

import pytest

from bot.commands.base.callbacks import Agree
from bot.commands.desk.support import HelpRecipient, SupportStep
from bot.domain.chats.chat import Address, ChatKind
from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.desk.audit import AuditAction
from bot.domain.desk.roles import Role
from bot.domain.news.article import ArticleId
from bot.domain.reason import Reason, ReasonCode
from bot.i18n import LANGUAGES
from bot.store.chats import chats
from bot.store.outbox import outbox
from bot.store.runtime import audit
from bot.store.runtime.admins import Appointment
from tests.commands.stage import HOME, OWNER, Person, Stage, to, wording
from tests.fakes import ACCOUNT
from tests.personal import traces
from tests.store import world

READER, PUBLISHER, LIMITED = "7755331", "44", "45"


@pytest.fixture
async def reader(stage: Stage) -> Person:
    """Somebody who subscribes to one topic, and was refused the one article in it."""
    person = stage.person(READER)
    await person.types("/dangky trong nước")
    await person.taps(Agree)
    await stage.publish("Tin sáng", hour=1)
    now = stage.clock.now()
    async with stage.database.write() as tx:
        fanout = outbox.NewFanout(article=ArticleId(1), topic=HOME, due_at=now, expires_at=now + world.DAYS)
        await outbox.enqueue(tx, fanout, now=now)
        claimant = outbox.Claimant(account=ACCOUNT, owner="one", lease=world.MINUTE)
        (delivery,) = (await outbox.claim(tx, claimant, now=now, limit=9, usual=world.USUAL)).deliveries
    reason = Reason(ReasonCode.MESSAGE_REFUSED, "too long").stored()
    refused = Settlement(delivery.id, DeliveryStatus.REJECTED, 1, reason=reason)
    await world.settle(stage.database, refused, now=now)
    return person


async def actions(stage: Stage) -> list[AuditAction]:
    async with stage.database.read() as tx:
        return [line.act.action for line in await audit.newest(tx, limit=100)]


async def test_their_subscriptions_settings_and_deliveries_are_shown_with_reasons(
    stage: Stage, reader: Person
) -> None:
    owner = stage.person(OWNER)

    asked = await owner.types("/nguoinhan")
    said = await owner.types(f"fake:{READER}")

    assert asked == wording("support-how")
    assert wording("data-chat", chat=READER) in said
    assert "• Hoạt động trong nước (từ 08:30 ngày 02/03/2026)" in said
    assert "Tin sáng – bị ứng dụng nhắn tin từ chối: " in said
    assert "too long" in said
    assert await actions(stage) == [AuditAction.CHAT_LOOKED_UP]
    assert reader.seen
    assert to(owner.answer, reader.address) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_subscription_is_ended_at_their_wish_and_they_are_told(
    stage: Stage, reader: Person, language: str
) -> None:
    owner = stage.person(OWNER, language)
    await owner.types(f"/nguoinhan {READER}")

    asked = await owner.taps(HelpRecipient, step=SupportStep.UNSUBSCRIBE, topic=HOME)
    done = await owner.taps(HelpRecipient, sure=True)
    told = reader.looks(owner.answer)

    assert READER in asked
    assert wording("support-unsubscribed", language) in done
    assert "Hoạt động trong nước" in told
    assert await reader.subscriptions() == ()
    assert AuditAction.CHAT_UNSUBSCRIBED in await actions(stage)


async def test_what_was_ended_already_is_said_and_nobody_is_told(stage: Stage, reader: Person) -> None:
    owner = stage.person(OWNER)
    await owner.types(f"/nguoinhan {READER}")
    await reader.types("/huy")

    await owner.taps(HelpRecipient, step=SupportStep.UNSUBSCRIBE)
    said = await owner.taps(HelpRecipient, sure=True)

    assert wording("support-not-subscribed") in said
    assert to(owner.answer, reader.address) == []


async def test_everything_is_deleted_at_their_wish_as_they_could_themselves(
    stage: Stage, reader: Person
) -> None:
    owner, here = stage.person(OWNER), await stage.chat(reader.address)
    assert here
    await owner.types(f"/nguoinhan {READER}")
    await owner.taps(HelpRecipient, step=SupportStep.ERASE)

    said = await owner.taps(HelpRecipient, sure=True)

    assert said == wording("support-erased")
    assert owner.answer.is_erasure
    assert await stage.chat(reader.address) is None
    async with stage.database.read() as tx:
        assert await traces(tx, chat=here.id, user=READER) == []
    assert (await actions(stage))[0] is AuditAction.CHAT_ERASED


async def test_whoever_changes_their_mind_is_shown_the_person_again(stage: Stage, reader: Person) -> None:
    owner = stage.person(OWNER)
    await owner.types(f"/nguoinhan {READER}")
    await owner.taps(HelpRecipient, step=SupportStep.ERASE)

    said = await owner.types("không")

    assert wording("data-chat", chat=READER) in said
    assert await stage.chat(reader.address)


async def test_who_manages_the_bot_is_not_deleted_by_others(stage: Stage) -> None:
    await stage.appoints(PUBLISHER, Appointment((Role.PUBLISHER,)))
    publisher = stage.person(PUBLISHER)
    await publisher.types("/start")
    await stage.person(OWNER).types("/start")
    await publisher.types(f"/nguoinhan {OWNER}")
    await publisher.taps(HelpRecipient, step=SupportStep.ERASE)

    said = await publisher.taps(HelpRecipient, sure=True)

    assert said == wording("support-erases-no-manager")
    assert await stage.chat(stage.person(OWNER).address)


async def test_only_publishers_of_all_topics_may_look(stage: Stage, reader: Person) -> None:
    await stage.appoints(PUBLISHER, Appointment((Role.PUBLISHER,)))
    await stage.appoints(LIMITED, Appointment((Role.PUBLISHER,), frozenset({HOME})))
    await stage.appoints("46", Appointment((Role.READER, Role.FEEDS)))

    said = {
        user: await stage.person(user).types(f"/nguoinhan {READER}") for user in (PUBLISHER, LIMITED, "46")
    }
    stranger = await stage.person("47").types(f"/nguoinhan {READER}")

    assert READER in said[PUBLISHER]
    assert not any(READER in text for text in (said[LIMITED], said["46"], stranger))
    assert await actions(stage) == [AuditAction.CHAT_LOOKED_UP]


async def test_of_whom_nothing_is_stored_that_is_said_and_the_look_is_kept(stage: Stage) -> None:
    said = await stage.person(OWNER).types("/nguoinhan 123")

    assert said == wording("support-none")
    assert await actions(stage) == [AuditAction.CHAT_LOOKED_UP]


async def test_each_topic_of_a_forum_is_looked_up_by_itself(stage: Stage) -> None:
    async with stage.database.write() as tx:
        for thread in (None, "7"):
            await chats.register(
                tx,
                Address(ACCOUNT, "-500", thread),
                kind=ChatKind.SUPERGROUP,
                language="vi",
                title="Nhóm",
                now=stage.clock.now(),
            )
    owner = stage.person(OWNER)

    asked = await owner.types("/nguoinhan -500")
    said = await owner.taps(wording("button-support-thread", thread="7"))

    assert asked == wording("support-threads")
    assert "Nhóm nhận tin" in said
    assert "Hủy mọi đăng ký" not in owner.labels
    assert await actions(stage) == [AuditAction.CHAT_LOOKED_UP] * 2


async def test_a_person_who_was_deleted_meanwhile_is_not_found(stage: Stage, reader: Person) -> None:
    owner = stage.person(OWNER)
    await owner.types(f"/nguoinhan {READER}")
    await reader.types("/xoadulieu")
    await reader.sends("1z.!")

    said = await owner.taps(HelpRecipient, step=SupportStep.LOOK)

    assert said == wording("support-none")
