"""What is read: the newest articles, a search, one article in full, its photos, those that were kept."""
