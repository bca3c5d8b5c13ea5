"""News: feeds and their entries, articles, and what tells one from another."""
