"""The rules of the design that a linter of imports does not see."""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "bot"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "versions" not in path.parts)
HOMES = {
    "sqlalchemy": "store",
    "alembic": "store",
    "telegram": "messengers/telegram",
    "feedparser": "sources",
    "trafilatura": "sources",
    "lxml": "sources",
    "fluent": "i18n",
    "apscheduler": "runtime/scheduler.py",
    "dotenv": "settings/secrets_file.py",
    "tomlkit": "settings/folder.py",
    "python_socks": "proxy",
    "typer": "cli",
    "pygal": "services/figures/charts.py",
    "resvg_py": "services/figures/picture.py",
    "segno": "web/public/posters.py",
}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported_by(path: Path) -> frozenset[str]:
    """Return the packages that a module imports."""
    names = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module.partition(".")[0])
    return frozenset(names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_is_short_says_what_it_holds_and_its_functions_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    tree = tree_of(path)

    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    too_long = [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno + 1 > 40]
    assert (len(text.splitlines()) <= 500, bool(ast.get_docstring(tree)), too_long) == (True, True, [])


def test_whoever_shows_topics_to_people_asks_which_they_may_see() -> None:
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if "feeds.topics(" in path.read_text(encoding="utf-8")
    }

    # A digest only sorts by them what its chat is owed, an outage is told where a topic wants it told, the
    # configuration defines them all, owners see every one, publications, announcements, pauses, figures, what
    # waits and what one chat has are shown to managers alone, as is the console, of what is urgent owners are
    # told, a key of the API is for any of them, and the command line is the operator's.
    others = {
        *("services/delivery/batching.py", "services/operations/outage_notices.py"),
        *("services/administration/configuration.py", "services/administration/topic_life.py"),
        *("services/administration/api_keys.py", "services/publishing/submissions.py"),
        *("services/figures/figures.py", "services/figures/urgent_reach.py"),
        *("services/rendering/audit_words.py", "commands/admin/admin_panel.py"),
        *("commands/admin/publications.py", "commands/admin/pauses.py", "commands/announcing/writing.py"),
        *("commands/admin/publishing/waiting.py", "commands/admin/publishing/moving.py"),
        *("commands/desk/support.py", "web/console/pages/publications/editing.py", "cli/stored/edit.py"),
        *("web/api/topics.py", "web/api/figures.py"),
        *("web/console/names.py", "web/console/pages/people/chats.py"),
        *("web/console/pages/people/members.py", "web/console/pages/sources/feeds.py"),
        "web/console/pages/publications/drafts.py",
        *("web/console/pages/sources/feed_values.py", "web/console/pages/sources/topics.py"),
        *(
            "cli/service/check.py",
            "cli/feeds/topics.py",
            "cli/feeds/edits.py",
            "cli/feeds/opml.py",
            "cli/feeds/preview.py",
        ),
        "cli/stored/announce.py",
    }
    assert users - others == {
        "commands/admin/feeds.py",
        "services/subscribers/invitations.py",
        "services/subscribers/subscriptions.py",
    }


def test_a_folder_holds_at_most_fifteen_modules() -> None:
    holds = Counter(path.parent for path in MODULES if path.name != "__init__.py")

    assert {folder.name: count for folder, count in holds.items() if count > 15} == {}


def test_no_two_classes_have_one_name() -> None:
    """But for the emulator, which is the other side of the wire and has names of its own."""
    ours = [path for path in MODULES if "emulator" not in path.parts]
    classes = Counter(
        node.name for path in ours for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)
    )

    assert [name for name, count in classes.items() if count > 1] == []


@pytest.mark.parametrize("library", HOMES)
def test_each_library_has_one_home(library: str) -> None:
    # To parse every module takes seconds, and most say nothing of it.
    named = [path for path in MODULES if library in path.read_text(encoding="utf-8")]
    users = [path.relative_to(PACKAGE).as_posix() for path in named if library in imported_by(path)]

    strangers = [user for user in users if not user.startswith(HOMES[library])]

    assert (strangers, users != []) == ([], True)
