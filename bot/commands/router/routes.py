"""Which command, which button and which awaited answer leads where, and who may use it."""

from collections.abc import Mapping

from bot.commands.admin import (
    admins,
    approvals,
    channel_settings,
    channels,
    failures,
    feeds,
    invitations,
    members,
)
from bot.commands.base import callbacks
from bot.commands.base.article_buttons import read_payload
from bot.commands.base.callback_data import Verb, stamped
from bot.commands.base.callbacks import ChooseLanguage, Decline, ErasureStep, OpenCommand, WithdrawalAction
from bot.commands.base.command_names import Command
from bot.commands.base.context import Request, Response
from bot.commands.base.route import (
    ANYWHERE,
    DECIDING,
    MANAGERS,
    OWNERS,
    PRIVATE_ONLY,
    ByFields,
    ByWords,
    Route,
    pressed,
    reads,
    refusal,
    typed,
    writes,
)
from bot.commands.reader import (
    basics,
    consent,
    full_text,
    latest,
    onboarding,
    photos,
    privacy,
    reading_list,
    search,
    start,
    subscribe,
)
from bot.commands.settings import by_button, by_text, filters
from bot.i18n import LANGUAGES


def _starts_something(payload: str) -> bool:
    """Return whether a deep link subscribes or lets somebody in, and does not just show an article."""
    return bool(payload) and read_payload(payload) is None


TYPED: Mapping[Command, ByWords] = {
    Command.START: typed(start.start, writes=_starts_something),
    Command.SUBSCRIBE: typed(subscribe.subscribe, DECIDING),
    Command.UNSUBSCRIBE: typed(subscribe.unsubscribe, DECIDING, writes=writes),
    Command.TOPICS: typed(subscribe.show_topics, writes=reads),
    Command.LATEST: typed(latest.latest, writes=reads),
    Command.SEARCH: typed(search.search, writes=reads),
    Command.READ: typed(full_text.read, writes=reads),
    Command.PHOTOS: typed(photos.see_photos, writes=reads),
    Command.SAVED: typed(reading_list.show_saved, PRIVATE_ONLY, writes=reads),
    Command.HELP: typed(basics.show_help, writes=reads),
    Command.SETTINGS: typed(by_text.settings, DECIDING),
    Command.LANGUAGE: typed(basics.choose_language, DECIDING),
    Command.DATA: typed(privacy.show_data, PRIVATE_ONLY, writes=reads),
    Command.ERASE: typed(privacy.ask_erase, PRIVATE_ONLY, writes=reads),
    Command.PRIVACY: typed(privacy.show_privacy, writes=reads),
    Command.ADMINS: typed(admins.manage_admins, OWNERS),
    Command.CHANNELS: typed(channels.manage_channels, MANAGERS),
    Command.FEEDS: typed(feeds.show_feeds, MANAGERS, writes=reads),
    Command.FAILURES: typed(failures.show_failures, MANAGERS, writes=reads),
    Command.INVITATIONS: typed(invitations.manage_invitations, MANAGERS),
}

AWAITED: Mapping[str, ByWords] = {
    channels.AWAITED: typed(channels.add, MANAGERS),
    search.AWAITED: typed(search.take_words, writes=reads),
    filters.AWAITED: typed(filters.take_filter, DECIDING),
    filters.CHANNEL_AWAITED: typed(channel_settings.take_filter, MANAGERS),
}
"""Where words lead that are no command, by what was asked for before."""

VERBATIM = frozenset({filters.AWAITED, filters.CHANNEL_AWAITED})
"""Where words that a command also begins with are an answer all the same: "tin mới" is a filter, too."""

_SPOKEN = frozenset({Command.START, Command.HELP, Command.LANGUAGE, Command.SETTINGS})
"""The commands whose answers offer other languages."""


def _opened(rest: str) -> Route:
    return TYPED[OpenCommand.of(rest).command]("")


async def _decline(request: Request, _: Decline) -> Response:
    return consent.decline(request)


async def _change_language(request: Request, wish: ChooseLanguage) -> Response:
    """Speak another language, and show in it what stood there before."""
    if wish.language not in LANGUAGES or wish.then not in _SPOKEN:
        return request.refuse(request.text("button-stale"))
    route = TYPED[wish.then](wish.words)
    if refused := await refusal(request, route.guard):
        return refused
    request = await basics.speak(request, wish.language)
    answer = await route.handle(request)
    return answer if request.chat else answer.with_actions(lambda each: stamped(each, wish.language))


PRESSED: Mapping[Verb, ByFields] = {
    Verb.AGREE: pressed(callbacks.Agree, onboarding.press_agree, PRIVATE_ONLY, writes=writes),
    Verb.DECLINE: pressed(Decline, _decline, PRIVATE_ONLY),
    Verb.TOPIC: pressed(callbacks.SwitchTopic, subscribe.press_topic, DECIDING, writes=writes),
    Verb.ALL_TOPICS: pressed(callbacks.SwitchAllTopics, subscribe.press_all_topics, DECIDING, writes=writes),
    Verb.UNDO: pressed(callbacks.Undo, subscribe.press_undo, DECIDING, writes=writes),
    Verb.OPEN: _opened,
    Verb.OLDER: pressed(callbacks.ShowOlder, latest.press_older, ANYWHERE),
    Verb.SEARCH_PAGE: pressed(callbacks.SearchPage, search.press_page, ANYWHERE),
    Verb.SHOW: pressed(callbacks.ShowArticle, search.press_show, ANYWHERE),
    Verb.READ: pressed(callbacks.ReadArticle, full_text.press_read, PRIVATE_ONLY),
    Verb.PHOTOS: pressed(callbacks.SeePhotos, photos.press_photos, PRIVATE_ONLY),
    Verb.SAVE: pressed(callbacks.SaveArticle, reading_list.press_save, PRIVATE_ONLY, writes=writes),
    Verb.SAVED: pressed(
        callbacks.ListSaved,
        reading_list.press_saved,
        PRIVATE_ONLY,
        writes=lambda asked: asked.removed is not None,
    ),
    Verb.LANGUAGE: pressed(ChooseLanguage, _change_language, DECIDING, writes=writes),
    Verb.ADMINS: pressed(callbacks.ListAdmins, admins.press_admins, OWNERS),
    Verb.DISMISS: pressed(callbacks.Dismiss, admins.press_dismiss, OWNERS, writes=lambda asked: asked.sure),
    Verb.CHANNELS: pressed(callbacks.ListChannels, channels.press_channels, MANAGERS),
    Verb.CHANNEL: pressed(callbacks.ShowChannel, channels.press_channel, MANAGERS),
    Verb.CHANNEL_TOPIC: pressed(
        callbacks.SwitchChannelTopic, channels.press_channel_topic, MANAGERS, writes=writes
    ),
    Verb.CHANNEL_STATUS: pressed(callbacks.SetChannelStatus, channels.press_status, MANAGERS, writes=writes),
    Verb.CHANNEL_TEST: pressed(callbacks.TestChannel, channels.press_test, MANAGERS),
    Verb.CHANNEL_REMOVE: pressed(
        callbacks.RemoveChannel, channels.press_remove, MANAGERS, writes=lambda asked: asked.sure
    ),
    Verb.CHANNEL_ADD: pressed(callbacks.AddChannel, channels.press_add, MANAGERS, writes=writes),
    Verb.FEEDS: pressed(callbacks.ListFeeds, feeds.press_feeds, MANAGERS),
    Verb.POLL: pressed(callbacks.PollFeed, feeds.press_poll, MANAGERS, writes=writes),
    Verb.FAILURES: pressed(callbacks.ListFailures, failures.press_failures, MANAGERS),
    Verb.RETRY: pressed(
        callbacks.RetryFailures, failures.press_retry, MANAGERS, writes=lambda asked: asked.sure
    ),
    Verb.ERASE: pressed(
        callbacks.Erase,
        privacy.press_erase,
        PRIVATE_ONLY,
        writes=lambda asked: asked.step is ErasureStep.ERASE,
    ),
    Verb.HOLD: pressed(callbacks.DecideHold, approvals.press_hold, MANAGERS, writes=approvals.is_decision),
    Verb.HELD_TITLES: pressed(callbacks.ListHeld, approvals.press_held, MANAGERS),
    Verb.WITHDRAW: pressed(
        callbacks.Withdraw,
        approvals.press_withdraw,
        MANAGERS,
        writes=lambda asked: asked.wish is WithdrawalAction.WITHDRAW,
    ),
    Verb.INVITATIONS: pressed(callbacks.ShowInvitations, invitations.press_invitations, MANAGERS),
    Verb.INVITE: pressed(callbacks.Invite, invitations.press_invite, MANAGERS, writes=writes),
    Verb.REVOKE: pressed(callbacks.Revoke, invitations.press_revoke, MANAGERS, writes=writes),
    Verb.MEMBERS: pressed(callbacks.ListMembers, members.press_members, MANAGERS),
    Verb.SHUT_OUT: pressed(
        callbacks.ShutOut, members.press_shut_out, MANAGERS, writes=lambda asked: asked.sure
    ),
    Verb.SETTINGS: pressed(callbacks.OpenSettings, by_button.press_settings, DECIDING),
    Verb.SCHEDULE: pressed(callbacks.SetSchedule, by_button.press_schedule, DECIDING, writes=writes),
    Verb.PREFER: pressed(callbacks.Prefer, by_button.press_prefer, DECIDING, writes=writes),
    Verb.DIGEST_NOW: pressed(callbacks.BringDigest, by_button.press_digest_now, DECIDING, writes=writes),
    Verb.FILTER: pressed(callbacks.EditFilter, filters.press_filter, DECIDING, writes=writes),
    Verb.CHANNEL_SETTINGS: pressed(
        callbacks.ChangeChannel, channel_settings.press_settings, MANAGERS, writes=writes
    ),
}
