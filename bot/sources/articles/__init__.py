"""What a page says of its article: title, summary, author, documents, and whether it is an error page."""
