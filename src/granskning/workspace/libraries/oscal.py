"""An OSCAL catalog (NIST) in, a draft of a criteria set out: its groups are targets, its controls questions.

The form is that of https://pages.nist.gov/OSCAL-Reference/models/ (catalog, JSON, 1.0 and later). A control's statement
is the question, its title a short one, its guidance why it is asked, its assessment objectives what counts as evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.workspace.libraries.draft import DraftRemark, QuestionDraft, SetDraft, TargetDraft
from granskning.workspace.libraries.json_parts import WHOLE_FILE, object_at, objects_at, part_named, text_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_INSERT = re.compile(r"\{\{\s*(?:insert:\s*param,\s*)?(?P<name>[\w.-]+)\s*\}\}")
_PARTS = {
    "statement": "question", "guidance": "why", "discussion": "why", "rationale": "why", "overview": "why",
    "assessment-objective": "counts_as_evidence", "objective": "counts_as_evidence",
}  # fmt: skip
"""What the parts of a control are to a question, by their names in OSCAL."""
_READ = frozenset({"id", "title", "params", "props", "parts", "controls", "groups", "class"})


@dataclass(slots=True)
class _Catalog:
    """What has been read so far."""

    targets: list[TargetDraft] = field(default_factory=list)
    questions: list[QuestionDraft] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)


def read_oscal(values: Mapping[str, Any]) -> SetDraft:
    """The draft of a catalog. Raises UsageError where it has no controls."""
    catalog = object_at(values, "catalog")
    metadata = object_at(catalog, "metadata")
    title = text_at(metadata, "title")
    reading = _Catalog()
    _read_group({**catalog, "title": title, "id": ""}, "", reading, is_whole=True)
    if not reading.questions:
        raise UsageError(N_("the catalog has no controls that can be read"), N_("see that it is the whole catalog"))
    about = {
        "title": title, "language": text_at(metadata, "language"), "source": title,
        "source_note": " ".join(filter(None, (text_at(metadata, "version"), text_at(metadata, "last-modified")))),
    }  # fmt: skip
    return SetDraft("oscal", tuple(reading.questions), tuple(reading.targets), (), about, tuple(_remarks(reading)))


def _remarks(reading: _Catalog) -> Iterator[DraftRemark]:
    if reading.withdrawn:
        names = ", ".join(reading.withdrawn)
        message = N_("controls that are withdrawn are left out ({count}): {names}")
        yield DraftRemark("note", WHOLE_FILE, message, {"count": len(reading.withdrawn), "names": names})
    if reading.unread:
        names = ", ".join(f"{name} ({count})" for name, count in sorted(reading.unread.items()))
        yield DraftRemark("note", WHOLE_FILE, N_("parts that a criteria set has no place for are left out: {names}"),
                          {"names": names})  # fmt: skip


def _read_group(group: Mapping[str, Any], above: str, reading: _Catalog, *, is_whole: bool = False) -> None:
    """A group and all below it; what stands beside its groups makes a target of its own."""
    name, groups, controls = text_at(group, "id"), objects_at(group, "groups"), objects_at(group, "controls")
    key = name or f"g{len(reading.targets) + 1}"
    title = text_at(group, "title") or name or "–"
    if not is_whole:
        overview = _prose(objects_at(group, "parts"), ("overview", "guidance", "statement"), {})
        reading.targets.append(TargetDraft(key, title, above, overview, _property(group, "label")))
        reading.unread.update(key for key in group if key not in _READ)
    if controls:
        own = key
        if groups or is_whole:
            own = f"{key}-own"
            reading.targets.append(TargetDraft(own, title, "" if is_whole else key))
        for control in controls:
            _read_control(control, own, reading)
    for below in groups:
        _read_group(below, "" if is_whole else key, reading)


def _read_control(control: Mapping[str, Any], target: str, reading: _Catalog) -> None:
    """A control as a question, and those below it after it."""
    name, title = text_at(control, "id"), text_at(control, "title")
    if _property(control, "status").casefold() in ("withdrawn", "removed"):
        reading.withdrawn.append(_property(control, "label") or name or title)
    else:
        params = {text_at(param, "id"): _param(param) for param in objects_at(control, "params")}
        parts = objects_at(control, "parts")
        texts = {key: _prose(parts, tuple(part for part, meant in _PARTS.items() if meant == key), params)
                 for key in ("question", "why", "counts_as_evidence")}  # fmt: skip
        question = texts.pop("question") or title or name
        fields = {"number": _property(control, "label"), "short_title": title if title != question else "", **texts}
        reading.unread.update(text_at(part, "name") or "part" for part in parts if text_at(part, "name") not in _PARTS)
        reading.unread.update(key for key in control if key not in _READ)
        if question:
            kept = {key: text for key, text in fields.items() if text}
            reading.questions.append(QuestionDraft(target, question, part_named(name or title), name, kept))
    for below in objects_at(control, "controls"):
        _read_control(below, target, reading)


def _property(values: Mapping[str, Any], name: str) -> str:
    """The value of a property; of several labels the one without a class, which is the one to print."""
    props = [prop for prop in objects_at(values, "props") if text_at(prop, "name") == name]
    plain = [prop for prop in props if not text_at(prop, "class")]
    return text_at((plain or props or [{}])[0], "value")


def _param(param: Mapping[str, Any]) -> str:
    """What is to be put in the place of a parameter: its values, its choices or its label."""
    values = param.get("values")
    if isinstance(values, list) and values:
        return ", ".join(str(value) for value in values)
    choices = object_at(param, "select").get("choice")
    if isinstance(choices, list) and choices:
        return "; ".join(str(choice) for choice in choices)
    return text_at(param, "label") or text_at(param, "id")


def _prose(parts: list[dict[str, Any]], names: tuple[str, ...], params: Mapping[str, str]) -> str:
    """The text of the parts with these names and of those below them, a line each, with their labels."""
    lines: list[str] = []

    def walk(part: Mapping[str, Any]) -> None:
        prose = _filled(text_at(part, "prose"), params)
        label = _property(part, "label")
        if prose or text_at(part, "title"):
            lines.append(" ".join(piece for piece in (label, prose or text_at(part, "title")) if piece))
        for below in objects_at(part, "parts"):
            walk(below)

    for part in parts:
        if text_at(part, "name") in names:
            walk(part)
    return "\n".join(lines)


def _filled(prose: str, params: Mapping[str, str]) -> str:
    """Prose with its parameters filled in, those within parameters too."""
    for _ in range(3):  # a choice may name a parameter, which may name another
        filled = _INSERT.sub(lambda match: f"[{params.get(match['name'], match['name'])}]", prose)
        if filled == prose:
            break
        prose = filled
    return prose
