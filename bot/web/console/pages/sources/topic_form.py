"""The form of a topic: what its fields say, as a topic, and what is wrong with them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.chats.chat import TopicId
from bot.domain.desk.approval_rule import NO_APPROVAL, Approval, ApprovalRule, Unanswered
from bot.domain.news.feed import Topic
from bot.domain.news.naming import LONGEST_HASHTAG, hashtag_of
from bot.domain.text.text import fold, one_line
from bot.web.console.pages.sources.feed_form import FormProblem
from bot.web.console.visit import FormFields

LONGEST_NAME = 80
MOST_HOURS = 720
USUAL = "usual"
"""The choice of what is usual in place of a rule of one's own."""

APPROVALS = (USUAL, *(each.value for each in Approval))
USUAL_HOURS = NO_APPROVAL.after // timedelta(hours=1)

_HASHTAG = re.compile(rf"\w{{1,{LONGEST_HASHTAG}}}")


@dataclass(frozen=True, slots=True)
class TopicFields:
    """A topic as a form has it; *hours* is for how long an answer is waited for."""

    vi: str = ""
    en: str = ""
    hashtag: str = ""
    members_only: bool = False
    approval: str = USUAL
    unanswered: str = Unanswered.REMIND.value
    hours: int = USUAL_HOURS

    @classmethod
    def read(cls, fields: FormFields) -> "TopicFields":
        vi = one_line(fields.value("vi"))
        return cls(
            vi=vi,
            en=one_line(fields.value("en")),
            hashtag=fields.value("hashtag").removeprefix("#") or hashtag_of(vi),
            members_only=fields.value("members-only") == "yes",
            approval=fields.value("approval") or USUAL,
            unanswered=fields.value("unanswered") or Unanswered.REMIND.value,
            hours=fields.number("hours", at_least=1, at_most=MOST_HOURS)
            if fields.value("hours")
            else USUAL_HOURS,
        )

    @classmethod
    def of(cls, topic: Topic) -> "TopicFields":
        """Return the form as it is filled in for *topic*."""
        rule = topic.approval or NO_APPROVAL
        return cls(
            vi=topic.names["vi"],
            en=topic.names.get("en", ""),
            hashtag=topic.hashtag,
            members_only=topic.members_only,
            approval=rule.approval.value if topic.approval else USUAL,
            unanswered=rule.unanswered.value,
            hours=max(rule.after // timedelta(hours=1), 1),
        )

    def problem(self, others: Iterable[Topic]) -> FormProblem | None:
        """Return what is wrong with the form, the first thing that is; *others* are all other topics."""
        if not 0 < len(self.vi) <= LONGEST_NAME or len(self.en) > LONGEST_NAME:
            return FormProblem("name")
        if not _HASHTAG.fullmatch(self.hashtag):
            return FormProblem("hashtag")
        if self.approval not in APPROVALS or self.unanswered not in set(Unanswered):
            return FormProblem("approval")
        if fold(self.vi) in {fold(each.names["vi"]) for each in others}:
            return FormProblem("taken")
        return None

    def changed(self, topic: Topic) -> Topic:
        """Return *topic* as the form wants it; what the form does not have stays."""
        names = {**topic.names, "vi": self.vi, "en": self.en}
        return replace(
            topic,
            names={language: name for language, name in names.items() if name},
            hashtag=self.hashtag,
            members_only=self.members_only,
            approval=self._rule(),
        )

    def _rule(self) -> ApprovalRule | None:
        """Return the topic's own rule; None where it goes by the usual one."""
        if self.approval == USUAL:
            return None
        rule = ApprovalRule(Approval(self.approval), Unanswered(self.unanswered), timedelta(hours=self.hours))
        return rule if rule.is_asked else NO_APPROVAL

    def topic(self, topic_id: TopicId) -> Topic:
        """Return the new topic that a form without problems defines."""
        return self.changed(Topic(topic_id, {"vi": self.vi}, {}, self.hashtag))
