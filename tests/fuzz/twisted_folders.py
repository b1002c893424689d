"""Commands on folders whose files say odd things. An input is JSON: the files that are changed, and the questions."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fuzz.folders import Folder
from fuzz.judge import run_lawfully
from fuzz.mutations import twist_text
from fuzz.yaml_doors import base_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
_READS = (
    ("check", "--format", "sarif"),
    ("check", "--format", "junit"),
    ("score", "--explain"),
    ("score", "--format", "json"),
    ("score", "--format", "csv"),
    ("score", REVIEW),
    ("history",),
    ("history", "--format", "csv"),
    ("diff", "HEAD"),
    ("actions",),
    ("diff", "HEAD", "--format", "json"),
    ("diff", "HEAD", "--format", "html"),
    ("diff", "provplan/2026-11"),
    ("actions", "--format", "ics"),
    ("diff", "provplan/2026-11", "provplan/2026-10"),
    ("diff", "criteria/prov.yaml"),
    ("diff", REVIEW),
    ("history", "provplan"),
)
_WRITES = (
    ("render", REVIEW, "-o", "x.html", "--format", "html"),
    ("export", "-o", "x.csv"),
    ("export", "-o", "x.xlsx"),
    ("migrate", REVIEW),
    ("render", "provplan", "--report", "strategy", "-o", "x.html", "--format", "html"),
    ("approve", REVIEW, "--role", "roll"),
    ("new", "provplan", "--round", "2027-01", "--reviewer", "annan"),
    ("revise", "prov", "2.0.0"),
    ("schema", "--write"),
    ("new", "provplan", "--round", "2027-01", "--from", "2026-11"),
    ("build", "--format", "html", "--jobs", "1"),
    ("new", "provplan", "--round", "2026-11", "--kind", "consensus"),
)


@dataclass
class FoldersDoor:
    """The working folder as every command meets it."""

    name: str = "folders"
    _folder: Folder = field(default_factory=lambda: Folder(in_git=True))

    def seeds(self) -> Mapping[str, bytes]:
        """The sound folder, with nothing changed."""
        return {"sound": b'{"files": {}, "ask": [["check"]]}'}

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Twist another file, or the same again; ask other things."""
        held = json.loads(data)
        names = sorted(name for name in base_files() if name.endswith(".yaml"))
        path = random.choice(names)
        text = held["files"].get(path) or base_files()[path].decode()
        files = held["files"] if len(held["files"]) < 2 else {}
        files[path] = twist_text(text.encode(), random).decode("utf-8", "replace")
        if random.random() < 0.1:
            files[path] = None
        ask = [random.choice(_READS), random.choice(_READS), random.choice(_WRITES)]
        return json.dumps({"files": files, "ask": ask}).encode()

    def enter(self, data: bytes) -> str:
        """Change the files, and ask."""
        held = json.loads(data)
        folder = self._folder.renew()
        for path, text in held["files"].items():
            if text is None:
                (folder / path).unlink()
            else:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(text.encode("utf-8", "replace"))
        writes = {words[0] for words in _WRITES}
        codes = [run_lawfully(folder, *words, reads=words[0] not in writes).returncode for words in held["ask"]]
        return f"exit {max(codes)}"
