"""Which text of a flow is body, which is a caption, and which is neither."""

import re
from dataclasses import dataclass

from bot.domain.article import Photo
from bot.domain.text import fold, sentences
from bot.sources.flow import BOLD, CAPTION, CENTRED, HEADING, LINKED, RIGHT, SLANTED, Block, Flow, Picture
from bot.sources.pictures import absolute

_LONGEST_MARKED = 400
_LONGEST_BARE = 200
_LONGEST_SENTENCE = 120
_LONGEST_BYLINE = 80

_TERMINATED = re.compile(r"[.!?:;…][\"'”’)]*\Z")
_PICTURE_WORDS = re.compile(r"(?:anh|hinh|toan canh|quang canh|photo|picture)\b")
_BYLINE = re.compile(
    r"(?:nguon|theo|tin|anh|bai|tin,? anh|tac gia|bien tap|phong vien|pv|source|by|author|cuc|vu|vien|trung tam|van phong"
    r"|phong|ban|bo|so|to|thanh tra|truong|hoi|dang uy|dang bo|chi bo|cong doan|doan thanh nien|ubnd)\b"
)
_NOISE = frozenset((
    "xem voi co chu", "doc bai viet", "tuong phan", "xem voi co chu doc bai viet tuong phan", "xuat ban thong tin",
    "in trang", "in bai viet", "in", "gui email", "gui cho ban be", "chia se", "quay lai", "ve trang truoc",
    "tro ve", "dau trang", "doc bai", "nghe doc bai", "a- a a+", "a a", "a+ a-", "facebook", "twitter", "zalo",
    "binh luan", "gui binh luan", "luot xem", "back", "print", "share", "font size",
))  # fmt: skip
_VIEWS = re.compile(r"(?:so )?luot (?:xem|truy cap|doc)\s*:?\s*[0-9.,]*")
_RELATED = re.compile(
    r"(?:cac )?(?:tin|bai|bai viet|tin bai)(?: tuc)? (?:lien quan|khac|cu hon|moi hon|moi nhat|cung chuyen muc|da dua)"
    r"|tin moi|related (?:news|articles|posts)|other news|xem them"
)


@dataclass(frozen=True, slots=True)
class Story:
    """What a flow tells: paragraphs of text, and photos with their captions."""

    body: tuple[str, ...]
    photos: tuple[Photo, ...]


def story(items: Flow, *, base_url: str) -> Story:
    """Return the paragraphs and the captioned photos of *items*."""
    told = _without_related([item for item in items if not (isinstance(item, Block) and is_noise(item.text))])
    captions = _captions(told)
    taken = {id(block) for blocks in captions.values() for block in blocks}
    blocks = [
        item
        for item in told
        if isinstance(item, Block) and id(item) not in taken and not item.styles & CAPTION
    ]
    photos: dict[str, Photo] = {}
    for item in told:
        if isinstance(item, Picture) and (address := absolute(item.address, base=base_url)):
            caption = " ".join(block.text for block in captions.get(id(item), ()))
            known = photos.get(address)
            if known is None or not known.caption:
                photos[address] = Photo(address, caption)
    body = _without_byline(blocks, closes_with_caption=bool(told) and id(told[-1]) in taken)
    return Story(tuple(block.text for block in body), tuple(photos.values()))


def is_noise(text: str) -> bool:
    """Say whether *text* is a label of the portal's own controls."""
    if len(text) > _LONGEST_BYLINE:
        return False
    bare = fold(text).strip(" .:|»«<>-")
    return not any(c.isalnum() for c in bare) or bare in _NOISE or _VIEWS.fullmatch(bare) is not None


def _captions(items: Flow) -> dict[int, list[Block]]:
    """Return the captions of each picture: those that follow a run of pictures are shared out in order."""
    shared: dict[int, list[Block]] = {}
    at = 0
    while at < len(items):
        run: list[Picture] = []
        while at < len(items) and isinstance(picture := items[at], Picture):
            run.append(picture)
            at += 1
        if not run:
            at += 1
            continue
        found = _captions_at(items, at, run)
        for picture, blocks in zip(run[-len(found) :], found, strict=False):
            shared[id(picture)] = blocks
        at += sum(len(blocks) for blocks in found)
    return shared


def _captions_at(items: Flow, at: int, run: list[Picture]) -> list[list[Block]]:
    found: list[list[Block]] = []
    for index in range(at, len(items)):
        block = items[index]
        if not isinstance(block, Block):
            break
        if found and _continues(found[-1][-1], block):
            found[-1].append(block)
        elif len(found) < len(run) and _is_caption(block, run[-1], is_last=index == len(items) - 1):
            found.append([block])
        else:
            break
    return found


def _continues(caption: Block, block: Block) -> bool:
    """Say whether *block* is the rest of a caption that was broken into two paragraphs."""
    if block.frame is not caption.frame or block.styles & CAPTION != caption.styles & CAPTION:
        return False
    marked = bool(block.styles & caption.styles & (CENTRED | SLANTED | CAPTION))
    return marked and (block.text[0].islower() or caption.text.endswith((",", "-", "–")))


def _is_caption(block: Block, picture: Picture, *, is_last: bool) -> bool:
    text, length = block.text, len(block.text)
    if block.styles & CAPTION:
        return True
    if block.styles & HEADING or length > _LONGEST_MARKED:
        return False
    is_single = len(sentences(text)) == 1
    if picture.frame is not None and block.frame is picture.frame:
        return True
    if block.styles & (CENTRED | SLANTED):
        return is_single or length <= _LONGEST_BARE
    if block.styles & RIGHT or (is_last and _looks_like_byline(text)):
        return False
    if length > _LONGEST_BARE or (block.styles & BOLD and block.holder is not picture.holder):
        return False
    if not _TERMINATED.search(text):
        return True
    if text.endswith((":", ";", "./.")) or not is_single:
        return False
    return length <= _LONGEST_SENTENCE or _PICTURE_WORDS.match(fold(text)) is not None


def _without_byline(blocks: list[Block], *, closes_with_caption: bool) -> list[Block]:
    """Return *blocks* without the author's or source's lines at the end."""
    closed = any(block.text.endswith("./.") for block in blocks) or closes_with_caption
    end = len(blocks)
    while end > 1 and _is_byline(blocks[end - 1], closed=closed):
        end -= 1
    return blocks[:end]


def _is_byline(block: Block, *, closed: bool) -> bool:
    text = block.text
    if len(text) > _LONGEST_BYLINE or text.endswith("./."):
        return False
    bare = text.strip("()[] ")
    if (
        re.match(r"(?:nguon|theo|tac gia|source)\b\s*[:.]?", fold(bare))
        and len(sentences(bare)) == 1
        and (":" in bare or len(bare.split()) <= 6)
    ):
        return True
    if _TERMINATED.search(bare):
        return False
    is_styled = bool(block.styles & (RIGHT | BOLD | SLANTED))
    return closed or is_styled or _looks_like_byline(bare)


def _looks_like_byline(text: str) -> bool:
    bare = text.strip("()[] ")
    if len(bare) > _LONGEST_BYLINE or _TERMINATED.search(bare) or len(bare.split()) > 10:
        return False
    return _BYLINE.match(fold(bare)) is not None


def _without_related(items: Flow) -> Flow:
    """Return *items* up to a list of other articles at the end."""
    for index, item in enumerate(items):
        if index and isinstance(item, Block) and len(item.text) <= _LONGEST_BYLINE:
            rest = items[index + 1 :]
            is_list = bool(rest) and all(
                isinstance(other, Picture) or other.styles & LINKED for other in rest
            )
            if _RELATED.match(fold(item.text).strip(" :>»-.")) and (is_list or not rest):
                return items[:index]
    return items
