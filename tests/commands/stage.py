"""A stage for scripted journeys: persons who type and tap in chats, and what they then see."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache

from bot.commands.base.callback_data import CallbackData, read
from bot.commands.base.context import AgencyChoices, Context, Desk, Keeping, Response
from bot.commands.base.recent import Recent
from bot.commands.router.router import Router
from bot.commands.runtime.handling import Speaker, handle
from bot.domain.chats.arrivals import ArrivalNotices
from bot.domain.chats.chat import (
    Address,
    ButtonPressed,
    Chat,
    ChatKind,
    Incoming,
    IncomingFile,
    MembershipChanged,
    TextReceived,
    TopicId,
    UpdateSender,
)
from bot.domain.chats.courtesy import ThrottleRules
from bot.domain.chats.message import Button, Keyboard, Message, NewPhoto
from bot.domain.chats.preferences import Preferences
from bot.domain.clock import VIETNAM
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.desk.roles import Role
from bot.domain.news.article import Article, DatePrecision, Photo, PreparedPhoto, Published
from bot.domain.news.feed import Feed, FeedId, SourceError, Topic
from bot.domain.publication.publication import PublicationId
from bot.domain.publication.uploads import UploadRules
from bot.i18n import LANGUAGES, FormOfAddress, Translator
from bot.i18n.translator import FIRST_LANGUAGE
from bot.services.announcing.receiving import FileReceiver
from bot.services.announcing.uploading import UploadDesk
from bot.services.figures.picture import FiguresPicture
from bot.services.publishing.contents import PublishingRules
from bot.services.publishing.forecasting import ForecastRules
from bot.services.subscribers.photo_fetcher import PhotoFetcher
from bot.services.subscribers.recordings import ArticleRecordings
from bot.services.subscribers.table_pictures import TablePictures
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Database, Transaction
from bot.store.feeds import feeds
from bot.store.publications import approvals, publications
from bot.store.publications.approvals import Worth
from bot.store.runtime import accounts, admins
from bot.store.runtime.admins import Appointment
from tests.fakes import FakeClock, FakeMessenger

OWNER = "900"
FULLY = Appointment((Role.PUBLISHER, Role.FEEDS))
"""What every admin was before there were roles."""
PATIENT = ThrottleRules(burst=100_000)
"""Nobody is ever muted: time stands still on this stage, so that everything comes at once."""
PROOF_KEY = b"the key of the proofs"
HOME = TopicId("trong-nuoc")
ABROAD = TopicId("quoc-te")
TOPICS = (
    Topic(
        HOME,
        {"vi": "Hoạt động trong nước", "en": "Domestic news"},
        {"vi": "Tin trong nước của Cục", "en": "News from within Viet Nam"},
        "TrongNước",
    ),
    Topic(ABROAD, {"vi": "Hoạt động quốc tế", "en": "International news"}, {}, "QuốcTế"),
)
FEEDS = (
    Feed(FeedId("nguon-trong-nuoc"), HOME, "Nguồn trong nước", "https://agency.example/a", verified=False),
    Feed(FeedId("nguon-quoc-te"), ABROAD, "Nguồn quốc tế", "https://agency.example/b"),
)


@cache
def texts(form: FormOfAddress) -> Translator:
    return Translator.load(form, {"vi": "Cục Sở hữu trí tuệ", "en": "IP Office of Viet Nam"})


def wording(key: str, language: str = FIRST_LANGUAGE, **args: str | int) -> str:
    """Return the text *key* as the bot says it here: a test that asks for it does not mind its wording."""
    return texts(FormOfAddress.YOU).text(language, key, **args)


@dataclass
class Stage:
    """A bot with a database, a clock and a messenger that are not real, but for the database."""

    database: Database
    clock: FakeClock = field(default_factory=FakeClock)
    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    form: FormOfAddress = FormOfAddress.YOU
    owners: frozenset[str] = frozenset({OWNER})
    throttle: ThrottleRules = PATIENT
    arrivals: ArrivalNotices = field(default_factory=ArrivalNotices)
    pictures: dict[str, bytes] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)
    slow: asyncio.Event | None = None
    console_url: str = "https://console.example.vn"
    drawn: list[FiguresPicture] = field(default_factory=list)
    drawing: NewPhoto | None = field(default_factory=lambda: NewPhoto("chart", b"jpeg"))
    recordings: ArticleRecordings | None = None
    tables: TablePictures | None = None
    uploads: UploadDesk = field(default_factory=lambda: UploadDesk(UploadRules(), "https://tin.example.vn"))
    recent: Recent = field(init=False)

    def __post_init__(self) -> None:
        self.recent = Recent(self.clock)

    @classmethod
    async def open(cls, database: Database) -> "Stage":
        stage = cls(database)
        now = stage.clock.now()
        async with database.write() as tx:
            account = stage.messenger.account
            await accounts.register(tx, account, platform="fake", name="bantin_bot", now=now)
            await feeds.sync_definitions(tx, TOPICS, FEEDS, now)
        return stage

    async def picture(self, photo: Photo) -> PreparedPhoto:
        """Stand in for the source, which has *pictures*, and waits for *slow* if that is there."""
        self.fetched.append(photo.url)
        if self.slow:
            await self.slow.wait()
        if photo.url not in self.pictures:
            raise SourceError(f"{photo.url}: there is none")
        return PreparedPhoto(photo.url[-64:], photo.url, self.pictures[photo.url], 10, 10)

    async def prepare(self, content: bytes) -> PreparedPhoto:
        """Stand in for the process that makes a picture of what was handed in."""
        if not content.startswith(b"\xff\xd8"):
            raise SourceError("this is no picture")
        key = hashlib.sha256(content).hexdigest()
        return PreparedPhoto(key, f"urn:sha256:{key}", content, 10, 10)

    async def draw(self, picture: FiguresPicture) -> NewPhoto | None:
        """Stand in for the process that draws."""
        self.drawn.append(picture)
        return self.drawing

    @property
    def conversation(self) -> Router:
        return Router(
            Context(
                database=self.database,
                translator=texts(self.form),
                messenger=self.messenger,
                clock=self.clock,
                owners=self.owners,
                chosen=AgencyChoices("lienhe@agency.example", Preferences()),
                throttle=self.throttle,
                keeping=Keeping(deliveries=30, unsubscribed=28, unreachable=90, proofs=730, audit=730),
                photo_fetcher=PhotoFetcher(self.database, self.picture, self.clock),
                draw=self.draw,
                proof_key=PROOF_KEY,
                arrivals=self.arrivals,
                recent=self.recent,
                console_url=self.console_url,
                recordings=self.recordings,
                tables=self.tables,
                desk=Desk(
                    PublishingRules(),
                    ForecastRules({self.messenger.account: self.messenger.pacing}),
                    self.picture,
                    FileReceiver(self.uploads, self.picture, self.prepare),
                ),
            )
        )

    async def answer(self, incoming: Incoming, speaker: Speaker | None = None) -> Response:
        """Return the answer to *incoming* once its effect is stored, as the dispatcher does."""

        async def keep(tx: Transaction, answer: Response) -> None:
            """Keep nothing: the answer is looked at right here."""

        handled = await handle(speaker or self.conversation, incoming, keep=keep)
        async with self.database.write() as tx:
            for note in handled.notes:
                await note(tx)
        return handled.answer

    def person(self, user: str = "77", language: str | None = "vi") -> "Person":
        """Return a person who has chosen *language*, if that is another one than what is usual."""
        address = Address(self.messenger.account, user)
        if language in LANGUAGES and language != FIRST_LANGUAGE:
            self.recent.speak(address, language)
        return Person(self, address, ChatKind.PRIVATE, UpdateSender(user, language))

    def member(self, user: str, chat: str = "-500", *, thread: str | None = None) -> "Person":
        address = Address(self.messenger.account, chat, thread)
        return Person(self, address, ChatKind.SUPERGROUP, UpdateSender(user, "vi"), title="Chi bộ 1")

    async def appoints(self, user: str, appointment: Appointment = FULLY) -> None:
        """Make *user* an admin, without a word."""
        account, now = self.messenger.account, self.clock.now()
        async with self.database.write() as tx:
            await admins.appoint(tx, account, user, appointment, appointed_by=OWNER, now=now)

    async def bot_joins(
        self, chat: str, *, by: str, kind: ChatKind = ChatKind.SUPERGROUP, can_write: bool = True
    ) -> Response:
        address = Address(self.messenger.account, chat)
        return await self.answer(
            MembershipChanged(address, kind, UpdateSender(by, "vi"), can_write=can_write, title="Chi bộ 1")
        )

    async def publish(
        self,
        title: str,
        *,
        hour: int,
        topic: TopicId = HOME,
        photo: bool = False,
        body: tuple[str, ...] = (),
        photos: tuple[Photo, ...] = (),
    ) -> None:
        article = Article(
            url=f"https://agency.example/tin/{hour}",
            title=title,
            summary=f"Tóm tắt của {title}.",
            body=body,
            photos=photos,
            published=Published(
                self.clock.now().astimezone(VIETNAM).replace(hour=hour), DatePrecision.MINUTE
            ),
        )
        prepared = PreparedPhoto("0" * 64, "https://agency.example/anh.jpg", b"jpeg", 10, 10)
        async with self.database.write() as tx:
            lead = prepared if photo else None
            await articles.save(tx, article, photo=lead, topic=topic, now=self.clock.now())

    async def submit(
        self,
        title: str,
        *,
        hour: int,
        topic: TopicId = HOME,
        photo: bool = False,
        approval: Approval = Approval.ONE,
    ) -> PublicationId:
        """Have an article wait for approval, which its topic does not ask for otherwise."""
        now = self.clock.now()
        async with self.database.write() as tx:
            defined = await feeds.topics(tx)
            asking = [replace(each, approval=ApprovalRule(approval)) for each in defined]
            await feeds.sync_definitions(tx, asking, FEEDS, now)
        await self.publish(title, hour=hour, topic=topic, photo=photo)
        async with self.database.write() as tx:
            (found,) = await publications.newest(tx, limit=1)
            publication = PublicationId(found.article, topic)
            worth = Worth(owed=True, urgent=False, lasts=timedelta(days=3))
            await approvals.ask(tx, publication, worth, now)
            await feeds.sync_definitions(tx, defined, FEEDS, now)
        return publication

    async def chat(self, address: Address) -> Chat | None:
        async with self.database.read() as tx:
            return await chats.find(tx, address)


@dataclass
class Person:
    """Somebody in a chat. *seen* is what the bot said there; *answer* is the whole of its last answer."""

    stage: Stage
    address: Address
    kind: ChatKind
    sender: UpdateSender
    title: str | None = None
    seen: list[Message] = field(default_factory=list)
    answer: Response = field(default_factory=Response)

    async def types(self, text: str, *, addressed: bool = True) -> str:
        """Type *text* and return what the bot says here."""
        incoming = TextReceived(
            self.address, self.kind, self.sender, text, title=self.title, addressed=addressed
        )
        return await self._see_all(await self.stage.answer(incoming))

    async def sends_file(self, file: IncomingFile, words: str = "") -> str:
        """Send *file* with some *words*, and return what the bot says here."""
        incoming = TextReceived(self.address, self.kind, self.sender, words, file=file)
        return await self._see_all(await self.stage.answer(incoming))

    async def taps(self, what: str | type[CallbackData], **fields: object) -> str:
        """Tap the first button whose label holds *what*, or that sends it with such *fields*.

        Return what the bot says here.
        """
        found = [button for button in self.buttons if _is_meant(button, what, fields)]
        assert found, f"no button {what!r} among {[button.label for button in self.buttons]}"
        return await self.sends(found[0].action or "")

    async def sends(self, action: str) -> str:
        """Send what a button sends, as if such a button stood under the last message."""
        keyboard = self.seen[-1].keyboard if self.seen else ()
        if not any(button.action == action for row in keyboard for button in row):
            keyboard = (*keyboard, (_button(action),))
        return await self._presses(action, keyboard)

    async def forges(self, action: str) -> str:
        """Send what no button of the last message sends."""
        return await self._presses(action, self.seen[-1].keyboard if self.seen else ())

    def pressing(self, action: str) -> ButtonPressed:
        """Return the press of a button that stands under the last message, and sends *action*."""
        return self._pressed(action, ((_button(action),),))

    async def _presses(self, action: str, keyboard: Keyboard | None) -> str:
        return await self._see_all(await self.stage.answer(self._pressed(action, keyboard)))

    def _pressed(self, action: str, keyboard: Keyboard | None) -> ButtonPressed:
        return ButtonPressed(
            self.address,
            self.kind,
            self.sender,
            action,
            message_id="5",
            press_id="p",
            title=self.title,
            text=words(self.seen[-1]) if self.seen else "",
            keyboard=keyboard,
        )

    @property
    def buttons(self) -> list[Button]:
        """The buttons under the last message here."""
        return [button for row in self.seen[-1].keyboard for button in row] if self.seen else []

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    async def subscriptions(self) -> tuple[TopicId, ...]:
        chat = await self.stage.chat(self.address)
        if chat is None:
            return ()
        async with self.stage.database.read() as tx:
            return await chats.subscriptions(tx, chat.id)

    def looks(self, answer: Response) -> str:
        """See what an answer to somebody else brought here."""
        return self._see(answer)

    def speaking(self, **changes: str | bool) -> "Person":
        sender = replace(self.sender, **changes)  # type: ignore[arg-type]  # only fields of Sender are named
        return replace(self, sender=sender)

    async def _see_all(self, answer: Response) -> str:
        """See an answer to its end, however long it takes; the whole of it is the last answer then."""
        said = self._see(answer)
        while answer.later:
            await answer.later.work()
            toast, rest = answer.toast, await answer.later.then()
            said = "\n\n".join((said, self._see(rest)))
            self.answer = answer = replace(rest, toast=rest.toast or toast)
        return said

    def _see(self, answer: Response) -> str:
        self.answer = answer
        here = [outgoing.message for outgoing in answer.messages if outgoing.to == self.address]
        self.seen += here
        return "\n\n".join(words(message) for message in here)


def _is_meant(button: Button, what: str | type[CallbackData], fields: Mapping[str, object]) -> bool:
    if isinstance(what, str):
        return what in button.label
    does = read(button.action) if button.action else None
    if does is None or does.verb is not what.verb:
        return False
    sent = what.of(does.rest)
    return all(getattr(sent, name) == value for name, value in fields.items())


def _button(action: str) -> Button:
    """Return a button with just any callback data, also such as no button may have."""
    button = Button("?", action="?")
    object.__setattr__(button, "action", action)
    return button


def words(message: Message) -> str:
    return "".join(span.text for span in message.text)


def to(answer: Response, address: Address) -> list[Message]:
    return [outgoing.message for outgoing in answer.messages if outgoing.to == address]
