"""Buttons and lists that several commands show."""

from collections.abc import Callable, Mapping
from itertools import accumulate

from bot.commands import chosen
from bot.commands.callback_data import CallbackData
from bot.commands.callbacks import ChooseLanguage, OpenCommand, SwitchAllTopics, SwitchTopic, View
from bot.commands.names import Command
from bot.commands.turn import Turn
from bot.domain.chat import ChatStatus, TopicId
from bot.domain.feed import Topic
from bot.domain.frequency import Frequency
from bot.domain.message import Button, Keyboard, RichText, Span, bold, length, plain
from bot.i18n import LANGUAGES
from bot.services.compose import paragraphs
from bot.services.subscriptions import Choice

CHOSEN = "✅"
NOT_CHOSEN = "◻️"

VIEWS = {View.TOPICS: Command.TOPICS, View.SUBSCRIBE: Command.SUBSCRIBE}
"""The commands that show a list of topics."""

_OTHER_WORDS = 800
"""Code points that a list of topics may need besides their descriptions."""


def topic_buttons(language: str, choice: Choice, action_for: Callable[[Topic, bool], str]) -> Keyboard:
    """Return a button a topic; *action_for* is told the topic and whether the button is to choose it."""
    return tuple(
        (
            Button(
                _switch_label(choice, topic, language),
                action=action_for(topic, topic.id not in choice.chosen),
            ),
        )
        for topic in choice.topics
    )


def _switch_label(choice: Choice, topic: Topic, language: str) -> str:
    subscribed = choice.subscriptions.get(topic.id)
    marks = chosen.marks(subscribed) if subscribed else ""
    return f"{CHOSEN if topic.id in choice.chosen else NOT_CHOSEN} {topic.name(language)}{marks}"


def topic_menu(
    turn: Turn, choice: Choice, view: Command, *, paces: Mapping[TopicId, Frequency]
) -> tuple[RichText, Keyboard]:
    """Return the list of topics, with what each is about, how often it publishes, and a switch."""
    if not choice.topics:
        return (plain(turn.text("topics-none")),), ()
    title = turn.text("topics-title" if view is Command.TOPICS else "subscribe-title")
    paused = turn.chat is not None and turn.chat.status is ChatStatus.PAUSED
    text = paragraphs(
        bold(title),
        *_descriptions(turn, choice, paces),
        plain(turn.text("topics-choose")),
        plain(turn.text("topics-marks") if _has_marks(choice) else ""),
        plain(turn.text("topics-paused") if paused else ""),
    )
    here = View.TOPICS if view is Command.TOPICS else View.SUBSCRIBE
    switches = topic_buttons(turn.language, choice, lambda topic, on: SwitchTopic(here, on, topic.id).pack())
    last = (latest_button(turn), settings_button(turn))
    return text, (*switches, *_for_all(turn, choice, here), last)


def _has_marks(choice: Choice) -> bool:
    return any(chosen.marks(each) for each in choice.subscriptions.values())


def _for_all(turn: Turn, choice: Choice, view: View) -> Keyboard:
    everything = Button(turn.text("button-all"), action=SwitchAllTopics(view, on=True).pack())
    nothing = Button(turn.text("button-none"), action=SwitchAllTopics(view, on=False).pack())
    row = []
    if len(choice.topics) > 1 and len(choice.chosen) < len(choice.topics):
        row.append(everything)
    if len(choice.chosen) > 1:
        row.append(nothing)
    return (tuple(row),) if row else ()


def _descriptions(turn: Turn, choice: Choice, paces: Mapping[TopicId, Frequency]) -> tuple[RichText, ...]:
    """Return what each topic is about, as far as that fits in a message: the buttons name them all."""
    descriptions = tuple(_described(turn, topic, paces.get(topic.id)) for topic in choice.topics)
    taken = accumulate(length(each) + len("\n\n") for each in descriptions)
    room = turn.context.messenger.capabilities.text_length - _OTHER_WORDS
    return tuple(each for each, end in zip(descriptions, taken, strict=True) if end <= room)


def _described(turn: Turn, topic: Topic, pace: Frequency | None) -> RichText:
    about = [topic.description(turn.language)]
    if pace:
        about.append(turn.text("topic-pace", count=pace.count, unit=pace.unit))
    said = "\n".join(filter(None, about))
    name = bold(topic.name(turn.language))
    return (name, Span(f"\n{said}")) if said else (name,)


def open_button(label: str, command: Command) -> Button:
    return Button(label, action=OpenCommand(command).pack())


def topics_button(turn: Turn) -> Button:
    return open_button(turn.text("button-topics"), Command.TOPICS)


def settings_button(turn: Turn) -> Button:
    return open_button(turn.text("button-settings"), Command.SETTINGS)


def latest_button(turn: Turn) -> Button:
    return open_button(turn.text("button-latest"), Command.LATEST)


def search_button(turn: Turn) -> Button:
    return open_button(turn.text("button-search"), Command.SEARCH)


def navigation(turn: Turn) -> Keyboard:
    """Return the buttons under every answer that ends somewhere: topics, news, search, help."""
    return (
        (topics_button(turn), latest_button(turn)),
        (search_button(turn), open_button(turn.text("button-help"), Command.HELP)),
    )


def ways_on(turn: Turn) -> Keyboard:
    """Return the buttons where the bot has found or understood nothing: stopping is one of them."""
    return (
        (topics_button(turn), latest_button(turn)),
        (
            open_button(turn.text("button-stop"), Command.UNSUBSCRIBE),
            open_button(turn.text("button-help"), Command.HELP),
        ),
    )


def language_buttons(
    turn: Turn, then: Command, words: str = "", *, with_own: bool = False
) -> tuple[Button, ...]:
    """Return a button for each language; *then* follows with *words* in it. The one that is spoken has one
    only *with_own*, and a mark on it.
    """
    translator = turn.context.translator
    return tuple(
        Button(
            f"{CHOSEN if language == turn.language else '🌐'} {translator.text(language, 'language-name')}",
            action=ChooseLanguage(language, then, words).pack(),
        )
        for language in LANGUAGES
        if with_own or language != turn.language
    )


def paging(data_of: Callable[[int], CallbackData], *, page: int, pages: int) -> Keyboard:
    """Return buttons to the pages beside *page*, which is counted from 0."""
    row = []
    if page > 0:
        row.append(Button(f"‹ {page}/{pages}", action=data_of(page - 1).pack()))
    if page < pages - 1:
        row.append(Button(f"{page + 2}/{pages} ›", action=data_of(page + 1).pack()))
    return (tuple(row),) if row else ()
