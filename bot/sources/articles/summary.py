"""The title and the summary of an article page, freed of what the site adds and completed where it cuts."""

import re
from collections.abc import Sequence

from bot.domain.text.text import complete, fold, is_cut, one_line, sentences, shorten

_SHORTEST_SUMMARY = 80
_LONGEST_SUMMARY = 400
_SHORTEST_DESCRIPTION = 30
_SHARE_OF_WORDS = 0.6
_FEWEST_WORDS_OF_SITE = 3
# What a site says of itself on all its pages: 'Cổng thông tin điện tử Sở …', with nothing that happens.
_SLOGAN = re.compile(
    r"(?:chao mung \w+ \w+ )?(?:cong|trang|website|trang web|bao)(?: thanh phan)?"
    r" (?:thong tin|dien tu|chinh thuc)[^.;:!?,]{0,120}[.!]?"
)
_BETWEEN = "-|–—»"


def title_without_site(title: str, *, site: str) -> str:
    """Return the *title* of a browser's tab without the site's name at its end ('… - CỤC SỞ HỮU TRÍ TUỆ').

    The Laos of 'Việt Nam - Lào' is no site: a name that the page does not give elsewhere is in capitals, is a
    host, or has three words.
    """
    bare, name = _parted(title)
    if not name:
        return title
    is_named = name.isupper() or fold(name) == fold(site) or ("." in name and " " not in name)
    is_likely = _FEWEST_WORDS_OF_SITE <= len(name.split()) < len(bare.split())
    return bare if is_named or is_likely else title


def _parted(title: str) -> tuple[str, str]:
    """Return what stands before the last dash or bar between spaces in *title*, and what stands behind."""
    last = max(map(title.rfind, _BETWEEN))
    before, behind = title[: last + 1].rstrip(_BETWEEN), title[last + 1 :]
    if last < 0 or not before.endswith(" ") or not behind.startswith(" "):
        return title, ""
    return before.strip(), behind.strip()


def summary_of(sapo: str, *, description: str, title: str, body: Sequence[str]) -> str:
    """Return the *sapo*, else the *description* if it is of this article, else the body's first sentences.

    A sapo that the portal cut with '...' is completed from the paragraph that it was cut from.
    """
    if sapo:
        return _completed(sapo, body)
    if _tells_of_article(description, title, body):
        return _completed(description, body)
    return _opening(body)


def _opening(body: Sequence[str]) -> str:
    """Return the first sentences of the first paragraphs: whole ones, as many as a summary has room for."""
    summary = ""
    for paragraph in body:
        if len(summary) >= _SHORTEST_SUMMARY:
            break
        for sentence in sentences(paragraph):
            if summary and len(summary) + len(sentence) >= _LONGEST_SUMMARY:
                return summary
            summary = f"{summary} {sentence}".strip()
    return shorten(summary, _LONGEST_SUMMARY)


def _completed(sapo: str, body: Sequence[str]) -> str:
    line = one_line(sapo)
    if not is_cut(line):
        return line
    wholes = (complete(line, paragraph) for paragraph in body[:3])
    return next((whole for whole in wholes if whole != line), line)


def _tells_of_article(description: str, title: str, body: Sequence[str]) -> bool:
    """Say whether *description* is of this article, and not the site's slogan or the title again."""
    bare = fold(description)
    if len(bare) < _SHORTEST_DESCRIPTION or bare == fold(title) or _SLOGAN.fullmatch(bare):
        return False
    words = re.findall(r"\w+", bare)
    known = set(re.findall(r"\w+", fold(" ".join((title, *body)))))
    return not body or sum(word in known for word in words) >= _SHARE_OF_WORDS * len(words)
