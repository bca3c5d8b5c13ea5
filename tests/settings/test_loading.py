"""Which of bot.toml, secrets.env and the environment a value comes from, and how it is said."""

from pathlib import Path

import pytest

from bot.domain.chats.chat import AccountId
from bot.settings.loading import load_settings
from bot.settings.settings import ConfigurationError, Settings

DEVELOPERS_WORDS = ("Input should", "valid ", "pattern", "pydantic", "Field ", "type=", "regex")


def folder(path: Path, *, bot: str = "", secrets: str | None = None, mode: int = 0o600) -> Path:
    (path / "bot.toml").write_text(bot, encoding="utf-8")
    if secrets is not None:
        (path / "secrets.env").write_text(secrets, encoding="utf-8")
        (path / "secrets.env").chmod(mode)
    return path


def complaint(path: Path) -> str:
    with pytest.raises(ConfigurationError) as error:
        load_settings(path)
    return str(error.value).replace(str(path), "config")


def test_secrets_env_goes_before_the_file_and_the_environment_before_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BANTIN_AGENCY__NAME", "environment")
    path = folder(
        tmp_path,
        bot='[agency]\nname = "file"\nname_en = "file"\ncontact = "file"',
        secrets="BANTIN_AGENCY__NAME='secrets'\nexport BANTIN_AGENCY__NAME_EN=secrets # note\nPG=x\n",
    )

    agency = load_settings(path).agency

    assert (agency.name, agency.name_en, agency.contact) == ("environment", "secrets", "file")


def test_secrets_that_every_user_can_read_are_not_used(tmp_path: Path) -> None:
    path = folder(tmp_path, secrets="BANTIN_TELEGRAM__TOKEN=1:a\n", mode=0o644)

    assert load_settings(path).telegram.token is None


def test_a_plain_variable_of_the_environment_goes_before_a_file_that_secrets_env_names(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "token").write_text("from-the-file")
    monkeypatch.setenv("BANTIN_TELEGRAM__TOKEN", "from-the-environment")
    path = folder(tmp_path, secrets=f"BANTIN_TELEGRAM__TOKEN_FILE={tmp_path / 'token'}\n")

    token = load_settings(path).telegram.token

    assert token is not None
    assert token.get_secret_value() == "from-the-environment"


def test_a_wrong_value_is_named_by_where_it_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANTIN_WEB__LISTEN", "here")
    path = folder(
        tmp_path,
        bot='[polling]\ninterval = "soon"\nsame_hosts = ["a", 1]\n[telegarm]\n[agency]\ncontakt = "x"',
        secrets="BANTIN_LOG__LEVEL=loud\n",
    )

    places = {line.rpartition(": ")[0] for line in complaint(path).splitlines()}

    assert places == {
        "the environment: BANTIN_WEB__LISTEN",
        "config/secrets.env: BANTIN_LOG__LEVEL",
        "config/bot.toml: polling.interval",
        "config/bot.toml: polling.same_hosts, item 2",
        "config/bot.toml: telegarm",
        "config/bot.toml: agency.contakt",
    }


@pytest.mark.parametrize(
    ("bot", "said"),
    [
        ("a = 1\nb = \n", "config/bot.toml: line 2: invalid value"),
        ("[telegram\n", "config/bot.toml: line 1: expected ']' at the end of a table declaration"),
        ('[agency]\nname = """x\n\n', "config/bot.toml: line 4: "),
        ("[telegarm]\n", "config/bot.toml: telegarm: there is no such setting; did you mean telegram?"),
        (
            "[telegram]\ntokn = 1",
            "config/bot.toml: telegram.tokn: there is no such setting; did you mean token?",
        ),
        ("telegram = 3", "config/bot.toml: telegram: write its name in brackets on a line of its own"),
        ("[access]\nowners = [12]", "config/bot.toml: access.owners: '12' does not say on which platform"),
    ],
)
def test_a_broken_file_is_named_with_the_line_or_the_key(tmp_path: Path, bot: str, said: str) -> None:
    assert complaint(folder(tmp_path, bot=bot)).startswith(said)


def test_a_line_of_secrets_env_that_is_no_variable_is_named_and_not_shown(tmp_path: Path) -> None:
    said = complaint(folder(tmp_path, secrets="# mine\nBANTIN_TELEGRAM__TOKEN='1:very-secret\n"))

    assert said == "config/secrets.env: line 2: write NAME='value'"


def test_an_unknown_variable_of_secrets_env_is_named(tmp_path: Path) -> None:
    said = complaint(folder(tmp_path, secrets="BANTIN_TELEGRAM_TOKEN=1:very-secret\nOTHER=x\n"))

    assert said == (
        "config/secrets.env: BANTIN_TELEGRAM_TOKEN names no setting; did you mean BANTIN_TELEGRAM__TOKEN?"
    )


def test_what_names_the_folder_and_what_kubernetes_sets_are_no_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BANTIN_CONFIG", str(tmp_path))
    monkeypatch.setenv("BANTIN_SERVICE_HOST", "10.0.0.1")
    monkeypatch.setenv("BANTIN_SERVICE_PORT_HTTP", "8642")
    monkeypatch.setenv("BANTIN_PORT", "tcp://10.0.0.1:8642")
    monkeypatch.setenv("BANTIN_PORT_8642_TCP_ADDR", "10.0.0.1")

    assert load_settings(folder(tmp_path)) == Settings()


@pytest.mark.parametrize("value", ['"?"', "[]", "[1]", "{ a = 1 }", "-1", "1.5", "true", "1979-05-27"])
def test_no_wrong_value_is_explained_in_developers_words(tmp_path: Path, value: str) -> None:
    for section, keys in Settings.known_keys().items():
        for key in keys:
            path = folder(tmp_path, bot=f"[{section}]\n{key} = {value}")
            try:
                load_settings(path)
            except ConfigurationError as error:
                said = str(error)
                # What is wrong with a password is that no server is named for which it would be one.
                blamed = (key, "url") if key == "password" else (key,)
                assert said.startswith(tuple(f"{path}/bot.toml: {section}.{name}" for name in blamed)), said
                assert not [word for word in DEVELOPERS_WORDS if word in said], said


def test_owners_are_named_for_each_platform_and_the_old_name_is_read_still(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BANTIN_ACCESS__OWNERS", "telegram:1, zalo:a1b2, telegram:2")
    monkeypatch.setenv("BANTIN_TELEGRAM__OWNERS", "2,3")

    settings = load_settings(folder(tmp_path))

    assert settings.owners_of(AccountId("telegram:77")) == {"1", "2", "3"}
    assert settings.owners_of(AccountId("zalo:88")) == {"a1b2"}
    assert settings.owner_names() == {}


def test_owners_may_have_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BANTIN_ACCESS__OWNERS", "telegram:1 Nguyễn Văn An, telegram:2,zalo:a1b2  Lê Hoa ")

    settings = load_settings(folder(tmp_path))

    assert settings.owners_of(AccountId("telegram:77")) == {"1", "2"}
    assert settings.owner_names() == {("telegram", "1"): "Nguyễn Văn An", ("zalo", "a1b2"): "Lê Hoa"}
