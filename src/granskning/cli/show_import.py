"""What a workbook changes, as text: each part before and after, each clash with all three, each remark with its row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.cli.show_merge import change_lines, clash_lines
from granskning.errors import Words
from granskning.findings.finding import FilledWords
from granskning.reporting.differences.comparison_words import HEAD_PARTS, PARTS
from granskning.wordings import DEPTHS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.reporting.workbook.workbook_answers import WorkbookRemark
    from granskning.tasks.data.import_ import Imported


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
        before, after = (_worded(change.part, value, t) for value in (change.before, change.after))
        yield from change_lines(_part(change.criterion, change.part, t), before, after, t)
    for criterion, clash in imported.clashes:
        values = (_worded(clash.part, value, t) for value in (clash.base, clash.ours, clash.theirs))
        yield from clash_lines(_part(criterion, clash.part, t), tuple(values), t)
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
    if isinstance(value, FilledWords):
        return t(value.message, **{name: _in_words(inner, t) for name, inner in value.values.items()})
    if isinstance(value, Words):
        return t(value)
    return t.text(value) if isinstance(value, dict) else value


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
