"""Rendering: messages made of articles."""
