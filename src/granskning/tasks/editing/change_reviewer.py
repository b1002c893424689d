"""A review given to another role: its answers stay, and what the round gives to the former role goes to the new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.writing import write_guarded
from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.editing.review_file import open_review, require_counted
from granskning.tasks.editing.strategy_file import plan_round
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Set

if TYPE_CHECKING:
    from pathlib import Path


def change_reviewer(start: Path, path: Path, role: str) -> str:
    """Write that a review is by another role, and return the role that it was by. The file keeps its name.

    Raises UsageError for a joint or an approved review, and for a role that reviews in the round already.
    """
    review_file = open_review(start, path)
    review, workspace = review_file.review, review_file.workspace
    require_counted(workspace, review_file.path)
    if review.is_joint:
        raise UsageError(N_("{file} is the joint review, which has no reviewer to change"), "", file=review_file.path)
    if review.status == "approved":
        message = N_("{file} is approved and is not changed")
        raise UsageError(message, N_("open it again first, with the reason"), file=review_file.path)
    if role == review.reviewer:
        return role
    if any(other.reviewer == role for other in review_file.others):
        message = N_("{role} reviews in the round already")
        raise UsageError(message, N_("choose another role"), role=role)
    clear_all_leftovers(review_file.root)
    data = edit_bytes(review_file.data, [Set(("reviewer",), role)], order_of("review"))
    write_guarded(review_file.root / review_file.path, data, review_file.fingerprint)
    planned = workspace.strategies[review.strategy].planned(review.round)
    if review.reviewer in planned.assigned.values():
        assigned = {target: role if held == review.reviewer else held for target, held in planned.assigned.items()}
        plan_round(review_file.root, review.strategy, review.round, {"assigned": assigned})
    return review.reviewer
