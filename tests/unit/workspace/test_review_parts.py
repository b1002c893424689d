"""Reviews checked in parts, as a cluster does, give what checking the whole folder gives."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from granskning.edges.cluster.packing import NoValueError, pack, unpack
from granskning.edges.disk import FolderFiles
from granskning.errors import PrintingFailedError, UnreadableFileError, Words
from granskning.files import OverlaidFiles
from granskning.workspace.load import Loader, load_files
from granskning.workspace.review_parts import check_part, part_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.files import Files
    from granskning.model.workspace import Workspace
    from granskning.workspace.load import CheckedReview, CheckElsewhere
    from granskning.workspace.loaded import Loaded

CASES = Path(__file__).parents[2] / "cases"


def _in_parts(files: Files, count: list[int]) -> CheckElsewhere:
    """As a cluster does it, over the same way: packed there and back."""

    def check(workspace: Workspace, paths: Sequence[str]) -> Mapping[str, CheckedReview]:
        sets = {criteria.file: files.read(criteria.file) for criteria in workspace.criteria.values()}
        reviews = {}
        for path in paths:
            try:
                reviews[path] = files.read(path)
            except UnreadableFileError:
                continue
        [part] = unpack(pack(part_of(workspace, sets, reviews)))
        checked: dict[str, CheckedReview]
        [checked] = unpack(pack(check_part(part)))
        count[0] += len(paths)
        count[1] += len(checked)
        return checked

    return check


def _said(loaded: Loaded) -> list[Any]:
    findings = [(asdict(item)["at"], item.rule.code, str(item.values), item) for item in loaded.findings]
    places = [(item.place, item.excerpt, item.suggestion) for *_, item in findings]
    return [[finding[:3] for finding in findings], places, loaded.read, loaded.uses]


def test_parts_give_what_the_whole_folder_gives_for_every_fault_of_a_review() -> None:
    base = FolderFiles(CASES / "base")
    count = [0, 0]
    for case in sorted(CASES.glob("GR*")):
        laid = {path.relative_to(case).as_posix(): path.read_bytes() for path in case.rglob("*.yaml") if path.is_file()}
        if not any("/reviews/" in path for path in laid):
            continue
        files = OverlaidFiles(base, laid)
        whole = load_files(files, keep=False)
        in_parts = load_files(files, keep=False, elsewhere=_in_parts(files, count))
        assert _said(in_parts) == _said(whole), case.name
    assert count[1] > 100
    assert count[1] > 0.7 * count[0]  # the rest asks for more of the folder, and is checked there


def test_what_comes_back_makes_values_and_nothing_else() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return (print, ("called",))

    for data in (pack(Evil()), pack(Path.home), pack(load_files), pack(Loader), pack(), b"damaged", b""):
        with pytest.raises(NoValueError):
            unpack(data)


def test_an_error_keeps_its_words_on_the_way_and_whatever_it_tells_of_becomes_text() -> None:
    error = PrintingFailedError(
        "no: {reason} {file}", "hint", reason=Words("why"), file=Path("a.pdf"), cause=OSError(2, "x")
    )
    [back] = unpack(pack(error))
    assert isinstance(back, PrintingFailedError)
    assert (str(back), back.hint) == (str(error), "hint")
    assert isinstance(back.values["reason"], Words)
    assert back.values["file"] == "a.pdf"
