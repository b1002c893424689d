"""Figures when judged and now: kept where a review is signed, and followed up in terminal, JSON and report."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from granskning.cli.app import run
from granskning.i18n import Translator
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.report import Reporter

if TYPE_CHECKING:
    from granskning.reporting.blocks.grids import Grid

BASE = Path(__file__).parent.parent / "cases" / "base"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
FIGURES = """\
figures:
  - indicator: resor-bil
    area: Provlän
    period: "2025"
    women: 41.5
    men: 58.5
    meaning: """


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("signed") / "folder"
    shutil.copytree(BASE, folder)
    assert run(["-C", str(folder), "--lang", "en", "approve", REVIEW, "--role", "chefen"]) == 0
    return folder


@pytest.fixture
def folder(signed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(signed, tmp_path / "copy"))


def change(folder: Path, *pairs: tuple[str, str]) -> None:
    path = folder / "criteria/statistics/resor-bil.yaml"
    text = path.read_text("utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, "utf-8")


def followed(folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    assert run(["-C", str(folder), "actions", "--format", "json"]) == 0
    (figures,) = json.loads(capsys.readouterr().out)["figures"]
    assert (figures["strategy"], figures["round"], figures["reviewer"]) == ("provplan", "2026-11", "granskaren")
    (change,) = figures["changes"]
    return change


def test_signing_keeps_the_figures_and_is_sound(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (signed / REVIEW).read_text("utf-8")
    assert FIGURES in text
    assert text.index("figures:") < text.index("answers:")
    assert run(["-C", str(signed), "--lang", "en", "check", REVIEW]) == 0
    assert "GR2" not in capsys.readouterr().out


NEW = "\n  - {area: Provlän, period: 2027, women: 45, men: 55}"
ROW = "  - {area: Provlän, period: 2025, women: 41.5, men: 58.5}"

# what happens to the indicator, what kind of change that is, and what may be said of it
CHANGES: list[tuple[str, list[tuple[str, str]], str, tuple[str, str | None] | None]] = [
    ("nothing", [], "same", None),
    ("a newer period", [(ROW, ROW + NEW)], "newer", ("narrower", None)),
    ("with what is better", [(ROW, ROW + NEW), ("share: true", "share: true\nbetter: equal")], "newer",
     ("narrower", "better")),
    ("men only", [(ROW, ROW + "\n  - {area: Provlän, period: 2027, men: 55}")], "newer", None),
    ("another value", [("41.5", "42.5")], "revised", None),
    ("a break between", [(ROW, ROW + NEW), ("share: true", "share: true\nbreaks: [{from: 2026, note: Ny källa.}]")],
     "broken", None),
    ("a break before", [(ROW, ROW + NEW), ("share: true", "share: true\nbreaks: [{from: 2025, note: Ny källa.}]")],
     "newer", ("narrower", None)),
    ("another unit", [(ROW, ROW + NEW), ("en: per cent", "en: per mille")], "other_meaning", None),
    ("another table", [(ROW, ROW + NEW), ("  retrieved", "  table: X1\n  retrieved")], "other_meaning", None),
    ("another year in the title", [("Resor med bil", "Resor med bil 2027")], "same", None),
    ("another area", [("Provlän", "Annat län")], "missing", None),
    ("gone at the source", [("58.5}", "58.5, gone: 2026-12-01}")], "same", None),
]  # fmt: skip


@pytest.mark.parametrize(("edits", "kind", "told"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_what_has_become_of_a_figure(
    edits: list[tuple[str, str]], kind: str, told: tuple[str, str | None] | None, folder: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    change(folder, *edits)
    found = followed(folder, capsys)
    assert found["kind"] == kind
    own = found["own_calculation"]
    assert (None if own is None else (own["trend"], own["verdict"])) == told
    assert found["then"] == {"period": "2025", "women": 41.5, "men": 58.5, "mixed": None, "total": None}
    if told is not None:
        assert (own["difference_then"], own["difference_now"]) == (-17, -10)
    if kind == "missing":
        assert found["now"] is None


def test_no_file_is_left_of_the_indicator(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "criteria/statistics/resor-bil.yaml").unlink()
    set_file = folder / "criteria/prov.yaml"
    set_file.write_text(set_file.read_text("utf-8").replace("    indicators: [resor-bil]\n", ""), "utf-8")
    assert followed(folder, capsys)["kind"] == "missing"


def grid_of(folder: Path, language: str) -> Grid | None:
    root, loaded = open_workspace(folder)
    return TimeReporter(Reporter(root, loaded, Translator(language))).strategy("provplan").figures


def test_the_report_and_the_terminal_tell_it_in_words(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder, (ROW, ROW + NEW), ("share: true", "share: true\nbetter: equal"))
    grid = grid_of(folder, "sv")
    assert grid is not None
    ((what, then, now, told),) = [[cell.text for cell in row] for row in grid.rows]
    assert what == "Resor med bil, procent, Provlän (Källa: Påhittad byrå)"
    assert (then, now) == ("2025: kvinnor 41,5, män 58,5", "2027: kvinnor 45,0, män 55,0")
    assert told.startswith("Skillnaden har blivit mindre (egen beräkning).")
    assert run(["-C", str(folder), "--lang", "sv", "actions", "provplan"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert f"{what}. Då {then}. Nu {now}. {told}" in out


def test_what_was_handed_in_stays_when_it_is_signed(folder: Path) -> None:
    text = (folder / REVIEW).read_text("utf-8")
    before = text[text.index("figures:") : text.index("answers:")]
    change(folder, (ROW, ROW + NEW))
    (folder / REVIEW).write_text(text.replace("status: approved", "status: submitted"), "utf-8")
    assert run(["-C", str(folder), "approve", REVIEW, "--role", "chefen"]) == 0
    assert before in (folder / REVIEW).read_text("utf-8")


def test_no_figures_no_table(tmp_path: Path) -> None:
    assert grid_of(Path(shutil.copytree(BASE, tmp_path / "copy")), "sv") is None
