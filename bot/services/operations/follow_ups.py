"""Follow-ups: those who began something are told how it has ended.

What was begun is stored with its effect (`bot.store.runtime.follow_ups`), so that a restart loses no report;
one that was sent just before a crash may come twice.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial

from bot.domain.chats.chat import AccountId, Address, Chat, ChatId, ChatKind, TopicId
from bot.domain.chats.message import Message, plain
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import QuotaSpent, RetryLater
from bot.domain.news.article import ArticleId
from bot.domain.news.feed import FeedId
from bot.domain.publication.announcement import DraftId
from bot.domain.reason import Reason
from bot.domain.text.text import shorten
from bot.i18n import Translator
from bot.services.announcing.trials import trial_card
from bot.services.operations.managed_account import ManagedAccount
from bot.services.publishing.publications import TRIED_FOR
from bot.services.rendering.card import CardFormat
from bot.services.rendering.reasons import worded
from bot.store.articles import articles
from bot.store.chats import chats, preferences
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds, poll_marks
from bot.store.feeds.poll_marks import PollMark
from bot.store.runtime import admins, endings, follow_ups
from bot.store.runtime.endings import Completion
from bot.store.runtime.follow_ups import Begun, FollowUp

UNHEARD_AFTER = timedelta(minutes=10)
"""When a poll has not ended after so long, that is what is told."""

_TITLE = 100
_REASONS = 3
_NAMES = 500


class FollowUps:
    """Tells the people of one account."""

    def __init__(
        self, database: Database, clock: Clock, translator: Translator, account: ManagedAccount
    ) -> None:
        self._database = database
        self._clock = clock
        self._translator = translator
        self._account = account
        self._spent_until: datetime | None = None

    async def tell(self) -> None:
        """Tell of everything that has ended by now; where the month's messages are spent, when it turns."""
        if self._spent_until is not None and self._clock.now() < self._spent_until:
            return
        async with self._database.read() as tx:
            begun = await follow_ups.open_ones(tx, self._account.id)
            ended = [(each, said) for each in begun if (said := await self._said(tx, each)) is not None]
        for each, said in ended:
            outcome = await self._account.reply(each.address, said) if said.text else None
            if isinstance(outcome, QuotaSpent):
                self._spent_until = outcome.until
                return
            if not isinstance(outcome, RetryLater):
                async with self._database.write() as tx:
                    await follow_ups.end(tx, each)

    async def _said(self, tx: Transaction, begun: FollowUp) -> Message | None:
        """Return what to say of how it ended, without words if it is gone; None, while it goes on."""
        if begun.kind is Begun.TRIAL:
            form = CardFormat(self._translator, begun.language, self._account.messenger.capabilities)
            return await trial_card(tx, DraftId(int(begun.about)), form, self._clock.now()) or Message(())
        lines = await self._outcome(tx, begun)
        return None if lines is None else Message((plain("\n".join(lines)),) if lines else ())

    async def _outcome(self, tx: Transaction, begun: FollowUp) -> list[str] | None:
        """Return the lines that say how it ended; none, if it is gone; None, while it goes on."""
        outcomes: Mapping[Begun, Callable[[Transaction, FollowUp], Awaitable[list[str] | None]]] = {
            Begun.POLL: self._poll,
            Begun.WITHDRAWAL: self._withdrawal,
            Begun.HELD: self._held,
            Begun.APPOINTED: self._appointed,
            Begun.EXCLUDED: self._excluded,
            Begun.UNSUBSCRIBED: self._unsubscribed,
        }
        return await outcomes[begun.kind](tx, begun)

    async def _poll(self, tx: Transaction, begun: FollowUp) -> list[str] | None:
        feed = FeedId(begun.about)
        mark = (await poll_marks.marks(tx, [feed])).get(feed)
        if mark is None:
            return []
        name = shorten(mark.feed.name, _TITLE)
        if _number(mark.last_polled_at) == begun.mark["polled_at"]:
            minutes = int(UNHEARD_AFTER.total_seconds() // 60)
            is_late = self._clock.now() - begun.begun_at > UNHEARD_AFTER
            return [self._text(begun, "poll-unheard", name=name, minutes=minutes)] if is_late else None
        if mark.last_error and _number(mark.last_error_at) != begun.mark["failed_at"]:
            error = worded(self._translator, begun.language, mark.last_error)
            return [self._text(begun, "poll-failed", name=name, error=error)]
        taken = await poll_marks.articles_after(tx, feed, begun.mark["article"])
        held = await poll_marks.held_after(tx, feed, begun.mark["held"])
        lines = [self._text(begun, "poll-ended", name=name, count=len(taken))]
        return lines + ([self._text(begun, "poll-held", count=len(held))] if held else [])

    async def _withdrawal(self, tx: Transaction, begun: FollowUp) -> list[str] | None:
        stored = await articles.get(tx, ArticleId(int(begun.about)))
        if stored is None:
            return []
        progress = await endings.of_withdrawal(tx, stored.id)
        if progress.waiting and self._clock.now() - begun.begun_at <= TRIED_FOR:
            return None
        title = shorten(stored.article.title, _TITLE)
        left = progress.out_of_reach
        total = progress.sent + progress.failed + progress.waiting + left
        return [
            self._text(begun, "withdrawal-ended", sent=progress.sent, total=total, title=title),
            *self._failed(begun, "withdrawal-failed", progress),
            *([self._text(begun, "withdrawal-left", count=left)] if left else []),
        ]

    async def _held(self, tx: Transaction, begun: FollowUp) -> list[str] | None:
        feed = FeedId(begun.about)
        mark = (await poll_marks.marks(tx, [feed])).get(feed)
        if mark is None:
            return []
        progress = await endings.of_articles(tx, feed, after=begun.mark["article"])
        if progress.waiting or await endings.is_held(tx, feed):
            return None
        lines = [
            self._text(begun, "held-ended", name=shorten(mark.feed.name, _TITLE), count=progress.sent),
            *self._failed(begun, "held-failed", progress),
        ]
        return lines + ([self._text(begun, "held-later", count=progress.later)] if progress.later else [])

    async def _appointed(self, tx: Transaction, begun: FollowUp) -> list[str]:
        admin = await admins.find(tx, begun.address.account, begun.about)
        if admin is None:
            return []
        translator = self._translator.addressing(await preferences.form_of_address(tx, begun.chat))
        said = partial(translator.text, begun.language)
        roles = ", ".join(said("role-name", role=role) for role in admin.roles)
        noted = [said("admin-welcome-note", note=admin.note)] if admin.note else []
        return [said("admin-welcome", roles=roles), *noted]

    async def _excluded(self, tx: Transaction, begun: FollowUp) -> list[str]:
        topic = await feeds.topic(tx, TopicId(begun.about))
        if topic is None:
            return []
        form = await preferences.form_of_address(tx, begun.chat)
        translator = self._translator.addressing(form or topic.address)
        return [translator.text(begun.language, "membership-ended", topic=topic.name(begun.language))]

    async def _unsubscribed(self, tx: Transaction, begun: FollowUp) -> list[str]:
        found = [await feeds.topic(tx, TopicId(each)) for each in begun.about.split()]
        names = ", ".join(each.name(begun.language) for each in found if each)
        translator = self._translator.addressing(await preferences.form_of_address(tx, begun.chat))
        return [translator.text(begun.language, "support-told", topics=shorten(names, _NAMES))]

    def _failed(self, begun: FollowUp, key: str, progress: Completion) -> Iterable[str]:
        """Return a line for each of the most frequent reasons, what is worded alike as one."""
        counts = Counter[str]()
        for reason, count in progress.reasons:
            counts[self._worded(begun, reason)] += count
        return [
            self._text(begun, key, count=count, reason=reason)
            for reason, count in counts.most_common(_REASONS)
        ]

    def _worded(self, begun: FollowUp, reason: Reason) -> str:
        hours = round((self._clock.now() - begun.begun_at).total_seconds() / 3600)
        return worded(self._translator, begun.language, reason, hours=hours)

    def _text(self, begun: FollowUp, key: str, **args: str | int) -> str:
        return self._translator.text(begun.language, key, **args)


async def follow_poll(tx: Transaction, chat: ChatId, mark: PollMark, *, now: datetime) -> None:
    """Have *chat* told what the next poll of a feed brings, which stands now as *mark* says."""
    numbers = {
        "polled_at": _number(mark.last_polled_at),
        "failed_at": _number(mark.last_error_at),
        "held": mark.held,
        "article": await poll_marks.newest_article(tx),
    }
    await follow_ups.follow(tx, chat, Begun.POLL, mark.feed.id, mark=numbers, now=now)


async def follow_withdrawal(tx: Transaction, chat: ChatId, article: ArticleId, *, now: datetime) -> None:
    """Have *chat* told when the messages about *article* have been taken back."""
    await follow_ups.follow(tx, chat, Begun.WITHDRAWAL, str(article), mark={}, now=now)


async def follow_held(tx: Transaction, chat: ChatId, feed: FeedId, *, now: datetime) -> None:
    """Have *chat* told when the articles of *feed* have been sent that were held until now."""
    mark = {"article": await poll_marks.newest_article(tx)}
    await follow_ups.follow(tx, chat, Begun.HELD, feed, mark=mark, now=now)


async def tell_of_appointment(tx: Transaction, account: AccountId, user: str, *, now: datetime) -> bool:
    """Have somebody told that they were appointed; False if they have not talked to the bot yet."""
    theirs = await chats.find(tx, Address(account, user))
    if theirs is None or theirs.kind is not ChatKind.PRIVATE:
        return False
    await follow_ups.follow(tx, theirs.id, Begun.APPOINTED, user, mark={}, now=now)
    return True


async def tell_of_exclusion(tx: Transaction, chat: Chat, topic: TopicId, *, now: datetime) -> None:
    """Have somebody told that they are no member of *topic* any more; groups and channels are not."""
    if chat.kind is ChatKind.PRIVATE:
        await follow_ups.follow(tx, chat.id, Begun.EXCLUDED, topic, mark={}, now=now)


async def tell_of_unsubscription(
    tx: Transaction, chat: Chat, topics: Collection[TopicId], *, now: datetime
) -> None:
    """Have *chat* told that its subscriptions to *topics* have ended, as somebody there has asked for.

    A channel, which wishes for nothing itself, and a topic of a forum are not told.
    """
    if chat.kind is not ChatKind.CHANNEL and chat.address.thread is None:
        await follow_ups.follow(tx, chat.id, Begun.UNSUBSCRIBED, " ".join(topics), mark={}, now=now)


def _number(moment: datetime | None) -> int:
    return round(moment.timestamp() * 1000) if moment else 0
