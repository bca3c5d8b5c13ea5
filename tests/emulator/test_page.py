import re

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.emulator import page

PARTS = sorted(str(path.relative_to(page.FOLDER)) for path in page.FOLDER.rglob("*") if path.is_file())


async def answer(path: str) -> tuple[int, dict[str, str], str]:
    app = web.Application()
    page.mount(app)
    async with TestClient(TestServer(app)) as client:
        response = await client.get(path)
        return response.status, dict(response.headers), await response.text()


@pytest.mark.parametrize("path", ["/", "/static/js/main.js", "/static/css/theme.css", "/static/icon.svg"])
async def test_everything_comes_with_the_policy_that_runs_only_our_own_code(path: str) -> None:
    status, headers, _ = await answer(path)

    assert status == 200
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-cache"


async def test_every_part_that_the_page_names_is_there() -> None:
    _, _, text = await answer("/")

    named = re.findall(r'(?:href|src)="/static/([^"]+)"', text)
    assert len(named) > 5
    assert set(named) <= set(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_no_part_asks_anything_of_the_internet(part: str) -> None:
    text = (page.FOLDER / part).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")

    assert not re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}", text)
