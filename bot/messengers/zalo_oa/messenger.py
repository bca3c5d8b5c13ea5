"""A Zalo Official Account as a messenger: what is sent to its one destination becomes an article of it.

An account has one destination, which no address tells apart, and nobody writes to it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any

import orjson
import structlog

from bot.domain.chats.chat import (
    AccountId,
    Address,
    ChatFacts,
    ChatKind,
    ChatRole,
    Incoming,
    IncomingFile,
)
from bot.domain.chats.message import KnownPhoto, Message, NewPhoto
from bot.domain.chats.page import Page
from bot.domain.clock import Clock
from bot.domain.delivery.delivery import (
    AccountRefused,
    Ambiguous,
    DryRun,
    MessageRejected,
    Outcome,
    PhotoRejected,
    Receipt,
    RetryLater,
    Scope,
)
from bot.domain.delivery.sliding_window import PacingRules, Window
from bot.domain.messaging.creation import Creations
from bot.domain.messaging.messenger import (
    Capabilities,
    CommandMenu,
    FallbackRequest,
    InlineResults,
    MessengerError,
    Platform,
    Profile,
    Webhook,
)
from bot.domain.messaging.tokens import AccessTokens, TokenPair
from bot.messengers.wire import LostAnswerError, UnsentError
from bot.messengers.zalo_oa.answers import OaAnswer, refusal
from bot.messengers.zalo_oa.article import LARGEST_PHOTO, LIMITS, article_json, has_images
from bot.messengers.zalo_oa.creating import ArticleCreator
from bot.messengers.zalo_oa.request import API_URL, OAUTH_URL, App, OaRequest, OaTimeouts
from bot.proxy.address import Proxy

log = structlog.get_logger(__name__)

PLATFORM = Platform("Zalo Official Account", is_abroad=False)

CAPABILITIES = Capabilities(
    text_length=LIMITS.title,
    caption_length=LIMITS.title,
    keyboards=False,
    edits=True,
    photo_upload=False,
    albums=0,
    pages=LIMITS,
)

PACING = PacingRules(account=Window(1, 4.0), private=Window(1, 4.0))
"""Each article takes a few requests, and the smallest package that the API is open to takes 100 a minute.

At its start a sender waits for one period, in which an earlier one may have sent.
"""

MOST_BROADCAST = 5
"""Zalo: articles in one broadcast."""

VERIFY_AFTER = (1.0, 2.0, 4.0, 8.0)
"""Seconds between the times that a new article is asked for, before that is left for later."""

LOOKED_FOR = timedelta(minutes=10)
"""For how long an article whose creation was not answered may take to be listed."""


@dataclass(frozen=True, slots=True)
class ZaloOaSettings:
    """How to reach an Official Account, and how its articles look.

    *cover* is the public address of the photo for articles that have none, or none that can be shown;
    *photo_address* gives the public address of a photo by its key, or None. In a *dry_run* nothing is asked
    and nothing is sent: what would be is logged.
    """

    app: App
    cover: str
    api_url: str = API_URL
    oauth_url: str = OAUTH_URL
    timeouts: OaTimeouts = field(default_factory=OaTimeouts)
    pacing: PacingRules = PACING
    verify_after: tuple[float, ...] = VERIFY_AFTER
    looked_for: timedelta = LOOKED_FOR
    comments: bool = False
    dry_run: bool = False
    proxy: Proxy | None = None
    photo_address: Callable[[str], str | None] = lambda _: None

    @property
    def account(self) -> AccountId:
        return self.app.account


class ZaloOaMessenger:
    """An Official Account; see the port for what each method promises. `remember` comes before `open`."""

    def __init__(self, settings: ZaloOaSettings) -> None:
        self.account = settings.account
        self.username = ""
        self.capabilities = CAPABILITIES
        self.platform = PLATFORM
        self.pacing = settings.pacing
        self._settings = settings
        self._request = OaRequest(
            settings.app,
            api_url=settings.api_url,
            oauth_url=settings.oauth_url,
            timeouts=settings.timeouts,
            proxy=settings.proxy,
        )

    def remember(self, tokens: AccessTokens, creations: Creations, clock: Clock) -> None:
        """Take the access token from *tokens*, and note in *creations* what is begun."""
        self._request.tokens = tokens
        self._creator = ArticleCreator(
            self._request,
            creations,
            clock,
            verify_after=self._settings.verify_after,
            looked_for=self._settings.looked_for,
        )

    def read_only(self, access: str) -> None:
        """Ask by the token *access* alone, and exchange none."""
        self._request.tokens = _OneToken(access)

    async def exchange(self, refresh: str) -> TokenPair:
        """Exchange a refresh token; see `OaRequest.exchange`."""
        await self._request.open()
        return await self._request.exchange(refresh)

    async def open(self) -> None:
        """Reach Zalo and learn the Official Account's name; in a dry run nobody is asked."""
        if not self._settings.dry_run:
            await self._request.open()
            await self.verify_account()

    async def verify_account(self) -> None:
        answer = await self._request.question("/v2.0/oa/getoa")
        if not answer.ok:
            raise MessengerError(f"Zalo refused: {answer.message} ({answer.error})")
        self.username = answer.named("name")

    def send_only_while(self, is_leader: Callable[[], bool]) -> None:
        self._request.send_only_while(is_leader)

    async def download(self, file: IncomingFile, *, most: int) -> bytes:
        del file, most
        raise MessengerError("nobody sends files to what publishes")

    async def close(self) -> None:
        await self._request.close()

    async def send(self, address: Address, message: Message) -> Outcome | FallbackRequest:
        """Publish the page of *message*, or update or take away the article that it replaces."""
        del address
        if self._settings.dry_run:
            return self._shown(message)
        try:
            return await self._carried_out(message)
        except UnsentError as error:
            return RetryLater(str(error), scope=Scope.ACCOUNT)
        except MessengerError as error:
            refused = AccountRefused(str(error))
            return refused if error.fatal else RetryLater(str(error), scope=Scope.ACCOUNT)

    async def _carried_out(self, message: Message) -> Outcome | FallbackRequest:
        page = message.page
        if message.replaces and (message.retracts or page is None):
            return await self._removed(message.replaces)
        if page is None:
            return MessageRejected("it is a notice, and nothing to publish")
        if message.replaces:
            return await self._updated(message.replaces, message, page)
        refused = partial(self._refused, message, page)
        return await self._creator.publish(page.key, self._content(message, page), refused)

    def _shown(self, message: Message) -> Outcome:
        """Log what would be sent."""
        content = self.article_of(message)
        log.info(
            "dry run: this would be published",
            account=self.account,
            replaces=message.replaces,
            article=orjson.dumps(content).decode() if content else None,
        )
        return DryRun("a dry run: nothing was published")

    def article_of(self, message: Message) -> dict[str, Any] | None:
        """Return the JSON that *message* becomes, or None where it has no page."""
        return self._content(message, message.page) if message.page else None

    def _content(self, message: Message, page: Page) -> dict[str, Any]:
        """Return *page* as it is created; the form of a message without its photo has no pictures at all."""
        with_images = message.preview_url is None
        cover = self._cover_of(message.photo)
        return article_json(page, cover, with_images=with_images, comments=self._settings.comments)

    def _cover_of(self, photo: NewPhoto | KnownPhoto | None) -> str:
        """Return the address of the cover."""
        address = None
        if isinstance(photo, NewPhoto) and len(photo.content) <= LARGEST_PHOTO:
            address = self._settings.photo_address(photo.key)
        elif isinstance(photo, KnownPhoto):
            address = photo.reference
        return address or self._settings.cover

    def _refused(self, message: Message, page: Page, answer: OaAnswer) -> Outcome | FallbackRequest:
        """Return what a refusal means; Zalo does not say whether it was for a photo: it is tried without.

        First without the pictures in the body, which are at the agency's own addresses, then without the
        article's own cover.
        """
        became = refusal(answer)
        if not isinstance(became, MessageRejected):
            return became
        if has_images(page) and message.preview_url is None:
            blocks = tuple(block for block in page.blocks if not has_images(replace(page, blocks=(block,))))
            return FallbackRequest(replace(message, page=replace(page, blocks=blocks)), became)
        if message.photo is not None:
            return PhotoRejected(became.reason)
        log.error("Zalo takes no such article: this is a mistake of ours", reason=became.reason)
        return became

    async def _updated(self, article: str, message: Message, page: Page) -> Outcome | FallbackRequest:
        content = {"id": article, **self._content(message, page)}
        return await self._changed(
            "/v2.0/article/update", content, article, refused=partial(self._refused, message, page)
        )

    async def _removed(self, article: str) -> Outcome | FallbackRequest:
        return await self._changed("/v2.0/article/remove", {"id": article}, article, refused=refusal)

    async def _changed(
        self,
        path: str,
        content: Mapping[str, Any],
        article: str,
        *,
        refused: Callable[[OaAnswer], Outcome | FallbackRequest],
    ) -> Outcome | FallbackRequest:
        """Change or take away an article: to do so twice is to do it once."""
        try:
            answer = await self._request.send(path, content)
        except LostAnswerError as error:
            return Ambiguous(str(error))
        if not answer.is_zalo:
            return Ambiguous(answer.message)
        return Receipt(article) if answer.ok else refused(answer)

    async def broadcast(self, pages: Sequence[str]) -> Outcome:
        """Send articles on to all followers as one message. RetryLater says that nothing has left."""
        elements = [{"media_type": "article", "attachment_id": page} for page in pages[:MOST_BROADCAST]]
        payload = {"template_type": "media", "elements": elements}
        content = {
            # Zalo: 0 is everybody.
            "recipient": {"target": {"gender": "0"}},
            "message": {"attachment": {"type": "template", "payload": payload}},
        }
        try:
            answer = await self._request.send("/v2.0/oa/message", content)
        except LostAnswerError as error:
            return Ambiguous(str(error))
        except UnsentError as error:
            return RetryLater(str(error), scope=Scope.ACCOUNT)
        except MessengerError as error:
            return RetryLater(str(error), scope=Scope.ACCOUNT)
        if not answer.is_zalo:
            return Ambiguous(answer.message)
        return Receipt(answer.named("message_id")) if answer.ok else refusal(answer)

    def link_to_us(self, payload: str) -> str | None:
        del payload
        return None

    def link_to_add(self, kind: ChatKind) -> str | None:
        del kind
        return None

    def is_shared(self, address: Address) -> bool:
        # There is one destination, for which the account's own pace is all that counts.
        del address
        return False

    def upload_wait(self, size: int, now: float) -> float:
        # Nothing is uploaded: Zalo fetches photos from their addresses.
        del size, now
        return 0.0

    async def acknowledge(self, press_id: str, text: str | None) -> None:
        """Do nothing: there are no buttons."""

    async def offer(self, query_id: str, offers: InlineResults) -> None:
        """Do nothing: nobody can ask inline."""

    async def role(self, address: Address, user: str) -> ChatRole:
        """Return that nobody is in the destination: it is no chat."""
        del address, user
        return ChatRole.OUTSIDER

    async def facts(self, chat_reference: str) -> ChatFacts | None:
        del chat_reference
        return None

    def is_user_id(self, text: str) -> bool:
        del text
        return False

    async def knows(self, user: str) -> bool:
        del user
        return False

    async def register_commands(self, menus: Sequence[CommandMenu]) -> None:
        """Do nothing: nobody writes to the account."""

    async def describe(self, profiles: Sequence[Profile]) -> None:
        """Do nothing: what the account says of itself is written in Zalo's own console."""

    async def deliver_updates(self, webhook: Webhook | None) -> None:
        """Do nothing: nobody writes to the account."""

    async def updates(self, offset: int | None) -> list[tuple[int, str]]:
        del offset
        return []

    def parse(self, payload: str) -> Incoming | None:
        del payload
        return None


@dataclass(frozen=True, slots=True)
class _OneToken:
    """An access token for which there is no other one."""

    token: str = field(repr=False)

    async def access(self, *, refused: str | None = None) -> str:
        if refused is not None:
            raise MessengerError("Zalo does not take the access token that is kept")
        return self.token
