"""Write a file that the user has named, and edit one exactly: guarded by what it was when it was opened.

Keep the editor's schemas in the working folder up to date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import FolderFiles, find_root, fingerprint_of, place_in, read_file
from granskning.edges.lookup import exists
from granskning.edges.writing import FileWrite, write_atomic, write_files, write_guarded
from granskning.errors import ChangedOnDiskError, UsageError, WriteRefusedError
from granskning.files import TEXT
from granskning.i18n import N_
from granskning.workspace.files_by_kind import files_of_kinds
from granskning.workspace.load import load_workspace
from granskning.workspace.schema.editor import schemas_to_write
from granskning.workspace.yaml.edit import edit_bytes, unordered
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from granskning.errors import GranskningError
    from granskning.files import FileKind
    from granskning.model.review import Review
    from granskning.model.workspace import Workspace
    from granskning.workspace.yaml.edits import Edit
    from granskning.workspace.yaml.splice import Order

Outcome = TypeVar("Outcome")
_TRIES = 5
"""How often an edit is made anew when somebody else writes the same file in the same moment."""


def save_file(path: Path, data: bytes) -> None:
    """Write the whole file, or raise WriteRefusedError and leave what was there."""
    write_atomic(path, data)


def open_file(path: Path, kind: FileKind = TEXT) -> tuple[bytes, str]:
    """The bytes of a file and the fingerprint that guards a later edit of it."""
    data = read_file(path, kind)
    return data, fingerprint_of(data)


def why_not_edited(data: bytes, review: Review) -> GranskningError | None:
    """Why the bytes of a review's file may not be edited as the review that was loaded from it; None where they may.

    The file may have been signed, or moved to another criteria set, since it was loaded. What decides is what is
    edited, so it is asked of those very bytes, and the guard of the write sees to the rest.
    """
    text = decode(data)
    values = read(text).value if isinstance(text, str) else None
    loaded = {key: getattr(review, key) for key in ("strategy", "round", "reviewer", "criteria")}
    if not isinstance(values, dict) or any(values.get(key) != value for key, value in loaded.items()):
        return changed_meanwhile(review.file)
    if values.get("status") == "approved":
        message = N_("{file} is approved and is not changed")
        return UsageError(message, N_("set its status to draft first, if it is to be judged anew"), file=review.file)
    return None


def changed_meanwhile(file: str | Path) -> ChangedOnDiskError:
    """Somebody else has written a file since it was opened."""
    message = N_("{file} has been changed by somebody else since it was opened")
    return ChangedOnDiskError(message, N_("nothing was changed; read it again and make the edit anew"), file=file)


def edit_anew(file: str | Path, attempt: Callable[[], Outcome]) -> Outcome:
    """Make an edit of the file as it is now, and anew where somebody else was first.

    `attempt` opens the file, writes it guarded and returns what came of it. Raises ChangedOnDiskError where somebody
    else writes all the time; then nothing was written here.
    """
    for _ in range(_TRIES):
        try:
            return attempt()
        except ChangedOnDiskError:
            continue
    raise changed_meanwhile(file)


def write_edited(writes: Sequence[FileWrite]) -> None:
    """Write files as `write_files` does, and raise ChangedOnDiskError where somebody else has made a new one first."""
    try:
        write_files(writes)
    except WriteRefusedError as error:
        if (made := next((write.path for write in writes if write.is_new and exists(write.path)), None)) is not None:
            raise changed_meanwhile(made) from error
        raise


def edit_file(path: Path, edits: Sequence[Edit], order: Order = unordered, *, opened: str) -> str:
    """Edit a file as it was when its fingerprint was `opened`, and return the new fingerprint.

    Raises ChangedOnDiskError when it has been changed since, and EditRefusedError when the edit cannot be exact. Then
    the file is as it was. Edits that change nothing write nothing.
    """
    data, now = open_file(path)
    if now != opened:
        raise changed_meanwhile(path)
    after = edit_bytes(data, edits, order)
    if after != data:
        write_guarded(path, after, opened)
    return fingerprint_of(after)


def refresh_schemas(start: Path) -> list[Path]:
    """Write the schemas of the working folder that have changed, and return them."""
    root = find_root(start)
    clear_all_leftovers(root)
    writes = schemas_lacking(root)
    write_files(writes)
    return [write.path for write in writes]


def schema_writes(root: Path, workspace: Workspace) -> list[FileWrite]:
    """What is to be written so that no schema is missing or stale."""
    schemas = schemas_to_write(workspace.criteria.values(), FolderFiles(root), workspace.settings.language)
    return [FileWrite(place_in(root, name), text.encode()) for name, text in schemas]


def schemas_lacking(root: Path) -> list[FileWrite]:
    """The same for a working folder as it lies there: of it the settings and the criteria sets are read."""
    files = FolderFiles(root)
    return schema_writes(root, load_workspace(files, only=files_of_kinds(files, "criteria")))
