"""Roles of those who manage the bot, and what each may do. Owners are named in the configuration."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.chats.chat import TopicId


class Right(StrEnum):
    """What somebody may do.

    SEE: look at feeds, failures and what is held. FEEDS: define topics and feeds, and have feeds polled.
    EDIT: see and edit what waits to be released. PUBLISH: approve it, decide about what is held, stop,
    recall, send again. CHANNELS: connect and set channels and groups. MEMBERS: invite people into
    members-only topics, and remove them. SUPPORT: see what a chat is subscribed to and gets, and end it there
    at its wish. ADMINS: appoint and dismiss. AUDIT: read the audit log. SETTINGS: see how the service is set,
    and who is signed in to the console.
    """

    SEE = "see"
    FEEDS = "feeds"
    EDIT = "edit"
    PUBLISH = "publish"
    CHANNELS = "channels"
    MEMBERS = "members"
    SUPPORT = "support"
    ADMINS = "admins"
    AUDIT = "audit"
    SETTINGS = "settings"


class Role(StrEnum):
    """What an owner appoints somebody to; one person may have several."""

    PUBLISHER = "publisher"
    EDITOR = "editor"
    FEEDS = "feeds"
    READER = "reader"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.PUBLISHER: frozenset(
        {Right.SEE, Right.EDIT, Right.PUBLISH, Right.CHANNELS, Right.MEMBERS, Right.SUPPORT}
    ),
    Role.EDITOR: frozenset({Right.SEE, Right.EDIT}),
    Role.FEEDS: frozenset({Right.SEE, Right.FEEDS}),
    Role.READER: frozenset({Right.SEE}),
}

OF_OWNERS = frozenset({Right.ADMINS, Right.AUDIT, Right.SETTINGS})
"""The rights that no role has."""

OF_EVERY_TOPIC = frozenset({Right.CHANNELS, Right.SUPPORT})
"""The rights of those alone who are limited to no topics: a channel gets several, and so do people."""


@dataclass(frozen=True, slots=True)
class Authority:
    """What somebody is: an owner, or whom an owner appointed to *roles*, for *topics* alone or, with None,
    for all of them.
    """

    is_owner: bool = False
    roles: frozenset[Role] = frozenset()
    topics: frozenset[TopicId] | None = None

    @property
    def manages(self) -> bool:
        return self.is_owner or bool(self.roles)

    @property
    def ordered_roles(self) -> tuple[Role, ...]:
        return in_order(self.roles)

    @property
    def rights(self) -> frozenset[Right]:
        """Return what they may do, if only for some topics."""
        if self.is_owner:
            return frozenset(Right)
        found = frozenset[Right]().union(*(RIGHTS[role] for role in self.roles))
        return found if self.topics is None else found - OF_EVERY_TOPIC

    def may(self, right: Right) -> bool:
        return right in self.rights

    @property
    def covers_all(self) -> bool:
        """Return whether what they may do holds for topics that nobody knows yet."""
        return self.is_owner or self.topics is None

    @property
    def seen(self) -> frozenset[TopicId] | None:
        """Return the topics of which they are shown what there is: lists, figures, and each thing by itself.

        None: all of them, and what is about the whole service.
        """
        return None if self.covers_all else self.topics

    def covers(self, topics: Iterable[TopicId]) -> bool:
        """Return whether what they may do holds for each of *topics*."""
        return self.is_owner or self.topics is None or self.topics.issuperset(topics)


NOBODY = Authority()


def roles_with(right: Right) -> tuple[Role, ...]:
    """Return the roles that have *right*, beside the owners, who have every one."""
    return tuple(role for role in Role if right in RIGHTS[role])


def roles_in(names: Iterable[str]) -> frozenset[Role]:
    """Return the roles that have these *names*; another version may know other ones."""
    return frozenset(Role(name) for name in names if name in set(Role))


def in_order(roles: Iterable[Role]) -> tuple[Role, ...]:
    """Return *roles* from what may do most to what may do least."""
    return tuple(sorted(roles, key=list(Role).index))
