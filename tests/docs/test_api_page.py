"""docs/api.md and its translation are held to the API: their examples are run, and their tables compared."""

import asyncio
import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.domain.desk.api_keys import ApiScope
from bot.services.operations.retention import SUBMISSIONS_KEPT
from bot.store.engine.database import Database
from bot.web.api import models
from bot.web.api.access import OF_A_KEY, OF_AN_ADDRESS
from bot.web.api.models import PostedContent
from bot.web.api.problems import PROBLEMS
from bot.web.webhook import LARGEST_BODY
from tests.web.api.world import ApiWorld

PAGES = sorted((Path(__file__).parents[2] / "docs").glob("api*.md"))
page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)


def fenced(page: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@page
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
async def test_the_examples_do_what_the_page_says(page: Path, sqlite_db: Database) -> None:
    async with ApiWorld.serve(sqlite_db) as api:
        token = (await api.key("cms", *ApiScope)).token
        commands = [each for each in fenced(page, "sh") if each.startswith("curl")]
        answers = [await run(command, API_KEY=token, API_URL=api.url) for command in commands]

    posted, listed, one, topics, figures, recalled = answers
    shown, fate, counted, problem = map(json.loads, fenced(page, "json"))
    assert (posted.keys(), posted["state"], posted["title"]) == (shown.keys(), shown["state"], shown["title"])
    assert listed == {"items": [posted], "next_cursor": None}
    assert one == {**posted, "deliveries": {"sent": 0, "waiting": 0, "not_sent": 0, "is_growing": False}}
    assert one["deliveries"].keys() == fate.keys()
    assert [topic["id"] for topic in topics["items"]] == ["trong-nuoc", "quoc-te"]
    assert figures["items"][0].keys() == counted.keys()
    assert (recalled["id"], recalled["state"]) == (posted["id"], "recalled")
    assert problem.keys() == models.ShownProblem.model_fields.keys()


async def run(command: str, **variables: str) -> Any:
    """Run an example as a person would, and return what it answers."""
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", command, env={**os.environ, **variables}, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    return json.loads(out)


@page
def test_every_problem_field_and_scope_is_explained_with_its_limits(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.splitlines() if line.startswith("| ")]

    problems = {(row[1].strip(), row[2].strip(" `")) for row in rows if row[1].strip().isdigit()}
    named = {name for row in rows for name in re.findall(r"^ `([\w:]+)` $", row[1])}

    assert problems == {(str(int(known.status)), code.value) for code, known in PROBLEMS.items()}
    assert named == {*PostedContent.model_fields, *ApiScope}
    numbers = {OF_A_KEY.requests, OF_AN_ADDRESS.requests, SUBMISSIONS_KEPT.days, LARGEST_BODY // 1024}
    limits = {models.LONGEST_TITLE, models.MOST_ATTACHMENTS, models.LONGEST_SUMMARY, models.MOST_DAYS}
    written = re.sub(r"(?<=\d)[.,](?=\d{3})", "", text)
    assert {str(number) for number in numbers | limits} <= set(re.findall(r"\d+", written))
