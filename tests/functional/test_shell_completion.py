"""Bash itself completes what is typed, by the line of the handbook, and the program that answers it stays light."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
HEAVY = ("jsonschema", "jsonschema_rs", "jinja2", "weasyprint", "openpyxl", "starlette", "yaml", "docx", "lxml")
TYPED = {
    "granskning sco": "score",
    "granskning score provplan/": "provplan/2026-11 provplan/2026-11/granskaren",
    "granskning new provplan --rou": "--round",
    "granskning new provplan --reviewer gr": "granskaren",
}
TAB = """
tab() {
  local line=$1 function
  COMP_LINE=$line COMP_POINT=${#line}
  read -ra COMP_WORDS <<<"$line"
  [[ $line == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  function=$(complete -p granskning | sed 's/.* -F \\([^ ]*\\) .*/\\1/')
  "$function" granskning "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
  echo "${COMPREPLY[*]}"
}
"""
"""What readline does at a press of Tab, as bash's manual has it under Programmable Completion."""


def handbook_line() -> str:
    row = next(row for row in (DOCS / "installera.md").read_text("utf-8").splitlines() if row.startswith("| bash |"))
    return row.split("`")[1]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not here")
def test_bash_completes_commands_options_and_names(workspace: Path) -> None:
    presses = "\n".join(f"tab '{line}'" for line in TYPED)
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = ["bash", "--norc", "-c", f"{handbook_line()}\n{TAB}\n{presses}"]
    done = subprocess.run(
        command, cwd=workspace, env={**os.environ, "PATH": programs}, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == list(TYPED.values())


def test_what_answers_a_shell_loads_no_library_of_the_work(workspace: Path) -> None:
    asked = {"_GRANSKNING_COMPLETE": "complete_bash", "COMP_WORDS": "granskning score pro", "COMP_CWORD": "2"}
    command = [sys.executable, "-X", "importtime", "-m", "granskning"]
    done = subprocess.run(
        command, cwd=workspace, env={**os.environ, **asked}, capture_output=True, text=True, check=False
    )
    assert done.stdout.split()[0] == "provplan"
    loaded = {line.rsplit("|", 1)[1].strip().partition(".")[0] for line in done.stderr.splitlines() if "|" in line}
    assert "typer" in loaded
    assert not loaded & set(HEAVY)
