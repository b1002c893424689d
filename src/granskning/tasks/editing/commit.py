"""Save a version: commit the working folder's own files, and no others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import find_root
from granskning.edges.git_save import Changed, Saver
from granskning.workspace.checks.check_names import is_lock_or_copy
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.i18n import Translator

OWN = (
    "granskning.yaml", "criteria", "strategies", "templates", ".granskning/schemas", ".gitignore", ".gitattributes",
    ".editorconfig", ".pre-commit-config.yaml", ".vscode/settings.json", ".vscode/extensions.json",
)  # fmt: skip
"""What belongs to a working folder; outputs in build/ do not."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was committed; nothing, where there was nothing to commit."""

    files: tuple[str, ...]
    commit: str | None
    message: str
    left_out: tuple[str, ...] = ()
    """New files that are not ours to keep: lock files, and copies that sync programs have made."""


def save_version(start: Path, message: str | None, t: Translator, author: str = "") -> Saved:
    """Commit what has changed. Raises NotSavedError, or NoHistoryError outside a repository.

    `author` is who has made the changes, where that is somebody else than the user of this computer.
    """
    root = find_root(start)
    clear_all_leftovers(root)
    saver = Saver(root)
    saver.refuse_if_busy()
    changed, left_out = _ours(saver.changed(OWN))
    if not changed.all:
        return Saved((), None, "", left_out)
    words = message or _message(changed, t)
    commit = saver.commit(changed, words, _author(author))
    return Saved(changed.all, commit, words, left_out) if commit else Saved((), None, "", left_out)


def show_unsaved(start: Path, t: Translator) -> Saved:
    """What a save would commit, and the message that it would get by itself. Raises what a save would raise."""
    root = find_root(start)
    saver = Saver(root)
    saver.refuse_if_busy()
    changed, left_out = _ours(saver.changed(OWN))
    return Saved(changed.all, None, _message(changed, t) if changed.all else "", left_out)


def _ours(changed: Changed) -> tuple[Changed, tuple[str, ...]]:
    """What has changed, without new lock files and sync copies, and those."""
    left_out = tuple(path for path in changed.new if is_lock_or_copy(path))
    return Changed(changed.known, tuple(path for path in changed.new if path not in left_out)), left_out


def _author(name: str) -> str:
    """A name or an e-mail address as git wants its authors; empty where there is nobody to name."""
    bare = " ".join("".join(letter for letter in name if letter.isprintable() and letter not in "<>").split())
    if not bare:
        return ""
    return f"{bare.partition('@')[0] or bare} <{bare}>" if "@" in bare and " " not in bare else f"{bare} <>"


def _message(changed: Changed, t: Translator) -> str:
    """What was saved, in a line: the reviews if there are any, else how many files."""
    parts = [path.removesuffix(".yaml").split("/") for path in changed.all if kind_of_file(path) == "review"]
    reviews = [f"{part[1]} {part[3]} {part[4]}" for part in parts]
    if len(reviews) == 1:
        return t("Review: {review}", review=reviews[0])
    if not reviews:
        return t.plural("{count} file changed", "{count} files changed", len(changed.all))
    new = sum(kind_of_file(path) == "review" for path in changed.new)
    known = len(reviews) - new
    counts = [t.plural("{count} review changed", "{count} reviews changed", known)] * bool(known)
    counts += [t.plural("{count} new review", "{count} new reviews", new)] * bool(new)
    return t.series(counts)
