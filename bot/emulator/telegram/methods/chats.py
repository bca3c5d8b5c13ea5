"""getChat, getChatMember, getChatMemberCount, getChatAdministrators, leaveChat."""

from typing import Any

from bot.emulator.telegram.rules.errors import bad_request
from bot.emulator.telegram.text.markup import Json
from bot.emulator.telegram.world.access import Access, find_chat
from bot.emulator.telegram.world.membership import change_member
from bot.emulator.telegram.world.registry import Call, method
from bot.emulator.telegram.world.rendering import member_json, message_json, permissions_json
from bot.emulator.telegram.world.world import Bot, Chat, Member, User

_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _chat(call: Call, access: Access) -> Chat:
    return find_chat(call.state, call.bot, call.arguments.text("chat_id"), access)


async def _get_chat(call: Call) -> Any:
    chat = _chat(call, Access.READ)
    result: Json = {
        **chat.as_json(),
        "accent_color_id": chat.id % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": _GIFTS,
    }
    if chat.username or (chat.person and chat.person.username):
        result["active_usernames"] = [chat.username or (chat.person.username if chat.person else "")]
    if chat.type in {"group", "supergroup"}:
        result["permissions"] = permissions_json(chat.permissions, default=True)
    if chat.pinned and chat.pinned[-1] in chat.messages:
        pinned = chat.messages[chat.pinned[-1]]
        result["pinned_message"] = message_json(pinned, call.state.files, call.bot.id)
    return result


async def _get_member(call: Call) -> Any:
    chat = _chat(call, Access.READ_MEMBERS)
    user_id = call.arguments.integer("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    person = _person(call, user_id)
    if chat.type == "private":
        if user_id not in (chat.id, call.bot.id):
            raise bad_request("user not found")
        return member_json(chat, person, Member("member"))
    _check_members_visible(chat, call.bot, user_id)
    return member_json(chat, person, chat.member(user_id))


def _person(call: Call, user_id: int) -> Bot | User:
    person = call.state.world.users.get(user_id) or call.state.world.bots.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return person


def _check_members_visible(chat: Chat, bot: Bot, user_id: int) -> None:
    """Bot API: the members of a channel are shown only to its administrators."""
    if chat.type == "channel" and user_id != bot.id and chat.member(bot.id).status != "administrator":
        raise bad_request("member list is inaccessible")


async def _count(call: Call) -> Any:
    chat = _chat(call, Access.READ)
    if chat.type == "private":
        return 2
    return sum(member.present for member in chat.members.values())


async def _administrators(call: Call) -> Any:
    chat = _chat(call, Access.READ_MEMBERS)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    _check_members_visible(chat, call.bot, 0)
    found = []
    for member_id, member in chat.members.items():
        if member.status in {"creator", "administrator"}:
            person = _person(call, member_id)
            # Bot API: other bots are left out.
            if isinstance(person, User) or member_id == call.bot.id:
                found.append(member_json(chat, person, member))
    return found


async def _leave(call: Call) -> Any:
    chat = _chat(call, Access.READ)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    if not chat.member(call.bot.id).present:
        raise bad_request("chat not found")
    change_member(call.state, chat, call.bot, Member("left"), by=call.bot)
    return True


METHODS = (
    method("getChat", _get_chat, "chat_id"),
    method("getChatMember", _get_member, "chat_id", "user_id"),
    method("getChatMemberCount", _count, "chat_id"),
    method("getChatAdministrators", _administrators, "chat_id", "return_bots"),
    method("leaveChat", _leave, "chat_id"),
)
