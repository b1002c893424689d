"""A translator for the readers of a folder: it knows what roles are called, and the figures that texts name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from granskning.edges.disk import FolderFiles, find_root
from granskning.i18n import Translator
from granskning.reporting.shared_parts.figure_texts import FigureTexts
from granskning.workspace.load import load_workspace
from granskning.workspace.schema.kinds import MARK, STATISTICS

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.figure_references import FigureReference, WrongReference
    from granskning.model.workspace import Workspace

_Speaker = TypeVar("_Speaker", bound=Translator)


def for_readers(t: _Speaker, workspace: Workspace) -> _Speaker:
    """The same language, for the readers of the folder."""
    return t.naming(workspace.settings.role_titles).telling(FigureTexts(workspace.indicators))


def for_readers_of(t: _Speaker, start: Path) -> _Speaker:
    """The same, where no more of the folder is read than that takes: indicators when a text names the first figure.

    Raises NotAWorkspaceError.
    """
    files = FolderFiles(find_root(start))

    @cache
    def figures() -> FigureTexts:
        return FigureTexts(load_workspace(files, only=[MARK, *files.under(STATISTICS)]).indicators)

    def tell(reference: FigureReference | WrongReference, language: str) -> str:
        return figures()(reference, language)

    named = t.naming(load_workspace(files, only=[MARK]).settings.role_titles)
    return named.telling(tell)
