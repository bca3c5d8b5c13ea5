import math
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.delivery.chat_queue import BlockedBy
from bot.domain.delivery.fair_queue import FairQueue, Lane, Ticket
from bot.domain.delivery.sliding_window import GUARD, PROBE_EVERY, PacingRules, Window

RULES = PacingRules(account=Window(5, 1.0), private=Window(2, 2.0), shared=Window(3, 5.0))


@dataclass(frozen=True)
class Wish:
    """Somebody wants to write to a chat; the server gets it after *up* and its answer takes *down*.

    *weight* is how many photos an album has.
    """

    at: float
    chat: int
    lane: Lane = Lane.NEWS
    up: float = 0.01
    down: float = 0.01
    weight: int = 1


@dataclass(frozen=True)
class Arrival:
    at: float
    granted_at: float
    wish: Wish


def is_shared(chat: int) -> bool:
    return chat < 0


def play(limits: FairQueue, wishes: Sequence[Wish]) -> list[Arrival]:
    """Let time pass until every wish is granted and answered; return the arrivals as the server saw them."""
    events: list[tuple[float, int, Wish | Ticket]] = [(w.at, number, w) for number, w in enumerate(wishes)]
    events.sort(key=lambda event: event[:2])
    line: dict[Ticket, Wish] = {}
    arrivals: list[Arrival] = []
    number, now = len(wishes), 0.0
    while events or line:
        now = max(now, min(events[0][0] if events else math.inf, limits.ask_at if line else math.inf))
        assert now < math.inf, "somebody waits for ever"
        while events and events[0][0] <= now:
            match heappop(events)[2]:
                case Ticket() as ticket:
                    limits.answered(ticket, now)
                case wish:
                    ticket = limits.join(
                        wish.chat,
                        shared=is_shared(wish.chat),
                        lane=wish.lane,
                        order=wish.at,
                        weight=wish.weight,
                    )
                    line[ticket] = wish
        while granted := limits.grant(now):
            wish = line.pop(granted)
            arrivals.append(Arrival(now + wish.up, now, wish))
            number += 1
            heappush(events, (now + wish.up + wish.down, number, granted))
    return arrivals


def most_in_a_window(moments: Sequence[float], period: float) -> int:
    """Return the most arrivals that any half-open window of *period* holds."""
    moments = sorted(moments)
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moments[first] <= moment - period:
            first += 1
        most = max(most, last - first + 1)
    return most


def assert_within(rules: PacingRules, arrivals: Sequence[Arrival]) -> None:
    by_chat: dict[int, list[float]] = defaultdict(list)
    for arrival in arrivals:
        # To one person an album is one message.
        times = arrival.wish.weight if is_shared(arrival.wish.chat) else 1
        by_chat[arrival.wish.chat] += [arrival.at] * times
    in_all = [a.at for a in arrivals for _ in range(a.wish.weight)]
    assert most_in_a_window(in_all, rules.account.period) <= rules.account.limit
    for chat, moments in by_chat.items():
        window = rules.shared if is_shared(chat) else rules.private
        assert most_in_a_window(moments, window.period) <= window.limit


WISHES = st.lists(
    st.builds(
        Wish,
        at=st.floats(0, 5),
        chat=st.integers(-2, 4),
        lane=st.sampled_from(Lane),
        up=st.floats(0, 4),
        down=st.floats(0, 4),
        weight=st.sampled_from([1, 1, 1, 2, 3]),
    ),
    max_size=60,
)


@given(WISHES)
@settings(max_examples=150, deadline=None)
def test_no_window_at_the_server_ever_holds_more_than_the_limit(wishes: list[Wish]) -> None:
    arrivals = play(FairQueue(RULES), wishes)

    assert Counter(a.wish for a in arrivals) == Counter(wishes)
    assert_within(RULES, arrivals)


@given(st.integers(2, 200), st.floats(0, 0.02))
@settings(max_examples=40, deadline=None)
def test_a_broadcast_reaches_the_limit_when_answers_are_quick(chats: int, latency: float) -> None:
    rules = PacingRules(account=Window(30, 1.0))

    arrivals = play(
        FairQueue(rules), [Wish(0, chat, up=latency / 2, down=latency / 2) for chat in range(chats)]
    )

    took = arrivals[-1].granted_at - arrivals[0].granted_at
    assert took <= 1.03 * chats / 30
    assert_within(rules, arrivals)


def test_an_album_waits_for_all_its_slots_and_nobody_takes_them_from_it() -> None:
    broadcast = [Wish(0, chat) for chat in range(300)]

    arrivals = play(FairQueue(PacingRules()), [*broadcast, Wish(4.0, 1000, Lane.REPLY, weight=10)])

    reply = next(a for a in arrivals if a.wish.lane is Lane.REPLY)
    assert reply.granted_at - 4.0 < 11 / 30
    assert_within(PacingRules(), arrivals)


def test_what_is_larger_than_a_window_goes_alone() -> None:
    arrivals = play(FairQueue(RULES), [Wish(0, -1, weight=9), Wish(0, -1), Wish(0, 1)])

    assert len(arrivals) == 3


def test_broadcasts_are_evenly_spaced() -> None:
    arrivals = play(FairQueue(PacingRules(account=Window(10, 1.0))), [Wish(0, chat) for chat in range(40)])

    gaps = [b.granted_at - a.granted_at for a, b in pairwise(arrivals[1:])]
    assert min(gaps) > 0.1 - 1e-9


def test_a_reply_takes_the_next_slot_in_the_middle_of_a_broadcast() -> None:
    broadcast = [Wish(0, chat) for chat in range(300)]

    arrivals = play(FairQueue(PacingRules()), [*broadcast, Wish(4.0, 1000, Lane.REPLY)])

    reply = next(a for a in arrivals if a.wish.lane is Lane.REPLY)
    assert reply.granted_at - 4.0 < 2 / 30


def test_replies_go_first_then_urgent_ones_then_the_oldest_then_corrections() -> None:
    limits = FairQueue(PacingRules(account=Window(1, 1.0)))
    lanes = [Lane.CORRECTION, Lane.NEWS, Lane.URGENT, Lane.REPLY]
    wishes = [Wish(0, chat, lane) for chat, lane in enumerate(lanes)]

    arrivals = play(limits, wishes)

    assert [a.wish.lane for a in arrivals] == sorted(lanes)


def test_among_broadcasts_the_smaller_order_goes_first() -> None:
    limits = FairQueue(PacingRules(account=Window(1, 1.0)))
    for chat, order in enumerate([3.0, 1.0, 2.0]):
        limits.join(chat, shared=False, lane=Lane.NEWS, order=order)

    granted = []
    for now in (0.0, 10.0, 20.0):
        ticket = limits.grant(now)
        assert ticket
        limits.answered(ticket, now)
        granted.append(ticket.chat)

    assert granted == [1, 2, 0]


def test_a_busy_chat_does_not_hold_up_the_others() -> None:
    busy = [Wish(0, -1) for _ in range(40)]
    others = [Wish(0.001, chat) for chat in range(20)]

    arrivals = play(FairQueue(PacingRules()), [*busy, *others])

    assert max(a.granted_at for a in arrivals if a.wish.chat >= 0) < 2.5
    assert_within(PacingRules(), arrivals)


def test_a_reply_overtakes_a_broadcast_that_waits_for_the_same_chat() -> None:
    limits = FairQueue(RULES)
    news = limits.join(1, shared=False, lane=Lane.NEWS)
    reply = limits.join(1, shared=False, lane=Lane.REPLY)

    assert [limits.grant(0.0), limits.grant(1.0)] == [reply, news]


def test_an_unanswered_request_keeps_its_slot_for_as_long_as_it_takes() -> None:
    limits = FairQueue(PacingRules(account=Window(1, 1.0)))
    first = limits.join(1, shared=False, lane=Lane.REPLY)
    second = limits.join(2, shared=False, lane=Lane.REPLY)
    assert limits.grant(0.0) is first

    assert limits.grant(1000.0) is None
    assert limits.ask_at == math.inf
    limits.answered(first, 1000.0)
    assert limits.grant(1000.9) is None
    assert limits.ask_at == 1001.0 + GUARD
    assert limits.grant(limits.ask_at) is second


def test_a_slot_that_was_not_used_is_free_again_at_once() -> None:
    limits = FairQueue(PacingRules(account=Window(1, 1.0)))
    first = limits.join(1, shared=False, lane=Lane.REPLY)
    second = limits.join(2, shared=False, lane=Lane.REPLY)
    assert limits.grant(0.0) is first

    limits.unused(first, 0.1)

    assert limits.grant(0.1) is second


def test_a_closed_chat_closes_nothing_else() -> None:
    limits = FairQueue(RULES)
    limits.close_chat(1, 10_072.0, shared=False)
    closed = limits.join(1, shared=False, lane=Lane.REPLY)
    other = limits.join(2, shared=False, lane=Lane.NEWS)

    assert limits.grant(0.0) is other
    assert limits.grant(1.0) is None
    assert limits.ask_at == 10_072.0
    assert limits.closed_chats(1.0) == {1: 10_072.0}
    limits.answered(other, 1.0)
    assert limits.grant(10_072.0) is closed


def test_a_closed_account_lets_nothing_through_until_it_opens() -> None:
    limits = FairQueue(RULES)
    ticket = limits.join(1, shared=False, lane=Lane.REPLY)
    limits.close_account(7.0)
    limits.close_account(3.0)

    assert limits.grant(6.9) is None
    assert limits.ask_at == 7.0
    assert limits.grant(7.0) is ticket


def test_who_leaves_the_line_gives_way_to_the_next() -> None:
    limits = FairQueue(RULES)
    first = limits.join(1, shared=False, lane=Lane.NEWS)
    second = limits.join(1, shared=False, lane=Lane.NEWS)

    limits.leave(first, 0.0)

    assert limits.grant(0.0) is second


def test_what_an_earlier_process_sent_still_counts() -> None:
    limits = FairQueue(RULES)
    for answered_at in (-0.5, -0.25):
        limits.sent_before(1, shared=False, answered_at=answered_at)
    limits.join(1, shared=False, lane=Lane.REPLY)

    assert limits.grant(0.0) is None
    assert limits.ask_at == 1.5 + GUARD


@given(
    st.lists(st.tuples(st.sampled_from(["join", "leave", "grant", "answer", "unused"]), st.integers(0, 5)))
)
@settings(max_examples=200, deadline=None)
def test_nobody_is_forgotten_whatever_comes_and_goes(steps: list[tuple[str, int]]) -> None:
    limits, now = FairQueue(RULES), 0.0
    waiting: list[Ticket] = []
    flying: list[Ticket] = []
    for step, which in steps:
        now += 0.1
        match step:
            case "join":
                waiting.append(limits.join(which, shared=False, lane=Lane(which % 4)))
            case "leave" if waiting:
                limits.leave(waiting.pop(which % len(waiting)), now)
            case "grant" if granted := limits.grant(now):
                waiting.remove(granted)
                flying.append(granted)
            case "answer" if flying:
                limits.answered(flying.pop(which % len(flying)), now)
            case "unused" if flying:
                limits.unused(flying.pop(which % len(flying)), now)
            case _:
                pass
    for ticket in flying:
        limits.answered(ticket, now)

    while waiting:
        while granted := limits.grant(now):
            waiting.remove(granted)
            limits.answered(granted, now)
        assert not waiting or now < limits.ask_at < math.inf
        now = limits.ask_at

    limits.grant(now + 100 if now < math.inf else 1e6)
    assert len(limits) == 0


@pytest.mark.parametrize("latency", [0.0, 0.005])
def test_a_thousand_a_second_cost_little_and_leave_nothing_behind(latency: float) -> None:
    rules = PacingRules(account=Window(1000, 1.0))
    took = []
    for _ in range(3):  # whatever else the machine does, one of them shows what it costs
        limits = FairQueue(rules)
        wishes = [Wish(0, chat, up=latency, down=latency) for chat in range(5000)]
        started = time.process_time()
        arrivals = play(limits, wishes)
        took.append(time.process_time() - started)

    assert min(took) < 1.0
    assert arrivals[-1].granted_at <= 5 * 1.03
    assert_within(rules, arrivals)
    limits.grant(arrivals[-1].at + 100)
    assert len(limits) == 0


def test_late_timers_cost_no_throughput() -> None:
    """The loop that asks wakes only every few milliseconds, and is sometimes much later."""
    limits = FairQueue(PacingRules(account=Window(1000, 1.0)))
    for chat in range(3000):
        limits.join(chat, shared=False, lane=Lane.NEWS)
    chance, now, left = random.Random(1), 0.0, 3000

    while left:
        while granted := limits.grant(now):
            limits.answered(granted, now + 0.004)
            left -= 1
        now += chance.choice([0.004, 0.006, 0.030])

    assert now < 3 * 1.03


def refused(make: Callable[[], object]) -> bool:
    try:
        make()
    except ValueError:
        return True
    return False


def test_a_window_that_lets_nothing_through_is_refused() -> None:
    assert refused(lambda: Window(0, 1.0))
    assert refused(lambda: Window(1, 0.0))


def test_a_chat_is_open_only_to_more_than_those_in_line() -> None:
    limits = FairQueue(RULES)
    assert limits.opens_at(1, 0.0) == 0.0
    first = limits.join(1, shared=False, lane=Lane.NEWS)
    limits.join(1, shared=False, lane=Lane.NEWS)

    assert limits.opens_at(1, 0.0) == math.inf
    assert limits.grant(0.0) is first
    limits.answered(first, 0.5)
    assert limits.opens_at(1, 0.5) == 2.5 + GUARD


def test_whoever_waits_knows_what_held_it_up() -> None:
    limits = FairQueue(PacingRules(account=Window(2, 1.0), private=Window(1, 3.0), shared=Window(1, 60.0)))

    def sent(chat: int, now: float) -> Ticket | None:
        """Return who goes at *now*; it is answered at once."""
        limits.join(chat, shared=is_shared(chat), lane=Lane.REPLY)
        if ticket := limits.grant(now):
            limits.answered(ticket, now)
        return ticket

    first, group = sent(1, 0.0), sent(-1, 0.0)
    waits = [limits.join(chat, shared=is_shared(chat), lane=Lane.REPLY) for chat in (2, 1, -1, 1)]
    while any(ticket.waiting for ticket in waits):
        now = limits.ask_at if limits.ask_at < math.inf else 0.0
        if ticket := limits.grant(now):
            limits.answered(ticket, now)
            limits.grant(now)

    assert first
    assert group
    assert [ticket.held_by for ticket in waits] == [
        BlockedBy.ACCOUNT,
        BlockedBy.CHAT,
        BlockedBy.GROUP,
        BlockedBy.CHAT,
    ]


def crowd(people: range, *, until: float, every: float = 1.0) -> list[Wish]:
    """Return what people ask for who ask all the time, each in a chat of their own."""
    return [
        Wish(turn * every + person / 1000, person, Lane.REPLY)
        for turn in range(round(until / every))
        for person in people
    ]


def waits(arrivals: Sequence[Arrival], chats: Sequence[int], lane: Lane) -> list[float]:
    return [a.granted_at - a.wish.at for a in arrivals if a.wish.chat in chats and a.wish.lane is lane]


def test_a_crowd_that_asks_all_the_time_starves_neither_the_news_nor_those_who_ask_once() -> None:
    subscribers, flooding = range(1000, 1900), range(60)
    news = [Wish(10.0, chat) for chat in subscribers]
    asked_once = [Wish(1.5 + number, 5000 + number, Lane.REPLY) for number in range(40)]

    arrivals = play(FairQueue(PacingRules()), [*crowd(flooding, until=45.0), *news, *asked_once])

    assert max(waits(arrivals, subscribers, Lane.NEWS)) < 1.5 * len(subscribers) / 30
    assert max(waits(arrivals, range(5000, 5040), Lane.REPLY)) < 1.0
    assert_within(PacingRules(), arrivals)


@pytest.mark.parametrize("lane", [Lane.URGENT, Lane.NEWS])
def test_one_member_who_asks_all_the_time_does_not_keep_a_group_without_news(lane: Lane) -> None:
    asked = [Wish(float(second), -1, Lane.REPLY) for second in range(150)]
    news = [Wish(float(at), -1, lane) for at in (25, 26, 90)]

    arrivals = play(FairQueue(PacingRules()), [*asked, *news])

    assert max(waits(arrivals, [-1], lane)) < 1.0
    assert_within(PacingRules(), arrivals)


def test_in_a_group_replies_take_half_of_what_it_may_get_while_news_waits() -> None:
    asked = [Wish(0.0, -1, Lane.REPLY) for _ in range(60)]
    news = [Wish(0.0, -1) for _ in range(60)]

    arrivals = play(FairQueue(PacingRules()), [*asked, *news])

    first = Counter(a.wish.lane for a in arrivals if a.granted_at < 3 * 60)
    assert abs(first[Lane.REPLY] - first[Lane.NEWS]) <= 10


def test_who_asks_often_lets_those_go_first_who_do_not() -> None:
    limits = FairQueue(PacingRules(account=Window(1, 1.0), private=Window(9, 1.0)))
    often = [limits.join(1, shared=False, lane=Lane.REPLY, order=0.0) for _ in range(3)]
    seldom = limits.join(2, shared=False, lane=Lane.REPLY, order=1.0)

    granted = []
    for now in (2.0, 4.0, 6.0, 8.0):
        ticket = limits.grant(now)
        assert ticket
        limits.answered(ticket, now)
        granted.append(ticket)

    assert granted == [often[0], seldom, *often[1:]]


def test_in_an_outage_one_request_at_a_time_finds_out_and_one_that_hangs_is_not_waited_for() -> None:
    limits = FairQueue(PacingRules())
    tickets = [limits.join(chat, shared=False, lane=Lane.NEWS) for chat in range(4)]
    limits.one_at_a_time = True

    assert limits.grant(0.0) is tickets[0]
    assert (limits.grant(1.0), limits.ask_at) == (None, PROBE_EVERY)
    assert limits.grant(PROBE_EVERY) is tickets[1]
    assert limits.grant(PROBE_EVERY + 1) is None
    limits.answered(tickets[1], PROBE_EVERY + 2)
    assert limits.grant(PROBE_EVERY + 2) is tickets[2]
