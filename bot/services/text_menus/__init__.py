"""Menus for messengers without buttons."""
