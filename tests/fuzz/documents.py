"""Documents: whatever lies where a strategy, or this computer's own settings, say that its text is.

An input of the first door is JSON: what lies there, its address; of the second the text of `.granskning/local.yaml`.
"""

from __future__ import annotations

import json
import os
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fuzz.folders import Folder
from fuzz.judge import lawful, run_lawfully
from fuzz.mutations import twist_text
from fuzz.yaml_doors import base_files
from granskning.cli import show_findings, tell_findings
from granskning.edges.disk import FolderFiles
from granskning.i18n import Translator
from granskning.tasks.evidence.document_checks import with_documents
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from random import Random

_STRATEGY = "strategies/provplan/strategy.yaml"
_DOCUMENT = "documents/plan.txt"
_KINDS = (
    "file",
    "empty",
    "folder",
    "fifo",
    "socket",
    "link out",
    "link round",
    "link to device",
    "nothing",
    "large",
    "closed",
)
_ADDRESSES = (
    _DOCUMENT,
    "documents/",
    "documents",
    ".",
    "..",
    "../x",
    "/etc/passwd",
    "/dev/zero",
    "documents/../documents/plan.txt",
    "a" * 300,
    "documents/" + "a/" * 2_000,
    "documents/plan.txt/x",
    "documents/PLAN.TXT",
    "documents/å.txt",
    "documents/a\u030a.txt",
    "con",
    "C:/x",
    "documents\\plan.txt",
    "documents/plan.txt ",
    "~/x",
    "file:///etc/passwd",
    "https://exempel.se/x",
    "documents/\ud7ff",
    "documents/😀",
)


@dataclass
class DocumentsDoor:
    """What is hashed, and never read for its words."""

    name: str = "documents"
    _folder: Folder = field(default_factory=Folder)

    def seeds(self) -> Mapping[str, bytes]:
        """An ordinary text."""
        return {"text": json.dumps({"kind": "file", "address": _DOCUMENT, "sha256": ""}).encode()}

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Another thing, at another address, with another sum."""
        held = json.loads(data)
        held["kind"] = random.choice(_KINDS)
        held["address"] = random.choice(_ADDRESSES)
        held["sha256"] = random.choice(("", "0" * 64, "x", "F" * 64, "1" * 63))
        return json.dumps(held).encode()

    def enter(self, data: bytes) -> str:
        """Lay it there; check and score."""
        held = json.loads(data)
        folder = self._folder.renew()
        _lay(folder / "strategies" / "provplan" / _DOCUMENT, held["kind"])
        lines = base_files()[_STRATEGY].decode().splitlines()
        address = json.dumps(held["address"], ensure_ascii=False)
        lines = [
            f"{line.partition('document:')[0]}document: {address}" if "document:" in line else line for line in lines
        ]
        if held["sha256"]:
            lines = [
                f"{line.partition('sha256:')[0]}sha256: {held['sha256']!r}" if "sha256:" in line else line
                for line in lines
            ]
        (folder / _STRATEGY).write_text("\n".join(lines), "utf-8", errors="replace")
        try:
            codes = [
                run_lawfully(folder, *words, reads=words[0] != "export").returncode
                for words in (("check",), ("score", "--format", "json"))
            ]
        finally:
            _lay(folder / "strategies" / "provplan" / _DOCUMENT, "nothing")
        return f"exit {max(codes)}"


@dataclass
class LocalDoor:
    """`.granskning/local.yaml`, as `check` meets it."""

    name: str = "local"
    _folder: Folder = field(default_factory=Folder)

    def seeds(self) -> Mapping[str, bytes]:
        """A document beside the folder, and one that is not there."""
        text = 'schema: granskning/local/1\ndocuments:\n  provplan/remiss: "{}"\n'
        return {
            name: text.format(name).encode() for name in ("../plan.txt", "~/plan.txt", "/etc/hostname", "/dev/zero")
        }

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Twist the text, or name another place."""
        if random.random() < 0.3:
            address = json.dumps(random.choice(_ADDRESSES), ensure_ascii=False)
            return data.partition(b"remiss:")[0] + b"remiss: " + address.encode("utf-8", "replace") + b"\n"
        return twist_text(data, random)

    def enter(self, data: bytes) -> str:
        """Lay it there, and check."""
        root = self._folder.renew()
        strategy = root / _STRATEGY  # which names no document of its own
        lines = strategy.read_text("utf-8").splitlines(keepends=True)
        strategy.write_text("".join(line for line in lines if "document:" not in line), "utf-8")
        (root / ".granskning").mkdir(exist_ok=True)
        (root / ".granskning/local.yaml").write_bytes(data)
        with lawful():
            loaded = load_files(FolderFiles(root))
            findings = with_documents(root, loaded, loaded.findings)
            told = tell_findings.tell(findings, Translator("sv"), str, len(loaded.read))
            show_findings.as_text(told, color=False)
        return "told" if any(finding.at.file == ".granskning/local.yaml" for finding in findings) else "taken"


def _lay(place: Path, kind: str) -> None:
    if place.is_dir() and not place.is_symlink():
        place.rmdir()
    else:
        place.unlink(missing_ok=True)
    links = {"link out": "/etc/passwd", "link round": place.name, "link to device": "/dev/zero"}
    if kind in links:
        place.symlink_to(links[kind])
    elif kind == "folder":
        place.mkdir()
    elif kind == "fifo":
        os.mkfifo(place)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as held:
            held.bind(os.path.relpath(place))
    elif kind == "large":
        with place.open("wb") as held_open:
            held_open.truncate(3 << 30)
    elif kind != "nothing":
        place.write_bytes(b"" if kind == "empty" else b"En plan.\n")
        place.chmod(0o000 if kind == "closed" else 0o644)
