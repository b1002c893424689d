"""Whether the documents of a folder are what they say, for `check`: quick, since no text is searched.

A document that looks whole by its bytes is not opened. One that looks odd (locked, cut short, without fonts) is opened
in a process of its own, to tell what is wrong with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.opening import digest_pieces
from granskning.edges.readers.sniffing import sniff
from granskning.errors import UnreadableFileError
from granskning.files import DOCUMENT, is_plain
from granskning.findings.finding import FilledWords, Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.tasks.evidence.local_documents import check_local_documents, read_local_documents
from granskning.workspace.yaml.source import TextLines, decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from granskning.files import Files
    from granskning.model.strategy import Edition, Strategy
    from granskning.tasks.evidence.local_documents import LocalDocuments
    from granskning.workspace.loaded import Loaded

_NOT_THERE = N_("it is not there")
_ANOTHER = N_("its SHA-256 is {found}, and not the one that the edition says")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document in the folder that is as its SHA-256 says, or has none."""

    strategy: Strategy
    number: int
    edition: Edition
    path: Path
    sha256: str


def with_documents(root: Path, loaded: Loaded, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings of a folder with those of its documents, in their order."""
    return in_order((*findings, *check_documents(root, loaded)))


def in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings by file; those of one file by place, as they came where they have the same."""
    return tuple(sorted(findings, key=lambda finding: (finding.at.file, _line_of(finding))))


def _line_of(finding: Finding) -> tuple[int, int]:
    """Its line and column; last of all what is told of findings that are not listed."""
    if finding.rule.code == "GR009":
        return 1 << 40, 0
    return (finding.place.line, finding.place.column) if finding.place else (0, 0)


def check_documents(root: Path, loaded: Loaded) -> tuple[Finding, ...]:
    """What is wrong with the documents of the strategies that were checked, and with `.granskning/local.yaml`.

    A document that is not there, or is another than was reviewed, has been told of already.
    """
    checked = [strategy for strategy in loaded.workspace.strategies.values() if strategy.file in loaded.read]
    local = read_local_documents(root)
    findings = [*check_local_documents(local, loaded.workspace.strategies), *_check_local(local, checked)]
    known = {(finding.at.file, finding.at.path[:2]) for finding in loaded.findings if finding.rule.code in _TOLD}
    kept = [
        item
        for item in _kept(root, loaded.files, checked)
        if (item.strategy.file, ("editions", item.number)) not in known
    ]
    return (*findings, *_check_kept(kept, loaded.files))


_TOLD = ("GR309", "GR310", "GR321")


def _kept(root: Path, files: Files, strategies: list[Strategy]) -> Iterator[_Kept]:
    for strategy in strategies:
        for number, edition in enumerate(strategy.editions):
            path = f"strategies/{strategy.id}/{edition.document}"
            if edition.document is None or not is_plain(path):
                continue
            try:
                known = files.fingerprint(path)
            except UnreadableFileError:
                continue
            if known is not None:
                yield _Kept(strategy, number, edition, root / path, known[1])


def _check_kept(kept: list[_Kept], files: Files) -> Iterator[Finding]:
    odd = []
    for item in kept:
        sniffed = sniff(item.path)
        if sniffed.reason is not None:
            yield _finding("GR604", item, files, reason=FilledWords(sniffed.reason))
        elif sniffed.is_odd:
            odd.append(item)
    if not odd:
        return
    from granskning.edges.readers.documents import documents_with_text  # noqa: PLC0415  # starts processes

    for number, outcome in documents_with_text([(item.path, item.sha256) for item in odd]):
        if outcome is False:
            yield _finding("GR606", odd[number], files)
        elif outcome is not True:
            yield _finding("GR604", odd[number], files, reason=FilledWords(outcome.message, outcome.values))


def _finding(code: str, item: _Kept, files: Files, **values: object) -> Finding:
    path = ("editions", item.number, "document")
    text = decode(files.read(item.strategy.file))
    lines = TextLines(text if isinstance(text, str) else "")
    place = lines.locator.place(path)
    values = {"document": item.edition.document, **values}
    return Finding(RULES[code], Pointer(item.strategy.file, path), values, place=place, excerpt=lines.line(place.line))


def _check_local(local: LocalDocuments, strategies: list[Strategy]) -> Iterator[Finding]:
    """Yield documents outside the folder that are not there, or not the ones that were reviewed."""
    for strategy in strategies:
        for edition in strategy.editions:
            name = f"{strategy.id}/{edition.id}"
            path = local.place(strategy.id, edition.id)
            if path is None or edition.document is not None:
                continue
            try:
                sha256 = digest_pieces(path, DOCUMENT)[1]
            except UnreadableFileError as error:
                is_gone = isinstance(error.__cause__, FileNotFoundError)
                reason = FilledWords(_NOT_THERE) if is_gone else FilledWords(error.message, error.values)
                yield local.finding("GR607", name, name=name, reason=reason)
                continue
            if edition.sha256 is not None and sha256 != edition.sha256:
                yield local.finding("GR607", name, name=name, reason=FilledWords(_ANOTHER, {"found": sha256}))
