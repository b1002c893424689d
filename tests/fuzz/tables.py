"""CSV that we write: whatever a file says, each row has its columns, and no cell begins as a formula does."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fuzz.folders import Folder
from fuzz.judge import Violation, run_lawfully
from fuzz.mutations import twist_text
from fuzz.yaml_doors import base_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

_ASKED = (("score", "--format", "csv"), ("actions", "--format", "csv"), ("history", "--format", "csv"))
_HARMFUL = ("=cmd|'/c calc'!A1", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", '"', ";", ",", "a\nb", "=", "-")
_PATHS = (
    "criteria/prov.yaml",
    "strategies/provplan/strategy.yaml",
    "strategies/provplan/reviews/2026-11/granskaren.yaml",
)


@dataclass
class TablesDoor:
    """What other programs open."""

    name: str = "csv"
    _folder: Folder = field(default_factory=lambda: Folder(in_git=True))

    def seeds(self) -> Mapping[str, bytes]:
        """The base workspace's own files."""
        return {path: json.dumps([path, base_files()[path].decode()]).encode() for path in _PATHS}

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Put a harmful text for one that stands there, or twist the file."""
        path, text = json.loads(data)
        if random.random() < 0.3:
            return json.dumps([path, twist_text(text.encode(), random).decode("utf-8", "replace")]).encode()
        lines = text.split("\n")
        at = random.choice([number for number, line in enumerate(lines) if ": " in line] or [0])
        lines[at] = f"{lines[at].partition(': ')[0]}: {json.dumps(random.choice(_HARMFUL))}"
        return json.dumps([path, "\n".join(lines)]).encode()

    def enter(self, data: bytes) -> str:
        """Write the tables, and read them back."""
        path, text = json.loads(data)
        folder = self._folder.renew()
        (folder / path).write_text(text, "utf-8", newline="\n")
        codes = []
        for words in _ASKED:
            done = run_lawfully(folder, *words)
            codes.append(done.returncode)
            rows = list(csv.reader(io.StringIO(done.stdout), delimiter=";")) if done.returncode < 2 else []
            if len({len(row) for row in rows if row}) > 1:
                raise Violation(f"{words}: rows of different lengths\n{done.stdout[:2000]}")
            for cell in (cell for row in rows for cell in row):
                if cell[:1] in ("=", "+", "@", "\t", "\r") or (cell[:1] == "-" and not _is_number(cell)):
                    raise Violation(f"{words}: {cell!r} is a formula")
        return f"exit {max(codes)}"


def _is_number(cell: str) -> bool:
    return cell in ("-", "–") or cell[1:].replace(",", "", 1).replace(".", "", 1).isdecimal()
