"""What goes first, what waits for the end of quiet hours, and in what manner it goes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.chats.chat import AccountId, ChatId
from bot.domain.chats.preferences import (
    AT_ONCE,
    MessageOptions,
    Preferences,
    QuietHours,
    QuietMode,
    Schedule,
    Timing,
)
from bot.domain.delivery.delivery import Delivery
from bot.domain.delivery.fair_queue import Lane
from bot.store.articles import revisits
from bot.store.chats import preferences
from bot.store.engine.database import Database
from bot.store.outbox import claims as claims_module
from bot.store.outbox import digest_times, outbox
from tests.store.world import (
    ACCOUNT,
    DAYS,
    DOMESTIC,
    MINUTE,
    NOW,
    SECOND,
    USUAL,
    choose,
    claim,
    of,
    publish,
    rows,
    save,
    sent,
    settle,
    subscribe,
)

EVENING = Schedule(Timing.DAILY, 18)
AT_EVENING = datetime(2026, 3, 2, 11, tzinfo=UTC)
# 23:00 in Viet Nam, and the end of the usual quiet hours after it.
NIGHT = datetime(2026, 3, 2, 16, tzinfo=UTC)
DAWN = datetime(2026, 3, 2, 23, tzinfo=UTC)
WAITING = replace(USUAL, quiet_mode=QuietMode.WAIT)


async def prefer(db: Database, chat: ChatId, preferred: Preferences, now: datetime = NOW) -> None:
    async with db.write() as tx:
        await preferences.save(tx, chat, preferred, usual=USUAL, now=now)


async def publish_urgent(db: Database, number: int, now: datetime = NOW) -> None:
    async with db.write() as tx:
        article = await save(tx, number)
        end = now + DAYS
        await outbox.enqueue(
            tx,
            outbox.NewFanout(article=article, topic=DOMESTIC.id, urgent=True, due_at=now, expires_at=end),
            now=now,
        )


async def next_at(db: Database, now: datetime) -> datetime | None:
    async with db.write() as tx:
        claimed = await outbox.claim(
            tx, outbox.Claimant(account=ACCOUNT, owner="one", lease=MINUTE), now=now, limit=9, usual=USUAL
        )
    return claimed.next_at


def manners(claimed: tuple[Delivery, ...]) -> list[MessageOptions]:
    return [delivery.manner for delivery in claimed]


async def test_urgent_news_goes_first_and_corrections_last(store: Database) -> None:
    one, two, three = await subscribe(store, "1", "2", "3")
    corrected = await publish(store, 1)
    await settle(store, *map(sent, await claim(store)))
    async with store.write() as tx:
        await outbox.enqueue(
            tx,
            outbox.NewFanout(
                article=corrected, topic=DOMESTIC.id, revision=1, due_at=NOW, expires_at=NOW + DAYS
            ),
            now=NOW,
        )
    await publish(store, 2, due_at=NOW + SECOND)
    await publish_urgent(store, 3, NOW + 2 * SECOND)
    lanes = []

    for _ in range(3):
        claimed = await claim(store, now=NOW + MINUTE)
        assert [delivery.chat for delivery in claimed] == [one, two, three]
        lanes += [claimed[0].lane]
        await settle(store, *map(sent, claimed))

    assert lanes == [Lane.URGENT, Lane.NEWS, Lane.CORRECTION]


async def test_where_turns_are_taken_an_article_goes_first_to_whose_turn_it_is_and_round_to_those_before(
    store: Database,
) -> None:
    people = await subscribe(store, "1", "2", "3", "4", "5")
    for number in (1, 2):
        await publish(store, number, due_at=NOW - MINUTE * (2 - number))

    claimed: list[str] = []
    for _ in range(10):
        got = await claim(store, limit=1, first=people[2])
        claimed += [each.address.chat for each in got]
        await settle(store, *(sent(each) for each in got))

    assert claimed == ["3", "4", "5", "1", "2"] * 2


async def test_what_cannot_go_does_not_hide_whose_turn_comes_later(store: Database) -> None:
    """A claim looks at one at first, then at more behind it."""
    people = await subscribe(store, "1", "2", "3", "4", "5")
    await publish(store)
    closed = dict.fromkeys((*people[2:], people[0]), NOW + MINUTE)

    (left,) = await claim(store, limit=1, closed=closed, first=people[2])

    assert left.chat == people[1]


async def test_who_gets_news_at_once_is_known_by_account(store: Database) -> None:
    people = await subscribe(store, "1", "2", "3")
    await choose(store, people[1], schedule=EVENING)

    async with store.read() as tx:
        here = await digest_times.served_at_once(tx, ACCOUNT)
        elsewhere = await digest_times.served_at_once(tx, AccountId("other:1"))

    assert (here, elsewhere) == ([people[0], people[2]], [])


@pytest.mark.parametrize(
    ("preferred", "now", "manner"),
    [
        (USUAL, NOW, MessageOptions()),
        (USUAL, NIGHT, MessageOptions(silent=True)),
        (replace(USUAL, quiet=None), NIGHT, MessageOptions()),
        (replace(USUAL, silent=True, photo=False, brief=True), NOW, MessageOptions(True, False, True)),
        (WAITING, NOW, MessageOptions()),
        (WAITING, NIGHT, None),
        (replace(WAITING, time_zone="Europe/Berlin"), NIGHT, MessageOptions()),
    ],
)
async def test_what_comes_in_quiet_hours_comes_silently_or_waits(
    store: Database, preferred: Preferences, now: datetime, manner: MessageOptions | None
) -> None:
    (chat,) = await subscribe(store, "1")
    await prefer(store, chat, preferred)
    await publish(store)

    assert manners(await claim(store, now=now)) == ([manner] if manner else [])


async def test_what_waits_for_the_end_of_quiet_hours_goes_then_and_in_its_order(store: Database) -> None:
    waiting, other = await subscribe(store, "1", "2")
    await prefer(store, waiting, WAITING)
    first = await publish(store, 1, due_at=NIGHT)
    second = await publish(store, 2, due_at=NIGHT + MINUTE)

    at_night = await claim(store, now=NIGHT + 2 * MINUTE)
    await settle(store, *map(sent, at_night))
    later = await claim(store, now=NIGHT + 3 * MINUTE)
    await settle(store, *map(sent, later))
    nothing = await claim(store, now=DAWN - SECOND)
    morning = []
    for _ in range(2):
        claimed = await claim(store, now=DAWN)
        await settle(store, *map(sent, claimed))
        morning += of(claimed)

    assert [*of(at_night), *of(later)] == [(other, first), (other, second)]
    assert nothing == ()
    assert morning == [(waiting, first), (waiting, second)]


async def test_nobody_is_behind_with_what_waits_for_the_end_of_quiet_hours(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await prefer(store, chat, WAITING)
    await publish(store, 1, due_at=NIGHT)
    await claim(store, now=NIGHT)

    async with store.read() as tx:
        backlog = await outbox.backlog(tx, now=DAWN - MINUTE)

    assert (backlog.pending, backlog.due, backlog.oldest_due_at) == (1, 0, None)
    assert await next_at(store, NIGHT + MINUTE) == DAWN


async def test_who_gives_up_quiet_hours_gets_at_once_what_waited_for_their_end(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await prefer(store, chat, WAITING)
    await publish(store, 1, due_at=NIGHT)
    await claim(store, now=NIGHT)

    await prefer(store, chat, USUAL, NIGHT + MINUTE)

    assert manners(await claim(store, now=NIGHT + MINUTE)) == [MessageOptions(silent=True)]


@pytest.mark.parametrize("allowed", [False, True])
async def test_urgent_news_breaks_through_only_where_people_let_it(store: Database, *, allowed: bool) -> None:
    at_once, digest = await subscribe(store, "1", "2")
    for chat in (at_once, digest):
        await prefer(store, chat, replace(WAITING, urgent=allowed))
    await choose(store, digest, schedule=EVENING)

    await publish_urgent(store, 1, NIGHT)

    claimed = await claim(store, now=NIGHT)
    if allowed:
        assert [(each.chat, each.digest, each.manner) for each in claimed] == [
            (at_once, False, MessageOptions()),
            (digest, False, MessageOptions()),
        ]
    else:
        tomorrow = AT_EVENING + timedelta(days=1)
        assert (claimed, await rows(store, "due_at")) == ((), [(DAWN,), (tomorrow,)])


async def test_urgent_news_that_waits_follows_what_is_chosen_for_it(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await choose(store, chat, schedule=EVENING)
    await publish_urgent(store, 1)
    await publish(store, 2)
    seen = []

    for urgent in (True, False):
        await prefer(store, chat, replace(USUAL, urgent=urgent), NOW + MINUTE)
        seen.append(await rows(store, "due_at", "digest"))

    ordinary = (AT_EVENING, True)
    assert seen == [[(NOW + MINUTE, False), ordinary], [ordinary, ordinary]]


async def test_an_article_that_becomes_urgent_by_another_topic_goes_first(store: Database) -> None:
    await subscribe(store, "1")
    await publish(store, 1)

    await publish_urgent(store, 1)

    assert await rows(store, "lane") == [(Lane.URGENT,)]


@pytest.mark.parametrize("schedule", [AT_ONCE, EVENING])
async def test_a_claim_that_finds_nothing_says_when_to_ask_again(store: Database, schedule: Schedule) -> None:
    (chat,) = await subscribe(store, "1")
    await choose(store, chat, schedule=schedule)
    await publish(store, 1, due_at=NOW + MINUTE)

    due_at = NOW + MINUTE if schedule == AT_ONCE else AT_EVENING
    assert await next_at(store, NOW) == due_at
    await settle(store, *map(sent, await claim(store, now=due_at)))
    assert await next_at(store, due_at) is None


async def test_a_claim_that_has_only_put_off_much_says_to_go_on_at_once(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims_module, "_LOOKED_AT", 2)
    subscribers = await subscribe(store, "1", "2", "3")
    for chat in subscribers:
        await prefer(store, chat, WAITING)
    await publish(store)

    async with store.write() as tx:
        claimed = await outbox.claim(
            tx, outbox.Claimant(account=ACCOUNT, owner="one", lease=MINUTE), now=NIGHT, limit=2, usual=USUAL
        )

    assert claimed == outbox.Claimed((), NIGHT)


async def test_quiet_hours_do_not_keep_corrections_back(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    quiet = replace(WAITING, quiet=QuietHours(8 * 60, 9 * 60))
    article = await publish(store)
    await settle(store, *map(sent, await claim(store)))
    await prefer(store, chat, quiet)
    async with store.write() as tx:
        await outbox.enqueue(
            tx,
            outbox.NewFanout(
                article=article, topic=DOMESTIC.id, revision=1, due_at=NOW, expires_at=NOW + DAYS
            ),
            now=NOW,
        )

    assert [delivery.revision for delivery in await claim(store)] == [1]


async def test_all_that_is_due_of_a_digest_is_claimed_together(store: Database) -> None:
    one, two, three = await subscribe(store, "1", "2", "3")
    for chat in (one, two):
        await choose(store, chat, schedule=EVENING)
    articles = [await publish(store, number) for number in range(1, 4)]

    claimed = await claim(store, now=AT_EVENING)

    digests = [(chat, article) for chat in (one, two) for article in articles]
    assert of(claimed) == [(three, articles[0]), *digests]
    assert of(await claim(store, now=AT_EVENING)) == [(three, articles[1])]


async def test_a_digest_takes_no_more_than_a_message_can_hold_and_the_rest_comes_next(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims_module, "MOST_IN_DIGEST", 2)
    (chat,) = await subscribe(store, "1")
    await choose(store, chat, schedule=EVENING)
    articles = [await publish(store, number) for number in range(1, 4)]
    claimed = []

    for _ in range(3):
        batch = await claim(store, now=AT_EVENING)
        claimed.append([article for _, article in of(batch)])
        await settle(store, *map(sent, batch), now=AT_EVENING)

    assert claimed == [articles[:2], articles[2:], []]


async def test_one_claim_takes_digests_for_some_chats_only(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claims_module, "DIGESTS_AT_ONCE", 2)
    subscribers = await subscribe(store, "1", "2", "3")
    for chat in subscribers:
        await choose(store, chat, schedule=EVENING)
    await publish(store, 1)
    await publish(store, 2)

    claims = [[chat for chat, _ in of(await claim(store, now=AT_EVENING))] for _ in range(3)]

    one, two, three = subscribers
    assert claims == [[one, one, two, two], [three, three], []]


async def test_what_is_not_wanted_any_more_is_no_part_of_a_digest(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await choose(store, chat, schedule=EVENING)
    await publish(store, 1, expires_at=NOW)
    wanted = await publish(store, 2)
    withdrawn = await publish(store, 3)
    async with store.write() as tx:
        await revisits.withdraw(tx, withdrawn, NOW)

    claimed = await claim(store, now=AT_EVENING)

    assert of(claimed) == [(chat, wanted)]


async def test_a_digest_that_was_given_back_is_claimed_again_with_what_came_since(store: Database) -> None:
    (chat,) = await subscribe(store, "1")
    await choose(store, chat, schedule=EVENING)
    first = await publish(store, 1)
    claimed = await claim(store, now=AT_EVENING)
    async with store.write() as tx:
        await outbox.release(tx, [delivery.id for delivery in claimed], owner="one")
    async with store.write() as tx:
        second = await save(tx, 2)
        await outbox.enqueue(
            tx,
            outbox.NewFanout(article=second, topic=DOMESTIC.id, due_at=NOW, expires_at=NOW + DAYS),
            now=NOW,
        )

    assert of(await claim(store, now=AT_EVENING)) == [(chat, first), (chat, second)]
