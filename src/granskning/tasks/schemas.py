"""Keep the editor's schemas in the working folder up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles, find_root, write_atomic
from granskning.workspace.load import load_files
from granskning.workspace.schema.editor import editor_schemas

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from granskning.model.workspace import Workspace


def refresh_schemas(start: Path) -> list[Path]:
    """Write the schemas of the working folder that have changed, and return them."""
    root = find_root(start)
    return write_schemas(root, load_files(FolderFiles(root)).workspace, write=write_atomic)


def write_schemas(root: Path, workspace: Workspace, *, write: Callable[[Path, bytes], None]) -> list[Path]:
    """Write each schema that is missing or stale."""
    written = []
    for name, text in editor_schemas(workspace.criteria.values(), workspace.settings.language).items():
        path, data = root / name, text.encode()
        if not path.is_file() or path.read_bytes() != data:
            write(path, data)
            written.append(path)
    return written
