"""The router: what the bot answers to whatever comes in, on any messenger, after its guards were asked."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import partial

from bot.commands.admin import membership_events
from bot.commands.announcing import files as announced_files
from bot.commands.base.awaited_input import RawInput, read_awaited
from bot.commands.base.callback_data import Verb, read, stamped
from bot.commands.base.command_names import Command
from bot.commands.base.context import SILENCE, Context, OutgoingMessage, Request, Response, spoken_language
from bot.commands.base.guards import refusal
from bot.commands.base.handlers import Route
from bot.commands.base.keyboards import hint, ways_on
from bot.commands.base.recent import Question as StandingQuestion
from bot.commands.base.unit_of_work import Note, Plan, Question, RoleOf, UnitOfWork
from bot.commands.reader import consent, subscribe
from bot.commands.reader.articles import inline, search
from bot.commands.router import offered, understood
from bot.commands.router.phrases import Reply, ended_in, wished_for_in
from bot.commands.router.routing_table import RoutingTable, routing_table
from bot.commands.router.understood import Typed
from bot.domain.chats.chat import (
    ButtonPressed,
    ChatKind,
    ChatMigrated,
    ChatStatus,
    Incoming,
    IncomingFile,
    InlineQuery,
    MembershipChanged,
    TextReceived,
)
from bot.domain.chats.message import Message, plain
from bot.domain.messaging.messenger import MessengerError
from bot.domain.messaging.typed_menu import read_number
from bot.domain.news.feed import Topic
from bot.domain.text.text import one_line
from bot.domain.text.utterance import heard, written
from bot.services.subscribers.channels import register
from bot.services.subscribers.subscriptions import choice, find_topic
from bot.store.chats import chats, preferences, waiting
from bot.store.engine.database import Transaction

_UNINTERRUPTED = frozenset({Command.UNSUBSCRIBE, Command.ERASE, Command.DATA, Command.PRIVACY})
"""The commands whose answers are not followed by a question about a newer consent."""


@dataclass(frozen=True, slots=True)
class Router:
    """What one account says. It sends nothing by itself: an answer is data."""

    context: Context
    routes: RoutingTable = field(default_factory=routing_table)

    def plan(self, incoming: Incoming) -> Plan | None:
        """Return what handling *incoming* will need; None where nothing is to be done about it."""
        match incoming:
            case TextReceived():
                return self._plan_text(incoming)
            case ButtonPressed():
                route = self.routes.pressed(read(incoming.action))
                question = self._question(incoming, route)
                return Plan(writes=route is not None and route.writes, question=question)
            case InlineQuery():
                return Plan()
            case MembershipChanged() | ChatMigrated():
                return Plan(writes=True)

    async def answer(self, incoming: Incoming, unit: UnitOfWork) -> Response:
        """Return what to do about *incoming*; what it changes stands in the transaction of *unit*.

        Raises StartOver where that transaction does not do.
        """
        match incoming:
            case TextReceived():
                return self._remembered(incoming, await self._text(incoming, unit))
            case ButtonPressed():
                return self._remembered(incoming, await self._press(incoming, unit))
            case InlineQuery():
                return await inline.offer(self.context, incoming, unit.tx)
            case MembershipChanged():
                return await membership_events.change_membership(self.context, incoming, unit)
            case ChatMigrated():
                return await membership_events.migrate(self.context, incoming, unit)

    def unheard(self, incoming: Incoming) -> tuple[Note, ...]:
        """Have no question stand with a stranger: nobody agrees to what they were not shown.

        Others may still answer: whoever leaves must be able to, even where no answer arrives.
        """
        if not isinstance(incoming, TextReceived | ButtonPressed):
            return ()
        address, recent = incoming.address, self.context.recent

        async def forget(tx: Transaction) -> None:
            if await chats.find(tx, address) is None:
                recent.ask(address, None)

        return (forget,)

    def apology(self, incoming: Incoming) -> Response:
        """Return what to say when answering *incoming* went wrong, to whoever waits for an answer."""
        translator = self.context.translator
        match incoming:
            case TextReceived() if incoming.addressed and incoming.kind is not ChatKind.CHANNEL:
                text = translator.text(spoken_language(self.context, incoming), "failed")
                return Response((OutgoingMessage(incoming.address, Message((plain(text),))),))
            case ButtonPressed():
                return Response(toast=translator.text(spoken_language(self.context, incoming), "failed"))
            case _:
                return SILENCE

    def _plan_text(self, incoming: TextReceived) -> Plan | None:
        typed = self._typed(incoming)
        if typed is None:
            return None
        if typed.command is None or (
            incoming.kind is ChatKind.PRIVATE and (typed.reply or incoming.file is not None)
        ):
            # What was asked for before may be taken as an answer.
            return Plan(writes=True)
        route = self.routes.commands[typed.command](typed.argument)
        may_be_verbatim = incoming.kind is ChatKind.PRIVATE and not typed.slash and typed.argument != ""
        return Plan(writes=route.writes or may_be_verbatim, question=self._question(incoming, route))

    def _typed(self, incoming: TextReceived) -> Typed | None:
        """Return what was typed, if it is for us."""
        private = incoming.kind is ChatKind.PRIVATE
        link = private and understood.link_in(incoming.text, self.context.messenger.link_to_us(""))
        typed = link or understood.read(incoming.text, self.context.messenger.username)
        if incoming.kind is ChatKind.CHANNEL or typed is None:
            return None
        if private:
            return typed
        if not typed.command and self._is_called(incoming, typed):
            return Typed(Command.START, "", slash=False)
        return typed if incoming.addressed and typed.command and self._meant(incoming, typed) else None

    def _is_called(self, incoming: TextReceived, typed: Typed) -> bool:
        """Return whether only our name was said, in a group that was not told who we are when we came."""
        is_new = not self.context.messenger.capabilities.tells_roles
        return is_new and incoming.addressed and not typed.argument and self._meant(incoming, typed)

    def _meant(self, incoming: TextReceived, typed: Typed) -> bool:
        """Return whether words in a group are for the bot: "hủy" alone is also something that people say."""
        mention = f"@{self.context.messenger.username}".casefold()
        return typed.slash or mention in incoming.text.casefold()

    def _question(self, incoming: TextReceived | ButtonPressed, route: Route | None) -> Question | None:
        """Return what the messenger will be asked; nothing is asked of it on behalf of a stranger's words."""
        if incoming.kind is ChatKind.CHANNEL or (route and route.guard.group_administrators_only):
            return self._role_of(incoming)
        is_owner = incoming.sender.user in self.context.owners
        return route.question(self.context) if is_owner and route and route.question else None

    def _role_of(self, incoming: TextReceived | ButtonPressed) -> Question | None:
        if incoming.kind is ChatKind.PRIVATE or incoming.sender.anonymous_administrator:
            return None
        if not self.context.messenger.capabilities.tells_roles:
            return None
        return RoleOf(incoming.address, incoming.sender.user)

    async def _text(self, incoming: TextReceived, unit: UnitOfWork) -> Response:
        typed = self._typed(incoming)
        if typed is None:
            return SILENCE
        request = await self._request(incoming, unit)
        if not request.is_private:
            return await self._commanded(await _written_to_again(await self._let_in(request)), typed)
        request = await self._at_home(request)
        awaited = await self._awaited(request)
        answer = None
        if incoming.file and not typed.slash:
            answer = await self._sent(request, awaited, incoming.file, incoming.text)
        if answer is None and not typed.slash:
            answer = await self._answered(request, typed, awaited, incoming)
        return answer or await self._said_freely(request, typed, one_line(incoming.text))

    async def _answered(
        self, request: Request, typed: Typed, awaited: RawInput | None, incoming: TextReceived
    ) -> Response | None:
        """Return what comes of words as an answer to what the bot has asked; None if they are none."""
        question = self.context.recent.question(request.address)
        if action := _chosen(question, typed.reply):
            return await self._as_tapped(request, action)
        if awaited is None and question and question.words:
            awaited = read_awaited(question.words.pack())
        if awaited is None:
            says_something_else = typed.command or typed.reply or typed.thanks
            return None if says_something_else else await self._picked(request, question, typed.argument)
        if typed.reply is Reply.NO:
            return _let_go(request)
        if typed.command and self.routes.inputs[awaited.kind].gives_way(typed.command, typed.argument):
            return None
        given = self.routes.given(awaited, incoming.text)
        return await _handled(request, given) if given else None

    async def _sent(
        self, request: Request, awaited: RawInput | None, file: IncomingFile, words: str
    ) -> Response | None:
        """Return what comes of a *file*; None where none is expected, and its *words* alone count."""
        question = self.context.recent.question(request.address)
        if awaited is None and question and question.words:
            awaited = read_awaited(question.words.pack())
        if awaited is None or awaited.kind not in self.routes.files:
            expected = await announced_files.expected(request)
            awaited = read_awaited(expected.pack()) if expected else None
        route = self.routes.sent(awaited, file, words) if awaited else None
        return await _handled(request, route) if route else None

    async def _picked(
        self, request: Request, question: StandingQuestion | None, said: str
    ) -> Response | None:
        """Return what comes of the name of a topic or the number of an article in a list that was shown; None
        if *said* is neither.
        """
        if question and question.topics:
            topic = find_topic((await choice(request.tx, request.chat)).topics, said)
            if topic and topic.id in question.topics:
                return await self._as_tapped(request, question.topics[topic.id])
        number = read_number(said)
        if number is None:
            return None
        listed = self.context.recent.articles(request.address)
        if number in listed:
            return await self._as_tapped(request, listed[number])
        # The question stands: what was typed has neither answered it nor changed the subject.
        return replace(_no_such_number(request, question, listed, number), asks=question)

    async def _as_tapped(self, request: Request, action: str) -> Response | None:
        """Return what comes of a button whose callback data is *action* and that is typed, not tapped."""
        route = self.routes.pressed(read(action))
        return (await _handled(request, route)).with_toast_in_words(request.address) if route else None

    def _remembered(self, incoming: TextReceived | ButtonPressed, answer: Response) -> Response:
        """Return *answer*, having noted which question and which list stand in a private chat after it."""
        said = [each.message for each in answer.messages if each.to == incoming.address]
        if incoming.kind is ChatKind.PRIVATE and said:
            recent, asks = self.context.recent, answer.asks
            if topics := offered.topics(said):
                asks = replace(asks or StandingQuestion(), topics=topics)
            recent.ask(incoming.address, asks)
            if listed := offered.articles(said):
                recent.show(incoming.address, listed)
        return answer

    async def _press(self, incoming: ButtonPressed, unit: UnitOfWork) -> Response:
        raw = read(incoming.action)
        request = replace(
            await self._request(incoming, unit, said=raw.language if raw else None),
            pressed=incoming.message_id,
            pressed_text=incoming.text,
            pressed_keyboard=incoming.keyboard or (),
            is_replaceable=incoming.keyboard is not None,
        )
        request = await self._let_in(request)
        route = self.routes.pressed(raw)
        stale = request.refuse(request.text("button-stale"))
        if raw is None or route is None or not _is_offered(incoming):
            return stale
        try:
            if _is_channel(incoming) and not request.may_configure():
                return stale
        except MessengerError:
            return stale
        answer = await _handled(request, route)
        if request.is_private and request.chat is None and raw.language and raw.verb is not Verb.LANGUAGE:
            return answer.with_actions(partial(stamped, language=request.language))
        return answer

    async def _request(
        self, incoming: TextReceived | ButtonPressed, unit: UnitOfWork, *, said: str | None = None
    ) -> Request:
        """Return the request; *said* is the language in which the pressed message says it is."""
        chat = await chats.find(unit.tx, incoming.address)
        form = await preferences.form_of_address(unit.tx, chat.id) if chat else None
        request = Request(
            context=self.context,
            unit=unit,
            address=incoming.address,
            kind=incoming.kind,
            sender=incoming.sender,
            title=incoming.title,
            chat=chat,
            language=chat.language if chat else spoken_language(self.context, incoming, said),
        )
        return request.addressed(form) if form else request

    async def _at_home(self, request: Request) -> Request:
        """Return the request with a person whose chat is on: who writes to us has let us in.

        The chat of a manager is stored in any case, so that the bot can ask them about its channels.
        """
        chat = request.chat
        if chat is None and await request.may_manage():
            await request.unit.note(partial(_register, request))
            chat = await chats.find(request.tx, request.address)
        return await _written_to_again(await self._let_in(replace(request, chat=chat)))

    async def _let_in(self, request: Request) -> Request:
        """Return the request with its chat on, if something came from there that shows that we are let in."""
        chat = request.chat
        if chat is None or chat.status is not ChatStatus.OFF or not (request.is_private or request.is_kept):
            return request
        on = partial(chats.set_status, chat=chat.id, status=ChatStatus.ACTIVE, now=request.now)
        await request.unit.note(on)
        return replace(request, chat=replace(chat, status=ChatStatus.ACTIVE))

    async def _awaited(self, request: Request) -> RawInput | None:
        """Return what was asked for before, if anything.

        It is asked for no longer: that is forgotten together with what the answer changes.
        """
        awaited = await chats.awaited(request.tx, request.chat.id) if request.chat else None
        if awaited is None:
            return None
        await request.unit.note(partial(chats.forget_input, address=request.address))
        return read_awaited(awaited)

    async def _commanded(self, request: Request, typed: Typed) -> Response:
        """Return what comes of a command, or of words that are none."""
        if typed.command is None:
            return hint(request)
        route = self.routes.commands[typed.command](typed.argument)
        return _with_renewal(request, typed.command, await _handled(request, route))

    async def _is_meant(self, request: Request, typed: Typed) -> bool:
        """Return whether a command that was typed without a slash is meant, with the words behind it."""
        if typed.command is None:
            return False
        route = self.routes.commands[typed.command](typed.argument)
        if route.guard.right and not await request.may_manage():
            return False
        return not typed.argument or (route.takes is not None and await route.takes(request))

    async def _said_freely(self, request: Request, typed: Typed, said: str) -> Response:
        """Return what comes of what somebody says of their own accord: what is no wish is looked for."""
        if typed.command is Command.SEARCH and typed.argument and not typed.slash:
            return await search.take_words(request, typed.argument)
        if typed.slash or await self._is_meant(request, typed):
            return await self._commanded(request, typed)
        if typed.thanks:
            return _welcome(request)
        if ended := await _topic_ended(request, said):
            return subscribe.offer_to_stop(request, ended)
        if wished := await _topic_wished_for(request, said):
            return await self._commanded(request, Typed(Command.SUBSCRIBE, wished.id, slash=False))
        return hint(request) if typed.reply else await search.look_for(request, said)


async def _topic_ended(request: Request, said: str) -> Topic | None:
    """Return the one topic that is subscribed to and whose news *said* asks to stop."""
    names = [written(said, each) for each in ended_in(heard(said)) if each]
    if not names or request.chat is None:
        return None
    topics = await choice(request.tx, request.chat)
    found = (find_topic(topics.topics, name) for name in names)
    return next((topic for topic in found if topic and topic.id in topics.chosen), None)


async def _topic_wished_for(request: Request, said: str) -> Topic | None:
    """Return the one topic whose news *said* asks for."""
    names = [written(said, each) for each in wished_for_in(heard(said)) if each]
    if not names:
        return None
    topics = (await choice(request.tx, request.chat)).topics
    return next((topic for name in names if (topic := find_topic(topics, name, whole_words=True))), None)


async def _handled(request: Request, route: Route) -> Response:
    """Return what the handler of *route* answers, once its guard lets the sender through."""
    try:
        answer = await refusal(request, route.guard) or await route.handle(request)
    except MessengerError:
        return request.refuse(request.text("busy"))
    return answer.as_essential() if route.essential else answer


def _no_such_number(
    request: Request, question: StandingQuestion | None, listed: Collection[int], number: int
) -> Response:
    """Say that *number* is none of those *listed*, or, where nothing is, what may be answered."""
    if listed:
        first, last = min(listed), max(listed)
        return request.say(plain(request.text("menu-no-such-number", first=first, last=last)))
    if question and question.yes:
        return request.say(plain(request.text("number-for-question")))
    return request.say(request.examples("number-without-list", number=number))


def _chosen(question: StandingQuestion | None, reply: Reply | None) -> str:
    """Return the callback data that a typed *reply* to *question* stands for, if it answers it."""
    if question is None or reply is None:
        return ""
    return question.yes if reply is Reply.YES else question.no


async def _written_to_again(request: Request) -> Request:
    """Return the request with a chat that is held no more: the platform may let us write where we were
    written to.
    """
    chat = request.chat
    if chat is None or chat.status is not ChatStatus.WAITING:
        return request
    await request.unit.note(partial(waiting.come_back, chat=chat.id, now=request.now))
    return replace(request, chat=replace(chat, status=ChatStatus.ACTIVE))


async def _register(request: Request, tx: Transaction) -> None:
    await register(
        tx,
        request.address,
        kind=request.kind,
        language=request.language,
        title=request.title,
        now=request.now,
    )


def _with_renewal(request: Request, command: Command, answer: Response) -> Response:
    """Return *answer*, followed by the question for a newer consent where it is due and not asked already."""
    is_asked = any(
        (found := read(button.action or "")) is not None and found.verb is Verb.AGREE
        for outgoing in answer.messages
        for row in outgoing.message.keyboard
        for button in row
    )
    if not consent.is_outdated(request) or command in _UNINTERRUPTED or is_asked:
        return answer
    again = consent.ask_again(request)
    return replace(answer, messages=(*answer.messages, *again.messages), asks=again.asks)


def _is_channel(incoming: ButtonPressed) -> bool:
    return incoming.kind is ChatKind.CHANNEL


def _is_offered(incoming: ButtonPressed) -> bool:
    """Return whether the pressed button stands under its message.

    Bot API, CallbackQuery.data: "Be aware that the message originated the query can contain no callback
    buttons with this data." A message that is too old comes without its buttons: in their own chat people can
    do no more by it than by typing.
    """
    if incoming.keyboard is None:
        return incoming.kind is ChatKind.PRIVATE
    return any(button.action == incoming.action for row in incoming.keyboard for button in row)


def _let_go(request: Request) -> Response:
    """Answer somebody who was asked for words and does not want to say any."""
    return request.say(plain(request.text("let-go")), keyboard=ways_on(request))


def _welcome(request: Request) -> Response:
    """Answer thanks."""
    return request.say(plain(request.text("welcome")))
