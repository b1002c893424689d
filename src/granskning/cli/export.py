"""`granskning export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import NAMES, TABLE, TAGS, names_of
from granskning.cli.groups import HELP
from granskning.errors import UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


class Spreadsheet(StrEnum):
    """The languages of spreadsheets that CSV can be made for."""

    sv = "sv"
    en = "en"


class ExportFormat(StrEnum):
    """The forms of an export."""

    csv = "csv"
    json = "json"
    parquet = "parquet"
    sqlite = "sqlite"
    xlsx = "xlsx"


_CRITERIA = typer.Option(
    "--criteria",
    metavar="SET",
    help=N_("A criteria set instead, one row for each question (xlsx, csv)."),
    autocompletion=names_of("set"),
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", help=HELP["export"])(run)


def run(
    context: typer.Context,
    paths: Annotated[list[Path] | None, NAMES] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help=N_("The file; otherwise one in build/. - means standard output.")),
    ] = None,
    form: Annotated[
        ExportFormat | None, typer.Option("--format", help=N_("The form; otherwise by the file's ending, else csv."))
    ] = None,
    table: Annotated[str | None, TABLE] = None,
    delimiter: Annotated[
        str,
        typer.Option(
            "--delimiter", metavar="CHARACTER", help=N_("What parts the columns of CSV; ; for a Swedish spreadsheet.")
        ),
    ] = ",",
    mark: Annotated[
        bool, typer.Option("--bom", help=N_("Begin CSV with a byte order mark, so that Excel sees the letters right."))
    ] = False,
    excel: Annotated[
        Spreadsheet | None,
        typer.Option(
            "--excel",
            help=N_("CSV as Excel in that language opens it: sv gives ; between columns, decimal comma and a mark."),
        ),
    ] = None,
    criteria: Annotated[str | None, _CRITERIA] = None,
    template: Annotated[
        bool, typer.Option("--template", help=N_("An empty workbook to write a criteria set in, one row a question."))
    ] = False,
    internal: Annotated[bool, typer.Option("--internal", help=N_("Take internal notes along."))] = False,
    tags: Annotated[list[str] | None, TAGS] = None,
) -> int:
    """Export and say where it is."""
    from granskning.cli.export_file import export_set, write_export
    from granskning.tasks.data.export import export_workspace
    from granskning.tasks.folder.chosen import collection_root, require_reviews
    from granskning.tasks.folder.name import path_of
    from granskning.tasks.folder.open import open_workspace

    session: Session = context.obj
    is_plain = form is ExportFormat.parquet and (table, delimiter, mark, excel) == (None, ",", False, None)
    delimiter, mark, decimal = _csv_style(excel, delimiter, mark=mark)
    if criteria is not None or template:
        _require_no_reviews(paths, "--template" if template else "--criteria")
        return export_set(session, criteria or "", _set_form(form, output), (delimiter, mark), output)
    if not paths and collection_root(session.folder):
        return _of_collection(session, output, tuple(tags or ()), internal=internal, is_plain=is_plain)
    named = [path_of(session.folder, path) for path in paths or ()]
    require_reviews(session.folder, named)
    _, loaded = open_workspace(session.folder, named)
    name, data = export_workspace(
        loaded, form=(form or _by_ending(output)).value, table=table, delimiter=delimiter, mark=mark, decimal=decimal,
        internal=internal, tags=tuple(tags or ()),
    )  # fmt: skip
    _warn(session, len(loaded.broken))
    return write_export(session, name, data, output)


def _require_no_reviews(paths: list[Path] | None, option: str) -> None:
    """Raise UsageError for reviews that are named with an option that exports a criteria set."""
    if paths:
        message, hint = N_("{option} takes no reviews with it: {path}"), N_("see: {command} --help")
        raise UsageError(message, hint, option=option, path=paths[0], command="granskning export")


def _of_collection(
    session: Session, output: Path | None, tags: tuple[str, ...], *, internal: bool, is_plain: bool
) -> int:
    """Export the tables of the collection that the session is in. Raises UsageError unless they are asked for plainly.

    Forms, delimiters and single tables are had of a single working folder.
    """
    from granskning.cli.of_collection import export_tables
    from granskning.tasks.collection.export_tables import TableChoice

    if not is_plain:
        message = N_("the tables of a collection are written as Parquet, all of them")
        hint = N_("write: granskning export --format parquet; other forms come from an organisation's own folder")
        raise UsageError(message, hint)
    return export_tables(session, output, TableChoice(internal, tags))


def _set_form(form: ExportFormat | None, output: Path | None) -> str:
    """A workbook, unless the form or the file's ending says otherwise."""
    if form is None and (output is None or str(output) == "-"):
        return ExportFormat.xlsx.value
    return (form or _by_ending(output)).value


def _warn(session: Session, count: int) -> None:
    """Tell on standard error that files have errors, where any have."""
    if count:
        session.tell(
            session.t.plural(
                "{count} file has errors, so what it says may be missing; see: granskning check",
                "{count} files have errors, so what they say may be missing; see: granskning check",
                count,
            )
        )


def _csv_style(excel: Spreadsheet | None, delimiter: str, *, mark: bool) -> tuple[str, bool, str]:
    """What parts columns, whether a mark begins the file, and the decimal sign."""
    if excel is None:
        return delimiter, mark, "."
    return (";", True, ",") if excel is Spreadsheet.sv else (",", True, ".")


def _by_ending(output: Path | None) -> ExportFormat:
    """The form that a file's ending tells."""
    endings = {
        ".xlsx": ExportFormat.xlsx,
        ".json": ExportFormat.json,
        ".parquet": ExportFormat.parquet,
        ".sqlite": ExportFormat.sqlite,
        ".db": ExportFormat.sqlite,
    }
    return endings.get(output.suffix.lower(), ExportFormat.csv) if output is not None else ExportFormat.csv
