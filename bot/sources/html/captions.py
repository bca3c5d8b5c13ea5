"""Which text of a flow is body, which is a caption, and which is neither."""

import re
from dataclasses import dataclass
from itertools import islice

from bot.domain.news.address import is_same_site, site_of
from bot.domain.news.article import Photo
from bot.domain.text.text import fold, sentences
from bot.sources.html.blocks import Block, Flow, Picture
from bot.sources.html.styles import BOLD, CAPTION, CENTRED, HEADING, LINKED, RIGHT, SLANTED
from bot.sources.text.urls import absolute

_LONGEST_MARKED = 400
_LONGEST_BARE = 300
_LONGEST_SENTENCE = 150
_LONGEST_LABEL = 80
_AROUND = " :>»-.,;|/"
_MOST_WORDS_OF_BYLINE = 10
_MOST_WORDS_OF_NAME = 5

_TERMINATED = re.compile(r"[.!?:;…][\"'”’)]*\Z")
_SHOWS_SOMETHING = re.compile(
    r"(?:anh|hinh|toan canh|quang canh)\b"
    r"|.*\b(?:luu niem|chup anh|anh\s*:)"
    r"|(?:dong chi|ong|ba|cac dai bieu|dai bieu|lanh dao)\b.*\b(?:phat bieu|trao|tang|ky|trinh bay|tham quan"
    r"|chu tri|dieu hanh|khai mac|be mac|tham du)\b"
)
_BYLINE = re.compile(
    r"(?:nguon|theo|tin|anh|bai|tac gia|bien tap|phong vien|pv|source|by|author|cuc|vu|vien|trung tam"
    r"|van phong|phong|ban|bo|so|to|thanh tra|truong|hoi|dang uy|dang bo|chi bo|cong doan"
    r"|doan thanh nien|ubnd)\b"
)
_SOURCE = re.compile(r"(?:nguon|theo|tac gia|source|tin|anh|bai)(?:,? (?:anh|bai))?\s*:")
_GALLERY = re.compile(r"(?:mot so|nhung|cac|chum)?\s*(?:hinh )?anh\b.*")
_CONTROLS = re.compile(
    r"(?:\b(?:xem voi co chu|doc bai viet|nghe doc bai|doc bai|tuong phan|xuat ban thong tin|in trang"
    r"|in bai viet|in|gui email|gui cho ban be|chia se|quay lai|ve trang truoc|tro ve|tro lai|dau trang"
    r"|facebook|twitter|zalo|gui binh luan|binh luan|(?:so )?luot (?:xem|truy cap|doc) ?:? ?[0-9.,]*"
    r"|print|share|back|font size|a)\b\W*+)++"
)
_RELATED = re.compile(
    r"(?:cac )?(?:tin|bai|bai viet|tin bai)(?: tuc)?"
    r" (?:lien quan|khac|cu hon|moi hon|moi nhat|moi|cung chuyen muc|da dua)"
    r"|related (?:news|articles|posts|stories|coverage|terms)|other news|(?:tham khao|doc|xem) them"
)
_POINTS = re.compile(
    r"related|(?:also )?read(?: also| more| next)?|see also|more|tags?|categor(?:y|ies)"
    r"|(?:tham khao|doc|xem) them|(?:tin|bai)(?: viet)? lien quan|tu khoa|the|chu de|chuyen muc"
)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|zip|rar|7z)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Story:
    """What a flow tells: paragraphs of text, photos with their captions, and the lines of credits below.

    *told* are the items that the paragraphs and photos were made of, in order, each photo with its caption.
    """

    body: tuple[str, ...]
    photos: tuple[Photo, ...]
    credits: tuple[str, ...] = ()
    told: tuple[tuple[Block | Picture, str], ...] = ()


def story(items: Flow, *, base_url: str) -> Story:
    """Return the paragraphs and the captioned photos of *items*."""
    told = _without_related(
        [
            item
            for item in items
            if not (isinstance(item, Block) and (is_control(item.text) or _points_away(item, base_url)))
        ]
    )
    captions = _captions(told)
    taken = {id(block) for blocks in captions.values() for block in blocks}
    blocks = [item for item in told if isinstance(item, Block) and id(item) not in taken]
    photos: dict[str, Photo] = {}
    for item in told:
        if isinstance(item, Picture) and (address := absolute(item.address, base_url)):
            caption = " ".join(block.text for block in captions.get(id(item), ()))
            if address not in photos or not photos[address].caption:
                photos[address] = Photo(address, caption)
    told_in = [block for block in blocks if not block.styles & CAPTION]
    end = _end_of_body(told_in)
    below = (block.text for block in told_in[end:])
    kept = {id(block) for block in told_in[:end]}
    return Story(
        body=tuple(block.text for block in told_in[:end]),
        photos=tuple(photos.values()),
        credits=tuple(line for line in below if not _GALLERY.fullmatch(fold(line.strip("()[] ")))),
        told=tuple(
            (item, " ".join(block.text for block in captions.get(id(item), ())))
            for item in told
            if isinstance(item, Picture) or id(item) in kept
        ),
    )


def is_control(text: str) -> bool:
    """Say whether *text* is a label of the portal's own controls, or nothing but marks."""
    if len(text) > _LONGEST_LABEL:
        return False
    bare = fold(text)
    return not any(c.isalnum() for c in bare) or _CONTROLS.fullmatch(bare.strip(" |»«<>-.:")) is not None


def leaves_site(block: Block, base: str) -> bool:
    """Say whether all links of *block* lead to other sites than that of *base*, or to documents."""
    addresses = {absolute(piece.link, base) for piece in block.pieces if piece.link}
    return bool(addresses) and all(
        address and (_DOCUMENT.search(address) or _owner(address) != _owner(base)) for address in addresses
    )


def _owner(address: str) -> str:
    """Return the longest name of *address*'s host but its last: 'bbc' of bbc.com and www.bbc.co.uk."""
    return max(site_of(address).split(".")[:-1], key=len, default="")


def is_label_of_related(text: str) -> bool:
    """Say whether *text* heads a list of other articles."""
    bare = fold(text).strip(_AROUND) if len(text) <= _LONGEST_LABEL else ""
    return _RELATED.match(bare) is not None or _POINTS.fullmatch(bare) is not None


def _points_away(block: Block, base: str) -> bool:
    """Say whether *block* is a label and links to other articles or sections, as 'Xem thêm: …', 'Tags: …'."""
    if not block.pieces or block.styles & LINKED:
        return False
    bare = fold("".join(piece.text for piece in block.pieces if not piece.link))
    if len(bare) > _LONGEST_LABEL or not _POINTS.fullmatch(" ".join(bare.strip(_AROUND).split())):
        return False
    links = [absolute(piece.link, base) for piece in block.pieces if piece.link and piece.text.strip()]
    return bool(links) and all(
        address and is_same_site(address, base) and not _DOCUMENT.search(address) for address in links
    )


def _captions(items: Flow) -> dict[int, list[Block]]:
    """Return the captions of each picture: those that follow a run of pictures are shared out in order."""
    shared: dict[int, list[Block]] = {}
    at = 0
    while at < len(items):
        run: list[Picture] = []
        while at < len(items) and isinstance(picture := items[at], Picture):
            run.append(picture)
            at += 1
        found = _captions_at(items, at, run) if run else []
        for picture, blocks in zip(run[len(run) - len(found) :], found, strict=True):
            shared[id(picture)] = blocks
        at += sum(len(blocks) for blocks in found) or (0 if run else 1)
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
    if block.frame is not caption.frame or (block.styles ^ caption.styles) & CAPTION:
        return False
    marked = bool(block.styles & caption.styles & (CENTRED | SLANTED | CAPTION))
    return marked and (block.text[0].islower() or caption.text.endswith((",", "-", "–")))


def _is_caption(block: Block, picture: Picture, *, is_last: bool) -> bool:
    if block.styles & CAPTION or (picture.frame is not None and block.frame is picture.frame):
        return True
    is_row = block.holder is not None and block.holder.tag == "tr"
    if block.styles & HEADING or is_row or len(block.text) > _LONGEST_MARKED:
        return False
    if block.styles & (CENTRED | SLANTED):
        return len(block.text) <= _LONGEST_BARE or _is_one_sentence(block.text)
    is_heading = bool(block.styles & BOLD) and block.holder is not picture.holder
    if is_heading or block.styles & RIGHT or (is_last and _names_author(block.text)):
        return False
    return _reads_like_caption(block.text)


def _reads_like_caption(text: str) -> bool:
    """Say whether an unmarked paragraph right after a picture describes it: short, and no full sentence."""
    if len(text) > _LONGEST_BARE:
        return False
    if not _TERMINATED.search(text):
        return True
    if len(text) > _LONGEST_SENTENCE or text.endswith((":", ";", "./.")) or not _is_one_sentence(text):
        return False
    return _SHOWS_SOMETHING.match(fold(text)) is not None


def _is_one_sentence(text: str) -> bool:
    return len(list(islice(sentences(text), 2))) == 1


def _end_of_body(blocks: list[Block]) -> int:
    """Return where the lines begin that name the author, the source or a gallery at the end of *blocks*."""
    closing = next((at for at, block in enumerate(blocks) if block.text.endswith("./.")), len(blocks))
    end = len(blocks)
    while end > 1 and _is_byline(blocks[end - 1], closed=closing < end - 1):
        end -= 1
    return end


def _is_byline(block: Block, *, closed: bool) -> bool:
    """Say whether *block*, the last one, is no body; *closed* when the text before it has ended in './.'."""
    text = block.text
    if len(text) > _LONGEST_LABEL or text.endswith("./.") or " | " in text:
        # A bar parts the cells of a table's row.
        return False
    bare = fold(text.strip("()[] "))
    if _SOURCE.match(bare) or _GALLERY.fullmatch(bare):
        return True
    if _TERMINATED.search(text.strip("()[] ")):
        return False
    return closed or bool(block.styles & (RIGHT | BOLD | SLANTED)) or _names_author(text)


def _names_author(text: str) -> bool:
    bare = text.strip("()[] ")
    if len(bare) > _LONGEST_LABEL or _TERMINATED.search(bare) or len(bare.split()) > _MOST_WORDS_OF_BYLINE:
        return False
    is_name = 2 <= len(bare.split()) <= _MOST_WORDS_OF_NAME and bare.istitle()
    return is_name or _BYLINE.match(fold(bare)) is not None


def _without_related(items: Flow) -> Flow:
    """Return *items* up to a list of other articles at the end."""
    linked = len(items)
    while linked and (isinstance(item := items[linked - 1], Picture) or item.styles & LINKED):
        linked -= 1
    # What heads the list stands right before the links, or is a link among them.
    for index in range(max(1, linked - 1), len(items)):
        item = items[index]
        if isinstance(item, Block) and is_label_of_related(item.text):
            return items[:index]
    return items
