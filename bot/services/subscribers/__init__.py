"""What subscribers ask for: topics, settings, articles, searches, deletion."""
