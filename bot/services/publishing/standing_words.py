"""How a publication stands, in words: for the chat's cards and for the console."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.chats.message import RichText, Span, bold, plain
from bot.domain.desk.approval_rule import Approval
from bot.domain.publication.editing import SourceText
from bot.domain.publication.publication import PublicationState
from bot.domain.text.text import shorten
from bot.i18n import Translator, moments
from bot.services.publishing.standing import ApprovalStanding
from bot.services.rendering.card import paragraphs
from bot.store.articles.articles import StoredArticle
from bot.store.publications.approvals import ApprovalRequest

_TITLE = 100
_SUMMARY = 160
_NAMES = 120


@dataclass(frozen=True, slots=True)
class Speech:
    """In whose words, and in which language, it is said how something stands."""

    translator: Translator
    language: str

    def text(self, key: str, /, **args: str | int) -> str:
        return self.translator.text(self.language, key, **args)

    def moment(self, at: datetime) -> str:
        return moments.moment(self.translator, self.language, at)

    def names(self, names: Sequence[str]) -> str:
        return shorten(", ".join(names), _NAMES)


def about(stands: ApprovalStanding, speech: Speech) -> RichText:
    """Return the title of a publication and how it stands."""
    return paragraphs(title_of(stands), plain(how_it_stands(stands, speech)))


def title_of(stands: ApprovalStanding) -> Span:
    """Return the title of a publication, no longer than a line or two."""
    return bold(shorten(stands.stored.article.title, _TITLE))


def how_it_stands(stands: ApprovalStanding, speech: Speech) -> str:
    """Return how a publication stands, a line for each thing that there is to know."""
    topic = stands.topic.name(speech.language)
    match stands.request:
        case None:
            lines = [_outcome(stands, topic, speech)]
            if reason := stands.rejection and stands.rejection.reason:
                lines.append(speech.text("approval-reason", reason=reason))
            return "\n".join(lines)
        case request if request.waiting.state is PublicationState.SCHEDULED:
            lines = _scheduled(stands, request, topic, speech)
        case request:
            lines = _awaiting(stands, request, topic, speech)
    return "\n".join([*lines, *source_lines(stands.stored, stands.source, speech)])


def source_lines(stored: StoredArticle, source: SourceText | None, speech: Speech) -> list[str]:
    """Return what its source says of an article that was edited, as far as it says something else."""
    if source is None:
        return []
    lines = [speech.text("source-edited")]
    if source.title != stored.article.title:
        lines.append(speech.text("source-title", title=shorten(source.title, _TITLE)))
    if source.summary != stored.article.summary:
        summary = shorten(source.summary, _SUMMARY) or "-"
        lines.append(speech.text("source-summary", summary=summary))
    if source.photo_key != stored.photo_key:
        lines.append(speech.text("source-photo", has="photo" if source.photo_key else "none"))
    if (source.body, source.attachments) != (stored.article.body, stored.article.attachments):
        lines.append(speech.text("source-rest"))
    return lines


def _outcome(stands: ApprovalStanding, topic: str, speech: Speech) -> str:
    is_rejected = stands.state is PublicationState.REJECTED
    names = stands.rejected_by if is_rejected else stands.approved_by
    by = "people" if names else "nobody"
    return speech.text(
        "approval-outcome",
        state=stands.state,
        who=speech.names(names) or "-",
        by="mover" if is_rejected and stands.rejection and stands.rejection.moved else by,
        topic=topic,
        moment=speech.moment(stands.since),
    )


def _scheduled(stands: ApprovalStanding, request: ApprovalRequest, topic: str, speech: Speech) -> list[str]:
    names = speech.names(stands.approved_by)
    at = speech.moment(request.waiting.release_at or stands.since)
    approved = [speech.text("approval-approved-by", who=names)] if names else []
    return [speech.text("approval-scheduled", topic=topic, moment=at), *approved]


def _awaiting(stands: ApprovalStanding, request: ApprovalRequest, topic: str, speech: Speech) -> list[str]:
    waiting = request.waiting
    lines = [speech.text("approval-awaiting", topic=topic)]
    if request.worth.urgent:
        lines.append(speech.text("approval-urgent"))
    if waiting.approval is Approval.TWO:
        names = speech.names(stands.approved_by)
        lines.append(speech.text("approval-lacking", count=waiting.lacking, who=names or "-"))
    if waiting.release_at:
        lines.append(speech.text("approval-release-at", moment=speech.moment(waiting.release_at)))
    if request.answer_until:
        until = speech.moment(request.answer_until)
        lines.append(speech.text("approval-answer-by", moment=until, then=stands.rule.unanswered))
    if not request.worth.owed:
        lines.append(speech.text("approval-not-owed"))
    return lines
