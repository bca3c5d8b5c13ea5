"""Charts as SVG."""

import sys

from bot.services.figures.charts import Chart, Series, svg

CHART = Chart("Tin đã gửi", ("27/11", "28/11"), (Series("Đã gửi", (3, 1200), "#2f80ed"),), thousands=".")


def test_a_chart_says_its_title_its_labels_and_its_numbers_and_runs_nothing() -> None:
    drawn = svg(CHART)

    assert all(said in drawn for said in ("Tin đã gửi", "27/11", "Đã gửi"))
    assert "<script" not in drawn


def test_the_library_leaves_no_hook_that_later_imports_would_warn_of() -> None:
    svg(CHART)

    assert [hook for hook in sys.meta_path if not hasattr(hook, "find_spec")] == []
