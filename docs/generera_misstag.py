# ruff: noqa: INP001  # a script beside the pages
"""The tables of the page on the first mistakes: the cases of the tests, with what the program says of each."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from first_mistakes import COMMANDS, IN_A_REVIEW, REVIEW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_BASE = Path(__file__).resolve().parent.parent / "tests/cases/base"


def table(kind: str, folder: Path, run: Callable[[list[str], Path], str]) -> Iterator[str]:
    """Every mistake of a kind (`kommandon`, `filer`) and its words; `run` runs a command in a folder."""
    workspace = folder / "arbetsmapp"
    if not workspace.exists():
        shutil.copytree(_BASE, workspace, copy_function=shutil.copyfile)
    yield from ("| Du skriver | Programmet säger |", "|---|---|")
    if kind == "kommandon":
        for typed, _, _ in COMMANDS:
            if "-C tom" not in typed and "publish" not in typed:  # a folder of the tests; seconds of reading documents
                yield _row(f"granskning {typed}", run(["--lang", "sv", *typed.split()], workspace), workspace)
        return
    sound = (workspace / REVIEW).read_text(encoding="utf-8")
    for stands, written, code, _ in IN_A_REVIEW:
        (workspace / REVIEW).write_text(sound.replace(stands, written), encoding="utf-8")
        told = run(["--lang", "sv", "check"], workspace)
        finding = next(part for part in told.split(f"{REVIEW}:") if code in part)
        lines = finding.splitlines()
        words = [lines[0].split(": ", 1)[1].split(": ", 1)[-1], *(line for line in lines if "tips:" in line)]
        shown = written.replace("\t", "→").split("\n")[0 if written.split("\n")[0] != ">-" else 1]
        yield _row(shown.rstrip(), f"{code.split()[0]}: " + "\n".join(words), workspace)
    (workspace / REVIEW).write_text(sound, encoding="utf-8")


def _row(typed: str, told: str, workspace: Path) -> str:
    """A mistake and what is said of it: the sentence, and the advice on a line of its own."""
    for place in (workspace, workspace.parent):
        told = told.replace(f"{place}/", "")
    lines = [line.strip().removeprefix("granskning: ") for line in told.strip().splitlines()]
    words = "<br>".join(re.sub(r"([<>*|\[\]])", r"\\\1", line) for line in lines)
    return f"| `{typed}` | {words} |"
