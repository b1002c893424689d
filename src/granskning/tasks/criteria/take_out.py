"""A criteria set taken out as a workbook or CSV with one row a question, or the template to begin one from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles, find_root
from granskning.edges.lookup import exists
from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.model.question_fields import YES
from granskning.reporting.tables import export
from granskning.reporting.workbook.criteria_workbook import CriteriaTable, make_criteria_workbook, question_csv
from granskning.tasks.criteria.set_file import file_of_set, values_of_set
from granskning.tasks.criteria.set_rows import about_row, question_rows, scale_rows
from granskning.tasks.folder.missing import unknown_set

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.i18n import Translator

_LABELS = (N_("Missing"), N_("Mentioned"), N_("Partly"), N_("Steers"))
"""The levels that the template begins with, to be changed by whoever fills it in."""


def known_sets(root: Path) -> list[str]:
    """The ids of the sets whose current version lies in the folder."""
    files = FolderFiles(root).under("criteria")
    return [file.split("/")[1].removesuffix(".yaml") for file in files if file.count("/") == 1]


def template_table(t: Translator) -> CriteriaTable:
    """What the template is made of: a scale to change, and no questions."""
    scale = [
        {"value": str(value), "label": t(label), "description": "", "means_missing": "" if value else YES}
        for value, label in enumerate(_LABELS)
    ]
    return CriteriaTable("", t.language, {"language": t.language, "version": "0.1.0"}, scale, ())


def set_table(root: Path, name: str, t: Translator) -> CriteriaTable:
    """A set in the reader's language, or its own where it has no other. Raises UsageError where it is not there."""
    known = known_sets(root)
    if name not in known or not exists(root / file_of_set(name)):
        raise unknown_set(name, known)
    values = values_of_set(root, name)
    title, own = values.get("title"), str(values.get("language") or "sv")
    language = t.language if isinstance(title, dict) and t.language in title else own
    rows = question_rows(values, language)
    return CriteriaTable(name, language, about_row(values, language), scale_rows(values, language), rows)


def take_out_set(
    start: Path, name: str, t: Translator, *, form: str, style: tuple[str, bool] = (",", False)
) -> tuple[str, bytes]:
    """The file's usual name and its bytes, `form` being xlsx or csv; without `name` the template.

    `style` is what parts the columns of CSV, and whether it begins with a byte order mark.
    """
    table = set_table(find_root(start), name, t) if name else template_table(t)
    stem = name or t("criteria-template")
    if form == "xlsx":
        return f"{stem}.xlsx", make_criteria_workbook(table, t)
    if form != "csv":
        raise UsageError(N_("a criteria set is exported as xlsx or csv"), "")
    return f"{stem}.csv", export.as_csv(question_csv(table, t), delimiter=style[0], mark=style[1])
