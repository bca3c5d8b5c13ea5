"""Proxies: reading their addresses, and dialling through them."""
