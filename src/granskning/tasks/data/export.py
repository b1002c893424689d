"""From a loaded workspace to the bytes of an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.errors import UsageError
from granskning.i18n import N_, Translator
from granskning.reporting.tables import export
from granskning.reporting.tables.table_rows import JointResult, make_tables
from granskning.reporting.workbook.workbook import make_workbook
from granskning.tasks.data.import_ import filled_of
from granskning.tasks.folder.question_tags import require_tags
from granskning.tasks.folder.reader_words import for_readers
from granskning.tasks.folder.score import score_all, score_rounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.model.workspace import Workspace
    from granskning.reporting.blocks.tables import Table
    from granskning.tasks.folder.score import ScoredReview
    from granskning.workspace.loaded import Loaded


def export_workspace(  # noqa: PLR0913  # what a user may choose, by name
    loaded: Loaded,
    *,
    form: str,
    table: str | None = None,
    delimiter: str = ",",
    mark: bool = False,
    decimal: str = ".",
    internal: bool = False,
    tags: tuple[str, ...] = (),
) -> tuple[str, bytes]:
    """The file's usual name and its bytes, as `form`: csv, json, parquet or sqlite, or xlsx, a workbook to fill in.

    With `table`, only that one; a workbook has none. With `tags`, only questions that carry one of them. Raises
    UsageError for an unknown table or tag or a delimiter that is not one character, and MissingPartError when the
    format needs a library that is not here.
    """
    require_tags(tags, loaded.workspace.criteria.values(), "criteria/")
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise UsageError(N_("the delimiter must be one character"), N_('for example ";"'))
    t = for_readers(Translator(loaded.workspace.settings.language), loaded.workspace)
    if form == "xlsx":
        return "granskning.xlsx", _workbook(loaded, t, table, tags, internal=internal)
    tables = workspace_tables(loaded.workspace, score_all(loaded.workspace), t, tags, internal=internal)
    chosen = [export.choose_table(tables, table)] if table else list(tables)
    if form == "json":
        return f"{table or 'granskning'}.json", export.as_json(chosen)
    if form == "sqlite":
        return f"{table or 'granskning'}.sqlite", export.as_sqlite(chosen, t)
    files = {
        f"{one.name}.{form}": export.as_parquet(one)
        if form == "parquet"
        else export.as_csv(one, delimiter=delimiter, mark=mark, decimal=decimal)
        for one in chosen
    }
    if table:
        return next(iter(files.items()))
    return f"granskning-{form}.zip", export.packed(files)


def _workbook(loaded: Loaded, t: Translator, table: str | None, tags: tuple[str, ...], *, internal: bool) -> bytes:
    """The reviews to fill in."""
    if table is not None:
        raise UsageError(N_("a workbook has no tables to choose from"), N_("leave out --table, or choose csv"))
    reviews = filled_of(loaded, tags)
    if not reviews:
        raise UsageError(N_("there is no review to put in a workbook"), N_("make one first: granskning new STRATEGY"))
    return make_workbook(reviews, t, internal=internal)


def workspace_tables(
    workspace: Workspace, everything: Sequence[ScoredReview], t: Translator, tags: tuple[str, ...], *, internal: bool
) -> tuple[Table, ...]:
    """Every table of a working folder; `everything` are all its reviews, with their results."""
    nowhere = {item.file for item in workspace.left_out if item.everywhere}
    scored = [one for one in everything if one.review.file not in nowhere]
    rounds = [
        JointResult(
            strategy=scored_round.strategy,
            round=scored_round.round,
            reviewers=sum(not scored_review.review.is_joint for scored_review in scored_round.scored),
            criteria=scored_round.criteria.reference,
            joint=scored_round.joint,
        )
        for scored_round in score_rounds(workspace, everything)
        if scored_round.is_joint
    ]
    return make_tables(
        workspace,
        {scored_review.review.file: scored_review.card for scored_review in scored},
        rounds,
        t,
        internal=internal,
        tags=tags,
    )
