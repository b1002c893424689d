"""Small working folders and collections of them, for the tests: two target pictures with a question each."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SET = """\
schema: granskning/criteria/1
id: prov
version: 1.0.0
title: Prov
language: sv
scale:
  - {value: 0, label: Saknas, means_missing: true}
  - {value: 1, label: Finns}
targets:
  - id: resor
    title: Resor
    picture: Alla kan resa.
    criteria:
      - id: resor-vardag
        question: Räknas vardagens resor?
        levels: {0: Inga., 1: Alla.}
  - id: makt
    title: Makt
    picture: Alla bestämmer.
    criteria:
      - id: makt-samrad
        question: Har kvinnor och män hörts?
        levels: {0: Nej., 1: Ja.}
scoring:
  criteria: {method: mean}
  targets: {method: none}
  bands:
    - {from: 0, id: lag, label: Låg}
    - {from: 0.5, id: hog, label: Hög}
"""
OTHER_SET = SET.replace("Har kvinnor och män hörts?", "Har kvinnor hörts?")
Levels = tuple[int | None, int | None]


def write_organisation(
    folder: Path, title: str, strategies: Mapping[str, Levels | None], criteria: str = SET, status: str = "submitted"
) -> None:
    """A working folder: by strategy the levels of its two answers, None for one that is open or not reviewed."""
    write(folder / "granskning.yaml",
          f"schema: granskning/workspace/1\norganisation: {title}\nlanguage: sv\ncriteria: prov\n")  # fmt: skip
    write(folder / "criteria/prov.yaml", criteria)
    for name, levels in strategies.items():
        write(folder / f"strategies/{name}/strategy.yaml",
              f"schema: granskning/strategy/1\nid: {name}\ntitle: Plan {name}\nkind: plan\narea: trafik\n"
              f"owner: {title}\neditions:\n  - {{id: remiss, stage: consultation, date: 2026-05-04}}\n")  # fmt: skip
        if levels is not None:
            write(folder / f"strategies/{name}/reviews/2026-11/granskaren.yaml", review(name, levels, status))


def review(strategy: str, levels: Levels, status: str = "submitted") -> str:
    """A review's file."""
    answers = [
        f"  {criterion}:\n" + ("    open: Kapitlet saknas.\n" if level is None else f"    level: {level}\n")
        for criterion, level in zip(("resor-vardag", "makt-samrad"), levels, strict=True)
    ]
    return (
        f"schema: granskning/review/1\nstrategy: {strategy}\nedition: remiss\ncriteria: prov@1.0.0\nround: 2026-11\n"
        f"reviewer: granskaren\nkind: reviewer\nstatus: {status}\nreading_depth: full_text\n"
        "date: 2026-11-23\nanswers:\n" + "".join(answers)
    )


def write_collection(root: Path, organisations: Sequence[str], more: str = "") -> None:
    """The collection's file; each organisation as it is written in YAML's flow style."""
    lines = "".join(f"  - {{{item}}}\n" for item in organisations)
    write(root / "granskning.collection.yaml",
          "schema: granskning/collection/1\norganisation: Exempelmyndigheten\ntitle: Exempelsamling\n"
          f"criteria: prov@1.0.0\n{more}organisations:\n{lines}")  # fmt: skip


def commit_all(folder: Path) -> str:
    """Make a repository of a folder, or save what has changed in it; the id of the commit."""
    names = {f"GIT_{role}_{part}": "test@exempel.se" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    env = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=folder, env=env, check=True, capture_output=True, text=True).stdout

    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    return git("rev-parse", "HEAD").strip()


def write(file: Path, text: str) -> None:
    """Write a file, with the folders above it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
