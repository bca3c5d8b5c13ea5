"""/dangky, /chuyenmuc and /huy: choosing topics, by words or by switches that change in place."""

from collections.abc import Collection
from dataclasses import replace

from bot.commands import consent
from bot.commands.callbacks import SwitchAllTopics, SwitchTopic, Undo, View
from bot.commands.menus import VIEWS, topic_buttons, topic_menu, topics_button
from bot.commands.names import Command
from bot.commands.turn import Answer, Turn
from bot.domain.chat import TopicId
from bot.domain.feed import Topic
from bot.domain.message import Button, RichText, Span, bold, plain
from bot.domain.text import fold, shorten
from bot.services import subscriptions
from bot.services.subscriptions import choice
from bot.store.frequencies import frequencies

_ALL = frozenset({"tat ca", "all", "het", "everything", "moi chuyen muc", "tat ca chuyen muc", "all topics"})
_SHOWN_WORDS = 60


async def subscribe(turn: Turn, words: str) -> Answer:
    """Subscribe to the topic that *words* name, or show what there is to choose."""
    topics = (await choice(turn.tx, turn.chat)).topics
    everything = is_everything(words)
    wanted = subscriptions.find_topic(topics, words) if words and not everything else None
    if not turn.has_consent:
        return consent.ask(turn, consent.ALL_TOPICS if everything else wanted.id if wanted else consent.MENU)
    if everything:
        return await subscribe_to(turn, topics)
    if wanted:
        return await subscribe_to(turn, [wanted])
    return await menu(turn, Command.SUBSCRIBE, before=unknown(turn, words))


async def show_topics(turn: Turn, words: str) -> Answer:
    """Show every topic with its description; in a group everybody may look."""
    del words
    return await menu(turn, Command.TOPICS)


async def unsubscribe(turn: Turn, words: str) -> Answer:
    """Stop the topic that *words* name, or everything, at once, and offer to take that back."""
    topics = (await choice(turn.tx, turn.chat)).topics
    wanted = None
    if words and not is_everything(words):
        wanted = subscriptions.find_topic(topics, words)
        if wanted is None:
            return await menu(turn, Command.SUBSCRIBE, before=unknown(turn, words))
    removed: tuple[TopicId, ...] = ()
    if turn.chat:
        topic = wanted.id if wanted else None
        removed = await subscriptions.unsubscribe(turn.write_tx, turn.chat, topic, now=turn.now)
    if not removed:
        return turn.say(plain(turn.text("unsubscribe-nothing")), keyboard=((topics_button(turn),),))
    return await _stopped(turn, removed)


async def subscribe_to(turn: Turn, topics: Collection[Topic]) -> Answer:
    """Subscribe to *topics* and show how things stand; rights and consent have been seen to."""
    chat = await turn.registered()
    turn = replace(turn, chat=chat)
    ids = [topic.id for topic in topics]
    await subscriptions.subscribe(turn.write_tx, chat, ids, now=turn.now)
    names = subscriptions.listed(topics, turn.language)
    speaking = turn.addressing(*topics) if len(topics) == 1 else turn
    done = speaking.text("subscribed", private="yes" if turn.is_private else "no", topics=names)
    return await menu(turn, Command.SUBSCRIBE, before=(plain(f"✅ {done}"),))


async def press_topic(turn: Turn, pressed: SwitchTopic) -> Answer:
    view = VIEWS[pressed.view]
    topic = (await choice(turn.tx, turn.chat)).topic(pressed.topic)
    if topic is None:
        return await menu(turn, view, toast=turn.text("topic-gone"))
    if pressed.on:
        if not turn.has_consent:
            return consent.ask(turn, topic.id)
        turn = replace(turn, chat=await turn.registered())
    await _set(turn, [topic.id], on=pressed.on)
    key = "subscribed-toast" if pressed.on else "unsubscribed-toast"
    return await menu(turn, view, toast=turn.text(key, topic=topic.name(turn.language)))


async def press_all_topics(turn: Turn, pressed: SwitchAllTopics) -> Answer:
    if not pressed.on:
        return await unsubscribe(turn, "")
    if not turn.has_consent:
        return consent.ask(turn, consent.ALL_TOPICS)
    topics = (await choice(turn.tx, turn.chat)).topics
    turn = replace(turn, chat=await turn.registered())
    await _set(turn, [topic.id for topic in topics], on=True)
    return await menu(turn, VIEWS[pressed.view], toast=turn.text("subscribed-all-toast"))


async def press_undo(turn: Turn, pressed: Undo) -> Answer:
    """Subscribe again to what a /huy stopped."""
    topics = (await choice(turn.tx, turn.chat)).topics
    removed = subscriptions.read_undo_token(topics, pressed.token)
    if not removed:
        return await menu(turn, Command.SUBSCRIBE, toast=turn.text("button-stale"))
    if not turn.has_consent:
        return consent.ask(turn, consent.MENU)
    turn = replace(turn, chat=await turn.registered())
    await _set(turn, removed, on=True)
    names = subscriptions.Choice(topics).names(turn.language, removed)
    return await menu(turn, Command.SUBSCRIBE, before=(plain(turn.text("undone", topics=names)),))


async def _set(turn: Turn, topics: Collection[TopicId], *, on: bool) -> None:
    if turn.chat is None:
        return
    if on:
        usual = turn.context.usual
        await subscriptions.resubscribe(turn.write_tx, turn.chat, topics, usual=usual, now=turn.now)
        return
    for topic in topics:
        await subscriptions.unsubscribe(turn.write_tx, turn.chat, topic, now=turn.now)


async def menu(turn: Turn, view: Command, *, before: RichText = (), toast: str | None = None) -> Answer:
    paces = await frequencies(turn.tx, turn.now)
    found = await choice(turn.tx, turn.chat)
    text, keyboard = topic_menu(turn, found, view, paces=paces)
    return turn.say(before, text, keyboard=keyboard, toast=toast)


async def _stopped(turn: Turn, removed: Collection[TopicId]) -> Answer:
    left = await choice(turn.tx, turn.chat)
    token = subscriptions.undo_token(left.topics, removed)
    switches = topic_buttons(
        turn.language, left, lambda topic, on: SwitchTopic(View.SUBSCRIBE, on, topic.id).pack()
    )
    return turn.say(
        bold(turn.text("unsubscribed-title")),
        plain(turn.text("unsubscribed", topics=left.names(turn.language, removed))),
        keyboard=((Button(turn.text("button-undo"), action=Undo(token).pack()),), *switches),
    )


def is_everything(words: str) -> bool:
    """Return whether *words* mean every topic."""
    return fold(words) in _ALL


def unknown(turn: Turn, words: str) -> RichText:
    """Return what is said above the list of topics where *words* name none of them."""
    if not words:
        return ()
    return (Span(turn.text("topic-unknown", words=shorten(words, _SHOWN_WORDS))),)
