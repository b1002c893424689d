"""Workbooks that come back. An input is a zip, whose parts are changed one by one, or bytes that are none."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fuzz.folders import Folder
from fuzz.judge import run_lawfully
from fuzz.mutations import ODD, twist_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

_CELLS = (
    '<c r="XFD1048576"><v>1</v></c>',
    '<c r="A0"/>',
    '<c r="B12" t="e"><v>#REF!</v></c>',
    '<c r="C11" t="s"><v>99999</v></c>',
    '<c r="D11"><f>1/0</f></c>',
    '<c r="D11" t="d"><v>2026-99-99</v></c>',
    '<row r="99999999"/>',
    '<mergeCell ref="A1:XFD9"/>',
    "<!DOCTYPE x [<!ENTITY a 'b'>]>",
    "&a;",
    "<sheetData/>",
    '<c r="E11" t="inlineStr"><is><t>2 Delvis</t></is></c>',
)


@dataclass
class WorkbooksDoor:
    """What `import` is given."""

    name: str = "workbook"
    _folder: Folder = field(default_factory=Folder)

    def seeds(self) -> Mapping[str, bytes]:
        """The workbook of the base workspace, packed without compression, and tables that are none."""
        folder = self._folder.renew()
        run_lawfully(folder, "export", "-o", "build/bok.xlsx", reads=False)
        parts = parts_of((folder / "build" / "bok.xlsx").read_bytes())
        return {"workbook": packed(parts), "table": b"id;level\nresor-barn;2\n", "nothing": b""}

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Twist a part, take one away, or tear the zip itself."""
        parts = parts_of(data)
        kind = random.randrange(8)
        if not parts or kind == 0:
            return twist_bytes(data, random)
        name = random.choice(sorted(parts))
        text = parts[name]
        if kind == 1:
            del parts[name]
        elif kind == 2:
            parts[name] = text.replace(b"</sheetData>", random.choice(_CELLS).encode() + b"</sheetData>")
        elif kind == 3:
            parts[name] = parts[random.choice(sorted(parts))]
        elif kind in (4, 5):  # a value between two tags becomes another
            pieces = text.split(b">")
            at = random.randrange(len(pieces))
            value = json.dumps(random.choice(ODD)).encode()[:200]
            pieces[at] = value + b"<" + pieces[at].partition(b"<")[2]
            parts[name] = b">".join(pieces)
        else:
            parts[name] = twist_bytes(text, random)
        return packed(parts)

    def enter(self, data: bytes) -> str:
        """Ask what it would change."""
        folder = self._folder.renew()
        (folder / "bok.xlsx").write_bytes(data)
        return f"exit {run_lawfully(folder, 'import', '--dry-run', 'bok.xlsx').returncode}"


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a zip by name; none where it is no zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            return {name: held.read(name) for name in held.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
        return {}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip without compression."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as held:
        for name, text in parts.items():
            held.writestr(zipfile.ZipInfo(name), text)
    return made.getvalue()
