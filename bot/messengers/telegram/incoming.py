"""What people do, as Telegram tells it, in the words of the domain."""

import orjson
import structlog
from telegram import (
    Bot,
    CallbackQuery,
    ChatMember,
    ChatMemberUpdated,
    InlineKeyboardButton,
    Message,
    MessageEntity,
    Update,
    User,
)
from telegram import Chat as TelegramChat
from telegram.constants import ChatID
from telegram.error import TelegramError

from bot.domain.chats.chat import (
    AccountId,
    Address,
    ButtonPressed,
    ChatKind,
    ChatMigrated,
    Incoming,
    IncomingFile,
    InlineQuery,
    MembershipChanged,
    TextReceived,
    UpdateSender,
)
from bot.domain.chats.message import Button, ButtonStyle, Keyboard
from bot.domain.publication.uploads import KINDS

log = structlog.get_logger(__name__)

WRITERS = {ChatMember.OWNER, ChatMember.ADMINISTRATOR, ChatMember.MEMBER}


class IncomingReader:
    """Reads payloads for the account called *username*."""

    def __init__(self, account: AccountId, username: str, bot: Bot) -> None:
        self._account = account
        self._username = username
        self._bot = bot

    def read(self, payload: str) -> Incoming | None:
        """Return what *payload* means, or None if it is nothing that we know."""
        try:
            update = Update.de_json(orjson.loads(payload), self._bot)
            return self._understand(update)
        except (ValueError, TypeError, LookupError, AttributeError, TelegramError) as error:
            # The library trusts the shape of what it reads; a payload of another shape is an unknown update.
            log.warning("an update could not be read", error=type(error).__name__)
            return None

    def _understand(self, update: Update) -> Incoming | None:
        if update.message is not None:
            return self._message(update.message)
        if update.callback_query is not None:
            return self._press(update.callback_query)
        if update.inline_query is not None:
            asked = update.inline_query
            return InlineQuery(asked.id, _sender(asked.from_user), asked.query, asked.offset)
        if update.my_chat_member is not None:
            return self._membership(update.my_chat_member)
        return None

    def _message(self, message: Message) -> Incoming | None:
        address = self._address(message.chat, message)
        if message.migrate_to_chat_id:
            return ChatMigrated(address, Address(self._account, str(message.migrate_to_chat_id)))
        if message.migrate_from_chat_id:
            return ChatMigrated(Address(self._account, str(message.migrate_from_chat_id)), address)
        kind = ChatKind(message.chat.type)
        if message.via_bot == self._bot.bot:
            # What somebody shares by our own inline mode says nothing to us.
            return None
        if kind is ChatKind.CHANNEL or message.from_user is None or message.is_automatic_forward:
            return None
        private = kind is ChatKind.PRIVATE
        if message.text is None and not (private and message.effective_attachment):
            return None
        text, addressed = self._addressed_text(message)
        return TextReceived(
            address=address,
            kind=kind,
            sender=_sender(message.from_user, message),
            text=text,
            title=message.chat.title,
            addressed=private or addressed,
            file=_file(message) if private else None,
        )

    def _addressed_text(self, message: Message) -> tuple[str, bool]:
        """Return the text without our own name in it, and whether it is meant for us in a group."""
        text = message.text or message.caption or ""
        own_name = f"@{self._username}".casefold()
        if text.startswith("/"):
            command, space, rest = text.partition(" ")
            name, at, to = command.partition("@")
            return f"{name}{space}{rest}", not at or f"@{to}".casefold() == own_name
        for entity, part in message.parse_entities([MessageEntity.MENTION]).items():
            if part.casefold() == own_name:
                return _without(text, entity), True
        replied_to = message.reply_to_message
        to_us = replied_to is not None and replied_to.from_user is not None
        return text, bool(to_us and replied_to and replied_to.from_user == self._bot.bot)

    def _press(self, query: CallbackQuery) -> ButtonPressed | None:
        if query.message is None or query.data is None:
            return None
        message = query.message if isinstance(query.message, Message) else None
        chat = query.message.chat
        return ButtonPressed(
            address=self._address(chat, message),
            kind=ChatKind(chat.type),
            sender=_sender(query.from_user),
            action=query.data,
            message_id=str(query.message.message_id),
            press_id=query.id,
            title=chat.title,
            text=(message.text or message.caption or "") if message else "",
            keyboard=_keyboard(message) if message else None,
        )

    def _membership(self, change: ChatMemberUpdated) -> MembershipChanged:
        kind = ChatKind(change.chat.type)
        return MembershipChanged(
            address=self._address(change.chat),
            kind=kind,
            sender=_sender(change.from_user),
            can_write=_can_write(change.new_chat_member, kind),
            title=change.chat.title,
        )

    def _address(self, chat: TelegramChat, message: Message | None = None) -> Address:
        # Outside of forums Telegram uses the thread id for ordinary replies.
        in_topic = message is not None and message.is_topic_message and message.message_thread_id
        thread = str(message.message_thread_id) if message is not None and in_topic else None
        return Address(self._account, str(chat.id), thread if thread != "1" else None)


def _file(message: Message) -> IncomingFile | None:
    """Return the file that comes with a message; a picture that was sent as one has several sizes."""
    in_album = message.media_group_id is not None
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        size = largest.file_size or 0
        return IncomingFile(largest.file_id, size=size, is_photo=True, in_album=in_album)
    sent = (message.document, message.video, message.audio, message.voice, message.video_note)
    found = next((each for each in sent if each is not None), None)
    if found is None:
        return None
    name = getattr(found, "file_name", None) or _made_up_name(getattr(found, "mime_type", None))
    return IncomingFile(found.file_id, name=name, size=found.file_size or 0, in_album=in_album)


def _made_up_name(media_type: str | None) -> str:
    """Return the name of a file that came with none, by what its sender's app says that it is."""
    ending = next((ending for ending, kind in KINDS.items() if kind.media_type == media_type), None)
    return f"tai-lieu.{ending}" if ending else "tai-lieu"


_STYLES = {style.value: style for style in ButtonStyle}


def _keyboard(message: Message) -> Keyboard:
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    return tuple(tuple(button for each in row if (button := _button(each))) for row in rows)


def _button(button: InlineKeyboardButton) -> Button | None:
    """Return a button of a kind that we make."""
    style = _STYLES.get(button.style or "")
    if button.url:
        return Button(button.text, url=button.url, style=style)
    if not button.callback_data:
        return None
    return Button(button.text, action=str(button.callback_data), style=style)


def _can_write(member: ChatMember, kind: ChatKind) -> bool:
    if kind is ChatKind.CHANNEL:
        return member.status == ChatMember.OWNER or bool(getattr(member, "can_post_messages", False))
    if member.status == ChatMember.RESTRICTED:
        return bool(getattr(member, "can_send_messages", False))
    return member.status in WRITERS


def _sender(user: User, message: Message | None = None) -> UpdateSender:
    as_the_chat = message is not None and message.sender_chat == message.chat
    return UpdateSender(
        user=str(user.id),
        language=user.language_code,
        anonymous_administrator=user.id == ChatID.ANONYMOUS_ADMIN and (message is None or as_the_chat),
    )


def _without(text: str, entity: MessageEntity) -> str:
    """Return *text* without the entity, whose bounds are in UTF-16 units."""
    units = text.encode("utf-16-le")
    before, after = units[: entity.offset * 2], units[(entity.offset + entity.length) * 2 :]
    return f"{before.decode('utf-16-le').strip()} {after.decode('utf-16-le').strip()}".strip()
