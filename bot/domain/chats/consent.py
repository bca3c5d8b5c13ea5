"""Consent to what is stored about a person: the version of its text in force, and what older ones allow."""

VERSION = "5"
"""The version of the texts consent-data and consent-question: raised whenever they change."""

PUSHED_UNDER = frozenset({"1", "2", "3", "4", VERSION})
"""The versions under which news goes on being pushed.

Each of them asked for what today's text asks for: to keep the id of the chat and what it chose, and to send
it news. Version 3 tells more about it (the controller, for how long, Telegram's servers abroad) and asks for
no more. Version 4 asks for one thing more: the note that an administrator makes about somebody whom they
invite or appoint. Nobody is let in by an invitation before they have agreed to it, and what is pushed is the
same. Version 5 asks for the pages that somebody follows: none is followed before they have agreed to it.
So a chat which agreed to an older one keeps getting what it agreed to; it is asked again at its next
contact. A version under which more would be pushed must leave out the older ones here.
"""
