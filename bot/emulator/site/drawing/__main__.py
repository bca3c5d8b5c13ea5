"""Draw the photos anew: `python -m bot.emulator.site.drawing`."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from bot.emulator.site.drawing import meetings, outdoors, rooms

SCENES = {
    "hoi-nghi": meetings.conference,
    "trao-giay-khen": meetings.award,
    "ky-ket": meetings.signing,
    "thu-vien": rooms.library,
    "dich-vu-truc-tuyen": rooms.online_service,
    "thanh-pho-bien": outdoors.seaside_city,
    "doi-che": outdoors.tea_hills,
    "gac-co": outdoors.pavilion,
    "hoi-nghi-quoc-te": meetings.assembly,
}


LARGEST = 60_000


def jpeg(picture: Image.Image) -> bytes:
    """Return *picture* at the best quality that keeps it below LARGEST bytes."""
    for quality in range(90, 30, -2):
        content = BytesIO()
        picture.save(content, "JPEG", quality=quality, optimize=True, progressive=True)
        if content.tell() < LARGEST:
            return content.getvalue()
    raise ValueError(f"the picture does not fit into {LARGEST} bytes")


def main() -> None:
    folder = Path(__file__).parent.parent / "photos"
    for name, scene in SCENES.items():
        (folder / f"{name}.jpg").write_bytes(jpeg(scene().finished()))


if __name__ == "__main__":
    main()
