"""Lines of the audit log in words: no moment, topic or setting as the database writes it."""

from datetime import UTC, datetime

from bot.domain.desk.audit import SERVICE, Act, AuditAction, AuditRecord, Plain, Subject, SubjectKind
from bot.i18n import FormOfAddress, Translator
from bot.services.rendering.audit_words import AuditWords

ARTICLE = Subject(SubjectKind.ARTICLE, "7")
TRANSLATOR = Translator.load(FormOfAddress.YOU, {"vi": "Cục Sở hữu trí tuệ"})
NAMES = {Subject(SubjectKind.TOPIC, "quoc-te"): "Hoạt động quốc tế"}


def changes(before: dict[str, Plain], after: dict[str, Plain]) -> list[str]:
    act = Act(AuditAction.PUBLICATION_APPROVED, ARTICLE, before, after)
    line = AuditRecord(1, datetime(2026, 11, 27, tzinfo=UTC), SERVICE, act)
    return AuditWords(TRANSLATOR, "vi", NAMES).changes(line)


def test_a_moment_stands_as_in_a_sentence() -> None:
    assert changes({"release_at": "2026-11-28T01:00:00+00:00"}, {"release_at": None}) == [
        "giờ phát hành: 08:00 ngày 28/11/2026 → không đặt"
    ]


def test_topics_are_called_by_their_names_and_by_their_ids_once_they_are_gone() -> None:
    assert changes({}, {"topics": "quoc-te, da-bo"}) == ["các chuyên mục: Hoạt động quốc tế, da-bo"]


def test_what_stayed_as_it_was_is_not_said() -> None:
    assert changes({"release_at": None, "state": "awaiting"}, {"release_at": None, "state": "rejected"}) == [
        "tình trạng: chờ duyệt → đã từ chối"
    ]


def test_the_rule_of_a_topic_is_in_words() -> None:
    assert changes({}, {"approval": "two", "unanswered": "drop"}) == [
        "số người duyệt: hai người khác nhau",
        "khi không có trả lời: từ chối",
    ]
