"""The language that words are in, kept in the words themselves until a page shows them.

A sentence of a report may hold a title in another language, a cell a level's label, a chart a question. So a text that
is in another language than its page carries that language with it, in Unicode's own invisible signs for it (language
tags, The Unicode Standard, 23.9): `<LANGUAGE TAG>sv` opens and `<LANGUAGE TAG><CANCEL TAG>` closes. They go through
sentences, cells and lists unseen, and the page turns them into elements with `lang`; nothing else ever shows them.
The standard advises against them in files, where markup is better, and in no file do they stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGN = "\N{LANGUAGE TAG}"
CLOSED = f"{SIGN}\N{CANCEL TAG}"
_SHIFT = 0xE0000
_ANY = re.compile(f"{SIGN}([\U000e0020-\U000e007e]*)\N{CANCEL TAG}?")
_LIST_MARK = re.compile("\t+(?:\N{BULLET} )?")
_MARK = re.compile(rf"\[[^\[\]]*\] (?={SIGN})")


def tagged(words: str, language: str) -> str:
    """The words with the language that they are in."""
    if not words:
        return ""
    opened = SIGN + "".join(chr(_SHIFT + ord(letter)) for letter in language.lower())
    return f"{opened}{untagged(words)}{CLOSED}"


def untagged(words: str) -> str:
    """The words without the signs that say their language."""
    return _ANY.sub("", words) if SIGN in words else words


def unmarked(words: str) -> str:
    """The words without the marks of a missing translation, where signs say the language: for use in a sentence."""
    return _MARK.sub("", words) if SIGN in words else words


def language_runs(words: str) -> list[tuple[str, str]]:
    """The words in pieces of one language each: the language, empty where it is the page's own, and the words."""
    parts = _ANY.split(words)
    languages = ["", *("".join(chr(ord(sign) - _SHIFT) for sign in code) for code in parts[1::2])]
    return [(language, text) for language, text in zip(languages, parts[::2], strict=True) if text]


def retagged(pieces: Iterable[str], words: str) -> tuple[str, ...]:
    """Pieces that the words without their signs were cut into, each with the language again.

    What stands before the language, such as a number, stays before it in the first piece; so do marks of lists.
    """
    languages = {language for language, run in language_runs(words) if language and run.strip()}
    if len(languages) != 1:
        return tuple(pieces)
    language, head = languages.pop(), " ".join(words.partition(SIGN)[0].split())
    made: list[str] = []
    for piece in pieces:
        before = _LIST_MARK.match(piece)
        start = len(head) if not made and piece.startswith(head) else before.end() if before else 0
        rest = piece[start:]
        space = len(rest) - len(rest.lstrip(" "))
        made.append(piece[: start + space] + tagged(rest[space:], language))
    return tuple(made)


def cut(words: str, letters: int) -> str:
    """So many letters of the words, not counting signs; a language that was cut is closed."""
    made = []
    for language, run in language_runs(words):
        piece = run[:letters]
        letters -= len(piece)
        made.append(tagged(piece, language) if language else piece)
    return "".join(made)
