"""What is named and is not there: every command says what was meant, whether a name or a path was written."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
NEAR_PATHS = (
    # what is written, what is meant
    ("strategier/provplan", "provplan"),
    ("strategies/provplann", "strategies/provplan"),
    ("Strategies/Provplan", "provplan"),
    ("Provplan", "provplan"),
    ("provplan.yaml", "provplan"),
    ("strategies/provplan/2026-11", "provplan/2026-11"),
    ("provplan/reviews/2026-11", "provplan/2026-11"),
    ("provplan/202611", "provplan/2026-11"),
    ("strategies/provplan/review/2026-12", "strategies/provplan/reviews/2026-11"),
    ("strategies/provplan/reviews/2026-11/granskaren.yml", REVIEW),
    ("strategies/provplan/reviews/2026-11/Granskare.yaml", REVIEW),
    ("granskaren.yaml", REVIEW),
    ("provplan/2026-11/Granskaren", "provplan/2026-11/granskaren"),
)
TAKE_A_REVIEW = (
    ("check", "{}"),
    ("score", "{}"),
    ("evidence", "{}"),
    ("export", "{}", "-o", "-"),
    ("render", "{}", "-o", "-"),
    ("publish", "{}"),
    ("approve", "{}", "--role", "chef"),
    ("migrate", "{}", "--to", "prov@2.0.0"),
    ("search", "provplan", "resor", "--log", "{}"),
)


@pytest.mark.parametrize(("written", "likely"), NEAR_PATHS)
@pytest.mark.parametrize("command", TAKE_A_REVIEW, ids=[words[0] for words in TAKE_A_REVIEW])
def test_a_near_path_is_told_by_every_command(
    workspace: Path, granskning: Run, command: tuple[str, ...], written: str, likely: str
) -> None:
    done = granskning(*(word.format(written) for word in command), cwd=workspace)
    assert done.returncode == 2, done.stdout + done.stderr
    assert f"menade du {likely}?" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", ["history", "actions", "new", "search"])
@pytest.mark.parametrize("written", ["strategier/provplan", "strategies/provplann", "provplann", "PROVPLAN"])
def test_a_strategy_is_told_by_its_folder_too(workspace: Path, granskning: Run, command: str, written: str) -> None:
    for words in (("init", "--missing"), ("save", "-m", "allt")):
        assert granskning(*words, cwd=workspace).returncode == 0
    done = granskning(command, written, *(["resor"] if command == "search" else []), cwd=workspace)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "provplan?" in done.stderr


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("verify rapport", "menade du rapport.pdf?"),
        ("verify Raport.pdf", "menade du rapport.pdf?"),
        ("verify rapport.docx", "menade du rapport.pdf?"),
        ("import svar", "menade du svar.xlsx?"),
        ("import mapen/svar.csv", "menade du mappen/svar.csv?"),
        ("import mappen", "ange en fil i den: svar.csv"),
        ("check Mina planer", 'menade du "Mina planer"?'),
        ("-C strategier check", "menade du strategies?"),
        ("-C granskning.yaml check", "granskning.yaml är en fil, inte en mapp"),
        ("migrate provplan/2026-11/granskaren --to 2", "dess versioner: prov@1.0.0"),
        ("migrate provplan/2026-11/granskaren --to 1.0.0", "menade du prov@1.0.0?"),
        ("migrate provplan/2026-11/granskaren --to prv@1.0.0", "menade du prov@1.0.0?"),
        ("migrate provplan --to prov@2.0.0", "nämn en: provplan/2026-11/granskaren"),
        ("approve provplan --role chef", "nämn en: provplan/2026-11/granskaren"),
        ("new provplan --criteria criteria/prv.yaml", "menade du prov?"),
        ("revise Prov 2.0.0", "menade du prov?"),
        ("export --criteria prv", "menade du prov?"),
        ("render prv --report criteria", "menade du prov?"),
        ("stats show resor-bill", "menade du resor-bil?"),
        ("export --table answrs", "menade du answers?"),
        ("evidence provplan --in remis", "menade du remiss?"),
        ("search provplan/remis resor", "menade du provplan/remiss?"),
        ("search provplan resor --log provplan/2026-11/granskaren --question resor-vardagg", "menade du resor-vardag?"),
        ("diff strategier/provplan", "menade du provplan?"),
        ("score granskning.yaml", "det finns ingen granskning i granskning.yaml"),
        ("score criteria", "det finns ingen granskning i criteria"),
        ("evidence strategies/provplan/strategy.yaml", "menade du provplan?"),
        ("export criteria", "det finns ingen granskning i criteria"),
        ("export --template prov", "--template tar inga granskningar: prov"),
        ("build provplan", "granskning build gäller hela mappen och tar inget namn"),
        ("joint", "menade du new --kind consensus?"),
        ("raport", "menade du render?"),
    ],
)
def test_what_is_nearly_named_is_told(workspace: Path, granskning: Run, line: str, said: str) -> None:
    (workspace / "rapport.pdf").write_bytes(b"%PDF-")
    (workspace / "svar.xlsx").touch()
    (workspace / "mappen").mkdir()
    (workspace / "mappen/svar.csv").touch()
    (workspace / "Mina planer").mkdir()
    done = granskning(*line.split(), cwd=workspace)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr


def test_letters_in_two_pieces_are_the_same_letters(workspace: Path, granskning: Run) -> None:
    (workspace / unicodedata.normalize("NFD", "nämndens rapport.pdf")).write_bytes(b"%PDF-")
    done = granskning("verify", "NÄMNDENS rapport.pdf", cwd=workspace)
    assert 'rapport.pdf"?' in unicodedata.normalize("NFC", done.stderr)
    assert done.returncode == 2


def test_what_is_like_nothing_is_told_with_what_there_is(workspace: Path, granskning: Run) -> None:
    done = granskning("check", "tom/inget", cwd=workspace)
    assert done.returncode == 2
    assert "strategier: provplan" in done.stderr
    done = granskning("verify", "åäö.pdf", cwd=workspace)
    assert "menade du" not in done.stderr
