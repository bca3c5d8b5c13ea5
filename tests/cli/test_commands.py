"""What the commands do when all is well."""

import hmac
import json
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import update

from bot.domain.chats.chat import Address, ChatKind, ChatStatus
from bot.domain.clock import SystemClock
from bot.domain.delivery.monthly_quota import MonthCount, month_of
from bot.emulator.agency import Site
from bot.emulator.agency.newsroom import SECTIONS
from bot.emulator.agency.views import article_path, listing_path
from bot.services.subscribers.erasure import erase
from bot.store.chats import chats
from bot.store.engine.database import Database
from bot.store.quotas import monthly_quota
from bot.store.runtime import accounts
from bot.store.schema import feeds as feeds_table
from tests.cli.bantin import ROOT, TOKEN, TOPIC, Bantin, feed
from tests.emulated import Emulated
from tests.store.world import ACCOUNT, DOMESTIC, NOW


async def test_help_names_every_command_of_the_readme(bantin: Bantin) -> None:
    said = await bantin()

    rows = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    promised = {row.split("`bantin ")[1].split("`")[0].split(" ")[0] for row in rows if "| `bantin " in row}
    listed = {line.split()[0] for line in said.out.partition("Commands:")[2].splitlines() if line.strip()}
    # "feed" is another way to write "feeds", and is not listed twice.
    assert (said.status, promised - listed - {"feed"}, said.err) == (0, set(), "")


async def test_migrate_says_when_the_schema_is_up_to_date(bantin: Bantin) -> None:
    assert [(await bantin("migrate")).out for _ in range(2)] == ["the database's schema is up to date\n"] * 2


async def test_a_folder_may_be_named_before_and_after_the_command(bantin: Bantin, tmp_path: Path) -> None:
    bantin.configure(feeds=TOPIC + feed("https://agency.example/rss", "mot"))
    (tmp_path / "config").rename(tmp_path / "elsewhere")
    await bantin("feeds", "sync", "--config", "elsewhere")

    before = await bantin("--config", "elsewhere", "feeds", "--json")
    after = await bantin("feeds", "--json", "--config", "elsewhere")
    bantin.knows(config="elsewhere")
    by_environment = await bantin("feeds", "--json")

    assert before.out == after.out == by_environment.out
    assert [row["feed"] for row in json.loads(before.out)] == ["mot"]


async def test_polling_dry_says_what_it_would_take_and_leaves_nothing_behind(
    ready: Bantin, agency: Emulated
) -> None:
    ready.configure(feeds=TOPIC + feed(agency.url + listing_path(SECTIONS[0])))

    said = await ready("poll", "--dry-run", "--json")

    (report,) = json.loads(said.out)
    assert (said.status, report["feed"], report["error"]) == (0, "nguon", None)
    assert {entry["action"] for entry in report["entries"]} == {"keep"}
    assert not (ready.folder / "var").exists()


async def test_what_was_polled_is_listed_and_counted(ready: Bantin, agency: Emulated, site: Site) -> None:
    ready.configure(feeds=TOPIC + feed(agency.url + listing_path(SECTIONS[0])))
    count = len(site.newsroom.articles(SECTIONS[0]))

    first = await ready("poll", "nguon")
    second = await ready("poll", "--json")
    listed = json.loads((await ready("feeds", "--json")).out)
    stats = await ready("stats")

    assert first.out.splitlines()[0] == f"nguon: {min(count, 20)} new"
    assert json.loads(second.out)[0]["entries"] == []
    assert (listed[0]["failures"], listed[0]["last_error"]) == (0, None)
    assert "deliveries pending" in stats.out
    assert (await ready("chats")).out == "nothing yet\n"


async def test_preview_shows_the_card_of_a_page(ready: Bantin, agency: Emulated, site: Site) -> None:
    article = site.newsroom.articles(SECTIONS[0])[0]
    url = agency.url + article_path(article)

    text = await ready("preview", url)
    shown = json.loads((await ready("preview", url, "--json")).out)

    promised = ["title", "url", "published_at", "date_precision", "summary", "body", "photos", "card"]
    assert [name for name in shown if name in promised] == promised
    assert (shown["title"], shown["url"], shown["date_precision"]) == (article.title, url, "minute")
    assert shown["published_at"].endswith("+07:00")
    assert shown["card"]["html"].startswith(f"<b>{article.title}</b>")
    assert (shown["card"]["photo"], shown["card"]["length"] <= 1024) == (shown["photos"][0]["url"], True)
    assert article.title in text.out
    assert f"address    {url}" in text.out
    assert (text.status, text.err) == (0, "")


async def test_deliveries_that_failed_are_listed_and_owed_once_more(failed: Bantin) -> None:
    rows = json.loads((await failed("deliveries", "--failed", "--json")).out)
    every = json.loads((await failed("deliveries", "--json")).out)
    one = await failed("retry", str(rows[0]["delivery"]))
    rest = await failed("retry", "--all", "--json")

    assert [(row["status"], row["reason"]) for row in rows] == [
        ("rejected", "Forbidden: bot was blocked by the user"),
        ("expired", "too old to be news"),
    ]
    assert [row["status"] for row in every] == ["sent", "rejected", "expired"]
    assert (one.out, json.loads(rest.out)) == ("1 owed once more\n", {"owed": 1, "left_out": 0})
    assert (await failed("deliveries", "--failed")).out == "nothing yet\n"


async def test_what_failed_for_somebody_who_blocked_the_bot_is_owed_again_by_its_id_alone(
    failed: Bantin,
) -> None:
    database = await Database.open(f"sqlite:///{failed.folder / 'var' / 'bantin.db'}")
    async with database.write() as tx:
        blocked = await chats.find(tx, Address(ACCOUNT, "12"))
        assert blocked
        await chats.set_status(tx, blocked.id, ChatStatus.OFF, "blocked", now=NOW)
    await database.close()
    before = json.loads((await failed("deliveries", "--failed", "--json")).out)

    every = await failed("retry", "--all")
    left = json.loads((await failed("deliveries", "--failed", "--json")).out)
    one = await failed("retry", str(left[0]["delivery"]))

    assert sorted(row["chat"] for row in before) == ["11", "12"]
    assert every.out.startswith("1 owed once more\n1 left out: their chats cannot be written to")
    assert ([row["chat"] for row in left], one.out) == (["12"], "1 owed once more\n")


async def test_subscribers_who_cannot_be_reached_are_counted_apart_and_a_status_is_explained(
    failed: Bantin,
) -> None:
    database = await Database.open(f"sqlite:///{failed.folder / 'var' / 'bantin.db'}")
    async with database.write() as tx:
        blocked = await chats.find(tx, Address(ACCOUNT, "12"))
        assert blocked
        await chats.set_status(tx, blocked.id, ChatStatus.OFF, "blocked", now=NOW)
    await database.close()

    stats = {row["what"]: row["value"] for row in json.loads((await failed("stats", "--json")).out)}
    counted = (await failed("chats")).out

    assert stats["subscribers of trong-nuoc"] == 2
    assert stats["subscribers of trong-nuoc who cannot be reached"] == 1
    assert "off: the messenger refuses us there" in counted.splitlines()[-1]


async def test_the_months_messages_are_counted_for_each_account(failed: Bantin) -> None:
    database = await Database.open(f"sqlite:///{failed.folder / 'var' / 'bantin.db'}")
    async with database.write() as tx:
        month = month_of(SystemClock().now())
        await monthly_quota.locked(tx, ACCOUNT, month)
        await monthly_quota.save(tx, ACCOUNT, month, MonthCount(2500, 2100))
    await database.close()

    stats = {row["what"]: row["value"] for row in json.loads((await failed("stats", "--json")).out)}

    assert stats[f"messages of {ACCOUNT} this month"] == 2500
    assert stats[f"messages of {ACCOUNT} this month for news"] == 2100
    assert stats[f"messages of {ACCOUNT} in its plan"] == 3000
    assert stats[f"messages of {ACCOUNT} in its plan for news"] == 2400
    assert f"messages of {ACCOUNT} for news last until" in stats


async def test_groups_and_channels_are_listed_one_by_one_and_people_are_not(failed: Bantin) -> None:
    database = await Database.open(f"sqlite:///{failed.folder / 'var' / 'bantin.db'}")
    async with database.write() as tx:
        for name, kind in (("-5", ChatKind.CHANNEL), ("-6", ChatKind.SUPERGROUP)):
            made = await chats.register(
                tx, Address(ACCOUNT, name), kind=kind, language="vi", title=f"Tên \x1b{name}", now=NOW
            )
        await chats.subscribe(tx, made.id, DOMESTIC.id, NOW)
    await database.close()

    every = json.loads((await failed("chats", "--list", "--json")).out)
    channels = (await failed("chats", "--kind", "channel")).out

    assert [(row["chat"], row["kind"], row["topics"]) for row in every] == [
        ("-5", "channel", None),
        ("-6", "supergroup", "trong-nuoc"),
    ]
    assert ("Tên ?-5" in channels, "-6" in channels) == (True, False)


async def test_a_feed_is_verified_once_it_has_worked_and_before_that_unless_the_file_denies_it_unknown(
    bantin: Bantin,
) -> None:
    bantin.configure(
        feeds=TOPIC + feed("https://a.vn/1", "a") + feed("https://a.vn/2", "b") + "verified = false\n"
    )
    await bantin("feeds", "sync")
    before = json.loads((await bantin("feeds", "--json")).out)
    database = await Database.open(f"sqlite:///{bantin.folder / 'var' / 'bantin.db'}")
    async with database.write() as tx:
        await tx.execute(update(feeds_table).values(first_polled_at=NOW))
    await database.close()
    after = json.loads((await bantin("feeds", "--json")).out)

    assert [row["verified"] for row in before] == [None, False]
    assert [row["verified"] for row in after] == [True, True]
    assert [row["name"] for row in after] == ["Nguồn", "Nguồn"]


async def test_a_card_is_previewed_as_it_is_sent_in_a_topic(
    ready: Bantin, agency: Emulated, site: Site
) -> None:
    url = agency.url + article_path(site.newsroom.articles(SECTIONS[0])[0])

    card = json.loads((await ready("preview", url, "--topic", "trong-nuoc", "--json")).out)["card"]
    unknown = await ready("preview", url, "--topic", "khac")

    assert "📂 Trong nước #TrongNước\n" in card["html"]
    assert unknown.complaint == "bantin: there is no topic 'khac'; there are trong-nuoc"


async def test_times_are_those_of_the_configuration_for_people_and_have_their_offset_for_machines(
    failed: Bantin,
) -> None:
    failed.knows(subscribers__time_zone="Asia/Tokyo")

    table = (await failed("deliveries")).out
    rows = json.loads((await failed("deliveries", "--json")).out)

    assert f"{NOW.astimezone(ZoneInfo('Asia/Tokyo')):%Y-%m-%d %H:%M}" in table
    assert rows[-1]["ended"] == NOW.isoformat(timespec="seconds")


async def test_retrying_what_has_not_failed_says_so(failed: Bantin) -> None:
    said = await failed("retry", "999999")

    assert said.complaint == "bantin: 1 of the deliveries named have not failed, or are not there"


async def test_everything_is_carried_to_another_database(failed: Bantin) -> None:
    exported = await failed("export", "all.jsonl.gz")
    before = json.loads((await failed("deliveries", "--json")).out)
    failed.knows(database__url="sqlite:///other/bantin.db")
    imported = await failed("import", "all.jsonl.gz")

    assert exported.out.replace("exported", "imported").replace("to all", "from all") == imported.out
    assert json.loads((await failed("deliveries", "--json")).out) == before
    assert (failed.folder / "all.jsonl.gz").stat().st_mode & 0o777 == 0o600
    assert "is not empty" in (await failed("import", "all.jsonl.gz")).complaint


async def test_a_deletion_is_proved_to_whoever_asks_about_the_chat(ready: Bantin) -> None:
    assert (await ready("migrate")).status == 0
    database = await Database.open(f"sqlite:///{ready.folder / 'var' / 'bantin.db'}")
    key = hmac.digest(TOKEN.encode(), b"erasure", "sha256")
    async with database.write() as tx:
        await accounts.register(tx, ACCOUNT, platform="telegram", name="bot", now=NOW)
        await erase(tx, ACCOUNT, "77", key=key, now=NOW)
        await erase(tx, ACCOUNT, "0123456789abcdef0123", key=key, now=NOW)
    await database.close()

    about, other = await ready("erased", "77", "--json"), await ready("erased", "78")

    assert [row["erased"] for row in json.loads(about.out)] == [NOW.isoformat(timespec="seconds")]
    assert (other.status, other.out) == (0, "no deletion of the data of 78 is on record\n")
    for chat in ("0123456789abcdef0123", "zalo:0123456789ABCDEF0123", "telegram:77"):
        assert NOW.isoformat(timespec="seconds") in (await ready("erased", chat, "--json")).out
