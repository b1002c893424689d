"""The findings of one loading, each with its place and its line of the text. It is given texts, and reads no file.

Of a file with very many findings only the first are kept, and how many more there are is a finding of its own.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.severity import Severity
from granskning.findings.suggestions import nearest
from granskning.workspace.counting import names_nothing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from granskning.workspace.yaml.source import Fault, TextLines

MOST_TOLD = 200
"""So many findings of a file are told: more than anybody mends at a time."""
MOST_COMPARED = 30_000
"""So many names are compared with misspelt ones, which takes half a second; then no more near misses are sought."""


@dataclass(slots=True)
class CollectedFindings:
    """What has been found so far."""

    kept: list[Finding] = field(default_factory=list)
    _faulty: set[str] = field(default_factory=set)
    _told: dict[str, Counter[Severity]] = field(default_factory=dict)
    _compared: int = 0
    _untold: dict[str, Counter[Severity]] = field(default_factory=dict)

    def add(self, finding: Finding, text: TextLines | None = None) -> None:
        """Take in a finding that has its place, if any, already."""
        excerpt = text.line(finding.place.line) if finding.place and text is not None else None
        self.take(replace(finding, excerpt=excerpt))

    def take(self, finding: Finding) -> None:
        """Take in a finding that has its line of the text, too."""
        file, severity = finding.at.file, finding.rule.severity
        if severity is Severity.ERROR:
            self._faulty.add(file)
        told = self._told.setdefault(file, Counter())
        worst = told[severity] == 0 and severity >= max(told, default=severity)
        if told.total() >= MOST_TOLD and not worst and not names_nothing(finding):
            self._untold.setdefault(file, Counter())[severity] += 1
            return
        told[severity] += 1
        if finding.near is not None:
            self._compared += len(finding.near[1])
            sought = self._compared <= MOST_COMPARED
            finding = replace(finding, near=None, suggestion=nearest(*finding.near) if sought else None)
        self.kept.append(finding)

    def add_fault(self, path: str, fault: Fault, text: TextLines | None) -> None:
        """Take in what reading a file came upon."""
        self.add(Finding(RULES[fault.code], Pointer(path), fault.values, place=fault.place), text)

    def add_placed(self, findings: Iterable[Finding], text: TextLines) -> None:
        """Take findings in, each with its place in the text."""
        for finding in findings:
            place = text.locator.place(finding.at.path, key=finding.at.key)
            self.add(replace(finding, place=place), text)

    def all(self) -> Iterator[Finding]:
        """Everything kept, by file and place; last of a file how many more there are."""
        order = sorted(
            self.kept,
            key=lambda item: (item.at.file, *((item.place.line, item.place.column) if item.place else (0, 0))),
        )
        for number, finding in enumerate(order):
            yield finding
            file = finding.at.file
            is_last = number + 1 == len(order) or order[number + 1].at.file != file
            if is_last and (more := self._untold.get(file)):
                counts = {f"{severity.word}s": more[severity] for severity in Severity}
                yield Finding(RULES["GR009"], Pointer(file), {"count": more.total(), **counts}, place=finding.place)

    def is_broken_set(self, reference: str) -> bool:
        """Whether a criteria set is there but has errors of its own, which are told where they are."""
        name, _, version = reference.partition("@")
        return not self._faulty.isdisjoint((f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml"))
