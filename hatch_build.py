"""Compile the gettext catalogues (.po in git, .mo in the package) when the package is built or installed editable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[Any]):
    """Hatchling's hook: runs before files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        """Write a .mo beside each .po and count it among the package's files."""
        for po in sorted(Path(self.root, "src/granskning/locale").glob("*/LC_MESSAGES/*.po")):
            mo = po.with_suffix(".mo")
            with po.open("rb") as text, mo.open("wb") as compiled:
                write_mo(compiled, read_po(text))
            build_data["artifacts"].append(f"/{mo.relative_to(self.root).as_posix()}")
