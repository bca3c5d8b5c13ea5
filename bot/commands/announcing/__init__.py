"""Announcements: what the agency writes in the chat itself."""
