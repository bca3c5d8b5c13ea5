"""Everything that lists articles: RSS, Atom, JSON Feed, sitemaps, listing pages, OPML."""
