"""The gallery: each photo fetched once, and albums about equally full."""

import asyncio

import pytest

from bot.domain.chats.chat import TopicId
from bot.domain.chats.message import AlbumPhoto, KnownPhoto
from bot.domain.news.article import Article, Photo, PreparedPhoto
from bot.domain.news.feed import SourceError
from bot.services.subscribers.photo_fetcher import PhotoFetcher, albums, pictures
from bot.store.articles import articles
from bot.store.articles.articles import StoredArticle
from tests.emulated import Emulated
from tests.fakes import MESSENGER_CAPABILITIES
from tests.outbox_world import OutboxWorld

PHOTOS = tuple(Photo(f"https://agency.example/{n}.jpg", f"Ảnh  {n}") for n in range(3))


async def stored(world: OutboxWorld, photos: tuple[Photo, ...] = PHOTOS) -> StoredArticle:
    article = Article("https://agency.example/tin/77", "Hội nghị", photos=photos)
    async with world.database.write() as tx:
        saved = await articles.save(
            tx, article, photo=None, topic=TopicId("trong-nuoc"), now=world.clock.now()
        )
        found = await articles.get(tx, saved.id)
    assert found
    return found


class Shelf:
    """Gives photos, all of the same picture, when it is told to, and counts."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.begun = asyncio.Event()
        self.asked: list[str] = []

    async def fetch(self, photo: Photo) -> PreparedPhoto:
        self.asked.append(photo.url)
        self.begun.set()
        await self.open.wait()
        if photo.url.endswith("/1.jpg"):
            raise SourceError("HTTP 404")
        if photo.url.endswith("/2.jpg"):
            raise RuntimeError("a bug")
        return PreparedPhoto("k" * 64, photo.url, b"jpeg", 10, 10)


async def test_two_who_ask_at_once_share_what_is_fetched(emulated: Emulated, world: OutboxWorld) -> None:
    shelf = Shelf()
    gallery = PhotoFetcher(world.database, shelf.fetch, world.clock)
    article = await stored(world)
    both = asyncio.gather(gallery.fetch(PHOTOS), gallery.fetch(PHOTOS))
    await shelf.begun.wait()
    shelf.open.set()
    fetched, also_fetched = await both

    assert sorted(shelf.asked) == [photo.url for photo in PHOTOS]
    async with world.database.read() as tx:
        kept = await gallery.kept(tx, article, PHOTOS)
    assert kept == fetched == also_fetched
    found = pictures(PHOTOS, kept, caption_length=1024)
    assert ([each.caption for each in found.photos], found.lacking) == (["Ảnh 0"], 2)


async def test_one_picture_at_two_addresses_is_kept_once(emulated: Emulated, world: OutboxWorld) -> None:
    shelf = Shelf()
    shelf.open.set()
    gallery = PhotoFetcher(world.database, shelf.fetch, world.clock)
    photos = (Photo("https://agency.example/a.jpg"), Photo("https://www.agency.example/a.jpg"))
    article = await stored(world, photos)

    await gallery.fetch(photos)

    async with world.database.read() as tx:
        kept = await gallery.kept(tx, article, photos)
    assert len(pictures(photos, kept, caption_length=1024).photos) == 2


async def test_what_is_under_way_ends_with_the_service(emulated: Emulated, world: OutboxWorld) -> None:
    shelf = Shelf()
    gallery = PhotoFetcher(world.database, shelf.fetch, world.clock)
    waiting = asyncio.create_task(gallery.fetch(PHOTOS))
    await shelf.begun.wait()

    await gallery.close()

    await asyncio.wait_for(waiting, 5)


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (1, [0]), (2, [2]), (10, [10]), (11, [5, 6]), (21, [7, 7, 7])]
)
def test_albums_are_about_equally_full_and_none_has_one_photo(count: int, sizes: list[int]) -> None:
    photos = [AlbumPhoto(KnownPhoto(str(number))) for number in range(count)]

    made = albums(photos, MESSENGER_CAPABILITIES)

    assert [len(message.album) for message in made] == sizes
