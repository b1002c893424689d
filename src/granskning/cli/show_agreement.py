"""How far reviewers agree on each question over all rounds: a table, JSON and CSV, the weakest question first."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.cli.grid_lines import wrapped
from granskning.reporting.blocks.tables import Column, Table, table_of
from granskning.reporting.tables.csv_text import csv_in_terminal
from granskning.reporting.tables.text_table import TextLayout, text_table
from granskning.reporting.wording.agreement_words import NO_RATING, measure_meaning, measure_name, measure_value
from granskning.scoring.reliability.plain_agreement import plain_measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.i18n import Translator
    from granskning.reporting.blocks.tables import Row
    from granskning.scoring.reliability.plain_agreement import Plain
    from granskning.scoring.reliability.question_agreement import QuestionAgreement

    Measured = Mapping[str, tuple[QuestionAgreement, ...]]
    """By criteria set its questions, the weakest first."""

_LAYOUT = TextLayout(100, "question", least=1)
_DECIMALS = 2
_CSV = table_of(
    "criteria", "question", "rounds", "judgements", "alike", "apart", "largest", "distances", "alpha", "low", "high",
    integers=("rounds", "judgements"), numbers=("alike", "apart", "largest", "alpha", "low", "high"),
)  # fmt: skip


def agreement_values(measured: Measured) -> list[Plain]:
    """For JSON: every key there, null where it has no meaning."""
    return [
        {
            "criteria": reference,
            "questions": [
                {
                    "criterion": question.criterion,
                    "rounds": question.rounds,
                    "judgements": question.ratings,
                    "alike": float(question.alike),
                    "apart": float(question.apart),
                    "largest": float(question.largest),
                    "alpha": plain_measure(question.alpha),
                }
                for question in questions
            ],
        }
        for reference, questions in measured.items()
    ]


def agreement_csv(measured: Measured, t: Translator) -> str:
    """One row a question."""
    return csv_in_terminal(_CSV.filled(row for name, each in measured.items() for row in _csv_rows(name, each)), t)


def _csv_rows(reference: str, questions: tuple[QuestionAgreement, ...]) -> Iterator[Row]:
    for entry in questions:
        alpha = plain_measure(entry.alpha)
        yield (
            reference, entry.criterion, entry.rounds, entry.ratings,
            float(entry.alike), float(entry.apart), float(entry.largest),
            alpha["distances"], alpha["value"], alpha["low"], alpha["high"],
        )  # fmt: skip


def agreement_table(measured: Measured, t: Translator) -> str:
    """A table for each criteria set, and what its figures rest on."""
    if not measured:
        return t("No question has been judged by several reviewers in any round.")
    return "\n\n".join("\n".join(_block(name, questions, t)) for name, questions in measured.items())


def _block(reference: str, questions: tuple[QuestionAgreement, ...], t: Translator) -> Iterator[str]:
    yield t("How far reviewers agree on each question, the weakest first ({set})", set=reference)
    columns = (
        Column("question", t("Question")),
        Column("rounds", t("Rounds"), "number"),
        Column("alike", t("Alike"), "number"),
        Column("apart", t("Mean difference"), "number"),
        Column("largest", t("Largest"), "number"),
        Column("alpha", t("Alpha"), "number"),
    )
    rows = tuple(
        (
            entry.criterion,
            t.whole(entry.rounds),
            t.percent(entry.alike),
            t.number(entry.apart, _DECIMALS),
            t.number(Fraction(entry.largest)),
            measure_value(entry.alpha, t),
        )
        for entry in questions
    )
    yield from text_table(Table("", "", columns, rows=rows), _LAYOUT)
    alpha = questions[0].alpha
    words = t("Alpha is {name}, over the rounds. {meaning}", name=measure_name(alpha, t),
              meaning=measure_meaning(alpha, t))  # fmt: skip
    yield from wrapped("  " + words, 2)
    yield from wrapped("  " + t(NO_RATING), 2)
