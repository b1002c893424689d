"""Which words of a text were taken out and which were put in."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

_WORD = re.compile(r"\S+")
_MOST = 4000
"""Longer texts are shown whole, before and after."""

_ALIKE = 0.5
"""Texts with less in common are easier to read one after the other."""


class DiffRun(NamedTuple):
    """Some words in a row."""

    kind: Literal["same", "removed", "added", "strong"]
    text: str


def word_diff(before: str | None, after: str | None) -> tuple[DiffRun, ...]:
    """The words of both texts in order, each marked as kept, taken out or put in."""
    old, new = _WORD.findall(before or ""), _WORD.findall(after or "")
    if not old or not new or len(old) + len(new) > _MOST:
        pair = (DiffRun("removed", " ".join(old)), DiffRun("added", " ".join(new)))
        return tuple(run for run in pair if run.text)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return (DiffRun("removed", " ".join(old)), DiffRun("added", " ".join(new)))
    runs: list[DiffRun] = []
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            runs.append(DiffRun("same", " ".join(old[start:end])))
            continue
        if end > start:
            runs.append(DiffRun("removed", " ".join(old[start:end])))
        if new_end > new_start:
            runs.append(DiffRun("added", " ".join(new[new_start:new_end])))
    return tuple(runs)
