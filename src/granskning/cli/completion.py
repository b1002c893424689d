"""What a shell offers while an argument is being typed: the names that the working folder has.

`_GRANSKNING_COMPLETE=source_bash granskning` prints what bash needs; zsh, fish and powershell likewise.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from granskning.i18n import LANGUAGES, N_

if TYPE_CHECKING:
    from collections.abc import Callable

ASKS = "_GRANSKNING_COMPLETE"
"""The variable in which a shell asks."""


def hear_shells() -> bool:
    """Whether a shell asks what can stand here; if so, the parser is made ready to answer it, whichever shell it is."""
    if not os.environ.get(ASKS):
        return False
    from typer.completion import get_completion_inspect_parameters  # only for those who ask

    get_completion_inspect_parameters()
    return True


def names_of(kind: str) -> Callable[[typer.Context, str], list[str]]:
    """What offers the names of a kind: strategy, round, role, set, version, report or framework."""

    def offer(context: typer.Context, incomplete: str) -> list[str]:
        from granskning.tasks.folder.known_names import known_names

        folder = context.find_root().params.get("folder") or Path()
        return [name for name in known_names(Path(folder), kind) if name.startswith(incomplete)]

    return offer


def offer_names(context: typer.Context, incomplete: str) -> list[str]:
    """Strategies, their rounds after a stroke, roles after another; where none fits a shell offers files."""
    from granskning.tasks.folder.known_names import known_review_names

    folder = Path(context.find_root().params.get("folder") or Path())
    return list(known_review_names(folder, incomplete))


def offer_languages(incomplete: str) -> list[str]:
    """The languages that the program speaks."""
    return [language for language in LANGUAGES if language.startswith(incomplete)]


def offer_reports(context: typer.Context, incomplete: str) -> list[str]:
    """The reports that come along, and the folder's own."""
    from granskning.tasks.reports.own_report import SHIPPED_REPORTS

    own = names_of("report")(context, incomplete)
    return sorted({*own, *(name for name in SHIPPED_REPORTS if name.startswith(incomplete))})


def offer_tables(incomplete: str) -> list[str]:
    """The tables of an export."""
    from granskning.reporting.tables.table_plan import PLAN

    return [table.name for table in PLAN if table.name.startswith(incomplete)]


def offer_codes(incomplete: str) -> list[str]:
    """The codes of findings."""
    from granskning.findings.rules import RULES

    return [code for code in RULES if code.startswith(incomplete)]


def offer_schemas(incomplete: str) -> list[str]:
    """The kinds of files and outputs that have a schema."""
    from granskning.workspace.schema.schema import FORMS, OF_A_COMPUTER, OF_SEVERAL, OUTPUTS

    return [kind for kind in (*FORMS, *OF_SEVERAL, *OF_A_COMPUTER, *OUTPUTS) if kind.startswith(incomplete)]


ROUND = typer.Option(
    "--round",
    metavar="ROUND",
    help=N_("The review round; otherwise this month."),
    autocompletion=names_of("round"),
)
FROM_ROUND = typer.Option(
    "--from",
    metavar="ROUND",
    help=N_("Carry answers over from this round, to be confirmed."),
    autocompletion=names_of("round"),
)
AGAINST_ROUND = typer.Option(
    "--against",
    metavar="ROUND",
    help=N_("What a change is told from: a round or a review's file; otherwise the round before."),
    autocompletion=names_of("round"),
)
REVIEWER = typer.Option(
    "--reviewer",
    metavar="ROLE",
    help=N_("Who reviews: a role, as id or title, not a name."),
    autocompletion=names_of("role"),
)
TABLE = typer.Option(
    "--table",
    metavar="NAME",
    help=N_("Only this table; csv and parquet otherwise zip all."),
    autocompletion=offer_tables,
)
TAGS = typer.Option(
    "--tag",
    metavar="TAG",
    help=N_("Only questions with this tag; can be given several times."),
    autocompletion=names_of("tag"),
)
NAMES = typer.Argument(
    metavar="[PATH]...",
    help=N_("Files or folders, or names: STRATEGY, STRATEGY/ROUND or STRATEGY/ROUND/ROLE."),
    show_default=False,
    autocompletion=offer_names,
)
REVIEW = typer.Argument(
    metavar="REVIEW",
    help=N_("The review, as STRATEGY/ROUND/ROLE or by its file."),
    show_default=False,
    autocompletion=offer_names,
)
