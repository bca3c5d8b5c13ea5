import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.domain.news.feed import SourceError
from bot.sources.images import LONGEST_SIDE, prepare
from tests.sources.pictures import picture

PLAIN = picture(300, 200)


def opened(content: bytes) -> Image.Image:
    """Return what a messenger would see of a prepared photo."""
    file = io.BytesIO()
    width, height = prepare(io.BytesIO(content), file)
    image = Image.open(file)
    image.load()
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (width, height))
    return image


def grey(image: Image.Image, x: int, y: int) -> int:
    return image.convert("L").getpixel((x, y))  # type: ignore[return-value]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "BMP"])
def test_a_picture_of_any_kind_becomes_a_jpeg(kind: str) -> None:
    image = opened(picture(300, 200, kind=kind))

    assert image.size == (300, 200)
    assert grey(image, 20, 100) == pytest.approx(60, abs=4)
    assert grey(image, 280, 100) == pytest.approx(200, abs=4)


@pytest.mark.parametrize("mode", ["L", "LA", "1", "P", "RGBA", "CMYK", "I;16"])
def test_a_picture_of_any_mode_keeps_its_light_and_dark(mode: str) -> None:
    kind = {"CMYK": "JPEG", "I;16": "PNG"}.get(mode, "PNG")
    content = picture(300, 200, kind=kind, mode=mode if mode != "I;16" else "L")
    if mode == "I;16":
        image = Image.open(io.BytesIO(content)).convert("I").point(lambda value: value * 256).convert("I;16")
        file = io.BytesIO()
        image.save(file, "PNG")
        content = file.getvalue()

    shown = opened(content)

    assert grey(shown, 20, 100) < 100 < grey(shown, 280, 100)


def test_what_is_transparent_is_white() -> None:
    content = picture(300, 200, kind="PNG", mode="RGBA", corner=(0, 0, 0, 0))

    assert grey(opened(content), 5, 5) > 245


def test_the_first_frame_of_an_animation_is_taken() -> None:
    frames = [Image.new("L", (200, 200), 10 * shade) for shade in (3, 20)]
    frames[0].paste(90, (0, 0, 50, 50))
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])

    assert grey(opened(file.getvalue()), 150, 150) == pytest.approx(30, abs=4)


def test_a_photo_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    image = opened(picture(300, 200, exif=exif))

    assert image.size == (200, 300)
    assert image.getexif().get(0x0112) is None


@pytest.mark.parametrize(
    ("size", "fitted"),
    [
        ((4000, 3000), (1280, 960)),
        ((1000, 5000), (256, 1280)),
        ((1280, 720), (1280, 720)),
        ((120, 100), (120, 100)),
    ],
)
def test_a_large_photo_is_fitted_and_a_small_one_left(size: tuple[int, int], fitted: tuple[int, int]) -> None:
    assert opened(picture(*size)).size == fitted


@pytest.mark.parametrize(
    ("size", "problem"),
    [
        ((16, 16), r"an icon or a spacer \(16×16\)"),
        ((1000, 99), "an icon or a spacer"),
        ((5000, 110), "out of all proportion"),
        ((1900, 100), r"an icon or a spacer \(1280×67\)"),
        ((8000, 7000), r"too large \(8000×7000\)"),
    ],
)
def test_a_picture_of_another_size_is_no_photo(size: tuple[int, int], problem: str) -> None:
    content = picture(*size, kind="PNG", mode="1")

    with pytest.raises(SourceError, match=problem):
        prepare(io.BytesIO(content), io.BytesIO())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (PLAIN[:2000], "broken or cut off"),
        (b"", "not a picture"),
        (b"<html>404</html>", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
    ],
)
def test_what_is_no_photo_is_refused(content: bytes, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        prepare(io.BytesIO(content), io.BytesIO())


def test_a_blank_picture_is_refused() -> None:
    file = io.BytesIO()
    Image.new("RGB", (300, 300), "white").save(file, "PNG")

    with pytest.raises(SourceError, match="blank"):
        prepare(file, io.BytesIO())


def test_a_picture_that_claims_to_be_gigantic_is_not_decoded() -> None:
    content = bytearray(picture(300, 200, kind="PNG"))
    # The size stands at the front of a PNG; its checksum is then wrong, which nobody gets to see.
    content[16:24] = (60_000).to_bytes(4) + (60_000).to_bytes(4)

    with pytest.raises(SourceError, match=r"too large|not a picture|broken"):
        prepare(io.BytesIO(content), io.BytesIO())


@given(st.data())
def test_a_damaged_picture_is_prepared_or_refused(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(SMALL)))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut_off = io.BytesIO(content[: data.draw(st.integers(0, len(content)))])
    file = io.BytesIO()
    try:
        width, height = prepare(cut_off, file)
    except SourceError:
        return
    assert file.getvalue().startswith(b"\xff\xd8")
    assert max(width, height) <= LONGEST_SIDE


SMALL = [picture(120, 100, kind=kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "BMP")]
