"""Charts as SVG, made by pygal. It is loaded where a chart is drawn: in a worker process, or for a page."""

# ruff: noqa: PLC0415 - the library is wanted seldom

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

FONT = "Noto Sans"
"""It has every letter of Vietnamese; `picture` brings it along, and a browser takes what it has like it."""

INK, FAINT, GRID = "#1f2933", "#52606d", "#e4e7eb"
WIDTH, HEIGHT = 1200, 400
NARROW = 600
"""The width of a chart on a phone."""

_LABEL_WIDTH = 120
_LEAST_HEIGHT = 4


@dataclass(frozen=True, slots=True)
class Series:
    """One kind of bars: its *name*, what each bar stands for, and its colour."""

    name: str
    values: tuple[int, ...]
    colour: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of bars, one upon the other for each of *labels*; what is below zero goes downwards.

    *thousands* is what numbers are written with between them.
    """

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    thousands: str


def svg(chart: Chart, width: int = WIDTH) -> str:
    """Return *chart* as an SVG document without scripts."""
    pygal = _library()

    bars: Any = pygal.StackedBar(
        **_LAYOUT,
        width=width,
        style=_style(chart),
        title=chart.title,
        legend_at_bottom_columns=len(chart.series),
        range=_range(chart),
        value_formatter=lambda value: f"{abs(value):,.0f}".replace(",", chart.thousands),
        x_labels=chart.labels,
        x_labels_major_every=max(1, -(-len(chart.labels) * _LABEL_WIDTH // width)),
    )
    bars.add_xml_filter(_bare)
    for each in chart.series:
        bars.add(each.name, each.values)
    drawn: str = bars.render(is_unicode=True)
    return drawn


def _bare(root: Any) -> Any:
    """Take out the scripts, which no page of ours would run, and the comments, which tell the day."""
    for element in list(root.iter()):
        for child in list(element):
            if not isinstance(child.tag, str) or child.tag.endswith("script"):
                element.remove(child)
    return root


_LAYOUT: Mapping[str, Any] = {
    "height": HEIGHT,
    "explicit_size": True,
    "js": (),
    "pretty_print": False,
    "disable_xml_declaration": True,
    "legend_at_bottom": True,
    "legend_box_size": 18,
    "max_scale": 8,
    "margin": 16,
    "spacing": 14,
    "rounded_bars": 2,
    "show_minor_x_labels": False,
    "truncate_label": -1,
    "truncate_legend": -1,
    "y_labels_major_every": 1,
}


def _style(chart: Chart) -> Any:
    from pygal.style import Style

    return Style(
        background="#ffffff",
        plot_background="#ffffff",
        foreground=FAINT,
        foreground_strong=INK,
        foreground_subtle=GRID,
        guide_stroke_color=GRID,
        major_guide_stroke_color=GRID,
        guide_stroke_dasharray="0",
        major_guide_stroke_dasharray="0",
        opacity="1",
        opacity_hover="1",
        font_family=f"{FONT}, sans-serif",
        title_font_size=24,
        label_font_size=18,
        major_label_font_size=18,
        legend_font_size=18,
        colors=tuple(each.colour for each in chart.series),
    )


def _range(chart: Chart) -> tuple[int, int]:
    """Return from where to where the bars go, and a little more: few are not to look like many."""
    bars = list(zip(*(each.values for each in chart.series), strict=True))
    highest = max((sum(value for value in bar if value > 0) for bar in bars), default=0)
    lowest = min((sum(value for value in bar if value < 0) for bar in bars), default=0)
    return lowest, max(_LEAST_HEIGHT, highest)


def _library() -> Any:
    """Return pygal, without its hook for plug-ins: it is of an old kind, of which each later import warns."""
    import pygal

    sys.meta_path[:] = [hook for hook in sys.meta_path if type(hook).__module__ != pygal.__name__]
    return pygal
