"""The documents name what there is: metrics, alerts, settings, keys, files and examples."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from bot.domain.chats.alert import AlertKind
from bot.metrics import Metrics
from bot.settings.feeds_file import FeedDefinition, TopicDefinition, load_sources
from bot.settings.settings import Settings
from bot.sources.html.presets import LISTING_PARTS, PAGE_PARTS, PRESETS

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")})
GUIDES = sorted(ROOT.glob("docs/operations*.md"))
RULES = (ROOT / "docs/monitoring/alerts.yml").read_text(encoding="utf-8")
DASHBOARD = (ROOT / "docs/monitoring/dashboard.json").read_text(encoding="utf-8")


def metric_families() -> set[str]:
    return {
        f"{family.name}_total" if family.type == "counter" else family.name
        for family in Metrics().registry.collect()
        if family.name.startswith("bantin_")
    }


def settings_keys() -> set[str]:
    sections = {name: field.annotation for name, field in Settings.model_fields.items()}
    return {
        f"{section}.{key}"
        for section, model in sections.items()
        if isinstance(model, type) and issubclass(model, BaseModel)
        for key in model.model_fields
    }


def fenced(document: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", document.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_guide_lists_every_metric_and_no_other(guide: Path) -> None:
    named = set(re.findall(r"`(bantin_\w+)`", guide.read_text(encoding="utf-8")))

    assert named == metric_families()


@pytest.mark.parametrize("text", [RULES, DASHBOARD], ids=["alert rules", "dashboard"])
def test_rules_and_dashboard_ask_for_metrics_that_there_are(text: str) -> None:
    asked = {re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"\bbantin_\w+", text)}

    assert asked <= metric_families()
    assert asked


def test_the_dashboard_shows_every_metric() -> None:
    asked = {re.sub(r"_(bucket|sum|count)$", "", name) for name in re.findall(r"\bbantin_\w+", DASHBOARD)}

    assert asked == metric_families()


def test_the_dashboard_has_panels_that_do_not_overlap() -> None:
    places = [panel["gridPos"] for panel in json.loads(DASHBOARD)["panels"]]

    cells = [
        (column, row)
        for place in places
        for column in range(place["x"], place["x"] + place["w"])
        for row in range(place["y"], place["y"] + place["h"])
    ]

    assert len(cells) == len(set(cells))
    assert all(place["x"] + place["w"] <= 24 for place in places)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_guide_says_what_each_alert_means(guide: Path) -> None:
    rows = {
        line.split("|")[1].strip()
        for line in guide.read_text(encoding="utf-8").splitlines()
        if re.match(r"\| (chat: |`Bantin)", line)
    }

    rules = {f"`{name}`" for name in re.findall(r"- alert: (\w+)", RULES)}
    assert rows == rules | {f"chat: {kind.value}" for kind in AlertKind}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_settings_that_there_are(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    sections = "|".join(Settings.model_fields)

    named = set(re.findall(rf"`((?:{sections})\.[a-z_]+)`", text)) - {"log.format"}
    variables = set(re.findall(r"BANTIN_([A-Z]+)__([A-Z_]+?)(?:_FILE)?\b", text))

    keys = settings_keys()
    assert named <= keys
    assert {f"{section}.{key}".lower() for section, key in variables} <= keys | {"section.key"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_lead_to_files_and_headings_that_there_are(document: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text(encoding="utf-8"))

    missing = []
    for link in links:
        if re.match(r"https?://", link):
            continue
        name, _, anchor = link.partition("#")
        file = document.parent / name if name else document
        if not file.exists() or (anchor and anchor not in anchors(file)):
            missing.append(link)
    assert missing == []


def anchors(document: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_page_on_feeds_explains_every_key_part_and_preset() -> None:
    text = (ROOT / "docs/feeds.md").read_text(encoding="utf-8")

    explained = {
        word for line in text.splitlines() if line.startswith("|") for word in re.findall(r"`([\w-]+)`", line)
    }

    wanted = {
        *TopicDefinition.model_fields,
        *FeedDefinition.model_fields,
        *LISTING_PARTS,
        *PAGE_PARTS,
        *PRESETS,
    }
    assert wanted - explained == set()


@pytest.mark.parametrize("example", fenced(ROOT / "docs/feeds.md", "toml"))
def test_the_examples_of_feeds_can_be_used_as_they_stand(example: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(example, encoding="utf-8")

    topics, _ = load_sources(tmp_path, Settings())

    assert topics


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_examples_of_settings_can_be_used_as_they_stand(guide: Path) -> None:
    examples: list[dict[str, Any]] = [tomllib.loads(each) for each in fenced(guide, "toml")]

    keys = {f"{section}.{key}" for each in examples for section, values in each.items() for key in values}

    assert keys <= settings_keys()
    assert keys
