"""One Telegram bot as a messenger."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit

import orjson
import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, TelegramError

from bot.domain.chats.chat import (
    AccountId,
    Address,
    ChatFacts,
    ChatKind,
    ChatRole,
    Incoming,
    IncomingFile,
)
from bot.domain.chats.message import Message
from bot.domain.delivery.delivery import (
    Ambiguous,
    MessageRejected,
    Outcome,
    PhotoRejected,
    Receipt,
    RetryLater,
    Scope,
)
from bot.domain.delivery.sliding_window import PacingRules
from bot.domain.messaging.messenger import (
    Audience,
    Capabilities,
    CommandMenu,
    FallbackRequest,
    InlineResults,
    MessengerError,
    Platform,
    Profile,
    Webhook,
)
from bot.domain.speech.recording import AudioFormat
from bot.domain.text.text import shorten
from bot.messengers.telegram.calls import Call, call_for, deletion, inline_answer
from bot.messengers.telegram.chats import ANONYMOUS_ADMINISTRATOR, facts_of, is_user_id, role_of
from bot.messengers.telegram.downloads import LARGEST, FileDownloads
from bot.messengers.telegram.incoming import IncomingReader
from bot.messengers.telegram.novelties import as_known, without_refused
from bot.messengers.telegram.outcomes import (
    ApiAnswer,
    not_the_bot_api,
    read_answer,
    refusal,
    retry_after,
)
from bot.messengers.telegram.receipts import receipt
from bot.messengers.telegram.request import (
    AiohttpRequest,
    AnswerLostError,
    FloodError,
    NotSentError,
    Timeouts,
)
from bot.messengers.telegram.upload_gate import UploadGate
from bot.proxy.address import Proxy

log = structlog.get_logger(__name__)
Result = TypeVar("Result")

UPDATES = ("message", "callback_query", "my_chat_member", "inline_query")
"""What we ask to be told. Telegram remembers the list, so it is named with every request."""

SCOPES: dict[Audience, BotCommandScope] = {
    Audience.PRIVATE: BotCommandScopeAllPrivateChats(),
    Audience.GROUP: BotCommandScopeAllGroupChats(),
    Audience.GROUP_ADMINISTRATORS: BotCommandScopeAllChatAdministrators(),
}

LONGEST_DESCRIPTION = 512
LONGEST_SHORT_DESCRIPTION = 120
"""Code points (Bot API: setMyDescription, setMyShortDescription)."""

_CANNOT_DELETE = "message can't be deleted"
"""Bot API: after 48 hours a message cannot be deleted for everyone."""
_NO_TEXT = "there is no text in the message"

CAPABILITIES = Capabilities(
    text_length=4096,
    caption_length=1024,
    keyboards=True,
    edits=True,
    photo_upload=True,
    albums=10,
    voices=AudioFormat.OGG_OPUS,
    largest_file=LARGEST,
    whole_texts=True,
    styles=True,
    moments=True,
)


_ADDED_TO_CHANNEL = "startchannel&admin=post_messages+edit_messages+delete_messages"
"""Bot API, deep linking: the client asks which channel, and offers these rights."""

PLATFORM = Platform("Telegram", is_abroad=True)


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """How to reach the Bot API. *poll_for*: how many seconds a request for updates may wait (at most 50)."""

    token: str
    api_url: str = "https://api.telegram.org"
    pacing: PacingRules = field(default_factory=PacingRules)
    timeouts: Timeouts = field(default_factory=Timeouts)
    poll_for: int = 25
    proxy: Proxy | None = None

    @property
    def account(self) -> AccountId:
        return AccountId(f"telegram:{self.token.partition(':')[0]}")

    def __repr__(self) -> str:
        return f"TelegramSettings(api_url={self.api_url!r})"


class TelegramMessenger:
    """A bot on Telegram; see the port for what each method promises. Make one with `connect`."""

    def __init__(self, settings: TelegramSettings) -> None:
        number = settings.token.partition(":")[0]
        self.account = settings.account
        self.username = ""
        self.is_asked_inline = False
        self.capabilities = CAPABILITIES
        self.platform = PLATFORM
        self.pacing = settings.pacing
        self._settings = settings
        timeouts = settings.timeouts
        # As many as may ever be in flight, so that no request waits for a connection; and some for questions.
        connections = settings.pacing.fastest.limit + 8
        self._sends = AiohttpRequest(
            settings.api_url, settings.token, timeouts, connections=connections, proxy=settings.proxy
        )
        polls = Timeouts(connect=timeouts.connect, answer=settings.poll_for + timeouts.answer)
        self._polls = AiohttpRequest(
            settings.api_url, settings.token, polls, connections=1, proxy=settings.proxy
        )
        self._files = FileDownloads(self._sends, settings.api_url, settings.token, timeouts, settings.proxy)
        self._bot = Bot(f"{number}:stand-in", request=self._sends, get_updates_request=self._polls)
        self._reader = IncomingReader(self.account, self.username, self._bot)
        self._uploads = UploadGate()

    @classmethod
    async def connect(cls, settings: TelegramSettings) -> Self:
        """Return a messenger that has reached Telegram. Raises MessengerError, for a wrong token also."""
        messenger = cls(settings)
        try:
            await messenger.open()
        except MessengerError:
            await messenger.close()
            raise
        return messenger

    async def open(self) -> None:
        """Reach Telegram and learn our own name there."""
        await self._sends.initialize()
        await self._polls.initialize()
        await self._files.open()
        us = await self._asked(self._bot.get_me())
        self.username = us.username or ""
        self.is_asked_inline = bool(us.supports_inline_queries)
        self._reader = IncomingReader(self.account, self.username, self._bot)

    def send_only_while(self, is_leader: Callable[[], bool]) -> None:
        """Let no message leave while *is_leader* says no: it is asked when it is written to the wire."""
        self._sends.send_only_while(is_leader)

    async def close(self) -> None:
        await self._sends.shutdown()
        await self._polls.shutdown()
        await self._files.close()

    def link_to_us(self, payload: str) -> str | None:
        return f"https://t.me/{self.username}?start={payload}" if self.username else None

    def link_to_add(self, kind: ChatKind) -> str | None:
        wish = _ADDED_TO_CHANNEL if kind is ChatKind.CHANNEL else "startgroup"
        return f"https://t.me/{self.username}?{wish}" if self.username else None

    def is_shared(self, address: Address) -> bool:
        return not address.chat.isdigit()

    def upload_wait(self, size: int, now: float) -> float:
        return self._uploads.wait(size, now)

    async def send(self, address: Address, message: Message) -> Outcome | FallbackRequest:
        message = as_known(message, self.capabilities)
        call = deletion(address, message) if message.retracts else call_for(address, message)
        outcome = await self._send(call, message)
        if isinstance(outcome, PhotoRejected) and message.whole and message.whole.photos:
            without = replace(message.whole, photos=False)
            return FallbackRequest(replace(message, whole=without), outcome)
        if isinstance(outcome, MessageRejected):
            if (left := without_refused(self.capabilities, outcome.reason)) is not None:
                log.warning("this Bot API server is older", reason=outcome.reason)
                self.capabilities = left
                return FallbackRequest(as_known(message, left), outcome)
            reason = outcome.reason.casefold()
            if message.retracts and _CANNOT_DELETE in reason:
                return FallbackRequest(replace(message, retracts=False), outcome)
            if _NO_TEXT in reason and not message.captions:
                return FallbackRequest(replace(message, captions=True), outcome)
        return outcome

    async def acknowledge(self, press_id: str, text: str | None) -> None:
        parameters: dict[str, str] = {"callback_query_id": press_id}
        if text:
            parameters["text"] = text[:200]
        await self._answer("answerCallbackQuery", parameters, what="a tap")

    async def offer(self, query_id: str, offers: InlineResults) -> None:
        await self._answer("answerInlineQuery", inline_answer(query_id, offers), what="an inline query")

    async def _answer(self, method: str, parameters: Mapping[str, object], *, what: str) -> None:
        """Answer something that may have gone stale while it was dealt with."""
        try:
            status, _ = await self._sends.call(method, parameters)
        except (NotSentError, AnswerLostError) as error:
            log.warning("it was not answered", what=what, reason=str(error))
            return
        if status != 200:
            log.info("it was not answered", what=what, status=status)

    async def role(self, address: Address, user: str) -> ChatRole:
        if user == ANONYMOUS_ADMINISTRATOR:
            # Everybody who speaks anonymously has this id; `Sender` says who does so as the chat itself.
            return ChatRole.OUTSIDER
        try:
            member = await self._asked(self._bot.get_chat_member(address.chat, int(user)))
        except _RefusedError:
            # Telegram says so of someone whom it has never seen there.
            return ChatRole.OUTSIDER
        return role_of(member)

    async def facts(self, chat_reference: str) -> ChatFacts | None:
        try:
            chat = await self._asked(self._bot.get_chat(chat_reference))
            if chat.type == ChatKind.PRIVATE:
                return None
            us = await self._asked(self._bot.get_chat_member(chat.id, self._bot.id))
        except _RefusedError:
            return None
        return facts_of(self.account, chat, us)

    async def verify_account(self) -> None:
        await self._asked(self._bot.get_me())

    def is_user_id(self, text: str) -> bool:
        return is_user_id(text)

    async def knows(self, user: str) -> bool:
        try:
            return (await self._asked(self._bot.get_chat(int(user)))).type == ChatKind.PRIVATE
        except _RefusedError:
            return False

    async def register_commands(self, menus: Sequence[CommandMenu]) -> None:
        for menu in menus:
            commands = [BotCommand(entry.command, entry.description) for entry in menu.entries]
            scope = BotCommandScopeChat(int(menu.person)) if menu.person else SCOPES[menu.audience]
            language = menu.language or ""
            if commands:
                await self._asked(self._bot.set_my_commands(commands, scope=scope, language_code=language))
            else:
                await self._asked(self._bot.delete_my_commands(scope=scope, language_code=language))

    async def describe(self, profiles: Sequence[Profile]) -> None:
        # Bot API: how often these may be set is limited, so that a start must not set them anew.
        for profile in profiles:
            await self._describe(profile, profile.language or "")

    async def _describe(self, profile: Profile, language: str) -> None:
        bot, long = self._bot, shorten(profile.description, LONGEST_DESCRIPTION)
        short = shorten(profile.short_description, LONGEST_SHORT_DESCRIPTION)
        if (await self._asked(bot.get_my_description(language))).description != long:
            await self._asked(bot.set_my_description(long, language))
        if (await self._asked(bot.get_my_short_description(language))).short_description != short:
            await self._asked(bot.set_my_short_description(short, language))

    async def deliver_updates(self, webhook: Webhook | None) -> None:
        if webhook:
            await self._asked(
                self._bot.set_webhook(webhook.url, secret_token=webhook.secret, allowed_updates=list(UPDATES))
            )
            return
        info = await self._asked(self._bot.get_webhook_info())
        if info.url:
            log.warning("the webhook is removed: updates are polled for", host=urlsplit(info.url).hostname)
            await self._asked(self._bot.delete_webhook())

    async def updates(self, offset: int | None) -> list[tuple[int, str]]:
        wish: dict[str, Any] = {"timeout": self._settings.poll_for, "allowed_updates": UPDATES}
        if offset is not None:
            wish["offset"] = offset
        try:
            status, body = await self._polls.call("getUpdates", wish)
        except (NotSentError, AnswerLostError) as error:
            raise _in_one_line(error) from None
        answer = read_answer(status, body)
        if answer is None or not answer.ok or not _are_updates(answer.result):
            raise _no_updates(status, answer)
        return [(update["update_id"], orjson.dumps(update).decode()) for update in answer.result]

    async def download(self, file: IncomingFile, *, most: int) -> bytes:
        return await self._files.fetch(file.reference, most=most)

    def parse(self, payload: str) -> Incoming | None:
        return self._reader.read(payload)

    async def _send(self, call: Call, message: Message) -> Outcome:
        try:
            if call.files:
                status, body = await self._sends.upload(call.method, call.parameters, files=call.files)
            else:
                status, body = await self._sends.send(call.method, call.parameters)
        except NotSentError as error:
            return RetryLater(str(error), scope=Scope.ACCOUNT)
        except AnswerLostError as error:
            return Ambiguous(str(error))
        answer = read_answer(status, body)
        if answer is None:
            return not_the_bot_api(status)
        if answer.ok:
            return receipt(call, answer.result, message) or not_the_bot_api(status)
        outcome = refusal(answer)
        if not isinstance(outcome, Receipt):
            return outcome
        # What was to be edited stands as it should or is gone: either way nothing is left to do.
        return Receipt(message.replaces) if message.replaces else MessageRejected(answer.description)

    async def _asked(self, question: Awaitable[Result]) -> Result:
        try:
            return await question
        except TelegramError as error:
            raise _in_one_line(error) from None
        except (ValueError, TypeError, LookupError, AttributeError):
            # The library trusts the shape of what it reads.
            raise MessengerError("Telegram cannot be reached: an answer that is not the Bot API's") from None


def _are_updates(result: Any) -> bool:
    """Return whether *result* is a list of updates, each with a number that a database can keep."""
    return isinstance(result, list) and all(
        isinstance(update, dict) and type(number := update.get("update_id")) is int and 0 <= number < 2**63
        for update in result
    )


def _no_updates(status: int, answer: ApiAnswer | None) -> MessengerError:
    if answer is None:
        return MessengerError(f"Telegram: no updates: HTTP {status} from something before the Bot API")
    if answer.ok:
        return MessengerError("Telegram: no updates: an answer that is not the Bot API's")
    if status == 409:
        return _conflict(answer.description)
    if status in {401, 404}:
        return _wrong_token(answer.description)
    told = (answer.parameters or {}).get("retry_after")
    wait = retry_after(told) if status == 429 else None
    return MessengerError(f"Telegram: no updates: {answer.description}", retry_after=wait)


class _RefusedError(MessengerError):
    """Telegram does not do, or does not tell, what it was asked: not to us, or not of that chat."""


def _in_one_line(error: TelegramError) -> MessengerError:
    match error:
        case BadRequest() | Forbidden():
            return _RefusedError(f"Telegram refused: {error}")
        case InvalidToken():
            return _wrong_token(str(error))
        case Conflict():
            return _conflict(str(error))
        case FloodError():
            return MessengerError(f"Telegram refused: {error}", retry_after=error.retry_after)
        case NotSentError() | AnswerLostError():
            return MessengerError(f"Telegram cannot be reached: {error}")
        case _:
            return MessengerError(f"Telegram refused: {error}")


def _wrong_token(description: str) -> MessengerError:
    return MessengerError(f"Telegram does not know this token ({description}): check it", fatal=True)


def _conflict(description: str) -> MessengerError:
    return MessengerError(f"Telegram: this bot's updates are read by somebody else, too ({description})")
