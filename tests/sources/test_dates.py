"""Every form of date that Vietnamese sites were seen to write, and fifty more of the same kinds."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock import VIETNAM
from bot.domain.news.article import DatePrecision, Published
from bot.sources.text.dates import dates_in, parse_date

NOW = datetime(2017, 8, 16, 11, 52, 30, tzinfo=UTC)


def minute(year: int, month: int, day: int, hour: int, minute: int) -> Published:
    return Published(datetime(year, month, day, hour, minute, tzinfo=VIETNAM), DatePrecision.MINUTE)


def day(year: int, month: int, day: int) -> Published:
    return Published(datetime(year, month, day, tzinfo=VIETNAM), DatePrecision.DAY)


EVENING = minute(2017, 8, 16, 18, 52)

SEEN = {
    "Wed, 16 Aug 2017 18:52:00 +0700": EVENING,
    "Wed, 16 Aug 2017 18:52:00 GMT+7": EVENING,
    "Wed, 16 Aug 2017 18:52:00 GMT+07:00": EVENING,
    "Wed, 16 Aug 2017 18:52:00 UTC+7": EVENING,
    "Wed, 16 Aug 2017 18:52:00  gMt + 7 ": EVENING,
    "Wed, 16 Aug 2017 18:52:00 ICT": EVENING,
    "Wed, 16 Aug 2017 18:52:00": EVENING,
    "Wed, 16 Aug 2017 11:52:00 GMT": EVENING,
    "Wed, 16 Aug 17 18:52:00 +0700": EVENING,
    "8/16/2017 6:52:00 PM": EVENING,
    "8/6/2017 6:52:00 PM": minute(2017, 8, 6, 18, 52),
    "8/16/2017 6:52:00 CH": EVENING,
    "16/08/2017 6:52:00 CH": EVENING,
    "16/08/2017 18:52:00": EVENING,
    "06/08/2017 18:52:00": minute(2017, 8, 6, 18, 52),
    "16/08/2017 18:52": EVENING,
    "16-08-2017 18:52": EVENING,
    "2017-08-16T18:52:00+07:00": EVENING,
    "2017-08-16T18:52:00": EVENING,
    "2017-08-16 18:52:00": EVENING,
    "2017-08-16T11:52:00Z": EVENING,
    "2017-08-16 18:52:00.0": EVENING,
    "Thứ 5, 28/05/2026 17:00:00 GMT+7": minute(2026, 5, 28, 17, 0),
    "Thứ tư, 16/8/2017, 18:52 (GMT+7)": EVENING,
    "Thứ tư, 6/8/2025, 18:52 (GMT+7)": minute(2025, 8, 6, 18, 52),
    "Thứ Tư, ngày 16/08/2017 - 18:52": EVENING,
    "Th 4, 16/08/2017 | 18:52 CH": EVENING,
    "Th 4, 06/08/2025 | 18:52 CH": minute(2025, 8, 6, 18, 52),
    "Th 4, 16/08/2017 | 08:52 SA": minute(2017, 8, 16, 8, 52),
    "Th 4, 16/08/2017 | 00:05 SA": minute(2017, 8, 16, 0, 5),
    "Th 4, 16/08/2017 | 12:05 CH": minute(2017, 8, 16, 12, 5),
    "CN, 20/08/2017 | 09:00 SA": minute(2017, 8, 20, 9, 0),
    "Chủ nhật, 20/08/2017 09:00": minute(2017, 8, 20, 9, 0),
    "16/08/2017 | 18:52 PM": EVENING,
    "16/08/2017 | 06:52 CH": EVENING,
    "18:52 16/08/2017": EVENING,
    "18:52 | 16/08/2017": EVENING,
    "18h52, 16/08/2017": EVENING,
    "18:52' 16/8/2017": EVENING,
    "Ngày 16 tháng 8 năm 2017": day(2017, 8, 16),
    "ngày 16 tháng 08 năm 2017, 18:52": EVENING,
    "16 Tháng Tám 2017": day(2017, 8, 16),
    "16 Th08 2017": day(2017, 8, 16),
    "4 giờ trước": minute(2017, 8, 16, 14, 52),
    "2 ngày trước": day(2017, 8, 14),
    "Hôm qua, 18:52": minute(2017, 8, 15, 18, 52),
    "Th 5, 25/06/2020 | 15:58 CH": minute(2020, 6, 25, 15, 58),
    "Th 6, 02/04/2021 | 15:34 CH": minute(2021, 4, 2, 15, 34),
    "CN, 01/01/2023 | 09:38 SA": minute(2023, 1, 1, 9, 38),
    "Th 3, 03/06/2025 | 15:39 CH": minute(2025, 6, 3, 15, 39),
    "Wed, 16 Jul 2025 09:30:00 GMT+7": minute(2025, 7, 16, 9, 30),
    "9/24/2026 9:41:00 PM": minute(2026, 9, 24, 21, 41),
    "8/12/2026 2:55:37 PM": Published(
        datetime(2026, 8, 12, 14, 55, 37, tzinfo=VIETNAM), DatePrecision.MINUTE
    ),
    "April 12, 2012, 9:56 pm": minute(2012, 4, 12, 21, 56),
    "Thứ Tư, 08/04/2015, 08:11 [GMT+7]": minute(2015, 4, 8, 8, 11),
    "11:06 AM 19/06/2019": minute(2019, 6, 19, 11, 6),
    "Friday, 07/08/2020 18:06 GMT+7": minute(2020, 8, 7, 18, 6),
}

MORE = {
    "Th 2, 07/08/2017 | 18:52 CH": minute(2017, 8, 7, 18, 52),
    "Th 7, 12/08/2017 | 12:00 SA": minute(2017, 8, 12, 0, 0),
    "cn, 13/08/2017 | 11:59 sa": minute(2017, 8, 13, 11, 59),
    "06/08/2017 | 09:38 AM": minute(2017, 8, 6, 9, 38),
    "16/08/2017 | 18:52": EVENING,
    "\n   16/08/2017\u00a0|\u00a018:52 CH\n": EVENING,
    "Thứ hai, ngày 07 tháng 8 năm 2017": day(2017, 8, 7),
    "Thứ Năm, ngày 1 tháng Năm năm 2014": day(2014, 5, 1),
    "1 Tháng Mười Một, 2017": day(2017, 11, 1),
    "24 tháng Chạp năm 2017": day(2017, 12, 24),
    "Tháng Tám 16, 2017": day(2017, 8, 16),
    "16 tháng 8, 2017 lúc 18:52": EVENING,
    "lúc 18 giờ 52 phút, ngày 16 tháng 8 năm 2017": EVENING,
    "Hà Nội, ngày 16 tháng 8 năm 2017": day(2017, 8, 16),
    "18g52 ngày 16/8/2017": EVENING,
    "7h ngày 16/08/2017": minute(2017, 8, 16, 7, 0),
    "16/8/2017 lúc 6:52 chiều": EVENING,
    "16/8/2017 6:52 sáng": minute(2017, 8, 16, 6, 52),
    "Cập nhật lúc: 18:52, Thứ Tư, 16/08/2017": EVENING,
    "Ngày đăng: 16/08/2017": day(2017, 8, 16),
    "(16/08/2017)": day(2017, 8, 16),
    "16/08/17": day(2017, 8, 16),
    "16.08.2017": day(2017, 8, 16),
    "16.8.2017 18:52": EVENING,
    "18:52-16/08/2017": EVENING,
    "18:52 - 16-08-2017": EVENING,
    "2017/08/16 18:52": EVENING,
    "2017-08-16": day(2017, 8, 16),
    "2017-8-6 18:52": minute(2017, 8, 6, 18, 52),
    "2017-08-16T18:52+07": EVENING,
    "2017-08-16 18:52:00+0700": EVENING,
    "2017-08-16T11:52:00.000000Z": EVENING,
    "2017-08-16T06:52:00-05:00": EVENING,
    "20170816": day(2017, 8, 16),
    "20170816T115200Z": EVENING,
    "20170816185200": EVENING,
    "Wednesday, 16-Aug-17 11:52:00 GMT": EVENING,
    "Wed Aug 16 18:52:00 2017": EVENING,
    "Wed Aug 16 18:52:00 ICT 2017": EVENING,
    "Wed Aug 16 2017 18:52:00 GMT+0700 (Indochina Time)": EVENING,
    "Wed, 16 Aug 2017 06:52:00 EST": EVENING,
    "Wed, 16 Aug 2017 11:52:00 -0000": EVENING,
    "Wed, 16 Aug 2017 13:52:00 CEST": EVENING,
    "Wed, 16 Aug 2017 12:52 CET": EVENING,
    "Wed, 16 Aug 2017 12:52:00 BST": EVENING,
    "Wed, 16 Aug 2017 20:52:00 JST": EVENING,
    "Wed, 16 Aug 2017 7:52 pm SGT": EVENING,
    "Wed, 16 Aug 2017 21:52:00 AEST": EVENING,
    "Wed, 16 Aug 2017 13:52:00 Europe/Brussels": EVENING,
    "Wed, 16 Aug 2017 04:52:00 America/Los_Angeles": EVENING,
    "16/08/2017 18:52 Asia/Ho_Chi_Minh": EVENING,
    "2017-08-16T13:52:00+02:00[Europe/Paris]": EVENING,
    "16/08/2017 18:52 (Tin/Bài)": EVENING,
    "16 Aug 2017 18:52:00 +07": EVENING,
    "16 Aug 2017 18:52:00 +7": EVENING,
    "16 Aug 2017 06:52:00 -05": EVENING,
    "Wed, 16 Aug 2017 18:52:00 XYZT": day(2017, 8, 16),
    "Wed, 16 Aug 2017 6:52 PM IST": day(2017, 8, 16),
    "15/08/2017 24:00": minute(2017, 8, 16, 0, 0),
    "16/08/2017 18:51:60": EVENING,
    "16.08.17": day(2017, 8, 16),
    "16-08-17 18:52": EVENING,
    "mer., 16 août 2017 11:52:00 +0000": EVENING,
    "Mercredi, 16. Août 2017 - 18:52": EVENING,
    "3 déc. 2016": day(2016, 12, 3),
    "16. März 2017, 18:52": minute(2017, 3, 16, 18, 52),
    "Mi, 16 Mai 2017 18:52:00 +0700": minute(2017, 5, 16, 18, 52),
    "16 August 2017": day(2017, 8, 16),
    "Aug. 16, 2017 6:52 p.m.": EVENING,
    "16th of August 2017, 6 PM": minute(2017, 8, 16, 18, 0),
    "8/6/2017 12:05:00 AM": minute(2017, 8, 6, 0, 5),
    "Thứ 4, 06/08/2025 06:52 PM": minute(2025, 8, 6, 18, 52),
    "8/6/2017 18:52 PM": minute(2017, 6, 8, 18, 52),
    "11:06 AM 06/07/2019": minute(2019, 7, 6, 11, 6),
    "Vừa xong": EVENING,
    "30 phút trước": minute(2017, 8, 16, 18, 22),
    "một giờ trước": minute(2017, 8, 16, 17, 52),
    "3 hours ago": minute(2017, 8, 16, 15, 52),
    "1 tuần trước": day(2017, 8, 9),
    "Hôm nay, 08:15": minute(2017, 8, 16, 8, 15),
    "08:15 hôm nay": minute(2017, 8, 16, 8, 15),
    "Hôm kia": day(2017, 8, 14),
    "yesterday 6:52 pm": minute(2017, 8, 15, 18, 52),
}

UNREADABLE = [
    "",
    " ",
    "chưa rõ",
    "2017",
    "08/2017",
    "tháng 8 năm 2017",
    "16/08",
    "18:52",
    "31/02/2017",
    "29/02/2017",
    "31/04/2017 18:52",
    "32/01/2017",
    "16/13/2017",
    "00/00/0000",
    "0001-01-01T00:00:00",
    "2017-02-30",
    "20171345",
    "16/08/2017 25:00",
    "16/08/2017 24:01",
    "16/08/2017 18:52:61",
    "10-10-1",
    "024-38-58",
    "1.10.23",
    "16/08/2017 18:75",
    "Wed, 31 Feb 2017 18:52:00 GMT",
    "Wed, 16 Abc 2017 18:52:00 GMT",
    "Wed, 16 Augment 2017",
    "16/08/2017 18:52:00 GMT+99",
    "16/08/2017 - 17/08/2017",
    "16/08/2017, 1234 lượt xem",
    "Số 12/2017/TT-BKHCN",
    "Điện thoại: 024 3858 3069",
    "1502884320",
    "1.2.3.4",
    "Hôm nào đó",
    "ngày mai",
    "5 tháng trước",
    "x" * 500 + " 16/08/2017",
    "²/³/2017",
]


@pytest.mark.parametrize(("text", "published"), [*SEEN.items(), *MORE.items()])
def test_a_date_is_read_as_it_was_meant(text: str, published: Published) -> None:
    found = parse_date(text, now=NOW)

    assert found == published
    assert found.at.utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_names_no_sure_date_is_none(text: str) -> None:
    assert parse_date(text, now=NOW) is None


def test_there_are_enough_of_them() -> None:
    assert len(MORE) >= 50


def test_dates_are_found_in_longer_text_in_order() -> None:
    text = (
        "Hội nghị ngày 1/8/2017 tại Hà Nội. Th 4, 16/08/2017 | 18:52 CH Lượt xem: 1234, "
        "ngày 3 tháng 8 năm 2017"
    )

    assert list(dates_in(text, now=NOW)) == [day(2017, 8, 1), EVENING, day(2017, 8, 3)]


@given(st.text(st.sampled_from("0123456789/-:. |,TZ+hgCHSAPMthángnămgiờ ứTrước'()"), max_size=60))
def test_any_text_gives_a_date_or_none(text: str) -> None:
    found = parse_date(text, now=NOW)

    assert found is None or found.at.utcoffset() == timedelta(hours=7)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1)))  # noqa: DTZ001 a date of Viet Nam without its zone
def test_the_office_s_form_is_read_back(moment: datetime) -> None:
    written = moment.strftime("%d/%m/%Y | %H:%M ") + ("SA" if moment.hour < 12 else "CH")

    assert parse_date(written, now=NOW) == minute(
        moment.year, moment.month, moment.day, moment.hour, moment.minute
    )


@pytest.mark.parametrize("place", ["Khong/Co", "A/B", "Etc/../../passwd", "Asia/", "/Asia/Tokyo"])
def test_what_is_no_place_is_a_word_like_others(place: str) -> None:
    assert parse_date(f"16/08/2017 18:52 {place}", now=NOW) == EVENING
