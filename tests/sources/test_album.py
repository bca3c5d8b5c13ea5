"""What an album of large pictures costs: they go from file to file, and never through memory whole."""

import asyncio
import io
import os
import sys
from pathlib import Path

from PIL import Image

from tests.sources.pictures import picture
from tests.sources.site import running_site

ROOT = Path(__file__).parents[2]
MOST = 60_000_000


def large() -> bytes:
    """Return a picture of twelve million pixels of noise, and nearly twenty million bytes."""
    noise = Image.frombytes("RGB", (4_000, 3_000), os.urandom(36_000_000))
    file = io.BytesIO()
    noise.save(file, "JPEG", quality=92)
    # What follows the picture's end is nothing to a reader of it.
    return file.getvalue()[:19_900_000].ljust(19_900_000, b"\0")


async def test_an_album_of_ten_pictures_of_twenty_megabytes_takes_sixty_more() -> None:
    content = await asyncio.to_thread(large)
    async with running_site() as site:
        small = [site.answers(f"/small/{n}.jpg", picture(900, 600)) for n in range(4)]
        urls = [site.answers(f"/{n}.jpg", content) for n in range(10)]
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.sources.album", *small, "--", *urls),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        output, _ = await process.communicate()

    (before, _), (after, fetched) = (map(int, line.split()) for line in output.decode().splitlines())
    assert fetched == 10
    assert after - before <= MOST
