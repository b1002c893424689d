"""What a criteria set was understood as when it was brought in, as text: what is there, what is missing or not read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from granskning.cli.show_merge import change_lines, clash_lines
from granskning.cli.tell_findings import spoken
from granskning.tasks.criteria.bring_in import BroughtSet, FileToBringIn
from granskning.tasks.criteria.brought import bring_in as bring_file_in
from granskning.workspace.libraries.draft_words import HEADS, KINDS, part_words, remark_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from granskning.cli.session import Session
    from granskning.i18n import Translator
    from granskning.tasks.criteria.brought import Answers


def bring_in(
    session: Session, data: bytes, file: Path, wanted: tuple[str, float | None], *, write: bool
) -> int | Answers:
    """Bring a file in. A criteria set is told of, and the exit code returned; a workbook of reviews is left to tell.

    `wanted` is the id that a new set is to have, and the seconds that reading may take.
    """
    name = session.t("standard input") if str(file) == "-" else str(file)
    today = dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
    brought = bring_file_in(
        session.folder, data, FileToBringIn(str(file), name, today, wanted[0], write=write), wanted[1]
    )
    if not isinstance(brought, BroughtSet):
        return brought
    *lines, last = brought_lines(brought, session.t, written=write)
    for line in lines:
        session.say(line)
    session.tell(last)
    return exit_code(brought)


def brought_lines(brought: BroughtSet, t: Translator, *, written: bool) -> Iterator[str]:
    """Every line, the last of them saying what happened and what to do next."""
    yield t("{kind}: {title}", kind=t(KINDS[brought.kind]), title=brought.title)
    yield t("Questions: {count}", count=brought.questions)
    for title, count in brought.targets:
        yield f"  {title}: {count}"
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
        path = ".".join(map(str, finding.at.path))
        yield f"  {path}: {finding.rule.code} {t(finding.rule.message, **spoken(finding.values, t))}"
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
        yield from change_lines(f"{change.question}: {part_words(change.part, t)}", change.before, change.after, t)
    for question, clash in merged.clashes:
        values = clash.base, clash.ours, clash.theirs
        yield from clash_lines(f"{question}: {part_words(clash.part, t)}", values, t)


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
