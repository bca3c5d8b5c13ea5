from typing import Any

import pytest

from tests.emulator.client import AN, BINH, CHANNEL, GROUP, OWNER, Client


def named(name: str) -> list[dict[str, str]]:
    return [{"command": name, "description": name}]


async def menu(client: Client, chat: int, user: int, language: str = "vi") -> list[str]:
    commands = await client.look("commands", chat=chat, user=user, language=language)
    return [command["command"] for command in commands]


async def test_the_narrowest_scope_wins_with_its_language_first(client: Client) -> None:
    scopes: list[tuple[str, dict[str, Any]]] = [
        ("all", {}),
        ("alle", {"language_code": "de"}),
        ("people", {"scope": {"type": "all_private_chats"}}),
        ("groups", {"scope": {"type": "all_group_chats"}}),
        ("admins", {"scope": {"type": "all_chat_administrators"}}),
        ("this", {"scope": {"type": "chat_member", "chat_id": GROUP, "user_id": BINH}}),
    ]
    for name, where in scopes:
        await client.result("setMyCommands", commands=named(name), **where)

    menus = [
        await menu(client, AN, AN),
        await menu(client, GROUP, OWNER),
        await menu(client, GROUP, BINH),
        await menu(client, GROUP, AN),
    ]

    assert menus == [["people"], ["admins"], ["this"], ["groups"]]


async def test_deleted_commands_give_way_to_wider_ones(client: Client) -> None:
    await client.result("setMyCommands", commands=named("all"))
    await client.result("setMyCommands", commands=named("alle"), language_code="de")
    before = await menu(client, AN, AN, "de")

    await client.result("deleteMyCommands", language_code="de")

    own = await client.result("getMyCommands", language_code="de")
    assert (before, await menu(client, AN, AN, "de"), own) == (["alle"], ["all"], [])


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({}, 'parameter "commands" is required'),
        ({"commands": "x"}, "can't parse commands JSON object"),
        ({"commands": {}}, "expected an Array of BotCommand"),
        ({"commands": [{"command": "a"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": named("Đăng")}, "BOT_COMMAND_INVALID"),
        ({"commands": named("x" * 33)}, "command length must not exceed 32"),
        ({"commands": [{"command": "a", "description": " "}]}, "command description must be non-empty"),
        (
            {"commands": [{"command": "a", "description": "x" * 257}]},
            "command description length must not exceed 256",
        ),
        ({"commands": named("a") * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": named("a"), "language_code": "vie"}, "invalid language code specified"),
        (
            {"commands": named("a"), "scope": {"type": "moon"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ({"commands": named("a"), "scope": {"type": "chat", "chat_id": 777}}, "chat not found"),
        ({"commands": named(" / ")}, "command must be non-empty"),
        (
            {"commands": named("a"), "scope": {"type": ["chat"]}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        (
            {"commands": named("a"), "scope": {"type": "chat", "chat_id": CHANNEL}},
            "can't change commands in channel chats",
        ),
        (
            {"commands": named("a"), "scope": {"type": "chat_administrators", "chat_id": AN}},
            "can't use specified scope in private chats",
        ),
        (
            {"commands": named("a"), "scope": {"type": "chat_member", "chat_id": GROUP, "user_id": 0}},
            "can't parse BotCommandScope: Invalid user_id specified",
        ),
    ],
)
async def test_wrong_commands_are_refused(client: Client, arguments: dict[str, Any], refusal: str) -> None:
    assert await client.refusal("setMyCommands", **arguments) == (400, f"Bad Request: {refusal}")


async def test_a_bot_describes_itself_per_language(client: Client) -> None:
    await client.result("setMyDescription", description="Tin tức")
    await client.result("setMyDescription", description="News", language_code="en")

    described = [(await client.result("getMyDescription", language_code=code)) for code in ("en", "de")]

    assert described == [{"description": "News"}, {"description": "Tin tức"}]


@pytest.mark.parametrize(
    ("method", "field", "longest"),
    [
        ("setMyName", "name", 64),
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ],
)
async def test_what_a_bot_says_of_itself_has_a_limit(
    client: Client, method: str, field: str, longest: int
) -> None:
    await client.result(method, **{field: "đ" * longest})

    assert (await client.refusal(method, **{field: "đ" * (longest + 1)}))[0] == 400


async def test_the_menu_button_is_kept(client: Client) -> None:
    await client.result("setChatMenuButton", menu_button={"type": "commands"})
    refused = await client.refusal("setChatMenuButton", menu_button={"type": "bell"})

    button = await client.result("getChatMenuButton", chat_id=AN)
    assert (button, refused[0]) == ({"type": "commands"}, 400)


async def test_a_bot_that_logged_out_is_out(client: Client) -> None:
    await client.result("logOut")

    assert await client.refusal("getMe") == (400, "Logged out")


async def test_close_is_refused_in_the_first_ten_minutes(client: Client) -> None:
    early = await client.refusal("close")
    await client.pass_time(600)

    assert (early[0], await client.result("close")) == (429, True)


async def test_a_chat_is_described(client: Client) -> None:
    chat = await client.result("getChat", chat_id="@kenh_tin")

    admins = await client.result("getChatAdministrators", chat_id=CHANNEL)
    count = await client.result("getChatMemberCount", chat_id=GROUP)
    assert (chat["id"], chat["active_usernames"], [a["status"] for a in admins], count) == (
        CHANNEL,
        ["kenh_tin"],
        ["creator", "administrator"],
        3,
    )


async def test_a_chat_that_was_left_refuses_messages(client: Client) -> None:
    await client.result("leaveChat", chat_id=GROUP)

    assert await client.refusal("sendMessage", chat_id=GROUP, text="x") == (
        403,
        "Forbidden: bot is not a member of the group chat",
    )
