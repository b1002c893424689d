"""Look over this computer and the working folder: what is here, what is missing, and the line that mends it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.edges import machine
from granskning.edges.claim import find_all_leftovers
from granskning.edges.disk import find_root
from granskning.errors import GranskningError
from granskning.i18n import N_
from granskning.shipped import fonts_folder

if TYPE_CHECKING:
    from pathlib import Path

_PANGO = {
    "debian": "sudo apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "sudo dnf install pango harfbuzz",
    "macos": "brew install pango",
    "windows": "winget install MSYS2.MSYS2; C:\\msys64\\usr\\bin\\pacman -S mingw-w64-x86_64-pango",
    "other": "",
}
_GIT = {
    "debian": "sudo apt-get install git",
    "fedora": "sudo dnf install git",
    "macos": "xcode-select --install",
    "windows": "winget install Git.Git",
    "other": "",
}
_PYTHON = (3, 11)
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class InstalledPart:
    """One thing looked at. `needed_for` is a msgid; `cure` is a line to run, or empty."""

    name: str
    standing: Literal["here", "missing", "advice", "spare"]
    detail: str
    needed_for: str
    cure: str = ""


def examine(start: Path) -> tuple[str, tuple[InstalledPart, ...]]:
    """The system, and every part in the order to be told."""
    system = machine.system()
    return system, (
        _python(),
        *_libraries(),
        _pango(system),
        _subsetter(system),
        _fonts(),
        _git(system),
        *_folder(start),
    )


def _python() -> InstalledPart:
    good = sys.version_info[:2] >= _PYTHON
    return InstalledPart("Python", "here" if good else "missing", machine.python_version(), N_("everything"))


def _libraries() -> list[InstalledPart]:
    import yaml  # noqa: PLC0415  # looked at, not used

    fast = yaml.__with_libyaml__
    parts = [
        InstalledPart("PyYAML", "here" if fast else "advice", yaml.__version__, N_("quick reading (with libyaml)"))
    ]
    for name, module in (("jsonschema-rs", "jsonschema_rs"), ("Jinja2", "jinja2"), ("WeasyPrint", "weasyprint")):
        standing: Literal["here", "missing"] = "here" if machine.has_module(module) else "missing"
        parts.append(
            InstalledPart(name, standing, "", N_("everything"), "" if standing == "here" else "pip install granskning")
        )
    return parts


def _pango(system: str) -> InstalledPart:
    lacking = [names[0] for names in machine.PANGO_PARTS if not machine.can_load(names)]
    if lacking:
        return InstalledPart(
            "Pango", "missing", ", ".join(lacking), N_("PDF (everything else works without it)"), _PANGO[system]
        )
    return InstalledPart("Pango", "here", "", N_("PDF (everything else works without it)"))


def _subsetter(system: str) -> InstalledPart:
    there = machine.can_load(machine.SUBSETTER)
    purpose = N_("small and repeatable PDFs")
    return InstalledPart("HarfBuzz subset", "here" if there else "advice", "", purpose, "" if there else _PANGO[system])


def _fonts() -> InstalledPart:
    faces = sorted(path.name for path in fonts_folder().glob("*.ttf"))
    return InstalledPart(
        "Source Sans 3", "here" if faces else "missing", "", N_("PDF (everything else works without it)")
    )


def _git(system: str) -> InstalledPart:
    version = machine.git_version()
    purpose = N_("history")
    return InstalledPart(
        "git", "here" if version else "advice", version or "", purpose, "" if version else _GIT[system]
    )


def _folder(start: Path) -> list[InstalledPart]:
    """The working folder, and what writes that were broken off have left there."""
    purpose = N_("working here")
    try:
        root = find_root(start)
    except GranskningError:
        return [InstalledPart("granskning.yaml", "advice", "", purpose, "granskning init")]
    parts = [InstalledPart("granskning.yaml", "here", str(root), purpose)]
    if leftovers := find_all_leftovers(root):
        names = [path.relative_to(root).as_posix() for path in leftovers]
        shown = ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
        meant = N_("nothing: left by a write that was broken off; the next write in the same folder takes it away")
        parts.append(InstalledPart("*.tmp", "spare", shown, meant))
    return parts
