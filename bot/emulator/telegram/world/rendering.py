"""Bot API objects made of what the world holds."""

from typing import Any

from bot.emulator.telegram.media.files import FileStore, document_json, photo_json, voice_json
from bot.emulator.telegram.world.world import PERMISSIONS, Bot, Chat, Member, Message, User

Json = dict[str, Any]

_ADMIN_RIGHTS = (
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
_CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
_GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")


def message_json(message: Message, store: FileStore, viewer: int) -> Json:
    """Return the Message as the bot *viewer* receives it."""
    chat = message.chat.as_json()
    result: Json = {"message_id": message.id, "chat": chat, "date": message.date}
    if message.sender is not None:
        result["from"] = message.sender.as_json()
    if message.chat.type == "channel":
        result["sender_chat"] = chat
    if message.edited_at is not None:
        result["edit_date"] = message.edited_at
    if message.thread is not None:
        result["message_thread_id"] = message.thread
        result["is_topic_message"] = True
    if message.album:
        result["media_group_id"] = message.album
    if message.kind in {"photo", "voice", "document"}:
        _add_media(result, message, store, viewer)
    elif message.rich is not None:
        result["rich_message"] = message.rich
    elif message.text:
        _add_text(result, message)
    if message.reply_markup is not None:
        result["reply_markup"] = message.reply_markup
    result.update(message.extra)
    return result


def _add_text(result: Json, message: Message) -> None:
    result["text"] = message.text
    if message.entities:
        result["entities"] = message.entities
    if message.preview is not None:
        result["link_preview_options"] = message.preview


def _add_media(result: Json, message: Message, store: FileStore, viewer: int) -> None:
    if message.photo is not None:
        result["photo"] = photo_json(store, viewer, message.photo)
    elif message.voice is not None:
        result["voice"] = voice_json(store, viewer, message.voice)
    else:
        result["document"] = document_json(store, viewer, message.document)
    if message.text:
        result["caption"] = message.text
    if message.entities:
        result["caption_entities"] = message.entities


def outbox_json(message: Message, store: FileStore) -> Json:
    """Return the message as the control API and the chat page show it; *text* is the caption of a photo,
    and what a rich message says.
    """
    owner = message.chat.bot or message.author
    result: Json = {
        "chat": message.chat.id,
        "thread": message.thread,
        "message_id": message.id,
        "date": message.date,
        "taken_at": message.taken_at,
        "kind": message.kind,
        "from": message.sender.as_json() if message.sender else message.chat.as_json(),
        "text": message.text,
        "entities": message.entities,
        "reply_markup": message.reply_markup,
        "edited": message.edited_at is not None,
        "silent": message.silent,
        "link_preview_options": message.preview,
    }
    if message.album:
        result["media_group_id"] = message.album
    if message.rich is not None:
        result["rich_message"] = message.rich
    if message.photo is not None:
        sizes = photo_json(store, owner, message.photo)
        result["photo"] = {**sizes[-1], "sizes": sizes}
    if message.voice is not None:
        result["voice"] = voice_json(store, owner, message.voice)
    if message.document is not None:
        result["document"] = document_json(store, owner, message.document)
    if message.extra:
        result["extra"] = message.extra
    return result


def member_json(chat: Chat, person: Bot | User, member: Member) -> Json:
    """Return the ChatMember of *person*."""
    result: Json = {"user": person.as_json(), "status": member.status}
    rights = member.rights
    match member.status:
        case "creator":
            result["is_anonymous"] = rights.get("is_anonymous", False)
        case "administrator":
            own = _CHANNEL_RIGHTS if chat.type == "channel" else _GROUP_RIGHTS
            result.update(
                {right: rights.get(right, right == "can_manage_chat") for right in (*_ADMIN_RIGHTS, *own)}
            )
        case "restricted":
            from_chat = {name: value for name, value in rights.items() if name.startswith("can_")}
            result.update({"is_member": rights.get("is_member", True), "until_date": 0})
            result.update(permissions_json(from_chat, default=False))
        case "kicked":
            result["until_date"] = 0
        case _:
            pass
    return result


def permissions_json(given: dict[str, bool], *, default: bool) -> Json:
    return {name: given.get(name, default) for name in PERMISSIONS}
