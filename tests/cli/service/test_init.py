"""`bantin init`, asked and answered at a terminal, against emulated platforms."""

import stat
from pathlib import Path

import pytest

from bot.settings.contact import HOW
from bot.settings.loading import load_settings
from bot.settings.secrets_file import read_secrets, write_secrets
from bot.settings.settings import Settings
from tests.cli.bantin import ROOT, TOKEN, Bantin
from tests.cli.terminal import Terminal
from tests.emulated import OWNER, Emulated

NAME = 'Sở Khoa học và Công nghệ "Hà Nội"'
CONTACT = "bantin@agency.example"
ZALO_TOKEN = "987654321:zalo-secret-token_of-the-tests"
ASKED_FOR_TELEGRAM = "from @BotFather (it is not shown; empty: no Telegram): "
ASKED_FOR_ZALO = "from Zalo's Bot Creator (it is not shown; empty: no Zalo): "


@pytest.fixture
def new(bantin: Bantin, agency: Emulated) -> Bantin:
    """The command line in an empty folder, told of the emulated platforms alone."""
    bantin.knows(telegram__api_url=agency.url, zalo__api_url=f"{agency.url}/zalo")
    return bantin


def made(bantin: Bantin, folder: str = "config") -> Settings:
    return load_settings(bantin.folder / folder)


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


@pytest.fixture
async def zalo(agency: Emulated) -> Emulated:
    """The emulated platforms with a bot on Zalo as well."""
    await agency.post("zalo/bots", token=ZALO_TOKEN, display_name="Bot Bản Tin")
    return agency


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    return file


def everything(token_file: Path) -> list[str]:
    return [
        *("--agency", NAME, "--contact", CONTACT, "--token-file", str(token_file)),
        *("--owner", f"telegram:{OWNER}", "--yes"),
    ]


async def test_a_folder_is_made_by_asking_and_the_owner_by_a_message(new: Bantin, agency: Emulated) -> None:
    async with Terminal.running(new, "init") as terminal:
        await terminal.shows("The agency's name, in Vietnamese [Cục Sở hữu trí tuệ]: ")
        terminal.types(NAME)
        await terminal.shows("Its name in English")
        terminal.types("Department")
        await terminal.shows("(an address that people can write to): ")
        terminal.types("")
        await terminal.shows("(an address that people can write to): ")
        terminal.types("phòng hành chính")
        await terminal.shows("Nobody can be reached by that: write an address of e-mail")
        await terminal.shows("(an address that people can write to): ")
        terminal.types(CONTACT)
        await terminal.shows(f"The bot's token on Telegram, {ASKED_FOR_TELEGRAM}")
        terminal.types("123:abc def")
        await terminal.shows("this is no token")
        await terminal.shows(ASKED_FOR_TELEGRAM)
        terminal.types(TOKEN.replace("123456", "654321"))
        await terminal.shows("Telegram does not know this token")
        await terminal.shows(ASKED_FOR_TELEGRAM)
        terminal.types(TOKEN)
        await terminal.shows("This is @bantin_bot.")
        await terminal.shows(ASKED_FOR_ZALO)
        terminal.types("")
        await terminal.shows(
            "Find out who owns the bot on Telegram, by a message that you send to it? [Y/n]: "
        )
        terminal.types("")
        code = (await terminal.shows("or open ")).partition("/start ")[2].split()[0]
        await agency.post("updates/message", chat=OWNER, **{"from": OWNER}, text="/start 1")
        await agency.post("updates/message", chat=OWNER, **{"from": OWNER}, text=f"/start {code}")
        await terminal.shows(f"You are telegram:{OWNER}, and own this bot.")
        await terminal.shows(f"The feeds are those of the {Settings().agency.name_en}")
        await terminal.shows("bantin check")
        status = await terminal.ends()

    async with agency.messenger() as messenger:
        # Who asks again at once for the same is given one update alone.
        waiting = await messenger.updates(1)
    settings, secrets = made(new), read_secrets(new.folder / "config")
    assert (status, TOKEN.partition(":")[2] in terminal.text) == (0, False)
    assert settings.agency.model_dump() == {"name": NAME, "name_en": "Department", "contact": CONTACT}
    assert settings.access.owners == (f"telegram:{OWNER}",)
    assert secrets["BANTIN_TELEGRAM__TOKEN"] == TOKEN
    assert mode(new.folder / "config" / "secrets.env") == 0o600
    # The service is to see them all, the code too.
    assert len(waiting) == 2


async def test_both_platforms_are_set_up_with_an_owner_on_each(new: Bantin, zalo: Emulated) -> None:
    async with Terminal.running(new, "init", "--agency", NAME, "--contact", CONTACT) as terminal:
        await terminal.shows(ASKED_FOR_TELEGRAM)
        terminal.types(TOKEN)
        await terminal.shows(f"The bot's token on Zalo, {ASKED_FOR_ZALO}")
        terminal.types(ZALO_TOKEN.replace("987", "789"))
        await terminal.shows("Zalo does not know this token")
        await terminal.shows(ASKED_FOR_ZALO)
        terminal.types(f" {ZALO_TOKEN} ")
        await terminal.shows("This is Bot Bản Tin.")
        await terminal.shows("the bot on Telegram, by a message that you send to it? [Y/n]: ")
        terminal.types("n")
        await terminal.shows("the bot on Zalo, by a message that you send to it? [Y/n]: ")
        terminal.types("y")
        code = (await terminal.shows("Ctrl+C skips this.")).partition("/start ")[2].split()[0]
        await zalo.post("zalo/messages", person="binh", text="/start 1")
        told = await zalo.post("zalo/messages", person="an", text=f"/start {code}")
        await terminal.shows(f"You are zalo:{told['user_id']}, and own this bot.")
        await terminal.shows("50 users and 3000 messages a month")
        await terminal.shows("write /start to @bantin_bot on Telegram and to Bot Bản Tin on Zalo")
        status = await terminal.ends()

    secrets = read_secrets(new.folder / "config")
    assert (status, ZALO_TOKEN.partition(":")[2] in terminal.text) == (0, False)
    assert secrets["BANTIN_TELEGRAM__TOKEN"] == TOKEN
    assert secrets["BANTIN_ZALO__TOKEN"] == ZALO_TOKEN
    assert made(new).access.owners == (f"zalo:{told['user_id']}",)
    assert mode(new.folder / "config" / "secrets.env") == 0o600


async def test_zalo_alone_can_be_set_up_without_a_terminal_and_check_asks_it(
    new: Bantin, zalo: Emulated, tmp_path: Path
) -> None:
    file = tmp_path / "zalo-token"
    file.write_text(f"{ZALO_TOKEN}\n")
    owner = (await zalo.post("zalo/messages", person="an", text="xin chào"))["user_id"]
    given = ("--agency", NAME, "--contact", "1900 1234", "--zalo-token-file", str(file))

    said = await new("init", "mine", *given, "--owner", f"zalo:{owner}", "--owner", f"telegram:{OWNER}")
    checked = await new("check", "--config", "mine")

    assert said.status == 0, said
    assert "write /start to Bot Bản Tin on Zalo" in said.out
    assert made(new, "mine").access.owners == (f"zalo:{owner}", f"telegram:{OWNER}")
    assert [line for line in checked.err.splitlines() if not line.startswith("NO   feed ipvietnam-")] == []
    assert "ok   zalo: Bot Bản Tin" in checked.out
    assert "telegram" not in checked.out


async def test_with_a_token_on_neither_platform_one_goes_on_only_knowingly(new: Bantin) -> None:
    async with Terminal.running(new, "init", "--agency", NAME, "--contact", CONTACT) as terminal:
        for answer in ("n", "y"):
            await terminal.shows(ASKED_FOR_TELEGRAM)
            terminal.types("")
            await terminal.shows(ASKED_FOR_ZALO)
            terminal.types("")
            await terminal.shows("Without a token on either platform the service cannot run.")
            await terminal.shows("write one into secrets.env later? [y/N]: ")
            terminal.types(answer)
        await terminal.shows("config/secrets.env as BANTIN_TELEGRAM__TOKEN or BANTIN_ZALO__TOKEN")
        status = await terminal.ends()

    assert (status, made(new).telegram.token, made(new).zalo.token) == (0, None, None)


async def test_a_token_that_is_there_stays_where_nothing_is_typed(new: Bantin, token_file: Path) -> None:
    await new("init", *everything(token_file))
    async with Terminal.running(new, "init", "--agency", NAME, "--contact", CONTACT, "--yes") as terminal:
        await terminal.shows("(it is not shown; empty: keeps the one that is set): ")
        terminal.types("")
        await terminal.shows(ASKED_FOR_ZALO)
        terminal.types("")
        await terminal.shows("write /start to your bot on Telegram")
        status = await terminal.ends()

    assert (status, read_secrets(new.folder / "config")["BANTIN_TELEGRAM__TOKEN"]) == (0, TOKEN)


async def test_with_what_was_made_check_is_content_without_any_variable(
    new: Bantin, token_file: Path
) -> None:
    said = await new("init", "mine", *everything(token_file))

    checked = await new("check", "--config", "mine")

    assert (said.status, "bantin --config mine check" in said.out) == (0, True), said
    lines = checked.err.splitlines()
    # Nobody can reach the agency's site from here.
    assert [line for line in lines if not line.startswith("NO   feed ipvietnam-")] == []
    assert "ok   telegram: @bantin_bot" in checked.out


async def test_without_a_terminal_it_says_what_has_to_be_given(new: Bantin, token_file: Path) -> None:
    nothing = await new("init")
    partly = await new("init", "--agency", NAME, "--token-file", str(token_file), "--yes")

    refused = "bantin: there is no terminal to ask at: give"
    tokens = "--token-file or --zalo-token-file"
    assert nothing.complaint == f"{refused} --agency, --contact, {tokens}, --owner as well"
    assert partly.complaint == f"{refused} --contact, --owner as well"
    assert new.leftovers() == [token_file]


async def test_without_a_terminal_a_yes_is_needed_only_for_files_that_are_there(
    new: Bantin, token_file: Path
) -> None:
    given = [word for word in everything(token_file) if word != "--yes"]

    first = await new("init", "mine", *given)
    again = await new("init", "mine", *given)

    assert first.status == 0, first
    assert again.complaint == "bantin: there is no terminal to ask at: give --yes as well"


async def test_files_that_are_there_are_changed_only_with_a_yes_and_keep_all_else(
    new: Bantin, token_file: Path
) -> None:
    folder = new.folder / "config"
    new.configure(bot="# mine\n[polling]\nconcurrency = 3 # few\n", feeds="# my feeds\n")
    write_secrets(folder, {"OTHER": "kept", "BANTIN_ACCESS__OWNERS": "zalo:a1"})
    (folder / "secrets.env").chmod(0o644)
    before = {file.name: file.read_text() for file in folder.iterdir()}

    async with Terminal.running(new, "init") as terminal:
        await terminal.shows("Set in config/bot.toml and config/secrets.env what you answer now")
        terminal.types("n")
        refused = await terminal.ends()
    unchanged = {file.name: file.read_text() for file in folder.iterdir()}
    done = await new("init", *everything(token_file))

    assert (refused, unchanged, done.status) == (1, before, 0), done
    assert (folder / "bot.toml").read_text().startswith(before["bot.toml"])
    assert (folder / "feeds.toml").read_text() == "# my feeds\n"
    assert read_secrets(folder)["OTHER"] == "kept"
    assert made(new).access.owners == ("zalo:a1", f"telegram:{OWNER}")
    assert mode(folder / "secrets.env") == 0o600


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--owner", "900", "bantin: --owner: '900' does not say on which platform: write 'telegram:900'"),
        ("--token-file", "/nowhere/token", "bantin: /nowhere/token: No such file or directory"),
        (
            "--contact",
            "abc",
            f"bantin: --contact: {HOW}",
        ),
    ],
)
async def test_a_wrong_option_is_named_and_nothing_is_written(
    new: Bantin, token_file: Path, option: str, value: str, said: str
) -> None:
    arguments = everything(token_file)
    arguments[arguments.index(option) + 1] = value

    assert (await new("init", *arguments)).complaint == said
    assert new.leftovers() == [token_file]


async def test_tokens_that_nobody_can_check_may_be_kept(new: Bantin) -> None:
    new.knows(telegram__api_url="http://127.0.0.1:1", zalo__api_url="http://127.0.0.1:1")
    async with Terminal.running(new, "init", "--agency", NAME, "--contact", CONTACT) as terminal:
        await terminal.shows(ASKED_FOR_TELEGRAM)
        terminal.types(TOKEN)
        await terminal.shows("Telegram cannot be reached")
        await terminal.shows("telegram.proxy")
        await terminal.shows("Keep this token without having asked Telegram? [y/N]: ")
        terminal.types("y")
        await terminal.shows(ASKED_FOR_ZALO)
        terminal.types(ZALO_TOKEN)
        await terminal.shows("Zalo cannot be reached")
        await terminal.shows("zalo.proxy")
        await terminal.shows("Keep this token without having asked Zalo? [y/N]: ")
        terminal.types("y")
        status = await terminal.ends()

    settings = made(new)
    assert (status, settings.access.owners) == (0, ())
    assert settings.telegram.token is not None
    assert settings.zalo.token is not None
    bot = new.folder / "config" / "bot.toml"
    bot.write_text(bot.read_text().replace("owners = []", 'owners = ["telegram:1"]'))
    assert made(new).access.owners == ("telegram:1",)


async def test_without_a_terminal_a_token_is_kept_unchecked_only_when_told_so(
    new: Bantin, token_file: Path
) -> None:
    new.knows(telegram__api_url="http://127.0.0.1:1")

    refused = await new("init", *everything(token_file))
    unchanged = new.leftovers()
    kept = await new("init", *everything(token_file), "--unchecked")

    assert refused.complaint.startswith("bantin: Telegram cannot be reached")
    assert refused.complaint.endswith("; --unchecked keeps the token all the same")
    assert (unchanged, kept.status) == ([token_file], 0), kept
    assert read_secrets(new.folder / "config")["BANTIN_TELEGRAM__TOKEN"] == TOKEN


async def test_who_does_not_want_to_wait_for_the_message_goes_on_without(
    new: Bantin, token_file: Path
) -> None:
    options = ("--agency", NAME, "--contact", CONTACT, "--token-file", str(token_file))
    async with Terminal.running(new, "init", *options) as terminal:
        await terminal.shows(
            "Find out who owns the bot on Telegram, by a message that you send to it? [Y/n]: "
        )
        terminal.types("y")
        await terminal.shows("Ctrl+C skips this.")
        terminal.interrupts()
        await terminal.shows("Skipped.")
        status = await terminal.ends()

    assert (status, made(new).access.owners) == (0, ())


async def test_secrets_that_cannot_be_written_are_one_line(new: Bantin, token_file: Path) -> None:
    (new.folder / "config" / ".secrets.env.new").mkdir(parents=True)

    said = await new("init", *everything(token_file))

    assert said.complaint == "bantin: config/secrets.env cannot be written: Is a directory"


@pytest.mark.parametrize("name", ["bot.toml", "feeds.toml"])
def test_the_package_ships_what_config_shows(name: str) -> None:
    package = ROOT / "bot" / "settings" / "shipped" / name

    assert package.read_text(encoding="utf-8") == (ROOT / "config" / name).read_text(encoding="utf-8")
