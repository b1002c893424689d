"""Two versions of a file that git could not join, taken apart: what each side says of every question.

The lines that git puts in name the sides. A third part, the version that both come from, may stand between them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from granskning.findings.finding import Finding, Place, Pointer
from granskning.findings.rules import RULES
from granskning.workspace.schema.modelling import STATE_KEYS
from granskning.workspace.yaml.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(r"(<{7}|\|{7}|={7}|>{7})(?: (.*))?\r?\n?\Z")
_KEY = re.compile(r"(|  )([^\s:][^:]*):")
_MOST = 200
_DETAILS = ("evidence", "recommendation", "note")
_NOTHING = "–"


class Sides(NamedTuple):
    """The two versions of a text, and what they are called."""

    ours: str
    theirs: str
    our_name: str
    their_name: str


def part_sides(text: str) -> Sides | None:
    """Both versions of a text with conflicts; None when the marks don't fit together."""
    ours: list[str] = []
    theirs: list[str] = []
    names = ["", ""]
    part = ""
    for line in text.splitlines(keepends=True):
        mark = _MARK.match(line)
        kind = mark[1][0] if mark else ""
        if mark and kind == "<" and not part:
            part, names[0] = "<", names[0] or (mark[2] or "").strip()
        elif mark and kind == "|" and part == "<":
            part = "|"
        elif mark and kind == "=" and part in ("<", "|"):
            part = "="
        elif mark and kind == ">" and part == "=":
            part, names[1] = "", names[1] or (mark[2] or "").strip()
        elif mark and kind in "<>":
            return None
        else:
            if part in ("", "<"):
                ours.append(line)
            if part in ("", "="):
                theirs.append(line)
    return None if part else Sides("".join(ours), "".join(theirs), names[0], names[1])


def conflict_findings(file: str, text: str) -> Iterator[Finding]:
    """What the two sides of a review say, key by key and answer by answer; nothing where a side can't be read."""
    sides = part_sides(text)
    if sides is None:
        return
    readings = [read(one) for one in (sides.ours, sides.theirs)]
    if not all(one.whole and isinstance(one.value, dict) for one in readings):
        return
    one, other = (reading.value for reading in readings)
    names = {"ours": sides.our_name or "1", "theirs": sides.their_name or "2"}
    places = _places_of_keys(text)
    for key in dict.fromkeys((*one, *other)):
        if key != "answers" and one.get(key) != other.get(key):
            values = {**names, "key": key, "our_words": _told(one.get(key)), "their_words": _told(other.get(key))}
            yield _finding("GR551", file, places, (key,), values)
    answers = [_answers(values) for values in (one, other)]
    for name in dict.fromkeys((*answers[0], *answers[1])):
        given = [held.get(name) for held in answers]
        if given[0] != given[1] or (name in answers[0]) != (name in answers[1]):
            our_words, their_words = (_judgement(held.get(name), name in held, *given) for held in answers)
            values = {**names, "criterion": name, "our_words": our_words, "their_words": their_words}
            yield _finding("GR550", file, places, ("answers", name), values)


def _answers(values: dict[str, Any]) -> dict[str, Any]:
    held = values.get("answers")
    return held if isinstance(held, dict) else {}


def _judgement(given: Any, is_there: bool, value: Any, other: Any) -> str:  # noqa: FBT001  # told beside what was given
    """A judgement in a line: its state, its justification, and what else differs from the other's."""
    if not isinstance(given, dict):
        return _told(given) if is_there and given is not None else ("level:" if is_there else _NOTHING)
    both = [held if isinstance(held, dict) else {} for held in (value, other)]
    keys = [key for key in _DETAILS if both[0].get(key) != both[1].get(key)]
    parts = [f"{key}: {_told(given[key])}" for key in (*STATE_KEYS, "justification", *keys) if key in given]
    return _short("; ".join(parts) or _told(given)).rstrip(".")


def _told(value: Any) -> str:
    """A value in a line."""
    if value is None:
        return _NOTHING
    if isinstance(value, dict):
        return _short(", ".join(f"{key}: {_told(inner)}" for key, inner in value.items()))
    if isinstance(value, list):
        return _short(" | ".join(_told(inner) for inner in value))
    return _short(" ".join(str(value).split()))


def _short(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def _places_of_keys(text: str) -> dict[tuple[str, str], Place]:
    """By indentation and key, where the first such line of a text stands."""
    places: dict[tuple[str, str], Place] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _KEY.match(line):
            column = len(match[1]) + 1
            places.setdefault((match[1], match[2]), Place(number, column, number, column + len(match[2])))
    return places


def _finding(
    code: str, file: str, places: dict[tuple[str, str], Place], path: tuple[str, ...], values: dict[str, object]
) -> Finding:
    place = places.get(("  " if len(path) > 1 else "", path[-1]), Place(1, 1, 1, 1))
    return Finding(RULES[code], Pointer(file, path), values, place=place)
