"""The files of one loading: each read once, taken apart, and its values held against its schema.

Files in, values out, and what is wrong with the text itself goes among the findings. It never says what values mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.errors import FileTooLargeError, UnreadableFileError
from granskning.findings.finding import Finding, Pointer, Words
from granskning.findings.rules import RULES
from granskning.workspace.checks.check_private import PEOPLE_ARE_NAMED_IN, check_private, may_be_private
from granskning.workspace.checks.conflict import conflict_findings
from granskning.workspace.collected import CollectedFindings
from granskning.workspace.schema.schema import check_values, kind_of_file
from granskning.workspace.yaml.source import Fault, TextLines, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from granskning.files import Files

_NO_TEXT = TextLines("")


@dataclass(slots=True)
class OpenedFiles:
    """What has been read so far, and what was wrong with it."""

    files: Files
    collected: CollectedFindings = field(default_factory=CollectedFindings)
    read: list[str] = field(default_factory=list)
    """The files that were read, in order."""
    values: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    """The sound values of each file that has been opened; None when something is wrong with it."""
    faulty: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The values of each file that does not fit its schema."""
    listed: dict[str, list[str]] = field(default_factory=dict)

    def under(self, folder: str) -> list[str]:
        """The YAML files below a folder, looked for once."""
        if folder not in self.listed:
            self.listed[folder] = self.files.under(folder)
        return self.listed[folder]

    def open(self, path: str) -> dict[str, Any] | None:
        """The sound values of a file, read once; None when something is wrong with its text or its form."""
        if path not in self.values:
            values, text = self.read_values(path)
            faults = [] if values is None else check_values(kind_of_file(path) or "", values, path)
            self.collected.add_placed(faults, text)
            self.values[path] = None if faults else values
            if faults and isinstance(values, dict):
                self.faulty[path] = values
        return self.values[path]

    def read_values(self, path: str) -> tuple[Any, TextLines]:
        """The values of a file and its text; None for what cannot be read to its end."""
        self.read.append(path)
        text = self._text(path)
        if text is None:
            return None, _NO_TEXT
        lines = TextLines(text)
        reading = read(text)
        for fault in reading.faults:
            self.collected.add_fault(path, fault, lines)
            if fault.code == "GR007" and kind_of_file(path) == "review":
                for finding in conflict_findings(path, text):
                    self.collected.add(finding, lines)
        if reading.whole and kind_of_file(path) in PEOPLE_ARE_NAMED_IN and may_be_private(text.encode()):
            for finding in check_private(reading.value, path, lines):
                self.collected.add(finding, lines)
        return (reading.value if reading.whole else None), lines

    def _text(self, path: str) -> str | None:
        try:
            text = decode(self.files.read(path))
        except FileTooLargeError as error:
            self.collected.add(Finding(RULES["GR004"], Pointer(path), error.values))
            return None
        except UnreadableFileError as error:
            reason = Words(error.message) if not error.values else str(error)
            self.collected.add(Finding(RULES["GR001"], Pointer(path), {"reason": reason}))
            return None
        if isinstance(text, Fault):
            self.collected.add_fault(path, text, None)
            return None
        return text

    def add(self, path: str, findings: Iterable[Finding]) -> None:
        """Take in findings of a file that has been read before."""
        told: Sequence[Finding] = list(findings)
        if told:
            text = decode(self.files.read(path))
            self.collected.add_placed(told, TextLines(text if isinstance(text, str) else ""))
