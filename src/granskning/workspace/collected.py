"""The findings of one loading, each with its place and its line of the text. It is given texts, and reads no file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer, Severity, Words
from granskning.findings.rules import RULES
from granskning.workspace.yaml.source import Locator

if TYPE_CHECKING:
    from collections.abc import Iterable

    from granskning.workspace.yaml.source import Fault


@dataclass(slots=True)
class CollectedFindings:
    """What has been found so far."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, finding: Finding, text: str) -> None:
        """Take in a finding that has its place, if any, already."""
        excerpt = _line(text, finding.place.line) if finding.place and text else None
        self.findings.append(replace(finding, excerpt=excerpt))

    def add_fault(self, path: str, fault: Fault, text: str) -> None:
        """Take in what reading a file came upon."""
        values = {key: Words(value) if key == "problem" else value for key, value in fault.values.items()}
        self.add(Finding(RULES[fault.code], Pointer(path), values, place=fault.place), text)

    def add_placed(self, findings: Iterable[Finding], text: str) -> None:
        """Take findings in, each with its place in the text."""
        locator: Locator | None = None
        for finding in findings:
            if locator is None:
                locator = Locator(text)
            place = locator.place(finding.at.path, key=finding.at.key)
            self.add(replace(finding, place=place), text)

    def files_with_errors(self) -> set[str]:
        """The files that any error has been found in so far."""
        return {finding.at.file for finding in self.findings if finding.rule.severity is Severity.ERROR}

    def is_broken_set(self, reference: str) -> bool:
        """Whether a criteria set is there but has errors of its own, which are told where they are."""
        name, _, version = reference.partition("@")
        faulty = self.files_with_errors()
        return not faulty.isdisjoint((f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml"))


def _line(text: str, number: int) -> str:
    lines = text.split("\n", number)
    return lines[number - 1].rstrip("\r") if number <= len(lines) else ""
