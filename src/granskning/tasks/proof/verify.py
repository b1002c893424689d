"""Whether a PDF is what it says, in three separate answers: its own sources, git, and what has been published.

It proves agreement, not who made the file: whoever changes everything in it in the same way makes a new report.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from granskning.edges.disk import FolderFiles, find_root
from granskning.edges.git_at import read_at, versions_of
from granskning.edges.lookup import resolved
from granskning.edges.readers.reading import read_pdf, reading_limit
from granskning.errors import NotAWorkspaceError, UnreadableFileError, Words
from granskning.files import HeldFiles
from granskning.i18n import N_, NN_
from granskning.tasks.proof.publications import read_publications, sources_of
from granskning.tasks.proof.verification_report import VerificationAnswer, Verified
from granskning.tasks.proof.verify_history import try_history
from granskning.tasks.proof.verify_quotations import try_quotations
from granskning.tasks.proof.verify_sources import read_manifest, try_sources
from granskning.tasks.reports.attachments import fingerprint
from granskning.workspace.public import public_form
from granskning.workspace.schema.kinds import MARK
from granskning.workspace.variants import base_paths, named_base, whole_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from granskning.edges.limits import Limit
    from granskning.edges.readers.pdf_reading import ReadPdf


def verify_pdf(
    data: bytes,
    start: Path,
    beside: Path | None = None,
    *,
    name: str = "report.pdf",
    seconds: float | None = None,
) -> Verified:
    """Try a PDF. The working folder at hand is the one that `start` lies in, else the one that holds the file.

    `name` is what errors call the file, and `seconds` the processor time that each step may take. Raises
    UnreadableFileError for what is no PDF or can't be opened, and ReadingStoppedError for what never comes to an end.
    """
    limit = reading_limit(seconds)
    try:
        pdf = read_pdf(data, name, limit)
    except UnreadableFileError as error:
        message = N_("{file} cannot be verified: {reason}")
        hint = N_("granskning verify takes a report in PDF")
        raise UnreadableFileError(message, hint, file=name, reason=Words(error.message)) from error
    root = _at_hand(start, beside)
    sha256 = fingerprint(data)
    manifest = read_manifest(pdf)
    apart = manifest is None and not pdf.attachments
    if apart and root is not None:  # an archive copy, whose sources lie beside it
        pdf = dataclasses.replace(pdf, attachments=_sources_beside(FolderFiles(root), sha256, limit))
        manifest = read_manifest(pdf)
    sources = try_sources(data, pdf, name, apart=apart, seconds=seconds)
    if manifest is not None:
        try_quotations(sources, root, manifest, seconds)
    answers = (
        sources,
        _try_git(root, pdf, manifest),
        _try_published(root, sha256, manifest, beside),
    )
    return Verified(sha256, manifest["report"] if manifest else None, answers)


def _sources_beside(files: FolderFiles, sha256: str, limit: Limit) -> tuple[tuple[str, bytes], ...]:
    """The sources of a published archive copy."""
    for publication in read_publications(files):
        if any(file["role"] == "archive" and file["sha256"] == sha256 for file in publication.files):
            return sources_of(publication, files, limit)
    return ()


def _at_hand(start: Path, beside: Path | None) -> Path | None:
    for place in (start, beside):
        if place is not None:
            try:
                return find_root(place)
            except (NotAWorkspaceError, UnreadableFileError):
                continue
    return None


def _try_git(root: Path | None, pdf: ReadPdf, manifest: Mapping[str, Any] | None) -> VerificationAnswer:
    """Hold the sources that the file carries against those that git has."""
    answer = VerificationAnswer("git")
    if manifest is None:
        answer.remarks_that(N_("The file has no manifest that tells of a commit."))
    elif manifest["commit"] is None:
        answer.remarks_that(N_("When the file was made, the commit of its sources was unknown."))
    elif root is None:
        answer.remarks_that(N_("There is no working folder at hand. Run the command in one, or name it with -C."))
    else:
        sources = {entry["path"]: entry for entry in manifest["files"] if entry["rests_on"]}
        found = _read_whole(root, manifest["commit"], sources)
        if found is None:
            message = N_("The working folder at hand does not know the commit {commit}.")
            answer.remarks_that(message, commit=manifest["commit"][:10])
        elif manifest["changed"]:
            answer.remarks_that(N_("When the file was made, the sources had changes that git did not have."))
        else:
            found = {path: _version(root, path, sources[path], data) for path, data in found.items()}
            _compare(answer, found, sources, dict(pdf.attachments), manifest)
            try_history(answer, root, manifest, dict(pdf.attachments))
    return answer


def _read_whole(root: Path, commit: str, paths: Collection[str]) -> dict[str, bytes | None] | None:
    """Each file as the commit has it; a variant of a criteria set as the whole set that it was there."""
    contents = read_at(root, commit, paths)
    named = {path: named_base(data) for path, data in (contents or {}).items() if data and path.startswith("criteria/")}
    variants = [path for path, base in named.items() if base]
    if contents is None or not variants:
        return contents
    bases = [file for path in variants for file in base_paths(named[path])]
    beside = {**(read_at(root, commit, [MARK, *bases]) or {}), **{path: contents[path] for path in variants}}
    files = HeldFiles({path: data for path, data in beside.items() if data is not None})
    return {**contents, **{path: whole_bytes(files, path) for path in variants}}


def _version(root: Path, path: str, values: Mapping[str, Any], data: bytes | None) -> bytes | None:
    """The version of a file that was meant: at the commit, else in the history, where branches have been merged."""
    if data is not None and _is_original(data, values):
        return data
    return next((version for version in versions_of(root, path) if _is_original(version, values)), data)


def _is_original(data: bytes, values: Mapping[str, Any]) -> bool:
    """Whether a content is the one that the manifest names; line ends don't count."""
    shapes = {fingerprint(data), fingerprint(data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))}
    return values["original_sha256"] in shapes


def _compare(
    answer: VerificationAnswer,
    contents: Mapping[str, bytes | None],
    sources: Mapping[str, Mapping[str, Any]],
    carried: Mapping[str, bytes],
    manifest: Mapping[str, Any],
) -> None:
    """Hold each file that git has against its hash in the manifest, and its public form against the one carried."""
    commit = manifest["commit"][:10]
    for path, one in sorted(sources.items()):
        data = contents.get(path)
        if data is None:
            answer.add_mismatch(path, N_("git has no such file at {commit}"), commit=commit)
            continue
        if not _is_original(data, one):
            answer.add_mismatch(path, N_("git has another text at {commit}"), commit=commit)
        expected = data if manifest["internal"] else public_form(data)
        there = carried.get(one["name"], b"")
        if there.replace(b"\r\n", b"\n") != expected.replace(b"\r\n", b"\n"):
            answer.add_mismatch(path, N_("the embedded file does not say what git has at {commit}"), commit=commit)
    answer.add_check(
        NN_("{count} source against git at {commit}", "{count} sources against git at {commit}"),
        count=len(sources),
        commit=commit,
    )


def _try_published(
    root: Path | None, sha256: str, manifest: Mapping[str, Any] | None, beside: Path | None
) -> VerificationAnswer:
    """Look the file up among what has been published."""
    answer = VerificationAnswer("published")
    if root is None:
        answer.remarks_that(N_("There is no working folder at hand. Run the command in one, or name it with -C."))
        return answer
    publications = read_publications(FolderFiles(root))
    for publication in publications:
        for file in publication.files:
            if file["sha256"] == sha256:
                message = N_("the SHA-256 is that of {name}, publication {number} of {strategy}, {date}")
                answer.add_check(
                    message,
                    name=file["name"],
                    number=publication.number,
                    strategy=publication.strategy,
                    date=publication.date or "–",
                )
                return answer
    for publication in publications:
        lies_there = beside is not None and resolved(root / publication.folder) == resolved(beside)
        if lies_there or (manifest is not None and publication.is_of(manifest)):
            message = N_("publication {number} of {strategy} has another SHA-256 ({known})")
            known = next((file["sha256"] for file in publication.files if file["role"] == "report"), "–")
            answer.add_mismatch(
                publication.folder, message, number=publication.number, strategy=publication.strategy, known=known
            )
    if not answer.disagreements:
        answer.remarks_that(N_("Nothing published in the working folder at hand is of these sources."))
    return answer
