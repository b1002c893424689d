"""Page numbers put right: where a quotation stands on another page than its evidence says, that page is written.

Only numbers that are there already are changed, by exact edits; every other byte stays. A file is written guarded by
what it was when its quotations were looked up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import FolderFiles, fingerprint_of, place_in
from granskning.edges.writing import FileWrite, write_files
from granskning.tasks.folder.save import changed_meanwhile
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Set
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from granskning.findings.finding import Path as KeyPath
    from granskning.tasks.evidence.quotations import LookedUp


@dataclass(frozen=True, slots=True)
class PageFix:
    """A page number that should be another."""

    file: str
    line: int
    path: KeyPath
    key: str
    """`page` or `pdf_page`."""
    before: str
    after: str | int


def page_fixes(rows: Sequence[LookedUp]) -> list[PageFix]:
    """What should be written where quotations have moved, or where the two page numbers disagree."""
    return [fix for row in rows for fix in _fixes(row)]


def _fixes(row: LookedUp) -> Iterator[PageFix]:
    verdict, evidence = row.verdict, row.quotation.evidence
    is_fixable = verdict.status == "moved" or (verdict.status == "found" and verdict.pages_disagree)
    if not is_fixable or verdict.found_page is None or verdict.found_pdf_page is None:
        return
    printed: str | int = int(verdict.found_page) if verdict.found_page.isdecimal() else verdict.found_page
    values: tuple[tuple[str, str | int | None, str | int], ...] = (
        ("page", evidence.page, printed),
        ("pdf_page", evidence.pdf_page, verdict.found_pdf_page),
    )
    for key, before, after in values:
        if before is not None and str(before) != str(after):
            item = row.quotation
            yield PageFix(item.file, row.place.line, item.path, key, str(before), after)


def write_page_fixes(root: Path, fixes: Sequence[PageFix]) -> None:
    """Write them, all or none. Raises WriteRefusedError, and EditRefusedError where a text cannot be edited exactly."""
    clear_all_leftovers(root)
    files = FolderFiles(root)
    writes = []
    for file in dict.fromkeys(fix.file for fix in fixes):
        data = files.read(file)
        own = [fix for fix in fixes if fix.file == file]
        text = decode(data)
        values = read(text).value if isinstance(text, str) else None
        if any(str(_value_at(values, (*fix.path, fix.key))) != fix.before for fix in own):
            raise changed_meanwhile(file)  # since it was loaded
        edits = [Set((*fix.path, fix.key), _as_written(fix, values)) for fix in own]
        writes.append(FileWrite(place_in(root, file), edit_bytes(data, edits), fingerprint_of(data)))
    if writes:
        write_files(writes)


def _as_written(fix: PageFix, values: object) -> str | int:
    """The new number as text where the old one was."""
    return str(fix.after) if isinstance(_value_at(values, (*fix.path, fix.key)), str) else fix.after


def _value_at(values: object, path: KeyPath) -> object:
    for step in path:
        if isinstance(values, dict):
            values = values.get(step)
        elif isinstance(values, list) and isinstance(step, int) and step < len(values):
            values = values[step]
        else:
            return None
    return values
