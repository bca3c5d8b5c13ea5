"""A sample agency's web site, in the markup of the portal that real agencies use."""

from bot.emulator.agency.views import Site

__all__ = ["Site"]
