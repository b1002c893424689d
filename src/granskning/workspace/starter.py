"""The small files of a new working folder: settings of granskning, git and the editor. Texts only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from granskning.i18n import Translator

_GITIGNORE = """\
build/
granskning-start.*
.granskning/local.yaml
.*.tmp
.~lock.*
~$*
"""

_GITATTRIBUTES = """\
* text=auto
*.yaml text diff
*.pdf binary
*.docx binary
*.xlsx binary
strategies/*/documents/** -text
strategies/*/published/** -text
"""
"""Documents and what is published keep their bytes, since their SHA-256 is what they are known by."""

_EDITORCONFIG = """\
root = true

[*]
charset = utf-8
insert_final_newline = true

[*.{yaml,yml}]
indent_style = space
indent_size = 2
max_line_length = 100
"""

_VSCODE = {
    "yaml.validate": True,
    "yaml.completion": True,
    "yaml.hover": True,
    "yaml.schemaStore.enable": False,
    "yaml.format.enable": False,
    "files.encoding": "utf8",
    "[yaml]": {
        "editor.wordWrap": "on",
        "editor.tabSize": 2,
        "editor.insertSpaces": True,
        "editor.quickSuggestions": {"strings": True},
    },
}  # fmt: skip

_EXTENSIONS = {"recommendations": ["redhat.vscode-yaml"]}


_EXAMPLE_ROLES = """\
roles:
  strateg-jamstalldhet:
    title: {sv: strateg för jämställdhet, en: gender equality strategist}
  planerare-infrastruktur:
    title: {sv: planerare för infrastruktur, en: infrastructure planner}
  controller:
    title: {sv: controller, en: controller}
  projektgruppen:
    title: {sv: projektgruppen, en: the project group}
"""
"""The roles that have made the reviews which come along as examples."""


OF_GIT = (".gitignore", ".gitattributes")
OF_THE_COMPUTER = (*OF_GIT, ".editorconfig", ".vscode/settings.json", ".vscode/extensions.json")
"""The files that git and the editor read; a folder made by hand may lack them."""


def files(
    t: Translator, criteria: str = "jamstalld-tillvaxt", language: str | None = None, *, example: bool = False
) -> dict[str, str]:
    """The files by path, for a folder that reviews with that set; with the roles of the examples, where it has them."""
    settings = _settings(t, criteria, language or t.language)
    if example:
        comment = t("What the roles that review are called; reports show the title, never the id.")
        settings += f"# {comment}\n{_EXAMPLE_ROLES}"
    return {
        "granskning.yaml": settings,
        "strategies/README.md": t(
            "Each strategy has a folder of its own here, with a strategy.yaml, its documents and its reviews. "
            "The handbook shows how to add one."
        )
        + "\n",
        "templates/README.md": t(
            "A template or style file put here wins over the shipped one of the same name. "
            "The handbook tells which there are."
        )
        + "\n",
        ".gitignore": _GITIGNORE,
        ".gitattributes": _GITATTRIBUTES,
        ".editorconfig": _EDITORCONFIG,
        ".vscode/settings.json": json.dumps(_VSCODE, indent=2) + "\n",
        ".vscode/extensions.json": json.dumps(_EXTENSIONS, indent=2) + "\n",
    }


def start_file(system: str, python: str, folder: str) -> tuple[str, str]:
    """The name and the text of a file that opens the page by a double-click. It holds for this computer alone.

    `system` is windows, macos or another; `python` the whole path of the Python that granskning is installed in.
    """
    if system == "windows":
        lines = ["@echo off", 'cd /d "%~dp0"', f'"{python.replace("%", "%%")}" -m granskning serve --open', "pause"]
        return "granskning-start.cmd", "\r\n".join((*lines, ""))
    if system == "macos":
        quoted = "'" + python.replace("'", "'\\''") + "'"
        return "granskning-start.command", (
            f'#!/bin/sh\ncd "$(dirname "$0")" || exit\nexec {quoted} -m granskning serve --open\n'
        )
    escaped = python.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return "granskning-start.desktop", (
        "[Desktop Entry]\nType=Application\nName=granskning\nTerminal=true\n"
        f'Path={folder}\nExec="{escaped}" -m granskning serve --open\n'
    )


def _settings(t: Translator, criteria: str, language: str) -> str:
    lines = [
        "# yaml-language-server: $schema=.granskning/schemas/workspace.schema.json",
        "schema: granskning/workspace/1",
        "# " + t("Who reviews; stands on the first page of every report."),
        "organisation: " + t("Our organisation"),
        "# " + t("The language of the reports: sv, en or another tag, such as fi or se."),
        f"language: {language}",
        "# " + t("The criteria set that new reviews use."),
        f"criteria: {criteria}",
        "# " + t("The county or municipality that the folder is about, by its code: the texts show its figures."),
        '# area_code: "19"',
    ]
    return "\n".join(lines) + "\n"
