"""Things that a person chooses among by their words, and that have the same ones: levels, bands, questions, targets.

In a file they differ by their ids; on the page, in the workbook and in the report there are only the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.findings.finding import Path


def check_alike(values: Mapping[str, Any], file: str) -> Iterator[Finding]:
    """Yield what has the same words as another of its kind in the same place. `values` are those of the set."""
    for path, key, things in _lists(values, ()):
        seen: dict[tuple[str, str], str] = {}
        for number, thing in enumerate(things):
            name = str(thing.get("id", thing.get("value")))
            words = thing.get(key, "")
            for language, text in (words if isinstance(words, dict) else {"": words}).items():
                spoken = " ".join(str(text).split())
                other = seen.setdefault((language, spoken.casefold()), name)
                if spoken and other != name:
                    at = Pointer(file, (*path, number, key))
                    yield Finding(RULES["GR469"], at, {"id": name, "other": other, "words": spoken})
                    break


def _lists(values: Mapping[str, Any], path: Path) -> Iterator[tuple[Path, str, Sequence[Mapping[str, Any]]]]:
    """Every list of things that are chosen among, with the key that their words stand under."""
    if "scale" in values and isinstance(values["scale"], list):
        yield (*path, "scale"), "label", values["scale"]
    for number, scale in enumerate(values.get("scales", ())):
        yield (*path, "scales", number, "levels"), "label", scale.get("levels", ())
    yield from _bands(values.get("scoring"), (*path, "scoring"))
    for key, words in (("criteria", "question"), ("targets", "title")):
        yield (*path, key), words, values.get(key, ())
    for number, target in enumerate(values.get("targets", ())):
        yield from _lists(target, (*path, "targets", number))


def _bands(scoring: Mapping[str, Any] | None, path: Path) -> Iterator[tuple[Path, str, Sequence[Mapping[str, Any]]]]:
    """The bands of a step, and of the steps within `scoring`."""
    if scoring is None:
        return
    yield (*path, "bands"), "label", scoring.get("bands", ())
    for step in ("criteria", "subtargets", "targets"):
        if step in scoring:
            yield (*path, step, "bands"), "label", scoring[step].get("bands", ())
