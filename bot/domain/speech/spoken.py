"""A text as it is read aloud: dates, times, numbers, units and abbreviations in Vietnamese words.

A speech engine reads letters; what a Vietnamese newsreader says for "10/8/2017", "65/2023/NĐ-CP" or "SHTT" is
decided here, in one pass over the text for each kind of sign. Every pattern is bounded and takes linear time.
"""

import re
from collections.abc import Callable

from bot.domain.speech.abbreviations import TITLES, letters, meaning, spelled
from bot.domain.speech.numbers import MOST_DIGITS, digit_words, month_words, number_words, roman

Match = re.Match[str]

_UNITS = {
    written: said
    for said, all_written in {
        "phần trăm": "%",
        "phần nghìn": "‰",
        "độ xê": "°C",
        "ki lô mét": "km",
        "xen ti mét": "cm",
        "mi li mét": "mm",
        "mét": "m",
        "ki lô mét vuông": "km2 km²",
        "mét vuông": "m2 m²",
        "mét khối": "m3 m³",
        "ki lô gam": "kg",
        "héc ta": "ha",
        "mê ga bai": "MB",
        "gi ga bai": "GB",
        "ki lô oát giờ": "kWh",
        "đồng": "đ ₫ VNĐ VND",
        "đô la Mỹ": "USD",
        "đô la": "$",
        "ơ rô": "EUR €",
    }.items()
    for written in all_written.split()
}
"""How a unit behind a number is said, by how it is written."""

_COUNTED_IN_ROMAN = (
    "lần thứ|thứ|khóa|khoá|quý|chương|phần|mục|phụ lục|thế kỷ|thế kỉ|đại hội|loại|hạng|bậc|kỳ|tập|giai đoạn"
)


def spoken(text: str) -> str:
    """Return *text*, of one paragraph, as an engine is to read it."""
    text = " ".join(text.split())
    for pattern, worded in _STEPS:
        text = pattern.sub(worded, text)
    return " ".join(text.split()).strip(" ,")


def _address(match: Match) -> str:
    """Say a bare address; of a long one, that it is one."""
    written = match[0].rstrip(".,;:)")
    behind = match[0][len(written) :]
    if "://" in written or "/" in written:
        return f"đường dẫn trong bài{behind}"
    return written.replace("@", " a còng ").replace(".", " chấm ").replace("-", " gạch ngang ") + behind


def _document(match: Match) -> str:
    """Say the number of a document: "65/2023/NĐ-CP" by its number, its year and who issued what.

    Its kind is not said again where it stands just before.
    """
    before, year = match["before"] or "", match["year"]
    words = [_count(match["number"])]
    if year:
        words.append(f"năm {number_words(int(year))}")
    said = [_issuer(part) for part in re.split(r"[-/.]", match["kinds"]) if part]
    if said[0] in before.lower():
        del said[0]
    return before + " ".join((*words, *said))


def _issuer(part: str) -> str:
    name = part.rstrip("0123456789")
    digits = part[len(name) :]
    said = meaning(name) or (name.lower() if len(name) > 6 else letters(name)) or name
    return f"{said} {number_words(int(digits))}" if digits else said


def _date(match: Match) -> str:
    before, day, month, year = match["before"] or "", int(match["day"]), int(match["month"]), match["year"]
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match[0]
    lead = "" if before.strip().lower().endswith("ngày") else "ngày "
    return f"{before}{lead}{number_words(day)} tháng {month_words(month)} năm {number_words(int(year))}"


def _day(match: Match) -> str:
    """Say day and month where a word before, or the brackets, show that it is no fraction."""
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match[0]
    before = match["before"]
    lead = "" if before.strip().lower().endswith("ngày") else "ngày "
    return f"{before}{lead}{number_words(day)} tháng {month_words(month)}"


def _month(match: Match) -> str:
    before, month = match["before"] or "", int(match["month"])
    if not 1 <= month <= 12:
        return match[0]
    lead = "" if before.strip().lower().endswith("tháng") else "tháng "
    return f"{before}{lead}{month_words(month)} năm {number_words(int(match['year']))}"


def _time(match: Match) -> str:
    hour, minute = int(match[1]), int(match[2] or 0)
    if hour > 24 or minute > 59:
        return match[0]
    said = f"{number_words(hour)} giờ"
    return f"{said} {number_words(minute)} phút" if minute else said


def _telephone(match: Match) -> str:
    plus = "cộng " if match[0].startswith("+") else ""
    return plus + ", ".join(digit_words(part) for part in re.split(r"[ .\-()]+", match[0]) if part.strip("+"))


def _ordinal(match: Match) -> str:
    value = roman(match[2])
    return f"{match[1]}{number_words(value)}" if value else match[0]


def _fraction(match: Match) -> str:
    return f"{_count(match[1])} trên {_count(match[2])}"


def _amount(match: Match) -> str:
    return f"{match[1]} {_UNITS[match[2]]}"


def _number(match: Match) -> str:
    """Say a number as it is written in Viet Nam: points between thousands, a comma before decimals."""
    written = match[0]
    if re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", written):
        return _count(written.replace(",", ""))
    whole, _, decimals = written.partition(",")
    if "." in whole and not re.fullmatch(r"\d{1,3}(?:\.\d{3})+", whole):
        return " chấm ".join(_count(part) for part in whole.split(".")) + (
            f" phẩy {_decimals(decimals)}" if decimals else ""
        )
    said = _count(whole.replace(".", ""))
    return f"{said} phẩy {_decimals(decimals)}" if decimals else said


def _decimals(digits: str) -> str:
    return digit_words(digits) if digits.startswith("0") or len(digits) > 2 else number_words(int(digits))


def _count(digits: str) -> str:
    if len(digits) > MOST_DIGITS:
        return digit_words(digits)
    return number_words(int(digits))


def _abbreviation(match: Match) -> str:
    return meaning(match[0]) or spelled(match[0]) or match[0]


def _explained(match: Match) -> str:
    """Say nothing of an abbreviation in brackets behind the words that it stands for."""
    said = meaning(match[1])
    before = match.string[max(0, match.start() - len(said)) : match.start()] if said else ""
    return "" if said and before.lower() == said.lower() else match[0]


def _title(match: Match) -> str:
    return f"{TITLES[match[0]]} "


_PART = r"[A-ZĐƯ][A-Za-zĐđƯưÔô&]{0,11}\d{0,3}"
_BEFORE_A_DAY = "ngày|sáng|trưa|chiều|tối|đêm|hôm|nay|hai|ba|tư|năm|sáu|bảy|nhật|từ|đến|và|mùng|mồng"

_Worded = str | Callable[[Match], str]

_STEPS: tuple[tuple[re.Pattern[str], _Worded], ...] = (
    (re.compile(r"https?://\S{1,2000}|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"), _address),
    (re.compile(r"\b(?:[a-z0-9-]{1,63}\.){1,4}(?:vn|com|org|net|int|edu|gov)\b(?:/\S{0,500})?"), _address),
    (re.compile(r"\s{0,3}\(([A-ZĐƯ&.-]{2,12})\)"), _explained),
    (
        # A document.
        re.compile(
            r"(?P<before>\b[A-ZĐ][a-zà-ỹđ]{1,6}\s[a-zà-ỹđ]{1,6}\s(?:số:?\s)?)?(?<![\w/.,])(?P<number>\d{1,6})"
            rf"(?:/(?P<year>(?:19|20)\d\d))?[/-](?P<kinds>{_PART}(?:[-/.]{_PART}){{0,4}})(?!\w)"
        ),
        _document,
    ),
    (
        re.compile(
            r"(?P<before>\b[Nn]gày\s{1,3})?(?<![\d/.,-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})"
            r"(?P=mark)(?P<year>(?:19|20)\d\d)(?![\d/])"
        ),
        _date,
    ),
    (re.compile(r"(?<![\d:.,/])(\d{1,2})(?:h|:|\sgiờ\s)(\d{2})(?:\sphút|p(?!\w)|(?![\w:]))"), _time),
    (re.compile(r"(?<![\w.,])(\d{1,2})h()(?!\w)"), _time),
    (
        re.compile(
            r"(?P<before>\b[Tt]háng\s{1,3})?(?<![\d/.,-])(?P<month>\d{1,2})[/-](?P<year>(?:19|20)\d\d)(?![\d/-])"
        ),
        _month,
    ),
    (
        re.compile(
            rf"(?P<before>\b(?:{_BEFORE_A_DAY})\s{{1,3}}|\()(?<![\d/.,-])"
            r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})(?![\d/%])",
            re.IGNORECASE,
        ),
        _day,
    ),
    (
        re.compile(
            r"(?<![\w.,/])(?:\+84|0)[ .(]{0,2}\d(?:[ .\-()]{0,2}\d){7,10}(?!\w)|\b1[89]00[ .]?\d{4,6}\b"
        ),
        _telephone,
    ),
    (
        re.compile(rf"(\b(?:{_COUNTED_IN_ROMAN})\s{{1,3}})((?-i:[IVXLCDM]{{1,9}}))\b", re.IGNORECASE),
        _ordinal,
    ),
    (re.compile(r"(?<=\d)\s{0,2}[-–]\s{0,2}(?=\d)"), " đến "),
    (re.compile(r"(?<=\w)-(?=\d)"), " "),
    (
        re.compile(
            r"(?<!\w)(\d{1,3}(?:[.,]\d{1,9}){0,5}|\d{1,15})\s?"
            rf"({'|'.join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))})(?!\w)"
        ),
        _amount,
    ),
    (re.compile(r"(?<![\w/])(\d{1,15})/(\d{1,15})(?![\w/])"), _fraction),
    (re.compile(r"\d{1,40}(?:[.,]\d{1,9}){0,9}"), _number),
    (re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, TITLES))})(?!HCM)"), _title),
    (re.compile(r"(?<!\w)[A-ZĐƯ][A-Za-zĐƯ]{0,9}(?:[&.-][A-ZĐƯ]{2,6})?(?!\w)"), _abbreviation),
    (re.compile(r" ?& ?"), " và "),
    (re.compile(r"[\"“”‘’«»•●▪■◆*_#|~^<>\[\]{}]"), " "),
    (re.compile(r" {2,}"), " "),
    (re.compile(r" ?[()] ?"), ", "),
    (re.compile(r"\s[-–—]\s"), ", "),
    (re.compile(r"(?<=\w)/(?=\w)"), ", "),
    (re.compile(r" ?,(?: ?,){1,9} ?"), ", "),
    (re.compile(r" ?, ?(?=[.;:!?])"), ""),
)
"""In their order; the first that takes a sign decides."""
