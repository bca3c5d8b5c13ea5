"""Somebody who floods the bot is told once, then met with silence, and costs others nothing."""

import asyncio

import pytest
from sqlalchemy import Engine, event

from bot.commands.base.callbacks import Agree
from bot.commands.runtime.dispatcher import CONCURRENCY, UpdateDispatcher
from bot.commands.runtime.throttle import FloodControl
from bot.domain.chats.chat import Address, ChatKind, Incoming, InlineQuery, TextReceived, UpdateSender
from bot.domain.chats.courtesy import ThrottleDecision, ThrottleRules
from bot.store.engine.database import Database
from bot.store.runtime import updates
from tests.commands.runtime.test_dispatcher import Outbox, store, stored, tapped, typed
from tests.commands.stage import HOME, OWNER, Stage, wording
from tests.fakes import ACCOUNT
from tests.plain_messenger import PLAIN_TEXT

BURST = 8
NOTICE = (
    "Bot nhận được quá nhiều yêu cầu trong thời gian ngắn nên tạm ngừng trả lời trong 1 phút. Mong bạn thông"
    " cảm; các lệnh /huy và /xoadulieu vẫn được thực hiện ngay."
)


@pytest.fixture
async def strict(sqlite_db: Database) -> Stage:
    stage = await Stage.open(sqlite_db)
    stage.throttle = ThrottleRules(burst=BURST)
    return stage


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture
def inbox(strict: Stage, outbox: Outbox) -> UpdateDispatcher:
    return UpdateDispatcher(strict.conversation, reply=outbox.reply)


async def test_a_flood_is_answered_for_a_moment_noticed_once_and_then_ignored(
    strict: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    await store(strict, *[typed("/trogiup")] * 500, typed("/trogiup", user="78"))

    await inbox.drain()

    lines = [line for chat, line in outbox.sent if chat == "77"]
    assert lines == [*[wording("help-title")] * BURST, NOTICE]
    assert ("78", wording("help-title")) in outbox.sent
    assert await stored(strict) == []


async def test_what_is_ignored_costs_few_transactions(strict: Stage, inbox: UpdateDispatcher) -> None:
    await store(strict, *[typed("/trogiup")] * 1000)
    commits = 0

    def count(_: object) -> None:
        nonlocal commits
        commits += 1

    event.listen(Engine, "commit", count)
    await inbox.drain()
    event.remove(Engine, "commit", count)

    assert commits < 200


async def test_after_the_mute_the_bot_answers_again(
    strict: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    await store(strict, *[typed("/trogiup")] * 20)
    await inbox.drain()
    outbox.sent.clear()

    strict.clock.advance(61)
    await later(strict, typed("/trogiup"))
    await inbox.drain()

    assert outbox.sent == [("77", wording("help-title"))]


async def test_stopping_and_deleting_are_heard_even_in_a_flood(
    strict: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    person = strict.person()
    await person.types("/dangky trong nước")
    await person.taps(Agree)
    assert await person.subscriptions() == (HOME,)

    await store(strict, *[typed("/trogiup")] * 50, typed("/huy"), *[typed("x")] * 50)
    await inbox.drain()
    after_stopping = await person.subscriptions()
    await later(strict, typed("/xoadulieu"), tapped("1z.!"))
    await inbox.drain()

    assert after_stopping == ()
    begun = (wording("unsubscribed-title"), "Toàn bộ dữ liệu", "Đã xóa toàn bộ dữ liệu.")
    last = [line for _, line in outbox.sent][-3:]
    assert [line.startswith(words) for line, words in zip(last, begun, strict=True)] == [True] * 3
    assert await strict.chat(person.address) is None


async def test_a_flood_of_stopping_is_obeyed_and_soon_not_answered(
    strict: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    await store(strict, *[typed("/huy")] * 100)

    await inbox.drain()

    vital = strict.throttle.vital_burst
    assert (len(outbox.sent), await stored(strict)) == (BURST + vital, [])


async def test_a_flood_of_taps_is_noticed_over_the_button(
    strict: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    await store(strict, *[tapped("1o.help")] * 40)

    await inbox.drain()

    assert len(outbox.sent) == BURST
    toasts = [text for _, text in strict.messenger.acknowledged]
    assert toasts == [*[None] * BURST, NOTICE]


async def test_without_buttons_a_number_may_confirm_the_deletion(strict: Stage, outbox: Outbox) -> None:
    strict.messenger.capabilities = PLAIN_TEXT
    await store(strict, *[typed("/trogiup")] * 20, typed("/huy"), typed("1"))

    await UpdateDispatcher(strict.conversation, reply=outbox.reply).drain()

    assert len(outbox.sent) == BURST + 3


async def test_one_person_in_a_group_does_not_silence_the_bot_for_the_others(
    strict: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    await store(strict, *[in_group("/trogiup", "77")] * 30, in_group("/trogiup", "78"))

    await inbox.drain()

    lines = [line for _, line in outbox.sent]
    assert (lines.count(wording("help-title")), lines.count(NOTICE)) == (BURST // 4 + 1, 1)


@pytest.mark.parametrize("burst", [BURST, 20])
@pytest.mark.parametrize("said", ["/trogiup", "/huy", "@bantin_bot 1"])
async def test_whatever_one_member_repeats_for_half_an_hour_another_one_is_answered_each_minute(
    strict: Stage, burst: int, said: str
) -> None:
    strict.messenger.capabilities = PLAIN_TEXT
    strict.throttle = ThrottleRules(burst=burst)
    floods = FloodControl(strict.conversation.context)
    others = []

    for second in range(1800):
        strict.clock.advance(1)
        floods.judge(in_group(said, "77"))
        if second % 60 == 30:
            others.append(floods.judge(in_group("/moinhat", "78")))

    assert others == [ThrottleDecision.ANSWER] * 30


async def test_a_group_is_answered_for_a_moment_however_many_ask_there(
    strict: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    members = [in_group("/trogiup", str(user)) for user in range(100, 130)]
    await store(strict, *members, in_group("/trogiup", OWNER))

    await inbox.drain()

    lines = [line for _, line in outbox.sent]
    assert (lines.count(wording("help-title")), lines.count(NOTICE)) == (BURST // 2 + 1, 1)


async def test_ordinary_talk_in_a_group_is_no_flood(
    strict: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    await store(
        strict,
        *[in_group("chào cả nhà", "77", addressed=False)] * 50,
        in_group("/trogiup", "77"),
    )

    await inbox.drain()

    assert [line for _, line in outbox.sent] == [wording("help-title")]


async def test_a_flood_of_inline_questions_is_ignored_in_silence(
    strict: Stage, inbox: UpdateDispatcher
) -> None:
    asked = [InlineQuery(f"q{number}", UpdateSender("77", "vi"), "tin") for number in range(200)]
    await store(strict, *asked, InlineQuery("other", UpdateSender("78", "vi"), "tin"))

    await inbox.drain()

    answered = [query for query, _ in strict.messenger.offered]
    assert (len(answered), "other" in answered, await stored(strict)) == (61, True, [])


async def test_many_floods_at_once_leave_places_for_everybody_else(
    strict: Stage, inbox: UpdateDispatcher, outbox: Outbox
) -> None:
    crowd = [str(number) for number in range(100, 100 + 2 * CONCURRENCY)]
    outbox.slow = frozenset(crowd)
    outbox.go.set()
    await store(strict, *[typed("/trogiup", user=user) for user in crowd for _ in range(BURST // 3)])
    await inbox.drain()
    outbox.sent.clear()
    outbox.go.clear()
    outbox.arrived.clear()

    await later(
        strict, *[typed("/trogiup", user=user) for user in crowd], typed("/trogiup", user="78"), first=1000
    )
    running = asyncio.create_task(inbox.run())
    await asyncio.wait_for(outbox.arrived.wait(), 10)
    first = list(outbox.sent)
    outbox.go.set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert first == [("78", wording("help-title"))]


def in_group(text: str, user: str, *, addressed: bool = True) -> TextReceived:
    return TextReceived(
        Address(ACCOUNT, "-5"), ChatKind.SUPERGROUP, UpdateSender(user, "vi"), text, addressed=addressed
    )


async def later(stage: Stage, *incoming: Incoming, first: int = 5000) -> None:
    """Store further updates, behind those that are there."""
    numbers = range(first, first + len(incoming))
    stage.messenger.incoming |= {str(number): each for number, each in zip(numbers, incoming, strict=True)}
    async with stage.database.write() as tx:
        await updates.save(tx, ACCOUNT, [(number, str(number)) for number in numbers], now=stage.clock.now())
