"""The frozen copy of a criteria set under criteria/earlier/: a variant is kept there as the whole set that it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.edges.disk import place_in, read_file
from granskning.edges.lookup import is_file
from granskning.edges.writing import FileWrite
from granskning.files import TEXT
from granskning.workspace.variants import whole_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.files import Files
    from granskning.model.criteria import CriteriaSet


_SCHEMA_LINE = re.compile(rb"(\A(?:\xef\xbb\xbf)?# yaml-language-server: \$schema=)(?=\.\./\.granskning/)")
"""The line that tells an editor where the schema is; the copy lies one folder further down."""


def frozen_path(criteria: CriteriaSet) -> str:
    """Where the frozen copy of this version lies."""
    return f"criteria/earlier/{criteria.id}-{criteria.version}.yaml"


def frozen_copy(root: Path, criteria: CriteriaSet, files: Files) -> list[FileWrite]:
    """The copy to be written; none where it is there already, as after a revision that was broken off."""
    copy, data = place_in(root, frozen_path(criteria)), whole_bytes(files, criteria.file)
    frozen = _SCHEMA_LINE.sub(rb"\1../", data)
    is_there = is_file(copy) and read_file(copy, TEXT) in (data, frozen)
    return [] if is_there else [FileWrite(copy, frozen, is_new=True)]


def frozen_variant(root: Path, criteria: CriteriaSet, files: Files) -> list[FileWrite]:
    """The copy of a variant that is put to use, so that it stays as it is when the other set changes; else none."""
    is_kept = not criteria.base_file or files.exists(frozen_path(criteria))
    return [] if is_kept else frozen_copy(root, criteria, files)
