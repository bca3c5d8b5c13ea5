"""A sample agency's web site, in the markup of the portal that real agencies use."""

from bot.emulator.site.views import Site

__all__ = ["Site"]
