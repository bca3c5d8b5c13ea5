"""The router: from an update to its handler."""
