"""Feeds: their definitions, polls, entries, hubs and quarantined entries."""
