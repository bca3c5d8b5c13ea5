"""One bot of the Zalo Bot Platform as a messenger."""

import asyncio
import math
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self
from urllib.parse import urlsplit

import structlog
from cachetools import TTLCache

from bot.domain.chats.chat import (
    AccountId,
    Address,
    ChatFacts,
    ChatKind,
    ChatRole,
    Incoming,
    IncomingFile,
)
from bot.domain.chats.message import KnownPhoto, KnownVoice, Message, NewPhoto, NewVoice
from bot.domain.delivery.delivery import (
    Ambiguous,
    MessageRejected,
    Outcome,
    PhotoRejected,
    Receipt,
    RetryLater,
    Scope,
)
from bot.domain.delivery.sliding_window import PacingRules, Window
from bot.domain.messaging.messenger import (
    Capabilities,
    CommandMenu,
    InlineResults,
    MessengerError,
    Platform,
    Profile,
    Webhook,
)
from bot.domain.speech.recording import AudioFormat
from bot.messengers.wire import LostAnswerError, UnsentError
from bot.messengers.zalo import text
from bot.messengers.zalo.answers import IDLE, NO_WEBHOOK, TOO_MANY_TESTS, ZaloAnswer, outcome
from bot.messengers.zalo.incoming import ZaloReader, numbered
from bot.messengers.zalo.request import ZaloRequest, ZaloTimeouts
from bot.proxy.address import Proxy

log = structlog.get_logger(__name__)

API_URL = "https://bot-api.zaloplatforms.com"
JOIN_URL = "https://bot.zaloplatforms.com/bots"
"""Followed by the id of a bot: where the owner of a group lets it in."""

CAPABILITIES = Capabilities(
    text_length=text.LONGEST,
    caption_length=text.LONGEST,
    keyboards=False,
    edits=False,
    photo_upload=False,
    albums=0,
    size=text.size,
    confirms_updates=False,
    tells_roles=False,
    columns=False,
    user_id="6ede9afa66b88fe6d6a9",
)

PLATFORM = Platform("Zalo", is_abroad=False)

PACING = PacingRules(account=Window(5, 1.0))
"""No limit is published: five messages a second are what the plan's fifty users never need."""

PHOTO_TRIES = 2
PHOTO_FAILURES_KEPT = 1800.0
"""Seconds after which a photo that Zalo did not take is offered again: an outage may have been why."""

_USER = re.compile(r"[0-9a-f]{20}", re.ASCII)
_REFUSED = frozenset({401, 404})
_BY_ADDRESS = frozenset({"sendPhoto", "sendVoice"})
"""What Zalo may fetch from an address of ours during the call, or refuse for it."""


@dataclass(frozen=True, slots=True)
class ZaloSettings:
    """How to reach the Bot Platform.

    *poll_for*: how many seconds a request for updates may wait; from the beginning of one to that of the next
    there are *poll_every* at least. *photo_address* and *voice_address* give the public address of a photo
    and of a recording by its key, where they have one.
    """

    token: str
    api_url: str = API_URL
    pacing: PacingRules = PACING
    timeouts: ZaloTimeouts = field(default_factory=ZaloTimeouts)
    poll_for: float = 25.0
    poll_every: float = 1.05
    proxy: Proxy | None = None
    photo_address: Callable[[str], str | None] | None = None
    voice_address: Callable[[str], str] | None = None

    @property
    def account(self) -> AccountId:
        return AccountId(f"zalo:{self.token.strip().partition(':')[0]}")

    def __repr__(self) -> str:
        return f"ZaloSettings(api_url={self.api_url!r})"


class ZaloMessenger:
    """A bot on Zalo; see the port for what each method promises. Make one with `connect`."""

    def __init__(self, settings: ZaloSettings) -> None:
        self.account = settings.account
        self.username = ""
        self._link_to_join: str | None = None
        self.capabilities = replace(
            CAPABILITIES,
            photos=settings.photo_address is not None,
            voices=AudioFormat.AAC if settings.voice_address else None,
        )
        self.platform = PLATFORM
        self.pacing = settings.pacing
        self._settings = settings
        self._timeouts = settings.timeouts
        self._request = ZaloRequest(
            settings.api_url,
            # What is copied from a message often has a space or a new line, which Zalo answers with 404.
            settings.token.strip(),
            settings.timeouts,
            connections=settings.pacing.fastest.limit + 8,
            proxy=settings.proxy,
        )
        self._reader = ZaloReader(self.account, "", ())
        self._polling = asyncio.Lock()
        self._polled_at = -math.inf
        self._photo_failures: TTLCache[str, int] = TTLCache(1000, PHOTO_FAILURES_KEPT)

    @classmethod
    async def connect(cls, settings: ZaloSettings) -> Self:
        """Return a messenger that has reached Zalo. Raises MessengerError, for a wrong token also."""
        messenger = cls(settings)
        try:
            await messenger.open()
        except MessengerError:
            await messenger.close()
            raise
        return messenger

    async def open(self) -> None:
        """Reach Zalo and learn our own name there."""
        await self._request.open()
        us = await self._asked("getMe")
        names = [str(us.get(name) or "") for name in ("display_name", "account_name")]
        self.username = names[0] or names[1]
        own = str(us.get("id") or "")
        self._link_to_join = f"{JOIN_URL}/{own}" if own and us.get("can_join_groups") else None
        self._reader = ZaloReader(self.account, own, names)

    def send_only_while(self, owns: Callable[[], bool]) -> None:
        """Let no message leave while *owns* says no: it is asked when the message is written to the wire."""
        self._request.send_only_while(owns)

    async def download(self, file: IncomingFile, *, most: int) -> bytes:
        del file, most
        raise MessengerError("Zalo hands out no files: photos lie on the web")

    async def close(self) -> None:
        await self._request.close()

    def link_to_us(self, payload: str) -> str | None:
        del payload
        return None

    def link_to_add(self, kind: ChatKind) -> str | None:
        """Return what the owner of a group opens and confirms, if Zalo lets this bot join groups at all."""
        return self._link_to_join if kind is ChatKind.GROUP else None

    def is_shared(self, address: Address) -> bool:
        # The ids of groups look like those of persons, and no limit of groups is published.
        del address
        return False

    def upload_wait(self, size: int, now: float) -> float:
        # Nothing is uploaded: Zalo fetches photos from their addresses.
        del size, now
        return 0.0

    async def send(self, address: Address, message: Message) -> Outcome:
        """See the port. What is longer than the capabilities say is for the platform to refuse."""
        if message.buttons_only:
            return Receipt(message.replaces or "")
        if message.voice:
            return await self._sent_voice(address.chat, message.voice)
        photo = self._address_of(message.photo)
        written = text.written_out(message.text)
        if photo:
            return await self._sent_photo(address.chat, photo, written.text)
        if not written.text:
            return MessageRejected("there is nothing to say")
        styles = {"text_styles": written.styles} if written.styles else {}
        return await self._sent("sendMessage", {"chat_id": address.chat, "text": written.text, **styles})

    async def _sent_photo(self, chat: str, photo: str, caption: str) -> Outcome:
        """Send a *photo* that Zalo fetches during the call; nothing documents styles for its *caption*.

        One that Zalo took twice in vain is rejected for a while: nothing says how it tells that it could not
        fetch a photo in time, and the text must not wait for it.
        """
        if self._photo_failures.get(photo, 0) >= PHOTO_TRIES:
            return PhotoRejected("Zalo did not take it before")
        call = {"chat_id": chat, "photo": photo} | ({"caption": caption} if caption else {})
        outcome = await self._sent("sendPhoto", call)
        match outcome:
            case PhotoRejected(reason=reason):
                self._photo_failures[photo] = PHOTO_TRIES
                outcome = PhotoRejected(reason.replace(photo, "(its address)"))
                log.warning("Zalo takes no such photo: its text goes alone", reason=outcome.reason)
            case Ambiguous() | RetryLater(after=None, scope=None):
                self._photo_failures[photo] = self._photo_failures.get(photo, 0) + 1
            case Receipt():
                self._photo_failures.pop(photo, None)
            case _:
                pass
        return outcome

    async def _sent_voice(self, chat: str, voice: NewVoice | KnownVoice) -> Outcome:
        """Send a recording, which goes without words, from its address."""
        if not isinstance(voice, NewVoice) or self._settings.voice_address is None:
            return PhotoRejected("it has no address")
        return await self._sent(
            "sendVoice", {"chat_id": chat, "voice_url": self._settings.voice_address(voice.key)}
        )

    def _address_of(self, photo: NewPhoto | KnownPhoto | None) -> str | None:
        match photo:
            case NewPhoto():
                address = self._settings.photo_address
                return address(photo.key) if address else None
            case KnownPhoto():
                return photo.reference
            case None:
                return None

    async def _sent(self, method: str, parameters: Mapping[str, object]) -> Outcome:
        of_photo = method in _BY_ADDRESS
        wait = self._timeouts.photo if of_photo else self._timeouts.answer
        try:
            answer = await self._request.send(method, parameters, wait=wait)
        except UnsentError as error:
            return RetryLater(str(error), scope=Scope.ACCOUNT)
        except LostAnswerError as error:
            return Ambiguous(str(error))
        became = outcome(answer, of_photo=of_photo)
        if isinstance(became, MessageRejected):
            log.error("Zalo takes no such message: this is a mistake of ours", reason=became.reason)
        return became

    async def acknowledge(self, press_id: str, text: str | None) -> None:
        """Do nothing: there are no buttons."""

    async def offer(self, query_id: str, offers: InlineResults) -> None:
        """Do nothing: nobody can ask inline."""

    async def role(self, address: Address, user: str) -> ChatRole:
        """Return that everybody is a member of a group: Zalo does not say who owns it."""
        return ChatRole.ADMINISTRATOR if address.chat == user else ChatRole.MEMBER

    async def facts(self, chat_reference: str) -> ChatFacts | None:
        """Return None: Zalo tells nothing about a group."""
        del chat_reference
        return None

    async def verify_account(self) -> None:
        await self._asked("getMe")

    def is_user_id(self, text: str) -> bool:
        return _USER.fullmatch(text) is not None

    async def knows(self, user: str) -> bool:
        """Return whether the person has written to us: only then may we be typing there."""
        answer = await self._answered("sendChatAction", {"chat_id": user, "action": "typing"})
        if answer.ok or answer.code in (410, 422):
            return answer.ok
        raise _error(answer)

    async def register_commands(self, menus: Sequence[CommandMenu]) -> None:
        """Do nothing: there are no menus of commands."""

    async def describe(self, profiles: Sequence[Profile]) -> None:
        """Do nothing: what the account says of itself is written in the Bot Creator."""

    async def deliver_updates(self, webhook: Webhook | None) -> None:
        current = await self._webhook()
        if webhook:
            await self._set_webhook(webhook, current)
        elif current:
            log.warning("the webhook is removed: updates are polled for", host=urlsplit(current).hostname)
            await self._asked("deleteWebhook")

    async def _webhook(self) -> str:
        """Return where updates are posted to now, or nothing."""
        answer = await self._answered("getWebhookInfo", {})
        if not answer.ok and answer.code == NO_WEBHOOK and answer.is_zalo:
            return ""
        return str(_result(answer).get("url") or "")

    async def _set_webhook(self, webhook: Webhook, current: str) -> None:
        answer = await self._answered("setWebhook", {"url": webhook.url, "secret_token": webhook.secret})
        if not answer.ok and answer.code == TOO_MANY_TESTS and current == webhook.url:
            log.warning("the webhook was not set anew: that was done too often today")
            return
        verification = _result(answer).get("verification")
        if isinstance(verification, Mapping) and verification.get("ok") is False:
            said = {name: str(verification.get(name) or "") for name in ("outcome", "status_code", "hint")}
            log.warning("Zalo does not reach the webhook", **said)

    async def updates(self, offset: int | None) -> list[tuple[int, str]]:
        """See the port. Zalo has no offsets: what it told may be lost, or come again."""
        del offset
        async with self._polling:
            await asyncio.sleep(self._polled_at + self._settings.poll_every - time.monotonic())
            self._polled_at = time.monotonic()
            poll_for = self._settings.poll_for
            wait = poll_for + self._timeouts.answer
            answer = await self._answered("getUpdates", {"timeout": f"{poll_for:g}"}, wait=wait)
        if answer.is_zalo and not answer.ok and answer.code == IDLE:
            return []
        return numbered(_result(answer))

    def parse(self, payload: str) -> Incoming | None:
        return self._reader.read(payload)

    async def _asked(self, method: str) -> Mapping[str, Any]:
        return _result(await self._answered(method, {}))

    async def _answered(
        self, method: str, parameters: Mapping[str, object], *, wait: float | None = None
    ) -> ZaloAnswer:
        """Return what is answered to a question. Raises MessengerError where nothing is."""
        try:
            return await self._request.ask(method, parameters, wait=wait or self._timeouts.answer)
        except (UnsentError, LostAnswerError) as error:
            raise MessengerError(f"Zalo cannot be reached: {error}") from None


def _result(answer: ZaloAnswer) -> Mapping[str, Any]:
    """Return what was answered; raises MessengerError where the platform refused."""
    if not answer.ok:
        raise _error(answer)
    if not isinstance(answer.result, Mapping):
        raise MessengerError("Zalo cannot be reached: an answer that is not the Bot Platform's")
    return answer.result


def _error(answer: ZaloAnswer) -> MessengerError:
    if not answer.is_zalo:
        return MessengerError(f"Zalo cannot be reached: {answer.description}")
    if answer.code in _REFUSED:
        return MessengerError(f"Zalo does not know this token ({answer.description}): check it", fatal=True)
    return MessengerError(f"Zalo refused: {answer.description}", retry_after=answer.retry_after)
