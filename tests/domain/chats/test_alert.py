"""When owners are told what."""

from datetime import UTC, datetime, timedelta

from bot.domain.chats.alert import Alert, AlertKind, AlertSubject, News, Trouble, news, told, unheard
from bot.domain.reason import Reason, ReasonCode

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
FEED = AlertSubject(AlertKind.FEED, "trong-nuoc")
OTHER = AlertSubject(AlertKind.FEED, "quoc-te")
ACCOUNT = AlertSubject(AlertKind.ACCOUNT, "telegram:1")


def wrong(subject: AlertSubject = FEED) -> Trouble:
    return Trouble(subject, NOW - HOUR, Reason(ReasonCode.OTHER, "HTTP 503"))


def known(subject: AlertSubject = FEED, *, told_at: datetime | None = NOW) -> Alert:
    return Alert(subject, NOW - HOUR, told_at)


def test_a_trouble_is_news_until_it_was_told() -> None:
    assert news([wrong()], [], now=NOW, remind_every=DAY) == News(begun=(wrong(),))
    assert news([wrong()], [known(told_at=None)], now=NOW, remind_every=DAY) == News(begun=(wrong(),))
    assert not news([wrong()], [known()], now=NOW + HOUR, remind_every=DAY)


def test_a_trouble_that_lasts_is_told_again_every_day() -> None:
    assert not news([wrong()], [known()], now=NOW + DAY - HOUR / 60, remind_every=DAY)
    assert news([wrong()], [known()], now=NOW + DAY, remind_every=DAY) == News(lasting=(wrong(),))


def test_reminders_that_are_nearly_due_come_along_with_one_that_is() -> None:
    standing = [known(), known(OTHER, told_at=NOW + HOUR), known(ACCOUNT, told_at=NOW + 6 * HOUR)]

    found = news([wrong(), wrong(OTHER), wrong(ACCOUNT)], standing, now=NOW + DAY, remind_every=DAY)

    assert found == News(lasting=(wrong(), wrong(OTHER)))


def test_the_end_is_told_if_the_beginning_was() -> None:
    assert news([], [known()], now=NOW, remind_every=DAY) == News(over=(known(),))
    assert not news([], [known(told_at=None)], now=NOW, remind_every=DAY)


def test_a_refused_account_tells_of_it_when_it_can_again() -> None:
    untold = known(ACCOUNT, told_at=None)

    assert news([], [untold], now=NOW, remind_every=DAY) == News(over=(untold,))


def test_what_is_told_is_noted_with_its_beginning() -> None:
    assert unheard([wrong(), wrong(OTHER)], [known()]) == (known(OTHER, told_at=None),)
    assert told(News(begun=(wrong(),), lasting=(wrong(OTHER),)), [known(OTHER)], NOW + DAY) == (
        known(told_at=NOW + DAY),
        known(OTHER, told_at=NOW + DAY),
    )
