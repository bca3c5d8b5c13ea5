"""Announcements that are written in the console, by one who edits and another who publishes."""
