"""Pictures of any common kind to the one kind that every messenger takes: a JPEG of sane size."""

import warnings
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.domain.news.feed import SourceError

LONGEST_SIDE = 1280
"""Telegram's apps show photos at most this large; more would only cost everyone's bandwidth."""
MOST_PIXELS = 50_000_000
MOST_OBLONG = 20
"""Bot API: width and height of a photo differ by a factor of at most 20."""
SHORTEST_SIDE = 100
_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP")
_WHITE = "#ffffff"


def prepare(original: Path | BinaryIO, prepared: Path | BinaryIO) -> tuple[int, int]:
    """Write the picture *original* as the JPEG *prepared* and return width and height.

    It stands upright, on white, and is at most LONGEST_SIDE long. They are files, for a picture may be large;
    it is read piece by piece. Raise SourceError for what is no picture, an icon or spacer, blank, out of all
    proportion or too large.
    """
    try:
        with warnings.catch_warnings():
            # The size is judged below, by our own measure.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(original, formats=_FORMATS) as picture:
                _check_size(*picture.size)
                return _write_jpeg(_fitted(picture), prepared)
    except (SourceError, MemoryError):
        raise
    except UnidentifiedImageError:
        raise SourceError("it is not a picture of a known kind") from None
    except Exception as error:
        # Pillow's decoders raise OSError, SyntaxError, struct.error and others on broken files.
        raise SourceError(f"it is broken or cut off ({type(error).__name__})") from error


def _check_size(width: int, height: int) -> None:
    if min(width, height) < SHORTEST_SIDE:
        raise SourceError(f"it is an icon or a spacer ({width}×{height})")
    if max(width, height) > MOST_OBLONG * min(width, height):
        raise SourceError(f"it is out of all proportion ({width}×{height})")
    if width * height > MOST_PIXELS:
        raise SourceError(f"it is too large ({width}×{height})")


def _fitted(picture: Image.Image) -> Image.Image:
    """Return the first frame of *picture*, shrunk before anything else is done with it."""
    # A JPEG can be decoded at half or a quarter of its size at once.
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    plain = _on_white(upright)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    _check_size(*plain.size)
    return plain


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        # Pillow would clip 16 bits of grey to white.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        layered = picture.convert("RGBA")
        ground = Image.new("RGBA", layered.size, _WHITE)
        picture = Image.alpha_composite(ground, layered)
    return picture.convert("RGB")


def _write_jpeg(picture: Image.Image, file: Path | BinaryIO) -> tuple[int, int]:
    if picture.getcolors(maxcolors=1):
        raise SourceError("it is blank")
    picture.save(file, "JPEG", quality=_QUALITY, optimize=True, icc_profile=picture.info.get("icc_profile"))
    return picture.size
