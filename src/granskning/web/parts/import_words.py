"""What a workbook changes, as rows for the page: the question, what it was, what it becomes, what is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.reporting.differences.comparison_words import PARTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.reporting.workbook.workbook_answers import Remark
    from granskning.tasks.data.import_ import Imported
    from granskning.web.parts.context import RequestContext

_MOST = 200


def import_rows(done: Sequence[Imported], remarks: Sequence[Remark], visit: RequestContext) -> list[dict[str, Any]]:
    """A row for each change, each clash, and each thing that could not be understood."""
    t = visit.t
    rows: list[dict[str, Any]] = []
    for imported in done:
        told = [("change", change.criterion, change.part, change.before, change.after) for change in imported.changes]
        told += [("clash", name, clash.part, clash.ours, clash.theirs) for name, clash in imported.clashes]
        rows += [
            {"kind": kind, "file": imported.file, "question": question, "part": t(PARTS[part]),
             "before": _text(before), "after": _text(after)}
            for kind, question, part, before, after in told
        ]  # fmt: skip
        rows += [_remark(remark, imported.file, visit) for remark in imported.remarks]
        if imported.error is not None:
            message, hint = visit.error_words(imported.error)
            rows.append({"kind": "remark", "file": imported.file, "place": "", "words": f"{message}. {hint}"})
    return rows + [_remark(remark, "", visit) for remark in remarks]


def _remark(remark: Remark, file: str, visit: RequestContext) -> dict[str, Any]:
    values = {name: visit.words(value) for name, value in remark.values.items()}
    place = visit.t("sheet {sheet}, row {row}", sheet=remark.sheet, row=remark.row) if remark.row else remark.sheet
    words = visit.t(remark.message, **values)
    if remark.hint:
        words += f" ({visit.t(remark.hint, **values)})"
    return {"kind": "remark", "file": file, "place": place, "words": words}


def _text(value: Any) -> str:
    """A part of an answer in a line."""
    if isinstance(value, dict):
        text = ", ".join(str(inner) for inner in value.values() if inner not in (None, ""))
    elif isinstance(value, list):
        text = "; ".join(_text(item) for item in value)
    else:
        text = "" if value is None else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
