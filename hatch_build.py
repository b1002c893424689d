"""What a build adds: the compiled gettext catalogues (.po in git, .mo in the package), and in a wheel the gallery.

The gallery is the frameworks of `tests/frameworks`, which the tests hold to what their sources print.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Hatchling's hook: runs before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write a .mo beside each .po, count it among the package's files, and take the gallery into the wheel."""
        if self.target_name == "wheel" and version == "standard":
            for settings in sorted(Path(self.root, "tests/frameworks").glob("*/granskning.yaml")):
                name = settings.parent.name
                build_data["force_include"][str(settings.parent)] = f"granskning/data/frameworks/{name}"
        for po in sorted(Path(self.root, "src/granskning/locale").glob("*/LC_MESSAGES/*.po")):
            mo = po.with_suffix(".mo")
            with po.open("rb") as text, mo.open("wb") as compiled:
                write_mo(compiled, read_po(text))
            build_data["artifacts"].append(f"/{mo.relative_to(self.root).as_posix()}")
