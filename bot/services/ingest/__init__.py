"""Ingest: from a poll of a feed to stored articles, and back to their pages later."""
