"""Who issues official documents: central bodies by their names, others by the word that they begin with."""

import re

from bot.domain.text.document_number import BODIES
from bot.domain.text.text import fold, fold_letters

_LEADER = re.compile(
    r"(?:bo truong|cuc truong|tong cuc truong|giam doc|vien truong|thong doc|vu truong|hieu truong)"
    r" (?=bo |cuc |tong cuc |so |vien |ngan hang |vu |truong |dai hoc |hoc vien |trung tam )"
)
_HEAD = re.compile(
    r"(?:bo|cuc|tong cuc|chi cuc|so|vu|vien|hoc vien|uy ban nhan dan|ubnd|chu tich uy ban nhan dan"
    r"|chu tich ubnd|hoi dong nhan dan|hdnd|thanh tra|van phong|dang uy|tinh uy|thanh uy"
    r"|ban chap hanh|ban bi thu"
    r"|bo chinh tri|ban to chuc|trung tam|truong dai hoc|dai hoc|toa an nhan dan"
    r"|vien kiem sat nhan dan|ngan hang nha nuoc"
    r"|quoc hoi|kho bac nha nuoc|bao hiem xa hoi|tong lien doan)\b"
)
_PARTING = re.compile(
    r"[;:|()\[\]\"“”…?!]|,| - | – |\d{3}"
    r"|\b(?:phối hợp|đề nghị|trình|yêu cầu|kiến nghị|sẽ|chưa|đã|vừa|được|nhằm|theo|khi|cho biết|về)\b"
)
_MOST_WORDS = 14
_BODIES = {fold(each): each for each in BODIES}


def issuer_in(text: str) -> str:
    """Return the body that *text* names and nothing else, without who leads it; empty if it names none."""
    folded = fold_letters(text)
    leader = _LEADER.match(folded)
    bare = text[leader.end() :] if leader else text
    alike = fold(bare)
    if known := _BODIES.get(alike):
        return known
    if not _HEAD.match(alike) or _PARTING.search(bare.lower()) or bare.isupper():
        return ""
    words = bare.split()
    is_named = len(words) > 1 and (words[0][0].isupper() or leader is not None)
    return bare if is_named and len(words) <= _MOST_WORDS and not _is_joint(alike) else ""


def _is_joint(alike: str) -> bool:
    """Return whether *alike*, which is folded, names two bodies."""
    return any(_HEAD.match(rest) for rest in re.split(r" va | cung ", alike)[1:])
