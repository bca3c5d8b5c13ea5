"""An account that publishes: the owners are told of its tokens elsewhere, and nobody is told through it."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.chats.chat import AccountId
from bot.domain.messaging.messenger import PageLimits
from bot.domain.messaging.tokens import StoredTokens
from bot.i18n import FormOfAddress
from bot.services.operations.alerts import Alerts
from bot.services.operations.managed_account import AccountHealth
from bot.store.coordination import account_tokens
from bot.store.engine.database import Database
from bot.store.runtime import alerts
from tests.commands.stage import OWNER, texts, words
from tests.fakes import MESSENGER_CAPABILITIES, FakeClock, FakeMessenger
from tests.managed import FakeAccount
from tests.services.operations.test_alerts import RULES
from tests.store.world import ACCOUNT, NOW, prepare

OA = AccountId("zalo_oa:4250001")
DAY = timedelta(days=1)
PAGES = replace(MESSENGER_CAPABILITIES, pages=PageLimits(150, 50, 300, 10))


def publishing(**state: object) -> FakeAccount:
    messenger = FakeMessenger(account=OA, capabilities=PAGES)
    return FakeAccount(OA, owners=frozenset({OWNER}), messenger=messenger, state=AccountHealth(**state))  # type: ignore[arg-type]


async def refreshed(database: Database, clock: FakeClock) -> None:
    now = clock.now()
    async with database.write() as tx:
        await account_tokens.save(tx, OA, StoredTokens("a", "r", "o", now + DAY, now))


async def test_access_that_nothing_renews_is_told_before_it_ends_and_when_it_is_renewed(db: Database) -> None:
    await prepare(db)
    clock, oa = FakeClock(NOW), publishing()
    speaking = FakeAccount(ACCOUNT, owners=frozenset({OWNER}))
    watch = Alerts(db, clock, texts(FormOfAddress.YOU), RULES, [oa, speaking])
    await refreshed(db, clock)

    async def told(days: int) -> str:
        clock.advance(days * DAY.total_seconds())
        speaking.said.clear()
        await watch.check()
        return "\n".join(words(message) for _, message in speaking.said)

    early, late = await told(59), await told(1)
    await refreshed(db, clock)
    over = await told(1)

    assert early == ""
    assert f"quyền truy cập của tài khoản {OA}" in late
    ends = (NOW + 90 * DAY).strftime("%d/%m/%Y")
    assert ends in late
    assert f"Quyền truy cập của tài khoản {OA} đã được gia hạn" in over
    assert oa.said == []


async def test_a_process_that_has_nothing_but_the_publishing_account_tells_nobody_and_notes_nothing(
    db: Database,
) -> None:
    """Another process has the account that people write to, and tells the owners."""
    await prepare(db)
    elsewhere = FakeAccount(ACCOUNT, owners=frozenset({OWNER}), state=AccountHealth(ours=False))
    oa = publishing()
    clock = FakeClock(NOW)
    watch = Alerts(db, clock, texts(FormOfAddress.YOU), RULES, [oa, elsewhere])
    await refreshed(db, clock)
    clock.advance(70 * DAY.total_seconds())
    await watch.check()
    async with db.read() as tx:
        standing = await alerts.standing(tx)

    assert (oa.said, elsewhere.said, tuple(standing)) == ([], [], ())
