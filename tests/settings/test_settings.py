"""Settings and sources: where they come from, and what is said when they are wrong."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.domain.chats.chat import AccountId
from bot.domain.chats.preferences import Preferences
from bot.domain.delivery.served_chats import EVERYBODY, ServedChats
from bot.settings.feeds_file import load_sources
from bot.settings.loading import load_settings
from bot.settings.settings import ConfigurationError, Settings

SHIPPED = Path(__file__).parents[2] / "bot" / "settings" / "shipped"


def folder(path: Path, *, bot: str = "", feeds: str = "") -> Path:
    (path / "bot.toml").write_text(bot, encoding="utf-8")
    (path / "feeds.toml").write_text(feeds, encoding="utf-8")
    return path


def test_the_shipped_file_states_the_defaults(tmp_path: Path) -> None:
    assert load_settings(SHIPPED).model_dump() == load_settings(folder(tmp_path)).model_dump()


def test_the_shipped_file_names_every_setting() -> None:
    text = (SHIPPED / "bot.toml").read_text(encoding="utf-8")

    settings = Settings().model_dump()

    named = {
        section: set(re.findall(r"^(?:# )?(\w+) = ", part, re.MULTILINE))
        for section, part in re.findall(r"^\[(\w+)\]\n(.*?)(?=^\[|\Z)", text, re.MULTILINE | re.DOTALL)
    }
    assert named == {section: set(values) for section, values in settings.items()}


def test_the_environment_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANTIN_POLLING__INTERVAL", "1s")
    monkeypatch.setenv("BANTIN_TELEGRAM__OWNERS", "7, 8")
    path = folder(tmp_path, bot='[polling]\ninterval = "2h"\nconcurrency = 3')

    settings = load_settings(path)

    assert (settings.polling.interval, settings.polling.concurrency, settings.telegram.owners) == (
        timedelta(seconds=1),
        3,
        ("7", "8"),
    )


def test_a_secret_file_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from-the-file\n")
    monkeypatch.setenv("BANTIN_TELEGRAM__TOKEN", "from-the-environment")
    monkeypatch.setenv("BANTIN_TELEGRAM__TOKEN_FILE", str(tmp_path / "token"))

    settings = load_settings(folder(tmp_path))

    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() == "from-the-file"


def test_a_proxy_with_its_password_may_lie_in_a_secret_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "proxy").write_text("http://an:s3cret@proxy.vn:3128\n")
    monkeypatch.setenv("BANTIN_HTTP__PROXY_FILE", str(tmp_path / "proxy"))
    monkeypatch.setenv("BANTIN_TELEGRAM__PROXY_FILE", str(tmp_path / "proxy"))

    settings = load_settings(folder(tmp_path))

    assert settings.http.proxy is not None
    assert settings.http.proxy.get_secret_value() == "http://an:s3cret@proxy.vn:3128"
    assert settings.telegram.proxy == settings.http.proxy
    assert "s3cret" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("POLLING__INTERVAL", "soon", ": write a duration as a number and a unit, for example 30s, 5m or 2h"),
        ("POLLING__INTERVAL", "0s", ": write a duration that is longer than nothing"),
        ("POLLING__CONCURRENCY", "many", ": write a whole number, for example 30"),
        ("POLLING__CONCURRENCY", "0", ": write a whole number that is 1 or more"),
        ("POLLING__CONCURRENCY", "1000", ": write a whole number that is 64 or less"),
        ("TELEGRAM__ALLOW_PAID_BROADCAST", "perhaps", ": write true or false"),
        ("TELEGRAM__API_URL", "api", ": write a web address, for example https://"),
        ("TELEGRAM__TOKN", "1:a", " names no setting; did you mean BANTIN_TELEGRAM__TOKEN?"),
        ("TELEGRAM_TOKEN", "1:a", " names no setting; did you mean BANTIN_TELEGRAM__TOKEN?"),
        ("telegram__token", "1:a", " names no setting; did you mean BANTIN_TELEGRAM__TOKEN?"),
        ("TELEGRAM_TOKEN_FILE", "x", " names no setting; did you mean BANTIN_TELEGRAM__TOKEN_FILE?"),
        ("TELEGRM__TOKEN", "1:a", " names no setting; did you mean BANTIN_TELEGRAM__TOKEN?"),
        ("TELEGRAM", "{}", " names no setting; did you mean BANTIN_TELEGRAM__TOKEN?"),
        ("SECRET", "x", " names no setting; bot.toml lists them all, BANTIN_<SECTION>__<KEY>"),
        (
            "TELEGRAM__TOKEN_FILE",
            "/nowhere/at/all",
            ": the file /nowhere/at/all cannot be read: No such file",
        ),
        ("WEB__LISTEN", "here", ": write a host and a port up to 65535, for example 127.0.0.1:8642"),
        ("WEB__LISTEN", "here:65536", ": write a host and a port up to 65535, for example 127.0.0.1:8642"),
        ("ACCESS__OWNERS", "1", ": '1' does not say on which platform: write 'telegram:1'"),
        ("ACCESS__OWNERS", "telegram:1,@an", ": '@an' names no person: write the platform and the id, as"),
        ("ACCESS__OWNERS", "telegram:an", ": 'telegram:an' is no id on Telegram: it has digits only"),
        ("ACCESS__OWNERS", "zalo:", ": 'zalo:' names no person"),
        ("TELEGRAM__OWNERS", "1,@an", ": '@an' is no id of a person"),
        ("HTTP__PROXY", "socks4://an:s3cret@proxy.vn:1080", ": write http://host:port or socks5://host:port"),
        ("TELEGRAM__PROXY", "http://proxy.vn", ": write http://host:port or socks5://host:port"),
        ("LANGUAGE__DEFAULT", "fr", ": write 'vi' or 'en'"),
        ("SUBSCRIBERS__QUIET_HOURS", "at night", ": write quiet hours as"),
        ("SUBSCRIBERS__TIME_ZONE", "Mars", ": there is no time zone called"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"BANTIN_{name}", value)

    with pytest.raises(ConfigurationError) as error:
        load_settings(folder(tmp_path))

    assert str(error.value).startswith(f"the environment: BANTIN_{name}{said}")
    assert "\n" not in str(error.value)
    assert "s3cret" not in str(error.value)


def test_a_secret_never_stands_in_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANTIN_TELEGRAM__TOKEN", "123456:very-secret")
    monkeypatch.setenv("BANTIN_TELEGRAM__API_URL", "no address")

    with pytest.raises(ConfigurationError) as error:
        load_settings(folder(tmp_path))

    assert "very-secret" not in str(error.value)


def test_printed_settings_show_no_secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANTIN_TELEGRAM__TOKEN", "123456:very-secret")

    assert "very-secret" not in repr(load_settings(folder(tmp_path)))


def test_a_password_from_a_file_is_put_into_the_address_of_the_database_and_not_printed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("p@ss: w/rd%\n", encoding="utf-8")
    monkeypatch.setenv("BANTIN_DATABASE__PASSWORD_FILE", str(tmp_path / "password"))
    monkeypatch.setenv("BANTIN_DATABASE__URL", "postgresql://bantin@db:6543/tin?sslmode=require")

    settings = load_settings(folder(tmp_path))

    assert settings.database.url == "postgresql://bantin:p%40ss%3A%20w%2Frd%25@db:6543/tin?sslmode=require"
    assert "w%2Frd" not in repr(settings)


@pytest.mark.parametrize("bot", ["", '[database]\nurl = "sqlite:///var/bantin.db"'], ids=["unset", "set"])
def test_a_password_for_an_sqlite_file_is_a_mistake(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, bot: str
) -> None:
    monkeypatch.setenv("BANTIN_DATABASE__PASSWORD", "very-secret")

    with pytest.raises(ConfigurationError, match=r"database\.url: this is no PostgreSQL server") as error:
        load_settings(folder(tmp_path, bot=bot))

    assert "very-secret" not in str(error.value)


TOPIC = '[[topic]]\nid = "t"\nname = {vi = "Tin"}\nhashtag = "Tin"\n'
FEED = '[[feed]]\nid = "f"\ntopic = "t"\nname = "F"\nurl = "https://a.vn/rss"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[topic", "feeds.toml: line 1: expected ']]' at the end of an array declaration"),
        ('a = 1\n[[topic]]\nid = "t', "feeds.toml: line 3: "),
        ("topic = 3", "feeds.toml: topic: write a list"),
        ("topic = [3]", "feeds.toml: topic 1: write its name in brackets"),
        (TOPIC + TOPIC.replace('hashtag = "Tin"', ""), "feeds.toml: topic 2 (t): hashtag: is missing"),
        (TOPIC.replace('id = "t"', ""), "feeds.toml: topic 1: id: is missing"),
        (TOPIC.replace("hashtag", "hastag"), "there is no such setting; did you mean hashtag?"),
        (TOPIC.replace('"t"', '"Tin Mới"'), "topic 1 (Tin Mới): id: write up to 31 of the characters"),
        (TOPIC.replace('hashtag = "Tin"', 'hashtag = "#Tin Mới"'), "hashtag: write one word of up to 60"),
        (TOPIC.replace('{vi = "Tin"}', '"Tin"'), "topic 1 (t): name: write it in braces, for example { vi ="),
        (TOPIC.replace('"Tin"}', "3}"), "topic 1 (t): name.vi: write text in quotation marks"),
        (TOPIC + "urgent_words = [1]\n", "topic 1 (t): urgent_words, item 1: write text in quotation marks"),
        (TOPIC + TOPIC, "the topic 't' is defined twice"),
        (TOPIC + FEED + FEED, "the feed 'f' is defined twice"),
        (FEED, "feed 'f' names the topic 't', which is not defined"),
        (TOPIC.replace("vi =", "en ="), "topic 't' has no Vietnamese name"),
        (TOPIC + FEED.replace("https://", "ftp://"), "feed 1 (f): url: this is not a web address"),
        (TOPIC + FEED.replace("https://a.vn/rss", "http://["), "feed 1 (f): url: this is not a web address"),
        (TOPIC + FEED.replace('"f"', '"Tin Mới"'), "feed 1 (Tin Mới): id: write up to 61"),
        (TOPIC + FEED + 'kind = "carrier pigeon"\n', "feed 1 (f): kind: write 'auto', "),
        (TOPIC + FEED + 'preset = "joomla"\n', "feed 1 (f): preset: there is no preset 'joomla'; there are"),
        (TOPIC + FEED + 'page = { sapo = "p" }\n', "feed 1 (f): page: there is no part 'sapo' to select"),
        (TOPIC + FEED + 'listing = { item = "li[" }\n', "the selector for 'item' is not valid CSS"),
        (TOPIC + FEED + 'interval = "99999999999d"\n', "feed 1 (f): interval: no duration is that long"),
    ],
)
def test_wrong_sources_are_named_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        load_sources(folder(tmp_path, feeds=text), Settings())

    assert said in str(error.value).replace(str(tmp_path), "")
    assert ("Input" in str(error.value), len(str(error.value).splitlines())) == (
        False,
        1 + text.count("hastag"),
    )


def test_a_feed_without_an_interval_takes_the_general_one(tmp_path: Path) -> None:
    path = folder(tmp_path, bot='[polling]\ninterval = "3m"', feeds=TOPIC + FEED)

    _, feeds = load_sources(path, load_settings(path))

    assert [(feed.interval, feed.adapts) for feed in feeds] == [(timedelta(minutes=3), False)]


@pytest.mark.parametrize(
    ("bot", "own", "adapts"),
    [
        ("", "", True),
        ('[polling]\ninterval = "10m"', "", False),
        ("", 'interval = "10m"\n', False),
        ('[polling]\ninterval = "10m"', 'interval = "10m"\n', False),
    ],
    ids=["unset", "set for all", "set for one", "set for both"],
)
def test_an_interval_adapts_only_where_nobody_has_set_one(
    tmp_path: Path, bot: str, own: str, *, adapts: bool
) -> None:
    path = folder(tmp_path, bot=bot, feeds=TOPIC + FEED + own)

    _, feeds = load_sources(path, load_settings(path))

    assert [(feed.interval, feed.adapts) for feed in feeds] == [(timedelta(minutes=10), adapts)]


def test_the_shipped_sources_are_the_listings_of_the_office_not_yet_verified() -> None:
    topics, feeds = load_sources(SHIPPED, load_settings(SHIPPED))

    assert [(topic.id) for topic in topics] == ["trong-nuoc", "quoc-te"]
    assert [(feed.kind, feed.verified) for feed in feeds] == [("listing", False), ("listing", False)]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no such configuration folder"):
        load_settings(tmp_path / "nowhere")


def test_quiet_hours_may_be_none_at_all(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANTIN_SUBSCRIBERS__QUIET_HOURS", "")
    monkeypatch.setenv("BANTIN_SUBSCRIBERS__TIME_ZONE", "Europe/Paris")

    preferences = load_settings(folder(tmp_path)).subscribers.preferences

    assert preferences == Preferences(quiet=None, time_zone="Europe/Paris")


def test_words_that_make_an_article_urgent_are_filters(tmp_path: Path) -> None:
    wrong = """
        [[topic]]
        id = "a"
        name = { vi = "A" }
        hashtag = "A"
        urgent_words = ["khẩn", "..."]
    """

    with pytest.raises(
        ConfigurationError, match=r"feeds\.toml: topic 1 \(a\): urgent_words: '\.\.\.' is no filter"
    ):
        load_sources(folder(tmp_path, feeds=wrong), Settings())


@pytest.mark.parametrize(("own", "tells"), [("", False), ("tell_subscribers = true\n", True)])
def test_a_topic_tells_its_subscribers_of_an_outage_only_if_it_says_so(
    tmp_path: Path, own: str, *, tells: bool
) -> None:
    (topic,), _ = load_sources(folder(tmp_path, feeds=TOPIC + own), Settings())

    assert topic.tell_subscribers is tells


@pytest.mark.parametrize(
    ("own", "address"),
    [("", None), ('address = "đồng chí"\n', "đồng chí"), ('address = "Ông/Bà"\n', "Ông/Bà")],
)
def test_a_topic_may_address_people_in_its_own_way(tmp_path: Path, own: str, address: str | None) -> None:
    (topic,), _ = load_sources(folder(tmp_path, feeds=TOPIC + own), Settings())

    assert topic.address == address


def test_a_topic_addresses_nobody_in_a_form_that_there_is_not(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"feeds\.toml: topic 1 .*: address"):
        load_sources(folder(tmp_path, feeds=TOPIC + 'address = "mày"\n'), Settings())


def test_every_secret_is_kept_out_of_the_log_in_whatever_address_it_stands() -> None:
    values = {
        "database": {"url": "postgresql://bantin:in%40database@host/name"},
        "telegram": {"token": "1:token", "webhook_secret": "hook", "proxy": "socks5://me:in-telegram@host:1"},
        "http": {"proxy": "me:in-http@host:1"},
        "privacy": {"proof_secret": "proof"},
    }

    secrets = Settings.model_validate(values).secrets()

    inside = {"in%40database", "in@database", "in-telegram", "in-http"}
    assert secrets == {"1:token", "hook", "proof"} | inside


def test_an_address_that_nobody_can_read_has_no_password() -> None:
    assert Settings.model_validate({"database": {"url": "postgresql://[a"}}).secrets() == frozenset()


def test_a_token_with_white_space_around_it_is_kept_out_of_logs_without_that_too() -> None:
    assert Settings.model_validate({"zalo": {"token": " 1:secret\n"}}).secrets() == {"1:secret"}


def test_a_test_installation_serves_the_listed_chats_of_each_platform() -> None:
    listed = ["telegram:77", "telegram:-1001", "zalo:0a1b"]
    settings = Settings.model_validate(
        {"delivery": {"only_chats": listed}, "access": {"owners": ["telegram:900"]}}
    )

    found = [
        settings.served_chats_of(AccountId(f"{platform}:1")) for platform in ("telegram", "zalo", "zalo_oa")
    ]

    assert found == [
        ServedChats(frozenset({"77", "-1001"}), frozenset({"900"})),
        ServedChats(frozenset({"0a1b"})),
        ServedChats(frozenset()),
    ]


def test_usually_everybody_is_served() -> None:
    assert Settings().served_chats_of(AccountId("telegram:1")) == EVERYBODY


@pytest.mark.parametrize("chat", ["77", "zalo_oa:feed", "telegram:0a1b", "telegram:", "zalo:có dấu"])
def test_a_chat_of_a_test_installation_is_named_by_platform_and_id(chat: str) -> None:
    with pytest.raises(ValidationError, match="names no chat: write the platform and the id"):
        Settings.model_validate({"delivery": {"only_chats": [chat]}})
