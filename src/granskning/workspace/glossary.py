"""The words of the field, from one file: what each means, and what must not be said instead.

Reads its own package data and nothing else. The handbook's word list, the web page and the tests take their words here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from granskning.shipped import package_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Term:
    """One word of the field, in each language."""

    id: str
    group: str
    """`word`, `state` (of an answer) or `status` (of a review)."""
    word: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]
    """Other words that may stand for it."""
    key: str | None
    """How it is written in the files."""
    means: Mapping[str, str]
    instead_of: Mapping[str, tuple[str, ...]]
    """What must not be said for it; a trailing * takes any ending."""

    def words(self, language: str) -> tuple[str, ...]:
        """The word, and those that may stand for it."""
        return (self.word[language], *self.also.get(language, ()))


@dataclass(frozen=True, slots=True)
class Misuse:
    """A word that was used against the glossary."""

    found: str
    term: Term


@cache
def load_glossary() -> tuple[Term, ...]:
    """Every term, in the order of the file."""
    return tuple(_term(one) for one in yaml.safe_load(package_text("workspace/glossary.yaml")))


def find_term(name: str) -> Term | None:
    """The term with that id, key or word, in any language; ids win over keys, keys over words."""
    wanted = name.casefold()
    terms = load_glossary()
    by_word = {word.casefold(): one for one in terms for language in one.word for word in one.words(language)}
    by_key = {one.key: one for one in reversed(terms) if one.key}
    return {**by_word, **by_key, **{one.id: one for one in terms}}.get(wanted)


def find_misuse(text: str, language: str) -> Iterator[Misuse]:
    """The words in a text that the glossary has another word for, in the order of the glossary."""
    for term in load_glossary():
        for banned in term.instead_of.get(language, ()):
            for found in _pattern(banned).findall(text):
                yield Misuse(found, term)


@cache
def _pattern(banned: str) -> re.Pattern[str]:
    ending = r"\w*" if banned.endswith("*") else ""
    words = r"\s+".join(re.escape(part) for part in banned.rstrip("*").split())
    return re.compile(rf"(?<!\w){words}{ending}(?!\w)", re.IGNORECASE)


def _term(values: dict[str, Any]) -> Term:
    return Term(
        id=values["id"],
        group=values["group"],
        word={"sv": values["sv"], "en": values["en"]},
        also={language: tuple(words) for language, words in values.get("also", {}).items()},
        key=values.get("key"),
        means=values["means"],
        instead_of={language: tuple(words) for language, words in values.get("instead_of", {}).items()},
    )
