"""The command line: any words in any order. An input is a JSON list of arguments.

`serve` is only asked for its help, and what would print a PDF makes a page: both have tests of their own.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fuzz.folders import Folder
from fuzz.judge import run_lawfully
from granskning.cli.groups import COMMANDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
WORDS = (
    "provplan",
    "provplan/2026-11",
    "provplan/2026-11/granskaren",
    REVIEW,
    "strategies",
    "criteria/prov.yaml",
    ".",
    "-",
    "HEAD",
    "HEAD~1",
    "HEAD~99",
    "main",
    "main..",
    "-1",
    "0",
    "999999999999999999999",
    "",
    " ",
    "\n",
    "\udcff",
    "å",
    "a" * 300,
    "a/" * 3000,
    "../x",
    "~",
    "granskning.yaml",
    "x.html",
    "x.pdf",
    "x.docx",
    "x.csv",
    "x.xlsx",
    "build",
    "prov",
    "prov@1.0.0",
    "prov@9",
    "2.0.0",
    "2026-12",
    "2026-11-31",
    "2026-12-01",
    "GR201",
    "GR999",
    "review",
    "score",
    "$HOME",
    "*",
    "[",
    "**",
    "--",
    "strategies/provplan",
    "strategies/provplan/documents/plan.txt",
    "granskaren",
    "consensus",
    "rfe-index",
    "page",
    "annex",
    "portfolio",
    "con",
    "{x}",
    "%s",
    ".git",
    ".git/HEAD",
    "😀",
    "\u202e",
    "roll",
    "KS 2026/1",
    "nämnden",
    "@",
    "@{",
    "HEAD:granskning.yaml",
    ":/x",
    "^",
    "HEAD^{tree}",
)
OPTIONS = (
    "-C",
    "--lang",
    "sv",
    "en",
    "-q",
    "-v",
    "--color",
    "always",
    "--no-cache",
    "--help",
    "-h",
    "--version",
    "--format",
    "json",
    "csv",
    "table",
    "text",
    "html",
    "docx",
    "sarif",
    "junit",
    "github",
    "ics",
    "xlsx",
    "parquet",
    "--fail-on",
    "warning",
    "--explain",
    "-o",
    "--report",
    "--archive",
    "--internal",
    "--only",
    "--as-of",
    "--jobs",
    "--seconds",
    "--round",
    "--reviewer",
    "--kind",
    "--from",
    "--short",
    "--criteria",
    "--role",
    "--case-number",
    "--body",
    "--dry-run",
    "--overdue",
    "-m",
    "--write",
    "--example",
    "--no-git",
    "--set",
    "--scheduler",
    "--to",
    "--date",
    "--approved-only",
    "--x",
    "-",
    "-o=",
    "--format=json",
    "--format=",
    "--lang=xx",
)
_ELSEWHERE = re.compile(r"(-+[\w-]*=?)?[/~]|.*\.\..*\.\.", re.DOTALL)
"""What would lead out of the test's own folder: nobody wants `-o /etc/passwd` tried."""
_SEEDS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("check", REVIEW, "--format", "json"),
    ("score", "provplan", "--explain"),
    ("score", "--format", "csv"),
    ("render", REVIEW, "-o", "x.html", "--format", "html"),
    ("build", "--format", "html", "--only", "*"),
    ("publish", REVIEW),
    ("verify", "x.pdf"),
    ("history", "provplan", "--format", "json"),
    ("diff", "HEAD~1", "HEAD"),
    ("diff", "provplan/2026-11", "provplan"),
    ("approve", REVIEW, "--role", "roll"),
    ("revise", "prov", "2.0.0"),
    ("migrate", REVIEW),
    ("save", "-m", "x"),
    ("actions", "--overdue"),
    ("export", "-o", "x.csv"),
    ("export", "-o", "x.xlsx"),
    ("import", "x.xlsx"),
    ("schema", "review"),
    ("explain", "GR201"),
    ("doctor",),
    ("init", "ny", "--no-git"),
    ("new", "provplan", "--round", "2026-12", "--reviewer", "annan"),
    ("schema", "--write"),
)
_WRITE = {
    "init",
    "new",
    "render",
    "build",
    "publish",
    "approve",
    "revise",
    "migrate",
    "save",
    "export",
    "import",
    "schema",
}


@dataclass
class ArgumentsDoor:
    """The words after `granskning`."""

    name: str = "arguments"
    _folder: Folder = field(default_factory=lambda: Folder(in_git=True))

    def seeds(self) -> Mapping[str, bytes]:
        """A sound line of each command."""
        return {" ".join(words): json.dumps(words).encode() for words in _SEEDS}

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Put in, take away, exchange or tear words."""
        words = list(json.loads(data))
        for _ in range(random.choice((1, 1, 1, 2))):
            at = random.randrange(len(words) + 1)
            kind = random.randrange(5)
            fresh = random.choice(random.choice((WORDS, OPTIONS, COMMANDS)))
            if kind == 0:
                words.insert(at, fresh)
            elif kind == 1 and at < len(words):
                del words[at]
            elif kind == 2 and at < len(words):
                words[at] = words[at][: random.randrange(len(words[at]) + 1)] + fresh
            elif kind == 3:
                words[at:at] = ["--" + random.choice(("format", "role", "round", "from", "criteria", "as-of")), fresh]
            elif at < len(words):
                words[at] = fresh
        return json.dumps(words[:12]).encode()

    def enter(self, data: bytes) -> str:
        """Run the command; one that only reads leaves the folder as it was."""
        words = ["x" if _ELSEWHERE.match(word) else word for word in json.loads(data)]
        named = [word for word in words if word in COMMANDS]
        if "serve" in named:
            words.append("--help")
        if {"render", "build", "publish"} & set(named):
            words = [word for word in words if word not in ("pdf", "--archive", "--jobs", "--scheduler")]
            words += ["--format", "html"]
        folder = self._folder.renew()
        done = run_lawfully(folder, *words, reads=not _WRITE & set(named))
        return f"exit {done.returncode}"
