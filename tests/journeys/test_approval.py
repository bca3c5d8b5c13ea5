"""From the question to the news: owners are asked with the card, one approves, and who subscribes gets it."""

from dataclasses import replace
from datetime import timedelta

from bot.commands.base.callback_data import Verb
from bot.commands.base.command_names import Command
from bot.domain.clock import SystemClock
from bot.domain.desk.approval_rule import Approval, ApprovalRule
from bot.domain.news.article import Article, PreparedPhoto
from bot.domain.publication.publication import PublicationId
from bot.store.articles import articles
from bot.store.engine.database import Database
from bot.store.feeds import feeds
from bot.store.publications import approvals
from bot.store.publications.approvals import Worth
from tests.commands.stage import FEEDS, HOME
from tests.emulated import jpeg
from tests.journeys.stage import OWNERS, PERSONS, TOPICS, Player, Theatre
from tests.journeys.steps import Says, Taps, sees
from tests.journeys.test_zalo import subscribe
from tests.outbox_world import submit as waits
from tests.served_zalo import Named, ServedZalo

TITLE = "Quyết định số 5"
PERSON = PERSONS + 7_000


async def submit(url: str) -> None:
    """Have an article with a photo wait for the approval of one person."""
    database, now = await Database.open(url), SystemClock().now()
    photo = PreparedPhoto("f" * 64, "https://agency.example/5.jpg", jpeg(color="green"), 64, 48)
    async with database.write() as tx:
        asking = [replace(topic, approval=ApprovalRule(Approval.ONE)) for topic in TOPICS]
        await feeds.sync_definitions(tx, asking, FEEDS, now)
        article = Article("https://agency.example/quyet-dinh-5", TITLE, "Tóm tắt.")
        saved = await articles.save(tx, article, photo=photo, topic=HOME, now=now)
        worth = Worth(owed=True, urgent=False, lasts=timedelta(days=3))
        await approvals.ask(tx, PublicationId(saved.id, HOME), worth, now)
    await database.close()


async def test_who_is_asked_first_approves_and_it_goes_out(sqlite_url: str) -> None:
    async with Theatre.open(sqlite_url) as theatre:
        await theatre.emulated.post("users", id=PERSON, first_name="Người", language_code="vi")
        person = Player(theatre.emulated, chat=PERSON, user=PERSON, language="vi")
        first = Player(theatre.emulated, OWNERS["vi"], OWNERS["vi"], "vi")
        second = Player(theatre.emulated, OWNERS["en"], OWNERS["en"], "en")
        for each in (person, first, second):
            await each.takes(Says(Command.SUBSCRIBE, "trong-nuoc", sees("consent-question")), {})
            await each.takes(Taps(Verb.AGREE, sees=sees("subscribed")), {})
        for each in (first, second):
            await each.takes(Says(Command.UNSUBSCRIBE, sees=sees("unsubscribed-title")), {})

        async def about(player: Player) -> list[dict[str, object]]:
            return [each for each in await theatre.emulated.outbox(player.chat) if TITLE in each["text"]]

        async def is_said(player: Player, words: str) -> bool:
            return any(words in str(each["text"]) for each in await about(player))

        await submit(sqlite_url)
        await theatre.emulated.until(lambda: is_said(first, "Bài chờ duyệt"))
        await theatre.emulated.until(lambda: is_said(second, "awaits approval"))
        asked = await about(first)
        assert not await about(person)

        await first.takes(
            Taps(Verb.ANSWER, r"\d+\.approve", sees("approval-outcome", toast="approval-toast")), {}
        )

        await theatre.emulated.until(lambda: is_said(person, "Tóm tắt."))
        await theatre.emulated.until(lambda: is_said(second, f"Approved by: {OWNERS['vi']}"))
        assert [bool(each["photo"]) for each in (*asked, *await about(person))] == [True, True]
        assert [each["reply_markup"] for each in await about(second)] == [None]


async def test_on_zalo_it_is_approved_by_its_number(database_url: str) -> None:
    async with ServedZalo.open(database_url, people=Named(owners=("an",))) as zalo:
        for person in ("an", "binh"):
            await subscribe(zalo, person)
        await waits(zalo.database, Article("https://agency.example/quyet-dinh-5", TITLE, "Tóm tắt."))
        asked = await zalo.hears(containing="Bài chờ duyệt")
        before = await zalo.read("binh")
        approved = await zalo.asks("11")
        news = await zalo.hears(person="binh", containing=TITLE)
        again = await zalo.asks("/choduyet")

    assert asked.startswith(f"{TITLE}\n\n📂 Tin trong nước")
    assert "11. ✅ Duyệt\n12. 🕗 Hẹn giờ\n13. ✏️ Sửa\n14. ✖ Từ chối" in asked
    assert TITLE not in str(before)
    assert "✅ Bài đã phát hành trong chuyên mục “Tin trong nước”" in approved
    assert "chờ duyệt" not in news
    assert "Không có bài nào chờ duyệt." in again
