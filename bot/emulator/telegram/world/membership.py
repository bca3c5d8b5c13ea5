"""People and bots come, go, rise and fall; bots learn of it by updates."""

from bot.emulator.telegram.world.rendering import Json, member_json
from bot.emulator.telegram.world.state import State
from bot.emulator.telegram.world.world import (
    FIRST_UPGRADED_ID,
    GENERAL_TOPIC,
    Bot,
    Chat,
    Member,
    Message,
    Topic,
    User,
)


def change_member(
    state: State, chat: Chat, person: Bot | User, member: Member, *, by: Bot | User
) -> int | None:
    """Put *member* in place and return the update that *person*, if it is a bot, was given."""
    old = chat.member(person.id)
    chat.members[person.id] = member
    change = _change(state, chat, person, old=old, new=member, by=by)
    told, now = None, state.clock.now()
    for bot in state.world.bots.values():
        if bot.id == person.id:
            told = bot.updates.push("my_chat_member", change, now=now)
        elif chat.member(bot.id).status in {"creator", "administrator"}:
            bot.updates.push("chat_member", change, now=now)
    return told


def _change(
    state: State, chat: Chat, person: Bot | User, *, old: Member, new: Member, by: Bot | User
) -> Json:
    return {
        "chat": chat.as_json(),
        "from": by.as_json(),
        "date": state.date(),
        "old_chat_member": member_json(chat, person, old),
        "new_chat_member": member_json(chat, person, new),
    }


def set_blocked(state: State, user: User, bot: Bot, *, blocked: bool) -> int | None:
    """Block or unblock a bot; it is told where it had been talked to."""
    if (bot.id in user.blocked) == blocked:
        return None
    chat = state.world.private_chat(bot.id, user)
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    if blocked:
        user.blocked.add(bot.id)
    else:
        user.blocked.discard(bot.id)
        user.started.add(bot.id)
    change = _change(state, chat, bot, old=Member(old), new=Member(new), by=user)
    return bot.updates.push("my_chat_member", change, now=state.clock.now())


def migrate(state: State, group: Chat) -> Chat:
    """Upgrade a basic group; both chats get the service message that says so."""
    world = state.world
    new_id = min(
        [FIRST_UPGRADED_ID, *(chat_id - 1 for chat_id in world.chats if chat_id <= FIRST_UPGRADED_ID)]
    )
    chat = Chat(
        new_id,
        "supergroup",
        group.title,
        members=dict(group.members),
        permissions=dict(group.permissions),
    )
    world.chats[new_id] = chat
    group.migrated_to = new_id
    _tell_all(state, group, {"migrate_to_chat_id": new_id})
    _tell_all(state, chat, {"migrate_from_chat_id": group.id})
    return chat


def _tell_all(state: State, chat: Chat, extra: Json) -> None:
    chat.last_message_id += 1
    owner = next((user for user_id, user in state.world.users.items() if user_id in chat.members), None)
    message = Message(
        chat=chat,
        id=chat.last_message_id,
        taken_at=state.clock.now(),
        sender=owner,
        service=True,
        extra=extra,
    )
    chat.messages[message.id] = message
    sender = owner.as_json() if owner else None
    for bot in state.world.bots.values():
        if chat.member(bot.id).present:
            content = {"message_id": message.id, "chat": chat.as_json(), "date": message.date, **extra}
            told = content if sender is None else {**content, "from": sender}
            bot.updates.push("message", told, now=state.clock.now())


def make_forum(chat: Chat) -> None:
    """Give a supergroup topics; message 1 announced the group itself, so no topic has that number."""
    chat.is_forum = True
    chat.last_message_id = max(chat.last_message_id, GENERAL_TOPIC)
    chat.topics.setdefault(GENERAL_TOPIC, Topic(GENERAL_TOPIC, "General"))
