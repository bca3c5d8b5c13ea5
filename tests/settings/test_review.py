"""What settings can be read, and would not do."""

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.domain.chats.chat import TopicId
from bot.domain.news.feed import Feed, FeedId, Topic
from bot.settings.accounts import TelegramSection, ZaloSection
from bot.settings.review import Severity, content, review
from bot.settings.secrets_file import write_secrets
from bot.settings.settings import (
    AccessSection,
    AgencySection,
    DeliverySection,
    RetentionSection,
    Settings,
    VoiceSection,
    WebSection,
)

TOKEN = "123456:" + "A" * 35
HOOK = "https://tin.agency.gov.vn/webhook/telegram"
GOOD = Settings(
    access=AccessSection(owners=("telegram:1",)),
    agency=AgencySection(contact="bantin@agency.gov.vn"),
    telegram=TelegramSection(token=SecretStr(TOKEN), webhook_url=HOOK),
)
TOPIC = Topic(TopicId("tin"), {"vi": "Tin"}, {}, "Tin")
FEED = Feed(id=FeedId("f"), topic=TOPIC.id, name="F", url="https://a.vn/rss")


def telegram(**settings: object) -> Settings:
    values = {"token": TOKEN, **settings}
    return GOOD.model_copy(update={"telegram": TelegramSection.model_validate(values)})


def found(settings: Settings, folder: Path | None = None) -> list[tuple[str, Severity, bool]]:
    return [(finding.what, finding.verdict, finding.stops_run) for finding in review(settings, folder)]


def test_of_good_settings_nothing_is_said() -> None:
    assert list(review(GOOD, None)) == []


def test_without_owner_or_contact_nobody_answers_for_the_bot() -> None:
    settings = GOOD.model_copy(update={"access": AccessSection(), "agency": AgencySection(contact=" ")})

    assert found(settings) == [("access.owners", Severity.NO, False), ("agency.contact", Severity.NO, False)]


@pytest.mark.parametrize(("platform", "owner"), [("telegram", '"telegram:'), ("zalo", '"zalo:')])
def test_the_owner_is_named_as_on_the_platform_that_is_served(platform: str, owner: str) -> None:
    settings = Settings.model_validate({platform: {"token": TOKEN}})

    (finding,) = [each for each in review(settings, None) if each.what == "access.owners"]

    assert owner in finding.advice


def test_owners_by_their_old_name_are_owners_with_a_hint() -> None:
    settings = telegram(owners=["7", "8"]).model_copy(update={"access": AccessSection()})

    (finding,) = review(settings, None)

    assert (finding.what, finding.verdict) == ("telegram.owners", Severity.WARN)
    assert finding.advice == "write BANTIN_ACCESS__OWNERS=telegram:7,telegram:8 instead"


@pytest.mark.parametrize(
    "token",
    [
        "",
        "abc",
        "123",
        "123:",
        "123:abc def" + "A" * 30,
        "x123:" + "A" * 35,
        "１:" + "A" * 35,
        "1:" + "A" * 29,
    ],
)
def test_a_malformed_token_is_refused_without_asking_telegram(token: str) -> None:
    (finding,) = review(telegram(token=token), None)

    assert (finding.what, finding.verdict, finding.stops_run) == ("telegram.token", Severity.NO, True)
    assert token == "" or token not in str(finding)


def test_another_bot_api_server_may_have_shorter_tokens() -> None:
    assert found(telegram(token="1:test", api_url="http://127.0.0.1:8081")) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (HOOK.replace("https", "http"), "it must begin with https"),
        ("https://tin.agency.gov.vn/", "its path must be /webhook/telegram"),
        ("https://10.1.2.3/webhook/telegram", "Telegram reaches it only at a public host"),
        ("https://[::1]/webhook/telegram", "Telegram reaches it only at a public host"),
        ("https://localhost/webhook/telegram", "Telegram reaches it only at a public host"),
        ("https://tin.agency.local/webhook/telegram", "Telegram reaches it only at a public host"),
        ("https://tin.agency.gov.vn:8444/webhook/telegram", "Telegram connects to the ports 443, 80, 88 and"),
    ],
)
def test_a_webhook_that_telegram_cannot_reach_is_refused(url: str, said: str) -> None:
    (finding,) = review(telegram(webhook_url=url), None)

    assert (finding.what, finding.verdict, finding.stops_run) == ("telegram.webhook_url", Severity.NO, True)
    assert finding.said.startswith(said)


@pytest.mark.parametrize(
    "settings",
    [
        telegram(webhook_url="https://tin.agency.gov.vn:8443/bantin/webhook/telegram"),
        telegram(webhook_url="http://10.0.0.5:9000/webhook/telegram", api_url="http://bot-api:8081"),
    ],
    ids=["below a prefix", "posted to by a server of one's own"],
)
def test_a_webhook_that_can_be_reached_is_no_finding(settings: Settings) -> None:
    assert list(review(settings, None)) == []


def test_a_retention_that_makes_no_sense_is_warned_of() -> None:
    settings = GOOD.model_copy(update={"retention": RetentionSection(articles=timedelta(seconds=1))})

    assert found(settings) == [("retention.articles", Severity.WARN, False)]


def test_secrets_that_others_can_read_are_warned_of(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("x")
    (tmp_path / "token").chmod(0o644)
    write_secrets(tmp_path, {"BANTIN_TELEGRAM__TOKEN_FILE": str(tmp_path / "token")})

    named = [str(finding) for finding in review(GOOD, tmp_path)]
    (tmp_path / "secrets.env").chmod(0o644)
    itself = [str(finding) for finding in review(GOOD, tmp_path)]

    assert named == [
        f"secrets: every user of this machine can read {tmp_path}/token; chmod 600 {tmp_path}/token"
    ]
    (said,) = itself
    assert said.startswith(f"secrets: {tmp_path}/secrets.env is not used, since every user of")
    assert said.endswith(f"; chmod 600 {tmp_path}/secrets.env")


def test_a_token_that_is_missing_may_stand_in_the_file_that_is_not_used(tmp_path: Path) -> None:
    write_secrets(tmp_path, {"BANTIN_TELEGRAM__TOKEN": TOKEN})
    (tmp_path / "secrets.env").chmod(0o644)
    settings = GOOD.model_copy(update={"telegram": TelegramSection()})

    refused, _ = review(settings, tmp_path)

    assert (refused.what, refused.stops_run) == ("telegram.token", True)
    assert refused.said.startswith(f"it is not set; {tmp_path}/secrets.env is not used, since every user")
    assert refused.advice == f"chmod 600 {tmp_path}/secrets.env"


@pytest.mark.parametrize(
    ("topics", "feeds", "said"),
    [
        ((), (FEED,), "topics: there are none"),
        ((TOPIC,), (), "feeds: there are none"),
        (
            (Topic(TopicId("khac"), {"vi": "Khác"}, {}, "Khác"),),
            (FEED,),
            "feeds: f fills the topic tin, which",
        ),
    ],
)
def test_without_topics_and_feeds_there_is_no_news(
    topics: tuple[Topic, ...], feeds: tuple[Feed, ...], said: str
) -> None:
    finding = content(topics, feeds)

    assert (finding.verdict, finding.stops_run, str(finding).startswith(said)) == (Severity.NO, False, True)


def test_topics_and_feeds_are_counted() -> None:
    assert str(content((TOPIC,), (FEED,))) == "configuration: 1 topics, 1 feeds"


@pytest.mark.parametrize(
    ("url", "api_url", "said"),
    [
        ("", "https://bot-api.zaloplatforms.com", []),
        ("https://tin.agency.gov.vn", "https://bot-api.zaloplatforms.com", []),
        ("http://10.1.2.3", "https://bot-api.zaloplatforms.com", ["web.public_url"]),
        ("https://tin.local", "https://bot-api.zaloplatforms.com", ["web.public_url"]),
        ("http://127.0.0.1:8642", "http://127.0.0.1:9000", []),
    ],
)
def test_zalo_fetches_photos_at_a_public_host_only(url: str, api_url: str, said: list[str]) -> None:
    zalo = ZaloSection(token=SecretStr("987654321:zalo"), api_url=api_url)
    settings = GOOD.model_copy(update={"zalo": zalo, "web": WebSection(public_url=url)})

    assert [finding.what for finding in review(settings, None)] == said


def test_a_test_installation_is_named_as_one() -> None:
    settings = GOOD.model_copy(update={"delivery": DeliverySection(only_chats=("telegram:77",))})

    (finding,) = review(settings, None)

    assert (finding.what, finding.verdict, finding.stops_run) == ("delivery.only_chats", Severity.WARN, False)
    assert "A TEST INSTALLATION" in finding.said


def test_a_voice_says_what_it_lacks(tmp_path: Path) -> None:
    model, program = tmp_path / "giong.onnx", tmp_path / "piper"
    model.touch()
    voice = VoiceSection(engine="piper", model=model, piper=str(program))

    found = [each for each in review(GOOD.model_copy(update={"voice": voice}), None) if each.what == "voice"]

    assert [each.said.split(" ")[0] for each in found] == [str(program), f"{model}.json"]
    assert {each.verdict for each in found} == {Severity.WARN}


def test_piper_needs_a_model() -> None:
    with pytest.raises(ValueError, match=r"voice\.model"):
        VoiceSection(engine="piper")


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("https://tin.agency.gov.vn", Severity.OK),
        ("http://tin.agency.gov.vn", Severity.WARN),
        ("https://10.1.2.3", Severity.WARN),
    ],
)
def test_the_public_page_is_to_name_an_address_that_leads_to_it(url: str, verdict: Severity) -> None:
    settings = GOOD.model_copy(update={"web": WebSection(public_url=url, public=True)})

    found = [each for each in review(settings, None) if each.what == "web.public"]

    assert [(each.verdict, f"{url}/tin" in each.said) for each in found] == [(verdict, True)]


def test_a_public_page_without_an_address_is_refused() -> None:
    with pytest.raises(ValidationError, match=r"web\.public_url"):
        WebSection(public=True)
