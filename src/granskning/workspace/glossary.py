"""The words of the field, from one file: what each means, and what must not be said instead.

Reads its own package data and nothing else. The handbook's word list, the web page and the tests take their words here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from granskning.shipped import package_text

if TYPE_CHECKING:
    from collections.abc import Mapping


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


@cache
def load_glossary() -> tuple[Term, ...]:
    """Every term, in the order of the file."""
    return tuple(_term(one) for one in yaml.safe_load(package_text("workspace/glossary.yaml")))


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
