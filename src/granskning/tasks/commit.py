"""Save a version: commit the working folder's own files, and no others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.disk import find_root
from granskning.edges.git_save import Saver
from granskning.workspace.load import kind_of_file

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.i18n import Translator

OWN = (
    "granskning.yaml", "criteria", "strategies", "templates", ".granskning/schemas", ".gitignore", ".gitattributes",
    ".editorconfig", ".pre-commit-config.yaml",
)  # fmt: skip
"""What belongs to a working folder; outputs in build/ do not."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was committed; nothing, where there was nothing to commit."""

    files: tuple[str, ...]
    commit: str | None
    message: str


def save_version(start: Path, message: str | None, t: Translator) -> Saved:
    """Commit what has changed. Raises NotSavedError, or NoHistoryError outside a repository."""
    root = find_root(start)
    saver = Saver(root)
    saver.refuse_if_busy()
    changed = saver.changed(OWN)
    if not changed.all:
        return Saved((), None, "")
    words = message or _message(changed.all, t)
    return Saved(changed.all, saver.commit(changed, words), words)


def _message(files: tuple[str, ...], t: Translator) -> str:
    """What was saved, in a line: the reviews if there are any, else how many files."""
    parts = [path.removesuffix(".yaml").split("/") for path in files if kind_of_file(path) == "review"]
    reviews = [f"{part[1]} {part[3]} {part[4]}" for part in parts]
    if len(reviews) == 1:
        return t("Review: {review}", review=reviews[0])
    if reviews:
        return t.plural("{count} review changed", "{count} reviews changed", len(reviews))
    return t.plural("{count} file changed", "{count} files changed", len(files))
