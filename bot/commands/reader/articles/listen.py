"""/nghe: an article read aloud, as a voice message. What takes long to make keeps nobody else waiting."""

import math

from bot.commands.base.callbacks import Listen
from bot.commands.base.command_names import Command
from bot.commands.base.context import Deferred, OutgoingMessage, Request, Response
from bot.commands.base.guards import PRIVATE_ONLY
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.reader.articles.article_lookup import lead_to_private, seen, show_chosen
from bot.domain.chats.message import Message, NewVoice, bold, plain
from bot.domain.news.article import ArticleId
from bot.domain.speech.recording import Recording
from bot.domain.text.text import shorten
from bot.services.rendering.card import TITLE_LENGTH
from bot.store.articles.articles import StoredArticle

handlers = Handlers()


@handlers.command(Command.LISTEN, writes=False, takes=any_words)
async def listen(request: Request, words: str) -> Response:
    return await show_chosen(request, words, play)


@handlers.button(Listen, PRIVATE_ONLY)
async def press_listen(request: Request, pressed: Listen) -> Response:
    return await play(request, pressed.article)


async def play(request: Request, article: ArticleId) -> Response:
    """Send the article as a voice message, at once if it was recorded before, else as soon as it is."""
    found = await seen(request, article)
    if found is None:
        return request.refuse(request.text("article-gone"))
    stored, _ = found
    recordings = request.context.recordings
    wanted = request.context.messenger.capabilities.voices
    if recordings is None or wanted is None:
        return request.refuse(request.text("voice-none"))
    if not request.is_private:
        links = request.context.buttons.read_elsewhere(stored, request.language)
        return lead_to_private(request, stored, "voice-in-private", links)
    key = recordings.key(stored, wanted)
    if kept := await recordings.kept(request.tx, key):
        return _played(request, stored, key, kept)
    made: list[Recording | None] = []

    async def record() -> None:
        made.append(await recordings.record(stored, wanted))

    async def play_it() -> Response:
        recording = made[0] if made else None
        if recording is None:
            return request.say(plain(request.text("voice-failed")))
        return _played(request, stored, key, recording)

    return Response((), request.text("voice-coming"), Deferred(record, play_it))


def _played(request: Request, stored: StoredArticle, key: str, recording: Recording) -> Response:
    # What is uploaded is refused by people who want no voice messages; an address may not have been reached.
    is_uploaded = request.context.messenger.capabilities.photo_upload
    voice = NewVoice(
        key,
        recording.content,
        max(1, math.ceil(recording.seconds)),
        instead=(plain(request.text("voice-unwelcome" if is_uploaded else "voice-failed")),),
    )
    caption = (plain("🔊 "), bold(shorten(stored.article.title, TITLE_LENGTH)))
    return Response((OutgoingMessage(request.address, Message(caption, voice=voice)),))
