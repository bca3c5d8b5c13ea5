"""What search engines are told: which pages there are (sitemaps.org), and which they are to leave alone."""

from xml.sax.saxutils import escape

from bot.i18n.translator import FIRST_LANGUAGE
from bot.store.articles import released
from bot.store.engine.database import Transaction
from bot.web.public.cache import Made
from bot.web.public.paths import ROOT, SEARCH, Paths, article_name
from bot.web.public.reading import NotThereError, public_topics
from bot.web.public.site import PublicSite
from bot.web.templating import iso

SITEMAP = f"{ROOT}/sitemap.xml"
SITEMAP_OF_TOPICS = f"{ROOT}/sitemap-chuyen-muc.xml"
_XML = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PATHS = Paths(FIRST_LANGUAGE)


def _lot_path(number: int | str) -> str:
    return f"{ROOT}/sitemap-{number}.xml"


LOT = _lot_path("{lot:[0-9]{1,9}}")


async def sitemap(tx: Transaction, site: PublicSite, _: str = "") -> Made:
    """Return the list of the lists of pages."""
    topics = [each.id for each in await public_topics(tx)]
    lots = await released.lots(tx, topics)
    paths = (SITEMAP_OF_TOPICS, *map(_lot_path, lots))
    listed = "".join(f"<sitemap><loc>{escape(site.url(path))}</loc></sitemap>" for path in paths)
    return _made(f'<sitemapindex xmlns="{_NAMESPACE}">{listed}</sitemapindex>')


async def sitemap_of_topics(tx: Transaction, site: PublicSite, _: str = "") -> Made:
    """Return the list of what is not an article."""
    paths = [_PATHS.home, _PATHS.subscribe, *(_PATHS.topic(each.id) for each in await public_topics(tx))]
    return _urls("".join(f"<url><loc>{escape(site.url(path))}</loc></url>" for path in paths))


async def sitemap_of_lot(tx: Transaction, site: PublicSite, number: str) -> Made:
    """Return the list of the articles of one lot; raises NotThereError where there are none."""
    topics = [each.id for each in await public_topics(tx)]
    pages = await released.lot(tx, topics, int(number))
    if not pages:
        raise NotThereError
    return _urls(
        "".join(
            f"<url><loc>{escape(site.url(_PATHS.article(article_name(each.key, each.title))))}</loc>"
            f"<lastmod>{iso(each.changed_at)}</lastmod></url>"
            for each in pages
        )
    )


async def robots(tx: Transaction, site: PublicSite, _: str = "") -> Made:
    """Return what is asked of robots: they are to look for nothing, and to leave all but the page alone."""
    del tx
    lines = (
        "User-agent: *",
        f"Disallow: {_PATHS.home}{SEARCH}",
        *(f"Disallow: {path}" for path in ("/console", "/api/", "/webhook/", "/websub/")),
        f"Sitemap: {site.url(SITEMAP)}",
    )
    return Made("\n".join((*lines, "")).encode(), "text/plain; charset=utf-8")


def _urls(listed: str) -> Made:
    return _made(f'<urlset xmlns="{_NAMESPACE}">{listed}</urlset>')


def _made(xml: str) -> Made:
    return Made((_HEAD + xml).encode(), _XML)
