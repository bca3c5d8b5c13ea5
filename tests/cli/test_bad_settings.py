"""What is said of broken settings and arguments: one line, a status, no traceback and no secret."""

import pytest

from tests.cli.bantin import TOPIC, feed
from tests.cli.calling import Call
from tests.proxy_server import unused_port


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["prevew"], "No such command 'prevew'"),
        (["preview"], "Missing argument 'url'."),
        (["demo", "--port", "many"], "Invalid value for '--port': Input should be a valid integer"),
        (["retry"], "Invalid value: name the deliveries, or say --all"),
    ],
)
def test_a_mistyped_command_is_named(call: Call, arguments: list[str], said: str) -> None:
    answer = call(*arguments)

    assert (answer.status, answer.complaint.startswith(f"bantin: {said}")) == (2, True), answer


@pytest.mark.parametrize(
    ("bot", "feeds", "said"),
    [
        ("[telegram", TOPIC, "config/bot.toml: "),
        ('[polling]\ninterval = "soon"', TOPIC, "polling.interval: write a duration"),
        ("[telegarm]\nx = 1", TOPIC, "telegarm: there is no such setting"),
        ("telegram = 3", TOPIC, "telegram: "),
        ("", "[[topic", "config/feeds.toml: "),
        ("", feed("https://a.vn/rss"), "names the topic 'trong-nuoc', which is not defined"),
    ],
)
def test_a_broken_configuration_is_named(call: Call, bot: str, feeds: str, said: str) -> None:
    call.configure(bot=bot, feeds=feeds)

    assert said in call("poll").complaint


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("telegram", "{not json", "BANTIN_TELEGRAM names no setting"),
        ("config", "nowhere", "nowhere: there is no such configuration folder"),
        ("database__url", "oracle://scott:tiger@there/db", "its address must look like"),
        ("database__url", "sqlite:////proc/nowhere/bantin.db", "/proc/nowhere"),
    ],
)
def test_a_broken_environment_is_named(call: Call, setting: str, value: str, said: str) -> None:
    call.knows(**{setting: value})

    complaint = call("stats").complaint

    assert (said in complaint, "tiger" in complaint) == (True, False), complaint


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxy_that_is_down_is_named_and_its_password_is_not(call: Call, scheme: str) -> None:
    port = unused_port()
    call.configure(feeds=TOPIC + feed("http://127.0.0.1:1/rss"))
    call.knows(
        telegram__token="123456:a-token",
        telegram__api_url="http://127.0.0.1:1",
        telegram__proxy=f"{scheme}://an:s3cret@127.0.0.1:{port}",
        http__proxy=f"{scheme}://an:s3cret@127.0.0.1:{port}",
        http__allow_private="127.0.0.1",
        log__level="debug",
    )

    preview, check = call("preview", "http://127.0.0.1:1/tin"), call("check")

    assert f"http.proxy (127.0.0.1:{port}) could not be reached (connection refused)" in preview.err
    assert f"http.proxy (127.0.0.1:{port}) could not be reached (connection refused)" in check.err
    assert f"telegram.proxy (127.0.0.1:{port}) could not be reached (connection refused)" in check.err
    assert "s3cret" not in preview.err + check.out + check.err


def test_a_proxy_of_the_environment_that_cannot_be_read_is_named(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", "socks4://an:s3cret@127.0.0.1:1")
    call.configure()

    assert call("preview", "http://a.vn/").complaint.startswith("bantin: ALL_PROXY: write http://host:port")


def test_files_that_are_no_text_or_no_database_are_named(call: Call) -> None:
    call.configure()
    (call.folder / "garbage.db").write_bytes(b"no database at all " * 100)
    call.knows(database__url="sqlite:///garbage.db")
    assert call("stats").complaint == ("bantin: cannot use the database garbage.db: file is not a database")

    (call.folder / "config" / "bot.toml").write_bytes(b"\xff\xfe")
    assert call("stats").complaint == "bantin: config/bot.toml: it is not text in UTF-8"


def test_an_unknown_feed_is_named(call: Call) -> None:
    call.configure(feeds=TOPIC + feed("https://a.vn/rss", "co"))

    assert call("poll", "khong").complaint == "bantin: there is no feed 'khong'; there are co"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://localhost:1/", "localhost is not in the public internet"),
        ("http://10.0.0.1/", "10.0.0.1"),
        ("no address", "no address"),
        ("ftp://a.vn/b", "ftp://a.vn/b"),
    ],
)
def test_an_address_that_cannot_be_previewed_is_named(call: Call, url: str, said: str) -> None:
    assert said in call("preview", url).complaint
