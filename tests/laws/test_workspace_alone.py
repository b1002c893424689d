"""Who asks for the workspace alone gets the same one as who is told what is wrong in it, whatever is wrong."""

from __future__ import annotations

from test_work_laws import FIRST, case_files

from granskning.files import HeldFiles
from granskning.workspace.load import load_files, load_workspace


def test_the_workspace_is_the_same_whether_anything_is_told_or_not() -> None:
    for name in FIRST.values():
        files = HeldFiles(case_files(name))
        assert load_workspace(files) == load_files(files).workspace, name
        some = [path for path in files.under("strategies") if "/reviews/" in path]
        assert load_workspace(files, only=some) == load_files(files, only=some).workspace, name
