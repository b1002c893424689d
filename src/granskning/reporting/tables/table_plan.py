"""Which tables there are, and their columns: the plan that exports, handbook and tests share.

Tables (tabeller): what a folder holds as rows and columns, with keys and references, for any program to read.

Only the shapes. What stands in them is made by `table_*.py`, and `export.py` writes them as files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = str | int | float | bool | None
"""What a cell can hold; None for nothing. Dates are text, as ISO 8601."""

Kind = Literal["text", "integer", "number", "boolean"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column. `about` is a msgid that says what stands there."""

    name: str
    about: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Reference:
    """Columns that name a row of another table, by that table's key."""

    columns: tuple[str, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns. The first `key` columns together name a row, and no two rows have the same."""

    name: str
    about: str
    columns: tuple[TableColumn, ...]
    key: int
    references: tuple[Reference, ...] = ()
    rows: tuple[tuple[Value, ...], ...] = field(default=(), repr=False)

    @property
    def key_columns(self) -> tuple[str, ...]:
        """The names of the columns that name a row."""
        return tuple(column.name for column in self.columns[: self.key])

    def filled(self, rows: Iterable[tuple[Value, ...]]) -> Table:
        """The same table with these rows."""
        return Table(self.name, self.about, self.columns, self.key, self.references, tuple(rows))


_STRATEGY = TableColumn("strategy", N_("the strategy's id"))
_ROUND = TableColumn("round", N_("the round"))
_REVIEWER = TableColumn("reviewer", N_("the reviewer's role"))
_SET = TableColumn("criteria", N_("the criteria set, id@version"))
_TARGET = TableColumn("target", N_("the target's id"))
_CRITERION = TableColumn("criterion", N_("the criterion's id"))
_ACTION = TableColumn("action", N_("the action's id"))
_INDICATOR = TableColumn("indicator", N_("the indicator's id"))
_NUMBER = TableColumn("number", N_("its place in the list, from 1"), "integer")
_TITLE = TableColumn("title", N_("title"))
_FILE = TableColumn("file", N_("the file, from the folder's root"))

_OF_STRATEGY = Reference(("strategy",), "strategies")
_OF_SET = Reference(("criteria",), "criteria_sets")
_OF_REVIEW = Reference(("strategy", "round", "reviewer"), "reviews")
_OF_ACTION = Reference(("strategy", "action"), "actions")

SCORE = (
    TableColumn("method", N_("how the result was made")),
    TableColumn(
        "standing", N_("what kind of result it is: value, interval, profile, cannot_be_assessed, not_applicable")
    ),
    TableColumn("value", N_("the result as the nearest number; empty while it is an interval"), "number"),
    TableColumn("exact", N_("the result as a fraction; empty when it is none")),
    TableColumn("shown", N_("the result as it is printed")),
    TableColumn("low", N_("the lowest it can become"), "number"),
    TableColumn("high", N_("the highest it can become"), "number"),
    TableColumn("so_far", N_("the result of the assessed answers alone"), "number"),
    TableColumn("outcome", N_("the level, where the result is a level")),
    TableColumn("band", N_("the band's id, where it is the same over the whole interval")),
    TableColumn("assessed", N_("how many answers are assessed"), "integer"),
    TableColumn("applicable", N_("how many questions apply"), "integer"),
    TableColumn("asked", N_("how many questions are put"), "integer"),
)

STRATEGIES = Table(
    "strategies",
    N_("The strategies."),
    (
        _STRATEGY,
        _TITLE,
        TableColumn("kind", N_("what kind of text it is")),
        TableColumn("area", N_("its area")),
        TableColumn("owner", N_("its owners, parted by semicolons")),
        TableColumn("partners", N_("its partners, parted by semicolons")),
        TableColumn("period_from", N_("the first year or day of its period")),
        TableColumn("period_to", N_("the last year or day of its period")),
        TableColumn("case_number", N_("case number")),
        TableColumn("example", N_("whether it is an invented example"), "boolean"),
        _FILE,
    ),
    key=1,
)
LINKS = Table(
    "strategy_links",
    N_("The chain of steering: what a strategy is based on, and what it succeeds."),
    (
        _STRATEGY,
        TableColumn("relation", N_("based_on or succeeds")),
        TableColumn("other", N_("the other strategy's id")),
    ),
    key=3,
    references=(_OF_STRATEGY, Reference(("other",), "strategies")),
)
EDITIONS = Table(
    "editions",
    N_("The texts of the strategies."),
    (
        _STRATEGY,
        TableColumn("edition", N_("the edition's id")),
        _TITLE,
        TableColumn("stage", N_("draft, consultation, adopted …")),
        TableColumn("date", N_("its date")),
        TableColumn("document", N_("the kept document")),
        TableColumn("sha256", N_("the document's SHA-256")),
        TableColumn("address", N_("web address")),
        TableColumn("retrieved", N_("the day it was read there")),
        TableColumn("pages", N_("how many pages it has"), "integer"),
    ),
    key=2,
    references=(_OF_STRATEGY,),
)
CRITERIA_SETS = Table(
    "criteria_sets",
    N_("The criteria sets, each version by itself."),
    (_SET, TableColumn("id", N_("the set's id")), TableColumn("version", N_("version")), _TITLE,
     TableColumn("status", N_("proposal or adopted")), TableColumn("owner", N_("its owner")), _FILE),
    key=1,
)  # fmt: skip
TARGETS = Table(
    "targets",
    N_("The target pictures."),
    (_SET, _TARGET, _NUMBER, TableColumn("parent", N_("the target that it is part of")), _TITLE,
     TableColumn("picture", N_("the target picture"))),
    key=2,
    references=(_OF_SET,),
)  # fmt: skip
CRITERIA = Table(
    "criteria",
    N_("The questions."),
    (
        _SET,
        _CRITERION,
        _NUMBER,
        _TARGET,
        TableColumn("question", N_("the question")),
        TableColumn("why", N_("why it is asked")),
        TableColumn("weight", N_("its weight"), "number"),
        TableColumn("core", N_("whether it is one of the core questions"), "boolean"),
    ),
    key=2,
    references=(_OF_SET, Reference(("criteria", "target"), "targets")),
)
LEVELS = Table(
    "levels",
    N_("What each level takes, question by question."),
    (
        _SET,
        _CRITERION,
        TableColumn("level", N_("the level's value, as text")),
        _NUMBER,
        TableColumn("label", N_("the level's word")),
        TableColumn("text", N_("what the level takes for this question")),
        TableColumn("points", N_("what calculations use"), "number"),
    ),
    key=3,
    references=(Reference(("criteria", "criterion"), "criteria"),),
)
REVIEWS = Table(
    "reviews",
    N_("The reviews, each with its total."),
    (
        _STRATEGY,
        _ROUND,
        _REVIEWER,
        TableColumn("kind", N_("reviewer or consensus")),
        TableColumn("status", N_("draft, submitted or approved")),
        TableColumn("edition", N_("the edition that was reviewed")),
        _SET,
        TableColumn("form", N_("full or short")),
        TableColumn("reading_depth", N_("how much of the text was read")),
        TableColumn("date", N_("its date")),
        TableColumn("case_number", N_("case number")),
        TableColumn("body", N_("the deciding body")),
        TableColumn("summary", N_("the reviewer's summary")),
        TableColumn("verdict", N_("whether a verdict in words can be given"), "boolean"),
        *SCORE,
        _FILE,
    ),
    key=3,
    references=(_OF_STRATEGY, Reference(("strategy", "edition"), "editions"), _OF_SET),
)
ANSWERS = Table(
    "answers",
    N_("The answers, also those not yet looked at."),
    (
        _STRATEGY,
        _ROUND,
        _REVIEWER,
        _CRITERION,
        _SET,
        _TARGET,
        TableColumn("state", N_("assessed, not_applicable, insufficient_evidence, open, empty or inherited")),
        TableColumn("level", N_("the level, as text")),
        TableColumn("label", N_("the level's word")),
        TableColumn("points", N_("the points it was counted as"), "number"),
        TableColumn("reason", N_("why it is not applicable, cannot be assessed or is open")),
        TableColumn("justification", N_("justification")),
        TableColumn("recommendation", N_("recommendation")),
        TableColumn("note", N_("internal note; only with --internal")),
    ),
    key=4,
    references=(_OF_REVIEW, Reference(("criteria", "criterion"), "criteria")),
)
EVIDENCE = Table(
    "evidence",
    N_("What the answers rest on."),
    (
        _STRATEGY,
        _ROUND,
        _REVIEWER,
        _CRITERION,
        _NUMBER,
        TableColumn("edition", N_("the edition, when it is a text of the strategy")),
        TableColumn("page", N_("the page as printed")),
        TableColumn("pdf_page", N_("the page as counted"), "integer"),
        TableColumn("section", N_("the section")),
        TableColumn("address", N_("web address")),
        TableColumn("retrieved", N_("the day it was read there")),
        TableColumn("quote", N_("quotation")),
        TableColumn("paraphrase", N_("paraphrase")),
    ),
    key=5,
    references=(Reference(("strategy", "round", "reviewer", "criterion"), "answers"),),
)
RESULTS = Table(
    "target_results",
    N_("The result of each target picture in each review."),
    (_STRATEGY, _ROUND, _REVIEWER, _TARGET, _SET, *SCORE),
    key=4,
    references=(_OF_REVIEW, Reference(("criteria", "target"), "targets")),
)
ROUNDS = Table(
    "rounds",
    N_("The rounds with several reviewers, each with its joint result."),
    (_STRATEGY, _ROUND, TableColumn("reviewers", N_("how many reviewers"), "integer"), _SET, *SCORE,
     TableColumn("left_out", N_("the files of the round that do not count"))),
    key=2,
    references=(_OF_STRATEGY, _OF_SET),
)  # fmt: skip
ACTIONS = Table(
    "actions",
    N_("What was promised, and how it goes."),
    (
        _STRATEGY,
        _ACTION,
        _TITLE,
        TableColumn("text", N_("what is to be done")),
        _ROUND,
        TableColumn("responsible", N_("the role that is responsible")),
        TableColumn("due", N_("when it is to be done")),
        TableColumn("cost", N_("cost or budget line")),
        TableColumn("status", N_("status")),
        TableColumn("decision", N_("the owner's answer: accepts, partly or declines")),
        TableColumn("decision_reason", N_("the owner's reason")),
    ),
    key=2,
    references=(_OF_STRATEGY,),
)
ACTION_CRITERIA = Table(
    "action_criteria",
    N_("Which questions an action answers to."),
    (_STRATEGY, _ACTION, _CRITERION),
    key=3,
    references=(_OF_ACTION,),
)
FOLLOW_UP = Table(
    "action_follow_up",
    N_("How the actions went, date by date."),
    (_STRATEGY, _ACTION, _NUMBER, TableColumn("date", N_("date")), TableColumn("status", N_("status")), _ROUND,
     TableColumn("text", N_("how it went"))),
    key=3,
    references=(_OF_ACTION,),
)  # fmt: skip
INDICATORS = Table(
    "indicators",
    N_("The statistics, with their provenance."),
    (
        _INDICATOR,
        _TITLE,
        TableColumn("unit", N_("unit")),
        TableColumn("producer", N_("who made the statistics")),
        TableColumn("source_table", N_("table or measure at the producer")),
        TableColumn("address", N_("web address")),
        TableColumn("retrieved", N_("the day it was fetched")),
        TableColumn("quality", N_("quality, A or B")),
        _FILE,
    ),
    key=1,
)
FIGURES = Table(
    "indicator_values",
    N_("The figures, by area, period and sex."),
    (
        _INDICATOR,
        _NUMBER,
        TableColumn("area", N_("area")),
        TableColumn("area_code", N_("the area's code")),
        TableColumn("period", N_("period")),
        TableColumn("women", N_("women"), "number"),
        TableColumn("men", N_("men"), "number"),
        TableColumn("mixed", N_("mixed"), "number"),
        TableColumn("total", N_("total"), "number"),
    ),
    key=2,
    references=(Reference(("indicator",), "indicators"),),
)

PLAN = (
    STRATEGIES, LINKS, EDITIONS, CRITERIA_SETS, TARGETS, CRITERIA, LEVELS, REVIEWS, ANSWERS, EVIDENCE, RESULTS, ROUNDS,
    ACTIONS, ACTION_CRITERIA, FOLLOW_UP, INDICATORS, FIGURES,
)  # fmt: skip
"""Every table, those that others refer to before them."""
