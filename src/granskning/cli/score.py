"""`granskning score`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from granskning.cli.completion import NAMES
from granskning.cli.groups import HELP
from granskning.i18n import N_

if TYPE_CHECKING:
    from granskning.cli.session import Session


class ScoreFormat(StrEnum):
    """The forms in which scores are told."""

    table = "table"
    json = "json"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("score", help=HELP["score"])(run)


def run(
    context: typer.Context,
    paths: Annotated[list[Path] | None, NAMES] = None,
    explain: Annotated[bool, typer.Option("--explain", help=N_("Show how each result came about."))] = False,
    agreement: Annotated[
        bool, typer.Option("--agreement", help=N_("Show how far reviewers agree on each question over all rounds."))
    ] = False,
    form: Annotated[ScoreFormat, typer.Option("--format", help=N_("How scores are told."))] = ScoreFormat.table,
) -> int:
    """Score and tell."""
    from granskning.cli import show_scores
    from granskning.cli.show_agreement import agreement_csv, agreement_table
    from granskning.reporting.wording.uncounted import left_out_line
    from granskning.tasks.folder.chosen import require_reviews
    from granskning.tasks.folder.figures import figures_of
    from granskning.tasks.folder.name import path_of
    from granskning.tasks.folder.open import open_workspace
    from granskning.tasks.folder.reader_words import for_readers
    from granskning.tasks.folder.score import agreement_by_question, score_all, score_rounds, strategy_results

    session: Session = context.obj
    paths = [path_of(session.folder, path) for path in paths or ()]
    require_reviews(session.folder, paths)
    _, named = open_workspace(session.folder, paths)
    loaded = open_workspace(session.folder, paths, whole_strategies=True)[1] if paths else named
    everything = score_all(loaded.workspace)
    t = for_readers(session.t, loaded.workspace)
    nowhere = {item.file for item in loaded.workspace.left_out if item.everywhere}
    asked_for = {review.file for review in named.workspace.reviews} - nowhere
    scored = [scored_review for scored_review in everything if scored_review.review.file in asked_for]
    every_round = score_rounds(loaded.workspace, everything)
    results = strategy_results(loaded.workspace, every_round)
    concerned = {(review.strategy, review.round) for review in named.workspace.reviews}
    rounds = [
        scored_round
        for scored_round in every_round
        if scored_round.is_joint and (not paths or (scored_round.strategy, scored_round.round) in concerned)
    ]
    measured = agreement_by_question(rounds) if agreement else None
    if form is ScoreFormat.json:
        portfolio = None if paths else figures_of(loaded.workspace, every_round)
        session.say(
            show_scores.as_json(scored, rounds, results, t, explain=explain, measured=measured, portfolio=portfolio)
        )
    elif form is ScoreFormat.csv:
        session.say(show_scores.as_csv(scored, t) if measured is None else agreement_csv(measured, t))
    elif measured is not None:
        session.show(agreement_table(measured, t))
    elif scored or rounds:
        session.show(show_scores.as_table(scored, rounds, results, t, explain=explain))
    session.tell(t.plural("{count} review scored.", "{count} reviews scored.", len(scored)))
    for item in named.workspace.left_out:
        session.tell(left_out_line(item, t))
    if loaded.broken:
        faulty = t.plural("{count} file has errors", "{count} files have errors", len(loaded.broken))
        session.tell(t("{faulty}; see: granskning check", faulty=faulty))
    return int(bool(loaded.broken))
