"""/dangky, /chuyenmuc and /huy: choosing topics, by words or by switches that change in place."""

from collections.abc import Collection
from dataclasses import replace

from bot.commands.base.callbacks import OpenCommand, SwitchAllTopics, SwitchTopic, Undo, View
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.guards import GROUP_ADMINISTRATORS_ONLY
from bot.commands.base.handlers import Handlers
from bot.commands.base.keyboards import VIEWS, topic_buttons, topic_menu, topics_button
from bot.commands.base.recent import Question
from bot.commands.reader import consent
from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import Button, ButtonStyle, RichText, Span, bold, plain
from bot.domain.chats.preferences import AT_ONCE
from bot.domain.news.feed import Topic
from bot.domain.text.text import fold, shorten
from bot.services.subscribers import subscriptions
from bot.services.subscribers.subscriptions import choice
from bot.store.articles.frequencies import frequencies

handlers = Handlers()

_ALL = frozenset({"tat ca", "all", "het", "everything", "moi chuyen muc", "tat ca chuyen muc", "all topics"})
_SHOWN_WORDS = 60


async def _takes_topic(request: Request, words: str) -> bool:
    return subscriptions.find_topic((await choice(request.tx, request.chat)).topics, words) is not None


async def _takes_topics(request: Request, words: str) -> bool:
    return is_everything(words) or await _takes_topic(request, words)


@handlers.command(Command.SUBSCRIBE, GROUP_ADMINISTRATORS_ONLY, takes=_takes_topics)
async def subscribe(request: Request, words: str) -> Response:
    """Subscribe to the topic that *words* name, or show what there is to choose."""
    topics = (await choice(request.tx, request.chat)).topics
    everything = is_everything(words)
    wanted = subscriptions.find_topic(topics, words) if words and not everything else None
    if not request.has_consent:
        return consent.ask(
            request, consent.ALL_TOPICS if everything else wanted.id if wanted else consent.MENU
        )
    if everything:
        return await subscribe_to(request, topics)
    if wanted:
        return await subscribe_to(request, [wanted])
    return await menu(request, Command.SUBSCRIBE, before=unknown(request, words))


@handlers.command(Command.TOPICS, writes=False, takes=_takes_topic)
async def show_topics(request: Request, words: str) -> Response:
    """Show every topic with its description; in a group everybody may look."""
    del words
    return await menu(request, Command.TOPICS)


@handlers.command(
    Command.UNSUBSCRIBE, GROUP_ADMINISTRATORS_ONLY, writes=True, takes=_takes_topics, essential=True
)
async def unsubscribe(request: Request, words: str) -> Response:
    """Stop the topic that *words* name, or everything, at once, and offer to take that back."""
    topics = (await choice(request.tx, request.chat)).topics
    wanted = None
    if words and not is_everything(words):
        wanted = subscriptions.find_topic(topics, words)
        if wanted is None:
            return await menu(request, Command.SUBSCRIBE, before=unknown(request, words))
    removed: tuple[TopicId, ...] = ()
    if request.chat:
        topic = wanted.id if wanted else None
        removed = await subscriptions.unsubscribe(request.write_tx, request.chat, topic, now=request.now)
    if not removed:
        return request.say(plain(request.text("unsubscribe-nothing")), keyboard=((topics_button(request),),))
    return await _stopped(request, removed)


def offer_to_stop(request: Request, topic: Topic) -> Response:
    """Ask somebody who does not want news of *topic* whether it is to stop."""
    name = topic.name(request.language)
    stop = SwitchTopic(View.SUBSCRIBE, on=False, topic=topic.id).pack()
    keep = OpenCommand(Command.TOPICS).pack()
    buttons = (
        (Button(request.text("button-stop-topic"), action=stop),),
        (Button(request.text("button-cancel"), action=keep),),
    )
    question = plain(request.text("stop-topic-question", topic=name))
    asked = request.say(question, keyboard=buttons, asks=Question(yes=stop, no=keep))
    return asked.as_essential()


async def subscribe_to(request: Request, topics: Collection[Topic]) -> Response:
    """Subscribe to *topics* and show how things stand; rights and consent have been seen to."""
    chat = await request.registered()
    request = replace(request, chat=chat)
    ids = [topic.id for topic in topics]
    context = request.context
    await subscriptions.subscribe(
        request.write_tx,
        chat,
        ids,
        schedule=context.first_schedule,
        usual=context.usual,
        now=request.now,
    )
    names = subscriptions.listed(topics, request.language)
    speaking = request.addressing(*topics) if len(topics) == 1 else request
    done = speaking.text("subscribed", private="yes" if request.is_private else "no", topics=names)
    daily = ""
    if context.first_schedule != AT_ONCE:
        daily = "\n" + request.text("subscribed-daily", hour=context.first_schedule.hour)
    return await menu(request, Command.SUBSCRIBE, before=(plain(f"✅ {done}{daily}"),))


@handlers.button(
    SwitchTopic, GROUP_ADMINISTRATORS_ONLY, writes=True, essential=lambda pressed: not pressed.on
)
async def press_topic(request: Request, pressed: SwitchTopic) -> Response:
    view = VIEWS[pressed.view]
    topic = (await choice(request.tx, request.chat)).topic(pressed.topic)
    if topic is None:
        return await menu(request, view, toast=request.text("topic-gone"))
    if pressed.on:
        if not request.has_consent:
            return consent.ask(request, topic.id)
        request = replace(request, chat=await request.registered())
    await _set(request, [topic.id], on=pressed.on)
    key = "subscribed-toast" if pressed.on else "unsubscribed-toast"
    return await menu(request, view, toast=request.text(key, topic=topic.name(request.language)))


@handlers.button(
    SwitchAllTopics, GROUP_ADMINISTRATORS_ONLY, writes=True, essential=lambda pressed: not pressed.on
)
async def press_all_topics(request: Request, pressed: SwitchAllTopics) -> Response:
    if not pressed.on:
        return await unsubscribe(request, "")
    if not request.has_consent:
        return consent.ask(request, consent.ALL_TOPICS)
    topics = (await choice(request.tx, request.chat)).topics
    request = replace(request, chat=await request.registered())
    await _set(request, [topic.id for topic in topics], on=True)
    return await menu(request, VIEWS[pressed.view], toast=request.text("subscribed-all-toast"))


@handlers.button(Undo, GROUP_ADMINISTRATORS_ONLY, writes=True)
async def press_undo(request: Request, pressed: Undo) -> Response:
    """Subscribe again to what a /huy stopped."""
    topics = (await choice(request.tx, request.chat)).topics
    removed = subscriptions.read_undo_token(topics, pressed.token)
    if not removed:
        return await menu(request, Command.SUBSCRIBE, toast=request.text("button-stale"))
    if not request.has_consent:
        return consent.ask(request, consent.MENU)
    request = replace(request, chat=await request.registered())
    await _set(request, removed, on=True)
    names = subscriptions.Choice(topics).names(request.language, removed)
    return await menu(request, Command.SUBSCRIBE, before=(plain(request.text("undone", topics=names)),))


async def _set(request: Request, topics: Collection[TopicId], *, on: bool) -> None:
    if request.chat is None:
        return
    if on:
        context = request.context
        await subscriptions.resubscribe(
            request.write_tx,
            request.chat,
            topics,
            schedule=context.first_schedule,
            usual=context.usual,
            now=request.now,
        )
        return
    for topic in topics:
        await subscriptions.unsubscribe(request.write_tx, request.chat, topic, now=request.now)


async def menu(
    request: Request, view: Command, *, before: RichText = (), toast: str | None = None
) -> Response:
    paces = await frequencies(request.tx, request.now)
    found = await choice(request.tx, request.chat)
    text, keyboard = topic_menu(request, found, view, paces=paces)
    return request.say(before, text, keyboard=keyboard, toast=toast)


async def _stopped(request: Request, removed: Collection[TopicId]) -> Response:
    left = await choice(request.tx, request.chat)
    token = subscriptions.undo_token(left.topics, removed)
    switches = topic_buttons(
        request.language, left, lambda topic, on: SwitchTopic(View.SUBSCRIBE, on, topic.id).pack()
    )
    return request.say(
        bold(request.text("unsubscribed-title")),
        plain(request.text("unsubscribed", topics=left.names(request.language, removed))),
        keyboard=(
            (Button(request.text("button-undo"), action=Undo(token).pack(), style=ButtonStyle.SUCCESS),),
            *switches,
        ),
    )


def is_everything(words: str) -> bool:
    """Return whether *words* mean every topic."""
    return fold(words) in _ALL


def unknown(request: Request, words: str) -> RichText:
    """Return what is said above the list of topics where *words* name none of them."""
    if not words:
        return ()
    return (Span(request.text("topic-unknown", words=shorten(words, _SHOWN_WORDS))),)
