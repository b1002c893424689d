"""What can be wrong with what has been published: a file that is gone or changed, or a folder that was moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.files import Files


def check_publication(values: dict[str, Any], file: str, files: Files) -> Iterator[Finding]:
    """Yield what no longer agrees with a publication's register."""
    folder = file.rpartition("/")[0]
    lies_in = folder.rpartition("/")[2]
    if lies_in != f"{values['number']:03}":
        yield Finding(RULES["GR524"], Pointer(file, ("number",)), {"number": values["number"], "folder": lies_in})
    for place, one in enumerate(values["files"]):
        found = files.fingerprint(f"{folder}/{one['name']}")
        if found is None or found[1] != one["sha256"]:
            yield Finding(RULES["GR523"], Pointer(file, ("files", place, "sha256")), {"name": one["name"]})
