"""What a workbook changes, as rows for the page: the question, what it was, what it becomes, what is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.reporting.differences.comparison_words import HEAD_PARTS, PARTS
from granskning.reporting.workbook.workbook_choices import REASONED
from granskning.wordings import DEPTHS, STATES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.reporting.workbook.workbook_answers import WorkbookRemark
    from granskning.tasks.data.import_ import Imported
    from granskning.web.parts.context import RequestContext

_MOST = 200


def import_rows(
    done: Sequence[Imported], remarks: Sequence[WorkbookRemark], visit: RequestContext
) -> list[dict[str, Any]]:
    """A row for each change, each clash, and each thing that could not be understood."""
    t = visit.t
    sets = visit.desk.loaded().workspace.criteria.values()
    questions = {criterion.id: t.text(criterion.question) for criteria in sets for criterion in criteria.criteria}
    rows: list[dict[str, Any]] = []
    for imported in done:
        parts = [("change", change.criterion, change.part, change.before, change.after) for change in imported.changes]
        parts += [("clash", name, clash.part, clash.ours, clash.theirs) for name, clash in imported.clashes]
        rows += [
            {"kind": kind, "file": imported.file, "question": questions.get(question, question),
             "part": t({**PARTS, **HEAD_PARTS}[part]),
             "before": _text(_worded(part, before, visit)), "after": _text(_worded(part, after, visit))}
            for kind, question, part, before, after in parts
        ]  # fmt: skip
        rows += [_remark(remark, imported.file, visit) for remark in imported.remarks]
        if imported.error is not None:
            message, hint = visit.error_words(imported.error)
            rows.append({"kind": "remark", "file": imported.file, "place": "", "words": f"{message}. {hint}"})
    return rows + [_remark(remark, "", visit) for remark in remarks]


def _remark(remark: WorkbookRemark, file: str, visit: RequestContext) -> dict[str, Any]:
    values = {name: visit.words(value) for name, value in remark.values.items()}
    place = visit.t("sheet {sheet}, row {row}", sheet=remark.sheet, row=remark.row) if remark.row else remark.sheet
    words = visit.t(remark.message, **values)
    if remark.hint:
        words += f" ({visit.t(remark.hint, **values)})"
    return {"kind": "remark", "file": file, "place": place, "words": words}


def _worded(part: str, value: Any, visit: RequestContext) -> Any:
    """A value above the answers in words, where it is chosen from a list."""
    if part == "judgement" and isinstance(value, dict):
        return {key: f"{visit.t(STATES[key])}: {text}" if key in REASONED else text for key, text in value.items()}
    words = {"reading_depth": DEPTHS, "status": STATUSES}.get(part, {})
    return visit.t(words[value]) if isinstance(value, str) and value in words else value


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
