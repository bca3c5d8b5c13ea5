"""What a page says about itself for machines: JSON-LD, OpenGraph and meta elements."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sources.html.tree import Element
from bot.sources.text.entities import plain_line

_ARTICLES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "blogposting",
        "socialmediaposting",
        "report",
    ]
)
_TITLES = ("headline", "og:title", "twitter:title", "dc.title", "title")
_DATES = (
    "article:published_time", "datepublished", "og:published_time", "pubdate", "publishdate",
    "dc.date.issued", "dc.date", "dc.date.created", "dcterms.created", "date",
)  # fmt: skip
_PUBLISHED = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"\\]{8,40})"')
_SUMMARIES = ("og:description", "description", "dc.description", "twitter:description")
_IMAGES = ("og:image", "og:image:url", "twitter:image", "twitter:image:src")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says of itself; empty where it says nothing. *is_article* is its own claim to be one.

    *headline* is the article's, *title* that of the browser's tab.
    """

    is_article: bool = False
    headline: str = ""
    title: str = ""
    site: str = ""
    date: str = ""
    summary: str = ""
    body: str = ""
    images: tuple[str, ...] = ()
    author: str = ""
    canonical: str = ""


def metadata_of(root: Element) -> Metadata:
    """Return what the page *root* says about itself."""
    meta = _meta(root)
    article = next(_articles(root), {})
    return Metadata(
        is_article=bool(article) or meta.get("og:type", "").lower() == "article",
        headline=_text(article.get("headline")) or _first(meta, _TITLES),
        title=_title(root),
        site=meta.get("og:site_name", ""),
        date=_text(article.get("datePublished")) or _first(meta, _DATES) or _date_of_page(root),
        summary=_text(article.get("description")) or _first(meta, _SUMMARIES),
        body=_text(article.get("articleBody")),
        images=tuple(
            dict.fromkeys((*_images(article.get("image")), *(meta[n] for n in _IMAGES if n in meta)))
        ),
        author=_author(article.get("author")),
        canonical=next(
            (e.get("href", "").strip() for e in _links(root) if e.get("href")), meta.get("og:url", "")
        ),
    )


def _meta(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), plain_line(content))
    return found


def _links(root: Element) -> Iterator[Element]:
    return (e for e in root.iter("link") if "canonical" in (e.get("rel") or "").lower().split())


def _title(root: Element) -> str:
    element = root.find(".//head/title")
    return plain_line("".join(element.itertext())) if element is not None else ""


def _first(meta: dict[str, str], names: tuple[str, ...]) -> str:
    return next((meta[name] for name in names if name in meta), "")


def _structured(root: Element) -> Iterator[str]:
    """Yield the scripts that hold JSON-LD."""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            yield script.text


def _articles(root: Element) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects that are articles."""
    for script in _structured(root):
        yield from (node for node in _nodes(_data(script)) if _is_article(node))


def _date_of_page(root: Element) -> str:
    """Return the date of publication that JSON-LD gives of anything but an article, or in broken syntax."""
    for script in _structured(root):
        dates = [_text(node.get("datePublished")) for node in _nodes(_data(script))]
        if date := next(filter(None, dates), ""):
            return date
        if not dates and (found := _PUBLISHED.search(script)):
            return found[1]
    return ""


def _data(script: str) -> Any:
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    for node in data if isinstance(data, list) else [data]:
        if isinstance(node, dict):
            yield node
            graph = node.get("@graph")
            if isinstance(graph, list):
                yield from (inner for inner in graph if isinstance(inner, dict))


def _is_article(node: dict[str, Any]) -> bool:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and name.lower() in _ARTICLES for name in kinds)


def _text(value: Any) -> str:
    return plain_line(html.unescape(value)) if isinstance(value, str) else ""


def _author(value: Any) -> str:
    """Return the names of the persons that JSON-LD gives as authors; an organisation is the site itself."""
    values = value if isinstance(value, list) else [value]
    people = [v.get("name") for v in values if isinstance(v, dict) and v.get("@type", "Person") == "Person"]
    return ", ".join(
        filter(None, (_text(name) for name in (*people, *(v for v in values if isinstance(v, str)))))
    )


def _images(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    urls = [v.get("url") or v.get("contentUrl") if isinstance(v, dict) else v for v in values]
    return [url for url in urls if isinstance(url, str) and url.strip()]
