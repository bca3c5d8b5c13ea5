"""Photos and documents that are sent while an announcement is being written: taken one by one."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.commands.announcing.panel import back, panel, part_buttons
from bot.commands.announcing.writing import asking_for, topics_offered
from bot.commands.base.awaited_input import AnnouncementPart
from bot.commands.base.context import Deferred, Request, Response
from bot.commands.base.guards import admins_only
from bot.commands.base.handlers import Handlers
from bot.domain.chats.chat import ChatId, IncomingFile
from bot.domain.chats.message import plain
from bot.domain.desk.roles import Right
from bot.domain.news.feed import Topic
from bot.domain.publication.announcement import DOCUMENTS, Draft, DraftPart, Written
from bot.domain.publication.uploads import UploadError, UploadFault
from bot.services.announcing.receiving import FileReceiver, fault_in_words
from bot.store.articles import articles
from bot.store.chats import chats
from bot.store.engine.database import Transaction
from bot.store.publications import drafts

handlers = Handlers()

_ASKED_FOR = (DraftPart.PHOTO, DraftPart.DOCUMENTS)


async def expected(request: Request) -> AnnouncementPart | None:
    """Return what a file in this chat is sent for without having been asked for: what is being written."""
    draft = await drafts.of(request.tx, request.chat.id) if request.chat else None
    return AnnouncementPart(DraftPart.TEXT) if draft else None


@handlers.file(AnnouncementPart, admins_only(Right.PUBLISH))
async def take_file(request: Request, awaited: AnnouncementPart, file: IncomingFile, words: str) -> Response:
    """Take a photo or a document for the announcement; *words* that come with it may be its text.

    Whatever was asked for, a picture that was sent as one is the photo. All else is a document, but for what
    was asked for as the photo.
    """
    chat, offered = await request.registered(), await topics_offered(request)
    taking = _Taking(request, chat.id, file, words, offered, request.context.desk.files)
    is_photo = file.is_photo or awaited.part is DraftPart.PHOTO
    draft = await drafts.of(request.tx, chat.id)
    outcome: list[Response] = []

    async def fetch() -> None:
        try:
            if is_photo:
                outcome.append(await taking.photo())
            else:
                _require_room(draft, file.name)
                outcome.append(await taking.document())
        except UploadError as error:
            outcome.append(await taking.refused(error, awaited.part))

    async def show() -> Response:
        return outcome[0]

    return Response(later=Deferred(fetch, show))


@dataclass(frozen=True, slots=True)
class _Taking:
    """Takes one *file* that was sent in *chat* with some *words*; *offered* are the topics of its sender."""

    request: Request
    chat: ChatId
    file: IncomingFile
    words: str
    offered: Sequence[Topic]
    files: FileReceiver

    async def photo(self) -> Response:
        """Have the file be the photo of the announcement; raises UploadError."""
        context, now = self.request.context, self.request.now
        photo = await self.files.photo(context.messenger, self.file)
        async with context.database.write() as tx:
            draft = await self._draft(tx)
            said = self.request.text("announcement-photo-taken", had="photo" if draft.photo else "none")
            await articles.save_photo(tx, photo, now=now)
            return await self._kept(tx, replace(draft, photo=photo.key), said)

    async def document(self) -> Response:
        """Have the file be one of the documents of the announcement; raises UploadError."""
        context = self.request.context
        async with (
            self.files.document(context.messenger, self.file) as upload,
            context.database.write() as tx,
        ):
            draft = await self._draft(tx)
            _require_room(draft, upload.name)
            actor, now = self.request.actor, self.request.now
            kept = await self.files.uploads.keep(tx, upload, draft.key, actor, now=now)
            documents = tuple(each for each in draft.documents if each != kept)
            draft = replace(draft, documents=(*documents, kept))
            count = len(draft.documents)
            said = self.request.text("announcement-document-taken", name=kept.name, count=count)
            return await self._kept(tx, draft, said)

    async def refused(self, error: UploadError, part: DraftPart) -> Response:
        """Say why the file is not taken; what was asked for is waited for still."""
        request = self.request
        said = fault_in_words(error, self.files.uploads.rules, request.context.translator, request.language)
        async with request.context.database.write() as tx:
            draft = await drafts.of(tx, self.chat)
            if draft and part in _ASKED_FOR:
                await chats.await_input(tx, self.chat, AnnouncementPart(part).pack(), request.now)
        if draft is None:
            return request.say(plain(said))
        keyboard = part_buttons(request, draft, part) if part in _ASKED_FOR else ((back(request),),)
        return request.say(plain(said), keyboard=keyboard)

    async def _draft(self, tx: Transaction) -> Draft:
        """Return what is being written, begun if nothing is, with the *words* if it has none."""
        draft = await drafts.to_change(tx, self.chat)
        if draft is None:
            topics = tuple(topic.id for topic in self.offered) if len(self.offered) == 1 else ()
            draft = Draft(f"announcement/{secrets.token_hex(8)}", topics=topics)
        if draft.title:
            return draft
        try:
            written = Written.of(self.words)
        except ValueError:
            return draft
        return replace(draft, title=written.title, text=written.text)

    async def _kept(self, tx: Transaction, draft: Draft, said: str) -> Response:
        """Keep *draft* and show it; what came together with others is but told of, and its text asked for."""
        request = self.request
        await drafts.keep(tx, self.chat, draft)
        if not draft.title:
            await chats.await_input(tx, self.chat, AnnouncementPart(DraftPart.TEXT).pack(), request.now)
            asked = asking_for(request, DraftPart.TEXT)
            return request.say(plain(said), asked, keyboard=((back(request),),))
        if self.file.in_album:
            return request.say(plain(said), keyboard=((back(request),),))
        return panel(request, draft, self.offered, said=said)


def _require_room(draft: Draft | None, name: str) -> None:
    """Raise UploadError where *draft* comes with as many documents as it may."""
    if draft and len(draft.documents) >= DOCUMENTS:
        raise UploadError(UploadFault.TOO_MANY_TOGETHER, name)
