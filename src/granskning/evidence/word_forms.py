"""Swedish words in all their forms: a text in, its words with their stems out; words asked for in, what they match out.

Snowball's rules cut endings off. The few words that change their vowel are listed. A compound is found by its first
part: what is asked for matches every word that begins with the same stem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from granskning.evidence.closest import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CHANGING = (
    "man mannen mannens mans män männen männens mäns männens",
    "stad staden stadens städer städerna städernas",
    "land landet landets länder länderna ländernas",
    "hand handen händer händerna",
    "natt natten nätter nätterna",
    "bok boken böcker böckerna",
    "son sonen söner sönerna",
    "dotter dottern dotterns döttrar döttrarna döttrars",
    "mor modern moderns mödrar mödrarna mödrars",
    "far fadern faderns fäder fäderna fäders",
    "bror brodern bröder bröderna",
    "fot foten fötter fötterna",
    "rot roten rötter rötterna",
    "kraft kraften krafter krafterna",
)
_ROOTS = {form: line.split()[0] for line in _CHANGING for form in line.split()}
_INDEFINITE = re.compile(r"(\w{3,}a)ns?\Z")
"""resan and förskolans are forms of resa and förskola, of which Snowball leaves the end."""
_SHORTEST_BEGINNING = 4
"""A stem shorter than so begins too many other words to be taken for the first part of a compound."""


@dataclass(frozen=True, slots=True)
class StemmedWord:
    """A word of a text: its stem, and from where to where it stands."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A word, or words that follow each other, as stems."""

    stems: tuple[str, ...]
    is_beginning: bool
    """Whether the last may be only the beginning of a word."""

    def match(self, stems: Sequence[str], at: int) -> bool:
        """Whether the words from a place on are these."""
        last = at + len(self.stems) - 1
        if last >= len(stems) or tuple(stems[at:last]) != self.stems[:-1]:
            return False
        return stems[last].startswith(self.stems[-1]) if self.is_beginning else stems[last] == self.stems[-1]

    def is_exact(self, stems: Sequence[str], at: int) -> bool:
        """Whether they are so without being the beginning of a compound."""
        return tuple(stems[at : at + len(self.stems)]) == self.stems


def stem(word: str) -> str:
    """The stem of a word in small letters."""
    return _ROOTS.get(word) or _snowball(_INDEFINITE.sub(r"\1", word))


def stemmed_words(cleaned: str) -> list[StemmedWord]:
    """The words of a cleaned text."""
    return [StemmedWord(stem(part), start, end) for part, start, end in _parts(cleaned)]


def _parts(cleaned: str) -> Iterator[tuple[str, int, int]]:
    for word in words_of(cleaned):
        yield "".join(letter for letter in word.folded if letter.isalnum()), word.start, word.end


def search_terms(words: Sequence[str]) -> tuple[SearchTerm, ...]:
    """What is asked for: each argument a word, or a phrase of several; one that ends in * is a beginning."""
    terms = []
    for argument in words:
        written = argument.strip().strip("\"”“»«'")
        stems = tuple(stem(part) for part, _, _ in _parts(written))
        if stems:
            is_long = len(stems[-1]) >= _SHORTEST_BEGINNING and stems[-1] not in _ROOTS.values()
            terms.append(SearchTerm(stems, is_long or written.endswith("*")))
    return tuple(terms)


@cache
def _stemmer() -> Any:
    import snowballstemmer  # a fiftieth of a second, for those who search

    return snowballstemmer.stemmer("swedish")


# kept by the process: a stem follows from the word alone, and a document has each word many times
@lru_cache(maxsize=200_000)
def _snowball(word: str) -> str:
    return str(_stemmer().stemWord(word))
