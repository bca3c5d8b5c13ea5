"""Listing selectors by example: somebody points at one title, and CSS is found for all that are alike."""
