"""Articles that a page hands to its scripts: portals that are drawn in the browser show no text else."""

import json
import re

from bot.sources.html.tree import Element

# One that never ends is taken to the end, or each quote in it would be tried.
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"?')
_DATE = re.compile(
    r'"(?:publish|pub|posted|release|deploy|created)[A-Za-z_]{0,12}"\s{0,9}:\s{0,9}'
    r'"([0-9][0-9T:./ +-]{7,30}Z?)"',
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<p[ >]|<br", re.IGNORECASE)
_SHORTEST = 500
_FEWEST_PARAGRAPHS = 3


def html_in_scripts(root: Element) -> str:
    """Return the longest piece of HTML with paragraphs that stands as a string in the page's scripts."""
    longest = ""
    for script in root.iter("script"):
        for found in _STRING.finditer(script.text or ""):
            if len(found[1]) > max(_SHORTEST, len(longest)):
                text = _unescaped(f'"{found[1]}"')
                if len(_MARKUP.findall(text)) >= _FEWEST_PARAGRAPHS:
                    longest = text
    return longest


def date_in_scripts(root: Element) -> str:
    """Return the first text in the page's scripts that is called a date of publication."""
    found = (_DATE.search(script.text or "") for script in root.iter("script"))
    return next((match[1] for match in found if match), "")


def _unescaped(literal: str) -> str:
    try:
        text = json.loads(literal, strict=False)
    except (ValueError, RecursionError):
        return ""
    return text if isinstance(text, str) else ""
