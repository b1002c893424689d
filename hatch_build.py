"""What a build adds: compiled gettext catalogues (.mo), and in a wheel the gallery and the versions that are tried.

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
            constraints = Path(self.directory, "constraints.txt")
            constraints.parent.mkdir(parents=True, exist_ok=True)
            constraints.write_text(self._constraints(), encoding="utf-8", newline="\n")
            build_data["force_include"][str(constraints)] = "granskning/data/constraints.txt"
        for po in sorted(Path(self.root, "src/granskning/locale").glob("*/LC_MESSAGES/*.po")):
            mo = po.with_suffix(".mo")
            with po.open("rb") as text, mo.open("wb") as compiled:
                write_mo(compiled, read_po(text))
            build_data["artifacts"].append(f"/{mo.relative_to(self.root).as_posix()}")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take away what was only made to be taken along."""
        del version, build_data, artifact_path
        Path(self.directory, "constraints.txt").unlink(missing_ok=True)

    def _constraints(self) -> str:
        """The versions of requirements.lock without its hashes: what the tests have run with, for `pip install -c`."""
        lock = Path(self.root, "requirements.lock").read_text("utf-8")
        pins = [line.partition("\\")[0].strip() for line in lock.splitlines() if "==" in line.partition(";")[0]]
        return "".join(f"{pin}\n" for pin in pins if pin[:1].isalnum())
