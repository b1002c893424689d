"""`granskning migrate`."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import REVIEW, names_of
from granskning.cli.groups import HELP
from granskning.i18n import N_
from granskning.reporting.blocks.tables import Column, Table
from granskning.reporting.tables.text_table import TextLayout, text_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.cli.session import Session
    from granskning.i18n import Translator
    from granskning.tasks.folder.moved_results import MovedResult
    from granskning.workspace.migrate import Fate

_WIDTH = 100
_NARROWEST = 40

UNTIL = N_(
    "A range lasts until what is inherited has been confirmed and what is new has been answered. It does not say that "
    "the plan has become better or worse."
)

FATES = {
    "stands": N_("stands"),
    "judge_again": N_("must be judged again"),
    "mapped": N_("mapped"),
    "archived": N_("archived"),
    "new": N_("new question"),
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("migrate", help=HELP["migrate"])(run)


def run(
    context: typer.Context,
    review: Annotated[Path, REVIEW],
    to: Annotated[
        str,
        typer.Option(
            "--to", metavar="SET@VERSION", help=N_("The version to move to."), autocompletion=names_of("version")
        ),
    ],
    dry: Annotated[bool, typer.Option("--dry-run", help=N_("Only tell what would become of each answer."))] = False,
) -> int:
    """Move it and tell, or only tell."""
    from granskning.cli import show_findings, tell_findings  # --help stays quick
    from granskning.tasks.editing.migrate import migrate_review
    from granskning.tasks.folder.moved_results import moved_results
    from granskning.tasks.folder.name import path_of

    session: Session = context.obj
    t = session.t
    done = migrate_review(session.folder, path_of(session.folder, review), to, dry=dry)
    session.say(t("{file}: from {earlier} to {later}", file=done.file, earlier=done.earlier, later=done.later))
    session.say("")
    for line in table(done.fates, t):
        session.show(line)
    if done.findings:
        session.say("")
        told = tell_findings.tell(done.findings, t, show_findings.seen_from(done.root), done.read)
        session.say(show_findings.as_text(told, color=session.color))
    counted = {name: sum(fate.fate == name for fate in done.fates) for name in FATES}
    session.say("")
    session.say(", ".join(f"{t(FATES[name])}: {count}" for name, count in counted.items() if count))
    for line in results(moved_results(done.before, done.after, t), t):
        session.say(line)
    if done.left:
        left = ", ".join(done.left)
        session.tell(t("The reviews of a round share version. Move these too: {files}", files=left))
    if dry:
        session.tell(t("Nothing was written. Without --dry-run the review is moved."))
    else:
        session.tell(t("Moved. Confirm what is inherited, answer what is new, then: granskning check {file}",
                       file=done.file))  # fmt: skip
    return 0


def table(fates: tuple[Fate, ...], t: Translator) -> list[str]:
    """The fates in columns: question, fate, and what it became or why."""
    rows = []
    for one in fates:
        into = ", ".join(name for name in one.into if name != one.criterion)
        why = t(one.remark) if one.remark else t.text(one.told)
        told = ". ".join(part for part in (f"→ {into}" if into else "", why) if part)
        rows.append((one.criterion, t(FATES[one.fate]), told))
    widths = [max((len(row[place]) for row in rows), default=0) for place in (0, 1)]
    lines = []
    for name, fate, told in rows:
        start = f"{name:<{widths[0]}}  {fate:<{widths[1]}}  "
        room = max(_WIDTH - len(start), _NARROWEST)
        first, *rest = textwrap.wrap(told, room, break_long_words=False, break_on_hyphens=False) or [""]
        lines += [f"{start}{first}".rstrip(), *(" " * len(start) + line for line in rest)]
    return lines


def results(moved: tuple[MovedResult, ...], t: Translator) -> Iterator[str]:
    """What each target came to and comes to, as a table with a line before and after it; nothing where none can."""
    if not moved:
        return
    columns = (Column("target", t("Target picture")), Column("before", t("Before")), Column("after", t("After")))
    rows = tuple((row.title, row.before or "–", row.after or "–") for row in moved)
    yield ""
    yield from text_table(Table("", "", columns, rows=rows), TextLayout(_WIDTH, "target"))
    yield ""
    yield from textwrap.wrap(t(UNTIL), _WIDTH)
