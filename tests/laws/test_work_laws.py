"""However many faults there are, each costs the same: work grows with the number of them and not with its square.

Every case folder is a fault. Each is multiplied: the strategies, criteria sets and reviews that it stands in, and, in
its file, whatever list or group of keys it stands in. Work is counted by function, so that no small thing hides behind
a large one.
"""

from __future__ import annotations

import copy
import json
import os
import re
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from work import count_work, steep

from granskning.files import HeldFiles
from granskning.workspace.collected import MOST_COMPARED, MOST_TOLD
from granskning.workspace.load import load_files
from granskning.workspace.yaml.source import decode, read
from test_cases import ANOTHER, BASE, BESIDE, CASES, MADE, NAMES, another_review

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.findings.finding import Finding

STRATEGY, SET, REVIEWER = re.compile(rb"\bprovplan\b"), re.compile(rb"\bprov\b"), re.compile(rb"\bgranskaren\b")
COUNTS, LEAST = ((6, 12, 24), 250) if "LAW_TRIES" in os.environ else ((2, 4, 8), 41)
COUNTS_OF_SETS, LEAST_OF_SETS = (2, 4, 8), 41
"""How many there are, and how much work at the most of them counts: a half for each pair. A set is many questions."""


def files_of(folder: Path) -> dict[str, bytes]:
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    files.pop("expected.txt", None)
    return files


@cache
def case_files(name: str) -> dict[str, bytes]:
    """The files of a case, laid over the base."""
    files = files_of(BASE) | files_of(CASES / name)
    files |= BESIDE.get(name, {})
    if name in MADE:
        files[ANOTHER] = MADE[name](another_review())
    return {path: data for path, data in files.items() if len(data) < 100_000}


def renamed(files: dict[str, bytes], pattern: re.Pattern[bytes], number: int) -> dict[str, bytes]:
    """Files with a name in them, and in their own names, made another."""

    def other(data: bytes) -> bytes:
        return pattern.sub(lambda match: b"%s-%d" % (match[0], number), data)

    return {other(path.encode()).decode(): other(data) for path, data in files.items()}


def multiplied(name: str, kind: str, count: int) -> HeldFiles:
    """A case with so many of its strategies, sets or reviews."""
    files = case_files(name)
    pattern, folder = {
        "strategies": (STRATEGY, "strategies/"),
        "sets": (SET, "criteria/"),
        "reviews": (REVIEWER, "strategies/provplan/reviews/"),
    }[kind]
    own = {path: data for path, data in files.items() if path.startswith(folder)}
    many = dict(files)
    for number in range(count):
        many |= renamed(own, pattern, number)
    return HeldFiles(many)


@cache
def findings_of(name: str) -> tuple[Finding, ...]:
    """What the case is about: the findings of its code."""
    return tuple(one for one in load_files(HeldFiles(case_files(name))).findings if one.rule.code == name[:5])


def kinds_of(name: str) -> set[str]:
    """What of a folder is multiplied, so that its fault is."""
    kinds = set()
    for file in {one.at.file for one in findings_of(name)}:
        if file.startswith("criteria/"):
            kinds.add("sets")
        elif "/reviews/" in file:
            kinds |= {"reviews", "strategies"}
        else:
            kinds.add("strategies")
    return kinds


def holders(value: Any, path: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    """The paths to the lists and groups of keys that a place stands in, the outermost first."""
    paths = []
    for end, step in enumerate(path):
        if not isinstance(value, dict | list) or (isinstance(value, list) and not isinstance(step, int)):
            break
        paths.append(path[:end])
        try:
            value = value[step]  # type: ignore[index]  # a list is asked for a number above
        except (KeyError, IndexError):
            break
    return paths


def with_many(value: Any, path: tuple[str | int, ...], step: str | int, count: int) -> Any:
    """Values with so many of what stands at a step of the list or group at a path."""
    value = copy.deepcopy(value)
    holder: Any = value
    for part in path:
        holder = holder[part]
    if isinstance(holder, list):
        holder += [copy.deepcopy(holder[int(step)]) for _ in range(count)]
    else:
        holder |= {f"{step}-{number:02}": copy.deepcopy(holder.get(step)) for number in range(count)}
    return value


OF_THE_DISK = ("GR001", "GR604", "GR605", "GR606", "GR607", "GR610", "GR611", "GR612", "GR613", "GR614")
"""Codes of what is found where a folder lies on a disk: a file that is none, and what documents say."""


def in_file(name: str, count: int) -> list[HeldFiles]:
    """A case with so many of each thing that its fault stands in, one folder a thing; of lines where it has no path."""
    folders: list[HeldFiles] = []
    if not findings_of(name):
        assert name.startswith(OF_THE_DISK), "a file that the disk does not give is not held in memory"
        return folders
    finding = findings_of(name)[0]
    files, file = case_files(name), finding.at.file
    text = decode(files.get(file, b""))
    reading = read(text) if isinstance(text, str) else None
    if reading is not None and reading.whole and finding.at.path:
        for path in holders(reading.value, finding.at.path):
            many = with_many(reading.value, path, finding.at.path[len(path)], count)
            folders.append(HeldFiles(files | {file: json.dumps(many, ensure_ascii=False, indent=1).encode()}))
    elif isinstance(text, str) and finding.place:
        lines = text.split("\n")
        place = finding.place.line
        lines[place:place] = lines[place - 1 : place] * count
        folders.append(HeldFiles(files | {file: "\n".join(lines).encode()}))
    return folders


FIRST = {name[:5]: name for name in reversed(NAMES) if name[:5] != "GR004"}
"""The first case of every code, but that of a file which is not read at all."""
TRIED = list(FIRST.values())[:: 1 if "LAW_TRIES" in os.environ else 3]
"""Those that are multiplied: every day a third of them, spread over all kinds, and at night all (`make nightly`)."""


@pytest.mark.parametrize("name", TRIED)
def test_a_fault_in_many_files(name: str) -> None:
    for kind in kinds_of(name):
        counts, least = (COUNTS_OF_SETS, LEAST_OF_SETS) if kind == "sets" else (COUNTS, LEAST)
        works = tuple(count_work(multiplied(name, kind, count)) for count in counts)
        assert steep(works, least) == {}, kind


@pytest.mark.parametrize("name", TRIED)
def test_a_fault_many_times_in_a_file(name: str) -> None:
    for small, middle, large in zip(*(in_file(name, count) for count in COUNTS), strict=True):
        assert steep((count_work(small), count_work(middle), count_work(large)), LEAST) == {}


def test_near_misses_are_sought_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    real = SequenceMatcher.set_seq1

    def counted(self: SequenceMatcher[str], text: str) -> None:
        nonlocal compared
        compared += 1
        real(self, text)

    monkeypatch.setattr(SequenceMatcher, "set_seq1", counted)
    loaded = load_files(multiplied(FIRST["GR301"], "strategies", 400))
    assert sum(one.rule.code == "GR301" for one in loaded.findings) == 401
    assert any(one.suggestion for one in loaded.findings)
    assert 0 < compared <= MOST_COMPARED


def test_of_very_many_findings_the_first_are_told_and_the_rest_counted() -> None:
    """And what decides whether a review counts is among those that are told."""
    text = case_files("base")["strategies/provplan/reviews/2026-11/granskaren.yaml"].decode()
    answers = "".join(f"  fraga-{number}: {{level: 1}}\n" for number in range(2000))
    text = text.replace("edition: remiss", "edition: finns-inte", 1) + answers
    files = case_files("base") | {"strategies/provplan/reviews/2026-11/granskaren.yaml": text.encode()}
    loaded = load_files(HeldFiles(files))
    told = [one for one in loaded.findings if one.at.file.endswith("granskaren.yaml")]
    assert MOST_TOLD < len(told) <= MOST_TOLD + 3
    assert told[-1].rule.code == "GR009"
    assert len(told) - 1 + int(str(told[-1].values["count"])) >= 2000
    assert [one.code for one in loaded.workspace.left_out] == ["GR211"]
