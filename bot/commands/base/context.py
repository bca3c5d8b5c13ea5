"""One request in its context: what came in, where and from whom, and the response to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.commands.base.article_buttons import ArticleButtons
from bot.commands.base.command_names import NAMES, Command
from bot.commands.base.recent import Question, Recent
from bot.commands.base.unit_of_work import UnitOfWork
from bot.domain.chats import consent
from bot.domain.chats.arrivals import ArrivalNotices
from bot.domain.chats.chat import (
    Address,
    ButtonPressed,
    Chat,
    ChatId,
    ChatKind,
    ChatRole,
    TextReceived,
    TopicId,
    UpdateSender,
)
from bot.domain.chats.courtesy import ThrottleRules
from bot.domain.chats.form_of_address import FormOfAddress
from bot.domain.chats.keeper import Standing, standing
from bot.domain.chats.message import Button, Keyboard, Message, RichText, Span, with_examples
from bot.domain.chats.preferences import AT_ONCE, EVERY_MORNING, Preferences, Schedule
from bot.domain.clock import Clock
from bot.domain.desk.audit import Act, Actor, AuditAction, AuditPlace, Subject, Values
from bot.domain.desk.roles import NOBODY, Authority, Right
from bot.domain.messaging.messenger import InlineResults, Messenger
from bot.domain.news.article import Photo, PreparedPhoto
from bot.domain.news.feed import Topic
from bot.i18n import LANGUAGES, Translator, moments
from bot.services.announcing.receiving import FileReceiver
from bot.services.figures.picture import Draw
from bot.services.publishing.contents import PublishingRules
from bot.services.publishing.forecasting import ForecastRules
from bot.services.rendering.card import paragraphs
from bot.services.subscribers.articles import Viewer
from bot.services.subscribers.channels import register
from bot.services.subscribers.photo_fetcher import PhotoFetcher
from bot.services.subscribers.recordings import ArticleRecordings
from bot.services.subscribers.table_pictures import TablePictures
from bot.store.articles.articles import StoredArticle
from bot.store.chats import keepers
from bot.store.engine.database import Database, Transaction
from bot.store.runtime import admins, audit


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message and the chat that it is for."""

    to: Address
    message: Message


@dataclass(frozen=True, slots=True)
class Deferred:
    """The rest of an answer: *work* takes long, and nobody else waits for it; *then* says what it came to."""

    work: Callable[[], Awaitable[None]]
    then: "Callable[[], Awaitable[Response]]"


@dataclass(frozen=True, slots=True)
class Response:
    """What the bot does about something that came in: messages, and a short notice for whoever tapped.

    *offers* are for whoever asked inline. *asks* is the question that
    it ends with. *is_erasure* says that the data of a person was deleted: once they
    know it, nothing of them is left in the files either.
    """

    messages: tuple[OutgoingMessage, ...] = ()
    toast: str | None = None
    later: Deferred | None = None
    offers: InlineResults | None = None
    is_erasure: bool = False
    asks: Question | None = None

    def with_actions(self, change: Callable[[str], str]) -> "Response":
        """Return the answer with the callback data of its buttons changed."""

        def changed(button: Button) -> Button:
            return replace(button, action=change(button.action)) if button.action else button

        def with_buttons(message: Message) -> Message:
            whole = message.whole
            if whole:
                whole = replace(whole, instead=tuple(map(with_buttons, whole.instead)))
            keyboard = tuple(tuple(map(changed, row)) for row in message.keyboard)
            return replace(message, keyboard=keyboard, whole=whole)

        messages = (replace(each, message=with_buttons(each.message)) for each in self.messages)
        return replace(self, messages=tuple(messages))

    def as_new_messages(self) -> "Response":
        """Return the answer with nothing in the place of a message: a card with a photo keeps its words."""
        messages = (replace(each, message=replace(each.message, replaces=None)) for each in self.messages)
        return replace(self, messages=tuple(messages))

    def as_essential(self) -> "Response":
        """Return the answer as one that may take the last of a month's messages."""
        essential = (replace(each, message=replace(each.message, essential=True)) for each in self.messages)
        return replace(self, messages=tuple(essential))

    def with_toast_in_words(self, here: Address) -> "Response":
        """Return the answer with its notice in what is said *here*, for somebody who did not tap."""
        if not self.toast:
            return self
        ours = [each for each in self.messages if each.to == here]
        if not ours or ours[0].message.photo is not None or ours[0].message.whole:
            notice = OutgoingMessage(here, Message((Span(self.toast),)))
            return replace(self, messages=(notice, *self.messages), toast=None)
        first = replace(ours[0].message, text=paragraphs(Span(self.toast), ours[0].message.text))
        messages = (replace(each, message=first) if each is ours[0] else each for each in self.messages)
        return replace(self, messages=tuple(messages), toast=None)


SILENCE = Response()


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how many days is kept what people are told of: see the settings under [retention] and [privacy]."""

    deliveries: int
    unsubscribed: int
    unreachable: int
    proofs: int
    audit: int


@dataclass(frozen=True, slots=True)
class Desk:
    """What those who publish need: the rules of it and of forecasts, and *picture*, which fetches a photo and
    prepares it; it raises SourceError. *files* takes the photos and documents that they send.
    """

    publishing: PublishingRules
    forecasts: ForecastRules
    picture: Callable[[Photo], Awaitable[PreparedPhoto]]
    files: FileReceiver


@dataclass(slots=True)
class AgencyChoices:
    """What the agency has chosen, and may choose anew while the service runs.

    *contact* is where people reach it about their data, and may be empty; *usual* is what a chat prefers that
    has not said anything else.
    """

    contact: str
    usual: Preferences


@dataclass(frozen=True, slots=True)
class Context:
    """What every conversation of one account has at hand.

    *owners* are user ids; *chosen* is what the agency may choose anew; *throttle* is how much of one person
    is answered at a time; *keeping* is for how long what is kept; *draw* draws pictures; *proof_key* is the
    key of the proofs that data was deleted. *console_url* is where the web console is reached, and empty
    where there is none; *recordings* has articles read aloud, where that is set up; *tables* has wide tables
    drawn, where they are; *most_followed* is how many pages a chat may follow.
    """

    database: Database
    translator: Translator
    messenger: Messenger
    clock: Clock
    owners: frozenset[str]
    chosen: AgencyChoices
    throttle: ThrottleRules
    keeping: Keeping
    photo_fetcher: PhotoFetcher
    draw: Draw
    proof_key: bytes = field(repr=False)
    recent: Recent
    desk: Desk
    console_url: str = ""
    recordings: ArticleRecordings | None = None
    tables: TablePictures | None = None
    most_followed: int = 20
    arrivals: ArrivalNotices = field(default_factory=ArrivalNotices)

    @property
    def contact(self) -> str:
        return self.chosen.contact

    @property
    def usual(self) -> Preferences:
        return self.chosen.usual

    @property
    def buttons(self) -> ArticleButtons:
        listens = self.recordings is not None and self.messenger.capabilities.voices is not None
        return ArticleButtons(self.translator, self.messenger.link_to_us, listens=listens)

    @property
    def first_schedule(self) -> Schedule:
        """Return when news come unless a time is chosen: daily where the month's messages are counted."""
        return AT_ONCE if self.messenger.pacing.monthly is None else EVERY_MORNING

    def reader(self, chat: ChatId | None, language: str, *, private: bool) -> Viewer:
        """Return a reader of articles in *chat*, which is None for somebody unknown."""
        capabilities = self.messenger.capabilities

        def buttons(stored: StoredArticle, saved: bool) -> tuple[Button, ...]:  # noqa: FBT001 - as stored
            if private:
                return self.buttons.in_private(stored, language, saved=saved)
            return self.buttons.elsewhere(stored, language)

        return Viewer(chat, language, capabilities, self.translator, buttons)


@dataclass(frozen=True, slots=True)
class Request:
    """Something that somebody typed or tapped in a chat; *chat* is None while nothing is stored of it.

    *pressed* is the message whose button was tapped, whose place an answer takes unless it *is_replaceable*
    no more, *pressed_text* what it says, and *pressed_keyboard* its buttons. *managed* says that *chat* is a
    channel or group that the sender manages from the chat at *address*. *form* is how the latter has chosen
    to be addressed.
    """

    context: Context
    unit: UnitOfWork
    address: Address
    kind: ChatKind
    sender: UpdateSender
    title: str | None
    chat: Chat | None
    language: str
    pressed: str | None = None
    pressed_text: str = ""
    pressed_keyboard: Keyboard = ()
    is_replaceable: bool = True
    managed: bool = False
    form: FormOfAddress | None = None

    @property
    def tx(self) -> Transaction:
        """Return the transaction of this update, to read in."""
        return self.unit.tx

    @property
    def write_tx(self) -> Transaction:
        """Return the transaction of this update, to write in; raises StartOver while it only reads."""
        return self.unit.write_tx

    @property
    def now(self) -> datetime:
        return self.context.clock.now()

    @property
    def reader(self) -> Viewer:
        """Return whom articles are shown to here, which says also what they may see."""
        return self.context.reader(self.chat_id, self.language, private=self.is_private)

    @property
    def chat_id(self) -> ChatId | None:
        return self.chat.id if self.chat else None

    @property
    def is_private(self) -> bool:
        return self.kind is ChatKind.PRIVATE

    @property
    def is_owner(self) -> bool:
        return self.sender.user in self.context.owners

    @property
    def has_consent(self) -> bool:
        """Return whether something may be stored and pushed here: for a person only after they have agreed
        to the text in force.
        """
        if not self.is_private:
            return True
        return self.chat is not None and self.chat.consent_version == consent.VERSION

    def text(self, key: str, /, **args: str | int) -> str:
        return self.context.translator.text(self.language, key, **args)

    def addressing(self, topic: Topic) -> "Request":
        """Return the request for what is said about *topic* alone: it may address people in its own way,
        unless they have chosen how.
        """
        translator = self.context.translator.addressing(self.form or topic.address)
        return replace(self, context=replace(self.context, translator=translator))

    def addressed(self, form: FormOfAddress | None) -> "Request":
        """Return the request of a chat that wants to be addressed in *form*, or has not said."""
        translator = self.context.translator.addressing(form)
        return replace(self, form=form, context=replace(self.context, translator=translator))

    def moment(self, at: datetime) -> str:
        """Return *at* as it stands in a sentence."""
        return moments.moment(self.context.translator, self.language, at)

    def examples(self, key: str, /, **args: str | int) -> RichText:
        """Return a text in which what stands between backticks is something to copy and send."""
        return with_examples(self.text(key, **args))

    def spoken(self, command: Command) -> str:
        """Return what people type here for *command*: a word, and in a group, which hears no mere words, its
        name with a slash.
        """
        if not self.is_private:
            return f"/{NAMES[command][self.language]}"
        return self.text("spoken", command=command)

    def say(
        self,
        *parts: Span | RichText,
        keyboard: Keyboard = (),
        toast: str | None = None,
        asks: Question | None = None,
    ) -> Response:
        """Answer with one message, in place of the one whose button was tapped."""
        replaces = self.pressed if self.is_replaceable else None
        message = Message(paragraphs(*parts), keyboard=keyboard, replaces=replaces)
        return Response((OutgoingMessage(self.address, message),), toast, asks=asks)

    def refuse(self, text: str) -> Response:
        """Say no: over the button that was tapped, or in a message to what was typed."""
        if self.pressed is not None:
            return Response(toast=text)
        return self.say(Span(text))

    async def registered(self) -> Chat:
        """Return the chat of this request as it is stored, which happens now if it has not yet."""
        return await register(
            self.write_tx,
            self.address,
            kind=self.kind,
            language=self.language,
            title=self.title,
            now=self.now,
        )

    @property
    def actor(self) -> Actor:
        """Return the sender as the audit log names those who manage."""
        return Actor(AuditPlace.CHAT, self.sender.user, self.address.account)

    async def record(
        self,
        action: AuditAction,
        about: Subject,
        *,
        before: Values | None = None,
        after: Values | None = None,
    ) -> None:
        """Write down what the sender has done, in the transaction of its effect."""
        await audit.record(self.write_tx, self.actor, Act(action, about, before, after), now=self.now)

    def may_configure(self) -> bool:
        """Return whether the sender decides here: a person for their own chat, administrators for a group.

        Raises MessengerError, or StartOver if the messenger was not asked.
        """
        if self.is_private or self.sender.anonymous_administrator:
            return True
        return self.unit.role(self.address, self.sender.user) is ChatRole.ADMINISTRATOR

    async def standing(self) -> Standing:
        """Return what the sender may do about a group whose administrators the messenger does not tell."""
        kept = await keepers.keeper(self.tx, self.chat.id) if self.chat else None
        is_manager = await self.may_manage()
        return standing(kept, self.sender.user, is_manager=is_manager, now=self.now)

    @property
    def is_kept(self) -> bool:
        """Return whether this is a group for which a keeper decides."""
        return not self.is_private and not self.context.messenger.capabilities.tells_roles

    async def authority(self) -> Authority:
        """Return what the sender is among those who manage the bot, if anything."""
        return await authority_of(self.context, self.tx, self.sender.user)

    async def may_manage(self) -> bool:
        """Return whether the sender manages the bot: an owner, or whom an owner appointed."""
        return (await self.authority()).manages

    async def may(self, right: Right, *topics: TopicId) -> bool:
        """Return whether the sender has *right*, for each of *topics* where some are named."""
        authority = await self.authority()
        return authority.may(right) and authority.covers(topics)


async def authority_of(context: Context, tx: Transaction, user: str) -> Authority:
    """Return what *user* is among those who manage the bot."""
    if user in context.owners:
        return Authority(is_owner=True)
    admin = await admins.find(tx, context.messenger.account, user)
    return admin.authority if admin else NOBODY


def spoken_language(context: Context, incoming: TextReceived | ButtonPressed, said: str | None = None) -> str:
    """Return the language of a chat of which nothing is stored: the one that was chosen there, or else what
    is usual; *said* is what a pressed button says that its message is in.
    """
    translator = context.translator
    if incoming.kind is not ChatKind.PRIVATE:
        return translator.default_language
    chosen = said or context.recent.language(incoming.address)
    return chosen if chosen in LANGUAGES else translator.language_for(incoming.sender.language)


def private_address(context: Context, user: str) -> Address:
    """Return where a person is reached: a messenger gives a private chat the id of its person."""
    return Address(context.messenger.account, user)
