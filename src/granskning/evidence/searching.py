"""Words in a document's text: every place where they stand near each other, with sentence and headings."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from granskning.evidence.outline import Outline
from granskning.evidence.sentences import part_around, readable, sentence_spans
from granskning.evidence.text_index import TextIndex
from granskning.evidence.word_forms import stemmed_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from granskning.evidence.word_forms import SearchTerm, StemmedWord
    from granskning.model.document_text import DocumentText


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A place in a document where all terms stand near each other."""

    page: int
    """Counted from 1."""
    label: str | None
    """As printed; None where there are no pages."""
    headings: tuple[str, ...]
    sentence: str
    words: tuple[str, ...]
    """Those that matched, as they stand."""
    is_exact: bool
    """Whether every word is one asked for, and not a compound of it."""
    width: int
    """Words from the first to the last of them."""
    start: int
    """Place in the page's cleaned text."""


class SearchedDocument:
    """A document to be searched: its pages' words and sentences, each worked out when asked for."""

    def __init__(self, document: DocumentText) -> None:
        self.document = document
        self.index = TextIndex(document)
        self._words: dict[int, list[StemmedWord]] = {}

    @cached_property
    def outline(self) -> Outline:
        """Its headings."""
        return Outline(self.index)

    def stems(self, page: int) -> str:
        """The stems of a page, counted from 1, in order with a space between: what an index of words is made of."""
        return " ".join(word.stem for word in self.words(page))

    def words(self, page: int) -> list[StemmedWord]:
        """The words of a page, counted from 1, without its running heads."""
        if page not in self._words:
            self._words[page] = stemmed_words(self.index.body.pages[page - 1])
        return self._words[page]

    def passages(self, terms: Sequence[SearchTerm], pages: Collection[int], near: int) -> Iterator[FoundPassage]:
        """The passages on some pages, in order, each sentence once."""
        for page in sorted(pages):
            words = self.words(page)
            spans = sentence_spans(self.index.body.pages[page - 1])
            starts = [start for start, _ in spans]
            given: set[int] = set()
            for first, places in _windows(terms, [word.stem for word in words], near):
                number = max(0, bisect_right(starts, words[first].start) - 1)
                if number not in given:
                    given.add(number)
                    yield self._passage(page, words, places, spans[number], terms)

    def _passage(
        self, page: int, words: list[StemmedWord], places: list[int], span: tuple[int, int], terms: Sequence[SearchTerm]
    ) -> FoundPassage:
        text = self.index.body.pages[page - 1]
        stems = [word.stem for word in words]
        headings = self.outline.path(page, words[min(places)].start)
        matched = [words[at : at + len(term.stems)] for term, at in zip(terms, places, strict=True)]
        return FoundPassage(
            page=page,
            label=self.document.label(page),
            headings=headings,
            sentence=_without_heading(part_around(text, span, words[min(places)].start), headings),
            words=tuple(readable(text[part[0].start : part[-1].end]) for part in matched),
            is_exact=all(term.is_exact(stems, at) for term, at in zip(terms, places, strict=True)),
            width=max(places) - min(places) + 1,
            start=words[min(places)].start,
        )


def _windows(terms: Sequence[SearchTerm], stems: list[str], near: int) -> list[tuple[int, list[int]]]:
    """Where all terms are near: the first place of all, and the place of each. A window with another in it is none."""
    places = [[at for at in range(len(stems)) if term.match(stems, at)] for term in terms]
    if not all(places):
        return []
    windows: dict[tuple[int, int], list[int]] = {}
    for start in places[0]:
        nearest = [min(own, key=lambda at: abs(at - start)) for own in places]
        if max(nearest) - min(nearest) <= near:
            windows.setdefault((min(nearest), max(nearest)), nearest)
    ends = list(windows)
    return [
        (first, windows[first, last])
        for first, last in ends
        if not any(first <= low and high <= last and (low, high) != (first, last) for low, high in ends)
    ]


def _without_heading(sentence: str, headings: Sequence[str]) -> str:
    """A sentence without the heading right above it, which ends without a mark."""
    rest = sentence.removeprefix(headings[-1]).strip() if headings else sentence
    return rest or sentence
