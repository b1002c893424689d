"""`granskning export`, read back by the programs it is made for."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from granskning.cli.app import run
from granskning.workspace.schema.schema import load_schema

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run, TreePrint

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """A folder with everything that ships."""
    folder = tmp_path / "exempel"
    assert run(["-q", "init", str(folder), "--example"]) == 0
    return folder


def test_json_follows_its_schema(example: Path, granskning: Run) -> None:
    told = json.loads(granskning("export", "--format", "json", "-o", "-", cwd=example).stdout)
    Draft202012Validator(load_schema("export")).validate(told)
    assert len(told["tables"]["strategies"]) >= 7


def test_sqlite_has_keys_and_references_that_hold(example: Path, granskning: Run) -> None:
    done = granskning("export", "-o", "ut/allt.sqlite", cwd=example)
    assert done.stdout == "ut/allt.sqlite\n"
    with closing(sqlite3.connect(example / "ut/allt.sqlite")) as base, base:
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        counted = base.execute(
            "SELECT count(*) FROM answers JOIN reviews USING (strategy, round, reviewer) "
            "JOIN strategies USING (strategy)"
        ).fetchone()
        assert counted == base.execute("SELECT count(*) FROM answers").fetchone()
        assert base.execute("SELECT count(*) FROM evidence").fetchone()[0] > 50
        undescribed = base.execute('SELECT name FROM sqlite_master WHERE name NOT IN (SELECT "table" FROM about)')
        assert {name for (name,) in undescribed if not name.startswith("sqlite_")} == {"about"}
    base.close()


def test_pandas_and_duckdb_read_parquet(example: Path, granskning: Run) -> None:
    import duckdb  # noqa: PLC0415  # not while tests are gathered: they are large
    import pandas as pd  # noqa: PLC0415

    granskning("export", "--format", "parquet", "-o", "allt.zip", cwd=example)
    with zipfile.ZipFile(example / "allt.zip") as held:
        held.extractall(example / "parquet")
    answers = pd.read_parquet(example / "parquet/answers.parquet")
    told = json.loads(granskning("export", "--format", "json", "-o", "-", cwd=example).stdout)["tables"]["answers"]
    assert list(answers.columns) == list(told[0])
    assert len(answers) == len(told)
    with duckdb.connect() as base:
        base.read_parquet(str(example / "parquet/answers.parquet")).create("answers")
        base.read_parquet(str(example / "parquet/criteria.parquet")).create("criteria")
        found: Any = base.execute("SELECT count(*) FROM answers JOIN criteria USING (criteria, criterion)").fetchone()
        assert found[0] == len(told)
        levels: Any = base.execute("SELECT DISTINCT state FROM answers").fetchall()
    assert {"assessed", "not_applicable"} <= {state for (state,) in levels}


def test_csv_for_a_swedish_spreadsheet(workspace: Path, granskning: Run) -> None:
    import pandas as pd  # noqa: PLC0415

    granskning("export", "--table", "answers", "--delimiter", ";", "--bom", "-o", "svar.csv", cwd=workspace)
    data = (workspace / "svar.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfstrategy;round;")
    assert b"\r\n" in data
    read = pd.read_csv(workspace / "svar.csv", sep=";", encoding="utf-8-sig", dtype=str)
    assert "granskaren" in set(read["reviewer"])


def test_csv_of_everything_is_a_zip_that_duckdb_reads(workspace: Path, granskning: Run) -> None:
    import duckdb  # noqa: PLC0415

    granskning("export", "-o", "allt.zip", cwd=workspace)
    with zipfile.ZipFile(workspace / "allt.zip") as held:
        names = held.namelist()
        held.extractall(workspace / "csv")
    assert names[0] == "strategies.csv"
    with duckdb.connect() as base:
        read = base.read_csv(str(workspace / "csv/strategies.csv"))
        assert read.columns[0] == "strategy"
        assert [row[0] for row in read.fetchall()] == ["provplan"]


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d")


@pytest.mark.parametrize("start", FORMULA)
def test_no_text_becomes_a_formula(workspace: Path, granskning: Run, start: str) -> None:
    path = workspace / REVIEW
    text = path.read_text("utf-8")
    words = json.dumps(f'{start}cmd|"/c calc"!A0')
    assert "justification: >-" in text
    head, _, rest = text.partition("    justification: >-\n")
    path.write_text(f"{head}    justification: {words}\n{rest.partition(chr(10))[2]}", "utf-8")
    told = granskning("export", "--table", "answers", "--format", "csv", "-o", "-", cwd=workspace).stdout
    cells = [cell for row in csv.reader(io.StringIO(told)) for cell in row]
    assert any("calc" in cell for cell in cells)
    assert not any(cell.startswith(FORMULA) for cell in cells)
    kept = granskning("export", "--table", "answers", "--format", "json", "-o", "-", cwd=workspace).stdout
    assert any((one["justification"] or "").startswith(start) for one in json.loads(kept)["tables"]["answers"]), (
        "other programs get the text as it is"
    )


def test_the_same_bytes_each_time_and_nothing_else_is_touched(
    workspace: Path, granskning: Run, fingerprint_tree: TreePrint
) -> None:
    before = fingerprint_tree(workspace)
    for form in ("csv", "json", "sqlite", "parquet"):
        outside = workspace.parent / ("ut.zip" if form in ("csv", "parquet") else f"ut.{form}")
        data = []
        for _ in range(2):
            assert granskning("export", "--format", form, "-o", str(outside), cwd=workspace).returncode == 0
            data.append(outside.read_bytes())
        assert data[0] == data[1], form
    assert fingerprint_tree(workspace) == before


def test_one_file_only(workspace: Path, granskning: Run) -> None:
    told = json.loads(granskning("export", REVIEW, "--format", "json", "-o", "-", cwd=workspace).stdout)
    assert [one["reviewer"] for one in told["tables"]["reviews"]] == ["granskaren"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--table", "svar"), "det finns ingen tabell svar"),
        (("--delimiter", ";;"), "avgränsaren måste vara ett tecken"),
        (("--delimiter", ""), "avgränsaren måste vara ett tecken"),
        (("finns-inte.yaml",), "finns-inte.yaml"),
        (("--format", "xml"), "xml"),
    ],
)
def test_what_cannot_be_done_is_said(workspace: Path, granskning: Run, arguments: tuple[str, ...], words: str) -> None:
    done = granskning("export", *arguments, cwd=workspace)
    assert done.returncode == 2
    assert words in done.stderr
    assert not (workspace / "build").exists()


def test_a_broken_file_is_told_and_the_rest_exported(workspace: Path, granskning: Run) -> None:
    other = workspace / "strategies/provplan/reviews/2026-11/annan.yaml"
    other.write_text("schema: [", "utf-8")
    done = granskning("export", "--format", "json", "-o", "-", cwd=workspace)
    assert done.returncode == 0
    assert "1 fil har fel" in done.stderr
    assert len(json.loads(done.stdout)["tables"]["reviews"]) == 1
