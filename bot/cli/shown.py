"""What the commands print: rows as tables, and a card as text."""

import html
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from bot.services.polling import PollReport

Row = dict[str, Any]

_NEVER = "–"
_WIDTH = 100
_ENTRIES = 20


def table(rows: Sequence[Row]) -> str:
    """Return *rows* as columns under their keys."""
    if not rows:
        return "nothing yet"
    heads = list(rows[0])
    lines = [
        [head.replace("_", " ") for head in heads],
        *([_cell(row[head]) for head in heads] for row in rows),
    ]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _cell(value: object) -> str:
    match value:
        case None | "":
            return _NEVER
        case bool():
            return "yes" if value else "no"
        case _:
            return " ".join(str(value).split())


def report(report: PollReport) -> Row:
    """Return one poll as JSON shows it."""
    fresh = report.fresh
    actions = (
        (fresh.pushed, "push"),
        (fresh.kept, "keep"),
        (fresh.seen, "mark as seen"),
        (fresh.held, "hold"),
        (fresh.moved, "known, moved"),
    )
    return {
        "feed": report.feed.id,
        "error": report.error,
        "not_modified": report.not_modified,
        "entries": [
            {
                "title": entry.title,
                "url": entry.link or None,
                "published_at": entry.published.at.isoformat() if entry.published else None,
                "action": action,
            }
            for entries, action in actions
            for entry in entries
        ],
    }


def reports_table(reports: Sequence[Row]) -> str:
    """Return polls as text: a line each, and their new entries below."""
    lines = []
    for row in reports:
        lines.append(f"{row['feed']}: {_outcome(row)}")
        lines += [_entry_line(entry) for entry in row["entries"]]
    return "\n".join(lines) if lines else "there are no feeds: config/feeds.toml lists them"


def _entry_line(entry: Row) -> str:
    published = (entry["published_at"] or "")[:16].replace("T", " ")
    return f"  {entry['action']:<12}  {_cell(published):<16}  {entry['title']}"


def _outcome(row: Row) -> str:
    if row["error"]:
        return str(row["error"])
    if row["not_modified"]:
        return "not modified"
    return f"{len(row['entries'])} new" if row["entries"] else "nothing new"


def feed_text(found: Mapping[str, Any]) -> str:
    """Return what an address gave as a feed: the facts, its entries, and the first article as a card."""
    facts = [
        f"address    {found['url']}",
        f"kind       {_cell(found['kind'])}",
        *(f"guessed    {guess}" for guess in found["guessed"]),
        *(
            f"{name:<10} {found[key]}"
            for name, key in (("next page", "next_page"), ("hub", "hub"))
            if found[key]
        ),
        f"entries    {len(found['entries'])}",
    ]
    entries = [_entry_line({**entry, "action": ""}) for entry in found["entries"][:_ENTRIES]]
    if len(found["entries"]) > _ENTRIES:
        entries.append(f"  … and {len(found['entries']) - _ENTRIES} more")
    card = ["", "The first of them as a card:", preview_text(found["article"])] if found["article"] else []
    return "\n".join([*facts, *entries, *card])


def preview_text(preview: Mapping[str, Any]) -> str:
    """Return a previewed article as text: the card in a frame, then what was read."""
    card = preview["card"]
    text = html.unescape(re.sub(r"<[^>]+>", "", card["html"]))
    lines = [line for part in text.split("\n") for line in (textwrap.wrap(part, _WIDTH - 4) or [""])]
    if card["photo"]:
        lines = [f"[photo] {card['photo']}", "", *lines]
    frame = ["┌" + "─" * (_WIDTH - 2), *(f"│ {line}" for line in lines), "└" + "─" * (_WIDTH - 2)]
    facts = [
        f"address    {preview['url']}",
        f"published  {_cell(preview['published_at'])} (precision: {_cell(preview['date_precision'])})",
        f"length     {card['length']} code points",
        f"body       {len(preview['body'])} paragraphs",
        *(f"photo      {photo['url']}  {photo['caption']}" for photo in preview["photos"]),
        *(f"file       {each['name']} {each['size']}  {each['url']}" for each in preview["attachments"]),
        *(f"{name:<10} {preview[name]}" for name in ("author", "source") if preview[name]),
    ]
    return "\n".join([*frame, *facts])
