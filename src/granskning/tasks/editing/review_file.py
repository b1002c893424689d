"""A review file opened to be changed by a command: its bytes, its values, and what they are read with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.edges.disk import FolderFiles, fingerprint_of, read_file
from granskning.edges.lookup import resolved
from granskning.errors import UnreadableFileError, UsageError
from granskning.files import TEXT, OverlaidFiles
from granskning.findings.severity import Severity
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.figure_change import judged_figures
from granskning.model.rounds import others_of_round
from granskning.reporting.wording.uncounted import left_out_words
from granskning.tasks.folder.chosen import require_reviews
from granskning.tasks.folder.open import open_workspace
from granskning.workspace.load import load_files
from granskning.workspace.schema.kinds import kind_of_file
from granskning.workspace.schema.modelling_indicator import plain_judged_figure
from granskning.workspace.variants import whole_values
from granskning.workspace.yaml.edits import Remove, Set
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.model.review import Review
    from granskning.model.workspace import Workspace
    from granskning.workspace.loaded import Loaded
    from granskning.workspace.yaml.edits import Edit


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """One review as it stands on disk."""

    root: Path
    path: str
    """From the working folder."""
    data: bytes
    values: Mapping[str, Any]
    review: Review
    loaded: Loaded

    @property
    def workspace(self) -> Workspace:
        """What was loaded with it."""
        return self.loaded.workspace

    @property
    def others(self) -> tuple[Review, ...]:
        """The other reviews of its round."""
        return others_of_round(self.workspace.reviews, self.review)

    @property
    def fingerprint(self) -> str:
        """What a write of it is guarded by."""
        return fingerprint_of(self.data)

    def would_be(self, data: bytes) -> Loaded:
        """The folder loaded as if the file had these bytes; only the file's findings."""
        files = OverlaidFiles(FolderFiles(self.root), {self.path: data})
        return load_files(files, only=[self.path])

    def values_of(self, path: str) -> dict[str, Any]:
        """The plain values of a criteria set that loaded without errors, those of a variant whole."""
        return whole_values(self.loaded.files, path)


def open_review(start: Path, path: Path) -> ReviewFile:
    """Open the review's file, or raise UsageError when it is none or cannot be read as one."""
    require_reviews(start, [path])
    root, loaded, data = _open_unchanged(start, path)
    named = [one for one in loaded.workspace.reviews if root / one.file == resolved(start / path)]
    relative = resolved(start / path).relative_to(root).as_posix()
    if not named:
        if kind_of_file(relative) != "review":
            names = KnownNames(["/".join(review.identity) for review in loaded.workspace.reviews])
            raise UsageError(N_("{path} is not one review"), N_("name one: {names}"), path=path, names=names)
        raise UsageError(N_("{file} has errors"), N_("see: granskning check {file}"), file=path)
    text = decode(data)
    values = read(text).value if isinstance(text, str) else None
    if not isinstance(values, dict):
        raise UsageError(N_("{file} has errors"), N_("see: granskning check {file}"), file=path)
    return ReviewFile(root, relative, data, values, named[0], loaded)


def figures_edits(review_file: ReviewFile) -> list[Edit]:
    """The edit that keeps the leading figures of the set, as they are now, in a review that is handed in."""
    criteria = review_file.workspace.criteria.get(review_file.review.criteria)
    figures = judged_figures(criteria, review_file.workspace.indicators) if criteria is not None else ()
    if figures:
        return [Set(("figures",), [plain_judged_figure(figure) for figure in figures])]
    return [Remove(("figures",))] if review_file.review.figures else []


def _open_unchanged(start: Path, path: Path) -> tuple[Path, Loaded, bytes]:
    """The folder as it was loaded, and the bytes that the review was loaded from.

    Somebody may write the file between the loading and the reading. Then what was judged would not be what is written,
    and the guard of the write could not see it: so both are done again until nothing has changed between.
    """
    while True:
        before = _bytes_of(start / path)
        root, loaded = open_workspace(start, [path], whole_strategies=True)
        if (data := _bytes_of(start / path)) == before:
            return root, loaded, data


def _bytes_of(path: Path) -> bytes:
    """What lies there; nothing where it cannot be read, which loading tells of."""
    try:
        return read_file(path, TEXT)
    except UnreadableFileError:
        return b""


def require_counted(workspace: Workspace, file: str) -> None:
    """Raise UsageError for a review that does not count, since nobody can tell what it would be taken for."""
    for item in workspace.left_out:
        if item.file == file:
            message = N_("{file} does not count, since {reason} ({code})")
            hint = N_("see: granskning check")
            raise UsageError(message, hint, file=file, reason=left_out_words(item.code), code=item.code)


def errors_of(loaded: Loaded) -> tuple[Finding, ...]:
    """The findings that are errors."""
    return tuple(one for one in loaded.findings if one.rule.severity is Severity.ERROR)
