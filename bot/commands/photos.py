"""/xemanh: the photos of an article as albums. Whatever must be fetched for it keeps nobody else waiting."""

from collections.abc import Mapping, Sequence

from bot.commands.callbacks import SeePhotos
from bot.commands.one_article import lead_to_private, seen, show_chosen
from bot.commands.turn import Answer, Later, Outgoing, Turn
from bot.domain.article import ArticleId, Photo, PreparedPhoto
from bot.domain.message import Button, Message, plain
from bot.services.compose import in_pairs, page_button, paragraphs
from bot.services.gallery import albums, pictures
from bot.store.articles import StoredArticle

ALBUMS_AT_ONCE = 2
"""Albums of one answer; a word about what is left may follow them."""


async def see_photos(turn: Turn, words: str) -> Answer:
    return await show_chosen(turn, words, show)


async def press_photos(turn: Turn, pressed: SeePhotos) -> Answer:
    return await show(turn, pressed.article, first=pressed.first)


async def show(turn: Turn, article: ArticleId, *, first: int = 0) -> Answer:
    """Show photos of *article*, below what is there, from its *first* one on, which is counted from 0."""
    found = await seen(turn, article)
    if found is None:
        return turn.refuse(turn.text("article-gone"))
    stored, _ = found
    if not stored.article.photos[first:]:
        return turn.refuse(turn.text("photos-none"))
    if not turn.is_private:
        links = turn.context.buttons.photos_elsewhere(stored, turn.language)
        return lead_to_private(turn, stored, "photos-in-private", links)
    return await behind(turn, stored, Answer(), first=first)


async def behind(turn: Turn, stored: StoredArticle, answer: Answer, *, first: int = 0) -> Answer:
    """Return *answer* with photos behind it, at once if they are there, else as soon as they are."""
    shown = stored.article.photos[first : first + _at_once(turn)]
    if not shown:
        return answer
    gallery = turn.context.gallery
    prepared = await gallery.kept(turn.tx, stored, shown)
    missing = [photo for photo in shown if photo.url not in prepared]
    if not missing:
        rest = _albums(turn, stored, shown, prepared, first=first)
        return Answer((*answer.messages, *rest.messages), answer.toast)

    async def fetch() -> None:
        prepared.update(await gallery.fetch(missing))

    async def show_them() -> Answer:
        return _albums(turn, stored, shown, prepared, first=first)

    return Answer(answer.messages, answer.toast or turn.text("photos-coming"), Later(fetch, show_them))


def messages_for(turn: Turn, stored: StoredArticle) -> int:
    """Return how many messages the photos of an article take."""
    return -(-len(stored.article.photos) // max(1, turn.context.messenger.capabilities.albums))


def button(turn: Turn, stored: StoredArticle, count: int, *, first: int = 0) -> Button:
    return Button(turn.text("button-photos", count=count), action=SeePhotos(stored.id, first).pack())


def _at_once(turn: Turn) -> int:
    return ALBUMS_AT_ONCE * max(1, turn.context.messenger.capabilities.albums)


def _albums(
    turn: Turn,
    stored: StoredArticle,
    shown: Sequence[Photo],
    prepared: Mapping[str, PreparedPhoto],
    *,
    first: int,
) -> Answer:
    """Return the albums of what could be had, and a word about what could not, or is left."""
    capabilities = turn.context.messenger.capabilities
    found = pictures(shown, prepared, caption_length=capabilities.caption_length)
    messages = list(albums(found.photos, capabilities))
    left = len(stored.article.photos) - first - len(shown)
    if found.lacking or left:
        page = page_button(stored.article, turn.context.translator, turn.language)
        more = (button(turn, stored, left, first=first + len(shown)),) if left else ()
        said = paragraphs(
            plain(turn.text("photos-lacking", count=found.lacking) if found.lacking else ""),
            plain(turn.text("photos-more", count=left) if left else ""),
        )
        messages.append(Message(said, keyboard=in_pairs((*more, page))))
    return Answer(tuple(Outgoing(turn.address, each) for each in messages))
