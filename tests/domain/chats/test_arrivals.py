from bot.domain.chats.arrivals import EVERY, ArrivalNotices


def test_owners_are_told_once_an_hour_of_what_one_stranger_does_and_then_of_how_many_more() -> None:
    notices = ArrivalNotices()

    told = [notices.note("666", now) for now in (0.0, 1.0, 2.0, EVERY - 1, EVERY, EVERY + 1, 3 * EVERY)]

    assert told == [0, None, None, None, 3, None, 1]


def test_each_stranger_counts_alone() -> None:
    notices = ArrivalNotices()

    assert [notices.note(who, 0.0) for who in ("666", "667", "666")] == [0, 0, None]
