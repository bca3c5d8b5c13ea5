"""Requests as they arrive, and what a method is called with."""
