"""Command menus: setMyCommands, getMyCommands, deleteMyCommands, and which menu a person sees."""

import re
from typing import Any

from bot.emulator.telegram.methods.languages import language_code
from bot.emulator.telegram.rules.errors import ApiError, bad_request
from bot.emulator.telegram.text.markup import Json
from bot.emulator.telegram.world.access import Access, find_chat
from bot.emulator.telegram.world.registry import Call, method
from bot.emulator.telegram.world.world import Bot, Chat

_MAX_COMMANDS = 100
_MAX_NAME = 32
_MAX_DESCRIPTION = 256
_NAME = re.compile(r"[a-z0-9_]+")
_WIDE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_OF_CHAT = frozenset({"chat", "chat_administrators", "chat_member"})

Scope = tuple[Any, ...]


async def _set(call: Call) -> Any:
    commands = _commands(call)
    scope = _scope(call)
    call.bot.commands[(*scope, _language(call))] = commands
    return True


async def _get(call: Call) -> Any:
    scope = _scope(call)
    return call.bot.commands.get((*scope, _language(call)), [])


async def _delete(call: Call) -> Any:
    scope = _scope(call)
    call.bot.commands.pop((*scope, _language(call)), None)
    return True


def _commands(call: Call) -> list[Json]:
    call.arguments.required("commands")
    given = call.arguments.json("commands", "Can't parse commands JSON object")
    if not isinstance(given, list):
        raise bad_request("Expected an Array of BotCommand")
    if len(given) > _MAX_COMMANDS:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    return [_command(item) for item in given]


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    for name in ("command", "description"):
        if not isinstance(item.get(name), str):
            raise bad_request(f"Can't parse BotCommand: Can't find field \"{name}\"")
    name, description = item["command"].strip().removeprefix("/"), item["description"].strip()
    if not name:
        raise bad_request("Command must be non-empty")
    if len(name) > _MAX_NAME:
        raise bad_request("Command length must not exceed 32")
    if not _NAME.fullmatch(name):
        raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
    if not description:
        raise bad_request("Command description must be non-empty")
    if len(description) > _MAX_DESCRIPTION:
        raise bad_request("Command description length must not exceed 256")
    return {"command": name, "description": description}


def _language(call: Call) -> str:
    return language_code(call.arguments.text("language_code"))


def _scope(call: Call) -> Scope:
    given = call.arguments.json("scope", "Can't parse BotCommandScope JSON object")
    if given is None:
        return ("default",)
    if not isinstance(given, dict):
        raise bad_request("Object expected as BotCommandScope")
    kind = str(given.get("type"))
    if kind in _WIDE:
        return (kind,)
    if kind not in _OF_CHAT:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    return _chat_scope(call, kind, given)


def _chat_scope(call: Call, kind: str, given: Json) -> Scope:
    if not given.get("chat_id"):
        raise bad_request("Can't parse BotCommandScope: Can't find field \"chat_id\"")
    chat = find_chat(call.state, call.bot, str(given["chat_id"]), Access.READ_MEMBERS)
    if chat.type == "channel":
        raise bad_request("Can't change commands in channel chats")
    if kind != "chat" and chat.type == "private":
        raise bad_request("Can't use specified scope in private chats")
    if kind != "chat_member":
        return (kind, chat.id)
    if type(given.get("user_id")) is not int:
        raise bad_request("Can't parse BotCommandScope: Can't find field \"user_id\"")
    if given["user_id"] <= 0:
        raise bad_request("Can't parse BotCommandScope: Invalid user_id specified")
    return (kind, chat.id, given["user_id"])


def menu(bot: Bot, chat: Chat, user: int, language: str) -> list[Json]:
    """Return the commands that *user* sees. Bot API: the narrowest scope wins, its language first."""
    if chat.type == "private":
        scopes: list[Scope] = [("chat", chat.id), ("all_private_chats",), ("default",)]
    else:
        scopes = [("chat_member", chat.id, user)]
        admin = chat.member(user).status in {"creator", "administrator"}
        if admin:
            scopes.append(("chat_administrators", chat.id))
        scopes.append(("chat", chat.id))
        if admin:
            scopes.append(("all_chat_administrators",))
        scopes += [("all_group_chats",), ("default",)]
    for scope in scopes:
        for spoken in (language, "") if language else ("",):
            if bot.commands.get((*scope, spoken)):
                return bot.commands[(*scope, spoken)]
    return []


METHODS = (
    method("setMyCommands", _set, "commands", "scope", "language_code"),
    method("getMyCommands", _get, "scope", "language_code"),
    method("deleteMyCommands", _delete, "scope", "language_code"),
)
