"""What changed in a criteria set, in the words of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.reporting.diff_values import Block, Heading, Line, plain
from granskning.reporting.word_diff import Run, word_diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.i18n import Translator
    from granskning.reporting.diff_values import SetsBeside
    from granskning.scoring.comparable import Part, SetChange

_PARTS: dict[Part, str] = {
    "set": N_("Another set"),
    "version": N_("Version"),
    "title": N_("Title"),
    "scale": N_("Scale"),
    "picture": N_("Target picture"),
    "question": N_("Question"),
    "why": N_("Why it is asked"),
    "level": N_("Level {key}"),
    "weight": N_("Weight"),
    "requires": N_("What is required"),
    "not_applicable": N_("What not applicable means"),
    "applies_to": N_("Areas"),
    "gate": N_("Gate"),
    "method": N_("Method"),
    "bands": N_("Bands"),
    "rounding": N_("Rounding"),
    "verdict": N_("Demands for a verdict"),
    "scoring": N_("From reviewers to round"),
}
_WHOLE = {
    ("criterion", True): N_("New question: {text}"),
    ("criterion", False): N_("Retired question: {text}"),
    ("target", True): N_("New target picture: {text}"),
    ("target", False): N_("Retired target picture: {text}"),
    ("gate", True): N_("New gate: {text}"),
    ("gate", False): N_("Retired gate: {text}"),
}


def set_blocks(pair: SetsBeside, t: Translator) -> Iterator[Block]:
    """One criteria set before and after."""
    held = pair.after or pair.before
    if held is None:
        return
    yield Heading(3, t("Criteria set {reference}", reference=held.reference))
    if pair.before is None:
        yield Line(0, plain(t("New criteria set.")))
    elif pair.after is None:
        yield Line(0, plain(t("The criteria set is gone.")))
    elif not pair.changes:
        yield Line(0, plain(t("No differences.")))
    elif pair.before.version == pair.after.version:
        yield Line(0, plain(t("Changed without a new version.")))
    for change in pair.changes:
        yield Line(1, tuple(_runs(change, t)), code=change.id)


def _runs(change: SetChange, t: Translator) -> Iterator[Run]:
    key = (change.part, change.before is None)
    if key in _WHOLE and (change.before is None or change.after is None):
        yield Run("same", t(_WHOLE[key], text=change.after or change.before))
        return
    yield Run("same", f"{t(_PARTS[change.part], key=change.key)}: ")
    yield from word_diff(change.before, change.after)
