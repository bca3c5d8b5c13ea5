"""Listing pages: what somebody points at on one, and what that gives."""
