"""What `build` came to, kept for as long as a build would find nothing to do and say the same.

All that the outputs rest on is asked again first: the folder's files, its templates, where its repository stands, the
program with its libraries and fonts; and every output is as it was made. Then nothing is loaded, scored or rendered.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from granskning.edges.cache import folder_state, installed_state
from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import FolderFiles, place_in
from granskning.edges.lookup import resolved
from granskning.errors import GranskningError
from granskning.shipped import templates_folder
from granskning.tasks.checking.asked_files import AskedFiles, Ground
from granskning.tasks.checking.kept_check import KeptCheck
from granskning.tasks.checking.repository_state import NO_REPOSITORY, repository_state
from granskning.workspace.schema.kinds import LOCAL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from granskning.tasks.folder.chosen import Chosen

_TEMPLATES = "templates"


class KeptBuild:
    """What was told of one build, with the folder's files as it asks for them."""

    def __init__(self, chosen: Chosen, folder: Path | None, wording: tuple[str | None, ...]) -> None:
        """`folder` is where the outputs lie; None for build/.

        `wording` is all that outputs and words depend on beside the files: what was asked for, and the language.
        """
        self.chosen = chosen
        self.folder = folder or place_in(chosen.root, "build")
        self.files = AskedFiles(FolderFiles(chosen.root))
        self._kept = KeptCheck(chosen, ("build", str(resolved(self.folder)), _program(), *wording), self.folder)
        self._git: str | None = None

    def read(self) -> Mapping[str, Any]:
        """What was kept as plain values, if a build would find nothing to do; else nothing."""
        values = self._kept.read()
        if values:
            clear_all_leftovers(self.folder)
        return values

    def begin(self) -> None:
        """Note what is not asked for by who loads the folder, before anything is made."""
        with suppress(OSError, ValueError, GranskningError):
            self._git = repository_state(self.chosen.root)
        _ask_below(self.files, _TEMPLATES)
        self.files.exists(LOCAL)

    @property
    def names_documents_outside(self) -> bool:
        """Whether documents lie where the folder does not tell of them."""
        return self.files.exists(LOCAL)

    def keep(self, made: Mapping[str, str], values: Mapping[str, Any], *, history: bool) -> None:
        """Keep what is told of outputs that were `made` so, by their SHA-256, with the record of them.

        They are not read from the folder, where another build may have written its own since. `history` is whether git
        had an answer, which a repository needs.
        """
        if not made or self._git is None or not (history or self._git == NO_REPOSITORY):
            return
        with suppress(GranskningError, OSError):
            place, root = resolved(self.folder), resolved(self.chosen.root)
            if place.is_relative_to(root):
                self.files.note_made(place.relative_to(root).as_posix())
            self._kept.keep(Ground(self.files.questions, self._git), values, made)


def _ask_below(files: AskedFiles, folder: str) -> None:
    with suppress(GranskningError):
        for name in files.names(folder):
            if name.endswith("/"):
                _ask_below(files, f"{folder}/{name[:-1]}")
            else:
                with suppress(GranskningError):
                    files.fingerprint(f"{folder}/{name}")


def _program() -> str:
    """What of the program lies outside of its package: templates and fonts in a checkout, and the libraries."""
    return json.dumps([*sorted(folder_state(templates_folder())), installed_state()])
