"""The one gate of answers: what of an answer may stand in its file, whoever brings it in, a page or a workbook.

What the file's form allows comes through; what it does not is held back, value by value, with the finding that says
why. What was in the file in its place stays there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.workspace.checks.dates import new_impossible_dates
from granskning.workspace.schema.schema import check_values
from granskning.workspace.schema.written_dates import read_date
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Set
from granskning.workspace.yaml.source import Fault, decode, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.findings.finding import Path
    from granskning.workspace.answer_merge import Parts
    from granskning.workspace.yaml.splice import Order

REASONED = ("not_applicable", "insufficient_evidence", "open")
"""The states that are nothing without a reason."""
_MOST = 50
"""Rounds of holding back; each takes at least one value away."""


@dataclass(frozen=True, slots=True)
class Gated:
    """What came of an answer at the gate."""

    values: Mapping[str, Any]
    """The answer that may be written; as it was where nothing of it may."""
    withheld: tuple[Finding, ...]
    """Why the rest may not, each at the place that it has in what was brought."""


def split_reasonless(file: str, criterion: str, parts: Parts) -> tuple[Parts, tuple[Finding, ...]]:
    """The parts without a judgement that lacks its reason, and what is said of it.

    Such a judgement is nothing in a file: it would be gone at the next reading, and nobody told.
    """
    judgement = parts.get("judgement") or {}
    for state in REASONED:
        if state in judgement and not str(judgement[state] or "").strip():
            at = Pointer(file, ("answers", criterion, state), key=True)
            rest = {part: value for part, value in parts.items() if part != "judgement"}
            return rest, (Finding(RULES["GR204"], at, {"state": state}),)
    return parts, ()


def understood(parts: Parts) -> Parts:
    """The parts with the dates of evidence as files have them, where they can be understood."""
    items = parts.get("evidence")
    if not items:
        return parts
    dated = [
        {**item, "retrieved": read_date(str(item["retrieved"]))} if item.get("retrieved") is not None else item
        for item in items
    ]
    return {**parts, "evidence": dated}


def gate_answer(file: str, data: bytes, criterion: str, wanted: Mapping[str, Any], order: Order) -> Gated:
    """What of `wanted` may stand as the answer to a criterion in a file that is `data` now."""
    before = _answer_in(data, criterion)
    values, places = dict(wanted), list(range(len(wanted.get("evidence") or ())))
    withheld: dict[Path, Finding] = {}
    for _ in range(_MOST):
        faults = _faults(file, data, criterion, values, order)
        own = [fault for fault in faults if fault.at.path[:2] == ("answers", criterion) and len(fault.at.path) > 2]  # noqa: PLR2004  # within the answer
        if not faults:
            return Gated(values, tuple(withheld.values()))
        if not own:
            return Gated(before, (*withheld.values(), *faults))
        for fault in own:
            path = _as_brought(fault.at.path, places)
            withheld.setdefault(path, replace(fault, at=replace(fault.at, path=path)))
        _hold_back(values, before, own[-1].at.path[2:], places)
    return Gated(before, tuple(withheld.values()))


def _faults(file: str, data: bytes, criterion: str, values: Mapping[str, Any], order: Order) -> Sequence[Finding]:
    """What would be wrong in the form of the file with that answer."""
    after = _values_in(edit_bytes(data, [Set(("answers", criterion), values)], order))
    return (*check_values("review", after, file), *new_impossible_dates(file, after, _values_in(data)))


def _values_in(data: bytes) -> dict[str, Any]:
    text = decode(data)
    values = None if isinstance(text, Fault) else read(text).value
    return values if isinstance(values, dict) else {}


def _answer_in(data: bytes, criterion: str) -> dict[str, Any]:
    answers = _values_in(data).get("answers")
    answer = answers.get(criterion) if isinstance(answers, dict) else None
    return answer if isinstance(answer, dict) else {}


def _as_brought(path: Path, places: Sequence[int]) -> Path:
    """A path within the answer with the number that evidence had in what was brought."""
    rest = path[2:]
    if rest[0] == "evidence" and len(rest) > 1 and isinstance(rest[1], int) and rest[1] < len(places):
        return (*path[:3], places[rest[1]], *path[4:])
    return path


def _hold_back(values: dict[str, Any], before: Mapping[str, Any], rest: Path, places: list[int]) -> None:
    """Put what was in the file in the place of a value that may not stand there."""
    items = values.get("evidence")
    if rest[0] == "evidence" and len(rest) > 1 and isinstance(rest[1], int) and items and rest[1] < len(items):
        _hold_back_item(values, before, rest, places)
        return
    key = str(rest[0])
    if before.get(key) is not None:
        values[key] = before[key]
    else:
        values.pop(key, None)
    if not values:
        values["level"] = None


def _hold_back_item(values: dict[str, Any], before: Mapping[str, Any], rest: Path, places: list[int]) -> None:
    """The same of a value of one piece of evidence, or of the piece; one that is left with nothing goes."""
    number, items = int(rest[1]), [dict(item) for item in values["evidence"]]
    earlier = before.get("evidence") or []
    same_count = len(earlier) == len(items) and isinstance(earlier[number], dict)
    old: Mapping[str, Any] = earlier[number] if same_count else {}
    key = str(rest[2]) if len(rest) > 2 else ""  # noqa: PLR2004  # a key of the piece
    if key and old.get(key) not in (None, items[number].get(key)):
        items[number][key] = old[key]
    elif key:
        items[number].pop(key, None)
    else:
        items[number] = dict(old)
    if not items[number]:
        items.pop(number)
        places.pop(number)
    if items:
        values["evidence"] = items
    else:
        values.pop("evidence", None)
    if not values:
        values["level"] = None
