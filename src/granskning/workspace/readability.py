"""How heavy a Swedish text is to read: LIX, the usual measure. Text in, a number out.

Below 30 is very easy, 30 to 40 easy, 40 to 50 middling, over 50 heavy. The measure is meant for running text; a single
short sentence can get any number, since one long word in five already gives 20.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_STOP = re.compile(r"[.!?:](?=\s|$|[”\"»)])|\n\s*\n")
_LONG = 6
"""A word with more letters than this counts as long."""


@dataclass(frozen=True, slots=True)
class Lix:
    """What LIX is made of."""

    words: int
    sentences: int
    long_words: int

    @property
    def value(self) -> float:
        """Words to a sentence, and long words to a hundred; 0 for a text without words."""
        if not self.words:
            return 0.0
        return self.words / self.sentences + 100 * self.long_words / self.words


def measure_lix(text: str) -> Lix:
    """Count a text. A sentence ends with a full stop, a question or exclamation mark, a colon or an empty line."""
    words = _WORD.findall(text)
    sentences = sum(1 for part in _STOP.split(text) if _WORD.search(part))
    return Lix(len(words), max(sentences, 1), sum(len(word) > _LONG for word in words))
