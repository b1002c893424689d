"""What in a document is most like a quotation whose words it does not have: the passage, how like, and which words.

Words that are rare in the document point out some stretches; the words of each are then laid beside the quotation's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from granskning.evidence.folding import clean_text
from granskning.evidence.passages import ClosestPassage, Passage, WordChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.evidence.text_index import TextIndex

_WORD = re.compile(r"[^\W_]+(?:-\s*\n\s*[^\W\d_]+)*(?:[.,:/~–-][^\W_]+)*")
"""Letters and figures; what a line end has cut in two is one word, and so are 12,5 and a compound with a hyphen."""
_LINE_END = re.compile(r"-\s*\n\s*|[-–]")
_OFTEN = 400
"""A word that stands oftener than so points nowhere."""
_POINTERS = 24
_CANDIDATES = 8
_LIKE = 0.7
"""From here two words are taken for one that has been changed: its like letters count."""
_MOST_WORDS = 400
"""So many words of a quotation are compared; a longer one is told by its beginning."""


class Word(NamedTuple):
    """A word of a document: folded, on which page, counted from 0, and from where to where."""

    folded: str
    page: int
    start: int
    end: int


def words_of(cleaned: str, page: int = 0) -> Iterator[Word]:
    """The words of a cleaned text."""
    for match in _WORD.finditer(cleaned):
        word = match[0].lower()
        yield Word(_LINE_END.sub("", word) if "-" in word or "–" in word else word, page, *match.span())


class WordIndex:
    """The words of a document, and where each stands."""

    def __init__(self, index: TextIndex) -> None:
        self._pages = index.pages
        self.words = [word for page, text in enumerate(index.body.pages) for word in words_of(text, page)]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(self.words):
            self._places[word.folded].append(place)

    def closest(self, quotation: str) -> ClosestPassage | None:
        """The passage most like the quotation; None where they have no telling word in common."""
        quoted = list(words_of(clean_text(quotation)))[:_MOST_WORDS]
        best: ClosestPassage | None = None
        for start in self._candidates([word.folded for word in quoted]):
            passage = self._compare(quoted, start, clean_text(quotation))
            if passage is not None and (best is None or passage.similarity > best.similarity):
                best = passage
        return best

    def _candidates(self, quoted: Sequence[str]) -> list[int]:
        """Where in the document the quotation may begin, the best first."""
        known = [(len(self._places[word]), at) for at, word in enumerate(quoted) if word in self._places]
        width = max(4, len(quoted) // 3)
        votes: Counter[int] = Counter()
        for count, at in sorted(known)[:_POINTERS]:
            if count > _OFTEN and votes:
                break
            for place in self._places[quoted[at]][:_OFTEN]:
                for bucket in {(place - at) // width, (place - at + width // 2) // width}:
                    votes[bucket] += 1 + len(quoted[at]) // 3
        return [bucket * width for bucket, _ in votes.most_common(_CANDIDATES)]

    def _compare(self, quoted: Sequence[Word], start: int, text: str) -> ClosestPassage | None:
        slack = max(6, len(quoted) // 2)
        first = max(0, start - slack)
        window = self.words[first : start + len(quoted) + 2 * slack]
        if not window:
            return None
        matcher = SequenceMatcher(
            None, [word.folded for word in quoted], [word.folded for word in window], autojunk=False
        )
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if not blocks:
            return None
        low = max(0, blocks[0].b - blocks[0].a)
        high = min(len(window), blocks[-1].b + len(quoted) - blocks[-1].a)
        window = window[low:high]
        matcher = SequenceMatcher(
            None, [word.folded for word in quoted], [word.folded for word in window], autojunk=False
        )
        alike, changes = 0.0, []
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag == "equal":
                alike += sum(len(word.folded) for word in quoted[a:b])
            else:
                changes.append(WordChange(_shown(quoted[a:b], [text]), _shown(window[c:d], self._pages)))
                alike += _letters_alike(quoted[a:b], window[c:d])
        letters = sum(len(word.folded) for word in (*quoted, *window))
        passage = Passage(window[0].page + 1, window[0].start, window[-1].page + 1, window[-1].end)
        similarity = round(2 * alike / letters, 3) if letters else 0.0
        return ClosestPassage(passage, _shown(window, self._pages), similarity, tuple(changes))


def _letters_alike(quoted: Sequence[Word], others: Sequence[Word]) -> float:
    """The letters of words in the same place that are nearly the same: another form, a slip of the pen."""
    alike = 0.0
    for word, other in zip(quoted, others, strict=False):
        ratio = SequenceMatcher(None, word.folded, other.folded, autojunk=False).ratio()
        if ratio >= _LIKE:
            alike += ratio * (len(word.folded) + len(other.folded)) / 2
    return alike


def _shown(words: Sequence[Word], pages: Sequence[str]) -> str:
    """Words as they stand in the text, with the marks between them, without its line ends."""
    pieces: list[str] = []
    for page in dict.fromkeys(word.page for word in words):
        own = [word for word in words if word.page == page]
        text = pages[page][own[0].start : own[-1].end]
        pieces.append(" ".join(re.sub(r"(?<=[^\W\d_])-\s*\n\s*(?=[^\W\d_])", "", text).split()))
    return " ".join(pieces)
