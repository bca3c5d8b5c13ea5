"""An article's body as blocks: headings, paragraphs, lists, quotations, tables, photos, media, documents."""
