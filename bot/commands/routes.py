"""Which command and which button leads where."""

from collections.abc import Awaitable, Callable, Mapping

from bot.commands import (
    admins,
    basics,
    channel_settings,
    channels,
    consent,
    data,
    decisions,
    failures,
    feeds,
    invitations,
    joining,
    latest,
    members,
    photos,
    reading,
    saved,
    search,
    setting_buttons,
    settings,
    start,
    subscribe,
    topic_filters,
)
from bot.commands.actions import Action, Verb
from bot.commands.names import Command
from bot.commands.turn import Answer, Turn
from bot.i18n import LANGUAGES

TYPED: Mapping[Command, Callable[[Turn, str], Awaitable[Answer]]] = {
    Command.START: start.start,
    Command.SUBSCRIBE: subscribe.subscribe,
    Command.UNSUBSCRIBE: subscribe.unsubscribe,
    Command.TOPICS: subscribe.show_topics,
    Command.LATEST: latest.latest,
    Command.SEARCH: search.search,
    Command.READ: reading.read,
    Command.PHOTOS: photos.see_photos,
    Command.SAVED: saved.show_saved,
    Command.HELP: basics.show_help,
    Command.SETTINGS: settings.settings,
    Command.LANGUAGE: basics.choose_language,
    Command.DATA: data.show_data,
    Command.ERASE: data.ask_erase,
    Command.PRIVACY: data.show_privacy,
    Command.ADMINS: admins.manage_admins,
    Command.CHANNELS: channels.manage_channels,
    Command.FEEDS: feeds.show_feeds,
    Command.FAILURES: failures.show_failures,
    Command.INVITATIONS: invitations.manage_invitations,
}

AWAITED: Mapping[str, Callable[[Turn, str], Awaitable[Answer]]] = {
    channels.AWAITED: channels.add,
    search.AWAITED: search.search,
    topic_filters.AWAITED: topic_filters.take_filter,
    topic_filters.CHANNEL_AWAITED: channel_settings.take_filter,
}
"""What becomes of words that are no command, by what was asked for before."""

VERBATIM = frozenset({topic_filters.AWAITED, topic_filters.CHANNEL_AWAITED})
"""Where words that a command also begins with are an answer all the same: "tin mới" is a filter, too."""


async def _decline(turn: Turn, pressed: Action) -> Answer:
    del pressed
    return consent.decline(turn)


async def _open(turn: Turn, pressed: Action) -> Answer:
    if pressed.rest not in set(Command):
        return turn.refuse(turn.text("button-stale"))
    return await TYPED[Command(pressed.rest)](turn, "")


async def _change_language(turn: Turn, pressed: Action) -> Answer:
    """Speak another language, and show in it what stood there before."""
    language, then, words = pressed.arguments(3)
    if language not in LANGUAGES or then not in set(Command):
        return turn.refuse(turn.text("button-stale"))
    if not await turn.may_configure():
        return turn.refuse(turn.text("only-group-administrators"))
    return await TYPED[Command(then)](await basics.speak(turn, language), words)


PRESSED: Mapping[Verb, Callable[[Turn, Action], Awaitable[Answer]]] = {
    Verb.AGREE: joining.press_agree,
    Verb.DECLINE: _decline,
    Verb.TOPIC: subscribe.press_topic,
    Verb.ALL_TOPICS: subscribe.press_all_topics,
    Verb.UNDO: subscribe.press_undo,
    Verb.OPEN: _open,
    Verb.OLDER: latest.press_older,
    Verb.SEARCH_PAGE: search.press_page,
    Verb.SHOW: search.press_show,
    Verb.READ: reading.press_read,
    Verb.PHOTOS: photos.press_photos,
    Verb.SAVE: saved.press_save,
    Verb.SAVED: saved.press_saved,
    Verb.LANGUAGE: _change_language,
    Verb.DISMISS: admins.press_dismiss,
    Verb.CHANNELS: channels.press_channels,
    Verb.CHANNEL: channels.press_channel,
    Verb.CHANNEL_TOPIC: channels.press_channel_topic,
    Verb.CHANNEL_STATUS: channels.press_status,
    Verb.CHANNEL_TEST: channels.press_test,
    Verb.CHANNEL_REMOVE: channels.press_remove,
    Verb.CHANNEL_ADD: channels.press_add,
    Verb.FEEDS: feeds.press_feeds,
    Verb.POLL: feeds.press_poll,
    Verb.FAILURES: failures.press_failures,
    Verb.RETRY: failures.press_retry,
    Verb.ERASE: data.press_erase,
    Verb.HOLD: decisions.press_hold,
    Verb.WITHDRAW: decisions.press_withdraw,
    Verb.INVITATIONS: invitations.press_invitations,
    Verb.INVITE: invitations.press_invite,
    Verb.REVOKE: invitations.press_revoke,
    Verb.MEMBERS: members.press_members,
    Verb.SHUT_OUT: members.press_shut_out,
    Verb.SETTINGS: setting_buttons.press_settings,
    Verb.SCHEDULE: setting_buttons.press_schedule,
    Verb.PREFER: setting_buttons.press_prefer,
    Verb.FILTER: topic_filters.press_filter,
    Verb.CHANNEL_SETTINGS: channel_settings.press_settings,
}
