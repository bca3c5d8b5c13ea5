"""/xemanh: the photos of an article as albums. Whatever must be fetched for it keeps nobody else waiting."""

from collections.abc import Mapping, Sequence

from bot.commands.base.callbacks import SeePhotos
from bot.commands.base.command_names import Command
from bot.commands.base.context import Deferred, OutgoingMessage, Request, Response
from bot.commands.base.guards import PRIVATE_ONLY
from bot.commands.base.handlers import Handlers, any_words
from bot.commands.reader.articles.article_lookup import lead_to_private, seen, show_chosen
from bot.domain.chats.message import Button, Message, plain
from bot.domain.news.article import ArticleId, Photo, PreparedPhoto
from bot.services.rendering.card import in_pairs, page_buttons, paragraphs
from bot.services.subscribers.photo_fetcher import albums, pictures
from bot.store.articles.articles import StoredArticle

handlers = Handlers()

ALBUMS_AT_ONCE = 2
"""Albums of one answer; a word about what is left may follow them."""


@handlers.command(Command.PHOTOS, writes=False, takes=any_words)
async def see_photos(request: Request, words: str) -> Response:
    return await show_chosen(request, words, show)


@handlers.button(SeePhotos, PRIVATE_ONLY)
async def press_photos(request: Request, pressed: SeePhotos) -> Response:
    return await show(request, pressed.article, first=pressed.first)


async def show(request: Request, article: ArticleId, *, first: int = 0) -> Response:
    """Show photos of *article*, below what is there, from its *first* one on, which is counted from 0."""
    found = await seen(request, article)
    if found is None:
        return request.refuse(request.text("article-gone"))
    stored, _ = found
    if not stored.article.photos[first:]:
        return request.refuse(request.text("photos-none"))
    if not request.context.messenger.capabilities.photos:
        page = page_buttons(stored.article, request.context.translator, request.language)
        return request.say(plain(request.text("photos-on-page")), keyboard=in_pairs(page))
    if not request.is_private:
        links = request.context.buttons.photos_elsewhere(stored, request.language)
        return lead_to_private(request, stored, "photos-in-private", links)
    return await behind(request, stored, Response(), first=first)


async def behind(request: Request, stored: StoredArticle, answer: Response, *, first: int = 0) -> Response:
    """Return *answer* with photos behind it, at once if they are there, else as soon as they are."""
    shown = stored.article.photos[first : first + _at_once(request)]
    if not shown or not request.context.messenger.capabilities.photos:
        return answer
    fetcher = request.context.photo_fetcher
    prepared = await fetcher.kept(request.tx, stored, shown)
    missing = [photo for photo in shown if photo.url not in prepared]
    if not missing:
        rest = _albums(request, stored, shown, prepared, first=first)
        return Response((*answer.messages, *rest.messages), answer.toast)

    async def fetch() -> None:
        prepared.update(await fetcher.fetch(missing))

    async def show_them() -> Response:
        return _albums(request, stored, shown, prepared, first=first)

    return Response(
        answer.messages, answer.toast or request.text("photos-coming"), Deferred(fetch, show_them)
    )


def messages_for(request: Request, stored: StoredArticle) -> int:
    """Return how many messages the photos of an article take."""
    return -(-len(stored.article.photos) // max(1, request.context.messenger.capabilities.albums))


def button(request: Request, stored: StoredArticle, count: int, *, first: int = 0) -> Button:
    return Button(request.text("button-photos", count=count), action=SeePhotos(stored.id, first).pack())


def _at_once(request: Request) -> int:
    return ALBUMS_AT_ONCE * max(1, request.context.messenger.capabilities.albums)


def _albums(
    request: Request,
    stored: StoredArticle,
    shown: Sequence[Photo],
    prepared: Mapping[str, PreparedPhoto],
    *,
    first: int,
) -> Response:
    """Return the albums of what could be had, and a word about what could not, or is left."""
    capabilities = request.context.messenger.capabilities
    found = pictures(shown, prepared, caption_length=capabilities.caption_length)
    messages = list(albums(found.photos, capabilities))
    left = len(stored.article.photos) - first - len(shown)
    if found.lacking or left:
        page = page_buttons(stored.article, request.context.translator, request.language)
        more = (button(request, stored, left, first=first + len(shown)),) if left else ()
        said = paragraphs(
            plain(request.text("photos-lacking", count=found.lacking) if found.lacking else ""),
            plain(request.text("photos-more", count=left) if left else ""),
        )
        messages.append(Message(said, keyboard=in_pairs((*more, *page))))
    return Response(tuple(OutgoingMessage(request.address, each) for each in messages))
