"""Turning bytes into a photo as Telegram does: read, measured, scaled."""

import io

from PIL import Image

from bot.emulator.telegram.media.files import FileStore, Photo, Picture
from bot.emulator.telegram.rules.errors import ApiError, bad_request

MAX_UPLOAD = 10 * 1024 * 1024
_SIDES = (90, 320, 800, 1280, 2560)
_MAX_SUM = 10_000
_MAX_RATIO = 20
_OTHER_EXTENSIONS = (".webp", ".svg", ".heic", ".avif", ".pdf", ".txt", ".html", ".zip", ".mp4", ".mov")
_FORMATS = ("JPEG", "GIF", "PNG", "TIFF", "BMP")


def stored_photo(store: FileStore, content: bytes) -> Photo:
    """Read *content*, keep it in the usual sizes and return the photo; refuse what is none."""
    image = opened(content)
    width, height = image.size
    if width + height > _MAX_SUM or max(width, height) > _MAX_RATIO * min(width, height):
        raise ApiError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
    picture = image.convert("RGB")
    sizes: list[Picture] = []
    for side in _SIDES:
        scale = min(1.0, side / max(width, height))
        scaled = (
            picture
            if scale == 1.0
            else picture.resize(
                (max(1, round(width * scale)), max(1, round(height * scale))), Image.Resampling.BILINEAR
            )
        )
        data = content if scale == 1.0 and image.format == "JPEG" else _jpeg(scaled)
        sizes.append(Picture(store.keep(data, "image/jpeg"), scaled.width, scaled.height, len(data)))
        if scale == 1.0:
            break
    photo = Photo(tuple(sizes))
    store.add_photo(photo)
    return photo


def opened(content: bytes) -> Image.Image:
    """Return the picture, decoded unless its size alone is enough to refuse it."""
    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
        if sum(image.size) <= _MAX_SUM:
            image.load()
    except Exception:  # noqa: BLE001 -- Pillow's decoders raise anything on broken bytes
        raise ApiError(400, "Bad Request: IMAGE_PROCESS_FAILED") from None
    return image


def check_name(name: str) -> None:
    """Refuse the name of another kind of file; clients that know no name make one up, which is fine."""
    if name.lower().endswith(_OTHER_EXTENSIONS):
        raise bad_request("Photo has unsupported extension. Use one of .jpg, .jpeg, .gif, .png, .tif or .bmp")


def _jpeg(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=87)
    return buffer.getvalue()
