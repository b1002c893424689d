"""The first mistakes of a beginner: each is one sentence that says what is wrong, and one line that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"

COMMANDS = (
    # what is typed, what is said, what helps
    ("chek", "det finns inget kommando chek", "menade du check?"),
    ("check --verson", "det finns ingen flagga --verson", "menade du --version?"),
    (
        "serve --port 70000",
        "70000 kan inte anges för --port; det ska vara från 0 till 65535",
        "granskning serve --help",
    ),
    ("build --jobs 0", "0 kan inte anges för --jobs; det ska vara 1 eller mer", "granskning build --help"),
    ("diff", "argumentet A saknas", "granskning diff --help"),
    ("-C tom check", "tom är ingen arbetsmapp", "skapa en med: granskning init MAPP"),
    ("score provplanen", "det finns ingen strategi provplanen", "menade du provplan?"),
    ("check provplan/2026-12", "strategin provplan har ingen omgång 2026-12", "2026-11"),
    ("check provplan/2026-11/granskare", "har ingen granskning av granskare", "granskaren"),
    ("new provplan --round 2026/11", "2026/11 kan inte användas för --round", "till exempel 2026-11"),
    ("new provplan/2026-11/granskaren", "finns redan och skrivs inte över", "välj ett annat namn"),
    ("init", "granskning.yaml finns redan och skrivs inte över", "granskning init --missing"),
    ("init ny --set rob", "galleriet har inget ramverk rob", "menade du rob"),
    ("explain GR2011", "det finns ingen anmärkning med koden GR2011", "menade du GR2"),
    ("history", "ligger inte i ett git-förråd", "granskning init --missing"),
    ("save", "ligger inte i ett git-förråd", "granskning init --missing"),
    ("verify rapporten.pdf", "rapporten.pdf går inte att läsa: den finns inte", ""),
    ("import svar.xlsx", "svar.xlsx går inte att läsa: den finns inte", ""),
    ("build --as-of idag", "idag är inget datum", "2026-11-23"),
    ("render provplan/2026-11/granskaren -o rapport.odt", "rapport.odt slutar inte på .pdf", "--format"),
    ("publish provplan/2026-11/granskaren", "är inte godkänd", "granskning approve"),
    ("kontrollera", "det finns inget kommando kontrollera", "menade du check?"),
    ("stats hämta", "det finns inget kommando hämta", "menade du fetch?"),
    ("check --format JSON", "JSON kan inte anges för --format; välj något av text, json", "menade du json?"),
    ("export --format excel", "excel kan inte anges för --format", "menade du xlsx?"),
    ("check granskaren", "granskaren står utan sin strategi", "menade du provplan/2026-11/granskaren?"),
    ("score 2026-11", "2026-11 står utan sin strategi", "menade du provplan/2026-11?"),
    ("search resor", "det finns ingen strategi resor", ""),
    ("explain 201", "det finns ingen anmärkning med koden 201", "menade du GR201?"),
    ("schema strategi", "det finns inget slag som heter strategi", "menade du strategy?"),
    ("-C tom/utan check", "är ingen arbetsmapp: granskning.yml måste heta granskning.yaml", "ge filen det namnet"),
)


@pytest.mark.parametrize(("typed", "said", "help_line"), COMMANDS, ids=[typed for typed, _, _ in COMMANDS])
def test_a_mistyped_command_gets_one_sentence_that_helps(
    workspace: Path, granskning: Run, typed: str, said: str, help_line: str
) -> None:
    (workspace / "tom/utan").mkdir(parents=True)
    (workspace / "tom/utan/granskning.yml").touch()
    if "-C tom" in typed:
        (workspace / "granskning.yaml").unlink()
    before = sorted(workspace.rglob("*"))
    done = granskning("--lang", "sv", *typed.split(), cwd=workspace)
    assert done.returncode == 2, done.stdout + done.stderr
    assert said in done.stderr
    assert help_line in done.stderr
    assert done.stderr.startswith("granskning: ")
    assert len(done.stderr.splitlines()) <= 2
    assert sorted(workspace.rglob("*")) == before


@pytest.mark.parametrize("name", ["provplan\\2026-11\\granskaren", "provplan/2026-11/granskaren.yaml"])
def test_a_review_is_named_with_backslashes_and_an_ending_too(workspace: Path, granskning: Run, name: str) -> None:
    plain = granskning("score", "provplan/2026-11/granskaren", cwd=workspace)
    done = granskning("score", name, cwd=workspace)
    assert (done.returncode, done.stdout) == (0, plain.stdout)
