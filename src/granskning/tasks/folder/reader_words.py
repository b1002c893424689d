"""A translator for the readers of a folder: it knows what roles are called, and the figures that texts name."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from granskning.i18n import Translator
from granskning.reporting.shared_parts.figure_texts import FigureTexts

if TYPE_CHECKING:
    from granskning.model.workspace import Workspace

_Speaker = TypeVar("_Speaker", bound=Translator)


def for_readers(t: _Speaker, workspace: Workspace) -> _Speaker:
    """The same language, for the readers of the folder."""
    return t.naming(workspace.settings.role_titles).telling(FigureTexts(workspace.indicators))
