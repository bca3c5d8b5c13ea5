"""How a publication stands, as those are told who decide about it: its state, and who has answered."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.desk.approval_rule import ApprovalRule
from bot.domain.news.feed import Topic
from bot.domain.publication.approval import Voter
from bot.domain.publication.editing import SourceText
from bot.domain.publication.publication import PublicationId, PublicationState
from bot.domain.publication.rejection import may_put_back
from bot.store.articles import articles, source_texts
from bot.store.articles.articles import StoredArticle
from bot.store.engine.database import Transaction
from bot.store.feeds import feeds
from bot.store.publications import approval_rules, approvals, publications, rejections
from bot.store.publications.approvals import ApprovalRequest
from bot.store.publications.rejections import Rejection
from bot.store.runtime import admins


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody, by the *name* that their appointing person gave, has said."""

    name: str
    approves: bool


@dataclass(frozen=True, slots=True)
class ApprovalStanding:
    """A publication with its *state* since *since*; *request* is what is asked about it while it waits,
    *rejection* how it was rejected, if it was, and *source* what its source says, if it was edited.
    """

    publication: PublicationId
    stored: StoredArticle
    topic: Topic
    rule: ApprovalRule
    state: PublicationState
    since: datetime
    request: ApprovalRequest | None
    said: tuple[Said, ...]
    source: SourceText | None
    rejection: Rejection | None = None

    @property
    def approved_by(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.said if each.approves)

    @property
    def rejected_by(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.said if not each.approves)

    def may_put_back(self, now: datetime) -> bool:
        """Return whether it was rejected so lately that it can be put back."""
        return self.rejection is not None and may_put_back(self.rejection.at, now)


async def standing(tx: Transaction, publication: PublicationId) -> ApprovalStanding | None:
    """Return how a publication stands; None if it is there no more."""
    stored = await articles.get(tx, publication.article)
    topic = await feeds.topic(tx, publication.topic)
    found = await publications.get(tx, publication.article)
    if stored is None or topic is None or found is None or publication.topic not in found.states:
        return None
    votes = await approvals.votes(tx, publication)
    return ApprovalStanding(
        publication=publication,
        stored=stored,
        topic=topic,
        rule=await approval_rules.rule_of(tx, topic.id),
        state=found.states[publication.topic],
        since=found.changed_at,
        request=await approvals.get(tx, publication),
        said=tuple([Said(await _name(tx, vote.voter), vote.approves) for vote in votes]),
        source=await source_texts.get(tx, publication.article),
        rejection=await rejections.get(tx, publication),
    )


async def _name(tx: Transaction, voter: Voter) -> str:
    name = await admins.name(tx, voter.account, voter.user) if voter.account else ""
    return name or voter.user
