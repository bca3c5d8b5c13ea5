"""Photos and documents that somebody sends in a chat: judged by name and size, fetched, and looked at."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from bot.domain.chats.chat import IncomingFile
from bot.domain.messaging.messenger import FileTooLargeError, Messenger, MessengerError
from bot.domain.news.article import Photo, PreparedPhoto
from bot.domain.news.feed import SourceError
from bot.domain.publication.uploads import PHOTO_BYTES, Upload, UploadError, UploadFault, UploadRules
from bot.i18n import Translator
from bot.services.announcing.uploading import UploadDesk

AT_ONCE = 2
"""Files that are fetched at a time, for all chats together: each is in memory until it is kept."""


@dataclass(frozen=True, slots=True)
class FileReceiver:
    """Takes what is sent in chats. *uploads* takes documents; *prepare* makes a picture one that messengers
    take, and *picture* fetches one from the web before: both raise SourceError.
    """

    uploads: UploadDesk
    picture: Callable[[Photo], Awaitable[PreparedPhoto]]
    prepare: Callable[[bytes], Awaitable[PreparedPhoto]]
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    @asynccontextmanager
    async def document(self, messenger: Messenger, file: IncomingFile) -> AsyncIterator[Upload]:
        """Give the document that *file* is, to be kept within; raises UploadError where it is not taken.

        What its name and its size rule out is not fetched.
        """
        self.uploads.foresee(file.name, file.size)
        async with self._places:
            content = await _downloaded(messenger, file, most=self.uploads.rules.bytes)
            yield self.uploads.accept(file.name, content)

    async def photo(self, messenger: Messenger, file: IncomingFile) -> PreparedPhoto:
        """Return the picture that *file* is; raises UploadError where it is not taken."""
        if file.size > PHOTO_BYTES:
            raise UploadError(UploadFault.PHOTO, file.name)
        try:
            async with self._places:
                if file.reference:
                    return await self.prepare(await _downloaded(messenger, file, most=PHOTO_BYTES))
                found = await self.picture(Photo(file.address))
        except SourceError:
            raise UploadError(UploadFault.PHOTO, file.name) from None
        # Where a messenger keeps it is nobody's business, and ends.
        return replace(found, url=f"urn:sha256:{found.key}", thumbnail="")


def fault_in_words(error: UploadError, rules: UploadRules, translator: Translator, language: str) -> str:
    """Return in one sentence why a file is not taken."""
    return translator.text(
        language,
        "upload-fault",
        fault=error.fault,
        name=error.name,
        megabytes=rules.bytes // 1_000_000,
        count=rules.files,
        kinds=", ".join(rules.kinds),
    )


async def _downloaded(messenger: Messenger, file: IncomingFile, *, most: int) -> bytes:
    try:
        return await messenger.download(file, most=most)
    except FileTooLargeError:
        fault = UploadFault.PHOTO if file.is_photo else UploadFault.TOO_LARGE
        raise UploadError(fault, file.name) from None
    except MessengerError:
        raise UploadError(UploadFault.LOST, file.name) from None
