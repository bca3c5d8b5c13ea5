"""CSS selectors as people write them into a configuration, looked at before any page is."""

from cssselect import SelectorError, parse


def css_problem(selector: str) -> str | None:
    """Return what is wrong with *selector*, if anything is."""
    try:
        parse(selector)
    except (SelectorError, RecursionError) as error:
        return str(error) or type(error).__name__
    return None
