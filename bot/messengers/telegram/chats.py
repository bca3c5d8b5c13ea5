"""Who is what in a chat, and what the bot may do there."""

import re

from telegram import ChatFullInfo, ChatMember

from bot.domain.chats.chat import AccountId, Address, ChatFacts, ChatKind, ChatRight, ChatRole

ANONYMOUS_ADMINISTRATOR = "1087968824"
"""The user under which Telegram lets administrators of a group speak as the group itself."""


_USER = re.compile(r"[1-9][0-9]{0,15}", re.ASCII)
_LARGEST_USER = 2**52 - 1
"""Bot API, User: an id "has at most 52 significant bits"."""


def is_user_id(text: str) -> bool:
    """Return whether *text* has the form of a person's id; groups and channels have negative ones."""
    is_number = _USER.fullmatch(text) is not None and int(text) <= _LARGEST_USER
    return is_number and text != ANONYMOUS_ADMINISTRATOR


def role_of(member: ChatMember) -> ChatRole:
    match member.status:
        case ChatMember.OWNER | ChatMember.ADMINISTRATOR:
            return ChatRole.ADMINISTRATOR
        case ChatMember.MEMBER:
            return ChatRole.MEMBER
        case ChatMember.RESTRICTED:
            return ChatRole.MEMBER if getattr(member, "is_member", False) else ChatRole.OUTSIDER
        case _:
            return ChatRole.OUTSIDER


def facts_of(account: AccountId, chat: ChatFullInfo, us: ChatMember | None) -> ChatFacts:
    """Return a group or channel as we need it; *us* is the bot's own membership, if it has one."""
    kind = ChatKind(chat.type)
    return ChatFacts(
        address=Address(account, str(chat.id)),
        kind=kind,
        title=chat.title or "",
        username=chat.username,
        missing=frozenset(ChatRight) - _rights(kind, chat, us),
    )


def _rights(kind: ChatKind, chat: ChatFullInfo, us: ChatMember | None) -> frozenset[ChatRight]:
    if us is None or us.status in {ChatMember.LEFT, ChatMember.BANNED}:
        return frozenset()
    if us.status == ChatMember.OWNER:
        return frozenset(ChatRight)
    if kind is ChatKind.CHANNEL:
        # Bot API: an administrator of a channel has one right for texts and photos alike.
        return frozenset(ChatRight) if getattr(us, "can_post_messages", False) else frozenset()
    if us.status == ChatMember.ADMINISTRATOR:
        return frozenset(ChatRight)
    granted = us if us.status == ChatMember.RESTRICTED else chat.permissions
    if granted is None:
        return frozenset(ChatRight)
    rights = {
        ChatRight.POST: getattr(granted, "can_send_messages", False),
        ChatRight.PHOTOS: getattr(granted, "can_send_photos", False),
    }
    return frozenset(right for right, given in rights.items() if given)
