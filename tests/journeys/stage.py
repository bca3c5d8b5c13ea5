"""The stage of the journeys: the real service against an emulated Telegram, and people who type and tap."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from pydantic import SecretStr

from bot import app
from bot.commands.base import callback_data
from bot.domain.chats.chat import Address, ChatKind, TopicId
from bot.domain.chats.preferences import Preferences
from bot.domain.clock import SystemClock
from bot.domain.delivery.delivery import DeliveryStatus, Settlement
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.figures import EndReason
from bot.domain.news.article import Article, ArticleId, Photo, PreparedPhoto
from bot.domain.news.feed import Entry, Topic
from bot.domain.publication.publication import PublicationId
from bot.domain.reason import Reason, ReasonCode
from bot.i18n import LANGUAGES
from bot.settings.accounts import TelegramSection
from bot.settings.roles import ProcessRole
from bot.settings.settings import AccessSection, Settings, VoiceSection, WebSection
from bot.settings.settings import DatabaseSection as DatabaseSettings
from bot.store.articles import articles, gallery
from bot.store.chats import chats
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds, quarantine
from bot.store.outbox import outbox
from bot.store.publications import approvals
from bot.store.publications.approvals import Worth
from bot.store.runtime import accounts
from tests.commands.stage import FEEDS, HOME
from tests.commands.stage import TOPICS as OPEN_TOPICS
from tests.emulated import ACCOUNT, TOKEN, Emulated, jpeg, taken
from tests.journeys.steps import File, HandsIn, Journey, Place, Says, Seen, Step, Taps, Who, is_said

TOPICS = (*OPEN_TOPICS, Topic(TopicId("noi-bo"), {"vi": "Nội bộ"}, {}, "NộiBộ", members_only=True))
OWNERS = {"vi": 901, "en": 902}
PERSONS, APPOINTED = 10_000, 50_000
"""Where the ids begin of those who only subscribe, and of those whom an owner appoints."""
PATIENCE = 20.0
PACED = 8
"""How many are answered in quick succession where the stage has limits."""
_DEAD = "404404"
_SHORT = ("Nội dung.",)
_LONG = tuple(f"Đoạn {number}. " + "Cục Sở hữu trí tuệ tổ chức hội nghị. " * 8 for number in range(1, 61))
_PHOTOS = (
    Photo("https://agency.example/a.jpg", "Toàn cảnh."),
    Photo("https://agency.example/b.jpg", "Đại biểu."),
)
_NO_LIMITS = {"enforce": False, "edits_count": False, "upload_gate": False}
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Theatre:
    """A running service and its Telegram."""

    emulated: Emulated

    @classmethod
    @asynccontextmanager
    async def open(cls, url: str, *, paced: bool = False) -> AsyncIterator["Theatre"]:
        """Open with the limits of the real Telegram and the bot's own, or with none."""
        await furnish(url)
        async with Emulated.start() as emulated:
            if not paced:
                await emulated.post("limits", **_NO_LIMITS)
            theatre = cls(emulated)
            stop = asyncio.Event()
            settings = _settings(emulated.url, url, paced=paced)
            running = asyncio.create_task(
                app.run(settings, TOPICS, FEEDS, stop=stop, roles=frozenset({ProcessRole.SEND}))
            )
            try:
                for language, owner in OWNERS.items():
                    await emulated.post("users", id=owner, first_name="Chủ", language_code=language)
                    player = Player(emulated, chat=owner, user=owner, language="vi")
                    await player.takes(Says(None, "/start", Seen(("start-about",))), {})
                    await theatre._speaking(player, language)
                yield theatre
            finally:
                stop.set()
                await running

    async def play(self, journey: Journey, place: Place, language: str) -> None:
        player = await self._player(journey.who, place, language)
        props = await self._props(journey) | languages(language)
        for step in journey.steps:
            await player.takes(step, props)

    async def _player(self, who: Who, place: Place, language: str) -> "Player":
        number = next(_numbers)
        user = OWNERS[language]
        if who is Who.PERSON:
            user = PERSONS + number
            await self.emulated.post("users", id=user, first_name="Người", language_code=language)
        if place is Place.PRIVATE:
            return await self._speaking(Player(self.emulated, user, user, language), language)
        chat, thread = -1_000_000 - number, None
        is_forum = place is Place.FORUM
        await self.emulated.post(
            "chats", id=chat, type="supergroup", title=f"Nhóm {number}", owner=OWNERS["vi"], is_forum=is_forum
        )
        if who is Who.PERSON:
            await self.emulated.post(f"chats/{chat}/members", user=user, status="administrator")
        await self.emulated.post(f"chats/{chat}/members", bot=TOKEN, status="member", by=OWNERS["vi"])
        if is_forum:
            thread = await self.emulated.topic(chat)
        player = Player(self.emulated, chat=chat, user=user, language="vi", thread=thread)
        await player.until(lambda: player.has_said({}, Seen(("channel-hello",)), anywhere=True))
        return await self._speaking(player, language)

    async def _speaking(self, player: "Player", language: str) -> "Player":
        """Have the chat speak *language*, as the person can do, or the one who made the group."""
        there = replace(player, language=language)
        decider = there if player.chat > 0 else replace(there, user=OWNERS["vi"])
        await decider.takes(Says(None, f"/ngonngu {language}", Seen(("language-set",))), {})
        return there

    async def _props(self, journey: Journey) -> dict[str, str]:
        """Return what words of a step may name, made anew for each journey that does."""
        number = next(_numbers)
        name = f"kenh_tin_{number}"
        props = {"channel": name, "other": str(APPOINTED + number)}
        if any("{other}" in step.words for step in journey.steps if isinstance(step, Says)):
            await self.emulated.post("users", id=APPOINTED + number, first_name="Người", started=True)
        if not any("{channel}" in step.words for step in journey.steps if isinstance(step, Says)):
            return props
        await self.emulated.post(
            "chats", id=-2_000_000 - number, type="channel", title=name, username=name, owner=OWNERS["vi"]
        )
        await self.emulated.post(
            f"chats/{-2_000_000 - number}/members", bot=TOKEN, status="administrator", by=OWNERS["vi"]
        )
        return props


def languages(spoken: str) -> dict[str, str]:
    """Return the props that name the language of a journey, and another one."""
    return {"spoken": spoken, "foreign": next(each for each in LANGUAGES if each != spoken)}


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody in a chat who takes steps, and looks each time whether what comes of them is right."""

    emulated: Emulated
    chat: int
    user: int
    language: str
    thread: int | None = None

    async def takes(self, step: Step, props: dict[str, str]) -> None:
        before = await self._messages()
        match step:
            case Says():
                press = None
                there = {"thread": self.thread} if self.thread else {}
                text = step.typed(self.language).format(**props)
                await self.emulated.post(
                    "updates/message", chat=self.chat, **{"from": self.user}, text=text, **there
                )
            case HandsIn():
                press = None
                content = taken() if step.file is File.PHOTO else b"%PDF-1.7"
                await self.emulated.hand_in(self.user, content, kind=step.file, name=step.name)
            case Taps():
                press = await self._tap(step, props)
        try:
            await self.until(lambda: self.has_said(before, step.sees, press=press))
        except TimeoutError:
            said = [each["text"] for each in await self._new(before)]
            raise AssertionError(f"{step} brought {said}; a toast: {await self._toast(press)}") from None
        for name, pattern in step.sees.kept:
            found = re.search(pattern, "\n".join(each["text"] for each in await self._new(before)))
            assert found, f"{step} brought nothing like {pattern}"
            props[name] = found[1]

    async def until(self, holds_true: Any) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await holds_true():  # noqa: ASYNC110 - it happens on the other side of the wire
                await asyncio.sleep(0.02)

    async def has_said(
        self, before: dict[int, Any], wanted: Seen, *, press: str | None = None, anywhere: bool = False
    ) -> bool:
        """Return whether what is new since *before* is what was *wanted*."""
        said = "\n\n".join(each["text"] for each in await self._new(before, anywhere=anywhere))
        toast = await self._toast(press)
        return (
            all(is_said(key, self.language, said) for key in wanted.texts)
            and all(words in said for words in wanted.words)
            and (press is None or toast is not None)
            and (wanted.toast is None or is_said(wanted.toast, self.language, toast or ""))
        )

    async def _tap(self, step: Taps, props: dict[str, str]) -> str:
        if step.forced:
            notice = await self.emulated.said_by_the_bot(self.chat, "?", f"1{step.verb}.{step.rest}")
            return await self._press(notice, f"1{step.verb}.{step.rest}", force=False)
        rest = step.arguments(props)
        try:
            # Of several messages the last one has the buttons, and may be on its way yet.
            await self.until(lambda: self._button(step, rest))
        except TimeoutError:
            shown = [each["reply_markup"] for each in (await self._messages()).values()]
            raise AssertionError(f"no button for {step} among {shown}") from None
        found = await self._button(step, rest)
        assert found, "it was there a moment ago"
        return await self._press(*found, force=False)

    async def _button(self, step: Taps, rest: str) -> tuple[Any, str] | None:
        """Return the newest message with such a button, and what the button sends back."""
        for message in sorted((await self._messages()).values(), key=lambda each: -each["message_id"]):
            rows = (message["reply_markup"] or {}).get("inline_keyboard", ())
            for data in (button.get("callback_data", "") for row in rows for button in row):
                found = callback_data.read(data)
                if found and found.verb is step.verb and re.match(rest, found.rest):
                    return message, data
        return None

    async def _press(self, message: Any, data: str, *, force: bool) -> str:
        pressed = await self.emulated.post(
            "updates/callback",
            chat=self.chat,
            **{"from": self.user},
            message_id=message["message_id"],
            data=data,
            force=force,
        )
        return str(pressed["id"])

    async def _toast(self, press: str | None) -> str | None:
        """Return what was said over the button; '' if the tap was answered without words."""
        answers = await self.emulated.get("callback_answers") if press else []
        return next((each["text"] for each in answers if each["id"] == press), None)

    async def _messages(self, *, anywhere: bool = False) -> dict[int, Any]:
        return {
            each["message_id"]: each
            for each in await self.emulated.outbox(self.chat)
            if anywhere or each["thread"] == self.thread
        }

    async def _new(self, before: dict[int, Any], *, anywhere: bool = False) -> list[Any]:
        now = await self._messages(anywhere=anywhere)
        return [each for number, each in now.items() if before.get(number) != each]


def _settings(api_url: str, database_url: str, *, paced: bool) -> Settings:
    telegram = TelegramSection(token=SecretStr(TOKEN), api_url=api_url)
    unlimited = {
        "messages_per_second": 1000,
        "private_chat_messages": 1000,
        "group_messages_per_minute": 10_000,
        "answers_at_once": 100_000,
    }
    return Settings.model_construct(
        database=DatabaseSettings(url=database_url),
        access=AccessSection(owners=tuple(f"telegram:{owner}" for owner in OWNERS.values())),
        telegram=telegram.model_copy(update={"answers_at_once": PACED} if paced else unlimited),
        web=WebSection(console=True, public_url="https://tin.example.vn"),
        voice=VoiceSection(engine="espeak-ng"),
    )


async def furnish(url: str) -> None:
    """Store articles to read and to find, and what those who manage the bot are asked to decide."""
    database, now = await Database.open(url), SystemClock().now()
    async with database.write() as tx:
        await accounts.register(tx, ACCOUNT, platform="telegram", name="bantin_bot", now=now)
        await feeds.sync_definitions(tx, TOPICS, FEEDS, now)
        for feed in FEEDS:
            entry = Entry("Bài bị giữ lại", f"{feed.url}/1")
            await quarantine.hold(tx, feed.id, [entry], now)
        for hold in await quarantine.undecided(tx):
            # It is looked at in the list of feeds: a notice about it would come at any moment.
            await quarantine.ask_again(tx, hold.id, now + timedelta(days=1))
        for number, photo in enumerate(_PHOTOS):
            content = jpeg(color=("red", "blue")[number])
            prepared = PreparedPhoto(f"{number:064}", photo.url, content, 64, 48)
            await articles.save_photo(tx, prepared, now=now)
            await gallery.keep(tx, photo.url, prepared.key)
        for number in range(1, 8):
            body = _LONG if number == 7 else _SHORT
            photos = _PHOTOS if number == 6 else ()
            article = Article(
                f"https://agency.example/{number}", f"Hội nghị số {number}", body=body, photos=photos
            )
            saved = await articles.save(tx, article, photo=None, topic=HOME, now=now)
            if number <= len(OWNERS):
                await _fail(tx, saved.id, f"{_DEAD}{number}", now)
        await _submit(tx, now)
    await database.close()


async def _submit(tx: Transaction, now: datetime) -> None:
    """Have an article for each owner wait for approval; nobody is asked about it at just any moment."""
    asking = [replace(topic, approval=ApprovalRule(Approval.ONE)) for topic in TOPICS]
    await feeds.sync_definitions(tx, asking, FEEDS, now)
    for owner in OWNERS.values():
        article = Article(f"https://agency.example/duyet/{owner}", f"Quyết định số {owner}")
        saved = await articles.save(tx, article, photo=None, topic=HOME, now=now)
        worth = Worth(owed=False, urgent=False, lasts=timedelta(days=3))
        await approvals.ask(tx, PublicationId(saved.id, HOME), worth, now)
    await feeds.sync_definitions(tx, TOPICS, FEEDS, now)


async def _fail(tx: Transaction, article: ArticleId, recipient: str, now: datetime) -> None:
    """Have the messenger refuse an article in a chat that subscribes to nothing else."""
    chat = await chats.register(
        tx, Address(ACCOUNT, recipient), kind=ChatKind.PRIVATE, language="vi", title=None, now=now
    )
    await chats.give_consent(tx, chat.id, "1", now)
    await chats.subscribe(tx, chat.id, HOME, now)
    await outbox.enqueue(
        tx,
        outbox.NewFanout(article=article, topic=HOME, due_at=now, expires_at=now + timedelta(days=3)),
        now=now,
    )
    quiet, lease = Preferences(quiet=None), timedelta(minutes=1)
    batch = await outbox.claim(
        tx, outbox.Claimant(account=ACCOUNT, owner="p", lease=lease), now=now, limit=10, usual=quiet
    )
    reason = Reason(ReasonCode.MESSAGE_REFUSED, "message is too long").stored()
    failed = [Settlement(each.id, DeliveryStatus.REJECTED, 1, reason=reason) for each in batch.deliveries]
    await outbox.settle(tx, failed, owner="p", now=now)
    await chats.unsubscribe(tx, chat.id, None, why=EndReason.UNSUBSCRIBED, now=now)
