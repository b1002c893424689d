"""The search log (söklogg) of a review: lines added and taken away, exactly and without losing what others write."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from granskning.edges.claim import clear_leftovers
from granskning.edges.disk import place_in
from granskning.errors import UsageError
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_, Translator
from granskning.reporting.shared_parts.prose_languages import prose_language
from granskning.tasks.editing.review_file import open_review
from granskning.tasks.folder.save import edit_anew, edit_file, open_file, why_not_edited
from granskning.tasks.records.search_note import NoteWords
from granskning.workspace.checks.dates import new_impossible_dates
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Insert, Remove
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review, SearchNote
    from granskning.model.workspace import Workspace
    from granskning.tasks.evidence.search import SearchResult
    from granskning.workspace.yaml.edits import Edit


@dataclass(frozen=True, slots=True)
class MadeSearch:
    """A search that was made: in which words, how near each other, on which day, for which question."""

    words: Sequence[str]
    near: int
    date: str
    criterion: str | None = None


@dataclass(frozen=True, slots=True)
class LogEdit:
    """What came of it. Where something was refused, nothing was written."""

    file: str
    note: SearchNote
    is_changed: bool
    """False where the log has had the very line since before."""
    refused: tuple[Finding, ...] = ()


def require_log(start: Path, review: Path, question: str | None) -> None:
    """Raise UsageError where a search for that question cannot be written in the review that a path names."""
    review_file = open_review(start, review)
    if (hindrance := why_not_edited(review_file.data, review_file.review)) is not None:
        raise hindrance
    _require_question(review_file.workspace.criteria.get(review_file.review.criteria), question)


def log_search(start: Path, review: Path, result: SearchResult, search: MadeSearch) -> LogEdit:
    """Write a search in the log of the review that a path names.

    Raises UsageError for what is no review, for an approved one, for a question that it does not put, and where no text
    could be searched.
    """
    review_file = open_review(start, review)
    workspace = review_file.workspace
    criteria = workspace.criteria.get(review_file.review.criteria)
    note = search_note(workspace, review_file.review, result, search)
    return add_note(review_file.root, review_file.review, criteria, note)


def search_note(workspace: Workspace, review: Review, result: SearchResult, search: MadeSearch) -> SearchNote:
    """The line of a search, in the language of the review. Raises UsageError where no text could be searched."""
    if not result.searched:
        message = N_("no text was searched, so nothing is written in the search log")
        raise UsageError(message, N_("see above why, or write by hand where else it was sought"))
    words = NoteWords(workspace, review, Translator(prose_language(review, workspace)))
    return words.note(result, search.words, search.near, search.date, search.criterion)


def add_note(root: Path, review: Review, criteria: CriteriaSet | None, note: SearchNote) -> LogEdit:
    """Write a line last in the log; one that is there already is not written again."""
    _require_question(criteria, note.criterion)
    line = {key: value for key, value in asdict(note).items() if value is not None}

    def edits(notes: Sequence[dict[str, Any]]) -> list[Edit]:
        return [] if line in notes else [Insert(("searches",), len(notes), line)]

    return _edit(root, review, note, edits)


def _require_question(criteria: CriteriaSet | None, question: str | None) -> None:
    known = [criterion.id for criterion in criteria.criteria] if criteria is not None else []
    if known and question and question not in known:
        message = N_("there is no question {criterion} in this review")
        raise UsageError(message, **advice_on(question, known, N_("questions: {known}")), criterion=question)


def remove_note(root: Path, review: Review, number: int, sought: str) -> LogEdit:
    """Take the line with that number, from 1, out of the log. Raises UsageError where another stands there by now."""
    if not 0 < number <= len(review.searches) or review.searches[number - 1].sought != sought:
        raise _gone(number)

    def edits(notes: Sequence[dict[str, Any]]) -> list[Edit]:
        if number > len(notes) or notes[number - 1].get("sought") != sought:
            raise _gone(number)
        return [Remove(("searches",) if len(notes) == 1 else ("searches", number - 1))]

    return _edit(root, review, review.searches[number - 1], edits)


def _gone(number: int) -> UsageError:
    message = N_("line {number} of the search log is another one by now")
    return UsageError(message, N_("look at the log again"), number=number)


def _edit(
    root: Path, review: Review, note: SearchNote, edits_of: Callable[[Sequence[dict[str, Any]]], list[Edit]]
) -> LogEdit:
    """Edit the file as it is now, anew where somebody else was first."""
    path, order = place_in(root, review.file), order_of("review")
    clear_leftovers(path.parent)

    def attempt() -> LogEdit:
        data, opened = open_file(path)
        if (hindrance := why_not_edited(data, review)) is not None:
            raise hindrance
        edits = edits_of(_values(data).get("searches") or ())
        if not edits:
            return LogEdit(review.file, note, is_changed=False)
        after = _values(edit_bytes(data, edits, order))
        dates = new_impossible_dates(review.file, after, _values(data))
        if refused := (*check_values("review", after, review.file), *dates):
            return LogEdit(review.file, note, is_changed=False, refused=refused)
        edit_file(path, edits, order, opened=opened)
        return LogEdit(review.file, note, is_changed=True)

    return edit_anew(review.file, attempt)


def _values(data: bytes) -> dict[str, Any]:
    text = decode(data)
    values = read(text).value if isinstance(text, str) else None
    return values if isinstance(values, dict) else {}
