"""The emulator's parser beside Telegram's own, which TDLib has and which needs no network."""

import importlib
import platform
import sys
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from bot.emulator.telegram.text.html import Entity, HtmlError, parse_html
from tests.emulator.text.markup import texts

WHEELS = {("linux", "x86_64"), ("darwin", "arm64"), ("win32", "AMD64")}
MACHINE = (sys.platform, platform.machine())
pytestmark = pytest.mark.skipif(
    MACHINE not in WHEELS, reason=f"there is no wheel of TDLib for {' on '.join(MACHINE)}"
)
SEED, COUNT = 15, 10_000
KINDS = {
    "Bold": "bold",
    "Italic": "italic",
    "Underline": "underline",
    "Strikethrough": "strikethrough",
    "Spoiler": "spoiler",
    "Code": "code",
    "Pre": "pre",
    "PreCode": "pre",
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "TextUrl": "text_link",
    "CustomEmoji": "custom_emoji",
    "DateTime": "date_time",
}
OF_NOBODY = "MentionName"
"""A person's mention: the bot server drops that of a person whom it does not know."""

Parsed = tuple[str, list[Entity]] | str
"""Text and entities, or the words of the refusal."""


@pytest.fixture(scope="module")
def parse_by_tdlib() -> Callable[[str], Parsed]:
    tdjson = importlib.import_module("tdjson")

    def execute(request: dict[str, Any]) -> Any:
        answer = tdjson.td_execute(orjson.dumps(request))
        assert answer is not None
        return orjson.loads(answer)

    def parse(source: str) -> Parsed:
        mode = {"@type": "textParseModeHTML"}
        answer = execute({"@type": "parseTextEntities", "text": source, "parse_mode": mode})
        if answer["@type"] == "error":
            return str(answer["message"]).removeprefix("Can't parse entities: ")
        return answer["text"], [bot_api_entity(each) for each in answer["entities"] if not of_nobody(each)]

    execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})
    return parse


def of_nobody(entity: dict[str, Any]) -> bool:
    return bool(entity["type"]["@type"] == f"textEntityType{OF_NOBODY}")


def bot_api_entity(entity: dict[str, Any]) -> Entity:
    """Return an entity of TDLib as the bot server tells it."""
    kind = entity["type"]
    told = {"type": KINDS[kind["@type"].removeprefix("textEntityType")]}
    told |= {name: entity[name] for name in ("offset", "length")}
    told |= {name: kind[name] for name in ("url", "language", "custom_emoji_id", "unix_time") if name in kind}
    if "formatting_type" in kind:
        told["date_time_format"] = moment_format(kind["formatting_type"])
    return told


def moment_format(kind: dict[str, Any]) -> str:
    if kind["@type"] == "dateTimeFormattingTypeRelative":
        return "r"
    letters = "w" if kind["show_day_of_week"] else ""
    for letter, name in (("d", "date_precision"), ("t", "time_precision")):
        precision = kind[name]["@type"].removeprefix("dateTimePartPrecision")
        letters += {"None": "", "Short": letter, "Long": letter.upper()}[precision]
    return letters


def parse_by_emulator(source: str) -> Parsed:
    try:
        return parse_html(source)
    except HtmlError as error:
        return str(error)


def test_ten_thousand_texts_are_parsed_or_refused_as_by_tdlib(
    parse_by_tdlib: Callable[[str], Parsed],
) -> None:
    refused = entities = 0
    for source in texts(SEED, COUNT):
        expected = parse_by_tdlib(source)
        assert parse_by_emulator(source) == expected, source
        refused += isinstance(expected, str)
        entities += 0 if isinstance(expected, str) else len(expected[1])

    assert COUNT // 3 < refused < COUNT * 2 // 3, "valid and broken texts are both among them"
    assert entities > COUNT // 3
