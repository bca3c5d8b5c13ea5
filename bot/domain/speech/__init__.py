"""Texts as they are read aloud in Vietnamese."""
