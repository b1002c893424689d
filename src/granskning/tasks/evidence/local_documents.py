"""`.granskning/local.yaml`: where on this computer the documents lie that the folder may not keep.

The file is one computer's own, and git ignores it. Without it nothing is missing but those documents.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles
from granskning.edges.lookup import home_expanded
from granskning.errors import UnreadableFileError, Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import nearest
from granskning.workspace.schema.kinds import LOCAL
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.source import Fault, TextLines, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.findings.finding import Path as KeyPath
    from granskning.model.strategy import Strategy


@dataclass(frozen=True, slots=True)
class LocalDocuments:
    """The documents outside the folder, by STRATEGY/EDITION, and what is wrong in the file that names them."""

    root: Path
    paths: Mapping[str, str] = field(default_factory=dict)
    """As they are written: from the root of the folder, or absolute."""
    findings: tuple[Finding, ...] = ()
    text: str = ""

    def place(self, strategy: str, edition: str) -> Path | None:
        """Where a document lies, if the file names it."""
        named = self.paths.get(f"{strategy}/{edition}")
        return None if named is None else home_expanded(self.root / home_expanded(Path(named)))

    def finding(self, code: str, key: str, **values: object) -> Finding:
        """A finding about one of the documents named, in its place."""
        lines = TextLines(self.text)
        path: KeyPath = ("documents", key)
        place = lines.locator.place(path)
        return Finding(RULES[code], Pointer(LOCAL, path), values, place=place, excerpt=lines.line(place.line))


def read_local_documents(root: Path) -> LocalDocuments:
    """Read the file, if there is one."""
    files = FolderFiles(root)
    nothing = LocalDocuments(root)
    if not files.exists(LOCAL):
        return nothing
    try:
        text = decode(files.read(LOCAL))
    except UnreadableFileError as error:
        reason = Words(error.message) if not error.values else str(error)
        return replace(nothing, findings=(Finding(RULES["GR001"], Pointer(LOCAL), {"reason": reason}),))
    if isinstance(text, Fault):
        return replace(nothing, findings=(_of_fault(text, ""),))
    reading = read(text)
    findings = [_of_fault(fault, text) for fault in reading.faults]
    if reading.whole:
        findings += _placed(check_values("local", reading.value, LOCAL), text)
    if findings or not isinstance(reading.value, dict):
        return replace(nothing, findings=tuple(findings), text=text)
    return LocalDocuments(root, dict(reading.value.get("documents") or {}), (), text)


def check_local_documents(local: LocalDocuments, strategies: Mapping[str, Strategy]) -> Iterator[Finding]:
    """Yield what is wrong in the file: what it is, and documents of editions that are not there."""
    yield from local.findings
    known = [f"{strategy.id}/{edition.id}" for strategy in strategies.values() for edition in strategy.editions]
    for name in local.paths:
        if name not in known:
            finding = local.finding("GR605", name, name=name, known=", ".join(known[:8]) or "–")
            yield replace(finding, suggestion=nearest(name, known))


def _of_fault(fault: Fault, text: str) -> Finding:
    excerpt = TextLines(text).line(fault.place.line) if text else None
    return Finding(RULES[fault.code], Pointer(LOCAL), fault.values, place=fault.place, excerpt=excerpt)


def _placed(findings: list[Finding], text: str) -> Iterator[Finding]:
    lines = TextLines(text)
    for finding in findings:
        place = lines.locator.place(finding.at.path, key=finding.at.key)
        suggestion = nearest(*finding.near) if finding.near else None
        yield replace(finding, place=place, excerpt=lines.line(place.line), near=None, suggestion=suggestion)
