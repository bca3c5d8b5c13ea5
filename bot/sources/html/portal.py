"""Which portal a page comes from."""

from bot.domain.news.feed import SourceError
from bot.sources.html.presets import PRESETS, Preset
from bot.sources.html.select import IndexedPage


def preset_for(page: IndexedPage, name: str | None) -> Preset:
    """Return the preset called *name*, or without a name the one that the markup of *page* shows."""
    if name is not None:
        try:
            return PRESETS[name]
        except KeyError:
            raise SourceError(f"there is no preset {name!r}; there are {', '.join(PRESETS)}") from None
    return next(
        preset
        for preset in PRESETS.values()
        if any(page.select(mark, part=preset.name) for mark in preset.marks)
    )
