"""/dangky, /chuyenmuc and /huy: choosing topics, by words or by switches that change in place."""

from collections.abc import Collection
from dataclasses import replace

from bot.commands import consent
from bot.commands.actions import Action, Verb, action
from bot.commands.menus import topic_buttons, topic_menu, topics_button, view_letter, view_of
from bot.commands.names import Command
from bot.commands.turn import Answer, Turn
from bot.domain.chat import TopicId
from bot.domain.feed import Topic
from bot.domain.message import Button, RichText, Span, bold, plain
from bot.domain.text import fold, shorten
from bot.services import subscriptions
from bot.services.subscriptions import choice
from bot.store.frequencies import frequencies

_ALL = frozenset({"tat ca", "all", "het"})
_SHOWN_WORDS = 60


async def subscribe(turn: Turn, words: str) -> Answer:
    """Subscribe to the topic that *words* name, or show what there is to choose."""
    if not await turn.may_configure():
        return turn.refuse(turn.text("only-group-administrators"))
    topics = (await choice(turn.context.database, turn.chat)).topics
    everything = fold(words) in _ALL
    wanted = subscriptions.find_topic(topics, words) if words and not everything else None
    if not turn.has_consent:
        return consent.ask(turn, consent.ALL_TOPICS if everything else wanted.id if wanted else consent.MENU)
    if everything:
        return await subscribe_to(turn, topics)
    if wanted:
        return await subscribe_to(turn, [wanted])
    return await menu(turn, Command.SUBSCRIBE, before=_unknown(turn, words))


async def show_topics(turn: Turn, words: str) -> Answer:
    """Show every topic with its description; in a group everybody may look."""
    del words
    return await menu(turn, Command.TOPICS)


async def unsubscribe(turn: Turn, words: str) -> Answer:
    """Stop the topic that *words* name, or everything, at once, and offer to take that back."""
    if not await turn.may_configure():
        return turn.refuse(turn.text("only-group-administrators"))
    topics = (await choice(turn.context.database, turn.chat)).topics
    wanted = None
    if words and fold(words) not in _ALL:
        wanted = subscriptions.find_topic(topics, words)
        if wanted is None:
            return await menu(turn, Command.SUBSCRIBE, before=_unknown(turn, words))
    removed: tuple[TopicId, ...] = ()
    if turn.chat:
        topic = wanted.id if wanted else None
        removed = await subscriptions.unsubscribe(turn.context.database, turn.chat, topic, now=turn.now)
    if not removed:
        return turn.say(plain(turn.text("unsubscribe-nothing")), keyboard=((topics_button(turn),),))
    return await _stopped(turn, removed)


async def subscribe_to(turn: Turn, topics: Collection[Topic]) -> Answer:
    """Subscribe to *topics* and show how things stand; rights and consent have been seen to."""
    chat = await turn.registered()
    turn = replace(turn, chat=chat)
    ids = [topic.id for topic in topics]
    await subscriptions.subscribe(turn.context.database, chat, ids, now=turn.now)
    names = subscriptions.listed(topics, turn.language)
    done = turn.text("subscribed", private="yes" if turn.is_private else "no", topics=names)
    return await menu(turn, Command.SUBSCRIBE, before=(plain(f"✅ {done}"),))


async def press_topic(turn: Turn, pressed: Action) -> Answer:
    letter, on, topic_id = pressed.arguments(3)
    if not await turn.may_configure():
        return turn.refuse(turn.text("only-group-administrators"))
    topic = (await choice(turn.context.database, turn.chat)).topic(topic_id)
    if topic is None:
        return await menu(turn, view_of(letter), toast=turn.text("topic-gone"))
    if on == "1":
        if not turn.has_consent:
            return consent.ask(turn, topic.id)
        turn = replace(turn, chat=await turn.registered())
    await _set(turn, [topic.id], on=on == "1")
    key = "subscribed-toast" if on == "1" else "unsubscribed-toast"
    return await menu(turn, view_of(letter), toast=turn.text(key, topic=topic.name(turn.language)))


async def press_all_topics(turn: Turn, pressed: Action) -> Answer:
    letter, on = pressed.arguments(2)
    if not await turn.may_configure():
        return turn.refuse(turn.text("only-group-administrators"))
    if on != "1":
        return await unsubscribe(turn, "")
    if not turn.has_consent:
        return consent.ask(turn, consent.ALL_TOPICS)
    topics = (await choice(turn.context.database, turn.chat)).topics
    turn = replace(turn, chat=await turn.registered())
    await _set(turn, [topic.id for topic in topics], on=True)
    return await menu(turn, view_of(letter), toast=turn.text("subscribed-all-toast"))


async def press_undo(turn: Turn, pressed: Action) -> Answer:
    """Subscribe again to what a /huy stopped."""
    if not await turn.may_configure():
        return turn.refuse(turn.text("only-group-administrators"))
    topics = (await choice(turn.context.database, turn.chat)).topics
    removed = subscriptions.read_undo_token(topics, pressed.rest)
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
    database = turn.context.database
    if on:
        usual = turn.context.usual
        await subscriptions.resubscribe(database, turn.chat, topics, usual=usual, now=turn.now)
        return
    for topic in topics:
        await subscriptions.unsubscribe(database, turn.chat, topic, now=turn.now)


async def menu(turn: Turn, view: Command, *, before: RichText = (), toast: str | None = None) -> Answer:
    async with turn.context.database.read() as tx:
        paces = await frequencies(tx, turn.now)
    found = await choice(turn.context.database, turn.chat)
    text, keyboard = topic_menu(turn, found, view, paces=paces)
    return turn.say(before, text, keyboard=keyboard, toast=toast)


async def _stopped(turn: Turn, removed: Collection[TopicId]) -> Answer:
    left = await choice(turn.context.database, turn.chat)
    token = subscriptions.undo_token(left.topics, removed)
    letter = view_letter(Command.SUBSCRIBE)
    switches = topic_buttons(
        turn.language, left, lambda topic, on: action(Verb.TOPIC, letter, int(on), topic.id)
    )
    return turn.say(
        bold(turn.text("unsubscribed-title")),
        plain(turn.text("unsubscribed", topics=left.names(turn.language, removed))),
        keyboard=((Button(turn.text("button-undo"), action=action(Verb.UNDO, token)),), *switches),
    )


def _unknown(turn: Turn, words: str) -> RichText:
    if not words:
        return ()
    return (Span(turn.text("topic-unknown", words=shorten(words, _SHOWN_WORDS))),)
