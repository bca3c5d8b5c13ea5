"""Every text as people read it: in each language and form of address, variant by variant.

`python -m tests.i18n.rendering` prints them all, to be read by an editor.
"""

import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product

from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

from bot.i18n import FormOfAddress, Translator
from bot.i18n.translator import source
from tests.i18n.checking import messages

AGENCY = {"vi": "Cục Sở hữu trí tuệ", "en": "Intellectual Property Office of Viet Nam"}
FORMS = [("vi", form) for form in FormOfAddress] + [("en", FormOfAddress.HONOURED)]

Value = str | int
Rendered = tuple[str, Mapping[str, Value], str]
"""The key of a text, the values of its arguments, and the text."""

_COUNTS = (1, 2)
_PLURALS = frozenset({"zero", "one", "two", "few", "many", "other"})
_NUMBERS: Mapping[str, tuple[int, ...]] = {
    "votes": (0, 1, 5),
    "questions": (0, 1, 5),
    "count": _COUNTS,
    "passed": (0, *_COUNTS),
    "added": (0, *_COUNTS),
    "removed": (0, *_COUNTS),
    "minutes": (0, 5),
    "hour": (7,),
    "day": (1, 4, 7),
    "month": (2, 8, 12),
    "days": (30,),
    "waited": (72,),
    "unsubscribed": (90,),
    "unreachable": (90,),
    "proofs": (730,),
    "audit": (730,),
    "version": (4,),
    "waiting": (0, 1, 4),
    "strangers": (0, 1, 4),
    "page": (1,),
    "pages": (2,),
    "number": (3,),
    "left": (5,),
    "most": (10,),
    "first": (1,),
    "last": (9,),
    "limit": (12,),
    "megabytes": (10,),
    "sent": (12,),
    "pending": (2,),
    "ended": (1,),
    "chats": _COUNTS,
    "seconds": (20,),
    "subscribed": (12,),
    "delivered": (12,),
    "released": (12,),
    "total": (12,),
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "since": "21/11/2026",
        "till": "27/11/2026",
        "half": "20 giây",
        "longest": "3 giờ",
        "other": "Hoạt động quốc tế",
        "moment": "18:52 ngày 16/08/2017",
        "until": "18:52 ngày 16/10/2017",
        "date": "16/08/2017",
        "weekday": "thứ Tư",
        "hours": "từ 22 giờ đến 6 giờ",
        "begin": "22 giờ",
        "end": "6 giờ",
        "roles": "người duyệt tin",
        "topics": "Hoạt động trong nước, Hoạt động quốc tế",
        "topic": "Hoạt động trong nước",
        "title": "Hội nghị Đảng ủy",
        "changes": "đổi tiêu đề",
        "summary": "Đảng ủy tổ chức hội nghị.",
        "caption": "Mức thu phí, lệ phí",
        "name": "Hoạt động trong nước",
        "names": "Quyết định.pdf",
        "what": "bản tin hằng ngày lúc 7 giờ",
        "words": "Đảng ủy",
        "command": "tìm",
        "rights": "đăng bài, gửi ảnh",
        "reason": "máy chủ không trả lời",
        "error": "máy chủ không trả lời",
        "zone": "Việt Nam (GMT+7)",
        "form": "Thầy/Cô",
        "note": "anh Nam, phòng Đăng ký",
        "who": "Lê Thị Lan (123456789)",
        "about": "Hoạt động trong nước",
        "before": "đang hoạt động",
        "now": "tạm dừng",
        "after": "tạm dừng",
        "value": "có",
        "device": "trình duyệt",
        "forecast": "Với tốc độ hiện nay, số tin nhắn của tháng đủ đến ngày 23.",
        "places": "4 người đang chờ.",
        "takes": "5 phút",
        "subscribers": "Có 12 nơi nhận tin",
    },
    "en": {
        "since": "21 November 2026",
        "till": "27 November 2026",
        "half": "20 seconds",
        "longest": "3 hours",
        "other": "World news",
        "moment": "18:52 on 16 August 2017",
        "until": "18:52 on 16 October 2017",
        "date": "16 August 2017",
        "weekday": "Wednesday",
        "hours": "22:00 to 06:00",
        "begin": "22:00",
        "end": "06:00",
        "roles": "publisher",
        "topics": "Domestic news, International news",
        "topic": "Domestic news",
        "title": "Patent conference",
        "changes": "new title",
        "summary": "The conference was opened.",
        "caption": "Fees and charges",
        "name": "Domestic news",
        "names": "Decision.pdf",
        "what": "daily digest at 07:00",
        "words": "patent",
        "command": "search",
        "rights": "post messages, send photos",
        "reason": "the server does not answer",
        "error": "the server does not answer",
        "zone": "Viet Nam (GMT+7)",
        "form": "Madam",
        "note": "Nam, Registration Division",
        "who": "Mary (123456789)",
        "about": "Domestic news",
        "before": "active",
        "now": "paused",
        "after": "paused",
        "value": "yes",
        "device": "Firefox, Windows",
        "forecast": "At this rate, the messages of this month last until day 23 of the month.",
        "places": "4 people are waiting.",
        "takes": "5 minutes",
        "subscribers": "12 chats subscribe",
    },
}
_SAME_EVERYWHERE = {
    "format": "Atom",
    "kinds": "pdf",
    "part": "item",
    "found": "tin.vn",
    "thread": "7",
    "time": "18:52",
    "year": "2017",
    "user": "123456789",
    "example": "123456789",
    "member": "123456789",
    "chat": "123456789",
    "group": "123456789",
    "contact": "phapche@coquan.example",
    "platform": "Telegram",
    "account": "Telegram",
    "host": "tin.vn",
    "url": "tin.vn",
    "address": "tin.vn",
    "link": "tin.vn",
    "status": "503",
    "device": "Firefox, Windows",
}


class _Arguments(Visitor):
    """Collects the arguments of a message, each with the words that a variant stands for."""

    def __init__(self) -> None:
        self.variants: dict[str, list[str]] = {}

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802 - fluent's name
        self.variants.setdefault(node.id.name, [])

    def visit_SelectExpression(self, node: fluent.SelectExpression) -> None:  # noqa: N802 - fluent's name
        if isinstance(node.selector, fluent.VariableReference):
            keys = [each.key.name for each in node.variants if isinstance(each.key, fluent.Identifier)]
            known = self.variants.setdefault(node.selector.id.name, [])
            known.extend(key for key in keys if key not in _PLURALS)
        self.generic_visit(node)


@cache
def translator(form: FormOfAddress) -> Translator:
    return Translator.load(form, AGENCY)


def rendered(language: str, form: FormOfAddress) -> Iterator[Rendered]:
    """Return every text that there can be, with numbers of one and of several."""
    for key, message in messages(source(language)).items():
        found = _Arguments()
        found.visit(message)
        names = list(found.variants)
        for values in product(*(_values(name, found.variants[name], language) for name in names)):
            given = dict(zip(names, values, strict=True))
            if given.get("passed", 0) not in range(int(given.get("count", 0)) + 1):
                continue
            yield key, given, translator(form).text(language, key, **given)


def _values(name: str, variants: list[str], language: str) -> tuple[Value, ...]:
    if variants:
        return tuple(dict.fromkeys(variants))
    if name in _NUMBERS:
        return _NUMBERS[name]
    return (_WORDS[language].get(name) or _SAME_EVERYWHERE[name],)


if __name__ == "__main__":
    for language, form in FORMS:
        for key, _, text in rendered(language, form):
            sys.stdout.write(f"{language} {form} {key}\n    {text.replace(chr(10), chr(10) + '    ')}\n")
