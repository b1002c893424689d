"""What a criteria set was understood as when it was brought in, as text: what is there, what is missing, what is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.cli.show_findings import spoken
from granskning.workspace.libraries.draft_words import HEADS, KINDS, part_words, remark_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.i18n import Translator
    from granskning.tasks.criteria.bring_in import BroughtSet

_MOST = 160


def brought_lines(brought: BroughtSet, t: Translator, *, written: bool) -> Iterator[str]:
    """Every line, the last of them saying what happened and what to do next."""
    yield t("{kind}: {title}", kind=t(KINDS[brought.kind]), title=brought.title)
    yield t.plural("{count} question", "{count} questions", brought.questions)
    for title, count in brought.targets:
        yield f"  {title}: {t.plural('{count} question', '{count} questions', count)}"
    if brought.levels:
        yield t("Levels: {levels}", levels=", ".join(brought.levels))
    if brought.merged is not None:
        yield from _merged(brought, t)
    for weight, head in HEADS.items():
        remarks = [remark for remark in brought.remarks if remark.weight == weight]
        if remarks:
            yield f"{t(head)}:"
            yield from (f"  {remark_words(remark, t)}" for remark in remarks)
    for finding in (brought.written.refused or brought.written.findings) if brought.written else ():
        yield f"  {finding.rule.code}: {t(finding.rule.message, **spoken(finding.values, t))}"
    yield _outcome(brought, t, written=written)


def exit_code(brought: BroughtSet) -> int:
    """1 where something was not read, or hinders that the set is written."""
    clashes = brought.merged is not None and brought.merged.clashes
    unread = any(remark.weight in ("stop", "unread") for remark in brought.remarks)
    return int(bool(clashes or unread or brought.is_hindered))


def _merged(brought: BroughtSet, t: Translator) -> Iterator[str]:
    merged = brought.merged
    if merged is None:
        return
    for change in merged.changes:
        yield f"  {change.question}: {part_words(change.part, t)}"
        yield f"    - {_short(change.before, t)}"
        yield f"    + {_short(change.after, t)}"
    for question, clash in merged.clashes:
        words = t("changed both in the file and in the workbook; the file is left as it is")
        yield f"  {question}: {part_words(clash.part, t)}: {words}"
        yield f"    {t('was')}: {_short(clash.base, t)}"
        yield f"    {t('in the file')}: {_short(clash.ours, t)}"
        yield f"    {t('in the workbook')}: {_short(clash.theirs, t)}"


def _short(value: Any, t: Translator) -> str:
    text = " ".join(str(value or "").split())
    return (text if len(text) <= _MOST else f"{text[: _MOST - 1]}…") or t("(empty)")


def _outcome(brought: BroughtSet, t: Translator, *, written: bool) -> str:
    if brought.written is None:
        return t("Nothing is written. Mend what is told above, and import again.")
    if brought.written.refused:
        return t("Nothing is written, since the set would have errors: see above.")
    if not brought.written.is_changed:
        return t("Nothing is changed.")
    if not written:
        return t("Nothing is written yet; leave out --dry-run to write {file}.", file=brought.written.file)
    if brought.kind == "workbook":
        return t("Written: {file}. See what remains with: granskning check", file=brought.written.file)
    return t("Written: {file}. Begin a review with: granskning new STRATEGY --criteria {set}",
             file=brought.written.file, set=brought.name)  # fmt: skip
