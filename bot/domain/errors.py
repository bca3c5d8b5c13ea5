"""Errors that a person can act on."""


class ExplainedError(Exception):
    """Something outside of this program's code went wrong.

    The text is for people, one line a problem: what is wrong, where, and what to do about it; no secret.
    """
