"""Other people's text does nothing to a terminal, a log or a spreadsheet, whichever command shows it.

Escape sequences, line returns and marks that turn the order of letters go in through names, titles, justifications,
commit messages, authors, branches, files' names and hooks; everything that any command prints is looked at.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Past, Run

FOLDER = "strategies/provplan/reviews/2026-11"
REVIEW = f"{FOLDER}/granskaren.yaml"
STRATEGY = "strategies/provplan/strategy.yaml"
ACTIONS = "strategies/provplan/actions.yaml"
INDICATOR = "criteria/statistics/resor-bil.yaml"
DOCUMENT = "strategies/provplan/documents/plan.txt"
OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OURS = re.compile(r"\x1b\[(?:1;3[136]|0)m")
"""The colours of a finding's severity."""

BAD = "\x1b[2J\x1b]0;ägd\x07\r\x9b31m\u202egnp.exe\u2066\x7f"
"""Clears the screen, renames the window, writes over the line, colours with a single byte, turns the order round."""
YAML = r'"=1+1\e[2J\e]0;ägd\a\r\x9b31m\u202egnp.exe\u2066\x7f"'
BRANCH = "gren\u202e\x9b31m"
AUTHOR = "=cmd|' /C calc'!A0\x1b[2J\u202e"

COMMANDS = (
    *(("check", "--format", form) for form in ("text", "json", "sarif", "junit", "github")),
    *(("score", "--explain", "--format", form) for form in ("table", "json", "csv")),
    *(("-v", "history", "--format", form) for form in ("table", "json", "csv")),
    *(("diff", "HEAD~1", BRANCH, "--format", form) for form in ("text", "json", "html")),
    *(("actions", "--history", "--format", form) for form in ("table", "json", "csv")),
    *(("export", "--table", name, "--format", "csv", "-o", "-") for name in ("strategies", "reviews", "answers")),
    ("export", "--format", "json", "-o", "-"),
    ("-C", BAD.replace("\x00", ""), "check"),
    ("score", f"{FOLDER}/{BAD}.yaml"),
    ("diff", BAD),
    ("history", BAD),
    ("explain", BAD),
    ("schema", BAD),
    (BAD,),
    ("check", f"--{BAD}"),
    ("check", "--format", BAD),
    ("render", BAD, "--report", BAD),
    ("verify", f"{BAD}.pdf"),
    ("import", f"{BAD}.xlsx"),
    ("new", BAD, "--reviewer", BAD),
    ("new", "provplan", "--round", BAD, "--reviewer", "annan"),
    ("approve", REVIEW, "--role", BAD),
    ("migrate", REVIEW, "--to", BAD),
    ("revise", BAD, BAD),
    ("publish", BAD),
    ("build", "--format", "html", "--only", BAD),
    ("doctor",),
    *(("stats", "list", "--format", form) for form in ("table", "json", "csv")),
    *(("stats", "show", "resor-bil", "--format", form) for form in ("table", "json", "csv")),
    ("stats", "show", BAD),
    ("stats", "fetch", BAD, "--dry-run"),
    *(("search", "provplan", "omsorgsresor", "--format", form) for form in ("text", "json")),
    ("search", "provplan", BAD),
    ("search", BAD, "x"),
    *(("evidence", "--format", form) for form in ("text", "json")),
    ("evidence", BAD),
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, cases: Path) -> Past:
    from conftest import Past  # noqa: PLC0415  # a class, not a fixture

    root = tmp_path_factory.mktemp("fientlig") / "arbetsmapp"
    shutil.copytree(cases / "base", root, copy_function=shutil.copyfile)
    past = Past(root)
    past.commit("början")
    past.change(STRATEGY, ("title: Provplanen", f"title: {YAML}"))
    past.change("granskning.yaml", ("organisation: Provlän", f"organisation: {YAML}"))
    past.change(ACTIONS, ("title: Räkna omsorgens resor", f"title: {YAML}"))
    past.change("criteria/prov.yaml", ("title: {sv: Resor, en: Travel}", f"title: {{sv: {YAML}, en: {YAML}}}"))
    past.change(INDICATOR, ("{sv: Resor med bil", f"{{sv: {YAML}"), ("{sv: procent", f"{{sv: {YAML}"))
    past.change(INDICATOR, ("producer: Påhittad byrå", f"producer: {YAML}"), ("area: Provlän", f"area: {YAML}"))
    past.change(DOCUMENT, ("Omsorgsresor nämns", f"=1+1 {BAD} Omsorgsresor {BAD} nämns".replace("\r", "")))
    past.change(
        "criteria/prov.yaml", ("{sv: Räknas vardagens resor?", f"{{sv: {YAML}"), ("{sv: Delvis", f"{{sv: {YAML}")
    )
    past.change(REVIEW, ("level: 1", "level: 2"), ("justification: >-\n      Alla hördes.", f"justification: {YAML}"))
    past.change(REVIEW, ("not_applicable: >-\n      Planen gäller inte barn.", f"not_applicable: {YAML}"))
    (root / FOLDER / f"{BAD.replace(chr(0), '')}.yaml").write_text(f"nyckel: {YAML}\n{YAML}: 1\n", "utf-8")
    past.git("config", "user.name", AUTHOR)
    past.git("add", "-A")
    past.git("commit", "-q", f"--author={AUTHOR} <prov@exempel.se>", "-m", f"=1+1 {BAD}")
    past.git("branch", BRANCH)
    return past


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words).encode("ascii", "replace").decode()[:60])
def test_nothing_that_is_printed_does_anything(hostile: Past, granskning: Run, words: tuple[str, ...]) -> None:
    done = granskning("--color", "always", *words, cwd=hostile.root)
    found = OBEYED.findall(OURS.sub("", done.stdout + done.stderr))
    assert not found, (found, (done.stdout + done.stderr).encode("unicode_escape")[:3000])
    assert done.stdout or done.stderr


@pytest.mark.parametrize("words", [words for words in COMMANDS if "csv" in words], ids=" ".join)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_cell_is_a_formula(hostile: Past, granskning: Run, words: tuple[str, ...], language: str) -> None:
    done = granskning("--lang", language, *words, cwd=hostile.root)
    delimiter = ";" if language == "sv" and "export" not in words else ","
    rows = list(csv.reader(io.StringIO(done.stdout), delimiter=delimiter))
    cells = [cell for row in rows for cell in row]
    assert len({len(row) for row in rows}) == 1
    assert any("=1+1" in cell or "calc" in cell for cell in cells) or "score" in words or "reviews" in words
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(cell)]


def test_what_a_hook_says_does_nothing_either(past: Past, granskning: Run) -> None:
    hook = past.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nprintf '{BAD}' >&2\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    past.change(REVIEW, ("Alla hördes.", "Alla hördes, sägs det."))
    who = {
        "GIT_AUTHOR_NAME": "p",
        "GIT_AUTHOR_EMAIL": "p@x.se",
        "GIT_COMMITTER_NAME": "p",
        "GIT_COMMITTER_EMAIL": "p@x.se",
    }
    done = granskning("save", "-m", BAD, cwd=past.root, env=who)
    assert done.returncode == 2
    assert "gnp.exe" in done.stderr
    assert not OBEYED.findall(done.stdout + done.stderr)


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[-+]?\d+([.,]\d+)?", cell) is not None
