"""Sign a review off: who, when, and the fingerprint of all that is approved, written into the review's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.writing import write_guarded
from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.model.rounds import joint_review
from granskning.tasks.editing.review_file import errors_of, figures_edits, open_review, require_counted
from granskning.tasks.evidence.evidence_findings import wrong_quotations
from granskning.workspace.checks.approval import approval_fingerprint
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Set

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.workspace.yaml.edits import Edit


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user asked for."""

    review: Path
    role: str
    date: str
    case_number: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True)
class Approved:
    """What came of it. Where `findings` are errors, nothing was written."""

    root: Path
    file: str
    fingerprint: str
    findings: tuple[Finding, ...]
    read: int
    is_again: bool
    """Whether the review had been approved before."""
    is_unchanged: bool
    """Whether what was approved before is just what is approved now."""
    joint: str | None
    """The file of the round's joint review, where it is another one."""


def approve_review(start: Path, wish: Wish) -> Approved:
    """Approve, unless something hinders it: then the findings say what, and the file is as it was.

    Raises UsageError when the file is no review, or rests on criteria or a strategy that cannot be read, or is approved
    already just as it is; and ChangedOnDiskError when somebody else has written it meanwhile. What somebody has signed
    is never replaced in silence.
    """
    held = open_review(start, wish.review)
    clear_all_leftovers(held.root)
    review, workspace = held.review, held.workspace
    criteria = workspace.criteria.get(review.criteria)
    strategy = workspace.strategies.get(review.strategy)
    edition = strategy.edition(review.edition) if strategy else None
    if criteria is None or edition is None:
        message = N_("{file} cannot be approved: its criteria, strategy or edition cannot be read")
        raise UsageError(message, N_("see: granskning check {file}"), file=held.path)
    require_counted(workspace, held.path)
    fingerprint = approval_fingerprint(held.values, held.values_of(criteria.file), edition.sha256)
    signed = review.approval
    if review.status == "approved" and signed is not None and signed.fingerprint == fingerprint:
        message = N_("{file} is approved already, by {role} on {date}, and nothing that matters has changed since")
        hint = N_("nothing was changed; set its status to draft first, if it is to be signed anew")
        raise UsageError(message, hint, file=held.path, role=signed.role, date=signed.date)
    block = {
        "role": wish.role,
        "date": wish.date,
        "case_number": wish.case_number or (review.approval.case_number if review.approval else None),
        "body": wish.body or (review.approval.body if review.approval else None),
        "fingerprint": fingerprint,
    }
    block = {key: value for key, value in block.items() if value is not None}
    edits: list[Edit] = [Set(("status",), "approved"), Set(("approval",), block)]
    if not review.figures:  # those of a review that was handed in stay as they were then
        edits += figures_edits(held)
    data = edit_bytes(held.data, edits, order_of("review"))
    after = held.would_be(data)
    hindered = (*errors_of(after), *wrong_quotations(held.root, held.loaded, [held.path]))
    if not hindered:
        write_guarded(held.root / held.path, data, held.fingerprint)
    joint = joint_review(held.others)
    return Approved(
        root=held.root,
        file=held.path,
        fingerprint=fingerprint,
        findings=hindered,
        read=len(after.read),
        is_again=review.approval is not None,
        is_unchanged=review.approval is not None and review.approval.fingerprint == fingerprint,
        joint=joint.file if joint else None,
    )
