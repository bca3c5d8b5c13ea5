"""What people type, and which command it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.base.command_names import NAMES, Command
from bot.commands.router.understood import Typed, read


@pytest.mark.parametrize(
    ("text", "command", "argument"),
    [
        ("/dangky", Command.SUBSCRIBE, ""),
        ("/dangky@bantin_bot", Command.SUBSCRIBE, ""),
        ("/DangKy@BanTin_Bot trong nước", Command.SUBSCRIBE, "trong nước"),
        ("/subscribe", Command.SUBSCRIBE, ""),
        ("dang ky", Command.SUBSCRIBE, ""),
        ("Đăng ký", Command.SUBSCRIBE, ""),
        ("đăng kí hoạt động quốc tế", Command.SUBSCRIBE, "hoạt động quốc tế"),
        ("ĐĂNG KÝ", Command.SUBSCRIBE, ""),
        ("/đăng ký quốc tế", Command.SUBSCRIBE, "quốc tế"),
        ("DK", Command.SUBSCRIBE, ""),
        ("@bantin_bot đăng ký", Command.SUBSCRIBE, ""),
        ("đăng ký, @BanTin_bot", Command.SUBSCRIBE, ""),
        ("huy", Command.UNSUBSCRIBE, ""),
        ("Hủy!", Command.UNSUBSCRIBE, ""),
        ("huỷ", Command.UNSUBSCRIBE, ""),
        ("hủy đăng ký trong nước", Command.UNSUBSCRIBE, "trong nước"),
        ("/stop", Command.UNSUBSCRIBE, ""),
        ("tin moi 5", Command.LATEST, "5"),
        ("Tin mới nhất", Command.LATEST, ""),
        ("/moinhat 3", Command.LATEST, "3"),
        ("moinhat", Command.LATEST, ""),
        ("/latest 3", Command.LATEST, "3"),
        ("chuyên mục", Command.TOPICS, ""),
        ("danh mục", Command.TOPICS, ""),
        ("trợ giúp", Command.HELP, ""),
        ("hướng dẫn", Command.HELP, ""),
        ("help", Command.HELP, ""),
        ("/start quoc-te", Command.START, "quoc-te"),
        ("xóa dữ liệu", Command.ERASE, ""),
        ("dữ liệu", Command.DATA, ""),
        ("quyền riêng tư", Command.PRIVACY, ""),
        ("/kenh @kenhtin", Command.CHANNELS, "@kenhtin"),
        ("  /TROGIUP \n", Command.HELP, ""),
    ],
)
def test_a_command_is_understood_however_it_is_typed(text: str, command: Command, argument: str) -> None:
    typed = read(text, "bantin_bot")

    assert typed is not None
    assert (typed.command, typed.argument) == (command, argument)


@pytest.mark.parametrize(
    "text", ["", "/", "//", "giấy khen", "dkk", "huyện Hủy", "đăng", "/khongco", "tinmoi5"]
)
def test_other_words_are_no_command(text: str) -> None:
    typed = read(text, "bantin_bot")

    assert typed is not None
    assert typed.command is None


def test_a_command_for_another_bot_is_not_ours() -> None:
    assert read("/dangky@bot_khac", "bantin_bot") is None


def test_every_name_of_the_menus_is_understood() -> None:
    commands = [(name, command) for command in Command for name in NAMES[command].values()]

    assert [(name, read(f"/{name}", "b")) for name, command in commands] == [
        (name, Typed(command, "", slash=True)) for name, command in commands
    ]


@given(st.text())
def test_whatever_is_typed_is_read(text: str) -> None:
    typed = read(text, "bantin_bot")

    assert typed is None or isinstance(typed, Typed)
