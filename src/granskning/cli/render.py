"""`granskning render`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from granskning.cli.app import SECONDS
from granskning.cli.completion import AGAINST_ROUND, offer_names, offer_reports
from granskning.cli.groups import HELP
from granskning.cli.private import tell_private
from granskning.cli.replaced import tell_replaced
from granskning.errors import GranskningError, UsageError
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.cli.session import Session
    from granskning.findings.finding import Finding


class RenderFormat(StrEnum):
    """The forms of a report."""

    pdf = "pdf"
    html = "html"
    docx = "docx"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was asked for."""

    review: Path | None
    form: str
    report: str
    against: str | None
    internal: bool
    archive: bool
    seconds: int | None


_REVIEW = typer.Argument(
    metavar="REVIEW",
    help=N_(
        "The review, as STRATEGY/ROUND/ROLE or by its file. For a round also STRATEGY/ROUND, for a strategy over time"
        " or a change STRATEGY, for a set's annex SET@VERSION."
    ),
    show_default=False,
    autocompletion=offer_names,
)
_REPORT = typer.Option(
    "--report",
    metavar="NAME",
    help=N_(
        "Which report is made: review, page, round, strategy, portfolio, change, annex, criteria, or one of the"
        " folder's own, by the name of its folder in templates/."
    ),
    autocompletion=offer_reports,
)
_WIDE = ("strategy", "portfolio", "change")
"""The reports of more than one review."""
_BY_ENDING = {".html": RenderFormat.html, ".htm": RenderFormat.html, ".docx": RenderFormat.docx}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "render",
        help=HELP["render"],
    )(run)


def run(
    context: typer.Context,
    review: Annotated[Path | None, _REVIEW] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help=N_("Where to, otherwise in build/; - means standard output.")),
    ] = None,
    form: Annotated[
        RenderFormat | None, typer.Option("--format", help=N_("The form; otherwise by the file's ending, else pdf."))
    ] = None,
    report: Annotated[str, _REPORT] = "review",
    against: Annotated[str | None, AGAINST_ROUND] = None,
    archive: Annotated[
        bool, typer.Option("--archive", help=N_("A PDF/A-2a for the archive, without attachments."))
    ] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help=N_("Keep internal notes, and say so on every page."))
    ] = False,
    watching: Annotated[
        bool, typer.Option("--watch", help=N_("Make it again each time that something is changed; end with Ctrl-C."))
    ] = False,
    seconds: Annotated[int | None, SECONDS] = None,
) -> int:
    """Make the report and say where it is."""
    from granskning.tasks.folder.chosen import collection_root
    from granskning.tasks.folder.name import path_of
    from granskning.tasks.folder.output import require_output

    session: Session = context.obj
    to_stream = output is not None and str(output) == "-"
    chosen = form or _BY_ENDING.get(output.suffix.lower() if output is not None else "", RenderFormat.pdf)
    if output is not None and not to_stream:
        require_output(session.folder, output, f".{chosen.value}")
    if chosen is RenderFormat.docx:
        _tell_of_charts(session)
    named = review if review is None or report == "criteria" else path_of(session.folder, review)
    if against is not None and "/" in against:
        against = str(path_of(session.folder, Path(against)))
    wish = _Wish(named, chosen.value, report, against, internal=internal, archive=archive, seconds=seconds)
    if report == "portfolio" and review is None and collection_root(session.folder):
        return _of_collection(session, wish, output, watching=watching)
    if to_stream and watching:
        raise UsageError(N_("--watch needs a file to write to"), N_("leave out -o -"))
    if to_stream:
        sys.stdout.buffer.write(_make(session, wish)[1])
    elif watching:
        _watch(session, lambda: _save(session, wish, output))
    else:
        _save(session, wish, output)
    return 0


def _of_collection(session: Session, wish: _Wish, output: Path | None, *, watching: bool) -> int:
    """Make the portfolio of a collection, write it, and say where it is and what is not in it."""
    from granskning.cli.of_collection import national_report, tell_report
    from granskning.tasks.folder.output import default_output
    from granskning.tasks.folder.save import save_file
    from granskning.tasks.reports.render import PrintOptions

    if watching or wish.against is not None or wish.internal:
        raise UsageError(N_("the portfolio of a collection has neither --watch, --against nor --internal"), "")
    replaced: list[str] = []
    options = PrintOptions(archive=wish.archive, seconds=wish.seconds, on_replaced=replaced.extend)
    made = national_report(session, options, wish.form)
    if output is not None and str(output) == "-":
        sys.stdout.buffer.write(made.data)
    else:
        path = output or default_output(session.folder, made.name)
        save_file(session.folder / path, made.data)
        session.say(path.as_posix())
    tell_replaced(session, [(made.name, character) for character in replaced])
    return tell_report(session, made)


def _save(session: Session, wish: _Wish, output: Path | None) -> None:
    """Make the report, write it, say where it is, and tell what looks private in it."""
    from granskning.tasks.folder.output import default_output
    from granskning.tasks.folder.save import save_file
    from granskning.tasks.reports.own_report import choose_report

    name, data = _make(session, wish)
    path = output or default_output(session.folder, name)
    save_file(session.folder / path, data)
    session.say(path.as_posix())
    if not wish.internal:
        kind = choose_report(session.folder, wish.report).kind
        tell_private(session, *_find_private(session, wish.review, kind))


def _watch(session: Session, render: Callable[[], None]) -> None:
    """Render again at each change; what is wrong is told, and mended by the next change."""
    from granskning.cli.app import advice, sentence  # only who watches needs it
    from granskning.tasks.reports.watching import watch

    def attempt() -> None:
        try:
            render()
        except GranskningError as error:
            session.tell(sentence(error, session.t))
            if hint := advice(error, session.t):
                session.tell(f"  {session.t('hint')}: {hint}")

    session.tell(session.t("Makes the report again at each change. End with Ctrl-C."))
    watch(session.folder, attempt)


def _tell_of_charts(session: Session) -> None:
    """Say that a Word document has its charts in words, where they cannot be drawn."""
    from granskning.tasks.reports.render import missing_libraries

    if missing := missing_libraries():
        words = session.t("The charts are told in words, since {libraries} is missing.", libraries=", ".join(missing))
        session.tell(words)


def _make(session: Session, wish: _Wish) -> tuple[str, bytes]:
    """The report by the task that makes its kind; options that it does not have are refused."""
    from granskning.tasks.reports.own_report import choose_report

    chosen = choose_report(session.folder, wish.report)
    kind = chosen.kind
    if wish.against is not None and kind != "change":
        raise UsageError(N_("--against goes with --report change only"), "")
    if wish.internal and kind not in ("review", "page", "round"):
        raise UsageError(N_("--internal goes with the reports of a review and a round only"), "")
    if kind not in _WIDE and wish.review is None:
        raise UsageError(N_("name the file of a review"), N_("only --report portfolio can do without"))
    replaced: list[str] = []
    choices: dict[str, Any] = {
        "form": wish.form, "archive": wish.archive, "seconds": wish.seconds, "own": chosen.own,
        "on_replaced": replaced.extend,
    }  # fmt: skip
    if kind in _WIDE:
        from granskning.tasks.reports.render_wide import render_wide

        choices |= {"report": kind, "against": wish.against}
        made = render_wide(session.folder, wish.review, **choices)
    elif kind == "criteria":
        from granskning.tasks.reports.render_wide import render_criteria

        made = render_criteria(session.folder, str(wish.review), **choices)
    else:
        from granskning.tasks.reports.render import render_review

        made = render_review(session.folder, wish.review or Path(), report=kind, internal=wish.internal, **choices)
    tell_replaced(session, [(made[0], character) for character in replaced])
    return made


def _find_private(session: Session, review: Path | None, report: str) -> tuple[Path, tuple[Finding, ...]]:
    """What looks private in what the report is made of."""
    if report == "criteria":  # no review, no action and no strategy in it
        return session.folder, ()
    if review is None or report in _WIDE:
        from granskning.tasks.reports.render_wide import find_private_wide

        return find_private_wide(session.folder, review, report)
    from granskning.tasks.reports.render import find_private

    return find_private(session.folder, review)
