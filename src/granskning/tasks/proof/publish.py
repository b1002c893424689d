"""An approved report becomes a publication: the report, its archive copy with sources beside, and their register.

Nothing that has been published is ever overwritten. All files of a publication come at once, or none does.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning import __version__
from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import FolderFiles, place_in, read_file
from granskning.edges.lookup import exists
from granskning.edges.printing.pdf import Printed, missing_libraries
from granskning.edges.writing import write_files, write_folder
from granskning.errors import GranskningError, MissingPartError, UsageError, Words
from granskning.files import REPORT
from granskning.i18n import N_
from granskning.language_tags import untagged
from granskning.reporting.html.external_resources import find_page_faults
from granskning.reporting.html.render import CRITERIA, REVIEW
from granskning.shipped import fonts_folder
from granskning.tasks.editing.freeze import frozen_variant
from granskning.tasks.editing.review_file import require_counted
from granskning.tasks.evidence.evidence_findings import wrong_quotations
from granskning.tasks.evidence.pictures import evidence_files
from granskning.tasks.folder.save import changed_meanwhile
from granskning.tasks.proof.publications import REGISTER, read_publications
from granskning.tasks.reports.attachments import MANIFEST, Attacher, fingerprint, identity_of
from granskning.tasks.reports.printing import Job, print_all
from granskning.tasks.reports.render import open_review
from granskning.tasks.reports.render_wide import annex_name
from granskning.tasks.reports.rendering import render_once
from granskning.tasks.reports.templates import load_templates
from granskning.wordings import STATUSES
from granskning.workspace.checks.check_private import PRIVATE
from granskning.workspace.yaml.yaml_text import write_mapping

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from granskning.edges.printing.pdf import Attached
    from granskning.findings.finding import Finding
    from granskning.model.review import Review
    from granskning.reporting.html.external_resources import PageFault
    from granskning.tasks.reports.attachments import ReportSources
    from granskning.tasks.reports.render import Opened


@dataclass(frozen=True, slots=True)
class Published:
    """What came of it: a folder with files, or what has to be mended first."""

    root: Path
    folder: str
    files: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    """What looks private, and has been neither mended nor accepted."""
    faults: tuple[PageFault, ...] = ()
    """What is wrong with the page itself."""
    commit: str | None = None
    replaced: tuple[tuple[str, str], ...] = ()
    """The files in which a character that no font has was printed as another, and which."""


def publish_review(start: Path, path: Path, *, accept: Collection[str] = ()) -> Published:
    """Publish the report of one review under the next number; `accept` are codes of findings that may stay.

    Raises UsageError for a review that is not approved, is published already, or has changes that git has not, and
    MissingPartError where no PDF can be made.
    """
    if missing := missing_libraries():
        message = N_("PDFs cannot be made here: {libraries} is missing")
        raise MissingPartError(message, N_("for the cure run: granskning doctor"), libraries=", ".join(missing))
    opened = open_review(start, path)
    clear_all_leftovers(opened.root)
    review = opened.scored.review
    require_counted(opened.loaded.workspace, review.file)
    report = opened.reporter.review(opened.scored)
    basis = opened.reporter.dependencies.basis("review", *review.identity)
    if basis.faults:
        message = N_("{file} has errors, so nothing is published")
        raise UsageError(message, N_("see: granskning check"), file=basis.faults[0][0])
    number = _next_number(opened, basis)
    folder = f"strategies/{review.strategy}/published/{number:03}"
    templates = load_templates(opened.root, opened.loaded.workspace.settings.logo_text or "")
    html = render_once(templates, REVIEW, report, opened.t)
    annex = _render_annex(opened, templates)
    findings = tuple(
        finding
        for finding in opened.loaded.findings
        if finding.rule.code in PRIVATE and finding.rule.code not in accept and finding.at.file in basis.sources
    )
    findings += tuple(
        finding
        for finding in wrong_quotations(opened.root, opened.loaded, [review.file])
        if finding.rule.code not in accept
    )
    if findings or (faults := (*find_page_faults(html), *find_page_faults(annex.html))):
        return Published(opened.root, folder, (), findings, () if findings else faults)
    attached = Attacher(opened.loaded.files, templates, opened.t).attach(basis, report)
    contents, replaced = _contents("-".join(review.identity), html, attached, annex, templates)
    contents |= _evidence(opened.root, review, contents)
    register = _register(number, review, basis, sorted(accept), contents)
    files = {**{name: data for name, (_, data) in contents.items()}, REGISTER: register}
    _require_unchanged(start, path, report, basis)
    write_files(frozen_variant(opened.root, opened.scored.criteria, opened.loaded.files))
    write_folder(place_in(opened.root, folder), files)
    return Published(opened.root, folder, tuple(files), commit=basis.provenance.commit, replaced=replaced)


def _require_unchanged(start: Path, path: Path, report: Any, basis: ReportSources) -> None:
    """Raise ChangedOnDiskError when the files would now give another report, or another account of themselves.

    Making a publication takes seconds; what it carries along is read later than what it tells was.
    """
    now = open_review(start, path)
    identity = now.scored.review.identity
    if (now.reporter.review(now.scored), now.reporter.dependencies.basis("review", *identity)) != (report, basis):
        raise changed_meanwhile(now.scored.review.file)


def _next_number(opened: Opened, basis: ReportSources) -> int:
    """The number that the publication gets, when the review may be published at all."""
    review = opened.scored.review
    if review.status != "approved":
        message = N_("{path} is not approved but: {status}")
        hint = N_("sign it off first: granskning approve")
        raise UsageError(message, hint, path=review.file, status=Words(STATUSES[review.status]))
    if basis.provenance.changed:
        message = N_("the sources of {path} have changes that git does not have")
        hint = N_("save them first, so that the report can name their commit")
        raise UsageError(message, hint, path=review.file)
    publications = read_publications(FolderFiles(opened.root), review.strategy)
    for publication in publications:
        same = (publication.values["round"], publication.values["reviewer"]) == (review.round, review.reviewer)
        if same and publication.values["fingerprint"] == basis.provenance.fingerprint:
            message = N_("{path} is published already, as number {number}")
            hint = N_("what has been published is not changed; a new decision gives a new number")
            raise UsageError(message, hint, path=review.file, number=publication.number)
    taken = opened.root / f"strategies/{review.strategy}/published"
    numbers = [int(path.name) for path in taken.glob("[0-9]*") if path.name.isdecimal()]
    return max(numbers, default=0) + 1


@dataclass(frozen=True, slots=True)
class _Annex:
    """The annex of the review's criteria set, before it is printed."""

    name: str
    html: str
    attached: tuple[Attached, ...]


def _render_annex(opened: Opened, templates: dict[str, str]) -> _Annex:
    """What the review refers to for its questions, statistics and method: kept beside it, so that the act is whole."""
    criteria = opened.scored.criteria
    report = opened.reporter.criteria(criteria)
    basis = opened.reporter.dependencies.basis("criteria", criteria.reference)
    attached = Attacher(opened.loaded.files, templates, opened.t).attach(basis, report)
    return _Annex(annex_name(criteria), render_once(templates, CRITERIA, report, opened.t), attached)


def _contents(
    name: str, html: str, attached: tuple[Attached, ...], annex: _Annex, templates: Mapping[str, str]
) -> tuple[dict[str, tuple[str, bytes]], tuple[tuple[str, str], ...]]:
    """The files of a publication, each with its role; and the characters that no font has, with the role."""
    identity = identity_of(attached)
    jobs = [
        Job("report", html, attached, identity),
        Job("archive", html, (), identity),
        Job("criteria", annex.html, annex.attached, identity_of(annex.attached)),
    ]
    made: dict[str, bytes] = {}
    replaced = set()
    for role, printed in print_all(jobs, templates, fonts=fonts_folder()):
        if isinstance(printed, GranskningError):
            raise printed
        if isinstance(printed, Printed):
            made[role] = printed.data
            replaced |= {(role, character) for character in printed.replaced}
    names = {"report": f"{name}.pdf", "archive": f"{name}-arkiv.pdf", "criteria": f"{annex.name}.pdf"}
    files = {
        names["report"]: ("report", made["report"]),
        names["archive"]: ("archive", made["archive"]),
        f"{name}-kallor.zip": ("sources", _zip(attached)),
        names["criteria"]: ("criteria", made["criteria"]),
    }
    return files, tuple(sorted((names[role], character) for role, character in replaced))


def _evidence(root: Path, review: Review, taken: Collection[str]) -> dict[str, tuple[str, bytes]]:
    """The files that are evidence in the review, as they are: kept beside the report that names them with their hash.

    Raises UsageError for one that is gone or another than the review names.
    """
    files: dict[str, tuple[str, bytes]] = {}
    for path, digest in evidence_files([review]):
        place, name = place_in(root, path), f"belagg-{path.rpartition('/')[2]}"
        data = read_file(place, REPORT) if exists(place) else b""
        if not data or fingerprint(data) != digest or name in taken:
            message = N_("the evidence {file} is gone, or is another file than the review names")
            raise UsageError(message, N_("see: granskning check"), file=path)
        files[name] = ("evidence", data)
    return files


def _zip(attached: tuple[Attached, ...]) -> bytes:
    """The attachments as a zip file, the same bytes every time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for attachment in sorted(attached, key=lambda item: (item.name != MANIFEST, item.name)):
            entry = zipfile.ZipInfo(attachment.name, (*attachment.date.timetuple()[:3], 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            file.writestr(entry, attachment.data)
    return packed.getvalue()


def _register(
    number: int, review: Review, basis: ReportSources, accepted: list[str], contents: dict[str, tuple[str, bytes]]
) -> bytes:
    signed = review.approval
    values: dict[str, Any] = {
        "schema": "granskning/publication/1",
        "number": number,
        "strategy": review.strategy,
        "edition": review.edition,
        "round": review.round,
        "reviewer": review.reviewer,
        "criteria": review.criteria,
        "date": signed.date if signed else review.date,
        "case_number": (signed.case_number if signed else None) or review.case_number,
        "body": (signed.body if signed else None) or review.body,
        "role": untagged(signed.role) if signed else None,
        "approval": signed.fingerprint if signed else None,
        "fingerprint": basis.provenance.fingerprint,
        "commit": basis.provenance.commit,
        "tool": __version__,
        "accepted": accepted,
        "files": [
            {"name": name, "role": role, "size": len(data), "sha256": fingerprint(data)}
            for name, (role, data) in contents.items()
        ],
    }
    return write_mapping(values).encode()
