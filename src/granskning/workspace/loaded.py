"""What came of loading a working folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.findings.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.files import Files
    from granskning.findings.finding import Finding
    from granskning.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Loaded:
    """A workspace, what is wrong in it, and which files it came from."""

    workspace: Workspace
    findings: tuple[Finding, ...]
    files: Files
    read: tuple[str, ...]
    """The files that were read, in order."""
    uses: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By reference of a criteria set: the reviews that name it."""

    @property
    def broken(self) -> frozenset[str]:
        """The files with an error; nothing that rests on them should be published."""
        return frozenset(finding.at.file for finding in self.findings if finding.rule.severity is Severity.ERROR)
