"""Remarks (synpunkter) between people at the answers of a review: written, answered and closed, in a file beside it.

Git ignores the file unless the folder's own `.gitignore` is taken away, and nothing that is published reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.edges.disk import place_in
from granskning.edges.lookup import exists
from granskning.edges.writing import FileWrite
from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.folder.save import edit_anew, open_file, write_edited
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Insert, Set
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from granskning.workspace.yaml.edits import Edit

_EMPTY = b"schema: granskning/remarks/1\nremarks: []\n"
_IGNORED = b"# remarks stay out of versions; take this file away to keep them in them\n*\n"


@dataclass(frozen=True, slots=True)
class RemarkText:
    """Something that somebody wrote: when, by which role."""

    date: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark, what was answered, and who closed it when."""

    id: int
    criterion: str
    words: RemarkText
    answers: tuple[RemarkText, ...] = ()
    closed: tuple[str, str] | None = None
    """Date and role; None while it is open."""


def file_of_remarks(review: str) -> str:
    """Where the remarks of a review's file are."""
    _, strategy, _, round_, name = review.split("/")
    return f"strategies/{strategy}/remarks/{round_}/{name}"


def read_remarks(root: Path, review: str) -> tuple[Remark, ...]:
    """The remarks of a review, in the order they were written. Raises UsageError for a file that has errors."""
    file = file_of_remarks(review)
    if not exists(root / file):
        return ()
    return tuple(_remark(item) for item in _values(open_file(place_in(root, file))[0], file))


def add_remark(root: Path, review: str, criterion: str, words: RemarkText) -> None:
    """Write a remark last, in a new file where there is none. Raises UsageError for one that says nothing."""
    _require(words)

    def edits(remarks: Sequence[Mapping[str, Any]]) -> list[Edit]:
        number = max((int(item["id"]) for item in remarks), default=0) + 1
        return [Insert(("remarks",), len(remarks), {"id": number, "criterion": criterion, **_as_values(words)})]

    _edit(root, review, edits)


def answer_remark(root: Path, review: str, number: int, words: RemarkText) -> None:
    """Answer a remark. Raises UsageError for one that is not there, or an answer that says nothing."""
    _require(words)

    def edits(remarks: Sequence[Mapping[str, Any]]) -> list[Edit]:
        place = _place(remarks, number)
        return [Insert(("remarks", place, "answers"), len(remarks[place].get("answers") or ()), _as_values(words))]

    _edit(root, review, edits)


def close_remark(root: Path, review: str, number: int, date: str, role: str) -> None:
    """Close a remark; one that is closed stays as it was. Raises UsageError for one that is not there."""

    def edits(remarks: Sequence[Mapping[str, Any]]) -> list[Edit]:
        place = _place(remarks, number)
        return [] if remarks[place].get("closed") else [Set(("remarks", place, "closed"), {"date": date, "role": role})]

    _edit(root, review, edits)


def _edit(root: Path, review: str, edits_of: Callable[[Sequence[Mapping[str, Any]]], list[Edit]]) -> None:
    """Edit the file as it is now, anew where somebody else was first."""
    file = file_of_remarks(review)
    path = place_in(root, file)

    def attempt() -> None:
        is_new = not exists(path)
        data, opened = (_EMPTY, "") if is_new else open_file(path)
        edits = edits_of(_values(data, file))
        after = edit_bytes(data, edits, order_of("remarks")) if edits else data
        if after == data:
            return
        _values(after, file)
        write_edited([*_ignoring(root, file), FileWrite(path, after, opened or None, is_new=is_new)])

    edit_anew(file, attempt)


def _ignoring(root: Path, file: str) -> list[FileWrite]:
    """What makes git ignore the remarks of a strategy, where it has none yet; afterwards the folder decides."""
    folder = file.rsplit("/", 2)[0]
    if exists(root / folder):
        return []
    return [FileWrite(place_in(root, f"{folder}/.gitignore"), _IGNORED, is_new=True)]


def _values(data: bytes, file: str) -> list[dict[str, Any]]:
    text = decode(data)
    reading = read(text) if isinstance(text, str) else None
    if reading is None or not reading.whole or check_values("remarks", reading.value, file):
        message = N_("{file} has errors, so its remarks are not shown or changed here")
        raise UsageError(message, N_("mend it in a text editor first"), file=file)
    remarks: list[dict[str, Any]] = reading.value["remarks"]
    return remarks


def _place(remarks: Sequence[Mapping[str, Any]], number: int) -> int:
    for place, item in enumerate(remarks):
        if item["id"] == number:
            return place
    raise UsageError(N_("there is no remark {number} any more"), "", number=number)


def _require(words: RemarkText) -> None:
    if not words.text.strip():
        raise UsageError(N_("the remark says nothing"), N_("write it, and save again"))
    if not words.role.strip():
        raise UsageError(N_("the remark does not say by which role"), N_("write your role, and save again"))


def _as_values(words: RemarkText) -> dict[str, str]:
    return {"date": words.date, "role": words.role, "text": words.text}


def _said(values: Mapping[str, Any]) -> RemarkText:
    return RemarkText(str(values["date"]), str(values["role"]), str(values["text"]))


def _remark(values: Mapping[str, Any]) -> Remark:
    closed = values.get("closed")
    return Remark(
        int(values["id"]),
        str(values["criterion"]),
        _said(values),
        tuple(_said(answer) for answer in values.get("answers") or ()),
        (str(closed["date"]), str(closed["role"])) if closed else None,
    )
