"""A review handed in, unless something hinders it; and an approved one opened again, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.writing import write_guarded
from granskning.errors import GranskningError, NoHistoryError, UsageError
from granskning.i18n import N_
from granskning.tasks.editing.commit import save_version, show_unsaved
from granskning.tasks.editing.review_file import errors_of, figures_edits, open_review, require_counted
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Insert, Remove, Set

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.i18n import Translator
    from granskning.workspace.yaml.edits import Edit


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What came of it. Where `findings` are errors, nothing was written."""

    file: str
    findings: tuple[Finding, ...]


def hand_in_review(start: Path, path: Path, depth: str, not_read: str, *, write: bool = True) -> HandedIn:
    """Set the status to submitted, with how much was read; without `write`, only tell what would hinder it.

    Raises UsageError when the file is no review, or is approved already.
    """
    review_file = open_review(start, path)
    if review_file.review.status == "approved":
        message = N_("{file} is approved and is not changed")
        raise UsageError(message, N_("open it again first, with the reason"), file=review_file.path)
    require_counted(review_file.workspace, review_file.path)
    edits: list[Edit] = [Set(("status",), "submitted"), Set(("reading_depth",), depth)]
    edits += figures_edits(review_file)
    if not_read:
        edits.append(Set(("not_read",), not_read))
    elif review_file.review.not_read is not None:
        edits.append(Remove(("not_read",)))
    data = edit_bytes(review_file.data, edits, order_of("review"))
    hindered = errors_of(review_file.would_be(data))
    if write and not hindered:
        clear_all_leftovers(review_file.root)
        write_guarded(review_file.root / review_file.path, data, review_file.fingerprint)
    return HandedIn(review_file.path, hindered)


def reopen_review(start: Path, path: Path, reason: dict[str, Any], t: Translator) -> str:
    """Open an approved review again: its status becomes draft, and why is written down.

    What was approved has to stay retrievable, so it is saved as a version first where git does not have it yet. Raises
    UsageError for a review that is not approved, or without a reason; what git raises where no version can be saved.
    """
    review_file = open_review(start, path)
    if review_file.review.status != "approved":
        raise UsageError(N_("{file} is not approved"), N_("it can be changed as it is"), file=review_file.path)
    if not reason.get("why"):
        raise UsageError(N_("the reason is missing"), N_("say why the review is opened again"))
    try:
        unsaved = show_unsaved(review_file.root, t).files
    except NoHistoryError as error:
        message = N_("what was approved would be lost, since no versions are saved here")
        raise UsageError(message, N_("begin saving versions first")) from error
    if review_file.path in unsaved:
        save_version(review_file.root, t("Approved, before it is opened again"), t)
    earlier = review_file.values.get("reopened") or []
    edits: list[Edit] = [Set(("status",), "draft"), Insert(("reopened",), len(earlier), reason)]
    write_guarded(
        review_file.root / review_file.path,
        edit_bytes(review_file.data, edits, order_of("review")),
        review_file.fingerprint,
    )
    return review_file.path


def save_point(root: Path, message: str, t: Translator, author: str) -> bool:
    """Save a version at an occasion, where versions are saved; whether one was."""
    try:
        return save_version(root, message, t, author).commit is not None
    except GranskningError:  # no git, no repository, nobody to save as: the files are saved all the same
        return False
