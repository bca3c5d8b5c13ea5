"""The documents that an article page links to: decisions in PDF or Word, with their names and sizes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.domain.news.article import Attachment
from bot.domain.news.feed import SourceError
from bot.domain.text.text import fold, one_line
from bot.sources.articles.files import KINDS, file_name
from bot.sources.html.styles import is_furniture
from bot.sources.html.tree import Element, holds, parse_text
from bot.sources.text.urls import absolute

MOST = 20
_MAY_BE_FILE = re.compile(rf"\.(?:{KINDS})\b", re.IGNORECASE)
_SIZE = re.compile(r"\(? ?(\d{1,4}(?:[.,]\d{1,3})?) ?(bytes|[kmg]i?b|b)\b ?\)?", re.IGNORECASE)
_SAYS_NOTHING = re.compile(
    r"(?:(?:tai(?: ve| xuong)?|xem|mo|file|tep|van ban|tai lieu|dinh kem|kem theo|chi tiet|tai day|o day|day"
    r"|toan van|noi dung|download|attachments?|attached|here|view|open|pdf|docx?|xlsx?|cac|ban)\b\W*)*"
)
_LEVELS_AROUND = 4


def attachments_of(
    body: Element, *, heading: Element | None, named: Iterable[Element], base: str
) -> tuple[Attachment, ...]:
    """Return the documents that *body*, what stands beside it under *heading*, or what is *named* gives."""
    found: dict[str, Attachment] = {}
    for link in (*_links_around(body, heading), *(link for held in named for link in held.iter("a"))):
        if len(found) == MOST:
            break
        url = absolute(link.get("href") or "", base)
        name = file_name(url) if url else ""
        if url and name:
            known = found.setdefault(url, Attachment(url, _title(link, name)))
            found[url] = replace(known, size=known.size or _size(link))
    return tuple(found.values())


def attachments_of_html(html: str, *, base: str) -> tuple[Attachment, ...]:
    """Return the documents that a piece of HTML, as feeds carry it, links to."""
    if "<a" not in html.lower() or not _MAY_BE_FILE.search(html):
        return ()
    try:
        root = parse_text(f"<div>{html}</div>", url=base)
    except SourceError:
        return ()
    return attachments_of(root, heading=None, named=(), base=base)


def lists_only(text: str, attachments: tuple[Attachment, ...]) -> bool:
    """Say whether *text* of the body does nothing but name *attachments*."""
    rest = text
    for attachment in sorted(attachments, key=lambda each: -len(each.name)):
        rest = rest.replace(attachment.name, " ")
    rest = _SIZE.sub(" ", rest)
    bare = fold(rest).strip(" :;,.|-–•*[]()0123456789")
    return _SAYS_NOTHING.fullmatch(bare) is not None


def _links_around(body: Element, heading: Element | None) -> Iterator[Element]:
    """Yield the links in *body* and in what stands beside it, as far as the heading is near."""
    around = body
    for level, outer in enumerate(body.iterancestors()):
        if level == _LEVELS_AROUND or outer.tag in {"body", "html"}:
            break
        around = outer
        if heading is not None and holds(outer, heading):
            break
    for link in around.iter("a"):
        if not _MAY_BE_FILE.search(link.get("href") or ""):
            continue
        outside = not holds(body, link) and any(is_furniture(e) for e in link.iterancestors())
        if not outside:
            yield link


def _title(link: Element, file_name: str) -> str:
    """Return what the page calls the document, or its file's name where it only says 'download here'."""
    written = _SIZE.sub(" ", one_line("".join(link.itertext()))).strip(" :;,-–()[]")
    if written and not _SAYS_NOTHING.fullmatch(fold(written)):
        return written
    titled = one_line(link.get("title") or "")
    return titled if titled and not _SAYS_NOTHING.fullmatch(fold(titled)) else file_name


def _size(link: Element) -> str:
    """Return the size that stands in the link or right after it, as '1,2 MB'."""
    after = [link.tail or ""]
    following = link.getnext()
    if following is not None and following.tag in {"span", "small", "i", "em"}:
        after.append("".join(following.itertext()))
    for text in ("".join(link.itertext()), *after):
        if found := _SIZE.search(one_line(text[:200])):
            unit = found[2] if found[2].lower() == "bytes" else found[2].upper().replace("I", "i")
            return f"{found[1]} {unit}"
    return ""
