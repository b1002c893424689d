"""Published assessment frameworks, each written purely as YAML, must give the results their sources print.

A folder here is a working folder; its published.yaml says what must come out, and where that is printed.
"""

from __future__ import annotations

import io
import json
from contextlib import chdir, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from granskning.cli.app import run

FOLDERS = sorted(path.parent for path in Path(__file__).parent.glob("*/published.yaml"))
PUBLISHED = {
    folder.name: yaml.load((folder / "published.yaml").read_text("utf-8"), yaml.CSafeLoader) for folder in FOLDERS
}
KEYS = {"value": "shown", "exact": "exact", "outcome": "outcome", "band": "band"}


def command(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run granskning in the folder, in this process."""
    with chdir(folder), redirect_stdout(io.StringIO()) as out:
        return run(["--lang", "en", *arguments]), out.getvalue()


@cache
def scores(name: str) -> dict[str, Any]:
    code, text = command(Path(__file__).parent / name, "score", "--format", "json")
    assert code == 0, text
    done: dict[str, Any] = json.loads(text)
    return done


def found(name: str, case: dict[str, Any]) -> dict[str, Any]:
    """Return what the program says of the total or target the case is about."""
    results = scores(name)["reviews" if "reviewer" in case else "rounds"]
    where = {key: case[key] for key in ("strategy", "round", "reviewer") if key in case}
    [result] = [one for one in results if all(one[key] == value for key, value in where.items())]
    parts = {"total": result["total"], **{target["id"]: target for target in result["targets"]}}
    part: dict[str, Any] = parts[case["of"]]
    return part


def named(case: dict[str, Any]) -> str:
    expected = next(key for key in KEYS if key in case)
    return "-".join([case["strategy"], case.get("reviewer", "together"), case["of"], expected])


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_framework_gives_what_its_source_says(name: str) -> None:
    for case in PUBLISHED[name]["cases"]:
        [key] = [key for key in KEYS if key in case]
        given = str(found(name, case)[KEYS[key]]).replace("\N{NO-BREAK SPACE}", " ")
        told = f"{named(case)}: {case['says']} ({case['kind']}; {PUBLISHED[name]['address']})"
        assert given == str(case[key]), told


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_framework_has_no_errors(folder: Path) -> None:
    code, text = command(folder, "check", "--fail-on", "warning")
    assert code == 0, text


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_review_is_there_for_a_case(folder: Path) -> None:
    cases = PUBLISHED[folder.name]["cases"]
    asked = {(case["strategy"], case.get("reviewer")) for case in cases}
    for path in folder.glob("strategies/*/reviews/*/*.yaml"):
        strategy = path.parts[-4]
        assert {(strategy, path.stem), (strategy, None)} & asked, path


def test_the_frameworks_differ_in_method() -> None:
    assert len(FOLDERS) >= 6
    assert len({published["method"] for published in PUBLISHED.values()}) == len(FOLDERS)


def test_most_frameworks_have_results_that_were_printed() -> None:
    printed = [name for name, one in PUBLISHED.items() if any(case["kind"] == "published" for case in one["cases"])]
    assert len(printed) >= 6


def test_the_table_counts_the_cases() -> None:
    table = (Path(__file__).parent / "README.md").read_text("utf-8")
    for name, one in PUBLISHED.items():
        kinds = [case["kind"] for case in one["cases"]]
        [row] = [line for line in table.splitlines() if f"]({name}/)" in line]
        assert f"| {kinds.count('published')} + {kinds.count('rule')} | all |" in row, name
