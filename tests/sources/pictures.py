"""Pictures made for the tests."""

import io
from typing import Any

from PIL import Image


def picture(
    width: int, height: int, *, kind: str = "JPEG", mode: str = "RGB", corner: Any = None, **save: Any
) -> bytes:
    """Return a grey picture with a darker left half; *corner* is the colour of its first square."""
    image = Image.new("L", (width, height), 200)
    image.paste(60, (0, 0, width // 2, height))
    drawn = image.convert(mode)
    if corner is not None:
        drawn.paste(corner, (0, 0, 20, 20))
    file = io.BytesIO()
    drawn.save(file, kind, **save)
    return file.getvalue()
