"""What a workbook changes, as text: each part before and after, each clash with all three, each remark with its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Words
from granskning.reporting.differences.comparison_words import HEAD_PARTS, PARTS
from granskning.wordings import DEPTHS, STATES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.reporting.workbook.workbook_answers import WorkbookRemark
    from granskning.tasks.data.import_ import Imported

_MOST = 160


def import_lines(
    done: Sequence[Imported], remarks: Sequence[WorkbookRemark], t: Translator, *, written: bool
) -> tuple[list[str], str]:
    """The lines, and a last one that says what happened and what to do next."""
    lines = [line for one in done for line in _review(one, t)]
    lines += [_remark(one, t) for one in remarks]
    return lines, _summary(done, t, written=written)


def _review(imported: Imported, t: Translator) -> Iterator[str]:
    if not (imported.changes or imported.clashes or imported.remarks):
        return
    yield imported.file
    for change in imported.changes:
        yield f"  {_part(change.criterion, change.part, t)}"
        yield f"    - {_shown(_worded(change.part, change.before, t), t)}"
        yield f"    + {_shown(_worded(change.part, change.after, t), t)}"
    for criterion, clash in imported.clashes:
        words = t("changed both in the file and in the workbook; the file is left as it is")
        yield f"  {_part(criterion, clash.part, t)}: {words}"
        values = ((t("was"), clash.base), (t("in the file"), clash.ours), (t("in the workbook"), clash.theirs))
        for place, value in values:
            yield f"    {place}: {_shown(_worded(clash.part, value, t), t)}"
    for remark in imported.remarks:
        yield f"  {_remark(remark, t)}"
    if imported.error is not None:
        filled = {
            name: t(value) if isinstance(value, Words) else value for name, value in imported.error.values.items()
        }
        yield f"  {t('not written')}: {t(imported.error.message, **filled)}"


def _part(criterion: str, part: str, t: Translator) -> str:
    """Which part of which answer, or what above the answers."""
    words = t({**PARTS, **HEAD_PARTS}[part]).lower()
    return f"{criterion}: {words}" if criterion else words


def _worded(part: str, value: Any, t: Translator) -> Any:
    """A value of the head in words, where it is chosen from a list."""
    words = {"reading_depth": DEPTHS, "status": STATUSES}.get(part, {})
    return t(words[value]) if isinstance(value, str) and value in words else value


def _remark(remark: WorkbookRemark, t: Translator) -> str:
    if remark.row:
        place = t("sheet {sheet}, row {row}", sheet=remark.sheet, row=remark.row)
    else:
        place = t("sheet {sheet}", sheet=remark.sheet) if remark.sheet else t("the workbook")
    values = {name: _in_words(value, t) for name, value in remark.values.items()}
    hint = f" ({t(remark.hint, **values)})" if remark.hint else ""
    return f"{place}: {t(remark.message, **values)}{hint}"


def _in_words(value: object, t: Translator) -> object:
    """A value of a message in the reader's language."""
    if isinstance(value, Words):
        return t(value)
    return t.text(value) if isinstance(value, dict) else value


def _shown(value: Any, t: Translator) -> str:
    """A part in one line, cut where it is long."""
    if isinstance(value, dict):
        words = [
            f"{t(STATES[key])}: {_shown(inner, t)}" if key in STATES else str(inner) for key, inner in value.items()
        ]
        text = ", ".join(words)
    elif isinstance(value, list):
        text = "; ".join(_item(item) for item in value)
    else:
        text = "" if value is None else str(value)
    text = " ".join(text.split())
    if not text:
        return t("(empty)")
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"


def _item(item: dict[str, Any]) -> str:
    """Evidence in one line: where, and what stands there."""
    return ", ".join(str(value) for value in item.values() if value not in (None, ""))


def _summary(done: Sequence[Imported], t: Translator, *, written: bool) -> str:
    changes = sum(len(one.changes) for one in done if one.error is None)
    files = sum(bool(one.changes) for one in done if one.error is None)
    clashes = sum(len(one.clashes) for one in done)
    parts = [t.plural("{count} change", "{count} changes", changes)]
    parts.append(t.plural("in {count} review", "in {count} reviews", files))
    line = " ".join(parts)
    if clashes:
        line += ", " + t.plural("{count} clash left for you", "{count} clashes left for you", clashes)
    if not written:
        return t("{line}. Nothing is written; leave out --dry-run to write.", line=line)
    return t("{line}. See what remains with: granskning check", line=line)
