"""Pages that a portal answers with in place of what was asked for, though with status 200."""

import re
from collections.abc import Iterator

from lxml import etree

from bot.domain.text.text import fold, one_line
from bot.sources.articles.summary import title_without_site
from bot.sources.html.tree import Element

_LONGEST_NOTICE = 160
_LONGEST_ERROR_PAGE = 1_500
"""Letters on a page beside its links: one that says more tells something, whatever a notice on it says."""
_HEADINGS = ("h1", "h2", "h3")
_UNSHOWN = frozenset(("script", "style", "noscript", "template", "option"))
_LINKS = frozenset(("a", "button", "label"))
_MARKS = " .,:;!?|-–—»\"'()[]…*"
_MORE = r"[\w ,.!-]{0,60}"
_CODE = r"(?:40[0-9]|410|50[0-4])"
# Liferay calls the page that says 'not found' its status page.
_TITLE = re.compile(
    rf"trang thai|status|(?:trang |thong bao )?loi|error|bao tri|(?:(?:loi|error|http)[ :-]*)?{_CODE}"
    r"|(?:page |file )?not found|just a moment"
)
_BEFORE_SITE = re.compile(r" [-|–—»] ")
_WHAT = r"tai nguyen|trang|noi dung|bai viet|tin|duong dan|lien ket|dia chi|url|chuyen muc|du lieu|thong tin"
_SITE = r"he thong|website|trang web|trang|may chu|dich vu|cong thong tin(?: dien tu)?|cong"
_NOTICE = re.compile(
    rf"(?:loi|error|http)[ :-]*{_CODE}(?:[ :.|-]+{_MORE})?|{_CODE}[ :.|-]+{_MORE}"
    r"|(?:(?:xin loi|rat tiec|loi|oops|sorry)[,:!. ]+)?(?:"
    rf"(?:{_WHAT})[\w ,-]{{0,60}}? (?:khong (?:duoc )?(?:tim thay|ton tai|hop le|kha dung)"
    rf"|(?:da )?bi (?:xoa|go)){_MORE}"
    rf"|(?:chung toi )?khong (?:duoc )?tim thay(?: (?:{_WHAT}){_MORE})?"
    r"|(?:the |this )?(?:requested )?(?:page|url|resource)[\w ,/.:-]{0,60}? (?:not (?:be )?found"
    rf"|does(?: not|n['’]t) exist){_MORE})"
    rf"|(?:{_SITE})[\w ,-]{{0,60}}? (?:dang|tam thoi)(?: \w{{1,8}}){{0,3}}"
    rf" (?:bao tri|nang cap|gian doan|dung hoat dong|loi|qua tai){_MORE}"
    rf"|(?:da (?:co|xay ra)|co|gap)(?: mot)? loi{_MORE}|loi (?:he thong|may chu|ket noi){_MORE}"
    r"|(?:page |file )?not found|access denied|forbidden|(?:internal )?server error|bad gateway"
    r"|service (?:temporarily )?unavailable|gateway time-?out|(?:site |website )?under maintenance"
    rf"|attention required{_MORE}|checking your browser{_MORE}|ban khong co quyen (?:truy cap|xem){_MORE}"
)


def error_said(root: Element) -> str:
    """Return the words by which the page *root* says that there is nothing; empty if it is no error page.

    Its title or its first heading say so, or some words of a page that has next to nothing but links. What
    only speaks of errors and maintenance, as news do, is longer.
    """
    written = one_line(root.findtext(".//head/title") or "")
    headings = (title_without_site(written, site=""), _first_heading(root))
    if said := next(filter(_is_error_title, headings), ""):
        return said
    if _says_more(root):
        return ""
    short = _BEFORE_SITE.split(written, maxsplit=1)[0]
    if _is_error_title(short):
        return short
    return next((said for said in (*headings, *_own_texts(root)) if _is_notice(said)), "")


def _first_heading(root: Element) -> str:
    return next((one_line("".join(h.itertext())) for h in root.iter("h1")), "")


def _own_texts(root: Element) -> Iterator[str]:
    """Yield the texts of the elements that are shown and lead nowhere; of headings all that they hold."""
    for element in root.iter("*"):
        if element.tag not in _UNSHOWN and element.tag not in _LINKS:
            parts = element.itertext() if element.tag in _HEADINGS else (element.text or "",)
            yield one_line("".join(parts))


def _is_error_title(text: str) -> bool:
    return _TITLE.fullmatch(_bare(text)) is not None


def _is_notice(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NOTICE and _NOTICE.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    return fold(text[: _LONGEST_NOTICE + 1]).strip(_MARKS)


def _says_more(root: Element) -> bool:
    """Say whether more than _LONGEST_ERROR_PAGE letters stand on the page outside of links."""
    said = 0
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        tag, text, tail = element.tag, element.text, element.tail
        if tag == "a":
            walk.skip_subtree()
        elif text and tag not in _UNSHOWN:
            said += len(text.strip())
        if tail and element is not root and element.getparent().tag not in _UNSHOWN:
            said += len(tail.strip())
        if said > _LONGEST_ERROR_PAGE:
            return True
    return False
