"""Files as each released schema version had them: never edited, and read by today's tool with the same result.

A folder in old/ is a major version. A file there is never changed: when a schema gets a new major, a folder is added.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from granskning.files import HeldFiles
from granskning.findings.severity import Severity
from granskning.tasks.folder.score import score_workspace
from granskning.workspace.load import load_files
from granskning.workspace.schema.kinds import kind_of_file
from granskning.workspace.schema.schema import KINDS

OLD = Path(__file__).parent / "old"
MAJORS = sorted(path.name for path in OLD.iterdir() if path.is_dir())
RESULTS = {"1": {"strategies/provplan/reviews/2026-11/granskaren.yaml": 2.0}}


def test_no_old_file_is_edited() -> None:
    expected = dict(line.split("  ")[::-1] for line in (OLD / "SHA256").read_text("ascii").splitlines())
    found = {
        path.relative_to(OLD).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for major in MAJORS for path in (OLD / major).rglob("*") if path.is_file()
    }  # fmt: skip
    assert found == expected


@pytest.mark.parametrize("major", MAJORS)
def test_old_files_are_read_and_scored_as_then(major: str) -> None:
    root = OLD / major
    paths = [path for path in root.rglob("*") if path.is_file()]
    loaded = load_files(HeldFiles({path.relative_to(root).as_posix(): path.read_bytes() for path in paths}))
    assert [finding for finding in loaded.findings if finding.rule.severity is Severity.ERROR] == []
    assert set(KINDS) <= {kind_of_file(path) for path in loaded.read}
    scored = score_workspace(loaded.workspace)
    assert {one.review.file: float(one.card.total.value or 0) for one in scored} == RESULTS[major]
