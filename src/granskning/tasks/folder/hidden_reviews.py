"""A loaded folder without some of its reviews, for who may not see them yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from granskning.model.workspace import Workspace
    from granskning.workspace.loaded import Loaded


def without_reviews(loaded: Loaded, files: Collection[str]) -> Loaded:
    """The same without the reviews of these files; the files on disk are as they are."""
    return replace(loaded, workspace=workspace_without(loaded.workspace, files)) if files else loaded


def workspace_without(workspace: Workspace, files: Collection[str]) -> Workspace:
    """The same of a workspace."""
    return replace(workspace, reviews=tuple(review for review in workspace.reviews if review.file not in files))
