"""The one table of all that the console shows and does, and the menu.

A page is a module below `pages` with its `ROUTES`, which name the right that each takes; it stands here, and
in the menu if it is an entrance of its own.
"""

from bot.domain.desk.roles import Right
from bot.web.console.pages.operation import api_keys, audit, failures, figures, now, settings
from bot.web.console.pages.people import admins, chats, members, sessions, support
from bot.web.console.pages.publications import (
    announcements,
    approvals,
    articles,
    draft_release,
    drafts,
    editing,
    resending,
    source_changes,
)
from bot.web.console.pages.sources import feed_edit, feeds, new_feed, topics
from bot.web.console.routes import ConsoleRoute, MenuEntry

TABLE: tuple[ConsoleRoute, ...] = (
    *now.ROUTES,
    *approvals.ROUTES,
    *editing.ROUTES,
    *articles.ROUTES,
    *announcements.ROUTES,
    *drafts.ROUTES,
    *draft_release.ROUTES,
    *resending.ROUTES,
    *source_changes.ROUTES,
    *chats.ROUTES,
    *members.ROUTES,
    *support.ROUTES,
    *admins.ROUTES,
    *api_keys.ROUTES,
    *feeds.ROUTES,
    *feed_edit.ROUTES,
    *new_feed.ROUTES,
    *topics.ROUTES,
    *failures.ROUTES,
    *figures.ROUTES,
    *audit.ROUTES,
    *settings.ROUTES,
    *sessions.ROUTES,
)

MENU: tuple[MenuEntry, ...] = (
    MenuEntry("now", "/now", Right.SEE),
    MenuEntry("approvals", "/approvals", Right.EDIT),
    MenuEntry("articles", "/articles", Right.SEE),
    MenuEntry("announcements", "/announcements", Right.EDIT),
    MenuEntry("feeds", "/feeds", Right.SEE),
    MenuEntry("failures", "/failures", Right.SEE),
    MenuEntry("figures", "/figures", Right.SEE),
    MenuEntry("chats", "/chats", Right.CHANNELS),
    MenuEntry("members", "/members", Right.MEMBERS),
    MenuEntry("support", "/support", Right.SUPPORT),
    MenuEntry("admins", "/admins", Right.ADMINS),
    MenuEntry("api-keys", "/api-keys", Right.ADMINS),
    MenuEntry("audit", "/audit", Right.AUDIT),
    MenuEntry("settings", "/settings", Right.SETTINGS),
    MenuEntry("sessions", "/sessions", None),
)
"""In the order in which they stand; whoever manages sees those that their rights let them see."""
