"""docs/architecture.md is held to the code: its folders, the modules that it names, and the data model."""

import re
from pathlib import Path

from tests.docs.data_model import data_model

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def packages(folder: Path) -> set[str]:
    return {path.parent.name for path in folder.glob("*/__init__.py")}


def test_the_page_names_every_folder_and_what_is_in_it() -> None:
    table = PAGE.partition("## The folders")[2].partition("\n## ")[0]

    named = set(re.findall(r"`([a-z0-9_]+)`", table))

    folders = packages(ROOT / "bot")
    large = {"cli", "commands", "domain", "emulator", "services", "sources", "store"}
    assert folders | {inner for name in large for inner in packages(ROOT / "bot" / name)} <= named


def test_the_ways_lead_through_modules_that_there_are() -> None:
    ways = re.findall(r"\b(?:services|store|sources|domain|commands|web)(?:/[a-z_]+)+", PAGE)

    missing = [way for way in ways if not (_is_there(way) or _is_there(way.rpartition("/")[0]))]
    assert (len(ways) > 10, missing) == (True, [])


def _is_there(way: str) -> bool:
    path = ROOT / "bot" / way
    return path.is_dir() or path.with_suffix(".py").exists()


def test_the_data_model_is_that_of_the_schema() -> None:
    assert data_model() in PAGE
