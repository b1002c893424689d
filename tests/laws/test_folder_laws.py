"""What must hold for every working folder, in whatever order and form its files are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tries import tries

from granskning.files import HeldFiles
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from granskning.findings.finding import Finding

CASES = Path(__file__).parent.parent / "cases"
BASE = {
    path.relative_to(CASES / "base").as_posix(): path.read_bytes()
    for path in (CASES / "base").rglob("*")
    if path.is_file()
}
NAMES = sorted(
    folder.name for folder in CASES.iterdir() if (folder / "strategies").is_dir() or (folder / "criteria").is_dir()
)
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"


def case(name: str) -> dict[str, bytes]:
    folder = CASES / name
    over = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    over.pop("expected.txt", None)
    return {**BASE, **over}


@given(st.sampled_from(NAMES), st.randoms())
@tries(80)
def test_the_order_of_files_never_matters(name: str, random: Any) -> None:
    files = list(case(name).items())
    before = load_files(HeldFiles(dict(files)))
    random.shuffle(files)
    after = load_files(HeldFiles(dict(files)))
    assert (after.findings, after.workspace) == (before.findings, before.workspace)


class Faulty(NamedTuple):
    """A case as it is loaded, once for the tests that ask about it."""

    name: str
    files: HeldFiles
    paths: list[str]
    findings: tuple[Finding, ...]


def load_case(name: str) -> Faulty:
    held = case(name)
    files = HeldFiles(held)
    return Faulty(name, files, sorted(held), load_files(files).findings)


@pytest.fixture(scope="module")
def faulty() -> list[Faulty]:
    return [load_case(name) for name in NAMES]


def test_no_fault_is_told_twice(faulty: list[Faulty]) -> None:
    for folder in faulty:
        told = [
            (one.rule.code, one.at, one.place, tuple(sorted((key, str(value)) for key, value in one.values.items())))
            for one in folder.findings
        ]
        assert len(told) == len(set(told)), folder.name


def test_keeping_reviews_or_not_finds_the_same(faulty: list[Faulty]) -> None:
    for folder in faulty:
        assert load_files(folder.files, keep=False).findings == folder.findings, folder.name


def test_a_file_checked_alone_has_the_same_faults(faulty: list[Faulty]) -> None:
    across = {"GR308", "GR312", "GR317", "GR712", "GR715", "GR804"}  # what only the whole folder can tell
    for folder in faulty:
        for path in (path for path in folder.paths if path.endswith(".yaml") and path != "granskning.yaml"):
            whole = [one for one in folder.findings if one.at.file == path and one.rule.code not in across]
            alone = [one for one in load_files(folder.files, only=[path]).findings if one.rule.code not in across]
            assert alone == whole, f"{folder.name}: {path}"


@given(st.integers(0, len(BASE[REVIEW])))
@tries(200)
def test_a_file_saved_by_half_is_a_finding_or_sound_but_never_a_crash(length: int) -> None:
    loaded = load_files(HeldFiles({**BASE, REVIEW: BASE[REVIEW][:length]}))
    assert loaded.workspace.strategies.keys() == {"provplan"}
    assert loaded.workspace.reviews or REVIEW in loaded.broken


@given(st.sampled_from(sorted(path for path in BASE if path.endswith(".yaml"))), st.binary(max_size=40), st.data())
@tries(200)
def test_damage_to_one_file_never_crashes(path: str, damage: bytes, data: st.DataObject) -> None:
    content = BASE[path]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 60)))
    loaded = load_files(HeldFiles({**BASE, path: content[:start] + damage + content[end:]}))
    assert {one.at.file for one in loaded.findings} <= {*BASE, "strategies/provplan"}


@given(st.sampled_from(sorted(path for path in BASE if path.endswith(".yaml"))), st.data())
@tries(200)
def test_a_line_lost_or_doubled_never_crashes(path: str, data: st.DataObject) -> None:
    lines = BASE[path].split(b"\n")
    for _ in range(data.draw(st.integers(1, 4))):
        spot = data.draw(st.integers(0, len(lines) - 1))
        deed = data.draw(st.sampled_from(["lose", "double", "swap", "indent"]))
        if deed == "lose" and len(lines) > 1:
            del lines[spot]
        elif deed == "double":
            lines.insert(spot, lines[spot])
        elif deed == "swap":
            lines[spot], lines[-1] = lines[-1], lines[spot]
        else:
            lines[spot] = b"  " + lines[spot]
    load_files(HeldFiles({**BASE, path: b"\n".join(lines)}))


def test_a_strategy_whose_only_review_is_broken_is_not_called_unreviewed() -> None:
    loaded = load_files(HeldFiles({**BASE, REVIEW: b"x: ["}))
    assert [one.rule.code for one in loaded.findings] == ["GR101"]
