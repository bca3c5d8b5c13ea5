"""Files that people send to the bot: asked for by their reference, and fetched from beside the Bot API."""

import re

from bot.domain.messaging.messenger import FileTooLargeError, MessengerError
from bot.messengers.telegram.outcomes import read_answer, retry_after
from bot.messengers.telegram.request import AiohttpRequest, AnswerLostError, NotSentError, Timeouts
from bot.messengers.wire import Connections, LostAnswerError, UnsentError, timeout
from bot.proxy.address import Proxy

LARGEST = 20 * 2**20
"""Bytes of a file that the Bot API hands out at most (getFile)."""

_AT_ONCE = 2
_TOO_LARGE = "file is too big"
_PATH = re.compile(r"(?!.*\.\.)[A-Za-z0-9][\w.-]*(?:/[\w.-]+)*", re.ASCII)
"""What is fetched lies below the folder of the bot. A server of one's own with --local names files of its own
disk instead, which are not fetched."""


class FileDownloads:
    """The files of one bot. The token is part of their addresses, and no error names one."""

    def __init__(
        self, request: AiohttpRequest, api_url: str, token: str, timeouts: Timeouts, proxy: Proxy | None
    ) -> None:
        """Take the *request* by which the Bot API is asked where a file lies."""
        self._request = request
        self._within = timeout(connect=timeouts.connect, answer=timeouts.send)
        self._connections = Connections(
            f"{api_url.rstrip('/')}/file/bot{token}/", "the Bot API", connections=_AT_ONCE, proxy=proxy
        )

    async def open(self) -> None:
        await self._connections.open()

    async def close(self) -> None:
        await self._connections.close()

    async def fetch(self, file_id: str, *, most: int) -> bytes:
        """Return what a file holds; raises FileTooLargeError or MessengerError."""
        try:
            path = await self._path(file_id, most)
            status, content = await self._connections.fetch(path, self._within, most=most)
        except (NotSentError, AnswerLostError, UnsentError, LostAnswerError) as error:
            raise MessengerError(f"Telegram cannot be reached: {error}") from None
        if status != 200:
            raise MessengerError(f"Telegram gives no file: HTTP {status}")
        if len(content) > most:
            raise FileTooLargeError
        return content

    async def _path(self, file_id: str, most: int) -> str:
        """Return where the Bot API says that a file lies, below the folder of the bot."""
        status, body = await self._request.call("getFile", {"file_id": file_id})
        answer = read_answer(status, body)
        if answer is None:
            raise MessengerError(f"Telegram gives no file: HTTP {status} from something before the Bot API")
        if not answer.ok:
            if _TOO_LARGE in answer.description.casefold():
                raise FileTooLargeError
            told = (answer.parameters or {}).get("retry_after")
            wait = retry_after(told) if status == 429 else None
            raise MessengerError(f"Telegram refused: {answer.description}", retry_after=wait)
        found = answer.result if isinstance(answer.result, dict) else {}
        path, size = found.get("file_path"), found.get("file_size")
        if isinstance(size, int) and size > most:
            raise FileTooLargeError
        if not isinstance(path, str) or not _PATH.fullmatch(path):
            raise MessengerError("Telegram gives no file: it does not say where it can be fetched")
        return path
