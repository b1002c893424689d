"""Look over this computer and the working folder: what is here, what is missing, and the line that mends it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from granskning.edges import machine
from granskning.edges.cache import cache_folder
from granskning.edges.lookup import is_file
from granskning.i18n import N_
from granskning.shipped import fonts_folder
from granskning.tasks.data.doctor_folder import examine_folder
from granskning.tasks.data.installed_part import InstalledPart

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
_EVERYTHING = N_("everything")
_MODULES = (
    # the package, its module, and what it is for
    ("jsonschema-rs", "jsonschema_rs", _EVERYTHING),
    ("jsonschema", "jsonschema", _EVERYTHING),
    ("Jinja2", "jinja2", _EVERYTHING),
    ("WeasyPrint", "weasyprint", _EVERYTHING),
    ("openpyxl", "openpyxl", N_("Excel")),
    ("python-docx", "docx", N_("reports in Word")),
    ("starlette", "starlette", N_("the page (serve)")),
    ("uvicorn", "uvicorn", N_("the page (serve)")),
    ("python-multipart", "python_multipart", N_("the page (serve)")),
    ("pypdfium2", "pypdfium2", N_("reading documents")),
    ("lxml", "lxml", N_("reading documents")),
    ("snowballstemmer", "snowballstemmer", N_("searching in documents")),
    ("httpx2", "httpx2", N_("fetching statistics")),
)
_FACES = (
    "DejaVuSans.ttf", "NotoEmoji-Regular.ttf", "SourceSans3-It.ttf", "SourceSans3-Regular.ttf",
    "SourceSans3-Semibold.ttf", "SourceSans3-SemiboldIt.ttf",
)  # fmt: skip


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
        InstalledPart(N_("cache"), "here", str(cache_folder()), N_("quick answers; may be removed at any time")),
        *examine_folder(start),
    )


def _python() -> InstalledPart:
    good = sys.version_info[:2] >= _PYTHON
    return InstalledPart("Python", "here" if good else "missing", machine.python_version(), _EVERYTHING)


def _libraries() -> list[InstalledPart]:
    import yaml  # noqa: PLC0415  # looked at, not used

    fast = yaml.__with_libyaml__
    parts = [
        InstalledPart("PyYAML", "here" if fast else "advice", yaml.__version__, N_("quick reading (with libyaml)"))
    ]
    for name, module, purpose in _MODULES:
        is_here = machine.has_module(module)
        cure = "" if is_here else f'"{sys.executable}" -m pip install {name.lower()}'
        parts.append(InstalledPart(name, "here" if is_here else "missing", "", purpose, cure))
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
    lacking = [name for name in _FACES if not is_file(fonts_folder() / name)]
    purpose = N_("PDF (everything else works without it)")
    cure = f'"{sys.executable}" -m pip install --force-reinstall --no-deps granskning-….whl' if lacking else ""
    return InstalledPart(N_("fonts"), "missing" if lacking else "here", ", ".join(lacking), purpose, cure)


def _git(system: str) -> InstalledPart:
    version = machine.git_version()
    purpose = N_("history")
    return InstalledPart(
        "git", "here" if version else "advice", version or "", purpose, "" if version else _GIT[system]
    )
