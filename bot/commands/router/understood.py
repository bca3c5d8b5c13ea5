"""What somebody typed, understood: a command and its words, an everyday phrase, or mere words."""

import re
from dataclasses import dataclass

from bot.commands.base import command_names
from bot.commands.base.command_names import Command
from bot.commands.router.phrases import Reply, asked_how, meaning_of, wished_for_in
from bot.commands.settings import parse
from bot.domain.text.text import one_line
from bot.domain.text.utterance import LONGEST, Words, bare, heard, requests, wanted, written

_SLASH = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+|$)")
_AFTER_A_NAME = " .,:;!?"
_ANY_WORDS = frozenset({Command.SEARCH, Command.READ, Command.PHOTOS, Command.LISTEN})
"""The commands whose words are looked for: any of them may matter."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: the command, if it is one of ours, and the words after it.

    *reply* says that it answers a question, if one stands; *thanks* that it asks for nothing.
    """

    command: Command | None
    argument: str
    slash: bool
    reply: Reply | None = None
    thanks: bool = False


def read(text: str, username: str) -> Typed | None:
    """Return what *text* asks the bot called *username*; None if it is a command for another bot."""
    line = _without_mention(one_line(text), username)
    slash = _SLASH.match(line)
    if slash is None:
        return _plain(line.removeprefix("/"))
    if slash["bot"] and slash["bot"].casefold() != username.casefold():
        return None
    # A name and its words may also be typed as people write them: "/đăng ký trong nước".
    line = f"{slash['name']} {line[slash.end() :]}".strip()
    return _named(line, heard(line[:LONGEST]), slash=True) or Typed(None, line, slash=True)


def link_in(text: str, link_to_us: str | None) -> Typed | None:
    """Return the start of the bot that a deep link in *text* asks for, which begins with *link_to_us*."""
    if link_to_us is None:
        return None
    begin = re.escape(link_to_us.removeprefix("https://"))
    found = re.search(rf"(?<![\w.-]){begin}([\w-]{{1,64}})(?![\w-])", text, re.ASCII | re.IGNORECASE)
    return Typed(Command.START, found[1], slash=True) if found else None


def _plain(line: str) -> Typed:
    said = heard(line[:LONGEST])
    typed = _phrase(line, said) if len(line) <= LONGEST else None
    named = (_named(line, each, slash=False) for each in requests(said))
    return typed or next(filter(None, named), Typed(None, line, slash=False))


def _phrase(line: str, said: Words) -> Typed | None:
    """Return what *line* asks for as a whole."""
    if not said:
        return Typed(Command.HELP, "", slash=False) if line.strip("? ") == "" != line else None
    if meaning := meaning_of(said):
        return Typed(meaning.command, meaning.words, slash=False, reply=meaning.reply, thanks=meaning.thanks)
    wish = written(line, bare(said))
    if parse.is_wish(wish):
        return Typed(Command.SETTINGS, wish, slash=False)
    return _question_how(line, asked_how(said))


def _question_how(line: str, asked: Words) -> Typed | None:
    """Return what answers the question how to do what is *asked*, if that is something that the bot does:
    nothing is done yet.
    """
    if not asked:
        return None
    meaning = meaning_of(asked)
    command = meaning.command if meaning else command_names.BOOK.meaning(asked)
    wishes = (written(line, bare(each)) for each in (asked, *wished_for_in(asked)) if each)
    if command is Command.SETTINGS or any(map(parse.is_wish, wishes)):
        return Typed(Command.SETTINGS, "", slash=False)
    return Typed(Command.HELP, "", slash=False) if command else None


def _named(line: str, said: Words, *, slash: bool) -> Typed | None:
    """Return the command whose name *line* begins with."""
    size = command_names.BOOK.at_start(said)
    if not size:
        return None
    named, end = said[:size], said[size - 1].end
    if line[end : end + 1] not in ("", *_AFTER_A_NAME) or not (slash or _is_meant(named, said)):
        return None
    command, argument = command_names.BOOK.meaning(named), line[end:].lstrip(_AFTER_A_NAME)
    if slash or len(line) > LONGEST:
        return Typed(command, argument, slash=slash)
    return Typed(command, _polished(line, said[size:], argument, command), slash=False)


def _polished(line: str, words: Words, argument: str, command: Command | None) -> str:
    """Return the *argument* of a command, which is *words* of *line*, without what is only polite."""
    meant = wanted(words)
    if words and not meant:
        return ""
    if command in _ANY_WORDS or not words:
        return argument
    if len(meant) == len(words):
        return argument.rstrip(" .!?")
    return line[len(line) - len(argument) : meant[-1].end]


def _is_meant(named: Words, said: Words) -> bool:
    """Return whether the words *named*, with which *said* begins, are no other word than the command."""
    name = " ".join(word.folded for word in named)
    has_marks = any(word.folded != word.exact for word in said)
    lacks_marks = all(word.folded == word.exact for word in named)
    return name not in command_names.ONLY_WITH_A_SLASH and not (
        name in command_names.NEEDS_MARKS and has_marks and lacks_marks
    )


def _without_mention(line: str, username: str) -> str:
    mention = re.compile(rf"(?:^|\s)@{re.escape(username)}(?=\W|$)[:,]?", re.IGNORECASE)
    return one_line(mention.sub(" ", line))
