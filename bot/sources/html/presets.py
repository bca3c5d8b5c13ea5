"""Markup of known portals: CSS selectors by part, and the marks by which each portal is recognised.

Parts of a listing: item, title, summary, date, photo, next (the link to older entries). Parts of a page:
title, date, summary, body, photo, caption, author, source, attachment (what holds links to documents outside
of the body). A selector with commas takes the first match in the page's order; a tuple is tried one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.news.feed import SourceError

LISTING_PARTS = ("item", "title", "summary", "date", "photo", "next")
PAGE_PARTS = ("title", "date", "summary", "body", "photo", "caption", "author", "source", "attachment")

Selectors = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Preset:
    """One portal's markup. *marks* finds something on its pages only.

    *link* are the forms of its articles' addresses, each by the parts that stand in them.
    *furniture* finds what stands in the text of an article and is no part of it.
    """

    name: str
    marks: tuple[str, ...]
    listing: Selectors
    page: Selectors
    link: tuple[tuple[str, ...], ...] = ()
    furniture: tuple[str, ...] = ()

    def leads_to_article(self, address: str) -> bool:
        """Say whether *address* may be an article's: it has all parts of one of the forms that those have."""
        return not self.link or any(all(part in address for part in form) for form in self.link)


LIFERAY_VGOV = Preset(
    name="liferay-vgov",
    marks=(
        ".journal-content-article",
        ".home-list-4",
        ".contentDetail",
        "a[href*='/-/asset_publisher/']",
        "a[href*='/-/view_content/']",
    ),
    listing={
        "item": (".home-list-4 li", ".asset-abstract"),
        "title": (
            "h4 a[href]",
            "h3 a[href]",
            ".asset-title a[href]",
            "a[href*='/content/'], a[href*='/view_content/']",
        ),
        "summary": ("p.sapo", "p:not(.time-post)", ".asset-summary"),
        "date": (".assetPublishDate, .asset-publish-date", ".time-post", ".metadata-publish-date"),
        "photo": ("img",),
    },
    page={
        "title": (
            "h3.text-change-size",
            "h1.text-change-size, h2.text-change-size, h4.text-change-size",
            ".contentDetail h3",
            ".contentDetail h1, .contentDetail h2",
            ".asset-full-content-title",
            ".asset-title",
            ".header-title",
        ),
        "date": (
            "p.time-post",
            ".time-post",
            ".metadata-publish-date",
            ".assetPublishDate",
            ".asset-metadata",
        ),
        "summary": (".sapo", ".contentDetail > span.text"),
        "body": (
            ".contentDetail .journal-content-article",
            ".contentDetail .contentDetail",
            ".contentDetail",
            ".asset-full-content .journal-content-article",
            ".asset-full-content",
            ".asset-content",
            ".journal-content-article",
        ),
        "photo": (".avatartop", ".avatarbottom", ".contentDetail img.avatar", ".contentDetail table img"),
        "caption": (".avatartopdesc", ".avatardesc"),
        "author": (".tac-gia", ".tacgia", ".author"),
        "source": (".nguon", ".nguontin"),
        "attachment": (".file-dinh-kem", ".attachments", ".asset-attachments"),
    },
    link=(
        ("/-/asset_publisher/", "/content/"),
        # Liferay's other portlets of articles: an asset by its number, a web content by its group's.
        ("/-/view_content/",),
        ("/-/journal_content/",),
    ),
)
NUKEVIET = Preset(
    name="nukeviet",
    marks=("meta[name=generator][content*='NukeViet']", "#news-bodyhtml", "#news_detail", ".news_column"),
    listing={
        "item": (".news_column .panel-body", ".news_column", ".list-group > a"),
        "title": ("h2 a[href], h3 a[href]", "a.h4[href]", "a[href][title]"),
        "summary": (".hometext, p",),
        "date": (".text-muted li", ".time"),
        "photo": ("img",),
    },
    page={
        "title": ("h1.title, [itemprop=headline]", "#news_detail h1", ".news_column h1"),
        "date": (".time", "[itemprop=datePublished]", ".news_column .h5"),
        "summary": (".hometext, #hometext",),
        "body": ("#news-bodyhtml", ".bodytext"),
        "photo": ("figure.article, .imghome, #imghome",),
        "caption": (),
        "author": ("[itemprop=author]", ".author", "p.h5.text-right"),
        "source": (".source", ".nguon", "p.h5.text-right"),
        "attachment": (".newsattach", ".attach", "#news_detail .list-group"),
    },
)
VCCORP = Preset(
    name="vccorp",
    marks=("[data-role=content]", ".VCSortableInPreviewMode"),
    listing={"summary": (".sapo, .summary, .desc, .description, .lead, .intro", "p")},
    page={
        "title": ("[data-role=title]",),
        "date": ("[data-role=publishdate]",),
        "summary": ("[data-role=sapo]",),
        "body": ("[data-role=content]",),
        "photo": (),
        "caption": (".PhotoCMS_Caption",),
        "author": ("[data-role=author]",),
        "source": ("[data-role=source]",),
        "attachment": (),
    },
    furniture=("[type^=Related]", "[relatednewsboxtype]", "[type=VideoStream]"),
)
GENERIC = Preset(
    name="generic",
    marks=("html",),
    listing={"summary": (".sapo, .summary, .desc, .description, .lead, .intro", "p")},
    page={
        "title": ("[itemprop=headline]",),
        "date": ("[itemprop=datePublished]", "article time[datetime]", "time[pubdate]"),
        "summary": (".sapo", "[class*=sapo]", "[data-slot=sapo]"),
        "body": ("[itemprop=articleBody]",),
        "photo": (),
        "caption": (),
        "author": ("[itemprop=author]", "[rel=author]", ".tac-gia, .tacgia", ".author"),
        "source": (".nguon, .nguontin",),
        "attachment": (".attachments", ".file-dinh-kem"),
    },
)

PRESETS = {preset.name: preset for preset in (LIFERAY_VGOV, NUKEVIET, VCCORP, GENERIC)}


def selectors_of(configured: Mapping[str, str], preset: Selectors, *, parts: tuple[str, ...]) -> Selectors:
    """Return the selectors to try for each of *parts*: the configured one, then the preset's."""
    unknown = sorted(configured.keys() - set(parts))
    if unknown:
        raise SourceError(f"there is no part {unknown[0]!r} to select; there are {', '.join(parts)}")
    return {
        part: (*((configured[part],) if part in configured else ()), *preset.get(part, ())) for part in parts
    }
