"""What is wrong with a configuration, in words for people who write one and not for developers."""

import difflib
from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic import ValidationError

Location = tuple[int | str, ...]
"""Where pydantic found a problem: names of keys, and numbers of items counted from 0."""

_TEXT = 'write text in quotation marks, for example "abc"'
_NUMBER = "write a whole number, for example 30"
_PLAIN = {
    "missing": "is missing",
    "string_type": _TEXT,
    "path_type": _TEXT,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_parsing_size": _NUMBER,
    "int_from_float": _NUMBER,
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "tuple_type": 'write a list, for example ["one", "two"]; in the environment: one,two',
    "dict_type": 'write it in braces, for example { vi = "Tin mới", en = "News" }',
}


def explain(
    error: ValidationError, *, named: Callable[[Location], str], known: Callable[[Location], Collection[str]]
) -> str:
    """Return a line a problem; values are left out, since one of them may be a secret.

    *named* says in which file or variable a value stands and what it is called, *known* which keys there are
    in its place.
    """
    lines = []
    for problem in error.errors(include_input=False, include_url=False):
        location = problem["loc"]
        if problem["type"] == "extra_forbidden":
            hint = did_you_mean(str(location[-1]), known(location))
            lines.append(f"{named(location)}: there is no such setting{hint}")
        else:
            lines.append(
                f"{named(location)}: {_wording(problem['type'], problem['msg'], problem.get('ctx', {}))}"
            )
    return "\n".join(lines)


def wrong_value(error: ValidationError) -> str:
    """Return what is wrong with the one value that was looked at."""
    problem = error.errors(include_input=False, include_url=False)[0]
    return _wording(problem["type"], problem["msg"], problem.get("ctx", {}))


def did_you_mean(name: str, known: Collection[str]) -> str:
    """Return the end of a sentence that offers the nearest of what is *known*, or nothing."""
    near = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.75)
    return f"; did you mean {near[0]}?" if near else ""


def unreadable(error: OSError | UnicodeDecodeError) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else "it is not text in UTF-8"


def _wording(kind: str, message: str, context: Mapping[str, Any]) -> str:
    match kind:
        case "value_error":
            return message.removeprefix("Value error, ")
        case "greater_than_equal":
            return f"write a whole number that is {context['ge']} or more"
        case "less_than_equal":
            return f"write a whole number that is {context['le']} or less"
        case "literal_error" | "enum":
            return f"write {context['expected']}"
        case "model_type" | "model_attributes_type":
            return "write its name in brackets on a line of its own, and below it what belongs to it"
        case _:
            return _PLAIN.get(kind, "this is not of the form that is expected here")
