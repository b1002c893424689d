"""Git: repositories with parts broken or gone. An input is a JSON list of what is done to one, in order."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fuzz.folders import Folder, git
from fuzz.judge import run_lawfully

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from random import Random

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
_FILES = (
    "HEAD",
    "config",
    "index",
    "refs/heads/main",
    "packed-refs",
    "shallow",
    "objects/info/alternates",
    "info/grafts",
    "info/exclude",
    "info/attributes",
    "commondir",
    "refs/heads/x",
    "ORIG_HEAD",
    "index.lock",
    "HEAD.lock",
    "objects/pack/x.idx",
)
_CONTENTS = (
    "",
    "\0",
    "ref: refs/heads/nix\n",
    "ref: ../../x\n",
    "0" * 40 + "\n",
    "f" * 40 + "\n",
    "å" * 500,
    "[core]\n\tbare = true\n",
    "[core]\n\trepositoryformatversion = 9\n",
    "[extensions]\n\tobjectformat = sha256\n",
    "/nowhere\n",
    "[core\n",
    "[include]\n\tpath = config\n",
    "[core]\n\tworktree = /nowhere\n",
    "[core]\n\tautocrlf = true\n",
    "[i18n]\n\tlogOutputEncoding = utf-16\n",
    "[log]\n\tdate = x\n",
)
_COMMANDS = (
    ("history",),
    ("--no-cache", "history"),
    ("diff", "HEAD~1"),
    ("check",),
    ("score",),
    ("history", "--format", "json"),
    ("diff", "HEAD"),
    ("diff", "HEAD~1", "HEAD", "--format", "json"),
    ("doctor",),
    ("score", "--format", "csv"),
)


@dataclass
class RepositoriesDoor:
    """A working folder's repository."""

    name: str = "git"
    _folder: Folder = field(default_factory=lambda: Folder(in_git=True))

    def seeds(self) -> Mapping[str, bytes]:
        """A whole repository."""
        return {"whole": b"[]"}

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Break another thing, and ask another question."""
        steps = [step for step in json.loads(data) if step[0] != "ask"][-3:]
        kind = random.randrange(4)
        if kind == 0:
            steps.append(["write", random.choice(_FILES), random.choice(_CONTENTS)])
        elif kind == 1:
            steps.append(["remove", random.choice(_FILES)])
        else:
            steps.append(["object", random.randrange(100), random.choice(("remove", "empty", "flip", "cut", "swap"))])
        steps += [["ask", *random.choice(_COMMANDS)] for _ in range(2)]
        return json.dumps(steps).encode()

    def enter(self, data: bytes) -> str:
        """Break the repository, and ask what it remembers."""
        folder = self._folder.renew()
        answers = []
        for kind, *words in json.loads(data):
            if kind == "ask":
                answers.append(run_lawfully(folder, *words).returncode)
            elif kind == "lose":
                _lose(folder, words[0])
            elif kind == "review":
                _judge_more(folder)
            else:
                _break(folder / ".git", kind, words)
        return f"exit {max(answers, default=0)}"


def _lose(folder: Path, path: str) -> None:
    """Take away what git has stored of a file's newest version."""
    data = (folder / path).read_bytes()
    name = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    (folder / ".git" / "objects" / name[:2] / name[2:]).unlink()


def _judge_more(folder: Path) -> None:
    """Save another answer."""
    place = folder / REVIEW
    place.write_text(place.read_text("utf-8").replace("level: 2", "level: 3", 1), "utf-8")
    git(folder, "add", REVIEW)
    git(folder, "commit", "-q", "-m", "mer", day=5)


def _break(store: Path, kind: str, words: list[str]) -> None:
    if kind == "object":
        objects = sorted(path for path in (store / "objects").glob("??/*") if path.is_file())
        if not objects:
            return
        path = objects[int(words[0]) % len(objects)]
        data = path.read_bytes()
        path.chmod(0o644)
        changed = {
            "empty": b"",
            "flip": data[:9] + bytes(byte ^ 1 for byte in data[9:10]) + data[10:],
            "cut": data[: len(data) // 2],
            "swap": objects[(int(words[0]) + 1) % len(objects)].read_bytes(),
        }
        if words[1] == "remove":
            path.unlink()
        else:
            path.write_bytes(changed[words[1]])
    elif kind == "write":
        (store / words[0]).parent.mkdir(parents=True, exist_ok=True)
        (store / words[0]).write_text(words[1], "utf-8")
    else:
        (store / words[0]).unlink(missing_ok=True)
