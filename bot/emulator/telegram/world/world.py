"""The world on the other side: bots, people, chats, memberships, messages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.telegram.text.html import Entity
from bot.emulator.telegram.world.update_queue import UpdateQueue

Json = dict[str, Any]

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_react_to_messages",
    "can_add_web_page_previews",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
GENERAL_TOPIC = 1
FIRST_UPGRADED_ID = -1_009_000_000_001


@dataclass(slots=True)
class Bot:
    """A known token. Its identity is the number before the colon; *inline* is switched on at @BotFather."""

    id: int
    token: str
    username: str
    name: str
    updates: UpdateQueue = field(default_factory=UpdateQueue)
    stars: float = 0.0
    paid_broadcast: bool = False
    reads_all_messages: bool = False
    inline: bool = False
    logged_out: bool = False
    known_since: float = 0.0
    commands: dict[tuple[Any, ...], list[Json]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)

    def as_json(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


@dataclass(slots=True)
class User:
    """A person; *started* and *blocked* hold the bots that he or she talks to or not."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    deactivated: bool = False
    started: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)

    def as_json(self) -> Json:
        fields: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if getattr(self, name):
                fields[name] = getattr(self, name)
        return fields


@dataclass(slots=True)
class Member:
    """Somebody's standing in a chat: creator, administrator, member, restricted, left or kicked."""

    status: str
    rights: dict[str, bool] = field(default_factory=dict)

    @property
    def present(self) -> bool:
        return self.status not in {"left", "kicked"}


@dataclass(slots=True)
class Topic:
    id: int
    name: str
    state: str = "open"


@dataclass(slots=True, kw_only=True)
class Message:
    """One message; *sender* is None for a post in a channel; *author* is the bot that wrote it.

    *taken_at* is its date more exactly than Telegram tells.
    """

    chat: "Chat"
    id: int
    taken_at: float
    sender: Bot | User | None
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    photo: Any = None
    document: Any = None
    voice: Any = None
    reply_markup: Json | None = None
    thread: int | None = None
    edited_at: int | None = None
    preview: Json | None = None
    album: str = ""
    rich: Json | None = None
    extra: Json = field(default_factory=dict)
    service: bool = False
    silent: bool = False
    author: int = 0

    @property
    def date(self) -> int:
        return int(self.taken_at)

    @property
    def kind(self) -> str:
        if self.service:
            return "service"
        media = ("rich", self.rich), ("photo", self.photo), ("voice", self.voice), ("document", self.document)
        return next((kind for kind, item in media if item), "text")


@dataclass(slots=True)
class Chat:
    """A private chat belongs to one bot; *person* is its other side."""

    id: int
    type: str
    title: str = ""
    username: str = ""
    is_forum: bool = False
    person: User | None = None
    bot: int = 0
    members: dict[int, Member] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    migrated_to: int = 0
    deleted: bool = False
    pinned: list[int] = field(default_factory=list)
    in_flight: int = 0

    def as_json(self) -> Json:
        if self.person is not None:
            person = self.person
            fields: Json = {"id": person.id, "first_name": person.first_name, "type": "private"}
            for name in ("last_name", "username"):
                if getattr(person, name):
                    fields[name] = getattr(person, name)
            return fields
        fields = {"id": self.id, "title": self.title, "type": self.type}
        if self.username:
            fields["username"] = self.username
        if self.is_forum:
            fields["is_forum"] = True
        return fields

    def allows(self, permission: str) -> bool:
        return self.permissions.get(permission, True)

    def member(self, member_id: int) -> Member:
        return self.members.get(member_id) or Member("left")


@dataclass(slots=True)
class World:
    bots: dict[int, Bot] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    private: dict[tuple[int, int], Chat] = field(default_factory=dict)
    usernames: dict[str, Chat] = field(default_factory=dict)

    def private_chat(self, bot: int, user: User) -> Chat:
        key = (bot, user.id)
        chat = self.private.get(key)
        if chat is None:
            chat = self.private[key] = Chat(user.id, "private", person=user, bot=bot)
        return chat

    def by_username(self, username: str) -> Chat | None:
        return self.usernames.get(username.lower())

    def all_chats(self) -> Iterator[Chat]:
        yield from self.private.values()
        yield from self.chats.values()

    def places(self, chat_id: int) -> list[Chat]:
        """Return every chat with that id: the private ones of all bots, or the one group or channel."""
        if chat_id > 0:
            return [chat for (_, user), chat in self.private.items() if user == chat_id]
        return [self.chats[chat_id]] if chat_id in self.chats else []

    def meets(self, bot: int, user: int) -> bool:
        """Tell whether the bot has ever seen that person: in private or in a chat of both."""
        return (bot, user) in self.private or any(
            bot in chat.members and user in chat.members for chat in self.chats.values()
        )
