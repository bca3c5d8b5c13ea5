"""What programs are told about an article: for the card of a shared link, and for search engines."""

import json
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.domain.text.text import one_line, shorten
from bot.web.public.paths import Paths
from bot.web.public.reading import ReleasedArticle
from bot.web.public.site import PublicSite
from bot.web.public.teasers import summary_of
from bot.web.templating import iso

_TITLE = 110
"""Code points of a headline, as search engines show it."""

_IN_SCRIPTS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True, slots=True)
class ArticleMeta:
    """What stands in the head of an article's page; addresses are absolute, *photo* may be empty."""

    title: str
    description: str
    url: str
    photo: str
    published: str
    section: str
    json_ld: Markup


def of_article(site: PublicSite, paths: Paths, shown: ReleasedArticle) -> ArticleMeta:
    stored, article = shown.stored, shown.stored.article
    at = article.published.at if article.published else stored.created_at
    url = site.url(paths.article(shown.name))
    photo = site.photos.address(stored.photo_key) if stored.photo_key else ""
    title = shorten(one_line(article.title), _TITLE)
    description = summary_of(stored)
    publisher = {"@type": "Organization", "name": site.translator.text("vi", "console-publisher")}
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "description": description,
        "datePublished": iso(at),
        "inLanguage": "vi",
        "articleSection": [topic.name("vi") for topic in shown.topics],
        "mainEntityOfPage": article.page or url,
        "url": url,
        "publisher": publisher,
        "author": {"@type": "Person", "name": one_line(article.author)} if article.author else publisher,
    }
    if photo:
        told["image"] = [photo]
    topic = shown.topics[0].name(paths.language)
    return ArticleMeta(title, description, url, photo, iso(at), topic, _as_script(told))


def _as_script(told: dict[str, Any]) -> Markup:
    """Return JSON in which nothing can end the element of a page that it stands in."""
    return Markup(json.dumps(told, ensure_ascii=False).translate(_IN_SCRIPTS))  # noqa: S704
